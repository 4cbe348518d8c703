"""I110 requirements evidenced: of the requirements that apply, those judged met on evidence somebody else accepted."""

from datetime import date
from typing import Any

from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import blocks, questions
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held


def rows(held: Held) -> Any:
    """One row per requirement and period at whose end it applied."""
    requirement = held["requirements"].select(
        "as_at", unit_id="requ_requirement_id", began_on="requ_from", ended_on=ibis.null("date")
    )
    applying = blocks.at_period_ends(held, requirement, "began_on", "ended_on")
    stood = blocks.at_period_ends(held, held["requirements_evidenced"], "evid_from", "evid_until")
    stood = stood.select(stood_for="evid_requirement_id", stood_in="period")
    found = applying.left_join(stood, [applying.unit_id == stood.stood_for, applying.period == stood.stood_in])
    return questions.answered_at_end(found, end="ended_on", is_in=lambda r: r.stood_for.notnull())


AT_THE_END_OF_OCTOBER = Example(
    words="At the end of 31 October 2013: accepted that day stands, accepted the day after does not yet. What stopped "
    "standing on that day stands no more, unless it was accepted again. A requirement that applies from November is "
    "not counted in October. One whose first day is missing counts nowhere.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-10",),
    tables={
        "requirements": """
            requ_requirement_id | requ_from
            R1                  | 2013-09-12
            R2                  | 2013-09-12
            R3                  | 2013-09-12
            R4                  | 2013-09-12
            R5                  | 2013-10-31
            R6                  | 2013-11-01
            R7                  |
        """,
        "requirements_evidenced": """
            evid_table_id | evid_requirement_id | evid_from  | evid_until
            R1.1          | R1                  | 2013-10-31 |
            R2.1          | R2                  | 2013-11-01 |
            R3.1          | R3                  | 2013-10-01 | 2013-10-31
            R4.1          | R4                  | 2013-10-01 | 2013-10-20
            R4.2          | R4                  | 2013-10-25 |
            R6.1          | R6                  | 2013-11-02 |
            R7.1          | R7                  | 2013-10-01 |
        """,
    },
    rows="""
        unit_id | in_numerator | event_on
        R1      | yes          | 2013-10-31
        R2      | no           | 2013-10-31
        R3      | no           | 2013-10-31
        R4      | yes          | 2013-10-31
        R5      | no           | 2013-10-31
    """,
)

I110 = Definition(
    id="I110",
    version=1,
    title="Requirements evidenced",
    question="Of the requirements that apply, how many stood judged met on evidence that somebody else had accepted?",
    numerator="Requirements whose judgement at the end of the period was “met”, named evidence that still counted, and "
    "had been accepted by somebody other than the judge.",
    denominator="Requirements that applied at the end of the period.",
    left_out="What the notice says will or may happen, which is no duty; conditional requirements whose condition is "
    "not recorded as met. Whether the records show it too is the position's to say, not this figure's. Nobody could "
    "accept anything here before the notice was entered: those months are nought.",
    kind="stock",
    period_rule="Stock: as it stood at the end of the last day of the period.",
    in_head="Evidenced",
    base_head="Apply",
    counted="requirements that applied",
    why="A notice is lifted on evidence, requirement by requirement. This is how far the evidence has come.",
    unit="per cent",
    polarity="higher",
    clock="",
    source="The notice's requirements, judgements, evidence and acceptances kept here. There is no national statistic "
    "to compare.",
    unverified=(),
    owner="Improvement programme manager",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("requirements", "requirements_evidenced"),
    gaming_risk="Accepting each other's judgements on thin evidence: read each requirement's position, which asks what "
    "the records show.",
    paired_with=("I109",),
    chart="xmr",
    elapsed_unit="",
    limit_words="",
    rows=rows,
    examples=(AT_THE_END_OF_OCTOBER,),
    breakdowns=(),
)
