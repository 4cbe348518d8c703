"""Confidence intervals for what we count: Wilson for a proportion, Byar for a count, Newcombe for a difference.

Pure functions over integers; no drawing and no claim (claims). Rule: never a symmetrical "plus or minus" interval,
which misleads at the small numbers that a council has.
"""

from math import exp, sqrt
from statistics import NormalDist

EXACT_BELOW = 10
"""Byar's approximation is used from 10 events; below that the exact Poisson interval (the public health convention)."""


def _z(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + level / 2)


def wilson(n_in: int, n: int, level: float = 0.95) -> tuple[float, float] | None:
    """The Wilson score interval of n_in out of n, as shares from 0 to 1. None when n is 0.

    Source: Wilson (1927); the convention for proportions in English public health indicators.
    """
    if not 0 <= n_in <= n:
        raise ValueError("n_in must lie between 0 and n")
    if n == 0:
        return None
    z = _z(level)
    share, extra = n_in / n, z * z / n
    middle = (share + extra / 2) / (1 + extra)
    half = z / (1 + extra) * sqrt(share * (1 - share) / n + extra / (4 * n))
    return (0.0 if n_in == 0 else middle - half, 1.0 if n_in == n else middle + half)


def newcombe(
    n_in_before: int, n_before: int, n_in_after: int, n_after: int, level: float = 0.95
) -> tuple[float, float] | None:
    """The interval of (share after - share before), of 95 per cent unless told. None when either base is 0.

    Source: Newcombe (1998), method 10: two Wilson intervals combined.
    """
    before, after = wilson(n_in_before, n_before, level), wilson(n_in_after, n_after, level)
    if before is None or after is None:
        return None
    p, q = n_in_before / n_before, n_in_after / n_after
    low = (q - p) - sqrt((q - after[0]) ** 2 + (before[1] - p) ** 2)
    high = (q - p) + sqrt((after[1] - q) ** 2 + (p - before[0]) ** 2)
    return low, high


def byar(n: int, level: float = 0.95) -> tuple[float, float]:
    """The interval of a count of n events: Byar's approximation, or the exact Poisson interval below 10 events.

    Source: Breslow and Day (1987), equation 2.3; exact limits by bisection on the Poisson distribution.
    """
    if n < 0:
        raise ValueError("a count cannot be below 0")
    if n < EXACT_BELOW:
        return _exact(n, (1 - level) / 2)
    z = _z(level)
    low = n * (1 - 1 / (9 * n) - z / (3 * sqrt(n))) ** 3
    high = (n + 1) * (1 - 1 / (9 * (n + 1)) + z / (3 * sqrt(n + 1))) ** 3
    return low, high


def _at_most(n: int, mean: float) -> float:
    """The chance of n events or fewer when `mean` are expected."""
    term = total = exp(-mean)
    for k in range(1, n + 1):
        term *= mean / k
        total += term
    return total


def _exact(n: int, tail: float) -> tuple[float, float]:
    low = 0.0 if n == 0 else _mean_where(n - 1, 1 - tail)
    return low, _mean_where(n, tail)


def _mean_where(n: int, chance: float) -> float:
    """The mean at which n events or fewer have this chance, by bisection (the chance falls as the mean rises)."""
    low, high = 0.0, 10.0 * (n + 4)
    for _ in range(100):
        middle = (low + high) / 2
        if _at_most(n, middle) > chance:
            low = middle
        else:
            high = middle
    return (low + high) / 2
