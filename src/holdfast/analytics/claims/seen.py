"""What one reader may see of a judged series: hidden months become gaps, and marks and numbers that rest on them go.

Not here: which counts are hidden (disclosure) or how coarse the limits are (judging). Rule: the word is the same for
every reader; nothing printed beside it is made from a month that is hidden.
"""

from collections.abc import Sequence
from dataclasses import replace

from holdfast.analytics.claims.baseline import month_number
from holdfast.analytics.disclosure import Protected
from holdfast.analytics.spc import Chart


class Seen:
    """One reader's view of the months, in the order of the chart."""

    def __init__(self, months: Sequence[Protected]) -> None:
        self.months = tuple(months)
        self._hidden = {
            month_number(each.period.starts_on) for each in months if each.n_in is None or each.denominator is None
        }

    def shows(self, first: int, last: int) -> bool:
        """Whether every month of a stretch, by month number, is shown."""
        return not any(first <= at <= last for at in self._hidden)

    def shows_place(self, place: int) -> bool:
        return not self.months[place].suppressed

    def chart(self, chart: Chart) -> Chart:
        """The chart with hidden months as gaps, without the signals that rest on them.

        Where a month's number counted is hidden it has no limits either: a share's limits are as wide as that is few.
        """
        if not self._hidden:
            return replace(chart, n_points=sum(point.value is not None for point in chart.points))
        points = tuple(
            point if self.shows_place(place) else replace(point, value=None, signals=())
            for place, point in enumerate(chart.points)
        )
        points = tuple(
            point if each.denominator is not None else replace(point, lower=None, upper=None)
            for point, each in zip(points, self.months, strict=True)
        )
        signals = tuple(each for each in chart.signals if all(self.shows_place(place) for place in each.places))
        kept = {(place, each.rule) for each in signals for place in each.places}
        points = tuple(
            replace(point, signals=tuple(rule for rule in point.signals if (place, rule) in kept))
            for place, point in enumerate(points)
        )
        n_points = sum(point.value is not None for point in points)
        return replace(chart, points=points, signals=signals, n_points=n_points)
