"""Worklists: what was still open on a clock at the end of the last release's data, the soonest due first.

A worklist is as old as its data: an outcome is as at that day, and what has fallen due since is said apart. Rule: a
list of children is for those who may see child records, and each look is trailed before anything is read; how many
there are, and the longest wait, for those who may see small counts. A role over a team gives its own team's (whose.py).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from holdfast import analytics
from holdfast.access import clock as today_is
from holdfast.access.doors import Actor, Refused
from holdfast.access.permissions import Permission
from holdfast.access.trail import record_read
from holdfast.pages.paging import Page, one_page
from holdfast.performance.keeping import store
from holdfast.performance.models import Release
from holdfast.performance.selectors.cover import is_held, latest_month
from holdfast.performance.selectors.figures import versions
from holdfast.performance.selectors.releases import chosen_release
from holdfast.performance.selectors.unanswerable import NoSuchChoice, NoSuchTeam, NoSuchWorklist
from holdfast.performance.selectors.whose import (
    NO_TEAM,
    Whose,
    names_teams,
    plain,
    team_of,
    teams_shown,
    whose_records,
    whose_words,
)

LATE: Final = "late"
STILL_OPEN: Final = "still open"
NOT_KNOWN: Final = "not known"
EVERY_ROW: Final = 10_000_000
ROWS_A_PAGE: Final = 25
"""Of a worklist: about as many as somebody reads on a phone before they choose fewer."""


@dataclass(frozen=True)
class Clock:
    """A worklist: the indicator whose rows are open at a month's end, and what is waited for."""

    code: str
    title: str
    indicator: str
    waits_for: str


CLOCKS: Final = {
    found.code: found
    for found in (
        Clock("assessments", "Assessments still open", "I24", "the assessment to finish"),
        Clock("conferences", "Initial conferences still to come", "I42-open", "the initial conference"),
        Clock("reviews", "Child protection reviews to come", "I52", "the next review"),
    )
}


@dataclass(frozen=True)
class Waiting:
    """One child waiting on a clock. `outcome` is as at the data's date.

    `days_left`: working days from today to the due day, negative once it has passed; None where no day is known.
    `waited` is in the unit of the indicator's definition; None: not known. `team` holds the case; None: none is named.
    """

    child: str
    due_on: date | None
    outcome: str
    waited: int | None
    days_left: int | None
    team: str | None = None

    @property
    def since(self) -> bool:
        """In time when the data ends, and due between then and today: over by now unless it has been done."""
        return self.outcome == STILL_OPEN and self.days_left is not None and self.days_left < 0


CHOICES: Final[dict[str, tuple[str, Callable[[Waiting], bool]]]] = {
    "": ("All", lambda waiting: True),
    "late": ("Late", lambda waiting: waiting.outcome == LATE),
    "since": ("Fallen due since the data", lambda waiting: waiting.since),
    "day": ("Due within 1 working day", lambda waiting: _within(waiting, 1)),
    "week": ("Due within 5 working days", lambda waiting: _within(waiting, 5)),
    "fortnight": ("Due within 10 working days", lambda waiting: _within(waiting, 10)),
    "unknown": ("Not known", lambda waiting: waiting.outcome == NOT_KNOWN),
}


def _within(waiting: Waiting, n_days: int) -> bool:
    return waiting.outcome == STILL_OPEN and waiting.days_left is not None and 0 <= waiting.days_left <= n_days


@dataclass(frozen=True)
class ClockCounts:
    """How many wait on a clock, by choice ("" is all), and the longest that any late one has waited; None: none is."""

    clock: Clock
    release: Release
    counts: dict[str, int]
    longest: int | None

    @property
    def unit(self) -> str:
        return analytics.INDICATORS[self.clock.indicator].elapsed_unit

    @property
    def n_known(self) -> int:
        """Of how many it is known whether they are past the limit: what a share of the late ones is out of."""
        return self.counts[""] - self.counts["unknown"]


@dataclass(frozen=True)
class Worklist:
    """One page of a worklist, already trailed. `counts`: how many there are under each choice.

    `teams`: how many each team has of those the account may see; {} where the release names none. `team`: the one
    asked for, "" all. `whose`: whose records these are, and how many no role over a team is shown, in words.
    """

    clock: Clock
    definition: "analytics.Definition"
    release: Release
    choice: str
    counts: dict[str, int]
    page: "Page[Waiting]"
    teams: dict[str, int]
    team: str
    whose: str
    has_answer: bool
    """False where nothing can be shown because the release names no teams: nobody there is not what that says."""


def worklist(
    user: Actor, code: str, clock: str, choice: str = "", page: int = 1, *, team: str = "", size: int = ROWS_A_PAGE
) -> Worklist:
    """The children waiting on a clock, the soonest due first. Trailed first, whatever is then found.

    Raises Refused (also for another's team), NoRelease, NoSuchWorklist (also where the release does not count its
    indicator), NoSuchChoice or NoSuchTeam.
    """
    whose = whose_records(user, Permission.SEE_CHILD_RECORDS, code)
    if team and not whose.may_see(team):
        raise Refused(Permission.SEE_CHILD_RECORDS, code)
    release = chosen_release(user, code)
    found = _clock(clock, release)
    if choice not in CHOICES:
        raise NoSuchChoice(CHOICES)
    subject = f"{found.code} {choice or 'all'} page {page}"
    detail = {"release": release.reference, "team": team, "only the teams": ", ".join(whose.own)}
    record_read(user, what="saw a worklist", programme=code, subject=subject, detail=detail)
    has_teams = names_teams(release, found.indicator)
    waiting = _waiting(release, found)
    teams = teams_shown(whose, (one.team for one in waiting)) if has_teams else {}
    words = whose_words(whose, has_teams=has_teams, teams=[one.team for one in waiting])
    own = _of_team([one for one in waiting if whose.may_see(one.team)], team, whose)
    kept = [one for one in own if CHOICES[choice][1](one)]
    shown = one_page(kept, page, size)
    definition, has_answer = analytics.INDICATORS[found.indicator], has_teams or whose.is_whole
    return Worklist(found, definition, release, choice, _counts(own), shown, teams, team, words, has_answer)


def _of_team(waiting: list[Waiting], team: str, whose: Whose) -> list[Waiting]:
    """Those of the team asked for, of those that may be seen. Raises NoSuchTeam where it has none and is not one's own.

    NO_TEAM asks for those that name none.
    """
    if not team:
        return waiting
    kept = [one for one in waiting if plain(one.team or NO_TEAM) == plain(team)]
    if not kept and whose.is_whole:
        raise NoSuchTeam
    return kept


def whole_worklist(user: Actor, code: str, clock: str, choice: str = "", *, team: str = "") -> Worklist:
    """Every row of a worklist, for a file. Trailed as one look."""
    return worklist(user, code, clock, choice, team=team, size=EVERY_ROW)


def clock_counts(user: Actor, code: str) -> list[ClockCounts]:
    """How many of those whose records the account may count wait on each clock that the last release counts.

    A role over a team is given no clock of which the release names no team. Raises Refused or NoRelease.
    """
    whose = whose_records(user, Permission.SEE_SMALL_COUNTS, code)
    release = chosen_release(user, code)
    counted = versions(release)
    return [
        ClockCounts(found, release, *_counted(release, found, whose))
        for found in CLOCKS.values()
        if found.indicator in counted
        and is_held(release, found.indicator)
        and (whose.is_whole or names_teams(release, found.indicator))
    ]


def whose_worklists(user: Actor, code: str) -> str:
    """Whose records the worklists show an account, in words; why nobody's, where the release names no teams."""
    whose, release = whose_records(user, Permission.SEE_CHILD_RECORDS, code), chosen_release(user, code)
    counted = [clock.indicator for clock in CLOCKS.values() if clock.indicator in versions(release)]
    return whose_words(whose, has_teams=any(names_teams(release, indicator) for indicator in counted))


def _counted(release: Release, clock: Clock, whose: Whose) -> tuple[dict[str, int], int | None]:
    month = latest_month(release, clock.indicator)
    asked = (Path(settings.HOLDFAST_DATA), release.calculation_id, clock, month.id, month.ends_on, today_is.today())
    counts, longest = _kept_counts(*asked, whose)
    return dict(counts), longest


@lru_cache(maxsize=64)
def _kept_counts(
    data: Path, calculation: str, clock: Clock, month: str, ends_on: date, today: date, whose: Whose
) -> tuple[tuple[tuple[str, int], ...], int | None]:
    """Counts alone are kept between pages: a calculation never changes, and no child's row stays in memory."""
    every = [waiting for waiting in _read(calculation, clock, month, ends_on, today) if whose.may_see(waiting.team)]
    late = [waiting.waited for waiting in every if waiting.outcome == LATE and waiting.waited is not None]
    return tuple(_counts(every).items()), max(late, default=None)


def _clock(code: str, release: Release) -> Clock:
    found = CLOCKS.get(code)
    if found is None or found.indicator not in versions(release) or not is_held(release, found.indicator):
        raise NoSuchWorklist(CLOCKS)
    return found


def _counts(every: Sequence[Waiting]) -> dict[str, int]:
    return {choice: sum(map(is_wanted, every)) for choice, (_, is_wanted) in CHOICES.items()}


def _waiting(release: Release, clock: Clock) -> list[Waiting]:
    month = latest_month(release, clock.indicator)
    return _read(release.calculation_id, clock, month.id, month.ends_on, today_is.today())


def waiting_now(release: Release) -> Iterator[tuple[Clock, Waiting]]:
    """Every row of every worklist that a release has. For a selector that has checked and trailed the look."""
    for clock in CLOCKS.values():
        if clock.indicator in versions(release) and is_held(release, clock.indicator):
            yield from ((clock, waiting) for waiting in _waiting(release, clock))


def _read(calculation: str, clock: Clock, month: str, ends_on: date, today: date) -> list[Waiting]:
    """The rows of the month that were open at its end, by due day; those with no day last."""
    found, _ = analytics.rows(store(), calculation, clock.indicator, period=month, limit=EVERY_ROW)
    every = [_waited(row, today) for row in found if row.event_on == ends_on]
    return sorted(every, key=lambda waiting: (waiting.due_on or date.max, waiting.child))


def _waited(row: "analytics.Row", today: date) -> Waiting:
    if row.in_numerator is None:
        outcome = NOT_KNOWN
    else:
        outcome = LATE if row.due_on is not None and row.due_on < row.event_on else STILL_OPEN
    days_left = analytics.working_days(today, row.due_on)
    return Waiting(row.child or "", row.due_on, outcome, row.elapsed, days_left, team_of(row))
