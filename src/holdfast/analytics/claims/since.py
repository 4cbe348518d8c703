"""The judged months of one series beside its baseline, and what every rule asks of them. Whole figures, no words.

Not here: the word (verdict) or what could undo it (doubts).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from holdfast.analytics.claims.baseline import Baseline
from holdfast.analytics.claims.measure import Cell, Compared, Measure

LIMIT: Final = 2.6
"""Standard errors that a comparison must pass, two months running, before anything is said. See claims.md."""
HOLD: Final = 2.0
"""Standard errors that must be left when what could undo the claim is set against it."""
SAME_WAY: Final = 1.0
"""Standard errors by which the last baseline year alone, and the months without their two loudest, must agree."""
TURNS: Final[Mapping[int, float]] = {
    **dict.fromkeys(range(24, 5, -1), 2.1),
    **dict.fromkeys((5, 4, 3), 2.4),
    2: 2.8,
}
"""Standard errors by which the last so many months must leave those before them for a turn: each is tried, and
the fewer they are the further they must, since short runs stray oftener. Chosen by the curve in claims.md."""
LEAST_EARLIER: Final = 3
"""With fewer months before it there is nothing to turn from."""
WINDOW: Final = 12
STEADY_AFTER: Final = 7
"""A change this many months old that goes no further is the new level."""
MONTHS_FOR_TWO: Final = 6
"""From so many months on, the two that say it loudest may not carry it either."""
LEAST_EXPECTED: Final = 5
"""With fewer expected in or out, the arithmetic of large numbers does not hold."""
BASE_MOVED: Final = 0.05
"""A base that moved by less than this part cannot carry a claim by itself."""
BASE_SHIFT: Final = (6, 5)
"""The number counted rising by six for every five, or falling by as much, is always said. Our own line."""


@dataclass(frozen=True)
class Month:
    """One month's whole counts. `at` numbers the months; `is_usable` is False for what cannot be judged."""

    at: int
    n_in: int
    n_not: int
    n_unknown: int
    is_usable: bool = True

    @property
    def n(self) -> int:
        return self.n_in + self.n_not


@dataclass(frozen=True)
class Kind:
    """How an indicator is read: its polarity, whether it is a count, whether its months share the same children."""

    polarity: str
    is_count: bool = False
    is_stock: bool = False

    def is_better(self, direction: int) -> bool:
        return (direction > 0) == (self.polarity == "higher")


class Since:
    """The judged months of one series beside its baseline, ready to be compared."""

    def __init__(self, months: Sequence[Month], baseline: Baseline, kind: Kind) -> None:
        self.kind = kind
        usable = [month for month in months if month.is_usable]
        self.base = [month for month in usable if baseline.first <= month.at <= baseline.last]
        self.months = [month for month in usable if month.at >= baseline.judged_from]
        self._cells = {m.at: Cell(m.at, m.n_in, 1 if kind.is_count else m.n) for m in (*self.base, *self.months)}
        self.measure = Measure(self.cells(self.base), is_count=kind.is_count, is_stock=kind.is_stock)

    def cell(self, month: Month) -> Cell:
        return self._cells[month.at]

    def cells(self, months: Sequence[Month]) -> list[Cell]:
        return [self._cells[month.at] for month in months]

    def window(self, n_left_out: int = 0) -> list[Month]:
        """The last twelve months of the judged ones, or as many as there are."""
        kept = self.months[: len(self.months) - n_left_out]
        return [month for month in kept if month.at > kept[-1].at - WINDOW] if kept else []

    def compare(self, months: Sequence[Month]) -> Compared | None:
        return self.measure.compare(self.cells(months))

    def turned(self, recent: Sequence[Month], earlier: Sequence[Month]) -> float:
        """How far recent months stand from earlier ones, in errors."""
        return self.measure.turned(self.cells(recent), self.cells(earlier))

    def passes(self, months: Sequence[Month], limit: float) -> int:
        """Which way these months stand beyond a limit: 1 up, -1 down, 0 neither."""
        found = self.compare(months)
        return 0 if found is None or abs(found.z) < limit else (1 if found.z > 0 else -1)


def base_ratio(since: Since, window: Sequence[Month]) -> float | None:
    """How many times as many were counted in these months as in the same months of the baseline. None for a count."""
    if since.kind.is_count:
        return None
    found = Measure((Cell(month.at, month.n, 1) for month in since.base), is_count=True).compare(
        [Cell(month.at, month.n, 1) for month in window]
    )
    return found.now / found.before if found is not None and found.before else None


def holds_without_strongest(since: Since, months: Sequence[Month], way: int) -> bool:
    """Whether the months still say so without the one that says it loudest, and of many without the two loudest.

    One month is never enough.
    """
    if not _stands(since, without_strongest(since, months, way), way, HOLD):
        return False
    return len(months) < MONTHS_FOR_TWO or _stands(since, without_strongest(since, months, way, 2), way, SAME_WAY)


def without_strongest(since: Since, months: Sequence[Month], way: int, n: int = 1) -> list[Month]:
    """The months without the one (or `n`) that stand furthest this way."""
    share = since.measure.share
    return sorted(months, key=lambda month: way * (since.cell(month).n_in - since.cell(month).n * share))[:-n]


def _stands(since: Since, months: Sequence[Month], way: int, limit: float) -> bool:
    found = since.compare(months)
    return found is not None and way * found.z >= limit
