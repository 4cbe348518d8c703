"""How often each word is right: series simulated through the product's own judge, seeded. Figures go to docs/claims.md.

./run bench claims            every table, some minutes
Not here: the worlds (claim_worlds), the trials (claim_trials). Rule: every figure of the page that is about how often
a word is right is written by one run, those in its sentences too.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from math import ceil, floor
from pathlib import Path
from textwrap import fill
from typing import Any, NamedTuple

import numpy as np

from bench.claim_trials import (
    TURN_MONTHS,
    detected,
    false_claims,
    same_for_the_public,
    setting,
    trapped,
    turned,
    year_against_year,
)
from bench.claim_worlds import INDEPENDENT, TRAPS, TURNS, UNCHANGED, World
from holdfast.analytics.claims import verdict

SEED = 20261126
PAGE = Path(__file__).resolve().parents[1] / "docs" / "claims.md"

UNCHANGED_SIZES = (
    (450, 0.23, 36, 12),
    (45, 0.20, 36, 12),
    (450, 0.70, 48, 12),
    (450, 0.23, 48, 24),
    (450, 0.23, 24, 12),
)
"""How many a month, the share, the months of the series, and how many of them follow the notice."""
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
CURVE = (
    (2.6, 0.6, 1.0),
    (2.6, 0.6, 0.03),
    (2.6, 0.7, 0.03),
    (2.6, 0.7, 0.025),
    (2.6, 0.7, 0.02),
    (2.6, 0.8, 0.025),
    (2.8, 0.7, 0.025),
)
TURN_CURVE = (-0.4, -0.2, 0.0, 0.2, 0.6)


class Table(NamedTuple):
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def lines(self) -> str:
        rows = [f"| {' | '.join(cells)} |" for cells in (self.head, *self.rows)]
        return "\n".join([rows[0], "|---" * len(self.head) + "|", *rows[1:]])

    def cell(self, row: str, column: int) -> float:
        """A number of the row that begins so; `column` 1 is the first after its name."""
        return float(next(cells for cells in self.rows if cells[0].startswith(row))[column])

    def span(self, columns: Sequence[int], rows: str = "") -> str:
        """The least and the most of some columns, in rows that begin so, whole: "0 to 2"."""
        said = [
            float(cells[at].replace("never", "99"))
            for cells in self.rows
            for at in columns
            if cells[0].startswith(rows)
        ]
        low, high = floor(min(said)), ceil(max(said))
        return f"{low} to {high}" if low != high else f"{low}"


CURVED = ("gained 13 points, 6 lost again, n 450", "gained 13 points, 6 lost again, n 150")


def per_cent(part: float) -> str:
    return f"{100 * part:.1f}"


def unchanged_table(n_series: int) -> Table:
    rng, rows = np.random.default_rng(SEED), []
    for name, world in UNCHANGED.items():
        parts = [false_claims(rng, world, share, n, n_series, *months) for n, share, *months in UNCHANGED_SIZES]
        rows.append([name, *(per_cent(part) for part in parts)])
    heads = [f"n {n}, {months} months, {reports} reports, %" for n, _, months, reports in UNCHANGED_SIZES]
    return Table(["nothing changes: any false claim in the reports since the notice", *heads], rows)


def sizes_table(n_series: int) -> Table:
    rng, rows = np.random.default_rng(SEED + 7), []
    for name, world in UNCHANGED.items():
        rows.append([name, *(per_cent(false_claims(rng, world, share, n, n_series)) for n, share in OTHER_SIZES)])
    heads = [f"n {n:,}, {100 * share:.0f}%, %" for n, share in OTHER_SIZES]
    return Table(["the same, of other sizes and shares, 36 months, 12 reports", *heads], rows)


def years_table(n_series: int) -> Table:
    rng, rows = np.random.default_rng(SEED + 1), []
    for name, n, share in (("n 632 a year, 70%", 53, 0.70), ("n 547, 17%", 46, 0.17), ("n 5,648, 23%", 470, 0.23)):
        for world_name, world in list(UNCHANGED.items())[:2]:
            with_months, alone = (
                year_against_year(rng, world, share, n, n_series, has_months=has_months) for has_months in (True, False)
            )
            rows.append([f"{name}, {world_name}", per_cent(with_months), per_cent(alone)])
    head = ["year against year, nothing changed: “more than chance”", "with its months, %", "years alone, %"]
    return Table(head, rows)


def changes_table(n_series: int) -> Table:
    rng, rows = np.random.default_rng(SEED + 2), []
    for name, world, before, after, n in CHANGES:
        found = detected(rng, world, before, after, n, n_series)
        first = "never" if found["median"] > 18 else f"{found['median']:g}"
        rows.append([name, first, *(per_cent(part) for part in found["at"].values()), per_cent(found["opposite"])])
    head = ["a true step at the notice", "first said: median month"]
    return Table([*head, *(f"said at {at}, %" for at in (3, 6, 9, 12, 18)), "opposite word ever, %"], rows)


def turns_table(n_series: int) -> Table:
    rng, rows = np.random.default_rng(SEED + 3), []
    for turn in TURNS:
        found = turned(rng, turn, n_series)
        parts = [*found["at"].values(), found["third to last"], found["within 8"]]
        rows.append([turn.name, *(per_cent(part) for part in parts)])
    heads = [f"opposite word {at} months on, %" for at in TURN_MONTHS]
    return Table(["a turn", *heads, "of all reports from the third on, %", "the turn said within 8 months, %"], rows)


def traps_table(n_series: int) -> Table:
    rng, rows = np.random.default_rng(SEED + 4), []
    for trap in TRAPS:
        wrong, seen = trapped(rng, trap, n_series)
        most = sorted(seen.items(), key=lambda item: -item[1])[:2]
        rows.append(
            [trap.name, trap.truth, per_cent(wrong), "; ".join(f"{word} {100 * part:.0f}" for word, part in most)]
        )
    return Table(["trap", "truth", "wrong word, %", "said most, %"], rows)


def public_table(n_series: int) -> Table:
    rng, rows = np.random.default_rng(SEED + 5), []
    for name, before, after in (("20 to 10", 0.20, 0.10), ("13 to 26", 0.13, 0.26), ("17, level", 0.17, 0.17)):
        found = same_for_the_public(rng, before, after, 46, n_series)
        rows.append([f"{name}, n 46, 12 months", *(per_cent(part) for part in found.values())])
    return Table(["what the public may see", "another word than the whole, %", "said, as it is, %"], rows)


def curve_table(n_series: int) -> Table:
    rows, worlds = [], list(UNCHANGED.values())
    for limit, lasting, wanders in CURVE:
        rng = np.random.default_rng(SEED + 6)
        with setting(limit, lasting, wanders):
            false = [false_claims(rng, worlds[place], 0.23, 450, n_series) for place in (0, 1, 4)]
            small = detected(rng, INDEPENDENT, 0.65, 0.75, 50, n_series)
            family = detected(rng, worlds[1], 0.23, 0.18, 450, n_series)
        said = [f"{each['median']:g}, {per_cent(each['at'][18])}" for each in (small, family)]
        most = f"{100 * wanders:g} points" if wanders < 1 else "no limit"
        rows.append([f"{limit}, {lasting}, {most}", *(per_cent(part) for part in false), *said])
    head = ["limit, lasting, wandering at most", "false: independent, %", "siblings, %", "noise that lasts, %"]
    return Table([*head, "65 to 75, n 50: month, said at 18 %", "23 to 18, siblings: month, said at 18 %"], rows)


def turn_curve_table(n_series: int) -> Table:
    """What a turn asks of the last months, against what a change that holds then loses."""
    rows = []
    for more in TURN_CURVE:
        rng = np.random.default_rng(SEED + 8)
        with setting(2.6, 0.7, 0.025, more):
            turns = [turned(rng, turn, n_series) for turn in TURNS if turn.name in CURVED]
            steps = ((0.65, 0.75, 50), (0.23, 0.18, 450))
            held = [detected(rng, INDEPENDENT, *step, n_series)["at"][18] for step in steps]
            asked = ", ".join(f"{verdict.TURNS[n]:.1f}" for n in (6, 3, 2))
        parts = [*(part for found in turns for part in (found["at"][8], found["third to last"])), *held]
        rows.append([asked, *(per_cent(part) for part in parts)])
    what = ("opposite word 8 months on", "of all from the third on")
    heads = [f"{name}: {which}, %" for name in CURVED for which in what]
    heads += ["65 to 75, n 50, holds: said at 18, %", "23 to 18, n 450, holds: said at 18, %"]
    return Table(["errors asked of 6 to 24, of 3 to 5, of 2 months", *heads], rows)


def summary(tables: Mapping[str, Table]) -> str:
    """How it was, and how it is: what was asked, beside what this run measured."""
    nothing, sizes, years, steps, turns, traps, public = (
        tables[name] for name in ("unchanged", "sizes", "years", "changes", "turns", "traps", "public")
    )
    n, m = range(1, 4), range(1, len(sizes.head))  # 12 reports, and long enough for a baseline
    ten, five = ("22 to 12, n 50", "65 to 75, n 50"), ("23 to 18, n 450", "63 to 68, n 450")

    def worlds(name: str) -> str:
        return f"{nothing.span(n, name)}; of other sizes {sizes.span(m, name)}"

    def step(names: tuple[str, str]) -> str:
        kept = Table(steps.head, [next(row for row in steps.rows if row[0] == name) for name in names])
        return f"{kept.span([1])}; {kept.span([6])}"

    def trap(name: str) -> str:
        return f"{traps.cell(name, 2):g}"

    rows = [
        ("nothing changes, any false claim in a year: children independent", "8 to 13", worlds("independent"), "10"),
        ("the same, siblings share the outcome", "55 to 66", worlds("siblings"), "10"),
        ("the same, a season of 4 points", "20", worlds("season"), "10"),
        ("the same, noise from month to month", "5 in one month", worlds("noise from"), "10"),
        ("the same, noise that lasts", "12 in one month", worlds("noise that"), "10"),
        ("any of these in 24 reports, two years since the notice", "not measured", nothing.span([4]), ""),
        ("year against year, nothing changed, siblings or not", "5 to 23", years.span([1, 2]), "7"),
        ("re-referrals level, referrals up 70 per cent in 3 months: “improving”", "100", trap("T4"), "5"),
        ("half of last month's late sign-offs not keyed: “improving”", "100", trap("T10"), "5"),
        ("one good month in 36: “improving”", "90", trap("T6"), "5"),
        ("gained and going back: “improving”", "41", trap("T1 "), "5"),
        ("lost and coming back: “worsening”", "39", trap("T2"), "5"),
        ("any trap: the wrong word at most", "100", f"{max(float(row[2]) for row in traps.rows):g}", "5"),
        ("repeat plans double, public view: said", "7", f"{public.cell('13 to 26', 2):g}, as whole", "the same"),
        ("a true 10 points at n 50: said first in month; still said at month 18", "6; 25 to 41", step(ten), "8; 80"),
        ("a true 5 points at n 450: the same", "2 to 3; 50 to 72", step(five), "4; 90"),
        ("gained and going back, n 450: the opposite word 8 months on", "41", f"{turns.cell(CURVED[0], 5):g}", "never"),
        ("the same, n 150", "not measured", f"{turns.cell(CURVED[1], 5):g}", "never"),
        ("every turn of the table: said within 8 months", "not measured", turns.span([len(turns.head) - 1]), "50"),
    ]
    return Table(["", "before", "now", "aim"], rows).lines()


def cannot(tables: Mapping[str, Table]) -> str:
    """What the engine is not good at, in figures of this run."""
    steps, turns, traps, sizes = (tables[name] for name in ("changes", "turns", "traps", "sizes"))

    def turn(name: str, column: int) -> str:
        return f"{turns.cell(name, column):.0f}"

    month_3, month_4, month_8, month_12 = (1 + TURN_MONTHS.index(at) for at in (3, 4, 8, 12))
    small, fewest = CURVED[1], "gained 13 points, 6 lost again, n 50"
    slow = next(row[3] for row in traps.rows if row[0].startswith("T12"))
    first = {row[0]: row[1] for row in steps.rows}
    said = (
        "**Five points at 50 a month** are seldom seen within a year, by anybody: in "
        f"{steps.cell('65 to 70', 5):.0f} of 100 cases. The sentence says what could be.",
        "**Siblings cost time.** Where families share outcomes, a true five points at 450 a month is first said in "
        f"month {first['23 to 18, n 450, siblings']} (median), and ten points at 50 a month in month "
        f"{first['65 to 75, n 50, siblings']}. No return that we hold carries a household.",
        "**A turn is not seen in the month it comes.** Of six points going back at 150 a month, the old word is still "
        f"said in the third month in {turn(small, month_3)} of 100 cases, in the fourth in {turn(small, month_4)}, in "
        f"the eighth in {turn(small, month_8)} and in the twelfth in {turn(small, month_12)}. At 50 a month six points "
        f"are what one month varies by: {turn(fewest, month_4)} in the fourth, {turn(fewest, month_8)} in the eighth.",
        f"**A slow change** may be called a new level while it still goes on (30 to 21 per cent in 24 months: {slow}).",
        "**Noise that lasts from month to month** is the hardest: see the curve. Where finding sooner and claiming "
        "falsely pull against each other we chose not to claim. Where the share is small (5 per cent of 80) and "
        "practice wanders by 2 points, which is two fifths of it, "
        f"{sizes.cell('noise that lasts', 2):.0f} unchanged series of 100 are called a change.",
        "**A standard younger than two years before the notice** has no baseline by which it can be judged, and never "
        "will have by itself: the sentence says that only a decision can set another.",
    )
    return "\n".join(fill(each, 118, initial_indent="- ", subsequent_indent="  ") for each in said)


TABLES: Mapping[str, tuple[Callable[[int], Table], float]] = {
    "unchanged": (unchanged_table, 1.0),
    "sizes": (sizes_table, 0.5),
    "years": (years_table, 1.5),
    "changes": (changes_table, 1.0),
    "turns": (turns_table, 1.0),
    "traps": (traps_table, 1.0),
    "public": (public_table, 0.5),
    "curve": (curve_table, 0.5),
    "turn curve": (turn_curve_table, 0.5),
}
"""Each table, and the part of the series that its rows are made of."""


def run(n_series: int = 200) -> dict[str, Any]:
    """Measure everything, write it into docs/claims.md, and give the figures that are to be held."""
    with ProcessPoolExecutor() as pool:
        made = {name: pool.submit(make, int(n_series * part)) for name, (make, part) in TABLES.items()}
        tables = {name: each.result() for name, each in made.items()}
    print("\n\n".join(each.lines() for each in tables.values()), flush=True)
    note = f"{n_series} series a row (half for other sizes, the curves and the public view, seed {SEED})."
    text = PAGE.read_text(encoding="utf-8")
    for name, written in (
        ("summary", summary(tables)),
        ("what it cannot do", cannot(tables)),
        ("tables", "\n\n".join([note, *(each.lines() for each in tables.values())])),
    ):
        text = replaced(text, name, written)
    PAGE.write_text(text, encoding="utf-8")
    return {"tables kept in docs/claims.md": len(tables), "series a row": n_series}


def replaced(text: str, name: str, written: str) -> str:
    """The page with one of its measured parts written anew. Raises ValueError when it has no such part."""
    begins, ends = f"<!-- measured: {name} -->", f"<!-- end of {name} -->"
    before, old, after = (
        text[: text.index(begins)],
        text[text.index(begins) : text.index(ends)],
        text[text.index(ends) :],
    )
    return text if not old else f"{before}{begins}\n{written}\n{after}"
