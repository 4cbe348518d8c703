"""The figures that members scrutinise, as everybody may see them: small counts suppressed, whoever opens the page.

Rule: it is asked as somebody with no right to small counts, never as the reader, so that nothing shown in a public
meeting differs from what the public may have.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from holdfast.access.doors import Actor
from holdfast.notice.figures import WORSE
from holdfast.pages.words import counted, lower_first, upper_first
from holdfast.performance.selectors.indicators import ScorecardLine, scorecard
from holdfast.performance.selectors.unanswerable import NoRelease
from holdfast.performance.selectors.written import printed_words, when_words


@dataclass(frozen=True)
class PublicLine:
    """One measure in words: its latest month, and what may be said of it. `claim` is that in a few fixed words."""

    indicator: str
    title: str
    url: str
    figure: str
    headline: str
    claim: str


def measures_words(figures: Sequence[PublicLine]) -> str:
    """How many of the measures can be said to have got worse, before any of them is read."""
    if not figures:
        return "No release of figures has been published, so nothing can be said of any measure."
    n = sum(line.claim in WORSE for line in figures)
    return f"Of {counted(len(figures), 'measure')}, {n or 'none'} can be said to have got worse."


def _figure(line: ScorecardLine) -> str:
    """The latest month, with what is open and already over where it is of what was finished in time."""
    if line.latest_month is None:
        return line.none_words
    when = upper_first(when_words(line.latest_month, line.definition))
    said = f"{when}: {lower_first(printed_words(line.latest_month, line.definition))}"
    return f"{said}. {line.open_words}" if line.open_words else said


def public_figures(user: Actor, code: str, on: date | None = None) -> list[PublicLine]:
    """Every indicator as the public may see it, on a day (today). [] before the first release. Raises Refused."""
    try:
        lines = scorecard(user, code, until=on, is_public=True)
    except NoRelease:
        return []
    return [
        PublicLine(
            line.definition.id,
            line.definition.title,
            reverse("indicator", args=[code, line.definition.id]),
            _figure(line),
            line.assessment.headline if line.is_held else "",
            line.assessment.claim if line.is_held else "",
        )
        for line in lines
    ]
