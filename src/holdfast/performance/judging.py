"""What a programme's figures are judged by: the day of its notice, and decisions that set the baseline again.

A room above knows them and says how they are asked for, at start-up (as jobs are registered); this room may not import
it. Rule: with nothing registered there is no baseline, and nothing is judged by limits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from holdfast import analytics
    from holdfast.organisation.models import Programme


@dataclass(frozen=True)
class NoticeDays:
    """The day the notice was issued and the day it ends (None: a year on)."""

    issued_on: date
    ends_on: date | None = None


_notice_days: list[Callable[["Programme"], NoticeDays | None]] = []
_rebases: list[Callable[["Programme"], "list[analytics.Rebase]"]] = []


def register_notice_days(ask: Callable[["Programme"], NoticeDays | None]) -> None:
    """Say how the days of a programme's notice are asked for. None: it is under none."""
    _notice_days[:] = [ask]


def register_rebases(ask: Callable[["Programme"], "list[analytics.Rebase]"]) -> None:
    """Say how the decisions that set a programme's baseline again are asked for."""
    _rebases[:] = [ask]


def judged_by(programme: "Programme") -> dict[str, Any]:
    """The settings that `analytics.assess` takes by name."""
    days = _notice_days[0](programme) if _notice_days else None
    rebases = tuple(_rebases[0](programme)) if _rebases else ()
    if days is None:
        return {"rebases": rebases}
    return {"notice_on": days.issued_on, "notice_ends_on": days.ends_on, "rebases": rebases}
