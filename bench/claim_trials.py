"""Trials for the bench of claims: invented series through the product's own judge, and how often each word was right.

Not here: the worlds (claim_worlds), the tables and the page (claims). Rule: the function under test is
holdfast.analytics.claims.judging.judge, as the pages use it; nothing is decided here.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import numpy as np

from bench.claim_worlds import BEFORE, INDEPENDENT, Trap, Turn, World, counts, steps
from holdfast.analytics.claims import assess, measure, verdict
from holdfast.analytics.claims.baseline import Judging
from holdfast.analytics.claims.judging import judge
from holdfast.analytics.claims.verdict import BETTER, BOTH_WAYS, IMPROVING, WORSE
from holdfast.analytics.disclosure import protect
from holdfast.analytics.figure import Figure, financial_year, month

TURN_MONTHS = (2, 3, 4, 6, 8, 12, 18)
SIDES = {"better": BETTER, "worse": WORSE, "either": BETTER | WORSE, "improving": frozenset({IMPROVING})}


@dataclass(frozen=True)
class Indicator:
    title: str = "Invented"
    unit: str = "per cent"
    polarity: str = "lower"
    chart: str = "p"
    counted: str = "referrals"
    is_stock: bool = False
    is_of_audits: bool = False


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


def false_claims(
    rng: Any, world: World, share: float, n: float, n_series: int, months: int = 36, reports: int = 12
) -> float:
    """The part of series with any improving or worsening in the monthly reports that follow the notice."""
    n_in, base = counts(rng, world, steps((months, share)), n, n_series)
    lasts = range(months - reports + 1, months + 1)
    false = 0
    for place in range(n_series):
        said = words(figures(n_in[place], base[place]), "lower", months - reports, lasts)
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


def turned(rng: Any, turn: Turn, n_series: int) -> dict[str, Any]:
    """A change that is undone: how often the opposite word is said at each month after, and how soon the turn is."""
    n_in, base = counts(rng, turn.world, turn.levels, turn.n, n_series)
    last, opposite = len(turn.levels), BETTER if turn.polarity == "lower" else WORSE
    old, told = np.zeros(turn.after), 0
    for place in range(n_series):
        lasts = range(last - turn.after + 1, last + 1)
        said = words(figures(n_in[place], base[place]), turn.polarity, BEFORE, lasts)
        old += [word in opposite for word in said]
        told += BOTH_WAYS in said[:8]
    old /= n_series
    return {
        "at": {at: float(old[at - 1]) for at in TURN_MONTHS},
        "third to last": float(old[2:].mean()),
        "within 8": told / n_series,
    }


def year_against_year(rng: Any, world: World, share: float, n: float, n_series: int, *, has_months: bool) -> float:
    """How often two years in which nothing changed are said to differ by more than chance. `n` a month."""
    n_in, base = counts(rng, world, steps((24, share)), n, n_series)
    clear = 0
    for place in range(n_series):
        months = figures(n_in[place], base[place])
        years = [
            Figure(financial_year(2011 + year), "", sum(m.n_in for m in part), sum(m.n_not for m in part), 0)
            for year, part in enumerate((months[:12], months[12:]))
        ]
        found = assess([*(months if has_months else []), *years], Indicator())
        clear += found.years is not None and found.years.is_clear
    return clear / n_series


def same_for_the_public(rng: Any, before: float, after: float, n: float, n_series: int) -> dict[str, float]:
    """Small numbers: how often the public is told another word than the whole allows, and how often the right one."""
    n_in, base = counts(rng, INDEPENDENT, steps((BEFORE, before), (12, after)), n, n_series)
    other = right = 0
    for place in range(n_series):
        months = figures(n_in[place], base[place])
        whole = assess(months, Indicator(), notice_on=notice_at(BEFORE))
        public = assess(months, Indicator(), notice_on=notice_at(BEFORE), shown=protect(months))
        other += whole.claim != public.claim
        right += public.claim in (BETTER if after < before else WORSE)
    return {"another word": other / n_series, "right word": right / n_series}


@contextmanager
def setting(limit: float, lasting: float, wanders: float, turns: float = 0.0) -> Iterator[None]:
    """The product's own functions under other settings, for the curves only. `turns`: added to what a turn asks."""
    kept = (verdict.LIMIT, measure.LASTING, measure.WANDERS, verdict.TURNS)
    asked = {n: least + turns for n, least in verdict.TURNS.items()}
    verdict.LIMIT, measure.LASTING, measure.WANDERS, verdict.TURNS = limit, lasting, wanders, asked  # type: ignore[misc]
    measure.lasting.cache_clear()
    try:
        yield
    finally:
        verdict.LIMIT, measure.LASTING, measure.WANDERS, verdict.TURNS = kept  # type: ignore[misc]
        measure.lasting.cache_clear()
