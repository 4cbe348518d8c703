"""A period, and one figure of an indicator: how many are in, not in, and not known. The only division is here.

Not here: how a figure is counted (calculate) or what may be shown of it (disclosure). Rule: a share is always given
with its two counts, and an unknown is never quietly counted as a no. The module is not called figures: the door's
function of that name would be hidden by it.
"""

import calendar
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_MONTHS = tuple(calendar.month_name)


@dataclass(frozen=True)
class Period:
    """A month ("2013-04") or a financial year ("FY2014", the year to 31 March 2014). Both days are included.

    `is_part` marks a year of which only some days are held; `starts_on` and `ends_on` are then the first and last.
    """

    id: str
    kind: str
    starts_on: date
    ends_on: date
    words: str
    is_part: bool = False


def month(year: int, number: int) -> Period:
    """The month as a period: month(2013, 4) is April 2013."""
    last = calendar.monthrange(year, number)[1]
    words = f"{_MONTHS[number]} {year}"
    return Period(f"{year:04d}-{number:02d}", "month", date(year, number, 1), date(year, number, last), words)


def financial_year(ending: int, *, since: date | None = None, as_at: date | None = None) -> Period:
    """The financial year ending on 31 March `ending`. Part-year when `since` or `as_at` falls inside it."""
    whole = date(ending - 1, 4, 1), date(ending, 3, 31)
    starts_on, ends_on = max(whole[0], since or whole[0]), min(whole[1], as_at or whole[1])
    if (starts_on, ends_on) != whole:
        words = f"part-year, {date_words(starts_on)} to {date_words(ends_on)}"
        return Period(f"FY{ending}", "year", starts_on, ends_on, words, is_part=True)
    return Period(f"FY{ending}", "year", starts_on, ends_on, f"year to 31 March {ending}")


def period(period_id: str, *, as_at: date | None = None) -> Period:
    """The period with this id. Raises ValueError for anything but YYYY-MM or FYYYYY."""
    if period_id.startswith("FY"):
        return financial_year(int(period_id[2:]), as_at=as_at)
    year, _, number = period_id.partition("-")
    return month(int(year), int(number))


@dataclass(frozen=True)
class Figure:
    """One indicator's counts for one period and group ("" is everybody). For a count, `n_in` is the count."""

    period: Period
    group: str
    n_in: int
    n_not: int
    n_unknown: int
    why: tuple[int, ...] = field(default=(), compare=False)
    """How many are not known for each of unknowns.REASONS; () where the release did not keep it."""

    @property
    def denominator(self) -> int:
        """How many are known to be in or not in."""
        return self.n_in + self.n_not


@dataclass(frozen=True)
class Shares:
    """The part of the known that is in, 0 to 1; and the least and most it can be, whatever the unknown ones are.

    None where nothing is counted, or where a number it needs is hidden.
    """

    known: float | None
    lowest: float | None
    highest: float | None


def shares(n_in: int | None, denominator: int | None, n_unknown: int | None) -> Shares:
    """The only division of a figure. None for a number that is hidden."""
    if n_in is None or denominator is None:
        return Shares(None, None, None)
    known = n_in / denominator if denominator else None
    if n_unknown is None or not denominator + n_unknown:
        return Shares(known, None, None)
    whole = denominator + n_unknown
    return Shares(known, n_in / whole, (n_in + n_unknown) / whole)


def is_mostly_unknown(n_unknown: int | None, denominator: int | None, *, of_hidden: int) -> bool:
    """Whether more is not known than known, so that the share of the known says little.

    `of_hidden`: what a hidden base is taken to be. An unknown count that is hidden is a handful, and never most.
    """
    return (n_unknown or 0) > (of_hidden if denominator is None else denominator)


def date_words(day: date) -> str:
    """27 February 2014."""
    return f"{day.day} {_MONTHS[day.month]} {day.year}"


def count_words(count: int) -> str:
    """5,648."""
    return f"{count:,}"


@lru_cache(maxsize=10_000)  # the counts of a month are said in its table, its chart and its sentence
def per_cent(share: float, places: int = 1) -> str:
    """A share of 0 to 1 as a number out of 100, halves rounded up: 0.23034 is "23.0"."""
    step = Decimal(1).scaleb(-places)
    return str((Decimal(repr(round(share * 100, 9)))).quantize(step, rounding=ROUND_HALF_UP))


def from_to(low: str, high: str) -> str:
    """Both ends of an interval as they are printed, "43% to 80%"; where both print the same, that once."""
    return low if low == high else f"{low} to {high}"


def quotient(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """The division of what is not counted in whole records: full-time equivalents, cases. None for nothing known."""
    return None if part is None or not whole else part / whole


def out_of_hundred(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """A quotient as a number out of 100."""
    share = quotient(part, whole)
    return None if share is None else share * 100
