"""For which periods an indicator is held in a release, and the words where it is not: page, CSV, JSON and paper alike.

The words themselves are analytics' (cover.not_held_words). Rule: a period that is not held is said, never left out and
never nought.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from holdfast import analytics
from holdfast.performance.keeping import store
from holdfast.performance.models import Release
from holdfast.performance.selectors.unanswerable import NeverHeld


def not_held(release: Release, indicator: str, until: date | None = None) -> Sequence["analytics.NotHeld"]:
    """The periods that the release was asked for and cannot give for an indicator: months in order, then years."""
    found = analytics.not_held(store(), release.calculation_id, indicator)
    return [one for one in found if until is None or one.period.ends_on <= until]


def periods_given(release: Release, indicator: str) -> Mapping[str, "analytics.Period"]:
    """The periods that a release gives for an indicator: months in order, then years. Raises NeverHeld for none."""
    found = analytics.release(store(), release.calculation_id).given[indicator]
    if not found:
        raise NeverHeld(release.reference, indicator)
    return found


def latest_month(release: Release, indicator: str) -> "analytics.Period":
    """The last month that a release gives for an indicator, or its last period when it gives no month."""
    given = list(periods_given(release, indicator).values())
    return next((period for period in reversed(given) if period.kind == "month"), given[-1])


def days_held(release: Release, indicator: str) -> str:
    """The days on which everything that an indicator needs is held; "no day" for none."""
    return analytics.spans_words(analytics.release(store(), release.calculation_id).spans[indicator])


def is_held(release: Release, indicator: str) -> bool:
    """Whether an indicator is held in any period of a release."""
    return bool(analytics.release(store(), release.calculation_id).given[indicator])
