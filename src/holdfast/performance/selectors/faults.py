"""Reads of faults as work: the rules that found something in a return, the rows each names, and what was done.

Not here: the faults that reading itself saw (returns.py). Rule: a child's reference is read from the store for those
who may see child records, and that look is trailed before it is shown; everybody else who may see returns sees lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from holdfast import analytics
from holdfast.access.doors import Actor, check, may
from holdfast.access.permissions import Permission
from holdfast.access.trail import record_read
from holdfast.pages.paging import PAGE_SIZE, Page, offset
from holdfast.performance.keeping import store
from holdfast.performance.models import FaultWork, Return, Validation
from holdfast.performance.selectors.returns import one_return
from holdfast.performance.selectors.unanswerable import NoSuchFault, NotHeldToRules

EVERY_ROW = 10_000_000
SETTLED = (FaultWork.Done.EXPLAINED, FaultWork.Done.MARKED_FIXED)
NO_TEAM = "Not known"


@dataclass(frozen=True)
class RuleFound:
    """A rule that found something in a return. `n_left`: rows neither explained nor marked as fixed; `work`: the newest
    thing done about the whole rule, None: nothing. `reading`: how the rule is read here."""

    rule: str
    severity: str
    module: str
    words: str
    reading: str
    n_rows: int
    n_left: int
    indicators: tuple[str, ...]
    work: FaultWork | None


@dataclass(frozen=True)
class NamedRow:
    """One row that a rule names, with what was done about it. `child` is "" for those who may not see it."""

    rule: str
    severity: str
    module: str
    key: str
    line: int | None
    child: str
    team: str
    work: FaultWork | None


@dataclass(frozen=True)
class RowsOfRule:
    """One page of the rows that a rule names. `teams` are all those that its rows have, when children are shown."""

    validation: Validation
    found: RuleFound
    page: "Page[NamedRow]"
    teams: tuple[str, ...]
    team: str
    shows_children: bool


def validation_of(user: Actor, code: str, number: int) -> Validation:
    """How a return stood with the rules. Raises NotHeldToRules when it was not held to any, or not yet."""
    returned = one_return(user, code, number)
    found = Validation.objects.filter(returned=returned).select_related("returned__programme", "compared_with").first()
    if found is None or not found.folder_id:
        raise NotHeldToRules(number, found.problem if found else "")
    return found


def latest_validation(user: Actor, code: str) -> Validation | None:
    """The newest return that was held to the rules. None: none was."""
    check(user, Permission.SEE_RETURNS, code)
    held = Validation.objects.filter(returned__programme__code=code).exclude(folder_id="")
    return held.select_related("returned").order_by("-returned__number").first()


def validation_asked(user: Actor, code: str, number: int = 0) -> Validation:
    """How the return of that number stood with the rules; 0: the newest that was held to any. Raises NotHeldToRules."""
    latest = None if number else latest_validation(user, code)
    return latest or validation_of(user, code, number)


def faults_data(user: Actor, code: str, number: int = 0, rule: str = "") -> dict[str, Any]:
    """For the command line: the rules that found something, and the rows of the one that is named; nobody's child."""
    validation = validation_asked(user, code, number)
    found = [one for one in rules_found(validation) if rule in ("", one.rule)]
    rows = _rows(validation, rule, shows_children=False) if rule else []
    return {
        "return": validation.returned.number,
        "year": validation.year,
        "compared_with": validation.compared_with.number if validation.compared_with else None,
        "fixed": validation.n_fixed,
        "new": validation.n_new,
        "rules": [
            {
                "rule": one.rule,
                "severity": one.severity,
                "module": one.module,
                "message": one.words,
                "rows": one.n_rows,
                "left": one.n_left,
                "indicators": list(one.indicators),
            }
            for one in found
        ],
        "named": [
            {
                "key": row.key,
                "line": row.line,
                "state": row.work.done if row.work else "open",
                "words": row.work.words if row.work else "",
            }
            for row in rows
        ],
    }


def validation_if_any(returned: Return) -> Validation | None:
    """How a return that somebody may see stood with the rules, whatever came of it; None: not yet."""
    return Validation.objects.filter(returned=returned).select_related("compared_with").first()


def rules_found(validation: Validation) -> list[RuleFound]:
    """Each rule that found something, errors first, the most rows first. For whoever was given the validation."""
    done = _work_on(validation)
    rules = analytics.census_rules(validation.year)
    touched = store().facts("validations", validation.folder_id)["touches"]
    found = []
    for code, n_rows in validation.n_named.items():
        rule, whole = rules.get(code), done.get((code, ""))
        n_settled = sum(own == code and work.done in SETTLED for (own, key), work in done.items() if key)
        n_left = 0 if whole and whole.done in SETTLED else max(0, n_rows - n_settled)
        about = (rule.severity, rule.module, rule.words, rule.reading) if rule else UNREAD
        found.append(RuleFound(code, *about, n_rows, n_left, tuple(touched[code]), whole))
    return sorted(found, key=lambda one: (one.severity, -one.n_rows, one.rule))


UNREAD = ("error", "Whole file", "Something was sent that cannot be understood as what its element should hold.", "")


def rows_of_rule(
    user: Actor, code: str, number: int, rule: str, *, team: str = "", page: int = 1, size: int = PAGE_SIZE
) -> RowsOfRule:
    """One page of the rows that a rule names, by child reference for those who may see it, else by line. Trailed first.

    Raises NotHeldToRules, or NoSuchFault where the rule found nothing.
    """
    validation = validation_of(user, code, number)
    found = next((one for one in rules_found(validation) if one.rule == rule), None)
    if found is None:
        raise NoSuchFault(rule)
    shows_children = _trailed(user, validation, f"rule {rule}", page)
    rows = _rows(validation, rule, shows_children=shows_children)
    teams = tuple(sorted({row.team for row in rows if row.team})) if shows_children else ()
    chosen = team if team in teams else ""
    kept = [row for row in rows if not chosen or row.team == chosen]
    first = offset(page, size)
    shown = Page(kept[first : first + size], max(page, 1), len(kept), size)
    return RowsOfRule(validation, found, shown, teams, chosen, shows_children)


def every_row(user: Actor, code: str, number: int) -> tuple[Validation, list[NamedRow], list[RuleFound]]:
    """Every row that any rule names, for a file. Trailed as one look."""
    validation = validation_of(user, code, number)
    shows_children = _trailed(user, validation, "every rule", 0)
    return validation, _rows(validation, "", shows_children=shows_children), rules_found(validation)


def one_row(user: Actor, code: str, number: int, rule: str, key: str) -> tuple[Validation, NamedRow, list[FaultWork]]:
    """One row that a rule names, and all that was done about it, the oldest first. Trailed first."""
    validation = validation_of(user, code, number)
    shows_children = _trailed(user, validation, f"rule {rule}, {key[:8]}", 1)
    for row in _rows(validation, rule, shows_children=shows_children):
        if row.key == key:
            return validation, row, list(_about(validation).filter(rule=rule, key=key))
    raise NoSuchFault(rule)


def _trailed(user: Actor, validation: Validation, what: str, page: int) -> bool:
    """Whether child references may be shown; when they may, the look is in the trail."""
    code = validation.returned.programme.code
    if not may(user, Permission.SEE_CHILD_RECORDS, code):
        return False
    subject = f"return {validation.returned.number}, {what}"
    detail = {"page": page, "load": validation.returned.load_id}
    record_read(user, what="saw child references beside faults", programme=code, subject=subject, detail=detail)
    return True


def _about(validation: Validation) -> Any:
    """All that was done about faults of the programme by way of this return or an earlier one, the oldest first."""
    returned = validation.returned
    every = FaultWork.objects.filter(returned__programme=returned.programme, returned__number__lte=returned.number)
    return every.select_related("assigned_to", "done_by", "returned")


def _work_on(validation: Validation) -> Mapping[tuple[str, str], FaultWork]:
    """The newest thing done about each fault; nothing of one that an earlier return closed and that came back."""
    newest = {(work.rule, work.key): work for work in _about(validation)}
    return {fault: work for fault, work in newest.items() if work.done != FaultWork.Done.CLOSED}


def _rows(validation: Validation, rule: str, *, shows_children: bool) -> list[NamedRow]:
    done = _work_on(validation)
    teams = _teams(validation) if shows_children else {}
    found = [
        NamedRow(
            row["rule"],
            row["severity"],
            row["module"],
            row["key"],
            row["line"],
            row["child"] if shows_children else "",
            teams.get(row["child"], NO_TEAM) if teams else "",
            done.get((row["rule"], row["key"])) or done.get((row["rule"], "")),
        )
        for row in analytics.named_rows(store().folder("validations", validation.folder_id), rule)
    ]
    return sorted(found, key=lambda row: (row.rule, row.child, row.line or 0))


def _teams(validation: Validation) -> Mapping[str, str]:
    """Child -> team, as the programme's returns say it."""
    read = Return.objects.filter(programme=validation.returned.programme, state=Return.State.READ)
    return _teams_of(Path(settings.HOLDFAST_DATA), tuple(read.values_list("load_id", flat=True)))


@lru_cache(maxsize=4)
def _teams_of(data: Path, load_ids: Sequence[str]) -> Mapping[str, str]:
    """Kept between pages of a process: a load never changes."""
    return analytics.teams_of_children(store(), load_ids)
