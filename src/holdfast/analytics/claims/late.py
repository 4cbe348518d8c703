"""How far late records usually moved the latest months, told from earlier releases of the same figures. Pure.

Not here: which releases there are (performance) or what moved and why (moves). Rule: with no earlier release nothing
is known, and nothing is assumed.
"""

from collections.abc import Sequence
from typing import Final

from holdfast.analytics.figure import Figure, shares

N_MONTHS: Final = 3
"""Later than this after its end, a month's records are taken to be in."""


def usual_revision(earlier: Sequence[Sequence[Figure]], latest: Sequence[Figure]) -> tuple[float, ...]:
    """The furthest a latest month's share moved by the latest release, then that of the month before it, and so on.

    `earlier`: the months of each earlier release, of one indicator and group. Shares 0 to 1; () when none can be told.
    """
    now = {each.period.id: _share(each) for each in latest if each.period.kind == "month"}
    newest = max(now, default="")
    moved: list[list[float]] = [[] for _ in range(N_MONTHS)]
    for release in earlier:
        months = sorted((each for each in release if each.period.kind == "month"), key=lambda each: each.period.id)
        for place, month in enumerate(reversed(months[-N_MONTHS:])):
            share, then = now.get(month.period.id), _share(month)
            if share is not None and then is not None and month.period.id < newest:
                moved[place].append(abs(share - then))
    kept = [max(each) for each in moved if each]
    return tuple(kept) if all(moved[: len(kept)]) else ()


def _share(figure: Figure) -> float | None:
    return shares(figure.n_in, figure.denominator, figure.n_unknown).known
