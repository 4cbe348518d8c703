"""What the reference is given: everything that is held, and plain clocks over it. A table is a list of dicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from holdfast.analytics import calendar
from holdfast.analytics.figure import Period

Row = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """One record in one period."""

    unit_id: str
    child: str | None
    referral_id: str | None
    event_on: date
    period: Period
    in_numerator: bool | None
    elapsed: int | None = None
    due_on: date | None = None
    because: str = "not sent"
    """Why the answer is not known; nothing where it is."""


@dataclass(frozen=True)
class History:
    """Everything that is held, between two days, and the periods asked for."""

    tables: dict[str, list[Row]]
    periods: Sequence[Period]
    first_day: date
    as_at: date

    def of(self, name: str) -> list[Row]:
        return self.tables.get(name, [])

    def referral(self, referral_id: str | None) -> Row | None:
        return next((r for r in self.of("cin_episodes") if r["cine_referral_id"] == referral_id), None)

    def containing(self, day: date | None) -> list[Period]:
        return [p for p in self.periods if day is not None and p.starts_on <= day <= p.ends_on]

    def at_ends(self, start: date, end: date | None) -> list[Period]:
        return [p for p in self.periods if start <= p.ends_on and (end is None or end > p.ends_on)]


def known(day: date | None) -> bool:
    return day is not None and calendar.FIRST_WORKING_DAY <= day <= calendar.LAST_DAY


def working_days(start: date | None, end: date | None) -> int | None:
    """None, where an engine finds no day in its calendar, instead of CalendarGap."""
    return calendar.working_days(start, end) if known(start) and known(end) else None


def limit(start: date | None, n: int) -> date | None:
    return calendar.working_day_after(start, n) if start is not None and known(start) else None


def in_time(elapsed: int | None, most: int) -> bool | None:
    return None if elapsed is None or elapsed < 0 else elapsed <= most


def reported(end: date | None, as_at: date, on: date) -> bool:
    """Whether it is known that a record was open on a day: it ended later, or was reported on then or later."""
    return end is not None or as_at >= on


def kept_by(start: date, due: date, stop: date | None, given_up: date | None, as_at: date) -> bool | None:
    """How a clock stood at the end of the day it was due."""
    if stop is not None:
        return None if stop < start else stop <= due
    if given_up is not None:
        return False if given_up > due else None
    return False if as_at >= due else None


def unkept_because(start: date, stop: date | None, given_up: date | None) -> str:
    """Why it is not known how a clock stood."""
    if stop is not None and stop < start:
        return "conflict"
    return "open" if given_up is None else "not sent"
