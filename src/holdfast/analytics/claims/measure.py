"""One comparison: some months together against the same months of the baseline, with what chance gives set beside it.

Pure arithmetic over counts; not here: which months (baseline), what is said of the answer (verdict). Rules: never
narrower than chance alone gives; what the baseline itself shows beyond chance widens it. As much of that as could be
practice wandering is taken to last from one month into the next; the rest (families, days) is counted once. Shares and
counts alike: a share has its base as the number of chances, a count has one a month.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin, sqrt
from typing import Final, NamedTuple

LASTING: Final = 0.7
"""How strongly practice that wanders is taken to carry over into the next month. Chosen by the curve in claims.md."""
WANDERS: Final = 0.025
"""The most, in share, that practice is taken to wander by (a standard deviation). Of few children even this is little
beside chance: what varies more is families and days, which do not last. A count may wander by any part of itself."""
HARMONIC: Final = tuple((cos(2 * pi * place / 12), sin(2 * pi * place / 12)) for place in range(12))


class Cell(NamedTuple):
    """One month's count: `n_in` of `n` chances in calendar month `place` (0 to 11) of month number `at`."""

    at: int
    n_in: float
    n: float

    @property
    def place(self) -> int:
        return self.at % 12


@dataclass(frozen=True)
class Compared:
    """Months together against the same months of the baseline. `error` is the standard error of `difference`."""

    n_in: float
    n: float
    n_in_before: float
    n_before: float
    error: float
    n_months: int

    @property
    def now(self) -> float:
        return self.n_in / self.n

    @property
    def before(self) -> float:
        return self.n_in_before / self.n_before

    @property
    def difference(self) -> float:
        return self.now - self.before

    @property
    def z(self) -> float:
        """The difference in standard errors: below nought when it fell. 0 where nothing can vary."""
        return self.difference / self.error if self.error > 0 else 0.0

    def interval(self, highest: float | None) -> tuple[float, float]:
        """The 99 per cent interval of the difference, widened as the comparison is: about as strict as a claim is.

        It goes no further than there is room: by no more than all of what there was before can it fall, nor rise past
        `highest` (1 for a share, None for a count).
        """
        low, high = self.difference - 2.576 * self.error, self.difference + 2.576 * self.error
        return max(low, -self.before), high if highest is None else min(high, highest - self.before)


class Level(NamedTuple):
    """Months together: `level` is their share (or count a month) without the season, `leans` how far they lie to each
    half of it (as HARMONIC)."""

    n_in: float
    n: float
    n_months: int
    leans: tuple[float, ...]
    level: float


class Measure:
    """A baseline to compare with: its months, and how much more than chance they vary (`spread`, 1 or more). `lasts` is
    how much of that is taken to last.

    `is_count`: counts, one chance a month. `is_stock`: months share the same children, so that many months say no more
    than one.
    """

    def __init__(self, baseline: Iterable[Cell], *, is_count: bool = False, is_stock: bool = False) -> None:
        self.cells = tuple(cell for cell in baseline if cell.n > 0)
        self.is_count, self.is_stock = is_count, is_stock
        self.by_place = _by_place(self.cells)
        self.share = _share(self.cells)
        unit = self.unit_variance(self.share)
        self.season, self.spread = _season_and_spread(self.cells, unit)
        self.lasts = _lasting_part(self.spread, sum(cell.n for cell in self.cells), len(self.cells), unit, is_count)

    def unit_variance(self, share: float) -> float:
        return share if self.is_count else share * (1 - share)

    def compare(
        self, months: Sequence[Cell], baseline: Iterable[Cell] | None = None, *, latest_only: bool = False
    ) -> Compared | None:
        """These months against the baseline's of the same names. None when either has nothing.

        `baseline`: other counts of the same months, to be varied as this one is; `latest_only`: its last year alone.
        """
        by_place = self.by_place if baseline is None else _by_place(baseline)
        kept = [cell for cell in months if cell.n > 0 and by_place[cell.place]]
        last = -1 if latest_only else 0
        same = [before for place in {cell.place for cell in kept} for before in by_place[place][last:]]
        n, n_before = sum(cell.n for cell in kept), sum(cell.n for cell in same)
        if not n or not n_before:
            return None
        n_in, n_in_before = sum(cell.n_in for cell in kept), sum(cell.n_in for cell in same)
        share = (n_in + n_in_before) / (n + n_before)
        chance = 1 / n + 1 / n_before
        if self.is_stock:
            chance = len(kept) / n + len(same) / n_before
        error = sqrt(max(0.0, self.unit_variance(share) * chance * self.widened(len(kept))))
        return Compared(n_in, n, n_in_before, n_before, error, len(kept))

    def turned(self, recent: Sequence[Cell], earlier: Sequence[Cell]) -> float:
        """How far recent months stand from earlier ones, in errors, the baseline's season taken out of both."""
        now, then = self._unseasoned(recent), self._unseasoned(earlier)
        if now is None or then is None:
            return 0.0
        share = (now.n_in + then.n_in) / (now.n + then.n)
        chance = sum(
            (each.n_months if self.is_stock else 1) / each.n * self.widened(each.n_months) for each in (now, then)
        )
        n_base = sum(cell.n for cell in self.cells)
        apart = sum((one - other) ** 2 for one, other in zip(now.leans, then.leans, strict=True))
        of_season = 2 * apart / n_base * (len(self.cells) if self.is_stock else 1) * self.spread
        error = sqrt(max(0.0, self.unit_variance(share) * (chance + of_season)))
        return (now.level - then.level) / error if error > 0 else 0.0

    def _unseasoned(self, months: Sequence[Cell]) -> Level | None:
        """Months together without the baseline's season. None when they have nothing."""
        n = sum(cell.n for cell in months)
        if not n:
            return None
        n_in = sum(cell.n_in for cell in months)
        leans = tuple(sum(cell.n * HARMONIC[cell.place][wave] for cell in months) / n for wave in (0, 1))
        season = sum(size * lean for size, lean in zip(self.season, leans, strict=True))
        return Level(n_in, n, sum(cell.n > 0 for cell in months), leans, n_in / n - season)

    def widened(self, n_months: int) -> float:
        """What the variance of so many months together is multiplied by: 1 when the baseline shows only chance."""
        return self.spread if self.is_stock else _widened(self.spread, self.lasts, n_months)

    def error_of(self, n: float, n_before: float, n_months: int) -> float:
        """The standard error that a comparison of so many chances will have, if the share stays as it was."""
        chance = 1 / n + 1 / n_before
        return sqrt(max(0.0, self.unit_variance(self.share) * chance * self.widened(n_months)))


@lru_cache(maxsize=64)
def lasting(n_months: int) -> float:
    """How much less is gained by taking months together when one carries over into the next: 1 for a single month."""
    return 1 + 2 * sum((1 - step / n_months) * LASTING**step for step in range(1, n_months))


def _lasting_part(spread: float, n: float, n_months: int, unit_variance: float, is_count: bool) -> float:
    """How much of the spread beyond chance may last: no more than practice is taken to wander by."""
    if is_count or not n_months or unit_variance <= 0:
        return spread - 1
    return min(spread - 1, WANDERS**2 * n / n_months / unit_variance)


def _widened(spread: float, lasts: float, n_months: int) -> float:
    return spread + lasts * (lasting(n_months) - 1)


def _by_place(cells: Iterable[Cell]) -> list[list[Cell]]:
    """The months by name, January first, each in order."""
    by_place: list[list[Cell]] = [[] for _ in range(12)]
    for cell in cells:
        by_place[cell.place].append(cell)
    return by_place


def _share(cells: Sequence[Cell]) -> float:
    n = sum(cell.n for cell in cells)
    return sum(cell.n_in for cell in cells) / n if n else 0.0


def _season_and_spread(cells: Sequence[Cell], unit_variance: float) -> tuple[tuple[float, float], float]:
    """The months' season, and their variance about it and a level, over what chance gives.

    The season is one wave a year, fitted by least squares with each month weighted by its base; its sizes are those of
    HARMONIC. No season and 1 where they cannot be told; the variance is never less than 1.
    """
    if unit_variance <= 0 or len(cells) < 6:
        return (0.0, 0.0), 1.0
    share = _share(cells)
    rows = [(1.0, *HARMONIC[cell.place]) for cell in cells]
    matrix = [[sum(c.n * r[i] * r[j] for c, r in zip(cells, rows, strict=True)) for j in range(3)] for i in range(3)]
    right = [sum((c.n_in - c.n * share) * r[i] for c, r in zip(cells, rows, strict=True)) for i in range(3)]
    wave = _solved(matrix, right)
    if wave is None:
        return (0.0, 0.0), 1.0
    squares = 0.0
    for cell, row in zip(cells, rows, strict=True):
        left = cell.n_in - cell.n * (share + sum(size * part for size, part in zip(wave, row, strict=True)))
        squares += left * left / (cell.n * unit_variance)
    return (wave[1], wave[2]), max(1.0, squares / (len(cells) - 3))


def _solved(matrix: list[list[float]], right: list[float]) -> list[float] | None:
    """The three unknowns of three equations, by Cramer's rule. None when they cannot be told apart."""
    whole = _determinant(matrix)
    if abs(whole) < 1e-9:
        return None
    return [
        _determinant([[right[i] if j == column else matrix[i][j] for j in range(3)] for i in range(3)]) / whole
        for column in range(3)
    ]


def _determinant(m: list[list[float]]) -> float:
    return (
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    )


SIBLINGS: Final = 2.5
"""The spread where no months show it: families of 1 to 5 children whose children share one outcome (claims.md)."""


def compare_years(
    before: Cell, after: Cell, months: Sequence[tuple[Cell, Cell]], *, is_count: bool = False, is_stock: bool = False
) -> Compared:
    """One year against the one before, widened by how unevenly its months moved from theirs (or by SIBLINGS).

    `months`: each month of the year before with the same month a year later; only all twelve show how they vary.
    """
    share = (before.n_in + after.n_in) / (before.n + after.n)
    unit = share if is_count else share * (1 - share)
    widened = SIBLINGS
    if len(months) == 12:
        spread = _uneven(months, unit)
        lasts = _lasting_part(spread, before.n + after.n, 24, unit, is_count)
        widened = spread if is_stock else _widened(spread, lasts, 12)
    error = sqrt(max(0.0, unit * (1 / before.n + 1 / after.n) * widened))
    return Compared(after.n_in, after.n, before.n_in, before.n, error, 12)


def _uneven(months: Sequence[tuple[Cell, Cell]], unit: float) -> float:
    """The variance of the months' own changes about their mean, over what chance gives. 1 or more."""
    if unit <= 0 or any(not then.n or not now.n for then, now in months):
        return 1.0
    changes = [now.n_in / now.n - then.n_in / then.n for then, now in months]
    mean = sum(changes) / len(changes)
    squares = sum(
        (change - mean) ** 2 / (unit * (1 / then.n + 1 / now.n))
        for change, (then, now) in zip(changes, months, strict=True)
    )
    return max(1.0, squares / (len(months) - 1))
