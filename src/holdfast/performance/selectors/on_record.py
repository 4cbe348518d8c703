"""What managers have on record of open cases: supervision that is overdue, and matters that wait for a decision.

Cases are those open on the last day of the last release's data, judged on the last day by then that the oversight
extract holds. Not here: in how many days (the room that writes standards), or
what each is found by (analytics). Rules: each look at children is trailed before anything is read; what a role over a
team sees is the team's (whose.py); what is not known is counted beside what is; how many, for who may see small counts.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from holdfast import analytics
from holdfast.access.doors import Actor
from holdfast.access.permissions import Permission
from holdfast.access.trail import record_read
from holdfast.pages.paging import Page, one_page
from holdfast.performance.keeping import store
from holdfast.performance.models import Release
from holdfast.performance.selectors.closings import ROWS, history_of
from holdfast.performance.selectors.releases import chosen_release
from holdfast.performance.selectors.unanswerable import NoSuchChoice
from holdfast.performance.selectors.whose import Whose, whose_records, whose_words


@dataclass(frozen=True)
class Told:
    """Of one's own open cases or matters of one kind: how many, of how many it is so, and of how many not known."""

    n: int
    n_so: int
    n_unknown: int

    @property
    def n_known(self) -> int:
        return self.n - self.n_unknown


@dataclass(frozen=True)
class OverdueSeen:
    """One page of the open cases whose supervision is overdue, already trailed; the longest past its day first.

    `within`: for each kind of case, in how many days it is to be discussed again. `told`: by kind. `choice`: the kind
    shown, "" all. `held`: the first and last of the days that the extract holds, cases being judged on the last; None:
    none is held. `of_several`: of more teams than one.
    """

    release: Release
    within: Mapping[str, int]
    held: tuple[date, date] | None
    choice: str
    told: Mapping[str, Told]
    page: "Page[analytics.Supervised]"
    whose: str
    of_several: bool

    def days(self, case: "analytics.Supervised") -> int:
        """How many days a case has not been discussed, on the day that it is judged on."""
        return (_judged_on(self.held, self.release) - case.since).days

    def past(self, case: "analytics.Supervised") -> int:
        """How many days a case is past the day by which it was to be discussed."""
        return self.days(case) - self.within[case.kind]


def _judged_on(held: tuple[date, date] | None, release: Release) -> date:
    """The day that cases are judged on: the last that is held, or else the release's."""
    return held[1] if held else release.as_at


def overdue_seen(
    user: Actor, code: str, release: Release, within: Mapping[str, int], choice: str = "", page: int = 1
) -> OverdueSeen:
    """The open cases of one's own teams that were not discussed in so many days. Trailed first.

    Raises Refused, HistoryNotKept or NoSuchChoice.
    """
    whose = whose_records(user, Permission.SEE_CHILD_RECORDS, code)
    _choose(choice, analytics.SUPERVISED_KINDS)
    _trail(whose, user, code, release, f"supervision overdue {choice or 'all'} page {page}")
    with history_of(release):
        found = analytics.supervision(store(), release.calculation_id, release.as_at, within)
    own = [case for case in found.cases if whose.may_see(case.team)]
    told = {kind: _told([case.is_overdue for case in own if case.kind == kind]) for kind in analytics.SUPERVISED_KINDS}
    shown = [case for case in own if case.is_overdue and choice in ("", case.kind)]
    shown.sort(key=lambda case: (case.since.toordinal() + within[case.kind], case.child))
    words = _whose_words(whose, [case.team for case in found.cases])
    return OverdueSeen(
        release, within, found.held, choice, told, one_page(shown, page, ROWS), words, _of_several(whose)
    )


@dataclass(frozen=True)
class OverdueCounts:
    """By kind, of how many of one's own open cases supervision is overdue, on the last day the extract holds."""

    on: date
    told: Mapping[str, Told]


def overdue_counts(user: Actor, code: str, release: Release, within: Mapping[str, int]) -> OverdueCounts | None:
    """The counts alone, without a look at children; None where no extract says when cases were discussed.

    Raises Refused or HistoryNotKept.
    """
    whose = whose_records(user, Permission.SEE_SMALL_COUNTS, code)
    asked = (Path(settings.HOLDFAST_DATA), release.calculation_id, release.as_at, tuple(within.items()))
    with history_of(release):
        held, tallies = _kept_counts(*asked)
    if held is None:
        return None
    own: Counter[tuple[str, bool | None]] = Counter()
    for (team, kind, is_overdue), n in tallies:
        own[kind, is_overdue] += n if whose.may_see(team) else 0
    return OverdueCounts(
        held[1],
        {
            kind: Told(sum(own[kind, so] for so in (True, False, None)), own[kind, True], own[kind, None])
            for kind in analytics.SUPERVISED_KINDS
        },
    )


Tally = tuple[tuple[str | None, str, bool | None], int]
"""Of one team, kind and answer, how many cases."""


@lru_cache(maxsize=16)
def _kept_counts(
    data: Path, calculation: str, as_at: date, within: tuple[tuple[str, int], ...]
) -> tuple[tuple[date, date] | None, tuple[Tally, ...]]:
    """Counts alone are kept between pages: a calculation never changes, and no child's row stays in memory."""
    found = analytics.supervision(store(), calculation, as_at, dict(within))
    return found.held, tuple(Counter((case.team, case.kind, case.is_overdue) for case in found.cases).items())


@dataclass(frozen=True)
class UndecidedSeen:
    """One page of the matters of open cases without a manager's decision, already trailed; the oldest first. As above.

    `within`: in how many working days a decision is to be on record.
    """

    release: Release
    within: int
    held: tuple[date, date] | None
    choice: str
    told: Mapping[str, Told]
    page: "Page[analytics.Matter]"
    whose: str
    of_several: bool

    def days(self, matter: "analytics.Matter") -> int:
        """How many days a matter has waited, on the day that it is judged on."""
        return (_judged_on(self.held, self.release) - matter.on).days


def undecided_seen(
    user: Actor, code: str, release: Release, within: int, choice: str = "", page: int = 1
) -> UndecidedSeen:
    """The matters of one's own teams' open cases on which no manager's decision is on record. Trailed first.

    Raises Refused, HistoryNotKept or NoSuchChoice.
    """
    whose = whose_records(user, Permission.SEE_CHILD_RECORDS, code)
    _choose(choice, analytics.MATTERS)
    _trail(whose, user, code, release, f"no manager's decision {choice or 'all'} page {page}")
    with history_of(release):
        found = analytics.undecided(store(), release.calculation_id, release.as_at, within)
    own = [matter for matter in found.matters if whose.may_see(matter.team)]
    told = {
        about: _told([matter.is_undecided for matter in own if matter.about == about]) for about in analytics.MATTERS
    }
    shown = [matter for matter in own if matter.is_undecided and choice in ("", matter.about)]
    words = _whose_words(whose, [matter.team for matter in found.matters])
    return UndecidedSeen(
        release, within, found.held, choice, told, one_page(shown, page, ROWS), words, _of_several(whose)
    )


def kinds() -> Mapping[str, str]:
    """The kinds of case that supervision is asked of, with their words."""
    return analytics.SUPERVISED_KINDS


def matters() -> Mapping[str, str]:
    """What a decision may wait for, with its words."""
    return analytics.MATTERS


def release_of(user: Actor, code: str) -> Release:
    """The last release, for who may see records of children. Raises Refused or NoRelease."""
    whose_records(user, Permission.SEE_CHILD_RECORDS, code)
    return chosen_release(user, code)


def _choose(choice: str, choices: Mapping[str, str]) -> None:
    if choice not in ("", *choices):
        raise NoSuchChoice(("", *choices))


def _trail(whose: Whose, user: Actor, code: str, release: Release, subject: str) -> None:
    detail = {"release": release.reference, "only the teams": ", ".join(whose.own)}
    record_read(user, what="saw a worklist", programme=code, subject=subject, detail=detail)


def _whose_words(whose: Whose, teams: Sequence[str | None]) -> str:
    return whose_words(whose, has_teams=any(teams), teams=teams)


def _of_several(whose: Whose) -> bool:
    return whose.is_whole or len(whose.own) > 1


def _told(answers: Sequence[bool | None]) -> Told:
    return Told(len(answers), answers.count(True), answers.count(None))
