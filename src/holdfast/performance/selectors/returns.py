"""Reads of returns: the list, one return, its faults, and what work waits. For those who may see returns.

A child reference beside a fault is shown only to those who may see child records, and that look is trailed first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from holdfast import analytics
from holdfast.access.doors import Actor, check, may
from holdfast.access.permissions import Permission
from holdfast.access.trail import record_read
from holdfast.jobs.models import Job
from holdfast.pages.paging import PAGE_SIZE, Page, offset
from holdfast.performance.keeping import rows_held, store
from holdfast.performance.models import CALCULATE_A_RELEASE, READ_A_RETURN, Return
from holdfast.performance.selectors.unanswerable import NoSuchReturn


@dataclass(frozen=True)
class FaultRule:
    """A rule that spoke on a return, and how often. `words` is one of its sentences, without any value."""

    rule: str
    severity: str
    table: str
    words: str
    census_rule: str
    n_faults: int


@dataclass(frozen=True)
class FaultsSeen:
    """The faults of a return by rule, and the rows of one rule. `shows_children`: child references are among them."""

    returned: Return
    rules: Sequence[FaultRule]
    rule: str
    page: "Page[analytics.Fault]"
    shows_children: bool


def returns(user: Actor, code: str) -> QuerySet[Return]:
    """Every return of the programme, the latest first."""
    check(user, Permission.SEE_RETURNS, code)
    return Return.objects.filter(programme__code=code).select_related("submitted_by", "programme")


def one_return(user: Actor, code: str, number: int) -> Return:
    """One return by its number. Raises NoSuchReturn."""
    found = returns(user, code).filter(number=number).first()
    if found is None:
        raise NoSuchReturn(number)
    return found


def rows_of(user: Actor, returned: Return) -> dict[str, int | None]:
    """How many rows were read of each table; None for one that the return does not hold. Raises Refused."""
    check(user, Permission.SEE_RETURNS, returned.programme.code)
    return rows_held(returned)


def open_jobs(user: Actor, code: str) -> QuerySet[Job]:
    """Work that waits, runs or failed for the programme, the oldest first."""
    check(user, Permission.SEE_RETURNS, code)
    return Job.objects.filter(programme=code).exclude(state=Job.State.DONE)


def reading_of(user: Actor, returned: Return) -> Job | None:
    """The work that reads a return, while it waits or runs. None once it has ended."""
    check(user, Permission.SEE_RETURNS, returned.programme.code)
    jobs = Job.objects.filter(kind=READ_A_RETURN, programme=returned.programme.code, payload={"return": returned.pk})
    return jobs.filter(state__in=(Job.State.QUEUED, Job.State.RUNNING)).last()


def last_calculation(user: Actor, code: str) -> Job | None:
    """The last time a release was asked for, done or not: its outcome says what came of it. None before the first."""
    check(user, Permission.SEE_RETURNS, code)
    return Job.objects.filter(programme=code, kind=CALCULATE_A_RELEASE).last()


def faults(user: Actor, code: str, number: int, rule: str = "", page: int = 1) -> FaultsSeen:
    """The faults of a return, by rule, with one page of one rule's rows. No rule: no rows.

    Child references are blanked for those who may not see them; for the others the look is trailed before it is shown.
    """
    returned = one_return(user, code, number)
    rules = _rules(returned)
    chosen = rule if rule in returned.n_faults else ""
    found: Sequence[analytics.Fault] = []
    shows_children = bool(chosen) and may(user, Permission.SEE_CHILD_RECORDS, code)
    if chosen:
        if shows_children:
            record_read(
                user,
                what="saw child references beside faults",
                programme=code,
                subject=f"return {returned.number}, rule {chosen}",
                detail={"page": page, "load": returned.load_id},
            )
        found = store().faults(returned.load_id, rule=chosen, offset=offset(page), limit=PAGE_SIZE)
        if not shows_children:
            found = [replace(fault, child="") for fault in found]
    total = returned.n_faults.get(chosen, 0)
    return FaultsSeen(returned, rules, chosen, Page(found, max(page, 1), total), shows_children)


def _rules(returned: Return) -> list[FaultRule]:
    """Each rule that spoke, worst first, with the words of its first fault."""
    if not returned.load_id:
        return []
    kept, rules = store(), []
    for rule, n_faults in returned.n_faults.items():
        for first in kept.faults(returned.load_id, rule=rule, offset=0, limit=1):
            rules.append(FaultRule(rule, first.severity, first.table, first.words, first.census_rule, n_faults))
    worst = {"blocking": 0, "error": 1, "query": 2}
    return sorted(rules, key=lambda one: (worst.get(one.severity, 3), -one.n_faults, one.rule))
