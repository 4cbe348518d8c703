"""Reads of faults as work: the rules that found something in a return, the rows each names, and what was done.

Not here: the faults that reading itself saw (returns.py). Rule: a child's reference is read from the store for those
who may see child records, and that look is trailed before it is shown; everybody else who may see returns sees lines.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from holdfast import analytics
from holdfast.access.doors import Actor, check, may
from holdfast.access.permissions import Permission
from holdfast.access.trail import record_read
from holdfast.organisation.models import Programme
from holdfast.pages.paging import PAGE_SIZE, Page, one_page
from holdfast.performance.keeping import store
from holdfast.performance.models import FaultWork, Return, Validation
from holdfast.performance.selectors.returns import one_return
from holdfast.performance.selectors.unanswerable import NoSuchFault, NotHeldToRules

EVERY_ROW = 10_000_000
SETTLED = (FaultWork.Done.EXPLAINED, FaultWork.Done.MARKED_FIXED)
NO_TEAM = "Not known"


@dataclass(frozen=True)
class Standing:
    """How a fault stands: the newest thing done about it, and the newest of each kind, whatever came after it.

    None: nothing of the kind. Only what was done since a return last closed the fault counts. `is_still_there`: it was
    marked as fixed before this return came, and the return has it all the same.
    """

    work: FaultWork | None = None
    assigned: FaultWork | None = None
    explained: FaultWork | None = None
    put_right: FaultWork | None = None
    is_still_there: bool = False

    @property
    def is_left(self) -> bool:
        """Whether somebody has still to do something: neither explained, nor marked as fixed in this return."""
        return self.work is None or self.work.done not in SETTLED or self.is_still_there

    @property
    def state(self) -> str:
        """One of the documented words: "open", what was done last, or that what was marked as fixed is still there."""
        if self.work is None:
            return "open"
        return STILL_THERE if self.is_still_there else str(self.work.done)


NOTHING_DONE = Standing()
STILL_THERE = "marked fixed, still there"


@dataclass(frozen=True)
class RuleFound:
    """A rule that found something in a return. `n_left`: rows neither explained nor marked as fixed; `whole`: what was
    done about the whole rule. `reading`: how the rule is read here."""

    rule: str
    severity: str
    module: str
    words: str
    reading: str
    n_rows: int
    n_left: int
    indicators: tuple[str, ...]
    whole: Standing


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
    standing: Standing


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


def faults_data(
    user: Actor, code: str, number: int = 0, rule: str = "", *, is_mine: bool = False, team: str = ""
) -> dict[str, Any]:
    """For the command line: the rules that found something, and the rows of the one that is named; nobody's child.

    `is_mine`: the rows of any rule that were given to the account and are still to do. `team`: those whose child is the
    team's, for accounts that may see children; a trailed look.
    """
    validation = validation_asked(user, code, number)
    found = [one for one in rules_found(validation) if rule in ("", one.rule)]
    if team:
        check(user, Permission.SEE_CHILD_RECORDS, code)
        trailed_look(user, validation, "one team", 0)
    named = rows_named(validation, rule, shows_children=bool(team)) if rule or is_mine or team else []
    rows = [row for row in named if (not team or row.team == team) and (not is_mine or is_given_to(row, user))]
    return {
        "return": validation.returned.number,
        "year": validation.year,
        "why": why_these_rules(validation),
        "compared_with": validation.compared_with.number if validation.compared_with else None,
        "fixed": validation.n_fixed,
        "new": validation.n_new,
        "closed": validation.closed_words,
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
        "named": [_named_data(row, code) for row in rows],
    }


def _named_data(row: NamedRow, code: str) -> dict[str, Any]:
    standing = row.standing
    return {
        "rule": row.rule,
        "key": mark_of_fault(code, row.key),
        "line": row.line,
        "state": standing.state,
        "words": words_of(standing.work),
        "assigned_to": person_given(standing),
        "reason": words_of(standing.explained),
        "put_right": words_of(standing.put_right),
    }


def validation_if_any(returned: Return) -> Validation | None:
    """How a return that somebody may see stood with the rules, whatever came of it; None: not yet."""
    return Validation.objects.filter(returned=returned).select_related("compared_with").first()


def why_these_rules(validation: Validation) -> str:
    """Why a return was held to the rules of another year than its own, in words; "" where they are its own."""
    own_year = store().facts("validations", validation.folder_id)["own_year"]
    return analytics.why_these_rules(own_year, validation.year)


def rules_found(validation: Validation) -> list[RuleFound]:
    """Each rule that found something, errors first, the most rows first. For whoever was given the validation."""
    done = work_on(validation)
    rules = analytics.census_rules(validation.year)
    touched = store().facts("validations", validation.folder_id)["touches"]
    own = _own_work(validation, done)
    found = []
    for code, n_rows in validation.n_named.items():
        rule, whole = rules.get(code), done.get((code, ""), NOTHING_DONE)
        n_left = n_rows * whole.is_left + sum(
            _of_both(done[fault], whole).is_left - whole.is_left for fault in own if fault[0] == code
        )
        about = (rule.severity, rule.module, rule.words, rule.reading) if rule else UNREAD
        found.append(RuleFound(code, *about, n_rows, n_left, tuple(touched[code]), whole))
    return sorted(found, key=lambda one: (one.severity, -one.n_rows, one.rule))


def _own_work(validation: Validation, done: Mapping[tuple[str, str], Standing]) -> "Sequence[tuple[str, str]]":
    """The faults of this return, one by one, about which something was done by themselves."""
    if not any(key for _, key in done):
        return ()
    rows = analytics.named_rows(store().folder("validations", validation.folder_id))
    return [fault for row in rows if (fault := (row["rule"], row["key"])) in done]


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
    shows_children = trailed_look(user, validation, f"rule {rule}", page)
    rows = rows_named(validation, rule, shows_children=shows_children)
    teams = tuple(sorted({row.team for row in rows if row.team})) if shows_children else ()
    chosen = team if team in teams else ""
    kept = [row for row in rows if not chosen or row.team == chosen]
    return RowsOfRule(validation, found, one_page(kept, page, size), teams, chosen, shows_children)


def every_row(user: Actor, code: str, number: int) -> tuple[Validation, list[NamedRow], list[RuleFound]]:
    """Every row that any rule names, for a file. Trailed as one look."""
    validation = validation_of(user, code, number)
    shows_children = trailed_look(user, validation, "every rule", 0)
    return validation, rows_named(validation, "", shows_children=shows_children), rules_found(validation)


def mark_of_fault(code: str, key: str) -> str:
    """What means a fault in an address, a file or the trail: no reference can be tried against it (decision 126)."""
    return salted_hmac("holdfast.performance.fault", f"{code}\x1f{key}", algorithm="sha256").hexdigest()


def key_meant(validation: Validation, rule: str, mark: str) -> str:
    """The key of the row of a rule that a mark means. For whoever was given the validation. Raises NoSuchFault."""
    code = validation.returned.programme.code
    for row in analytics.named_rows(store().folder("validations", validation.folder_id), rule):
        if mark_of_fault(code, row["key"]) == mark:
            return str(row["key"])
    raise NoSuchFault(rule)


def one_row(user: Actor, code: str, number: int, rule: str, mark: str) -> tuple[Validation, NamedRow, list[FaultWork]]:
    """One row that a rule names, by its mark, and all done about it, the oldest first. Trailed first."""
    validation = validation_of(user, code, number)
    shows_children = trailed_look(user, validation, f"rule {rule}, {mark[:8]}", 1)
    key = key_meant(validation, rule, mark)
    for row in rows_named(validation, rule, shows_children=shows_children):
        if row.key == key:
            return validation, row, list(_about(validation).filter(rule=rule, key=key))
    raise NoSuchFault(rule)


def trailed_look(user: Actor, validation: Validation, what: str, page: int) -> bool:
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


def work_on(validation: Validation) -> Mapping[tuple[str, str], Standing]:
    """How each fault stands about which something was done, by rule and key; "" is the whole rule.

    Nothing of one that an earlier return closed and that came back.
    """
    since: dict[tuple[str, str], dict[str, FaultWork]] = {}
    for work in _about(validation):
        if work.done == FaultWork.Done.CLOSED:
            since.pop((work.rule, work.key), None)
        else:
            since.setdefault((work.rule, work.key), {}).update({"": work, work.done: work})
    return {fault: _standing(newest, validation) for fault, newest in since.items()}


def _standing(newest: Mapping[str, FaultWork], validation: Validation) -> Standing:
    last = newest[""]
    was_before = last.returned.number < validation.returned.number and last.done_at <= validation.held_at
    return Standing(
        last,
        newest.get(FaultWork.Done.ASSIGNED),
        newest.get(FaultWork.Done.EXPLAINED),
        newest.get(FaultWork.Done.MARKED_FIXED),
        is_still_there=last.done == FaultWork.Done.MARKED_FIXED and was_before,
    )


def _of_both(own: Standing, whole: Standing) -> Standing:
    """How one row stands by what was done about itself and about all of its rule: the newest of both counts."""
    if own.work is None or whole.work is None:
        return whole if own.work is None else own
    last = max(own, whole, key=lambda standing: standing.work.pk if standing.work else 0)
    return Standing(
        last.work,
        _newest(own.assigned, whole.assigned),
        _newest(own.explained, whole.explained),
        _newest(own.put_right, whole.put_right),
        is_still_there=last.is_still_there,
    )


def _newest(*works: FaultWork | None) -> FaultWork | None:
    return max((work for work in works if work), key=lambda work: int(work.pk), default=None)


def is_given_to(row: NamedRow, user: Actor) -> bool:
    """Whether somebody was given a fault that still asks for something."""
    given = row.standing.assigned
    return row.standing.is_left and given is not None and given.assigned_to_id == getattr(user, "pk", None)


def words_of(work: FaultWork | None) -> str:
    return work.words if work else ""


def person_given(standing: Standing) -> str:
    """The name of whom a fault was given to last; "" for nobody."""
    given = standing.assigned.assigned_to if standing.assigned else None
    return given.display_name if given else ""


def rows_named(
    validation: Validation, rule: str, *, shows_children: bool, children: Collection[str] | None = None
) -> list[NamedRow]:
    """The rows that a rule ("": any) names, of some children when they are given, each as it stands.

    For whoever was given the validation. `shows_children`: after a trailed look alone.
    """
    done = work_on(validation)
    teams = teams_of_children(validation.returned.programme) if shows_children else {}
    found = [
        NamedRow(
            row["rule"],
            row["severity"],
            row["module"],
            row["key"],
            row["line"],
            row["child"] if shows_children else "",
            teams.get(row["child"], NO_TEAM) if teams else "",
            _of_both(done.get((row["rule"], row["key"]), NOTHING_DONE), done.get((row["rule"], ""), NOTHING_DONE)),
        )
        for row in analytics.named_rows(store().folder("validations", validation.folder_id), rule, children)
    ]
    return sorted(found, key=lambda row: (row.rule, row.child, row.line or 0))


def teams_of_children(programme: Programme) -> Mapping[str, str]:
    """Child -> team, as the programme's returns say it."""
    read = Return.objects.filter(programme=programme, state=Return.State.READ)
    return _teams_of(Path(settings.HOLDFAST_DATA), tuple(read.values_list("load_id", flat=True)))


@lru_cache(maxsize=4)
def _teams_of(data: Path, load_ids: Sequence[str]) -> Mapping[str, str]:
    """Kept between pages of a process: a load never changes."""
    return analytics.teams_of_children(store(), load_ids)
