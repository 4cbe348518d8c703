"""The financial year so far: its whole months added up, to the last of them, as a paper for any day needs it.

A release holds one part-year, to the end of its data; a paper for an earlier day has only the months. Not here: what
a reader may see of a month (disclosure). Rule: a sum is shown only where each of its months is, so that it gives away
nothing that they do not.
"""

from collections.abc import Sequence
from datetime import date

from holdfast.analytics.disclosure import Protected
from holdfast.analytics.figure import financial_year


def year_so_far(months: Sequence[Protected], years: Sequence[Protected], kind: str) -> Protected | None:
    """The figure of the financial year that the last month is in, from its first month held to that month's end.

    `months` and `years` are of one indicator and group, in order; `kind` is the definition's. A stock adds up to
    nothing, so it is the last month's. The release's own year stands where it ends on that day. None without a month.
    """
    if not months or kind == "stock":
        return months[-1] if months else None
    last = months[-1].period
    ending = ending_year(last.ends_on)
    for year in years:
        if year.period.ends_on == last.ends_on:
            return year
    within = [month for month in months if ending_year(month.period.starts_on) == ending]
    period = financial_year(ending, since=within[0].period.starts_on, as_at=last.ends_on)
    counts = [_sum([getattr(month, name) for month in within]) for name in ("n_in", "denominator", "n_unknown")]
    n_in, denominator, n_unknown = (None, None, counts[2]) if None in counts[:2] else counts
    return Protected(period, months[-1].group, n_in, denominator, n_unknown)


def ending_year(day: date) -> int:
    """The year in which the financial year of a day ends."""
    return day.year + (day.month > 3)


def _sum(counts: Sequence[int | None]) -> int | None:
    """None where any of them is hidden."""
    shown = [count for count in counts if count is not None]
    return sum(shown) if len(shown) == len(counts) else None
