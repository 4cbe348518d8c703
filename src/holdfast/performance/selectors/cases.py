"""The records behind a figure: child references, dates and outcomes, from the release's own rows.

Rule: only for those who may see child records over the whole programme, and each look is trailed before anything is
read. If the trail cannot be written, nothing is shown.
"""

from dataclasses import dataclass, replace
from typing import Any

from holdfast import analytics
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.trail import record_read
from holdfast.pages.paging import PAGE_SIZE, Page, offset
from holdfast.performance.keeping import store
from holdfast.performance.models import Release
from holdfast.performance.selectors.cover import latest_month, periods_given
from holdfast.performance.selectors.figures import check_counted, check_held, versions
from holdfast.performance.selectors.indicators import definition_card
from holdfast.performance.selectors.outcomes import RECORDS, outcome_words
from holdfast.performance.selectors.releases import chosen_release
from holdfast.performance.selectors.unanswerable import NoSuchOutcome, NoSuchPeriod

OUTCOMES = ("in", "not", "unknown")


@dataclass(frozen=True)
class CasesSeen:
    """One page of the records behind a figure, already trailed."""

    definition: "analytics.Definition"
    release: Release
    asked: "Asked"
    period_words: str
    page: "Page[analytics.Row]"
    still_open: frozenset[str] = frozenset()

    @property
    def record_head(self) -> str:
        """What the records are called by: children's own references, or those of what the indicator counts."""
        return RECORDS.get(self.definition.id, "Child reference")

    def name_of(self, case: "analytics.Row") -> str:
        return (case.unit_id if self.definition.id in RECORDS else case.child) or "not known"

    def outcome(self, case: "analytics.Row") -> str:
        """What became of one record, in plain words."""
        return outcome_words(self.definition.id, case, self.still_open)

    def as_data(self) -> dict[str, Any]:
        """For --json: documented keys; one object per record."""
        return {
            "programme": self.release.programme.code,
            "release": self.release.reference,
            "indicator": self.definition.id,
            "version": versions(self.release)[self.definition.id],
            "period": self.asked.period,
            "outcome": self.asked.outcome,
            "total": self.page.total,
            "cases": [case_data(one) for one in self.page.rows],
        }

    def in_words(self) -> str:
        lines = [f"{self.definition.id} {self.definition.title}, {self.period_words}, {self.release.reference}"]
        lines.append(f"{self.page.total:,} records; showing {self.page.in_words}. This look is in the trail.")
        lines += [
            f"  {self.name_of(one):<20}{self.outcome(one):<30}{one.event_on}  due {one.due_on or '-'}"
            for one in self.page.rows
        ]
        return "\n".join(lines)


def case_data(case: "analytics.Row") -> dict[str, Any]:
    return {
        "unit": case.unit_id,
        "child": case.child,
        "event_on": case.event_on.isoformat() if case.event_on else None,
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "elapsed": case.elapsed,
        "in_numerator": case.in_numerator,
    }


@dataclass(frozen=True)
class Asked:
    """Which records are wanted. "" period: the latest month. "" outcome: all three. "" breakdown: all children."""

    period: str = ""
    outcome: str = ""
    breakdown: str = ""
    group: str = ""


def cases(
    user: Actor, code: str, indicator: str, period: str = "", outcome: str = "", page: int = 1, *, size: int = PAGE_SIZE
) -> CasesSeen:
    """One page of the records behind a figure for all children. See `cases_asked`."""
    return cases_asked(user, code, indicator, Asked(period, outcome), page, size=size)


def cases_asked(
    user: Actor,
    code: str,
    indicator: str,
    asked: Asked,
    page: int = 1,
    *,
    release: int | None = None,
    size: int = PAGE_SIZE,
) -> CasesSeen:
    """One page of the records behind a figure. Trailed first, whatever is then found.

    Raises Refused, NoRelease, NoSuchIndicator, NoSuchPeriod, NoSuchOutcome or BreakdownNotHeld.
    """
    check(user, Permission.SEE_CHILD_RECORDS, code)
    chosen = chosen_release(user, code, release)
    definition = definition_card(indicator)
    if asked.outcome and asked.outcome not in OUTCOMES:
        raise NoSuchOutcome
    check_counted(chosen, indicator)
    check_held(chosen, indicator, asked.breakdown)
    given = periods_given(chosen, indicator)
    wanted = asked.period or latest_month(chosen, indicator).id
    if wanted not in given:
        raise NoSuchPeriod(given)
    subject = f"{indicator} {wanted} {asked.outcome or 'all'} page {page}"
    detail = {"release": chosen.reference, "by": asked.breakdown, "group": asked.group}
    record_read(user, what="saw the records behind a figure", programme=code, subject=subject, detail=detail)
    found, total = analytics.rows(
        store(),
        chosen.calculation_id,
        indicator,
        period=wanted,
        outcome=asked.outcome or None,
        breakdown=asked.breakdown,
        group=asked.group,
        offset=offset(page, size),
        limit=size,
    )
    shown = Page(found, max(page, 1), total, size)
    still_open = _still_open(chosen, indicator, wanted)
    return CasesSeen(definition, chosen, replace(asked, period=wanted), given[wanted].words, shown, still_open)


def _still_open(release: Release, indicator: str, period: str) -> frozenset[str]:
    """The records of an indicator that had not ended when the period did, where another indicator counts that stock."""
    stock = definition_card(indicator).still_open
    if stock not in versions(release):
        return frozenset()
    found, _ = analytics.rows(store(), release.calculation_id, stock, period=period, limit=10_000_000)
    return frozenset(row.unit_id for row in found)


def cases_data(user: Actor, code: str, indicator: str, *, period: str = "", outcome: str = "") -> CasesSeen:
    """Every record behind a figure, for the command line. Trailed as one look."""
    return cases(user, code, indicator, period, outcome, size=1_000_000)
