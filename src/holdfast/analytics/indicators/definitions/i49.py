"""I49 plans open two years or more: of the child protection plans open at the end of the period."""

from datetime import date
from typing import Any

from holdfast.analytics.breakdowns import OF_ANY_RECORD
from holdfast.analytics.indicators import blocks, questions, records
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import in_words


def rows(held: Held) -> Any:
    """One row per child protection plan and period at whose end it was open."""
    plan = blocks.look_up(held, records.protection_plans(held), "started_on", two_years_on="months_24_later")
    return questions.open_at_end(
        held,
        plan,
        start="started_on",
        end="ended_on",
        unsure="is_end_unread",
        is_in=lambda p: p.two_years_on <= p.ends_on,
        elapsed=lambda p: p.ends_on.delta(p.started_on, unit="day"),
        due_on="two_years_on",
    )


TWO_YEARS_TO_THE_DAY = Example(
    words="At 31 May 2013, a plan that started on 31 May 2011 has been open two years, one from 1 June 2011 has not. "
    "Ended that day is not open. Last reported on in March, with no end: not known. One from 2008 is still counted.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-05",),
    tables={
        "cp_plans": """
            cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date | cppl_cp_plan_end_date | as_at
            P1              | C1             | 2011-05-31              |                       | 2014-03-31
            P2              | C2             | 2011-06-01              | 2013-06-01            | 2014-03-31
            P3              | C3             | 2010-01-04              | 2013-05-31            | 2014-03-31
            P4              | C4             | 2010-01-04              |                       | 2013-03-31
            P5              | C5             | 2008-09-01              |                       | 2014-03-31
            P6              | C6             | 2013-06-01              |                       | 2014-03-31
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | due_on
        P1      | yes          | 731     | 2013-05-31
        P2      | no           | 730     | 2013-06-01
        P4      |              | 1243    | 2012-01-04
        P5      | yes          | 1733    | 2010-09-01
    """,
)

LEAP_DAY = Example(
    words="A plan that started on 29 February 2012 has been open two years at the end of 28 February 2014.",
    shows=frozenset({"boundary"}),
    periods=("2014-01", "2014-02"),
    tables={
        "cp_plans": """
            cppl_cp_plan_id | cppl_person_id | cppl_cp_plan_start_date
            P1              | C1             | 2012-02-29
        """,
    },
    rows="""
        unit_id | period  | in_numerator
        P1      | 2014-01 | no
        P1      | 2014-02 | yes
    """,
)

I49 = Definition(
    id="I49",
    version=1,
    title="Child protection plans open two years or more",
    question="Of the child protection plans open at the end of the period, how many had been open for two years or "
    "more?",
    numerator="Plans open at the end of the period that started 24 calendar months or more before it.",
    denominator="Child protection plans open at the end of the period.",
    left_out="Plans with no start date. A plan that ends on the last day is not open at its end. Not known: open "
    "when last reported on, with nothing reported since.",
    kind="stock",
    period_rule="Stock: open at the end of the last day of the period.",
    in_head="Open two years or more",
    base_head="Open",
    counted="plans open",
    why="A plan that has run for two years has not made the child safe and has not led to something firmer.",
    unit="per cent",
    polarity="lower",
    clock="",
    source="Children in need census, CPPstartDate (N00105) and CPPendDate (N00115); SSD cp_plans CPPL003A, CPPL004A. "
    "Compare the DfE characteristics of children in need statistics, table D5 (band '2 years or "
    "more'). That a plan which ends on the day is not open is how the Department's table D1 adds up. "
    "Inspectors also read the plans that ended after two years or more (table D7), which are not counted here.",
    unverified=(),
    owner="Head of service, child protection",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("cp_plans", "cin_episodes", "person"),
    gaming_risk="Ending plans just short of two years, and starting another: read repeat plans beside it.",
    paired_with=("I47",),
    chart="xmr",
    elapsed_unit="days",
    limit_words="24 calendar months from the start of the plan",
    rows=rows,
    examples=(TWO_YEARS_TO_THE_DAY, LEAP_DAY),
    breakdowns=(*OF_ANY_RECORD, "plan_team"),
    unknown_words=in_words(is_open="were open when last reported on"),
)
