"""I90 recording in time: of cases audited at random, those written up within five working days."""

from holdfast.analytics.indicators.audit_cards import OWN_WORDS, SMALL_SAMPLES, asked_of_audits, one_question

I90 = asked_of_audits(
    "I90",
    met={"recorded-in-time": ()},
    example=one_question("recorded-in-time"),
    title="Recording up to date",
    question="Of the cases audited at random, in how many were visits and contacts written up in five working days?",
    numerator="Audits that answered yes. “Partly” is not yes.",
    denominator="Case-file audits chosen at random. The sector counts entries; an audit looks at a case's together.",
    in_head="In time",
    counted="cases audited at random",
    why="Whoever is called out at night has only what is written down.",
    gaming_risk=f"Dating an entry by the visit and not by the writing. {SMALL_SAMPLES}",
    paired_with=("I94",),
    unverified=(OWN_WORDS, "Five working days is local practice; no source seen sets it: unverified."),
)
