"""How many cases met a measure between two days, all together and by team, for standards that are made of clauses.

Not here: which clause is in force when, or how many are enough (the room that writes standards). Rules: teams and small
counts are for those permitted; of audits a team of fewer than five is in no row, for it would be one person's grade.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from holdfast import analytics
from holdfast.access.doors import Actor, check, may
from holdfast.access.permissions import Permission
from holdfast.pages.words import upper_first
from holdfast.performance.keeping import store
from holdfast.performance.models import Release
from holdfast.performance.selectors.closings import history_of
from holdfast.performance.selectors.shares import Share, share_of
from holdfast.performance.selectors.whose import plain

AUDIT: Final = "audit:"
FEWEST_AUDITS: Final = 5
NOT_SHOWN: Final = "the numbers are not shown"


@dataclass(frozen=True)
class Met:
    """Of the cases of a measure, how many met it, of those of which it is known.

    `sees`: whether the account may see small counts. Others are given no number: the days of two readings differ by a
    month, and so would their numbers, by a few children.
    """

    share: Share
    n_unknown: int
    sees: bool

    @property
    def words(self) -> str:
        if not self.sees:
            return NOT_SHOWN if self.share.n else "not held"
        if not self.share.n:
            return f"not known of any of {self.n_unknown:,}" if self.n_unknown else "not held"
        unsure = f"; not known of {self.n_unknown:,}" if self.n_unknown else ""
        return f"{self.share.words}{unsure}"


@dataclass(frozen=True)
class Measured:
    """A measure between two days. `teams`: by the team's name, for whom small counts are; else {}."""

    every: Met
    teams: Mapping[str, Met]


def measure_choices() -> list[tuple[str, str]]:
    """What the records of cases may be asked by, as choices."""
    return list(analytics.measures().items())


def takes_days(measure: str) -> bool:
    """Whether a measure is of so many days, which a clause says: "decided"."""
    return measure in analytics.WITHIN


def days_of(measure: str) -> tuple[str, int]:
    """The measure and the days of one that a clause names with its days: "decided:1". Raises LookupError."""
    return analytics.within_of(measure)


def measured(
    user: Actor, release: Release, measure: str, first: date, last: date, *, names: Mapping[str, str]
) -> Measured:
    """A measure in a release between two days, both included. Raises Refused, HistoryNotKept, and
    LookupError for no such measure.

    `names`: what a team may be called, made plain, to its name; a team that is in it by no name stands as it is called.
    """
    code = release.programme.code
    check(user, Permission.SEE_INDICATORS, code)
    sees = may(user, Permission.SEE_SMALL_COUNTS, code)
    with history_of(release):
        kept = _kept(Path(settings.HOLDFAST_DATA), release.calculation_id, measure, first, last)
    every = _met([counts for _, *counts in kept], sees=sees)
    fewest = FEWEST_AUDITS if measure.startswith(AUDIT) else 1
    by_team: dict[str, list[Sequence[int]]] = {}
    for team, *counts in kept if sees else ():
        if team:
            by_team.setdefault(names.get(team, upper_first(team)), []).append(counts)
    enough = {team: own for team, own in by_team.items() if sum(map(sum, own)) >= fewest}
    return Measured(every, {team: _met(own, sees=sees) for team, own in enough.items()})


def _met(counts: Sequence[Sequence[int]], *, sees: bool) -> Met:
    n_met, n_not, n_unknown = (sum(one[place] for one in counts) for place in range(3))
    return Met(share_of(n_met, n_met + n_not), n_unknown, sees)


@lru_cache(maxsize=256)
def _kept(data: Path, calculation: str, measure: str, first: date, last: date) -> tuple[tuple[str, int, int, int], ...]:
    """Team, met, not met, not known. Counts alone are kept between pages: a calculation never changes."""
    found: dict[str, list[bool | None]] = {}
    for outcome in analytics.outcomes(store(), calculation, measure, first, last):
        found.setdefault(plain(outcome.team or ""), []).append(outcome.is_met)
    return tuple((team, own.count(True), own.count(False), own.count(None)) for team, own in sorted(found.items()))
