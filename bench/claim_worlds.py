"""Invented series for the bench of claims: worlds where nothing changes, true changes, and traps. Counts only.

Each world gives, for a seed, `n_series` pairs of whole numbers a month: how many are in, and out of how many. Rule:
nothing here knows how a claim is decided.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

FAMILIES = (0.50, 0.27, 0.14, 0.06, 0.03)
"""Families of 1 to 5 children; the children of one family share one outcome. An upper bound."""
BEFORE = 24
Counts = tuple[Any, Any]


@dataclass(frozen=True)
class World:
    """How chance works: children or families, a season, noise from month to month, noise that lasts."""

    siblings: bool = False
    season: float = 0.0
    noise: float = 0.0
    lasting: float = 0.0


INDEPENDENT = World()
UNCHANGED = {
    "independent": INDEPENDENT,
    "siblings share the outcome": World(siblings=True),
    "season of 4 points": World(season=0.04),
    "noise from month to month, sd 2 points": World(noise=0.02),
    "noise that lasts (AR 0.6), sd 2 points": World(noise=0.02, lasting=0.6),
}


def counts(rng: Any, world: World, levels: Any, bases: Any, n_series: int) -> Counts:
    """`levels`: the true share of each month; `bases`: how many are expected to be counted. Both broadcast."""
    levels = np.broadcast_to(np.asarray(levels, float), (n_series, np.shape(levels)[-1])).copy()
    months = levels.shape[1]
    bases = np.broadcast_to(np.asarray(bases, float), (n_series, months))
    levels += world.season * np.sin(2 * np.pi * (np.arange(months) + rng.integers(0, 12, (n_series, 1))) / 12)
    levels += _noise(rng, world, n_series, months)
    levels = np.clip(levels, 0.002, 0.998)
    if not world.siblings:
        n = rng.poisson(bases)
        return rng.binomial(n, levels), n
    n_in, n = np.zeros((n_series, months), int), np.zeros((n_series, months), int)
    size = sum(children * part for children, part in enumerate(FAMILIES, start=1))
    for children, part in enumerate(FAMILIES, start=1):
        families = rng.poisson(bases / size * part)
        n_in += children * rng.binomial(families, levels)
        n += children * families
    return n_in, n


def _noise(rng: Any, world: World, n_series: int, months: int) -> Any:
    if not world.noise:
        return 0.0
    moved = np.zeros((n_series, months))
    moved[:, 0] = rng.normal(0, world.noise, n_series)
    fresh = world.noise * np.sqrt(1 - world.lasting**2)
    for month in range(1, months):
        moved[:, month] = world.lasting * moved[:, month - 1] + rng.normal(0, fresh, n_series)
    return moved


def steps(*stretches: tuple[int, float]) -> Any:
    """Levels, stretch after stretch: (months, level)."""
    return np.concatenate([np.full(months, float(level)) for months, level in stretches])


@dataclass(frozen=True)
class Trap:
    """A series with what must not be said of it at its last month. `wrong` names words by the sides in bench.claims."""

    name: str
    truth: str
    wrong: str
    make: Callable[[Any, int], Counts]
    polarity: str = "lower"
    notice: int = BEFORE
    usual_revision: tuple[float, ...] = ()


@dataclass(frozen=True)
class Turn:
    """A change that is undone, in part or whole, `after` months before the series ends: the opposite word is then the
    one that the change deserved until it turned. `polarity` lower: it was a gain, higher: a loss."""

    name: str
    levels: Any
    n: float
    polarity: str = "lower"
    world: World = INDEPENDENT
    after: int = 18


def _gained(months: int = 12) -> Any:
    return steps((BEFORE, 0.30), (months, 0.17), (18, 0.23))


_SLIDING = np.concatenate([steps((BEFORE, 0.30), (10, 0.18)), 0.18 + 0.01 * np.arange(1, 13), np.full(6, 0.30)])
TURNS = (
    Turn("gained 13 points, 6 lost again, n 450", _gained(), 450),
    Turn("gained 13 points, 6 lost again, n 150", _gained(), 150),
    Turn("gained 13 points, 6 lost again, n 50", _gained(), 50),
    Turn("gained 13 points for 24 months, 6 lost again, n 150", _gained(24), 150),
    Turn("the same as the first, siblings", _gained(), 450, world=World(siblings=True)),
    Turn("the same as the first, noise that lasts, sd 2 points", _gained(), 450, world=World(noise=0.02, lasting=0.6)),
    Turn("the same, n 150, season of 4 points", _gained(), 150, world=World(season=0.04)),
    Turn("gained 12 points, sliding back by one a month, n 450", _SLIDING, 450),
    Turn("lost 30 points, 18 made good, n 420", steps((BEFORE, 0.70), (10, 0.40), (18, 0.58)), 420, "higher"),
    Turn("lost 30 points, 18 made good, n 50", steps((BEFORE, 0.70), (10, 0.40), (18, 0.58)), 50, "higher"),
    Turn("lost 12 points, 6 made good, n 150", steps((BEFORE, 0.70), (12, 0.58), (18, 0.64)), 150, "higher"),
)


def _flat_number(rng: Any, number: float, bases: Any, n_series: int) -> Counts:
    """A number in that does not change, whatever is counted beside it."""
    n_in = rng.poisson(number, (n_series, len(bases)))
    return n_in, n_in + rng.poisson(np.maximum(np.asarray(bases, float) - number, 1), n_in.shape)


def _one_month(level: float, odd: float, at: int, months: int = 36) -> Any:
    levels = np.full(months, level)
    levels[at] = odd
    return levels


def _unkeyed(rng: Any, n_series: int) -> Counts:
    """Half of the last month's late ones are not yet keyed."""
    n_in, n = counts(rng, INDEPENDENT, steps((36, 0.73)), 420, n_series)
    late = n[:, -1] - n_in[:, -1]
    n[:, -1] -= rng.binomial(late, 0.5)
    return n_in, n


def _unkeyed_quarter(rng: Any, n_series: int) -> Counts:
    """A third of the late ones of the last three months are not yet keyed."""
    n_in, n = counts(rng, INDEPENDENT, steps((30, 0.73)), 420, n_series)
    n[:, -3:] -= rng.binomial(n[:, -3:] - n_in[:, -3:], 0.33)
    return n_in, n


def _plain(levels: Any, bases: Any, world: World = INDEPENDENT) -> Callable[[Any, int], Counts]:
    return lambda rng, n_series: counts(rng, world, levels, bases, n_series)


def _bases(*stretches: tuple[int, float]) -> Any:
    return steps(*stretches)


TRAPS = (
    Trap(
        "T3 number level, counted +19%",
        "no change",
        "either",
        lambda rng, s: _flat_number(rng, 104, _bases((24, 450), (12, 536)), s),
    ),
    Trap(
        "T4 number level, counted +70% in the last 3 months",
        "no change",
        "either",
        lambda rng, s: _flat_number(rng, 117, _bases((33, 480), (3, 816)), s),
    ),
    Trap(
        "T5 number level, counted +60% for two years",
        "no change",
        "either",
        lambda rng, s: _flat_number(rng, 117, _bases((24, 480), (24, 768)), s),
    ),
    Trap("T10 half of last month's late ones not keyed", "no change", "either", _unkeyed, "higher"),
    Trap("T6 one good month in 36", "no sustained change", "better", _plain(_one_month(0.23, 0.12, 35), 450)),
    Trap(
        "G 30% for 11 months after 23%, then one at 12%",
        "worse",
        "better",
        _plain(steps((24, 0.23), (11, 0.30), (1, 0.12)), 450),
    ),
    Trap(
        "T1 30%, 17% for 12 months, 23% for 8 (relapsing)",
        "going back",
        "better",
        _plain(steps((24, 0.30), (12, 0.17), (8, 0.23)), 450),
    ),
    Trap(
        "T2 70%, 40% for 10 months, 58% for 8 (recovering)",
        "coming back",
        "worse",
        _plain(steps((24, 0.70), (10, 0.40), (8, 0.58)), 420),
        "higher",
    ),
    Trap(
        "T13 30% to 20% two years ago, level since",
        "no change now",
        "improving",
        _plain(steps((24, 0.30), (24, 0.20)), 450),
    ),
    Trap("T7 season of 4 points", "no change", "either", _plain(steps((36, 0.23)), 450, World(season=0.04))),
    Trap("T8 noise, sd 2 points", "no change", "either", _plain(steps((36, 0.23)), 450, World(noise=0.02))),
    Trap(
        "T8b noise that lasts, sd 2 points",
        "no change",
        "either",
        _plain(steps((36, 0.23)), 450, World(noise=0.02, lasting=0.6)),
    ),
    Trap("T9 n of 4 to 10", "no change", "either", _plain(steps((36, 0.2)), 7)),
    Trap(
        "T12 slow real fall, 30% to 21% in 24 months",
        "improving",
        "worse",
        _plain(np.concatenate([np.full(24, 0.30), np.linspace(0.30, 0.21, 24)]), 450),
    ),
    # Ten more
    Trap(
        "U1 two good months running, of 12 since",
        "no sustained change",
        "better",
        _plain(steps((27, 0.23), (2, 0.16), (7, 0.23)), 450),
    ),
    Trap(
        "U2 one very good month, the second since the notice",
        "no sustained change",
        "better",
        _plain(_one_month(0.23, 0.10, 25, 27), 450),
    ),
    Trap(
        "U3 counted -25%, number on the bad side level",
        "no change",
        "either",
        lambda rng, s: _flat_number(rng, 104, _bases((24, 450), (12, 340)), s),
    ),
    Trap(
        "U4 30% to 20% a year before the notice, level since",
        "no change now",
        "either",
        _plain(steps((12, 0.30), (24, 0.20)), 450),
        notice=24,
    ),
    Trap(
        "U5 rising before the notice, level after it at the last level",
        "no change now",
        "better",
        _plain(np.concatenate([np.linspace(0.20, 0.27, 24), np.full(10, 0.27)]), 450),
    ),
    Trap(
        "U6 a third of three months' late ones not keyed",
        "no change",
        "either",
        _unkeyed_quarter,
        "higher",
        usual_revision=(0.07, 0.07, 0.07),
    ),
    Trap(
        "U7 siblings and a season at n 45",
        "no change",
        "either",
        _plain(steps((36, 0.20)), 45, World(siblings=True, season=0.04)),
    ),
    Trap(
        "U8 counted +40% by more easy ones, the late number level",
        "no change",
        "better",
        lambda rng, s: _mirrored(_flat_number(rng, 120, _bases((24, 450), (12, 630)), s)),
        "higher",
    ),
    Trap(
        "U9 gained 8 points, gone back in full for 6 months",
        "no change now",
        "better",
        _plain(steps((24, 0.28), (8, 0.20), (6, 0.28)), 450),
    ),
    Trap(
        "U10 lost 8 points, made good in full for 6 months",
        "no change now",
        "worse",
        _plain(steps((24, 0.28), (8, 0.36), (6, 0.28)), 450),
    ),
)


def _mirrored(found: Counts) -> Counts:
    n_in, n = found
    return n - n_in, n
