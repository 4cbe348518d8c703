"""The shape of an invented authority: targets, seasons, mixes and delays, read from data that gives their sources.

The generator knows no real council: everything particular to one is in the data (`county.yaml` unless another is
given).
"""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any


@dataclass(frozen=True)
class Mix:
    """Codes with weights, drawn one at a time."""

    codes: tuple[str, ...]
    running: tuple[float, ...]

    def draw(self, rng: Random) -> str:
        return self.codes[bisect(self.running, rng.random() * self.running[-1])]


@dataclass(frozen=True)
class Bands:
    """Whole numbers in weighted bands, ends included."""

    bounds: tuple[tuple[int, int], ...]
    running: tuple[float, ...]

    def draw(self, rng: Random) -> int:
        lowest, highest = self.bounds[bisect(self.running, rng.random() * self.running[-1])]
        return lowest + int(rng.random() * (highest - lowest + 1))


@dataclass(frozen=True)
class YearTargets:
    """What a census year (or part of one) must come to, counted from its file. `published`: the totals are real."""

    starts_on: date
    ends_on: date
    published: bool
    source: str
    referrals: int
    re_referrals: int
    referral_nfa: int
    plans_started: int
    repeat_plans: int
    enquiries: int
    in_need_at_end: int
    plans_at_end: int
    long_plans_at_end: int
    demand: tuple[float, ...] = (1.0,) * 12
    nfa: tuple[float, ...] = (1.0,) * 12


COUNTS = ("referrals", "re_referrals", "referral_nfa", "plans_started", "repeat_plans", "enquiries")
STOCKS = ("in_need_at_end", "plans_at_end", "long_plans_at_end")


@dataclass(frozen=True)
class Shape:
    """Everything the simulation is told. See `county.yaml` for the meaning and source of each field."""

    title: str
    opening_day: date
    opening: Mapping[str, int]
    years: tuple[YearTargets, ...]
    season: tuple[float, ...]
    month_noise: float
    weekend_share: float
    knots: Mapping[str, tuple[tuple[int, float], ...]]
    bands: Mapping[str, Bands]
    mixes: Mapping[str, Mix]
    rates: Mapping[str, float]
    mess: Mapping[str, float]
    mess_counts: Mapping[str, int]
    slow_recording: tuple[int, int, float]
    factors_from: int

    def share_on(self, name: str, day: int) -> float:
        """The value of a moving share on a day (proleptic ordinal): a straight line between its knots."""
        knots = self.knots[name]
        if day <= knots[0][0]:
            return knots[0][1]
        for (left, low), (right, high) in pairwise(knots):
            if day <= right:
                return low + (high - low) * (day - left) / (right - left)
        return knots[-1][1]

    def scaled(self, scale: float) -> "Shape":
        """The same shape for an authority `scale` times as large. Each rare kind of mess still occurs."""
        years = tuple(
            replace(year, **{name: round(getattr(year, name) * scale) for name in (*COUNTS, *STOCKS)})
            for year in self.years
        )
        return replace(self, years=years, opening={name: round(n * scale) for name, n in self.opening.items()})


def county(path: Path | None = None) -> Shape:
    """The shape in a data file: `county.yaml` beside this module unless another is given."""
    import yaml

    text = path.read_text("utf-8") if path else files(__package__).joinpath("county.yaml").read_text("utf-8")
    return shape_from(yaml.safe_load(text))


def shape_from(data: Mapping[str, Any]) -> Shape:
    """A shape from plain data. Raises KeyError naming the first thing that is missing."""
    knots = {
        name: tuple((day.toordinal(), float(value)) for day, value in data[name])
        for name in ("assessments_in_time", "conferences_in_time", "reviews_in_time")
    }
    bands = {name: _bands(rows) for name, rows in data.items() if name.endswith(("_days_in_time", "_days_late"))}
    bands |= {name: _bands(data[name]) for name in ("enquiry_days", "plan_days", "ages")}
    bands |= {f"episode_{name}": _bands(rows) for name, rows in data["episode_days"].items()}
    bands |= {f"recorded_{name}": _bands(rows) for name, rows in data["recorded_after"].items()}
    mixes = (
        "sources",
        "needs",
        "ethnicities",
        "disabilities",
        "categories",
        "factors",
        "closure_reasons",
        "pathways",
        "family_sizes",
    )
    slow = data["recording_slow"]
    opening = dict(data["opening"])
    return Shape(
        title=data["title"],
        opening_day=opening.pop("day"),
        opening=opening,
        years=tuple(_year(row) for row in data["years"]),
        season=tuple(float(weight) for weight in data["season"]),
        month_noise=float(data["month_noise"]),
        weekend_share=float(data["weekend_share"]),
        knots=knots,
        bands=bands,
        mixes={name: _mix(data[name]) for name in mixes},
        rates=data["rates"],
        mess={name: value for name, value in data["mess"].items() if name != "counts"},
        mess_counts=data["mess"]["counts"],
        slow_recording=(slow["from"].toordinal(), slow["to"].toordinal(), float(slow["factor"])),
        factors_from=data["factors_from"].toordinal(),
    )


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """A whole number shared out in proportion to the weights, largest remainders first: the parts sum to the total."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts


def _year(row: Mapping[str, Any]) -> YearTargets:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return YearTargets(**fields)


def _mix(weights: Mapping[Any, float]) -> Mix:
    return Mix(tuple(str(code) for code in weights), _running(weights.values()))


def _bands(rows: Sequence[Sequence[Any]]) -> Bands:
    return Bands(tuple((int(low), int(high)) for _, low, high in rows), _running(row[0] for row in rows))


def _running(weights: Any) -> tuple[float, ...]:
    total = 0.0
    sums = []
    for weight in weights:
        total += weight
        sums.append(total)
    return tuple(sums)
