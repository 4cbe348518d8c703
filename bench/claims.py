"""How often each word is right: series simulated through the product's own judge, seeded. Figures go to docs/claims.md.

./run bench claims            every table, some minutes
Not here: the worlds (claim_worlds). Rule: the function under test is holdfast.analytics.claims.judging.judge, as the
pages use it; nothing is decided here.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench.claim_worlds import BEFORE, INDEPENDENT, TRAPS, UNCHANGED, Trap, World, counts, steps
from holdfast.analytics.claims import assess, measure, verdict
from holdfast.analytics.claims.baseline import Judging
from holdfast.analytics.claims.judging import judge
from holdfast.analytics.claims.verdict import BETTER, BOTH_WAYS, IMPROVING, WORSE
from holdfast.analytics.disclosure import protect
from holdfast.analytics.figure import Figure, financial_year, month

SEED = 20261126
PAGE = Path(__file__).resolve().parents[1] / "docs" / "claims.md"
MARKS = ("<!-- measured: ./run bench claims -->", "<!-- end -->")
SIDES = {"better": BETTER, "worse": WORSE, "either": BETTER | WORSE, "improving": frozenset({IMPROVING})}


@dataclass(frozen=True)
class Indicator:
    title: str = "Invented"
    unit: str = "per cent"
    polarity: str = "lower"
    chart: str = "p"
    counted: str = "referrals"
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


def turned(rng: Any, levels: Any, n: float, polarity: str, opposite: frozenset[str], n_series: int) -> dict[str, float]:
    """A change that is undone: how often the old word is said 8 months on, and how often the turn is by then."""
    n_in, base = counts(rng, INDEPENDENT, levels, n, n_series)
    last = len(levels)
    wrong = told = 0
    for place in range(n_series):
        said = words(figures(n_in[place], base[place]), polarity, BEFORE, range(last - 7, last + 1))
        wrong += said[-1] in opposite
        told += BOTH_WAYS in said
    return {"old word at month 8": wrong / n_series, "turn said within 8 months": told / n_series}


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
def setting(limit: float, lasting: float, wanders: float) -> Iterator[None]:
    """The product's own functions under other settings, for the curves only."""
    kept = (verdict.LIMIT, measure.LASTING, measure.WANDERS)
    verdict.LIMIT, measure.LASTING, measure.WANDERS = limit, lasting, wanders  # type: ignore[misc]
    measure.lasting.cache_clear()
    try:
        yield
    finally:
        verdict.LIMIT, measure.LASTING, measure.WANDERS = kept  # type: ignore[misc]
        measure.lasting.cache_clear()


UNCHANGED_SIZES = ((450, 0.23, 36), (45, 0.20, 36), (450, 0.70, 48))
CHANGES = (
    ("23 to 18, n 450", INDEPENDENT, 0.23, 0.18, 450),
    ("63 to 68, n 450", INDEPENDENT, 0.63, 0.68, 450),
    ("22 to 12, n 50", INDEPENDENT, 0.22, 0.12, 50),
    ("65 to 75, n 50", INDEPENDENT, 0.65, 0.75, 50),
    ("23 to 18, n 450, siblings", World(siblings=True), 0.23, 0.18, 450),
    ("65 to 75, n 50, siblings", World(siblings=True), 0.65, 0.75, 50),
    ("63 to 68, n 450, noise sd 2 points", World(noise=0.02), 0.63, 0.68, 450),
    ("65 to 70, n 50", INDEPENDENT, 0.65, 0.70, 50),
)
OTHER_SIZES = ((30, 0.5), (80, 0.05), (120, 0.85), (200, 0.2), (1000, 0.23), (1000, 0.95))
CURVE = ((2.6, 0.6, 1.0), (2.6, 0.7, 0.025), (2.6, 0.8, 0.025), (2.8, 0.7, 0.025))


def per_cent(part: float) -> str:
    return f"{100 * part:.1f}"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    return [f"| {' | '.join(head)} |", "|---" * len(head) + "|"] + [
        f"| {' | '.join(str(cell) for cell in row)} |" for row in rows
    ]


def unchanged_table(n_series: int) -> list[str]:
    rng, rows = np.random.default_rng(SEED), []
    for name, world in UNCHANGED.items():
        parts = [false_claims(rng, world, share, n, n_series, months) for n, share, months in UNCHANGED_SIZES]
        rows.append([name, *(per_cent(part) for part in parts)])
    heads = [f"n {n}, {months} months, %" for n, _, months in UNCHANGED_SIZES]
    return table(["nothing changes: any false claim in 12 monthly reports", *heads], rows)


def sizes_table(n_series: int) -> list[str]:
    rng, rows = np.random.default_rng(SEED + 7), []
    for name, world in UNCHANGED.items():
        rows.append([name, *(per_cent(false_claims(rng, world, share, n, n_series)) for n, share in OTHER_SIZES)])
    heads = [f"n {n:,}, {100 * share:.0f}%, %" for n, share in OTHER_SIZES]
    return table(["the same, of other sizes and shares, 36 months", *heads], rows)


def years_table(n_series: int) -> list[str]:
    rng, rows = np.random.default_rng(SEED + 1), []
    for name, n, share in (("n 632 a year, 70%", 53, 0.70), ("n 547, 17%", 46, 0.17), ("n 5,648, 23%", 470, 0.23)):
        for world_name, world in list(UNCHANGED.items())[:2]:
            with_months, alone = (
                year_against_year(rng, world, share, n, n_series, has_months=has_months) for has_months in (True, False)
            )
            rows.append([f"{name}, {world_name}", per_cent(with_months), per_cent(alone)])
    return table(
        ["year against year, nothing changed: “more than chance”", "with its months, %", "years alone, %"], rows
    )


def changes_table(n_series: int) -> list[str]:
    rng, rows = np.random.default_rng(SEED + 2), []
    for name, world, before, after, n in CHANGES:
        found = detected(rng, world, before, after, n, n_series)
        first = "never" if found["median"] > 18 else f"{found['median']:g}"
        rows.append([name, first, *(per_cent(part) for part in found["at"].values()), per_cent(found["opposite"])])
    head = ["a true step at the notice", "first said: median month"]
    return table([*head, *(f"said at {at}, %" for at in (3, 6, 9, 12, 18)), "opposite word ever, %"], rows)


def turns_table(n_series: int) -> list[str]:
    rng, rows = np.random.default_rng(SEED + 3), []
    gained, lost = steps((24, 0.30), (12, 0.17), (8, 0.23)), steps((24, 0.70), (10, 0.40), (8, 0.58))
    for name, levels, n, polarity, opposite in (
        ("gained 13 points, 6 lost again, n 450", gained, 450, "lower", BETTER),
        ("the same, n 150", gained, 150, "lower", BETTER),
        ("lost 30 points, 18 made good, n 420", lost, 420, "higher", WORSE),
        ("the same, n 50", lost, 50, "higher", WORSE),
    ):
        found = turned(rng, levels, n, polarity, opposite, n_series)
        rows.append([name, *(per_cent(part) for part in found.values())])
    return table(["a turn", "the old word, 8 months on, %", "the turn said within 8 months, %"], rows)


def traps_table(n_series: int) -> list[str]:
    rng, rows = np.random.default_rng(SEED + 4), []
    for trap in TRAPS:
        wrong, seen = trapped(rng, trap, n_series)
        most = sorted(seen.items(), key=lambda item: -item[1])[:2]
        rows.append(
            [trap.name, trap.truth, per_cent(wrong), "; ".join(f"{word} {100 * part:.0f}" for word, part in most)]
        )
    return table(["trap", "truth", "wrong word, %", "said most, %"], rows)


def public_table(n_series: int) -> list[str]:
    rng, rows = np.random.default_rng(SEED + 5), []
    for name, before, after in (("20 to 10", 0.20, 0.10), ("13 to 26", 0.13, 0.26), ("17, level", 0.17, 0.17)):
        found = same_for_the_public(rng, before, after, 46, n_series)
        rows.append([f"{name}, n 46, 12 months", *(per_cent(part) for part in found.values())])
    return table(["what the public may see", "another word than the whole, %", "said, as it is, %"], rows)


def curve_table(n_series: int) -> list[str]:
    rows = []
    for limit, lasting, wanders in CURVE:
        rng = np.random.default_rng(SEED + 6)
        with setting(limit, lasting, wanders):
            worlds = list(UNCHANGED.values())
            false = [false_claims(rng, worlds[place], 0.23, 450, n_series) for place in (0, 1, 4)]
            small = detected(rng, INDEPENDENT, 0.65, 0.75, 50, n_series)
            family = detected(rng, worlds[1], 0.23, 0.18, 450, n_series)
        said = [f"{each['median']:g}, {per_cent(each['at'][18])}" for each in (small, family)]
        most = f"{100 * wanders:g} points" if wanders < 1 else "no limit"
        rows.append([f"{limit}, {lasting}, {most}", *(per_cent(part) for part in false), *said])
    head = ["limit, lasting, wandering at most", "false: independent, %", "siblings, %", "noise that lasts, %"]
    return table([*head, "65 to 75, n 50: month, said at 18 %", "23 to 18, siblings: month, said at 18 %"], rows)


def run(n_series: int = 200) -> dict[str, Any]:
    """Measure everything, write the tables into docs/claims.md, and give the figures that are to be held."""
    tables = []
    for make, part in (
        (unchanged_table, 1.0),
        (sizes_table, 0.5),
        (years_table, 1.5),
        (changes_table, 1.0),
        (turns_table, 1.0),
        (traps_table, 1.0),
        (public_table, 0.5),
        (curve_table, 0.5),
    ):
        started = time.perf_counter()
        tables.append("\n".join(make(int(n_series * part))))
        print(f"{tables[-1]}\n({time.perf_counter() - started:.0f} s)\n", flush=True)
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    note = f"{n_series} series a row (half for other sizes, the curve and the public view, seed {SEED})."
    PAGE.write_text(
        f"{before}{MARKS[0]}\n{note}\n\n" + "\n\n".join(tables) + f"\n\n{MARKS[1]}{after}", encoding="utf-8"
    )
    return {"tables kept in docs/claims.md": len(tables), "series a row": n_series}
