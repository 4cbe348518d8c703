"""I28 seen alone: of audited assessments in which the child was seen, those with the child seen alone."""

from holdfast.analytics.indicators.audit_cards import OWN_WORDS, asked_of_audits, one_question

I28 = asked_of_audits(
    "I28",
    met={"seen-alone": ("alone",)},
    example=one_question("seen-alone", met="alone", partly="declined"),
    title="Child seen alone in the assessment",
    question="Of the assessments audited at random in which the child was seen, in how many was the child seen alone?",
    numerator="Audits that found the child seen alone. A reason on the record why not is counted apart, in the audits' "
    "findings, and does not count here.",
    denominator="Case-file audits, chosen at random, of an assessment in which the child was seen.",
    left_out="Children not seen at all; a baby, an unborn child, or one too young to be spoken with alone, of whom the "
    "auditor says why it does not apply: the age is the auditor's to judge, and no age is fixed.",
    in_head="Seen alone",
    counted="assessments audited with the child seen",
    why="A child tells what is happening at home when nobody from home is listening.",
    gaming_risk="Calling children too young: read how many it did not apply to, and the reasons, in the findings.",
    paired_with=("I29",),
    unverified=(OWN_WORDS, "That no age is fixed is our reading; no source seen names one: unverified."),
)
