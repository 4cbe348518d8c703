"""Faults as work: a read return is held to the Department's rules; somebody assigns, explains, marks as fixed.

A later return of the same census year closes what it fixes. Rule: nothing of a child reaches the database: a fault is
known by its rule and a key; whose it is, the store alone knows. What was done stays; the newest says how it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, account_of, check, may
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.jobs import queue
from holdfast.jobs.models import Job
from holdfast.organisation.models import Programme
from holdfast.performance.keeping import original_path, originals_of, store
from holdfast.performance.models import FaultWork, Return, Validation
from holdfast.performance.selectors.faults import mark_of_fault

WHAT_WAS_DONE = "Say what was put right, and where. If nobody did anything, leave it: the next return closes it"


@dataclass(frozen=True)
class WhatWasHeld:
    """What holding a return to the rules gave: counts, reasons and keys. No row itself."""

    folder_id: str = ""
    year: str = ""
    problem: str = ""
    n_named: dict[str, int] = field(default_factory=dict)
    not_run: dict[str, str] = field(default_factory=dict)
    compared_with: Return | None = None
    fixed: Sequence[str] = ()
    n_new: int = 0


def hold_queued_return(job: Job, progress: queue.Progress) -> None:
    """Hold one read return to the rules of its census year, and keep what they name in the store. Safe to run twice."""
    returned = Return.objects.select_related("programme").get(pk=job.payload["return"])
    if returned.state != Return.State.READ or Validation.objects.filter(returned=returned).exists():
        return
    progress.say("Holding it to the Department's rules")
    try:
        _, sha256 = originals_of(returned)[0]  # a census is one file
        found = analytics.validate_census_file(original_path(sha256))
    except (analytics.NoRulesForYear, analytics.UnreadableReturn) as problem:
        held = WhatWasHeld(problem=str(problem)[:500])
    else:
        held = _kept(returned, found)
    record_validation(by=SYSTEM, at=clock.now(), returned=returned, held=held)


def _kept(returned: Return, found: "analytics.Validated") -> WhatWasHeld:
    def build(working: Path) -> dict[str, object]:
        touched = analytics.indicators_touched(found.year)
        touches = {fault.rule: touched.get(fault.rule, ()) for fault in found.found}
        return {**found.write(working), "load": returned.load_id, "touches": touches}

    kept = store()
    folder_id = kept.write_folder("validations", build)
    facts = kept.facts("validations", folder_id)
    before = _same_year_before(returned, found.file.year)
    fixed: set[str] = set()
    new: set[str] = set()
    if before is not None:
        folders = (kept.folder("validations", before.folder_id), kept.folder("validations", folder_id))
        fixed, new = analytics.fixed_and_new(*folders)
    return WhatWasHeld(
        folder_id=folder_id,
        year=found.year,
        n_named=facts["found"],
        not_run=facts["not_run"],
        compared_with=before.returned if before else None,
        fixed=sorted(fixed),
        n_new=len(new),
    )


def _same_year_before(returned: Return, own_year: str) -> Validation | None:
    """The latest return before this one that was held to the rules and is of the same census year."""
    for before in (
        Validation.objects.filter(returned__programme=returned.programme, returned__number__lt=returned.number)
        .exclude(folder_id="")
        .select_related("returned")
        .order_by("-returned__number")
    ):
        if store().facts("validations", before.folder_id)["own_year"] == own_year:
            return before
    return None


def give_up_holding(job: Job, problem: str) -> None:
    """Say on the return that holding it to the rules stopped; its figures do not hang on it."""
    returned = Return.objects.get(pk=job.payload["return"])
    if not Validation.objects.filter(returned=returned).exists():
        record_validation(by=SYSTEM, at=clock.now(), returned=returned, held=WhatWasHeld(problem=problem[:500]))


@service
def record_validation(*, by: Actor, at: datetime, returned: Return, held: WhatWasHeld) -> Validation:
    """Note what the rules found in a return, and close the work on faults that it fixes."""
    check(by, Permission.SUBMIT_RETURN, returned.programme.code)
    made = Validation.objects.create(
        returned=returned,
        folder_id=held.folder_id,
        year=held.year,
        problem=held.problem,
        n_named=held.n_named,
        not_run=held.not_run,
        compared_with=held.compared_with,
        n_fixed=len(held.fixed),
        n_new=held.n_new,
        held_at=at,
    )
    fixed = set(held.fixed)
    for rule, key in _open_work(returned.programme):
        if key in fixed:
            FaultWork.objects.create(
                returned=returned, rule=rule, key=key, done=FaultWork.Done.CLOSED, done_by=account_of(by), done_at=at
            )
    record(
        "return held to the rules",
        programme=returned.programme.code,
        subject=f"return {returned.number}",
        detail={"year": held.year, "fixed": len(fixed), "new": held.n_new, "rows": sum(held.n_named.values())},
    )
    return made


def _open_work(programme: Programme) -> list[tuple[str, str]]:
    """(rule, key) of each single fault on which something was done and which no return has closed since."""
    every = FaultWork.objects.filter(returned__programme=programme).exclude(key="")
    newest = {(work.rule, work.key): work.done for work in every}
    return [fault for fault, done in newest.items() if done != FaultWork.Done.CLOSED]


class NoFaultToWorkOn(NotDone):
    """A return has no such fault: none of the rule, or none of the rule with that key."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"The return has no such fault of rule {rule}. A later return may have closed it.")


class CannotWorkOnFaults(NotDone):
    """A fault was to be given to somebody who may neither see it nor do anything about it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} may not work on faults here, so it cannot be given to them. Choose somebody who may.",
            field="assigned_to",
        )


class WordsNeeded(NotDone):
    """A fault was to be explained, or marked as fixed, without a word of why or of what was done."""

    def __init__(self, ask: str) -> None:
        super().__init__(ask, field="words")


@service
def assign_fault(
    *, by: Actor, at: datetime, validation: Validation, rule: str, key: str = "", assigned_to: Account, words: str = ""
) -> FaultWork:
    """Give a fault, or a whole rule's (key ""), to a person to look into.

    Raises NoFaultToWorkOn, or CannotWorkOnFaults for somebody who may not.
    """
    code = validation.returned.programme.code
    check(by, Permission.WORK_ON_FAULTS, code)
    if not may(assigned_to, Permission.WORK_ON_FAULTS, code):
        raise CannotWorkOnFaults(assigned_to.display_name)
    work = _add(by, at, validation, rule, key, FaultWork.Done.ASSIGNED, words, assigned_to)
    record("fault assigned", **_said(work), detail={"key": _mark(work), "to": assigned_to.username})
    return work


@service
def explain_fault(
    *, by: Actor, at: datetime, validation: Validation, rule: str, key: str = "", words: str
) -> FaultWork:
    """Say why a fault, or a whole rule's (key ""), stands as it is: a query's reason goes with the statutory return.

    Raises NoFaultToWorkOn, WordsNeeded.
    """
    _need(by, validation, words, "Say why it is right as it stands.")
    work = _add(by, at, validation, rule, key, FaultWork.Done.EXPLAINED, words)
    record("fault explained", **_said(work), detail={"key": _mark(work)})
    return work


@service
def mark_fault_fixed(
    *, by: Actor, at: datetime, validation: Validation, rule: str, key: str = "", words: str
) -> FaultWork:
    """Say that a fault, or a whole rule's (key ""), has been put right in the case system, and what was done there.

    The next return of the census year shows whether it is; what it fixes without anybody's word is closed by itself.
    Raises NoFaultToWorkOn, WordsNeeded.
    """
    _need(by, validation, words, f"{WHAT_WAS_DONE}.")
    work = _add(by, at, validation, rule, key, FaultWork.Done.MARKED_FIXED, words)
    record("fault marked as fixed", **_said(work), detail={"key": _mark(work)})
    return work


def _need(by: Actor, validation: Validation, words: str, ask: str) -> None:
    check(by, Permission.WORK_ON_FAULTS, validation.returned.programme.code)
    if not words.strip():
        raise WordsNeeded(ask)


def _add(
    by: Actor,
    at: datetime,
    validation: Validation,
    rule: str,
    key: str,
    done: FaultWork.Done,
    words: str,
    assigned_to: Account | None = None,
) -> FaultWork:
    check(by, Permission.WORK_ON_FAULTS, validation.returned.programme.code)
    if rule not in validation.n_named or (key and not _has(validation, rule, key)):
        raise NoFaultToWorkOn(rule)
    return FaultWork.objects.create(
        returned=validation.returned,
        rule=rule,
        key=key,
        done=done,
        words=words.strip(),
        assigned_to=assigned_to,
        done_by=account_of(by),
        done_at=at,
    )


def _has(validation: Validation, rule: str, key: str) -> bool:
    folder = store().folder("validations", validation.folder_id)
    return any(row["key"] == key for row in analytics.named_rows(folder, rule))


def _said(work: FaultWork) -> dict[str, str]:
    programme = work.returned.programme.code
    return {"programme": programme, "subject": f"rule {work.rule} in return {work.returned.number}"}


def _mark(work: FaultWork) -> str:
    """What means the fault in the trail; "" for a whole rule's."""
    return mark_of_fault(work.returned.programme.code, work.key) if work.key else ""
