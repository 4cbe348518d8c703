"""Planned against done: of each line of the programme of audits in force, how many were due by a day and handed in.

Rule: counted from dates alone, so that a past day tells its own truth; an audit counts in the month or quarter in which
it was handed in; a period that has not ended is not due yet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Q

from holdfast.access.days import months_on
from holdfast.access.doors import Actor
from holdfast.access.models import Account
from holdfast.audits import programming
from holdfast.audits.models import Audit, AuditPlan, PlannedAudits
from holdfast.audits.selectors.audits import standing
from holdfast.organisation import selectors as organisation
from holdfast.pages.words import days_words, months_words


@dataclass(frozen=True)
class PeriodDone:
    """One line in one period that has ended: how many were planned, and how many were handed in."""

    line: PlannedAudits
    words: str
    ends_on: date
    n_planned: int
    days: Sequence[date]
    """The days on which audits of its kind were handed in, the first first."""

    @property
    def n_done(self) -> int:
        return len(self.days)

    @property
    def n_short(self) -> int:
        return max(self.n_planned - self.n_done, 0)


class TakesPart(NamedTuple):
    """A team or an auditor by name, with how many audits it was allocated by a day, and how many were handed in."""

    name: str
    n: int
    n_in: int


def planned_and_done(user: Actor, code: str, on: date) -> tuple[AuditPlan | None, list[PeriodDone]]:
    """The programme of audits in force on a day, and each of its ended periods; (None, []) when none is."""
    plan = programming.in_force(user, code, on)
    if plan is None:
        return None, []
    rows = Audit.objects.filter(programme__code=code, handed_in_on__gte=plan.from_on, handed_in_on__lte=on)
    done = list(rows.values_list("version__question_set__kind", "handed_in_on"))
    found = []
    for line in plan.lines.all():
        for first, last, words in _periods(plan, line.every, on):
            days = sorted(day for kind, day in done if kind == line.kind and day is not None and first <= day <= last)
            found.append(PeriodDone(line, words, last, line.n, days))
    return plan, found


def _period_words(first: date, last: date) -> str:
    """A whole month or quarter by its months; one that begins within a month by its days."""
    if first.day > 1:
        return days_words(first, last)
    return months_words(first, last)


def _periods(plan: AuditPlan, every: str, on: date) -> Iterator[tuple[date, date, str]]:
    """The first and last day of each whole period of the programme that has ended by a day, with its words."""
    months = 1 if every == PlannedAudits.Every.MONTH else 3
    first = plan.from_on
    until = min(on, plan.to_on or on)
    while True:
        following = months_on(first, months)
        if following.day < first.day:  # the day that the shorter month has not
            following += timedelta(days=1)
        last = following - timedelta(days=1)
        if last > until:
            return
        yield first, last, _period_words(first, last)
        first = following


def teams_read(user: Actor, code: str, on: date) -> list[TakesPart]:
    """Each team, of the audits of its cases that stand on a day; a team with none is in."""
    rows = standing(Audit.objects.filter(programme__code=code, allocated_on__lte=on), on)
    counts = (
        rows.order_by().values_list("team__name").annotate(n=Count("pk"), n_in=Count("pk", Q(handed_in_on__lte=on)))
    )
    found = {team: (n, n_in) for team, n, n_in in counts}
    return [TakesPart(team.name, *found.get(team.name, (0, 0))) for team in organisation.teams(user, code)]


def participation(code: str, on: date) -> list[TakesPart]:
    """Each auditor, of the audits that stand on a day, by name; two of one name are two."""
    rows = standing(Audit.objects.filter(programme__code=code, allocated_on__lte=on), on)
    counts = rows.order_by().values_list("auditor").annotate(n=Count("pk"), n_in=Count("pk", Q(handed_in_on__lte=on)))
    given = list(counts)
    people = Account.objects.in_bulk([auditor for auditor, _, _ in given])
    return sorted(TakesPart(people[auditor].display_name, n, n_in) for auditor, n, n_in in given)
