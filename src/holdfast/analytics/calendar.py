"""The calendar: working days, calendar months, and the periods that figures are given for.

Here are the days (a table for engines to join, and plain-Python functions that say the same) and which periods a
calculation gives. What a period is, is in figures.py; clocks are in indicators/blocks.py. The one rule: working days
and months are looked up, never worked out by an engine, so that every engine gives the same answer.
"""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

from holdfast.analytics.figure import Period, financial_year, period

# Working days are known for these years; calendar months are known from FIRST_MONTH_DAY, because a child
# protection plan that is open in 2010 may have started long before.
FIRST_WORKING_DAY = date(2010, 1, 1)
LAST_DAY = date(2040, 12, 31)
FIRST_MONTH_DAY = date(1990, 1, 1)

# The lookups that clocks need. A new clock adds its number here; the column appears on every engine.
MONTHS_LATER = (3, 6, 12, 24)
MONTHS_EARLIER = (12,)
YEARS_EARLIER = (1, 5, 10, 16, 18)
WORKING_DAYS_LATER = (1, 2, 15, 45)


class CalendarGap(Exception):
    """A working day was asked for outside the years the calendar holds."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(
            f"{day.isoformat()} is outside the working-day calendar, which runs from {FIRST_WORKING_DAY.isoformat()} "
            f"to {LAST_DAY.isoformat()}. Correct the date, or extend the calendar."
        )


@lru_cache(maxsize=1)
def bank_holidays() -> frozenset[date]:
    """England's bank holidays, one-off days and substitutes included. SOURCE: the `holidays` library, GB-ENG."""
    from holidays import country_holidays

    years = range(FIRST_WORKING_DAY.year, LAST_DAY.year + 1)
    return frozenset(country_holidays("GB", subdiv="ENG", years=years))


@lru_cache(maxsize=1)
def _working_day_numbers() -> tuple[int, ...]:
    """For each day from FIRST_WORKING_DAY: how many working days there have been up to and including it."""
    holidays, numbers, number = bank_holidays(), [], 0
    for offset in range((LAST_DAY - FIRST_WORKING_DAY).days + 1):
        day = FIRST_WORKING_DAY + timedelta(days=offset)
        number += day.weekday() < 5 and day not in holidays
        numbers.append(number)
    return tuple(numbers)


def working_day_number(day: date) -> int:
    """Working days from the start of the calendar up to and including `day`. Raises CalendarGap outside it."""
    if not FIRST_WORKING_DAY <= day <= LAST_DAY:
        raise CalendarGap(day)
    return _working_day_numbers()[(day - FIRST_WORKING_DAY).days]


def is_working_day(day: date) -> bool:
    """Monday to Friday and not a bank holiday in England. Raises CalendarGap outside the calendar."""
    if not FIRST_WORKING_DAY <= day <= LAST_DAY:
        raise CalendarGap(day)
    return day.weekday() < 5 and day not in bank_holidays()


def working_days(start: date | None, end: date | None) -> int | None:
    """Working days from start to end, not counting start. None if either is None.

    Monday to Friday less England bank holidays. Negative if end is before start. The start day is day zero, so
    "within 45 working days" is <= 45. SOURCE: domain note clocks.md, "day-count rule"; Working Together 2013 ch. 1.
    Raises CalendarGap when a date is outside the calendar.
    """
    if start is None or end is None:
        return None
    return working_day_number(end) - working_day_number(start)


def working_day_after(start: date, n: int) -> date | None:
    """The n-th working day after start: the last day of a limit of n. None when it falls beyond the calendar."""
    wanted = working_day_number(start) + n
    numbers = _working_day_numbers()
    if wanted > numbers[-1]:
        return None
    return FIRST_WORKING_DAY + timedelta(days=bisect_left(numbers, wanted))


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later (earlier if negative), or that month's last day if it has none such.

    30 November + 3 months is 28 or 29 February; 29 February - 12 months is 28 February.
    """
    years, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month_index + 1, min(day.day, monthrange(years, month_index + 1)[1]))


def month_of(day: date) -> str:
    """The id of the day's month, such as "2013-04"."""
    return f"{day.year:04d}-{day.month:02d}"


def financial_year_of(day: date) -> str:
    """The id of the day's financial year: "FY2014" is the year ending 31 March 2014."""
    return f"FY{day.year + (day.month > 3)}"


@lru_cache(maxsize=1)
def calendar_table() -> Any:
    """The calendar as an Arrow table: one row per day.

    Columns: day; is_working_day and working_day_number (NULL before 2010); month; financial_year; months_N_later,
    months_N_earlier, years_N_earlier (dates, with the end-of-month clamp); working_days_N_later (NULL where not known).
    """
    import pyarrow as pa

    days = [FIRST_MONTH_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_MONTH_DAY).days + 1)]
    known = [day >= FIRST_WORKING_DAY for day in days]
    columns: dict[str, Any] = {
        "day": pa.array(days, pa.date32()),
        "is_working_day": pa.array([is_working_day(d) if k else None for d, k in zip(days, known, strict=True)]),
        "working_day_number": pa.array(
            [working_day_number(d) if k else None for d, k in zip(days, known, strict=True)], pa.int32()
        ),
        "month": pa.array([month_of(d) for d in days]),
        "financial_year": pa.array([financial_year_of(d) for d in days]),
    }
    for n in WORKING_DAYS_LATER:
        later = [working_day_after(d, n) if k else None for d, k in zip(days, known, strict=True)]
        columns[f"working_days_{n}_later"] = pa.array(later, pa.date32())
    months = [(f"months_{n}_later", n) for n in MONTHS_LATER] + [(f"months_{n}_earlier", -n) for n in MONTHS_EARLIER]
    for name, n in months + [(f"years_{n}_earlier", -12 * n) for n in YEARS_EARLIER]:
        columns[name] = _each_moved(days, n)
    return pa.table(columns)


def _each_moved(days: Sequence[date], months: int) -> Any:
    """add_months for consecutive days, as an Arrow column: by day numbers, because 190,000 dates take half a second."""
    import pyarrow as pa

    moved: list[int] = []
    for _, same_month in groupby(days, key=lambda day: (day.year, day.month)):
        these = list(same_month)
        first = add_months(these[0].replace(day=1), months)
        n_days, start = (add_months(first, 1) - first).days, (first - date(1970, 1, 1)).days
        moved += [start + min(day.day, n_days) - 1 for day in these]
    return pa.array(moved, pa.int32()).cast(pa.date32())


def periods(first_month: str, last_month: str, as_at: date) -> tuple[Period, ...]:
    """The months from first to last that ended by `as_at`, and the financial years that lie among them.

    A year is given when the months asked for cover all of it up to `as_at`; the year that contains `as_at` is a
    part-year. Raises ValueError when last_month is before first_month.
    """
    first, last = period(first_month), period(last_month)
    if last.starts_on < first.starts_on:
        raise ValueError(f"The last month, {last_month}, is before the first month, {first_month}.")
    found, starts_on = [], first.starts_on
    while starts_on <= last.starts_on:
        found.append(period(month_of(starts_on)))
        starts_on = add_months(starts_on, 1)
    years = [financial_year(y, as_at=as_at) for y in range(first.starts_on.year, last.ends_on.year + 2)]
    given = [p for p in found if p.ends_on <= as_at]
    given += [y for y in years if first.starts_on <= y.starts_on <= y.ends_on <= last.ends_on]
    return tuple(given)


def periods_table(given: Sequence[Period]) -> Any:
    """Periods as an Arrow table: period, kind, starts_on, ends_on. One row per period."""
    import pyarrow as pa

    return pa.table(
        {
            "period": pa.array([p.id for p in given], pa.string()),
            "kind": pa.array([p.kind for p in given], pa.string()),
            "starts_on": pa.array([p.starts_on for p in given], pa.date32()),
            "ends_on": pa.array([p.ends_on for p in given], pa.date32()),
        }
    )


def day_periods_table(given: Sequence[Period]) -> Any:
    """One row per day and period that the day is in, so that an event finds its periods by an equal join."""
    import pyarrow as pa

    pairs = [(p.starts_on + timedelta(days=n), p.id) for p in given for n in range((p.ends_on - p.starts_on).days + 1)]
    days, ids = [day for day, _ in pairs], [period_id for _, period_id in pairs]
    return pa.table({"day": pa.array(days, pa.date32()), "period": pa.array(ids, pa.string())})
