"""Days of the calendar, alike in every room: months on, a month's last day, the quarter and the year up to a day.

Not here: today (clock.py), working days and the periods of figures (analytics). Rule: the first and the last day of a
span both belong to it.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

DAYS_OF_A_QUARTER: Final = 91


def months_on(day: date, months: int) -> date:
    """The same day that many calendar months later (earlier if negative), or the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def quarter_to(day: date) -> date:
    """The first day of the 13 weeks up to a day."""
    return day - timedelta(days=DAYS_OF_A_QUARTER - 1)


def year_to(day: date) -> date:
    """The first day of the year up to a day: 1 April of 31 March, whether or not there was a 29 February between."""
    return months_on(day, -12) + timedelta(days=1)


def come_by(day: date | None, on: date) -> date | None:
    """The day, if it had come by another; None where it had not, or there is none."""
    return day if day is not None and day <= on else None
