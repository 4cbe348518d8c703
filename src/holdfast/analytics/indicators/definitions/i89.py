"""I89 management decisions: of cases audited at random, those whose managers' decisions are recorded with reasons."""

from holdfast.analytics.indicators.audit_cards import SMALL_SAMPLES, asked_of_audits, one_question

I89 = asked_of_audits(
    "I89",
    met={"decisions-reasoned": ()},
    example=one_question("decisions-reasoned"),
    title="Management decisions recorded with reasons",
    question="Of the cases audited at random, in how many are a manager's decisions recorded with their reasons?",
    numerator="Audits that answered yes. “Partly” is not yes.",
    denominator="Case-file audits chosen at random. The sector counts decisions, and within what time each was "
    "recorded; an audit looks at a case's decisions together, and does not time them.",
    in_head="With reasons",
    counted="cases audited at random",
    why="A decision without a reason cannot be questioned when the child's life changes.",
    gaming_risk=f"“Agreed” is no reason. {SMALL_SAMPLES}",
    paired_with=("I92",),
)
