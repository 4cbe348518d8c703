"""I91 audits done: of the audits that the agreed programme asks for, those handed in."""

from typing import Any

from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import questions
from holdfast.analytics.indicators.audit_cards import SMALL_SAMPLES, card
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held


def rows(held: Held) -> Any:
    """One row per audit asked for and period in which its own period ended."""
    planned = held["audits_planned"].select(
        unit_id="planned_id", due_on="planned_due_on", handed_in_on="planned_handed_in_on"
    )
    return questions.happened(
        held,
        planned,
        on="due_on",
        is_in=lambda p: (p.handed_in_on <= p.due_on).coalesce(ibis.literal(False)),
        due_on="due_on",
    )


IN_THE_MONTH = Example(
    words="Three audits a month were agreed. By 30 November 2013, the last day, the first was handed in before and the "
    "second on the day; fewer than three were handed in, so the third is not done. One asked for by the end of "
    "December counts in December. One whose period is missing counts nowhere.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11",),
    tables={
        "audits_planned": """
            planned_id | planned_due_on | planned_handed_in_on
            1          | 2013-11-30     | 2013-11-05
            2          | 2013-11-30     | 2013-11-30
            3          | 2013-11-30     |
            4          | 2013-12-31     | 2013-12-02
            5          |                | 2013-12-02
        """,
    },
    rows="""
        unit_id | in_numerator | due_on
        1       | yes          | 2013-11-30
        2       | yes          | 2013-11-30
        3       | no           | 2013-11-30
    """,
)

I91 = card(
    "I91",
    rows=rows,
    examples=(IN_THE_MONTH,),
    tables=("audits_planned",),
    title="Audits done as agreed",
    question="Of the audits that the agreed programme asks for, how many were handed in by the end of their period?",
    numerator="Audits handed in in the month or quarter for which they were agreed, as many as were agreed.",
    denominator="Audits that the programme in force asks for in months and quarters that are over.",
    left_out="More than were asked for; days on which no programme of audits was in force, because both boards had not "
    "agreed it. Nothing is not known: an audit that nobody handed in is not done.",
    period_rule="Flow: the last day of the month or quarter for which it was agreed is in the period.",
    in_head="Handed in",
    base_head="Asked for",
    counted="audits asked for",
    why="What nobody audits, nobody learns from.",
    source="The programme of audits, its agreements, and the audits kept here.",
    unverified=(),
    gaming_risk=f"Agreeing few. {SMALL_SAMPLES}",
    paired_with=("I92",),
    breakdowns=(),
)
