"""Reading what waits for a manager, by the standards in force: supervision that is overdue, and no decision on record.

The first argument is the account. Rule: how many days are enough is what the clause in force on the data's last day
says; where none says, a number of ours, which is said to be ours wherever it is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from holdfast.access.doors import SYSTEM, Actor
from holdfast.pages.words import counted, date_words, lower_first
from holdfast.performance.models import Release
from holdfast.performance.selectors.compliance import days_of
from holdfast.performance.selectors.on_record import (
    OverdueCounts,
    OverdueSeen,
    Told,
    UndecidedSeen,
    kinds,
    matters,
    overdue_counts,
    overdue_seen,
    release_of,
    undecided_seen,
)
from holdfast.practice.selectors.oversight import spans

DECIDED: Final = "decided"
OUR_READING: Final = "our reading"


@dataclass(frozen=True)
class Limit:
    """In how many days something is to be done; `why`: by what, in words."""

    days: int
    why: str


OURS: Final[Mapping[str, Limit]] = MappingProxyType(
    {
        "supervised-protection": Limit(
            31, f"{OUR_READING} of the employers’ standards, which ask for supervision at least every month"
        ),
        "supervised-need": Limit(91, f"{OUR_READING}: nothing that is published says how often"),
        DECIDED: Limit(
            1, f"{OUR_READING} of Working Together 2013, which asks for a decision on a referral within one working day"
        ),
    }
)


def limits(code: str, on: date) -> Mapping[str, Limit]:
    """By measure, the days that the clauses in force on a day ask for, the fewest of several; ours where none asks."""
    found: dict[str, Limit] = {}
    for span in spans(SYSTEM, code, on, on):
        for clause in span.standard.clauses.all() if span.standard else ():
            if clause.records.partition(":")[0] in OURS:
                measure, days = days_of(clause.records)
                if measure not in found or days < found[measure].days:
                    named = lower_first(str(span.version))
                    found[measure] = Limit(days, f"clause {clause.number} of {named}, in force")
    return {**OURS, **found}


@dataclass(frozen=True)
class Overdue:
    """The cases whose supervision is overdue, with what they are held against."""

    seen: OverdueSeen
    limits: Mapping[str, Limit]

    @property
    def sentences(self) -> list[str]:
        if self.seen.held is None:
            return [_not_held(self.seen.release.as_at, "when a case was discussed in supervision")]
        return [self._of(kind, told) for kind, told in self.seen.told.items()]

    def _of(self, kind: str, told: Told) -> str:
        limit = self.limits[f"supervised-{kind}"]
        if not told.n:
            return f"{_kind_words(kind)}: none."
        said = f"{_kind_words(kind)}: {told.n_so:,} of {told.n_known:,} were not discussed in the last "
        said += f"{counted(limit.days, 'day')} ({limit.why})"
        return f"{said}; of {told.n_unknown:,} it is not known." if told.n_unknown else f"{said}."


def _kind_words(kind: str) -> str:
    return kinds()[kind]


@dataclass(frozen=True)
class NoDecision:
    """The matters on which no manager's decision is on record, with what they are held against."""

    seen: UndecidedSeen
    limit: Limit

    @property
    def sentences(self) -> list[str]:
        if self.seen.held is None:
            return [_not_held(self.seen.release.as_at, "what a manager decided")]
        first = f"A decision is to be on record within {counted(self.limit.days, 'working day')} ({self.limit.why})."
        return [first, *(self._of(about, told) for about, told in self.seen.told.items())]

    def _of(self, about: str, told: Told) -> str:
        words = matters()[about]
        if not told.n:
            return f"{words}: none in open cases."
        said = f"{words}: no decision on record of {told.n_so:,} of {told.n_known:,}"
        return f"{said}; of {told.n_unknown:,} it is not known." if told.n_unknown else f"{said}."


def _not_held(as_at: date, what: str) -> str:
    return (
        f"Not held on {date_words(as_at)}. {what[:1].upper()}{what[1:]} is in the oversight extract alone, which a "
        "council takes from its case system. That nobody is listed does not say that everything was done."
    )


def supervision_overdue(user: Actor, code: str, choice: str = "", page: int = 1) -> Overdue:
    """Raises Refused, NoRelease, HistoryNotKept or NoSuchChoice."""
    release = release_of(user, code)
    found = limits(code, release.as_at)
    return Overdue(overdue_seen(user, code, release, _within(found), choice, page), found)


def _within(found: Mapping[str, Limit]) -> dict[str, int]:
    return {kind: found[f"supervised-{kind}"].days for kind in kinds()}


def supervision_counts(user: Actor, code: str, release: Release) -> tuple[OverdueCounts, Mapping[str, int]] | None:
    """Of how many it is overdue, and in how many days each kind is to be discussed; None where no extract is held.

    Raises Refused or HistoryNotKept.
    """
    within = _within(limits(code, release.as_at))
    found = overdue_counts(user, code, release, within)
    return None if found is None else (found, within)


def no_decision(user: Actor, code: str, choice: str = "", page: int = 1) -> NoDecision:
    """Raises Refused, NoRelease, HistoryNotKept or NoSuchChoice."""
    release = release_of(user, code)
    limit = limits(code, release.as_at)[DECIDED]
    return NoDecision(undecided_seen(user, code, release, limit.days, choice, page), limit)
