"""I42 initial conferences within 15 working days of the start of the section 47 enquiry."""

from datetime import date
from typing import Any

from holdfast.analytics.indicators import questions, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import NOT_SENT, NOT_UNDERSTOOD, in_words


def rows(held: Held) -> Any:
    """One row per enquiry that needed a conference, or may have, and period in which its 15th working day falls."""
    return questions.clock(
        held,
        records.awaited_conferences(held),
        start="started_on",
        due="due_on",
        stop="held_on",
        given_up="closed_on",
        unsure={NOT_UNDERSTOOD: "is_misread", NOT_SENT: "is_unsure"},
    )


DAY_15_AND_16 = Example(
    words="The enquiry started on 2 May 2013: day 15 is 24 May (6 May was a bank holiday). Held that day is in time, "
    "the next working day is late; both count in May, when the limit fell. Held before the enquiry started is not "
    "known. A conference with no enquiry behind it, which is how a transfer in is shown, has another clock and is left "
    "out. Started on 29 May, the limit falls in June.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-05",),
    tables={
        "s47_enquiry": """
            s47e_s47_enquiry_id | s47e_person_id | s47e_referral_id | s47e_s47_start_date | s47e_s47_nfa
            S1                  | C1             | R1               | 2013-05-02          | no
            S2                  | C2             | R2               | 2013-05-02          | no
            S3                  | C3             | R3               | 2013-05-02          | no
            S4                  | C4             | R4               | 2013-05-29          | no
        """,
        "initial_cp_conference": """
            icpc_icpc_id | icpc_s47_enquiry_id | icpc_person_id | icpc_referral_id | icpc_icpc_date
            I1           | S1                  | C1             | R1               | 2013-05-24
            I2           | S2                  | C2             | R2               | 2013-05-28
            I3           | S3                  | C3             | R3               | 2013-05-01
            I4           | S4                  | C4             | R4               | 2013-05-30
            I5           |                     | C5             | R5               | 2013-05-14
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | due_on
        S1      | yes          | 15      | 2013-05-24
        S2      | no           | 16      | 2013-05-24
        S3      |              | -1      | 2013-05-24
    """,
)

STILL_TO_COME = Example(
    words="Day 15 is 27 June 2013 and no conference was held by then: late, also where one was held in July. Where "
    "nobody recorded whether one was required, where nothing was reported since mid-June, or where the episode closed "
    "within the limit, it is not known; closed the day after the limit, it was late by then. Where none was required "
    "there is nothing to wait for. Each counts once: in July there is nothing.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-06", "2013-07"),
    tables={
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date | cine_close_date
            R1               | C1             | 2013-06-01         |
            R6               | C6             | 2013-06-01         | 2013-06-27
            R8               | C8             | 2013-06-01         | 2013-06-28
        """,
        "s47_enquiry": """
            s47e_s47_enquiry_id | s47e_person_id | s47e_referral_id | s47e_s47_start_date | s47e_s47_nfa | as_at
            S1                  | C1             | R1               | 2013-06-06          | no           | 2014-03-31
            S3                  | C3             |                  | 2013-06-06          | no           | 2013-06-15
            S4                  | C4             |                  | 2013-06-06          |              | 2014-03-31
            S5                  | C5             |                  | 2013-06-06          | no           | 2013-06-15
            S6                  | C6             | R6               | 2013-06-06          | no           | 2014-03-31
            S7                  | C7             |                  | 2013-06-06          | yes          | 2014-03-31
            S8                  | C8             | R8               | 2013-06-06          | no           | 2014-03-31
        """,
        "initial_cp_conference": """
            icpc_icpc_id | icpc_s47_enquiry_id | icpc_person_id | icpc_icpc_date
            I3           | S3                  | C3             | 2013-07-01
        """,
    },
    rows="""
        unit_id | period  | in_numerator | elapsed | event_on
        S1      | 2013-06 | no           |         | 2013-06-27
        S3      | 2013-06 | no           | 17      | 2013-06-27
        S4      | 2013-06 |              |         | 2013-06-27
        S5      | 2013-06 |              |         | 2013-06-27
        S6      | 2013-06 |              |         | 2013-06-27
        S8      | 2013-06 | no           |         | 2013-06-27
    """,
)

I42 = Definition(
    id="I42",
    version=2,
    title="Initial conferences within 15 working days",
    question="Of the section 47 enquiries whose 15 working days ran out and that needed an initial child protection "
    "conference, how many had had it by then?",
    numerator="Section 47 enquiries whose first linked conference was held on or before the 15th working day after the "
    "enquiry started. The day of the start is day zero; day 15 is in time.",
    denominator="Section 47 enquiries that led to a conference or required one, and whose 15th working day falls in "
    "the period. Each counts once, in that period, and for good: still waiting at the end of that day is late.",
    left_out="Enquiries with no start date; enquiries for which no conference was required; conferences with no "
    "enquiry linked, because in the census that is how a child who moved in with a plan is shown, and they have "
    "another clock. Not known: a conference dated before its enquiry; with no conference, where nobody recorded "
    "whether one was required, where the episode closed within the 15 days, or where it was last reported on before "
    "the 15th.",
    kind="clock",
    period_rule="Clock: the 15th working day falls in the period.",
    in_head="In time",
    base_head="Fell due",
    counted="conferences that fell due",
    why="Until the conference there is no plan to keep the child safe. Counting only conferences that were held "
    "would hide the ones that are late and still waiting.",
    unit="per cent",
    polarity="higher",
    clock="statutory",
    source="Working Together to Safeguard Children, in the editions of 2010, 2013 (chapter 1) and 2018 (page 49): 15 "
    "working days from the strategy discussion at which the enquiry was initiated, which is how the SSD defines the "
    "enquiry's start (S47E004A). Children in need census, S47ActualStartDate (N00148), DateOfInitialCPC (N00110), "
    "ICPCnotRequired (N00111); SSD ICPC005A. The DfE statistic, table C4 (bands 0 to 10 and 11 to 15 days, so the "
    "start is day zero), counts only conferences held.",
    unverified=(),
    owner="Head of service, child protection",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("initial_cp_conference", "s47_enquiry", "cin_episodes", "person"),
    gaming_risk="Recording the enquiry as starting later than the strategy discussion that began it: what a council "
    "types as its start is local recording.",
    paired_with=("I38", "I42-open"),
    still_open="I42-open",
    chart="p",
    elapsed_unit="working days",
    limit_words="15 working days from the start of the section 47 enquiry",
    rows=rows,
    examples=(DAY_15_AND_16, STILL_TO_COME),
    unknown_words=in_words(
        "lack a date of conference, or whether one was required",
        conflict="had a conference before the enquiry",
        is_open="were waiting when last reported on",
    ),
)
