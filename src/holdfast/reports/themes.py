"""A theme for a Board: data, audits and voice side by side, and the one sentence that they allow together.

Data is what the last release says of all children, audits what the last cycle that was reported to the boards found;
voice is empty until somebody's is kept here. Rule: better is said only where every source that knows the theme says so,
and two do; the sentence is the same for every reader, and holds no count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from holdfast.access.doors import Actor, Missing, check, may
from holdfast.access.permissions import Permission
from holdfast.audits.selectors.themed import Asked, SetAudited, audited_by_theme
from holdfast.audits.themes import THEMES
from holdfast.notice.figures import BETTER, WORSE
from holdfast.pages.words import counted, days_words, listed
from holdfast.performance.selectors import indicators
from holdfast.performance.selectors.indicators import ScorecardLine
from holdfast.performance.selectors.unanswerable import NoRelease
from holdfast.reports.audit_reports import audit_reports
from holdfast.reports.models import AuditReport

STATES: Final = {True: "better", False: "worse", None: "cannot be told"}
NO_DATA: Final = "No return that comes in here counts this, so data say nothing of it."
NO_VOICE: Final = (
    "Nothing is kept here yet of what children, parents, workers or partners say of it. Until it is, nothing on this "
    "page is said in their name."
)
SPEAKS: Final = "Audits drawn at random, each question as the auditor answered it, before anybody moderated a grade."


class NoSuchTheme(Missing):
    """There is no theme of that code."""

    def __init__(self) -> None:
        super().__init__(f"There is no such theme. The themes are {listed(list(THEMES))}.")


@dataclass(frozen=True)
class ThemeRead:
    """A theme as one account may read it. `data` None: no return counts it; `audited` has each question set that asks.

    `data_better` and `audit_better`: True, False, or None where it cannot be told. `cycle` and `before` say the days of
    the cycles that audits are of; "" where none was reported. `is_whole`: the account may see small counts of audits.
    """

    code: str
    title: str
    data: Sequence[ScorecardLine]
    audited: Sequence[tuple[SetAudited, Sequence[Asked]]]
    cycle: str
    before: str
    data_better: bool | None
    audit_better: bool | None
    is_whole: bool

    @property
    def state(self) -> str:
        """What the two sources say together."""
        return STATES[_together(self)]

    @property
    def sentence(self) -> str:
        return f"{_sentence(self)} Nobody’s voice is in this yet."

    def now(self, asked: Asked) -> str:
        """How often a question fell short in the cycle, as the account may see it."""
        return asked.now.words if self.is_whole else asked.safe_now

    def earlier(self, asked: Asked) -> str:
        """The same of the cycle before; "" where it was not asked in the same words."""
        if asked.before is None:
            return ""
        return asked.before.words if self.is_whole else asked.safe_before

    def change(self, asked: Asked) -> str:
        """A question beside the cycle before, in words. What hangs on a hidden count is not worked out again here."""
        if not self.before:
            return "No cycle before it was reported"
        if asked.before is None:
            return "Not asked in the same words before"
        return {True: "Less often than before", False: "More often than before", None: "No clear change"}[asked.better]

    def as_data(self) -> dict[str, Any]:
        """For --json: documented keys."""
        return {
            "theme": self.code,
            "title": self.title,
            "sentence": self.sentence,
            "state": self.state,
            "data": {
                "state": STATES[self.data_better],
                "indicators": [line.as_data() for line in self.data],
            },
            "audit": {
                "state": STATES[self.audit_better],
                "cycle": self.cycle,
                "before": self.before,
                "question_sets": [
                    {
                        "question_set": found.question_set.code,
                        "audits": found.n,
                        "questions": [
                            {"ask": one.ask, "short": self.now(one), "change": self.change(one)} for one in asked
                        ],
                    }
                    for found, asked in self.audited
                ],
            },
            "voice": [],
        }


def themes(user: Actor, code: str) -> list[ThemeRead]:
    """Every theme that a question of the last cycle or an indicator belongs to, in order. Raises Refused."""
    lines = _lines(user, code)
    cycles = list(audit_reports(user, code).order_by("-until")[:2])
    days = [(report.since, report.until) for report in cycles]
    audited = audited_by_theme(user, code, days[0], days[1] if days[1:] else None) if days else []
    is_whole = may(user, Permission.SEE_AUDIT_REPORTS, code)
    read = [_read(theme, lines, audited, cycles, is_whole=is_whole) for theme in THEMES]
    return [theme for theme in read if theme.data or theme.audited]


def one_theme(user: Actor, code: str, theme: str) -> ThemeRead:
    """One of them. Raises Refused or NoSuchTheme."""
    check(user, Permission.SEE_REPORTS, code)
    if theme not in THEMES:
        raise NoSuchTheme
    found = next((read for read in themes(user, code) if read.code == theme), None)
    empty = ThemeRead(theme, THEMES[theme].title, [], [], "", "", None, None, is_whole=False)
    return found or empty


def _lines(user: Actor, code: str) -> dict[str, ScorecardLine]:
    try:
        return {line.definition.id: line for line in indicators.scorecard(user, code)}
    except NoRelease:
        return {}


def _read(
    code: str,
    lines: dict[str, ScorecardLine],
    audited: Sequence[SetAudited],
    cycles: Sequence[AuditReport],
    *,
    is_whole: bool,
) -> ThemeRead:
    theme = THEMES[code]
    data = [lines[indicator] for indicator in theme.indicators if indicator in lines]
    own = [(found, found.by_theme[code]) for found in audited if found.by_theme.get(code)]
    words = [days_words(report.since, report.until) for report in cycles] + ["", ""]
    claims = [line.assessment.claim for line in indicators.headline(data)[0]]
    by_data = _one_way([claim in BETTER for claim in claims if claim in BETTER | WORSE])
    by_audit = _one_way([one.better for _, asked in own for one in asked if one.better is not None])
    return ThemeRead(code, theme.title, data, own, words[0], words[1], by_data, by_audit, is_whole=is_whole)


def _one_way(told: Sequence[bool]) -> bool | None:
    """The way that all that can be told went; None where nothing can, or where some went each way."""
    return told[0] if told and len(set(told)) == 1 else None


def _together(read: ThemeRead) -> bool | None:
    """Both sources' way: better where both say so, worse where one says so and the other does not say better."""
    ways = {read.data_better, read.audit_better}
    if ways == {True}:
        return True
    return False if False in ways and True not in ways else None


def _sentence(read: ThemeRead) -> str:
    ways = {read.data_better, read.audit_better}
    if _together(read) is not None:
        said = f"it may be said that this got {STATES[_together(read)]}"
    elif ways == {True, False}:
        said = "nothing may be said, since data and audits point different ways"
    elif True in ways:
        said = "it may not be said yet that this got better, since one source alone says so"
    else:
        said = "it cannot be told whether this got better or worse"
    return f"{read.title}: {said}. {data_words(read)} {audit_words(read)}"


def data_words(read: ThemeRead) -> str:
    """Which indicators went which way, a sentence."""
    if not read.data:
        return "No return counts it."
    kept = {line.definition.id for line in indicators.headline(read.data)[0]}
    told = [
        (f"{line.definition.id} {line.definition.title}", line.assessment.claim in BETTER)
        for line in read.data
        if line.definition.id in kept and line.assessment.claim in BETTER | WORSE
    ]
    return f"Data: {_moved(told, len(read.data), 'indicator')}"


def audit_words(read: ThemeRead) -> str:
    """Which questions of audits went which way, a sentence."""
    if not read.cycle:
        return "No cycle of audits has been reported yet."
    asked = [one for _, own in read.audited for one in own]
    if not asked:
        return "No audit of the last cycle asked about it."
    if not read.before:
        return f"Audits: {counted(len(asked), 'question')}, with no cycle before to set beside."
    told = [(f"“{one.ask}”", one.better) for one in asked if one.better is not None]
    return f"Audits: {_moved(told, len(asked), 'question')}"


def _moved(told: Sequence[tuple[str, bool]], n: int, noun: str) -> str:
    """Which of n got better and worse, by name, and of how many nothing clear can be said."""
    said = [
        f"{way} in {listed(names)}"
        for way, names in (
            ("better", [name for name, better in told if better]),
            ("worse", [name for name, better in told if not better]),
        )
        if names
    ]
    still = n - len(told)
    if still:
        said.append(f"nothing clear in {counted(still, f'other {noun}' if told else noun)}")
    return f"{'; '.join(said)}."
