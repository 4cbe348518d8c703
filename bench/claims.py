"""How often each word is right: series simulated through the product's own judge, seeded. Figures go to docs/claims.md.

./run bench claims            every table, some minutes
Not here: the worlds (claim_worlds). Rule: the function under test is holdfast.analytics.claims.judging.judge, as the
pages use it; nothing is decided here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import numpy as np

from bench.claim_worlds import BEFORE, Trap, World, counts, steps
from holdfast.analytics.claims.baseline import Judging
from holdfast.analytics.claims.judging import judge
from holdfast.analytics.claims.verdict import BETTER, IMPROVING, WORSE
from holdfast.analytics.figure import Figure, month

SEED = 20261126
SIDES = {"better": BETTER, "worse": WORSE, "either": BETTER | WORSE, "improving": frozenset({IMPROVING})}


@dataclass(frozen=True)
class Indicator:
    title: str = "Invented"
    unit: str = "per cent"
    polarity: str = "lower"
    chart: str = "p"
    denominator: str = "Referrals whose date falls in the period."
    is_stock: bool = False


PERIODS = [month(2010 + (3 + place) // 12, (3 + place) % 12 + 1) for place in range(96)]


def figures(n_in: Sequence[int], n: Sequence[int]) -> list[Figure]:
    return [
        Figure(period, "", int(part), int(whole - part), 0)
        for period, part, whole in zip(PERIODS, n_in, n, strict=False)
    ]


def notice_at(months_before: int) -> date:
    return PERIODS[months_before].starts_on


def words(
    series: Sequence[Figure], polarity: str, notice: int, lasts: Sequence[int], usual: tuple[float, ...] = ()
) -> list[str]:
    """The word at each of these last months (numbers of months held)."""
    judging, definition = Judging(notice_on=notice_at(notice), usual_revision=usual), Indicator(polarity=polarity)
    return [judge(series[:n_months], definition, judging).verdict.word for n_months in lasts]


def false_claims(rng: Any, world: World, share: float, n: float, n_series: int, months: int = 36) -> float:
    """The part of series with any improving or worsening in twelve monthly reports."""
    n_in, base = counts(rng, world, steps((months, share)), n, n_series)
    lasts = range(months - 11, months + 1)
    false = 0
    for place in range(n_series):
        said = words(figures(n_in[place], base[place]), "lower", months - 12, lasts)
        false += any(word in SIDES["either"] for word in said)
    return false / n_series


def detected(
    rng: Any, world: World, before: float, after: float, n: float, n_series: int, reports: int = 18
) -> dict[str, Any]:
    """A true step at the notice: the median month it is first said, and how often it is said at each month."""
    polarity = "lower" if after < before else "higher"
    n_in, base = counts(rng, world, steps((BEFORE, before), (reports, after)), n, n_series)
    first, said_at, opposite = [], np.zeros(reports), 0
    for place in range(n_series):
        said = words(figures(n_in[place], base[place]), polarity, BEFORE, range(BEFORE + 1, BEFORE + reports + 1))
        right = [word in BETTER for word in said]
        first.append(right.index(True) + 1 if any(right) else 99)
        said_at += right
        opposite += any(word in WORSE for word in said)
    said_at /= n_series
    return {
        "median": median(first),
        "at": {at: round(float(said_at[at - 1]), 3) for at in (3, 6, 9, 12, 18) if at <= reports},
        "opposite": opposite / n_series,
    }


def trapped(rng: Any, trap: Trap, n_series: int) -> tuple[float, dict[str, float]]:
    """How often the wrong word is said at the last month, and how often each word."""
    n_in, n = trap.make(rng, n_series)
    seen: dict[str, float] = {}
    for place in range(n_series):
        word = words(figures(n_in[place], n[place]), trap.polarity, trap.notice, [n.shape[1]], trap.usual_revision)[0]
        seen[word] = seen.get(word, 0) + 1 / n_series
    return sum(part for word, part in seen.items() if word in SIDES[trap.wrong]), seen
