"""Indicators as the checks need them: one line each from the last published release, read once for a page.

What a check says is decided on the full figures, so that a position is the same for everybody; what it prints is the
figure as the reader may see it. Not here: the checks (checks.py). Rule: no division and no rounding here.
"""

from dataclasses import dataclass
from typing import Any, Final, Protocol

from holdfast.access.doors import SYSTEM, Actor, Refused, may
from holdfast.access.permissions import Permission
from holdfast.notice.answers import Asking
from holdfast.organisation import selectors as organisation
from holdfast.pages.addresses import address
from holdfast.pages.words import date_words, lower_first, upper_first
from holdfast.performance.selectors import decided, indicators, releases, written
from holdfast.performance.selectors.figures import versions
from holdfast.performance.selectors.indicators import ScorecardLine, definition_cards
from holdfast.performance.selectors.unanswerable import NoRelease

BETTER: Final = frozenset({"improving", "improved and steady since"})
WORSE: Final = frozenset({"worsening", "worsened and steady since"})
HIDDEN: Final = "not shown, to protect small numbers here or beside it"
UNCHANGED: Final = frozenset({"no clear change", "an unusual month, check it", "signs point both ways"})


class Counted(Protocol):
    """As much of a figure as a check decides on. None where it is hidden."""

    @property
    def n_in(self) -> int | None: ...
    @property
    def denominator(self) -> int | None: ...
    @property
    def n_unknown(self) -> int | None: ...


@dataclass(frozen=True)
class IndicatorFact:
    """One indicator in the last release: the whole figure for deciding, the reader's words for saying.

    `figure` is the financial year so far, to the last whole month by the day (of a stock, that day's); None where
    nothing of it is since the notice. `figure_words` says it, and labels what was before. `claim` is one of the words
    of analytics.CLAIMS: those in BETTER, in WORSE, no clear change, or another; `over_time` is the same word with what
    it rests on, as every reader and paper has it; `sentence` is all that may be said of the series, warnings included.
    `level` is how the latest month stands to the target in force in it, as the reader may see it; "" without a target.
    `link` is where it can be looked at.
    """

    id: str
    figure: Counted | None
    claim: str
    figure_words: str
    sentence: str
    over_time: str
    level: str
    is_off_target: bool
    link: tuple[str, str]


def fact(asking: Asking, indicator: str) -> IndicatorFact | None:
    """An indicator's fact, or None when nothing is published or the release does not have it."""
    found = _lines(asking, SYSTEM).get(indicator)
    if found is None:
        return None
    title = found.definition.title
    link = (f"{indicator} {title}", address("indicator", asking.programme.code, indicator))
    said, off = _words(asking, indicator), found.is_off_target
    return IndicatorFact(indicator, found.so_far, found.assessment.claim, *said, _level(asking, indicator), off, link)


def facts_with_a_target(asking: Asking) -> list[IndicatorFact]:
    """The fact of each indicator that a target held for in its latest month. [] where nothing is published."""
    aimed = [indicator for indicator, line in _lines(asking, SYSTEM).items() if line.aim is not None]
    return [found for found in (fact(asking, indicator) for indicator in aimed) if found is not None]


def _level(asking: Asking, indicator: str) -> str:
    """The latest month beside its target, for the reader. "" without either, or where the figure is hidden."""
    try:
        line = _lines(asking, asking.user)[indicator]
    except Refused:
        return ""
    if line.aim is None or line.latest_month is None or line.latest_month.suppressed:
        return ""
    when = written.when_words(line.latest_month, line.definition)
    aim = f"{line.aim.words(line.definition.unit)} (decision {line.aim.target.decision})"
    return f"{upper_first(when)} beside its target, {aim}: {line.near_words}."


def _words(asking: Asking, indicator: str) -> tuple[str, str, str]:
    """What the reader may be told: the latest figure, the sentence that may be said of the series, and its headline."""
    try:
        line = _lines(asking, asking.user)[indicator]
    except Refused:
        hidden = f"{indicator}: you do not have permission to see this figure."
        return hidden, hidden, ""
    title, said = line.definition.title, line.assessment
    sentence, over_time = f"{title}: {said.sentence}", said.headline or f"{upper_first(said.claim)}."
    still = f" {line.open_words}." if line.open_words else ""
    if line.so_far is not None:
        return f"{title}, {_so_far(line)}.{still}", sentence, over_time
    if line.before_notice is not None:
        before = _dated(line.before_notice, line)
        return f"{title}: no figure since the notice yet; before the notice, {before}.{still}", sentence, over_time
    return f"{title}: no figure yet.", sentence, over_time


def _so_far(line: ScorecardLine) -> str:
    """The year so far; where that is hidden, the last month beside it, which may be shown where the whole may not."""
    said, month = _dated(line.so_far, line), line.latest_month
    if line.so_far and line.so_far.suppressed and month and not month.suppressed and month.denominator != 0:
        return f"{said}; {_dated(month, line)}"
    return said


def _dated(figure: Any, line: ScorecardLine) -> str:
    """When a figure is of, and the figure: "year to 31 March 2013: 23.0% (1,301 of 5,648)"."""
    when = written.when_words(figure, line.definition)
    if figure.suppressed:
        return f"{when}: {HIDDEN}"
    return f"{when}: {lower_first(written.words_with_unknown(figure, line.definition.unit))}"


def _lines(asking: Asking, user: object) -> dict[str, ScorecardLine]:
    """The scorecard by code, once a page. Nothing before the first release is published."""
    whole = user is SYSTEM

    def find() -> dict[str, ScorecardLine]:
        try:
            lines = indicators.scorecard(user, asking.programme.code, until=asking.on)
        except NoRelease:
            return {}
        return {line.definition.id: line for line in lines}

    return asking.once(("scorecard", "whole" if whole else "as seen"), find)


def released_figures(user: object, code: str) -> list[tuple[str, str]]:
    """The figures that may be linked as evidence: every indicator of the last release, as "I04@2" and in words."""
    if not may(user, Permission.SEE_INDICATORS, code):
        return []
    release = releases.latest_release(user, code)
    counted = versions(release) if release else {}
    return [
        (f"{card.id}@{release.number}", f"{card.id} {card.title}, release {release.number}")
        for card in indicators.definition_cards()
        if release and card.id in counted
    ]


def figure_address(code: str, key: str) -> str:
    indicator, _, number = key.partition("@")
    return f"{address('indicator', code, indicator)}?release={number}"


def words_of_the_indicators(user: Actor, code: str) -> str:
    """The indicators in use today as they are agreed: a line for each with its version, what is better, and its target.

    For those who see indicators, else "". The same to the letter while nothing of it changes, so in an order of its
    own: bodies have agreed it line by line in this one.
    """
    if not may(user, Permission.SEE_INDICATORS, code):
        return ""
    aims = decided.aims_of(organisation.programme(user, code))
    lines = []
    for card in sorted(definition_cards(), key=lambda card: card.id.partition("-")[0]):
        targets = "; ".join(f"{aim.words(card.unit)} from {date_words(aim.from_on)}" for aim in aims.get(card.id, ()))
        meaning = f"version {card.version}; {lower_first(card.polarity_words)}"
        lines.append(f"{card.id} {card.title} ({meaning}): {targets or 'no target'}")
    return "\n".join(lines)
