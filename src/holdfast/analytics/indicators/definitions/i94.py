"""I94 risk assessment recorded: of cases audited at random, those with an assessment of risk on the record."""

from holdfast.analytics.indicators.audit_cards import SMALL_SAMPLES, asked_of_audits, one_question

I94 = asked_of_audits(
    "I94",
    met={"risk-recorded": ()},
    example=one_question("risk-recorded", partly="no"),
    title="Risk assessment recorded",
    question="Of the cases audited at random, how many have an assessment of risk on the record?",
    numerator="Audits that answered yes: whether it is any good is asked apart.",
    denominator="Case-file audits chosen at random.",
    in_head="Recorded",
    counted="cases audited at random",
    why="What nobody wrote down about danger, nobody who takes over the case will know.",
    gaming_risk=f"An empty form counts as an assessment to a hurried reader. {SMALL_SAMPLES}",
    paired_with=("I92",),
)
