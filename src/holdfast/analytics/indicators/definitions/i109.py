"""I109 actions on time: of the plan's actions, those done by the day on which they were first due."""

from datetime import date
from typing import Any

from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import questions
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held


def rows(held: Held) -> Any:
    """One row per action and period in which it was first due."""
    action = held["plan_actions"].select(
        unit_id="plan_action_id",
        action_agency="plan_action_agency",
        due_on="plan_action_original_due_on",
        done_on="plan_action_done_on",
        withdrawn_on="plan_action_withdrawn_on",
    )
    return questions.happened(
        held,
        action.filter((action.withdrawn_on > action.due_on).coalesce(ibis.literal(True))),
        on="due_on",
        is_in=lambda a: (a.done_on <= a.due_on).coalesce(ibis.literal(False)),
        elapsed=lambda a: a.done_on.delta(a.due_on, unit="day"),
        due_on="due_on",
    )


ON_THE_DAY = Example(
    words="First due on 20 November 2013: done that day is on time and done the next day is one day late, whatever day "
    "it was moved to. Not done at all is not on time, and its days are not known yet. Withdrawn by the day it was due "
    "is left out, withdrawn afterwards is not. An action first due in December counts in December.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11",),
    tables={
        "plan_actions": """
plan_action_id | plan_action_original_due_on | plan_action_due_on | plan_action_done_on | plan_action_withdrawn_on
A1             | 2013-11-20                  | 2013-11-20         | 2013-11-20          |
A2             | 2013-11-20                  | 2013-12-20         | 2013-11-21          |
A3             | 2013-11-20                  | 2013-11-20         | 2013-11-05          |
A4             | 2013-11-30                  | 2013-11-30         |                     |
A5             | 2013-11-20                  | 2013-11-20         |                     | 2013-11-20
A6             | 2013-11-20                  | 2013-11-20         |                     | 2013-11-21
A7             | 2013-12-01                  | 2013-12-01         | 2013-11-20          |
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | due_on
        A1      | yes          | 0       | 2013-11-20
        A2      | no           | 1       | 2013-11-20
        A3      | yes          | -15     | 2013-11-20
        A4      | no           |         | 2013-11-30
        A6      | no           |         | 2013-11-20
    """,
)

I109 = Definition(
    id="I109",
    version=1,
    title="Actions done on time",
    question="Of the plan's actions, how many were done by the day on which they were first due?",
    numerator="Actions done on or before the day on which they were first due. The records behind the figure say how "
    "many days each slipped.",
    denominator="Actions first due in the period.",
    left_out="Actions withdrawn by the day on which they were first due. Nothing is not known: an action that nobody "
    "recorded as done counts as not done.",
    kind="flow",
    period_rule="Flow: the day on which the action was first due is in the period. A later date that the Board agreed "
    "moves nothing.",
    in_head="Done on time",
    base_head="First due",
    counted="actions first due",
    why="A plan whose actions slip is not protecting anybody sooner. Counted by the first date, a plan cannot be made "
    "to look on time by moving its dates.",
    unit="per cent",
    polarity="higher",
    clock="",
    source="The plan kept here: original due date, day done, day withdrawn. There is no national statistic to compare.",
    unverified=(),
    owner="Improvement programme manager",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("plan_actions",),
    gaming_risk="Setting late dates to begin with, writing many small actions, or marking as done what is not: read it "
    "beside the requirements evidenced.",
    paired_with=("I110",),
    chart="p",
    elapsed_unit="days",
    limit_words="the day on which the action was first due",
    rows=rows,
    examples=(ON_THE_DAY,),
    breakdowns=("action_agency",),
)
