"""I38 section 47 enquiries that led to an initial child protection conference."""

from datetime import date
from typing import Any

import ibis

from holdfast.analytics.indicators import blocks, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held


def rows(held: Held) -> Any:
    """One row per section 47 enquiry and period in which it started."""
    found = blocks.in_period(held, records.enquiries(held), "started_on")
    found = blocks.look_up(held, found, "held_on", held_on_number="working_day_number")
    led_to_one = ibis.cases(
        (found.held_on.notnull(), ibis.literal(True)),
        (found.not_required, ibis.literal(False)),
        else_=ibis.null("boolean"),
    )
    return blocks.rows(
        found,
        unit_id=found.unit_id,
        child=found.child,
        event_on=found.started_on,
        period=found.period,
        in_numerator=led_to_one,
        elapsed=found.held_on_number - found.started_on_number,
        due_on=found.due_on,
    )


HELD_NOT_REQUIRED_OR_NEITHER = Example(
    words="A conference was held; it was recorded as not required; neither is recorded, so it is not known. A date "
    "counts even beside 'not required'. Started on the last day of May is in May; the next day is not.",
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
        """,
        "initial_cp_conference": """
            icpc_icpc_id | icpc_s47_enquiry_id | icpc_person_id | icpc_icpc_date
            I1           | S1                  | C1             | 2013-05-23
            I3           | S3                  | C3             |
            I5           | S5                  | C5             | 2013-05-13
            I6           |                     | C4             | 2013-05-20
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | due_on
        S1      | yes          | 15      | 2013-05-23
        S2      | no           |         | 2013-06-21
        S3      |              |         | 2013-06-03
        S4      |              |         | 2013-06-03
        S5      | yes          | 1       | 2013-06-03
    """,
)

I38 = Definition(
    id="I38",
    version=1,
    title="Section 47 enquiries leading to a conference",
    question="Of the section 47 enquiries started, how many led to an initial child protection conference?",
    numerator="Section 47 enquiries started in the period with a date of initial conference linked to them, whenever "
    "held.",
    denominator="Section 47 enquiries started in the period with either a date of conference or a record that none was "
    "required.",
    left_out="Enquiries with no start date; conferences that are not linked to an enquiry. Not known: enquiries with "
    "neither a date of conference nor 'not required', which includes those still under way.",
    period_rule="Flow: the enquiry started in the period. The latest months are still filling up.",
    why="Very low: families may be put through enquiries that were not needed. Very high: enquiries may start only "
    "when the answer is already clear.",
    unit="per cent",
    polarity="neither",
    clock="",
    source="Children in need census, S47ActualStartDate (N00148), DateOfInitialCPC (N00110), ICPCnotRequired "
    "(N00111); SSD s47_enquiry S47E004A, S47E006A, initial_cp_conference ICPC005A. Compare the DfE characteristics "
    "of children in need statistics, table C4.",
    unverified=(),
    owner="Head of service, child protection",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("s47_enquiry", "initial_cp_conference", "cin_episodes", "person"),
    gaming_risk="Recording fewer enquiries, only those already heading for a conference, raises the share.",
    paired_with=("I42",),
    chart="p",
    elapsed_unit="working days",
    limit_words="",
    rows=rows,
    examples=(HELD_NOT_REQUIRED_OR_NEITHER,),
)
