"""For which periods an indicator is held in a release, the words where it is not, and which sources answer for them.

The words themselves are analytics' (cover.not_held_words). Rule: a period that is not held is said, never left out and
never nought.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from holdfast import analytics
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.performance.extracts import titles
from holdfast.performance.keeping import store
from holdfast.performance.models import Release
from holdfast.performance.selectors.figures import policy_for
from holdfast.performance.selectors.unanswerable import NeverHeld

FEWEST_SHOWN: Final = 6


@dataclass(frozen=True)
class SourceOfTable:
    """One kind of source of one table: the days that it answers for, and the kinds that also gave those days."""

    table: str
    kind: str
    days: str
    over: str
    settled: str = ""
    """How many conflicts with other kinds of return its values settled, by what they were about."""


def not_held(
    release: Release, indicator: str, until: date | None = None, breakdown: str = ""
) -> Sequence["analytics.NotHeld"]:
    """The periods that the release was asked for and cannot give for an indicator: months in order, then years; and
    those that it does not give by a breakdown."""
    found = analytics.not_held(store(), release.calculation_id, indicator, breakdown)
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


SETTLED: Final = {
    "returns-differ-birth": "date of birth",
    "returns-differ-sex": "sex",
    "returns-differ-referral": "date of referral",
    "returns-differ-closed": "closed or open",
}


def _settled_words(by_rule: Mapping[str, int], *, hides: bool) -> str:
    """ "12 date of birth, 8 sex"; a handful is "c" for those from whom small counts are hidden."""
    return ", ".join(
        f"{'c' if hides and n < FEWEST_SHOWN else f'{n:,}'} {SETTLED.get(rule, rule)}" for rule, n in by_rule.items()
    )


def sources(user: Actor, code: str, release: Release) -> Sequence[SourceOfTable]:
    """Every table that the release holds, and who answers for its days. () for a release made before it was kept."""
    check(user, Permission.SEE_INDICATORS, code)
    named, hides = titles(), policy_for(user, code) != "inside"
    return tuple(
        SourceOfTable(
            table=table,
            kind=named.get(source["kind"], source["kind"]),
            days=analytics.spans_words(analytics.as_spans(source["spans"])),
            over=", ".join(named.get(kind, kind) for kind in source["over"]),
            settled=_settled_words(source.get("settled", {}), hides=hides),
        )
        for table, kinds in analytics.release(store(), release.calculation_id).sources.items()
        for source in kinds
    )
