"""I97 told in time: of children in audits who may not be safe, those of whom the director was told in 24 hours."""

from typing import Any

from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import questions
from holdfast.analytics.indicators.audit_cards import card
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import OPEN, in_words

MINUTES_IN_A_DAY = 24 * 60
DAYS_UNTIL_OVER = 2
"""From the day of finding: after so many days the 24 hours are over, at whatever time it was found."""


def rows(held: Held) -> Any:
    """One row per child who may not be safe and period in which that was found."""
    found = held["audit_criticals"].select(
        "as_at",
        unit_id="critical_id",
        child="critical_person_id",
        audit_team="critical_team",
        raised_on="critical_raised_on",
        minutes="critical_minutes",
    )
    return questions.happened(
        held,
        found,
        on="raised_on",
        is_in=lambda c: ibis.cases(
            (c.minutes.notnull(), c.minutes <= MINUTES_IN_A_DAY),
            (c.as_at.delta(c.raised_on, unit="day") >= DAYS_UNTIL_OVER, ibis.literal(False)),
            else_=ibis.null("boolean"),
        ),
        why={OPEN: lambda c: c.minutes.isnull()},
    )


IN_A_DAY = Example(
    words="Found in November 2013: the director told after exactly 24 hours (1,440 minutes) is in time, a minute later "
    "is not. Nobody told the director by 31 March 2014: not in time. Found the day before the records end, with the "
    "director not told yet, it is not known.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11", "2014-03"),
    tables={
        "audit_criticals": """
            critical_id | critical_person_id | critical_raised_on | critical_minutes
            1           | C1                 | 2013-11-30         | 1440
            2           | C2                 | 2013-11-30         | 1441
            3           | C3                 | 2013-11-01         |
            4           | C4                 | 2014-03-30         |
            5           | C5                 | 2014-03-29         |
        """,
    },
    rows="""
        unit_id | period  | in_numerator | unknown_because
        1       | 2013-11 | yes          |
        2       | 2013-11 | no           |
        3       | 2013-11 | no           |
        4       | 2014-03 |              | open
        5       | 2014-03 | no           |
    """,
)

I97 = card(
    "I97",
    rows=rows,
    examples=(IN_A_DAY,),
    tables=("audit_criticals",),
    title="Director told in 24 hours",
    question="Of the times an audit found that a child may not be safe, of how many was the director told in 24 hours?",
    numerator="Findings of which the director was told within 24 hours, as somebody recorded.",
    denominator="Answers in audits that said a child may be at risk of significant harm now: every one, in whatever "
    "way its case was chosen.",
    left_out="Nothing. Not known: found less than two days before the records end, with nobody recorded as told yet.",
    period_rule="Flow: the day it was found is in the period.",
    in_head="In 24 hours",
    base_head="Found",
    counted="findings that a child may not be safe",
    why="A child who may not be safe tonight cannot wait for a report.",
    source="The steps for each child who may not be safe, kept here. 24 hours is sector practice, set locally.",
    unverified=("The limit of 24 hours is sector practice; no source seen sets it: unverified.",),
    gaming_risk="Recording afterwards that somebody was told sooner: the trail has when each step was recorded.",
    paired_with=("I62",),
    unknown_words=in_words("lack what would say", is_open="were found too short a while ago to say"),
)
