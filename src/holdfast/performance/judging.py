"""The days of the notice, which figures are judged by.

A room above knows them and says how they are asked for, at start-up (as jobs are registered); this room may not import
it. Not here: what was decided of an indicator (selectors/decided.py). Rule: with nothing registered there is no
baseline, and nothing is judged by limits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holdfast.organisation.models import Programme


@dataclass(frozen=True)
class NoticeDays:
    """The day the notice was issued and the day it ends (None: a year on)."""

    issued_on: date
    ends_on: date | None = None


_notice_days: list[Callable[["Programme"], NoticeDays | None]] = []


def register_notice_days(ask: Callable[["Programme"], NoticeDays | None]) -> None:
    """Say how the days of a programme's notice are asked for. None: it is under none."""
    _notice_days[:] = [ask]


def notice_days(programme: "Programme") -> NoticeDays | None:
    """The days of the programme's notice. None: it is under none, or no room says."""
    return _notice_days[0](programme) if _notice_days else None
