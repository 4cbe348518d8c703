"""Which kind of source answers for which days of each table of a release, and before which others."""

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast import analytics
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.performance.extracts import titles
from holdfast.performance.keeping import store
from holdfast.performance.models import Release


@dataclass(frozen=True)
class SourceOfTable:
    """One kind of source of one table: the days that it answers for, and the kinds that also gave those days."""

    table: str
    kind: str
    days: str
    over: str


def sources(user: Actor, code: str, release: Release) -> Sequence[SourceOfTable]:
    """Every table that the release holds, and who answers for its days. () for a release made before it was kept."""
    check(user, Permission.SEE_INDICATORS, code)
    named = titles()
    return tuple(
        SourceOfTable(
            table=table,
            kind=named.get(source["kind"], source["kind"]),
            days=analytics.spans_words(analytics.as_spans(source["spans"])),
            over=", ".join(named.get(kind, kind) for kind in source["over"]),
        )
        for table, kinds in analytics.release(store(), release.calculation_id).sources.items()
        for source in kinds
    )
