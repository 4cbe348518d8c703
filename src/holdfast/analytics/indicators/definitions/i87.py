"""I87 reflective supervision: of supervision audited at random, where the worker was helped to think again."""

from holdfast.analytics.indicators.audit_cards import SMALL_SAMPLES, asked_of_audits, one_question

I87 = asked_of_audits(
    "I87",
    kind="supervision-audit",
    met={"reflective": ()},
    example=one_question("reflective", "supervision-audit"),
    title="Reflective supervision",
    question="Of the supervision audited at random, in how much was the worker helped to think again about a case?",
    numerator="Audits that answered yes: the worker thought again, and something changed because of it.",
    denominator="Supervision audits chosen at random, each of six months of one worker's supervision. Elsewhere "
    "sessions are counted; an audit reads six months at once.",
    in_head="Reflective",
    counted="supervision audits",
    why="A worker who only lists tasks carries a first guess about a child to the end.",
    gaming_risk=f"Writing up supervision for the auditor. {SMALL_SAMPLES}",
    paired_with=("I89",),
)
