"""How late the records of an indicator came: those of periods that the release before had given already.

Two timestamps of a record are its own day and the release in which it first was as it is. Not here: what else moved
(revisions.py). Rule: counts of late records are small counts, so they are for those who may see such.
"""

from dataclasses import dataclass
from typing import Any

from holdfast import analytics
from holdfast.access.doors import Actor
from holdfast.pages.words import counted
from holdfast.performance.models import Release
from holdfast.performance.selectors.releases import moves


@dataclass(frozen=True)
class Recording:
    """What came late with a release, of one indicator. `months` are those of which anything did, oldest first."""

    since: Release
    in_all: "analytics.Lateness"
    months: tuple[tuple["analytics.Period", "analytics.Lateness"], ...]

    @property
    def words(self) -> str:
        """ "Recorded late: 31 records of months that release 1 (...) had given, half of them 12 days or more, ..."."""
        found = self.in_all
        if found.n_records == 1:
            return (
                f"Recorded late: 1 record of {self.months[0][0].words}, which {self.since.reference} had given, came "
                f"with this release, {counted(found.most_days, 'day')} or more after it happened."
            )
        month, most = max(self.months, key=lambda each: each[1].n_records)
        many = "" if len(self.months) == 1 else f"; most of them of {month.words} ({most.n_records:,})"
        return (
            f"Recorded late: {counted(found.n_records, 'record')} of months that {self.since.reference} had given came "
            f"with this release, half of them {counted(found.median_days, 'day')} or more after they happened, the "
            f"longest {counted(found.most_days, 'day')}{many}."
        )

    def as_data(self) -> dict[str, Any]:
        months = [{"period": period.id, **vars(late)} for period, late in self.months]
        return {"since": self.since.number, **vars(self.in_all), "months": months}


def recording(user: Actor, code: str, release: Release, indicator: str) -> Recording | None:
    """What came late of an indicator. None where nothing did, of a first release, or where small counts are hidden."""
    if release.compared_with is None:
        return None
    late = [
        (move.period, move.late_days)
        for move in moves(user, code, release)
        if move.indicator == indicator and move.period.kind == "month" and move.late_days
    ]
    in_all = analytics.lateness(day for _, days in late for day in days)
    if in_all is None:
        return None
    months = [(period, found) for period, days in late if (found := analytics.lateness(days))]
    return Recording(release.compared_with, in_all, tuple(months))
