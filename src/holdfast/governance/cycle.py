"""The cycle of a body's meetings: every so many days, counted; days on which nobody can meet; gaps that are too long.

Pure: dates in, dates out. Not here: a meeting (models) or who may move one (services). Rule: days are counted, never
months: "four-weekly" is 28 days, and a meeting that was moved is counted from the day it was moved to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

CHRISTMAS: Final = ((12, 24), (1, 1))
"""First and last day of the closure of council offices, as (month, day): from Christmas Eve to New Year's Day."""
LONGEST_CYCLE: Final = 120
"""Meetings planned in one go: more than nine years of four-weekly ones is a mistake in a date."""


@dataclass(frozen=True)
class PlannedDay:
    """A day that the count gives, the day to meet, and why the two differ ("" where they are one)."""

    planned_on: date
    held_on: date
    reason: str = ""


@dataclass(frozen=True)
class Gap:
    """Two meetings that follow each other with more days between them than the cycle allows."""

    after: date
    before: date

    @property
    def days(self) -> int:
        return (self.before - self.after).days


@lru_cache(maxsize=64)
def _holidays(year: int) -> dict[date, str]:
    """England's bank holidays of a year by day. SOURCE: the `holidays` library, GB-ENG."""
    from holidays import country_holidays

    return dict(country_holidays("GB", subdiv="ENG", years=year))


def closed_because(day: date) -> str:
    """Why nobody meets on a day: a weekend, the Christmas closure or a bank holiday. "" for a day to meet on."""
    first, last = CHRISTMAS
    if (day.month, day.day) >= first or (day.month, day.day) <= last:
        return "it falls in the Christmas closure"
    if day.weekday() >= 5:
        return "it falls on a weekend"
    holiday = _holidays(day.year).get(day, "")
    return f"it is a bank holiday ({holiday})" if holiday else ""


def open_day_before(day: date) -> date:
    """The last day to meet on, on or before a day: earlier and not later, so that the gap before it stays in bounds."""
    while closed_because(day):
        day -= timedelta(days=1)
    return day


def cycle(first_on: date, until_on: date, days: int) -> list[PlannedDay]:
    """The days from `first_on` to `until_on`, each counted from the day of the meeting before.

    A day on which nobody can meet is moved to the last open day before it, with the reason. Raises ValueError for a
    cycle of no days.
    """
    if days < 1:
        raise ValueError("a cycle is at least a day")
    planned: list[PlannedDay] = []
    day = first_on
    while day <= until_on and len(planned) < LONGEST_CYCLE:
        reason = closed_because(day)
        held_on = open_day_before(day)
        if planned and held_on <= planned[-1].held_on:  # a closure longer than the cycle: the next open day after it
            held_on = day
            while closed_because(held_on):
                held_on += timedelta(days=1)
        planned.append(PlannedDay(day, held_on, f"Moved because {reason}." if reason else ""))
        day = held_on + timedelta(days=days)
    return planned


def gaps(days: Sequence[date], longest: int) -> list[Gap]:
    """Where more than `longest` days lie between two meetings that follow each other, the earliest first."""
    ordered = sorted(days)
    return [Gap(after, before) for after, before in pairwise(ordered) if (before - after).days > longest]
