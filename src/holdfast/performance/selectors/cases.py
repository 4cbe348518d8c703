"""The records behind a figure: child references, dates and outcomes, from the release's own rows.

Rule: only for those who may see child records, those of their own team where their role is over a team (whose.py), and
each look is trailed before anything is read. If the trail cannot be written, nothing is shown.
"""

from dataclasses import dataclass, replace
from typing import Any

from holdfast import analytics
from holdfast.access.doors import Actor, Refused
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
from holdfast.performance.selectors.whose import Whose, names_teams, team_of, whose_records, whose_words

OUTCOMES = ("in", "not", "unknown")
EVERY_ROW = 10_000_000


@dataclass(frozen=True)
class CasesSeen:
    """One page of the records behind a figure, already trailed. `whose`: whose they are, "" for the whole council's."""

    definition: "analytics.Definition"
    release: Release
    asked: "Asked"
    period_words: str
    page: "Page[analytics.Row]"
    still_open: frozenset[str] = frozenset()
    whose: str = ""

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
            "whose": self.whose,
            "total": self.page.total,
            "cases": [case_data(one) for one in self.page.rows],
        }

    def in_words(self) -> str:
        lines = [f"{self.definition.id} {self.definition.title}, {self.period_words}, {self.release.reference}"]
        lines.append(f"{self.page.total:,} records; showing {self.page.in_words}. This look is in the trail.")
        lines += [self.whose] if self.whose else []
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
    whose = whose_records(user, Permission.SEE_CHILD_RECORDS, code)
    chosen = _release_asked(user, code, release, whose)
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
    detail |= {"only the teams": ", ".join(whose.own)}
    record_read(user, what="saw the records behind a figure", programme=code, subject=subject, detail=detail)
    asked = replace(asked, period=wanted)
    found, total, words = _found(chosen, indicator, asked, whose, offset(page, size), size)
    shown = Page(found, max(page, 1), total, size)
    still_open = _still_open(chosen, indicator, wanted)
    return CasesSeen(definition, chosen, asked, given[wanted].words, shown, still_open, words)


def _release_asked(user: Actor, code: str, number: int | None, whose: Whose) -> Release:
    """The release asked for; for a role over a team the last alone, because an earlier one names who had a case then.

    Raises Refused or NoRelease.
    """
    latest = None if whose.is_whole else chosen_release(user, code)
    if latest is None:
        return chosen_release(user, code, number)
    if number not in (None, latest.number):
        raise Refused(Permission.SEE_CHILD_RECORDS, code)
    return latest


def _found(
    release: Release, indicator: str, asked: Asked, whose: Whose, first: int, size: int
) -> "tuple[list[analytics.Row], int, str]":
    """The rows of one page, how many there are in all, and whose they are in words ("": the whole council's)."""

    found, total = analytics.rows(
        store(),
        release.calculation_id,
        indicator,
        period=asked.period,
        outcome=asked.outcome or None,
        breakdown=asked.breakdown,
        group=asked.group,
        offset=first if whose.is_whole else 0,
        limit=size if whose.is_whole else EVERY_ROW,
    )
    if whose.is_whole:
        return found, total, ""
    own = [row for row in found if whose.may_see(team_of(row))]
    # Of the whole period, whatever is asked for: else a question could be put about those that name no team.
    every, _ = analytics.rows(store(), release.calculation_id, indicator, period=asked.period, limit=EVERY_ROW)
    has_teams, teams = names_teams(release, indicator), [team_of(row) for row in every]
    words = whose_words(whose, has_teams=has_teams, teams=teams)
    return own[first : first + size], len(own), words


def _still_open(release: Release, indicator: str, period: str) -> frozenset[str]:
    """The records of an indicator that had not ended when the period did, where another indicator counts that stock."""
    stock = definition_card(indicator).still_open
    if stock not in versions(release):
        return frozenset()
    found, _ = analytics.rows(store(), release.calculation_id, stock, period=period, limit=EVERY_ROW)
    return frozenset(row.unit_id for row in found)


def cases_data(user: Actor, code: str, indicator: str, *, period: str = "", outcome: str = "") -> CasesSeen:
    """Every record behind a figure, for the command line. Trailed as one look."""
    return cases(user, code, indicator, period, outcome, size=1_000_000)
