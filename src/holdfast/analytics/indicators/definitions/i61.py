"""I61 closures judged right: of closures audited at random, those that were not closed too soon."""

from holdfast.analytics.indicators.audit_cards import SMALL_SAMPLES, asked_of_audits, one_question

I61 = asked_of_audits(
    "I61",
    kind="closure-audit",
    met={"closed-rightly": ("right", "too-late")},
    example=one_question("closed-rightly", "closure-audit", met="right", partly="too-soon"),
    title="Closures judged right",
    question="Of the closures audited at random, how many were not closed too soon?",
    numerator="Audits that judge the closing right, or later than it could have been. Too soon is not, whether or not "
    "it left the child at risk.",
    denominator="Closure audits chosen at random.",
    in_head="Not too soon",
    counted="closures audited at random",
    why="A case closed too soon leaves a child without help until somebody is worried enough to ask again.",
    gaming_risk=f"Judging the closing letter and not the child's safety. {SMALL_SAMPLES} None found too soon in a "
    "dozen is not none.",
    paired_with=("I62", "I60-6"),
)
