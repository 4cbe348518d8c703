"""Closures held to a standard of closing: one child at a time for who may see records, and counted for everybody else.

Counts are of whole quarters of the last release, so that no two readings differ by one month's children. Not here: what
each sign is (analytics), or what closure audits found. Rules: each look at children is trailed before anything is read;
what a team's manager sees is the team's (whose.py); a small count goes to those permitted alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from holdfast import analytics
from holdfast.access.days import quarter_to
from holdfast.access.doors import Actor, check, may
from holdfast.access.permissions import Permission
from holdfast.access.trail import record_read
from holdfast.pages.paging import Page, one_page
from holdfast.performance.keeping import store
from holdfast.performance.models import Release
from holdfast.performance.selectors.releases import chosen_release
from holdfast.performance.selectors.shares import Share, share_of
from holdfast.performance.selectors.unanswerable import HistoryNotKept, NoSuchChoice
from holdfast.performance.selectors.whose import Whose, whose_records, whose_words

UNFINISHED: Final = "unfinished"
UNFINISHED_WORDS: Final = "Closed with something unfinished, of what the records say"
AGAIN: Final = "again-"
QUARTERS: Final = 4
ROWS: Final = 25


@dataclass(frozen=True)
class SignCount:
    """How many closures show a sign, of those of which it is known. `is_held`: known of any of them."""

    code: str
    words: str
    source: str
    share: Share
    n_unknown: int

    @property
    def is_held(self) -> bool:
        return self.share.n > 0

    def as_data(self) -> dict[str, Any]:
        known = {"n": self.share.n_in, "of": self.share.n, "low": self.share.low, "high": self.share.high}
        return {"words": self.words, "is_held": self.is_held, "unknown": self.n_unknown, **known}


@dataclass(frozen=True)
class Counted:
    """The closures of some days: how many, and each sign's count, work left unfinished first."""

    first: date
    last: date
    n: int
    signs: Mapping[str, SignCount]


@dataclass(frozen=True)
class ClosingCounts:
    """A year of closures to the end of the last whole quarter of a release, and the year's quarters, the latest first.

    `teams`: the year by the team that holds the case; {} for whom small counts are hidden, or where none is named.
    `sees`: whether the account may see small counts; it then has the quarters and teams too.
    """

    release: Release
    year: Counted
    quarters: Sequence[Counted]
    teams: Mapping[str, Counted]
    sees: bool

    def shown(self, sign: SignCount) -> str:
        """A sign's share as the account may see it. Of the parts of what is unfinished all are hidden where one is:
        the others would give it away."""
        if not sign.is_held:
            return "not known yet" if sign.code.startswith(AGAIN) else "not held"
        return sign.share.words if self.sees else self._public(sign)

    def _public(self, sign: SignCount) -> str:
        parts = [one for one in self.year.signs.values() if one.code in _parts() and one.is_held]
        is_part = sign.code in _parts() and any(one.share.is_small for one in parts)
        return analytics.HIDDEN if is_part or sign.n_unknown in analytics.SMALL else sign.share.safe_words


def _parts() -> frozenset[str]:
    return frozenset(code for code, sign in analytics.SIGNS.items() if sign.is_unfinished)


def quarter_end(day: date) -> date:
    """The last day of the last whole quarter that had ended by the end of a day."""
    tomorrow = day + timedelta(days=1)
    return date(tomorrow.year, tomorrow.month - (tomorrow.month - 1) % 3, 1) - timedelta(days=1)


def _quarters(day: date) -> list[tuple[date, date]]:
    """The first and last days of the last four whole quarters by a day, the latest first."""
    found, last = [], quarter_end(day)
    for _ in range(QUARTERS):
        first = date(last.year, last.month - 2, 1)
        found.append((first, last))
        last = first - timedelta(days=1)
    return found


@contextmanager
def history_of(release: Release) -> Iterator[None]:
    """While the records are read that a release was counted from. Raises HistoryNotKept where they are gone."""
    try:
        yield
    except analytics.NoSuchFolder:
        raise HistoryNotKept(release.reference) from None


def closing_counts(user: Actor, code: str, on: date | None = None) -> ClosingCounts:
    """The closures of the last release, counted; `on`: of the release of that day.

    Raises Refused, NoRelease or HistoryNotKept.
    """
    check(user, Permission.SEE_INDICATORS, code)
    release = chosen_release(user, code, on=on)
    sees = may(user, Permission.SEE_SMALL_COUNTS, code)
    spans = _quarters(release.as_at)
    with history_of(release):
        kept = _kept(Path(settings.HOLDFAST_DATA), release.calculation_id, tuple(spans))
    year = _counted(spans[-1][0], spans[0][1], [one for tallies in kept for one in tallies])
    if not sees:
        return ClosingCounts(release, year, (), {}, sees)
    quarters = [_counted(*span, tallies) for span, tallies in zip(spans, kept, strict=True)]
    names = sorted({tally.team for tallies in kept for tally in tallies if tally.team})
    own = {team: [one for tallies in kept for one in tallies if one.team == team] for team in names}
    teams = {team: _counted(year.first, year.last, tallies) for team, tallies in own.items()}
    return ClosingCounts(release, year, quarters, teams, sees)


@dataclass(frozen=True)
class _Tally:
    """One team's closures of a quarter: how many, and of each sign how many show it and how many not."""

    team: str
    n: int
    told: Mapping[str, tuple[int, int]]


def _told(closing: "analytics.Closing", code: str) -> bool | None:
    return closing.unfinished if code == UNFINISHED else closing.signs[code]


@lru_cache(maxsize=16)
def _kept(data: Path, calculation: str, spans: tuple[tuple[date, date], ...]) -> tuple[tuple[_Tally, ...], ...]:
    """Counts alone are kept between pages: a calculation never changes, and no child's row stays in memory."""
    every = analytics.closings(store(), calculation, spans[-1][0], spans[0][1])
    return tuple(_tallies([one for one in every if first <= one.closed_on <= last]) for first, last in spans)


def _tallies(closings: "Sequence[analytics.Closing]") -> tuple[_Tally, ...]:
    found = []
    for team in sorted({closing.team or "" for closing in closings}):
        own = [closing for closing in closings if (closing.team or "") == team]
        answers = {code: [_told(closing, code) for closing in own] for code in (UNFINISHED, *analytics.SIGNS)}
        found.append(_Tally(team, len(own), {code: (a.count(True), a.count(False)) for code, a in answers.items()}))
    return tuple(found)


def _counted(first: date, last: date, tallies: Sequence[_Tally]) -> Counted:
    n, signs = sum(tally.n for tally in tallies), {}
    for code in (UNFINISHED, *analytics.SIGNS):
        n_there, n_not = (sum(tally.told[code][place] for tally in tallies) for place in (0, 1))
        words, source = sign_words(code)
        signs[code] = SignCount(code, words, source, share_of(n_there, n_there + n_not), n - n_there - n_not)
    return Counted(first, last, n, signs)


def sign_words(code: str) -> tuple[str, str]:
    """What a sign says of a closure, and where it is looked for."""
    if code == UNFINISHED:
        return UNFINISHED_WORDS, "Any of the signs of unfinished work. Not known where none of them is known."
    sign = analytics.SIGNS[code]
    return sign.words, sign.source


@dataclass(frozen=True)
class ClosingsSeen:
    """One page of closures, already trailed. `counts`: how many of one's own show each sign, "" all of them.

    `whose`: whose records these are, in words. `not_held`: the signs of which nothing is known of any of them.
    """

    release: Release
    first: date
    last: date
    choice: str
    counts: Mapping[str, int]
    page: "Page[analytics.Closing]"
    whose: str
    not_held: Sequence[str]

    def as_data(self) -> dict[str, Any]:
        """For --json: one object per closure; of a sign true, false, or null where it is not known."""
        closings = [
            {
                "child": one.child,
                "closed_on": one.closed_on.isoformat(),
                "team": one.team,
                "signs": dict(one.signs),
                "audited": [day.isoformat() for day in one.audited],
            }
            for one in self.page.rows
        ]
        return {"release": self.release.reference, "whose": self.whose, "counts": self.counts, "closings": closings}


def closings_seen(user: Actor, code: str, choice: str = "", page: int = 1, *, size: int = ROWS) -> ClosingsSeen:
    """The closures of the last three months of the last release's data, the latest first; of one's own teams.

    `choice`: a sign that they show. Trailed first, whatever is then found. Raises Refused, NoRelease or NoSuchChoice.
    """
    whose = whose_records(user, Permission.SEE_CHILD_RECORDS, code)
    release = chosen_release(user, code)
    choices = ("", UNFINISHED, *analytics.SIGNS)
    if choice not in choices:
        raise NoSuchChoice(choices)
    detail = {"release": release.reference, "only the teams": ", ".join(whose.own)}
    subject = f"closures {choice or 'all'} page {page}"
    record_read(user, what="saw a worklist", programme=code, subject=subject, detail=detail)
    first = quarter_to(release.as_at)
    with history_of(release):
        every = analytics.closings(store(), release.calculation_id, first, release.as_at)
    own = [closing for closing in every if whose.may_see(closing.team)]
    shown = [closing for closing in reversed(own) if not choice or _told(closing, choice)]
    counts = {name: sum(not name or _told(closing, name) is True for closing in own) for name in choices}
    return ClosingsSeen(
        release,
        first,
        release.as_at,
        choice,
        counts,
        one_page(shown, page, size),
        _whose_words(whose, every),
        [name for name in analytics.SIGNS if own and all(closing.signs[name] is None for closing in own)],
    )


def _whose_words(whose: Whose, every: "Sequence[analytics.Closing]") -> str:
    teams = [closing.team for closing in every]
    return whose_words(whose, has_teams=any(teams), teams=teams)


@dataclass(frozen=True)
class Unseen:
    """One page of the open cases of which no record says that the child was seen, already trailed.

    `day`: the last of which returns say which cases are open. `n_open`: one's own open cases; `n_unknown`: of how many
    it is not known. `is_held`: it is known of any.
    """

    release: Release
    day: date
    page: "Page[analytics.OpenCase]"
    n_open: int
    n_unknown: int
    whose: str

    @property
    def is_held(self) -> bool:
        return self.n_unknown < self.n_open


def unseen(user: Actor, code: str, page: int = 1, *, size: int = ROWS) -> Unseen:
    """The open cases of one's own teams whose child no record says was seen, the longest open first. Trailed first.

    Raises Refused, NoRelease or HistoryNotKept.
    """
    whose = whose_records(user, Permission.SEE_CHILD_RECORDS, code)
    release = chosen_release(user, code)
    detail = {"release": release.reference, "only the teams": ", ".join(whose.own)}
    record_read(user, what="saw a worklist", programme=code, subject=f"not seen page {page}", detail=detail)
    with history_of(release):
        every = analytics.open_cases(store(), release.calculation_id)
        day = analytics.cases_known_to(store(), release.calculation_id)
    own = [case for case in every if whose.may_see(case.team)]
    shown = [case for case in own if case.is_unseen]
    rows, teams = one_page(shown, page, size), [case.team for case in every]
    n_unknown = sum(case.is_unseen is None for case in own)
    return Unseen(release, day, rows, len(own), n_unknown, whose_words(whose, has_teams=any(teams), teams=teams))
