"""Home blocks about indicators: which got worse, and what may be said about every one. Only what `assess` allows."""

from django.urls import reverse

from holdfast.performance import selectors as performance
from holdfast.web.home.asked import Asked
from holdfast.web.home.block import Block, Line, Nothing

COLOURS = {
    "improving": "green",
    "improved and steady since": "green",
    "worsening": "red",
    "worsened and steady since": "red",
}
NO_RELEASE = Nothing(
    "No release of figures has been published yet",
    "What the figures allow to be said will appear here. The performance analyst submits a return and publishes.",
)


def worsening(asked: Asked) -> Block:
    """The indicators that the statistics say are worsening, each with the sentence that may be said."""
    title = "Indicators that are getting worse"
    found = asked.worsening
    if found is None:
        return Block(title, nothing=NO_RELEASE)
    more = ("See every indicator", reverse("scorecard", args=[asked.code]))
    if not found:
        text = "This says what the statistics allow, and no more: some may have too few points to tell."
        return Block(title, nothing=Nothing("No indicator shows a clear worsening", text, is_missing=False), more=more)
    return Block(title, lines=[_line(asked.code, one) for one in found], more=more)


def said(asked: Asked) -> Block:
    """Every indicator in a plain sentence, with its latest figure."""
    title = "What may fairly be said"
    if asked.scorecard is None:
        return Block(title, nothing=NO_RELEASE)
    lede = "Each sentence comes from the statistics. A “c” is a number hidden so that no child can be picked out."
    return Block(
        title,
        lede,
        lines=[_line(asked.code, one) for one in asked.scorecard],
        more=("See the figures behind the sentences", reverse("scorecard", args=[asked.code])),
    )


def _line(code: str, one: performance.ScorecardLine) -> Line:
    return Line(
        one.definition.title,
        reverse("indicator", args=[code, one.definition.id]),
        one.assessment.sentence,
        one.assessment.claim.capitalize(),
        COLOURS.get(one.assessment.claim, "grey"),
    )
