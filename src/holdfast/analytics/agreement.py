"""How far two gradings of the same cases agree: exact, adjacent, weighted kappa, AC2, and which way they differ.

Pure functions over pairs of positions on one ordered scale, 0 the best. Not here: which audits are compared, or on what
scale (the room that audits). Rule: nothing is said of fewer than two pairs; kappa is never given alone, for where
nearly all grades are alike it is low though nearly all agree.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from holdfast.analytics.intervals import wilson

Pair = tuple[int, int]
"""The first and the second position of one case, each from 0 (the best) to n_points - 1."""
Interval = tuple[float, float]


@dataclass(frozen=True)
class Estimate:
    """A value with its standard error and normal interval; that of a coefficient is kept within -1 and 1."""

    value: float
    error: float
    interval: Interval


@dataclass(frozen=True)
class GradingAgreement:
    """What two gradings of n cases have in common. `matrix[i][j]`: how many had i first and j second.

    `n_exact`, `n_adjacent` (the same or one point apart), `n_kinder` (first better than second) and `n_harsher` are of
    n. `shift`: mean points by which the first was better; above 0 the first graded too kindly. `kappa` (quadratic
    weights) is None where all are at one and the same point: it is not defined there. All are None below two pairs.
    """

    n: int
    matrix: Sequence[Sequence[int]]
    n_exact: int
    n_adjacent: int
    n_kinder: int
    n_harsher: int
    exact: Interval | None
    adjacent: Interval | None
    kappa: Estimate | None
    ac2: Estimate | None
    shift: Estimate | None


def grading_agreement(pairs: Sequence[Pair], n_points: int, level: float = 0.95) -> GradingAgreement:
    """The agreement of pairs on a scale of n_points. Raises ValueError for a position off the scale, or one point."""
    alike = Counter(pairs)
    if n_points < 2 or any(not 0 <= position < n_points for pair in alike for position in pair):
        raise ValueError("a position lies off the scale")
    n, z = len(pairs), NormalDist().inv_cdf(0.5 + level / 2)
    matrix = [[alike[first, second] for second in range(n_points)] for first in range(n_points)]
    n_exact = sum(many for (first, second), many in alike.items() if first == second)
    n_adjacent = sum(many for (first, second), many in alike.items() if abs(first - second) <= 1)
    is_enough = n >= 2
    return GradingAgreement(
        n=n,
        matrix=matrix,
        n_exact=n_exact,
        n_adjacent=n_adjacent,
        n_kinder=sum(many for (first, second), many in alike.items() if first < second),
        n_harsher=sum(many for (first, second), many in alike.items() if first > second),
        exact=wilson(n_exact, n, level),
        adjacent=wilson(n_adjacent, n, level),
        kappa=_kappa(matrix, n, z) if is_enough else None,
        ac2=_ac2(alike, n_points, z) if is_enough else None,
        shift=_shift(alike, z) if is_enough else None,
    )


def _weight(first: int, second: int, n_points: int) -> float:
    """1 for the same point, 0 for the two ends; the square of the distance in between."""
    return 1 - ((first - second) / (n_points - 1)) ** 2


def _kappa(matrix: Sequence[Sequence[int]], n: int, z: float) -> Estimate | None:
    """Cohen's kappa with quadratic weights, and its asymptotic standard error.

    Source: Fleiss, Cohen and Everitt (1969), "Large sample standard errors of kappa and weighted kappa", equation 8.
    """
    points = range(len(matrix))
    p = [[matrix[i][j] / n for j in points] for i in points]
    rows, columns = [sum(p[i]) for i in points], [sum(p[i][j] for i in points) for j in points]
    w = [[_weight(i, j, len(matrix)) for j in points] for i in points]
    observed = sum(w[i][j] * p[i][j] for i in points for j in points)
    expected = sum(w[i][j] * rows[i] * columns[j] for i in points for j in points)
    if expected >= 1:
        return None
    kappa = (observed - expected) / (1 - expected)
    of_row = [sum(columns[j] * w[i][j] for j in points) for i in points]
    of_column = [sum(rows[i] * w[i][j] for i in points) for j in points]
    spread = sum(p[i][j] * (w[i][j] - (of_row[i] + of_column[j]) * (1 - kappa)) ** 2 for i in points for j in points)
    variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (n * (1 - expected) ** 2)
    return _within(kappa, sqrt(max(variance, 0.0)), z)


def _ac2(alike: Mapping[Pair, int], n_points: int, z: float) -> Estimate:
    """Gwet's AC2 with quadratic weights, which nearly equal grades do not pull down, and its standard error.

    `alike`: how many cases have each pair.
    Source: Gwet (2014), "Handbook of inter-rater reliability", 4th edition, chapter 5.
    """
    n, points = sum(alike.values()), range(n_points)
    total = sum(_weight(i, j, n_points) for i in points for j in points)
    scaled = total / (n_points * (n_points - 1))
    pi = [sum(((i == k) + (j == k)) * many for (i, j), many in alike.items()) / (2 * n) for k in points]
    observed = sum(_weight(i, j, n_points) * many for (i, j), many in alike.items()) / n
    expected = scaled * sum(share * (1 - share) for share in pi)
    ac2 = (observed - expected) / (1 - expected)
    squares = 0.0
    for (first, second), many in alike.items():
        by_chance = scaled * ((1 - pi[first]) + (1 - pi[second])) / 2
        own = _weight(first, second, n_points)
        part = (own - expected) / (1 - expected) - 2 * (1 - ac2) * (by_chance - expected) / (1 - expected)
        squares += many * (part - ac2) ** 2
    return _within(ac2, sqrt(squares / (n * (n - 1))), z)


def _shift(alike: Mapping[Pair, int], z: float) -> Estimate:
    """The mean of second minus first, in points: above 0 the first was kinder."""
    n = sum(alike.values())
    mean = sum(many * (second - first) for (first, second), many in alike.items()) / n
    squares = sum(many * (second - first - mean) ** 2 for (first, second), many in alike.items())
    error = sqrt(squares / (n - 1) / n)
    return Estimate(mean, error, (mean - z * error, mean + z * error))


def _within(value: float, error: float, z: float) -> Estimate:
    return Estimate(value, error, (max(value - z * error, -1.0), min(value + z * error, 1.0)))
