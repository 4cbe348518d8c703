"""I29 views recorded: of audited assessments, those in which the child's own words, wishes or feelings are recorded."""

from holdfast.analytics.indicators.audit_cards import SMALL_SAMPLES, asked_of_audits, one_question

I29 = asked_of_audits(
    "I29",
    met={"views-recorded": ()},
    example=one_question("views-recorded"),
    title="Child's views recorded",
    question="Of the assessments audited at random, in how many are the child's words, wishes or feelings recorded?",
    numerator="Audits that answered yes. “Partly” is not yes.",
    denominator="Case-file audits, chosen at random, of a child who was assessed in the twelve months before.",
    left_out="Cases with no assessment in the twelve months.",
    in_head="Recorded",
    counted="assessments audited at random",
    why="Without the child's own words the record is what adults think.",
    gaming_risk=f"A sentence copied from one record to the next reads as a view. {SMALL_SAMPLES}",
    paired_with=("I28",),
)
