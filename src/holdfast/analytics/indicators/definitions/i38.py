"""I38 section 47 enquiries that led to an initial child protection conference."""

from datetime import date
from typing import Any

from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import blocks, questions, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import NOT_UNDERSTOOD, OPEN, in_words


def rows(held: Held) -> Any:
    """One row per section 47 enquiry and period in which it started."""
    enquiry = blocks.look_up(held, records.enquiries(held), "started_on", until="months_3_later")
    enquiry = blocks.working_days(held, enquiry, "started_on", "held_on")
    return questions.cohort(
        held,
        enquiry,
        on="started_on",
        until="until",
        followed_in="initial_cp_conference",
        is_in=led_to_one,
        unsure="is_held_unread",
        why={NOT_UNDERSTOOD: "is_required_unread", OPEN: lambda e: ~e.is_over | ~e.not_required},
        elapsed="elapsed",
    )


def led_to_one(enquiry: Any) -> Any:
    """Whether a conference was held in time to count. NULL: nothing says that there was none."""
    return ibis.cases(
        (enquiry.held_on.notnull(), enquiry.held_on < enquiry.until),
        (enquiry.not_required, ibis.literal(False)),
        # No conference though one was required: known only if the whole time was reported on.
        (~enquiry.not_required & (enquiry.until.delta(enquiry.as_at, unit="day") <= 1), ibis.literal(False)),
        else_=ibis.null("boolean"),
    )


HELD_NOT_REQUIRED_OR_NEITHER = Example(
    words="Started in May 2013: a conference was held; it was recorded as not required; one was required and none was "
    "held in three months. Where neither is recorded it is not known. A date counts even beside 'not required'. Held "
    "a day before three months have passed counts, on the day itself does not. The next month's is not in May.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-05",),
    tables={
        "s47_enquiry": """
            s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date | s47e_s47_nfa
            S1                  | C1             | 2013-05-01          | no
            S2                  | C2             | 2013-05-31          | yes
            S3                  | C3             | 2013-05-10          | no
            S4                  | C4             | 2013-05-10          |
            S5                  | C5             | 2013-05-10          | yes
            S6                  | C6             | 2013-06-01          | no
            S7                  | C7             |                     | yes
            S8                  | C8             | 2013-05-10          | no
            S9                  | C9             | 2013-05-10          | no
        """,
        "initial_cp_conference": """
            icpc_icpc_id | icpc_s47_enquiry_id | icpc_person_id | icpc_icpc_date
            I1           | S1                  | C1             | 2013-05-23
            I3           | S3                  | C3             |
            I5           | S5                  | C5             | 2013-05-13
            I6           |                     | C4             | 2013-05-20
            I8           | S8                  | C8             | 2013-08-09
            I9           | S9                  | C9             | 2013-08-10
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | due_on
        S1      | yes          | 15      | 2013-08-01
        S2      | no           |         | 2013-08-31
        S3      | no           |         | 2013-08-10
        S4      |              |         | 2013-08-10
        S5      | yes          | 1       | 2013-08-10
        S8      | yes          | 64      | 2013-08-10
        S9      | no           | 64      | 2013-08-10
    """,
)

NOT_OVER = Example(
    words="The data ends on 31 March 2014. Started on 1 January, three months have just passed; started on 2 January "
    "they have not, so nothing is known yet, not even where a conference was held within days: otherwise only the "
    "quick ones would count. Last reported on before its three months were over, it is not known either.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2014-01",),
    tables={
        "s47_enquiry": """
            s47e_s47_enquiry_id | s47e_person_id | s47e_s47_start_date | s47e_s47_nfa | as_at
            S1                  | C1             | 2014-01-01          | no           | 2014-03-31
            S2                  | C2             | 2014-01-02          | no           | 2014-03-31
            S3                  | C3             | 2014-01-02          | yes          | 2014-03-31
            S4                  | C4             | 2014-01-01          | no           | 2014-03-30
        """,
        "initial_cp_conference": """
            icpc_icpc_id | icpc_s47_enquiry_id | icpc_person_id | icpc_icpc_date
            I2           | S2                  | C2             | 2014-01-10
        """,
    },
    rows="""
        unit_id | in_numerator
        S1      | no
        S2      |
        S3      |
        S4      |
    """,
)

I38 = Definition(
    id="I38",
    version=2,
    title="Section 47 enquiries leading to a conference",
    question="Of the section 47 enquiries started, how many led to an initial child protection conference within 3 "
    "months?",
    numerator="Section 47 enquiries started in the period with a linked initial conference held before the same day 3 "
    "calendar months later.",
    denominator="Section 47 enquiries started in the period: those with a conference, those recorded as needing none, "
    "and those where one was required and none was held in the 3 months.",
    left_out="Enquiries with no start date; conferences that are not linked to an enquiry. Not known: enquiries "
    "started so recently that the 3 months have not yet passed, even if a conference has been held; those with neither "
    "a date of conference nor whether one was required; those last reported on before the 3 months were over.",
    kind="cohort",
    period_rule="Cohort: the enquiry started in the period, so a figure is complete 3 months later.",
    in_head="Led to a conference",
    base_head="Enquiries started",
    counted="section 47 enquiries started",
    why="Very low: families may be put through enquiries that were not needed. Very high: enquiries may start only "
    "when the answer is already clear.",
    unit="per cent",
    polarity="neither",
    clock="",
    source="Children in need census, S47ActualStartDate (N00148), DateOfInitialCPC (N00110), ICPCnotRequired "
    "(N00111); SSD s47_enquiry S47E004A, S47E006A, initial_cp_conference ICPC005A. Compare the DfE characteristics "
    "of children in need statistics, table C4, which has no limit of time; the 3 months are our own.",
    unverified=(),
    owner="Head of service, child protection",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("s47_enquiry", "initial_cp_conference", "cin_episodes", "person"),
    gaming_risk="Recording fewer enquiries, only those already heading for a conference, raises the share.",
    paired_with=("I42",),
    chart="p",
    elapsed_unit="working days",
    limit_words="less than 3 calendar months after the enquiry started",
    rows=rows,
    examples=(HELD_NOT_REQUIRED_OR_NEITHER, NOT_OVER),
    unknown_words=in_words("lack whether a conference was required", is_open="are too recent to say"),
)
