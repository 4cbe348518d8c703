"""I47 repeat plans: child protection plans that are a child's second or later."""

from datetime import date
from typing import Any

from holdfast.analytics.breakdowns import OF_ANY_RECORD
from holdfast.analytics.indicators import questions, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import NOT_UNDERSTOOD, in_words


def rows(held: Held) -> Any:
    """One row per child protection plan and period in which it started."""
    plan = records.protection_plans(held)
    return questions.happened(
        held,
        plan,
        on="started_on",
        is_in=lambda p: p.previous_plans > 0,
        why={NOT_UNDERSTOOD: "is_previous_unread"},
    )


NONE_ONE_MISSING = Example(
    words="One previous plan makes it a repeat, none does not, and a missing number is not known. Started on the "
    "last day of May is in May.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-05",),
    tables={
        "cp_plans": """
            cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_previous_cp_plans
            P1              | C1             | 2013-05-01              | 0
            P2              | C2             | 2013-05-31              | 1
            P3              | C3             | 2013-05-15              |
            P4              | C4             | 2013-06-01              | 3
            P5              | C5             |                         | 1
        """,
    },
    rows="""
        unit_id | in_numerator
        P1      | no
        P2      | yes
        P3      |
    """,
)

I47 = Definition(
    id="I47",
    version=1,
    title="Repeat child protection plans",
    question="Of the child protection plans started, how many were for a child who had had a plan before?",
    numerator="Plans started in the period where the child had one or more plans before, at any age.",
    denominator="Child protection plans started in the period.",
    left_out="Plans with no start date. Not known: plans where the number of previous plans is missing.",
    kind="flow",
    period_rule="Flow: the plan started in the period.",
    in_head="Had a plan before",
    base_head="Plans started",
    counted="plans started",
    why="A second plan can mean that the first ended before the child was safe. It is never zero: families' lives "
    "change.",
    unit="per cent",
    polarity="lower",
    clock="",
    source="Children in need census, CPPstartDate (N00105) and NumberOfPreviousCPP (N00106); SSD cp_plans CPPL003A. "
    "Compare the DfE characteristics of children in need statistics, table D3, which counts plans, not "
    "children. Formerly NI 65: a plan, or the register, of that council, however long ago (LG Inform). Whether plans "
    "held elsewhere are counted is local recording.",
    unverified=(),
    owner="Head of service, child protection",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("cp_plans", "cin_episodes", "person"),
    gaming_risk="Holding back a plan from a child who has had one before; not counting plans held elsewhere.",
    paired_with=("I49", "I60-12"),
    chart="p",
    elapsed_unit="",
    limit_words="",
    rows=rows,
    examples=(NONE_ONE_MISSING,),
    breakdowns=(*OF_ANY_RECORD, "plan_team"),
    unknown_words=in_words("lack the number of earlier plans"),
)
