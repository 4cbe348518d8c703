"""I42-open conferences overdue: of those still awaited at the end of the period, how many are past 15 working days."""

from datetime import date
from typing import Any

from holdfast.analytics.indicators import questions, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import NOT_SENT, NOT_UNDERSTOOD, in_words

LIMIT = 15


def rows(held: Held) -> Any:
    """One row per enquiry and period at whose end its conference was still to come."""
    awaited = records.awaited_conferences(held)
    return questions.open_at_end(
        held,
        awaited.mutate(ended_on=awaited.held_on.coalesce(awaited.closed_on)),
        start="started_on",
        end="ended_on",
        is_in=lambda e: e.ends_on_number - e.started_on_number > LIMIT,
        unsure={NOT_UNDERSTOOD: "is_misread", NOT_SENT: "is_unsure"},
        elapsed=lambda e: e.ends_on_number - e.started_on_number,
        due_on="due_on",
    )


AT_THE_END_OF_JUNE = Example(
    words="At the end of June 2013, day 16 is past the limit and day 15 is not. Held in July, it was still to come in "
    "June; held or closed on the last day, it no longer is. Where nobody recorded whether one was required, or nothing "
    "was reported since May, it is not known. Where none was required there is nothing to wait for.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-06",),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date | cine_close_date
            R6               | C6             | 2013-05-01         | 2013-06-30
        """,
        "s47_enquiry": """
            s47e_s47_enquiry_id | s47e_person_id | s47e_referral_id | s47e_s47_start_date | s47e_s47_nfa | as_at
            S1                  | C1             |                  | 2013-06-06          | no           | 2014-03-31
            S2                  | C2             |                  | 2013-06-07          | no           | 2014-03-31
            S3                  | C3             |                  | 2013-06-06          | no           | 2014-03-31
            S4                  | C4             |                  | 2013-06-06          |              | 2014-03-31
            S5                  | C5             |                  | 2013-05-29          | no           | 2013-05-31
            S6                  | C6             | R6               | 2013-05-03          | no           | 2014-03-31
            S7                  | C7             |                  | 2013-05-03          | yes          | 2014-03-31
            S8                  | C8             |                  | 2013-05-03          | no           | 2014-03-31
        """,
        "initial_cp_conference": """
            icpc_icpc_id | icpc_s47_enquiry_id | icpc_person_id | icpc_icpc_date
            I3           | S3                  | C3             | 2013-07-01
            I8           | S8                  | C8             | 2013-06-30
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | event_on
        S1      | yes          | 16      | 2013-06-30
        S2      | no           | 15      | 2013-06-30
        S3      | yes          | 16      | 2013-06-30
        S4      |              | 16      | 2013-06-30
        S5      |              | 22      | 2013-06-30
    """,
)

I42_OPEN = Definition(
    id="I42-open",
    version=1,
    title="Conferences still awaited past 15 working days",
    question="Of the initial child protection conferences still to come at the end of the period, how many are past 15 "
    "working days from the start of the section 47 enquiry?",
    numerator="Section 47 enquiries whose conference is still to come at the end of the period, more than 15 working "
    "days after the enquiry started.",
    denominator="Section 47 enquiries that required a conference, or later had one, and had not had it by the end of "
    "the period.",
    left_out="Enquiries with no start date; enquiries for which no conference was required; those whose episode has "
    "closed. Not known: with no conference, where nobody recorded whether one was required, or where nothing was "
    "reported since it was last open.",
    kind="stock",
    period_rule="Stock: still to come at the end of the last day of the period.",
    in_head="Past 15 working days",
    base_head="Awaited",
    counted="conferences awaited",
    why="Each is a child about whom somebody was worried enough to enquire, and for whom there is no plan yet. I42 "
    "counts each once, on the day it became late; this is how many are waiting now.",
    unit="per cent",
    polarity="lower",
    clock="statutory",
    source="Working Together to Safeguard Children, in the editions of 2010, 2013 (chapter 1) and 2018 (page 49). "
    "Children in need census, S47ActualStartDate (N00148), DateOfInitialCPC (N00110), ICPCnotRequired (N00111). There "
    "is no national statistic to compare.",
    unverified=(),
    owner="Head of service, child protection",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("initial_cp_conference", "s47_enquiry", "cin_episodes", "person"),
    gaming_risk="Starting many new enquiries lowers the share; closing the episode hides the one that waits. Read the "
    "number as well as the share.",
    paired_with=("I42",),
    chart="xmr",
    elapsed_unit="working days",
    limit_words="15 working days from the start of the section 47 enquiry",
    rows=rows,
    examples=(AT_THE_END_OF_JUNE,),
    unknown_words=in_words("lack whether a conference was required", is_open="were waiting when last reported on"),
)
