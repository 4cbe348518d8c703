"""The steps for a child who may not be safe: their order, who may record each, and by when. Pure.

Whom to tell and within how long is sector practice: team manager and head of service the same day, a written answer and
the director within 24 hours, and a second reader who confirms. Rule: the team that answers for the case never confirms
or closes it; whoever says that the child is safe neither confirms nor closes it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from holdfast.access import clock
from holdfast.audits.models import Critical, CriticalStep

Step = CriticalStep.Step
ORDER: Final = tuple(Step)
HOURS: Final = {Step.DIRECTOR_TOLD: 24, Step.ACKNOWLEDGED: 24, Step.SAFE: 24, Step.CONFIRMED: 48}
SAME_DAY: Final = frozenset({Step.MANAGER_TOLD, Step.HEAD_TOLD})
AFTER: Final[Mapping[str, frozenset[str]]] = {
    Step.ACKNOWLEDGED: frozenset({Step.MANAGER_TOLD}),
    Step.SAFE: frozenset({Step.MANAGER_TOLD}),
    Step.CONFIRMED: frozenset({Step.SAFE}),
    Step.CLOSED: frozenset(ORDER[:-1]),
}
NOT_OF_THE_TEAM: Final = frozenset({Step.CONFIRMED, Step.CLOSED})


@dataclass(frozen=True)
class Due:
    """A step, by when it is due (None: no limit), the row that took it (None: not yet), and whether that is late."""

    step: CriticalStep.Step
    by: datetime | None
    taken: CriticalStep | None
    is_late: bool


def due_by(critical: Critical, step: str) -> datetime | None:
    """By when a step is due: the end of the day in London, or so many hours from when it was raised."""
    if step in SAME_DAY:
        day = clock.day_of(critical.raised_at)
        return datetime.combine(day, time(23, 59), clock.LONDON)
    hours = HOURS.get(Step(step))
    return critical.raised_at + timedelta(hours=hours) if hours else None


def steps(critical: Critical, at: datetime) -> list[Due]:
    """Every step in its order, as at an instant, of a critical finding fetched with its steps."""
    taken = {row.step: row for row in critical.steps.all()}
    found = []
    for step in ORDER:
        by, row = due_by(critical, step), taken.get(step)
        found.append(Due(step, by, row, by is not None and (row.at if row else at) > by))
    return found


def open_next(taken: Collection[str]) -> list[CriticalStep.Step]:
    """The steps that may be taken now: not taken, and what they wait for is."""
    return [step for step in ORDER if step not in taken and AFTER.get(step, frozenset()) <= set(taken)]
