"""Which days an extract holds, which it does not say: worked out from when its cases closed, or its rows happened.

An extract holds what was still open, ended or happened after some day that each council chooses. No published rule says
how to tell that day from the extract. The reading taken: going back from the as-at date, month by month, as long as in
every month something did; a month counts from its first day where it did in its first week, and otherwise the days
begin with the next month. Old rows that stand alone are then never taken for a whole year. Of the SSD only cases are
asked: what belongs to one, such as the reviews of a long plan, comes with it from long before.
"""

from collections import Counter
from datetime import date

from holdfast.analytics.calendar import add_months
from holdfast.analytics.returns.values import EPOCH


class Window:
    """Counts, by month, what happened: cases that closed, or rows by day. `saw` takes days since 1970, or None."""

    def __init__(self) -> None:
        self.ended: Counter[date] = Counter()
        self.first: dict[date, int] = {}
        self._months: dict[int, date] = {}

    def saw(self, days: int | None) -> None:
        if days is None:
            return
        month = self._months.get(days)
        if month is None:
            month = self._months[days] = date.fromordinal(days + EPOCH).replace(day=1)
        self.ended[month] += 1
        day = days + EPOCH - month.toordinal() + 1
        self.first[month] = min(day, self.first.get(month, day))

    def since(self, as_at: date) -> date | None:
        """The first day held of an extract as at a day; None where nothing shows one."""
        month = as_at.replace(day=1)
        if month not in self.ended:  # the month may have just begun
            month = add_months(month, -1)
        earliest = None
        while month in self.ended:
            earliest, month = month, add_months(month, -1)
        if earliest is None:
            return None
        since = earliest if self.first[earliest] <= 7 else add_months(earliest, 1)
        return since if since <= as_at else None
