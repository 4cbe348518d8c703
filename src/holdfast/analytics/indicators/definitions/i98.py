"""I98 audit actions closed: of what audits asked for on a case, that which is done and verified by somebody else."""

from typing import Any

from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import questions
from holdfast.analytics.indicators.audit_cards import card
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import OPEN, in_words

DAYS_TO_VERIFY = 28
"""After the day it was due. Our own choice: long enough to look, short enough to be asked about."""


def rows(held: Held) -> Any:
    """One row per thing asked for and period in which it was due."""
    asked = held["audit_actions"]
    asked = asked.filter(~asked.remedy_in_plan.coalesce(ibis.literal(False))).select(
        "as_at",
        unit_id="remedy_id",
        child="remedy_person_id",
        audit_team="remedy_team",
        due_on="remedy_due_on",
        verified_on="remedy_verified_on",
    )
    return questions.happened(
        held,
        asked,
        on="due_on",
        is_in=lambda a: ibis.cases(
            (a.verified_on.notnull(), a.verified_on.delta(a.due_on, unit="day") <= DAYS_TO_VERIFY),
            (a.as_at.delta(a.due_on, unit="day") > DAYS_TO_VERIFY, ibis.literal(False)),
            else_=ibis.null("boolean"),
        ),
        why={OPEN: lambda a: a.verified_on.isnull()},
        due_on="due_on",
    )


FOUR_WEEKS = Example(
    words="Due on 2 November 2013: verified on 30 November, 28 days later, is closed, and a day later is not; never "
    "verified is not. Due on 3 March 2014, the 28 days are not over on 31 March, so it is not known yet; due the day "
    "before 3 March they are not either, and due on 2 March they are over the day after the records end. What became "
    "an action of the plan is left out, because the plan says how it goes.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11", "2014-03"),
    tables={
        "audit_actions": """
            remedy_id | remedy_person_id | remedy_in_plan | remedy_due_on | remedy_done_on | remedy_verified_on
            1         | C1               | no             | 2013-11-02    | 2013-11-02     | 2013-11-30
            2         | C2               | no             | 2013-11-02    | 2013-11-02     | 2013-12-01
            3         | C3               | no             | 2013-11-02    | 2013-11-02     |
            4         | C4               | yes            | 2013-11-02    |                |
            5         | C5               | no             | 2014-03-03    | 2014-03-03     |
            6         | C6               | no             | 2014-03-02    |                |
        """,
    },
    rows="""
        unit_id | period  | in_numerator | unknown_because | due_on
        1       | 2013-11 | yes          |                 | 2013-11-02
        2       | 2013-11 | no           |                 | 2013-11-02
        3       | 2013-11 | no           |                 | 2013-11-02
        5       | 2014-03 |              | open            | 2014-03-03
        6       | 2014-03 | no           |                 | 2014-03-02
    """,
)

I98 = card(
    "I98",
    rows=rows,
    examples=(FOUR_WEEKS,),
    tables=("audit_actions",),
    title="What audits asked for, closed",
    question="Of what audits asked for, how much is done, and verified by somebody else, in four weeks of being due?",
    numerator="Things asked for that somebody other than whoever did them has verified, at most 28 days after they "
    "were due.",
    denominator="What audits asked to be done for a child or by a worker, and what they asked of a team or the system "
    "that is not in the plan, due in the period.",
    left_out="What became an action of the plan: whether those are on time is another measure's. Not known: not "
    "verified yet, and the 28 days are not over.",
    period_rule="Flow: the day it was due is in the period.",
    in_head="Closed",
    base_head="Due",
    counted="things asked for that fell due",
    why="A finding that nobody acts on changes nothing for the child in whose case it was found.",
    source="What audits ask for, kept here. There is no national statistic to compare.",
    unverified=("The 28 days are our own choice; no source seen sets any: unverified.",),
    gaming_risk="Asking for little, or verifying without looking.",
    paired_with=("I109", "I99"),
    unknown_words=in_words("lack what would say", is_open="were due too short a while ago to say"),
)
