"""How far late records usually moved the latest months, told from earlier releases of the same figures. Pure.

Not here: which releases there are (performance) or what moved and why (moves). Rule: with no earlier release nothing
is known, and nothing is assumed.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from holdfast.analytics.claims.judging import is_mostly_unknown
from holdfast.analytics.disclosure import Protected
from holdfast.analytics.figure import Figure, shares

Counted = Figure | Protected
"""Whole, whichever way it comes: what is hidden tells nothing."""
N_MONTHS: Final = 3
"""Later than this after its end, a month's records are taken to be in."""


def usual_revision(
    earlier: Sequence[Sequence[Counted]], latest: Sequence[Counted], *, is_count: bool = False
) -> tuple[float, ...]:
    """The furthest a latest month moved by the latest release, then the month before it, and so on.

    `earlier`: the months of each earlier release, of one indicator and group. A release's latest month is the last of
    which most was known. Shares 0 to 1, a count in parts of itself; () when none can be told.
    """
    now = {each.period.id: _value(each, is_count) for each in latest if each.period.kind == "month"}
    newest = max(now, default="")
    moved: list[list[float]] = [[] for _ in range(N_MONTHS)]
    for release in earlier:
        for place, month in enumerate(_latest_first(release, is_count)[:N_MONTHS]):
            value, then = now.get(month.period.id), _value(month, is_count)
            if value is not None and then is not None and month.period.id < newest:
                moved[place].append(abs(value - then) / (max(then, 1.0) if is_count else 1.0))
    told = takewhile(bool, moved)
    return tuple(max(each) for each in told)


def _latest_first(release: Sequence[Counted], is_count: bool) -> list[Counted]:
    """A release's months, the last first, from the last of which most was known."""
    months = sorted((each for each in release if each.period.kind == "month"), key=lambda each: each.period.id)
    while months and not is_count and is_mostly_unknown(months[-1]):
        months.pop()
    return months[::-1]


def _value(figure: Counted, is_count: bool) -> float | None:
    if figure.n_in is None or figure.denominator is None or figure.n_unknown is None:
        return None
    if is_count:
        return float(figure.n_in)
    return shares(figure.n_in, figure.denominator, figure.n_unknown).known
