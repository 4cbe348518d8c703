"""Dates, counts and lists in English, alike on every page, paper and command line. Pure.

Not here: figures of indicators, which arrive as words; the analytical core imports nothing and prints its own dates.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from holdfast.access.clock import LONDON, day_of

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


INVENTED: Final = "Invented for the demonstration"
"""What stands on every page of what a demonstration prints."""


def date_words(day: date) -> str:
    """27 February 2014. Of an instant, the day it was in London."""
    if isinstance(day, datetime):
        day = day_of(day)
    return f"{day.day} {month_words(day)}"


def time_words(at: datetime) -> str:
    """14:03, in London."""
    return f"{at.astimezone(LONDON):%H:%M}"


def month_words(day: date) -> str:
    """February 2014."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def months_words(first: date, last: date) -> str:
    """October 2013; "October 2013 to January 2014"."""
    begins, ends = month_words(first), month_words(last)
    return begins if begins == ends else f"{begins} to {ends}"


def days_words(first: date, last: date) -> str:
    """27 February 2014 to 3 March 2014."""
    return f"{date_words(first)} to {date_words(last)}"


def day_or(day: date | None, otherwise: str) -> str:
    """The date, or what to say where there is none."""
    return otherwise if day is None else date_words(day)


def counted(n: int, one: str, many: str = "") -> str:
    """ "1 action", "3 actions", "no actions"."""
    return f"{n:,} {one}" if n == 1 else f"{f'{n:,}' if n else 'no'} {many or one + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """ "May", "May and June", "May, June and July"; "" for nothing."""
    return f" {last} ".join([part for part in (", ".join(words[:-1]), *words[-1:]) if part])


def upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
