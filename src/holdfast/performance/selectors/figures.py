"""Figures of a release as one account may see them: read from the store, then protected. Nothing else reads figures.

A calculation is immutable, so what was read and protected is kept in memory, by calculation and policy. Rule: a whole
indicator is protected at once (totals, groups, months and years) with those that count the same records, and only then
is a part of it chosen.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from holdfast import analytics
from holdfast.access.doors import Actor
from holdfast.performance.keeping import store
from holdfast.performance.models import Release
from holdfast.performance.selectors.permitted import policy_for
from holdfast.performance.selectors.unanswerable import BreakdownNotHeld, NoSuchIndicator, NotCounted


def versions(release: Release) -> Mapping[str, int]:
    """The indicators a release counted, and the version of each that it counted by."""
    found: Mapping[str, int] = _facts(Path(settings.HOLDFAST_DATA), release.calculation_id)["indicators"]
    return found


@lru_cache(maxsize=64)
def _facts(data: Path, calculation_id: str) -> Mapping[str, Any]:
    facts: Mapping[str, Any] = store().facts("releases", calculation_id)
    return facts


def check_counted(release: Release, indicator: str) -> None:
    """Raise NoSuchIndicator, or NotCounted where the indicator is newer than the release."""
    if indicator not in analytics.INDICATORS:
        raise NoSuchIndicator(indicator)
    if indicator not in versions(release):
        raise NotCounted(release.reference, indicator)


def breakdowns_held(release: Release, indicator: str) -> tuple[str, ...]:
    """The breakdowns that both the release's returns and the indicator's definition can give."""
    can = set(release.can_break_down)
    return tuple(one for one in analytics.INDICATORS[indicator].breakdowns if one in can)


def check_held(release: Release, indicator: str, breakdown: str) -> None:
    """Raise BreakdownNotHeld, in words, for a breakdown that the release cannot give. None at all is always held."""
    held = breakdowns_held(release, indicator)
    if breakdown and breakdown not in held:
        can = tuple(analytics.breakdown_words(one) for one in held)
        raise BreakdownNotHeld(release.reference, indicator, analytics.breakdown_words(breakdown), can)


class BreakdownOfAnEarlierRelease(BreakdownNotHeld):
    """Two releases broken down the same way can be subtracted, so only the last published one is broken down."""

    def __init__(self, release: str) -> None:
        self.held = ()
        Exception.__init__(
            self,
            f"{release.capitalize()} is not the last release published, so it is given for all children together: "
            "set beside the last release, its groups could give small counts away.",
        )


def _check_is_last(release: Release) -> None:
    published = Release.objects.filter(programme=release.programme, state=Release.State.PUBLISHED)
    if published.order_by("-number").values_list("number", flat=True).first() != release.number:
        raise BreakdownOfAnEarlierRelease(release.reference)


def protected_figures(
    user: Actor, release: Release, indicator: str, breakdown: str = ""
) -> tuple["analytics.Protected", ...]:
    """Every figure of an indicator in a release, in time order: the totals, and the groups of a breakdown if asked.

    Raises NoSuchIndicator, NotCounted or BreakdownNotHeld. The caller has checked that the account may see indicators.
    """
    check_counted(release, indicator)
    check_held(release, indicator, breakdown)
    policy = policy_for(user, release.programme.code)
    if breakdown and policy != "inside":
        _check_is_last(release)
    return _protected(Path(settings.HOLDFAST_DATA), release.calculation_id, indicator, breakdown, policy)


def figures_by(release: Release, indicator: str, breakdown: str, policy: str) -> tuple["analytics.Protected", ...]:
    """Every figure by a policy, in the order of protected_figures: whole, to decide a word on, or as published.

    Never to show as they are. Raises NoSuchIndicator, NotCounted or BreakdownNotHeld.
    """
    check_counted(release, indicator)
    check_held(release, indicator, breakdown)
    return _protected(Path(settings.HOLDFAST_DATA), release.calculation_id, indicator, breakdown, policy)


def _protected(
    data: Path, calculation_id: str, indicator: str, breakdown: str, policy: str
) -> tuple["analytics.Protected", ...]:
    if not analytics.INDICATORS[indicator].is_of_children:
        return _protected_family(data, calculation_id, (indicator,), breakdown, "inside")[indicator]
    family = _family(data, calculation_id, indicator, breakdown)
    return _protected_family(data, calculation_id, family, breakdown, policy)[indicator]


@lru_cache(maxsize=128)
def _protected_family(
    data: Path, calculation_id: str, family: tuple[str, ...], breakdown: str, policy: str
) -> Mapping[str, tuple["analytics.Protected", ...]]:
    """Indicators that count the same records, protected together: one would give away what another hides."""
    every = {}
    for one in family:
        every[one] = _figures(data, calculation_id, one, "")
        if breakdown:
            every[one] += tuple(each for each in _figures(data, calculation_id, one, breakdown) if each.group)
    return {one: tuple(found) for one, found in analytics.protect_alike(every, policy).items()}


@lru_cache(maxsize=512)
def _family(data: Path, calculation_id: str, indicator: str, breakdown: str) -> tuple[str, ...]:
    """The indicators of a release that count the same records as this one, and can be broken down the same way.

    Only those of children: what is not of children is shown whole, so it neither hides a count nor is hidden by one.
    """
    counted: Mapping[str, int] = _facts(data, calculation_id)["indicators"]
    known = {name: analytics.INDICATORS[name] for name in counted if name in analytics.INDICATORS}
    can = [
        name
        for name in counted
        if (name not in known or known[name].is_of_children)
        and (not breakdown or (name in known and breakdown in known[name].breakdowns))
    ]
    families = analytics.alike({one: _figures(data, calculation_id, one, "") for one in can})
    return next(one for one in families if indicator in one)


@lru_cache(maxsize=256)
def _figures(data: Path, calculation_id: str, indicator: str, breakdown: str) -> tuple["analytics.Figure", ...]:
    return tuple(analytics.figures(store(), calculation_id, indicator, breakdown))
