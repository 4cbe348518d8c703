"""Invented figures for reports' tests: plain integers by indicator and month, with no census behind them.

Not here: counting, which the engine specs hold. Rule: the same call gives the same figures.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from holdfast import analytics
from holdfast.access.doors import SYSTEM
from holdfast.organisation.models import Programme
from holdfast.performance.models import Release

AS_AT = date(2014, 1, 31)
COUNTED = ("I03", "I04", "I20")
"""The indicators that the invented release counted: a count, one where lower is better, one where higher is."""


def months() -> Iterator[tuple[int, int]]:
    """April 2010 to January 2014."""
    for place in range(46):
        yield 2010 + (3 + place) // 12, (3 + place) % 12 + 1


def figures(indicator: str, is_count: bool, small: bool = False) -> tuple[Any, ...]:
    """Months, full years and the part-year of one indicator: seasons, a little noise, and one small month if asked."""
    from holdfast.analytics.figure import Figure, financial_year, month

    seed = sum(ord(letter) for letter in indicator)
    made, years = [], {}
    for place, (year, number) in enumerate(months()):
        base = 300 + (seed * 7 + place * 37) % 60 + (120 if year == 2013 and indicator == "I04" else 0)
        n_in = base if is_count else base * (15 + (seed + place * 5) % 12) // 100
        if small and place == 40:
            n_in = 3
        n_unknown = 0 if is_count else (seed + place) % 3 * 4
        made.append(Figure(month(year, number), "", n_in, 0 if is_count else base - n_in, n_unknown))
        ending = year + 1 if number >= 4 else year
        so_far = years.get(ending, (0, 0, 0))
        years[ending] = tuple(a + b for a, b in zip(so_far, (n_in, made[-1].n_not, n_unknown), strict=True))
    return (*made, *(Figure(financial_year(ending, as_at=AS_AT), "", *sums) for ending, sums in years.items()))


def publish(
    programme: Programme, calculation_id: str = "a" * 64, number: int = 1, published_at: datetime | None = None
) -> Release:
    """A published release whose figures are the invented ones, while `invented_figures` is in force."""
    return Release.objects.create(
        programme=programme,
        number=number,
        state=Release.State.PUBLISHED,
        calculation_id=calculation_id,
        answers_id=calculation_id,
        snapshot_id="b" * 64,
        engine="duckdb",
        as_at=AS_AT,
        n_figures=1,
        calculated_at=timezone.now(),
        published_at=published_at or timezone.now(),
    )


class Invented:
    """Answers made of the invented figures as a release's are, and asked for as those are. Nothing is broken down."""

    versions = {name: analytics.INDICATORS[name].version for name in COUNTED}
    breakdowns: Mapping[str, tuple[str, ...]] = dict.fromkeys(COUNTED, ())
    judged_by = "nothing, so that every reader's question is judged anew"
    last_day = AS_AT

    def __init__(self, calculation_id: str, small: bool) -> None:
        self.calculation_id, self.small = calculation_id, small

    def by_group(self, indicator: str, policy: str, breakdown: str = "") -> Mapping[str, "analytics.Answer"]:
        return {"": _answer(indicator, self.calculation_id, policy, self.small)}

    def is_published(self, indicator: str) -> bool:
        return True

    def scorecard(self, policy: str) -> Mapping[str, "analytics.Answer"]:
        return {name: self.by_group(name, policy)[""] for name in COUNTED}


@cache
def _answer(indicator: str, calculation_id: str, policy: str, small: bool) -> "analytics.Answer":
    card = analytics.INDICATORS[indicator]
    is_count = card.unit == "count"
    found = figures(indicator + calculation_id[:1], is_count, small and not is_count)
    whole, shown = analytics.protect(found, "inside"), analytics.protect(found, policy)
    published = analytics.protect(found, "publish")
    return analytics.told(card, card.version, whole, shown, published)


@contextmanager
def invented_figures(small: bool = True) -> Iterator[None]:
    """Read invented answers where the store's would be read. Small counts are there to be hidden."""

    @cache
    def read(store: Any, answers_id: str) -> Any:
        return Invented(answers_id, small)

    throughout = {name: ((date(2010, 4, 1), date(2014, 1, 31)),) for name in analytics.INDICATORS}
    kept = SimpleNamespace(given={name: {"FY2013": None} for name in throughout}, spans=throughout)
    with (
        patch.object(analytics, "kept_answers", read),
        patch.object(analytics, "release", lambda *asked: kept),
        patch.object(analytics, "not_held", lambda *asked: []),
    ):
        yield


def load_notice_and_plan(programme: Programme, notice: str, plan: str = "") -> None:
    """A notice that ships, and a plan that ships, loaded as the system."""
    from pathlib import Path

    from holdfast.access import clock
    from holdfast.notice.services.loading import load_notice
    from holdfast.plan.services.loading import load_plan
    from people import made_once

    def load() -> None:
        load_notice(by=SYSTEM, at=clock.now(), programme=programme, file=Path(notice))
        if plan:
            load_plan(by=SYSTEM, at=clock.now(), programme=programme, file=Path(plan))

    made_once(f"{notice} {plan}", load)
