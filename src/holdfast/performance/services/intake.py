"""A file comes in: kept, queued, read, stored. The slow steps, which must not hold a transaction open.

Each step here ends in one service (returns.py) that writes what happened. Reading may be run twice, after a
killed worker: keeping is by content, and a return leaves "queued" only once.
Rule: nothing of a file but counts, codes and dates reaches the database, a log or a message.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import outside_transaction
from holdfast.jobs import queue
from holdfast.jobs.models import Job
from holdfast.organisation.models import Programme
from holdfast.pages.words import date_words
from holdfast.performance.keeping import (
    check_size,
    clear_what_was_left,
    keep_original,
    laid_out,
    reading_folder,
    rows_held,
    store,
)
from holdfast.performance.models import CALCULATE_A_RELEASE, HOLD_TO_RULES, READ_A_RETURN, Return, Validation
from holdfast.performance.selectors.own_headings import names_of
from holdfast.performance.services.returns import (
    NOTHING_ACCEPTED,
    Accepted,
    WhatWasRead,
    receive_return,
    record_reading,
    refuse_return,
)


@outside_transaction("copies a whole file, then calls receive_return")
def submit_return(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    file: Path,
    name: str,
    as_at: date | None = None,
    accepted: Accepted = NOTHING_ACCEPTED,
) -> Return:
    """Keep a file's bytes and queue its reading. The same bytes twice are one return, and it says `was_sent_before`.

    `file` may be a folder: its files are one submission. `as_at` None: the file itself says. Raises Refused, and
    kept.TooLarge or NotASubmission before anything is kept.
    """
    check(by, Permission.SUBMIT_RETURN, programme.code)
    original = keep_original(file)
    return receive_return(
        by=by,
        at=at,
        programme=programme,
        original=original,
        name=name,
        as_at=as_at,
        accepted=accepted,
    )


def read_queued_return(job: Job, progress: queue.Progress) -> None:
    """Read one return into the store, or refuse it with the reason. Safe to run twice."""
    returned = Return.objects.select_related("programme__council").get(pk=job.payload["return"])
    if returned.state != Return.State.QUEUED:
        return
    clear_what_was_left()
    progress.say("Reading begins")
    with reading_folder(returned.sha256) as folder:
        into = folder / "read"
        into.mkdir()
        try:
            names = names_of(returned.programme)
            with analytics.listening(progress.say), analytics.own_names(names):
                reading = analytics.read_return(laid_out(returned, folder), into=into)
        except analytics.UnreadableReturn as unreadable:
            _refuse(returned, Return.Refusal.UNREADABLE, str(unreadable))
            return
        problem = _why_not_kept(returned, reading)
        if problem is not None:
            _refuse(returned, *problem, authority=reading.authority or "")
            return
        as_at = returned.as_at or reading.reference_date
        assert as_at is not None  # _why_not_kept refuses an undated file
        progress.say("Keeping what was read")
        reading = analytics.say_what_is_later(reading, as_at)
        load_id = store().keep(reading, as_at=as_at)
    found = WhatWasRead(
        kind=reading.kind,
        authority=reading.authority or "",
        as_at=as_at,
        load_id=load_id,
        n_rows=dict(reading.n_rows),
        n_faults=dict(reading.n_faults),
    )
    record_reading(by=SYSTEM, at=clock.now(), returned=returned, found=found)


def _why_not_kept(returned: Return, reading: "analytics.Reading") -> tuple[Return.Refusal, str] | None:
    """Why a file that can be read is not kept all the same, or None."""
    council = returned.programme.council
    if reading.blocking:
        return Return.Refusal.BLOCKING, " ".join(reading.blocking)
    if reading.authority != council.code and not _is_confirmed(returned, reading.authority):
        whose = f"authority {reading.authority}" if reading.authority else "no authority at all"
        return (
            Return.Refusal.AUTHORITY,
            f"The file says it is for {whose}, but this programme is {council.name}'s ({council.code}). "
            "Check that it is the right file. If it is, confirm the authority and it will be read.",
        )
    unseen = [part for part in reading.left_out if part not in returned.left_out]
    if (reading.lost or unseen) and not returned.is_loss_accepted:
        lost = " ".join([*unseen, *reading.lost])
        return (
            Return.Refusal.LOSS,
            f"Much of this file would be lost. {lost} What hangs on it would not be known. "
            "Ask for the file again from the system that made it; or accept the loss, and it will be read as it is.",
        )
    if returned.as_at is None and reading.reference_date is None:
        why = reading.undated or "The file does not say what date it describes."
        return Return.Refusal.UNDATED, f"{why} Submit it again and give the date."
    as_at = returned.as_at or reading.reference_date
    if as_at is not None and (problem := not_come_yet(as_at)):
        return Return.Refusal.FUTURE, problem
    return None


def _is_confirmed(returned: Return, authority: str | None) -> bool:
    """Whether somebody confirmed the file for the authority that it names, or that it names none."""
    return returned.is_authority_confirmed and returned.confirmed_as in ("", authority or Return.NAMES_NONE)


def not_come_yet(as_at: date) -> str:
    """Why a return that describes a day after today is not taken; "" for one of a day that has come."""
    today = clock.today()
    if as_at <= today:
        return ""
    return (
        f"It describes {date_words(as_at)}, which has not come yet: today is {date_words(today)}. Nobody can know what "
        "will be recorded by then. Check the date in the file, and whether it is the file that you meant."
    )


def _refuse(returned: Return, refusal: Return.Refusal, reason: str, authority: str = "") -> None:
    refuse_return(by=SYSTEM, at=clock.now(), returned=returned, refusal=refusal, reason=reason, authority=authority)


def give_up_reading(job: Job, problem: str) -> None:
    """Say on the return that reading it stopped: the file itself is kept, and sending it again tries again."""
    returned = Return.objects.get(pk=job.payload["return"])
    _refuse(
        returned,
        Return.Refusal.BROKEN,
        f"{problem} Nothing was lost: the file is kept as you sent it. Submit it again to try again, "
        "or ask the people who run this service to look.",
    )


@dataclass(frozen=True)
class Ingested:
    """What became of one file that was submitted and read at once."""

    returned: Return
    was_sent_before: bool
    is_tried_again: bool = False
    name: str = ""
    closed: str = ""
    """What it closed of the faults of the return before it; "" for nothing of the kind."""

    @property
    def own_name(self) -> str:
        """The name of the file as it was sent now, and under which it was first sent where that was another."""
        first = self.returned.name
        return first if self.name in ("", first) else f"{self.name}, first sent as {first}"

    @property
    def was_refused(self) -> bool:
        return self.returned.state == Return.State.REFUSED

    def as_data(self) -> dict[str, Any]:
        """For --json: documented keys, nothing of any row."""
        one = self.returned
        return {
            "return": one.number,
            "file": self.name or one.name,
            "sha256": one.sha256,
            "state": one.state,
            "reason": one.reason,
            "sent_before": self.was_sent_before,
            "kind": one.kind,
            "authority": one.authority,
            "as_at": one.as_at.isoformat() if one.as_at else None,
            "load": one.load_id,
            "rows": rows_held(one),
            "faults": dict(one.n_faults),
        }

    def in_words(self) -> str:
        """A few plain lines: what was read, table by table, and the faults by rule."""
        one = self.returned
        before = " This file had been sent before" if self.was_sent_before else ""
        if before:
            before += ", and was tried again." if self.is_tried_again else ", so nothing was added."
        if self.was_refused:
            return f"Return {one.number} ({self.own_name}) was not read. {one.reason}{before}"
        rows = ", ".join(f"{table} {count:,}" for table, count in one.n_rows.items() if count)
        faults = ", ".join(f"{rule} {count:,}" for rule, count in sorted(one.n_faults.items()))
        return "\n".join(
            (
                f"Return {one.number} ({self.own_name}), as at {one.as_at}: {one.n_rows_in_all:,} rows.{before}",
                f"  Rows: {rows or 'none'}.",
                f"  Faults: {one.n_faults_in_all:,}{f' ({faults})' if faults else ''}.",
                *([f"  {self.closed}"] if self.closed else []),
            )
        )


@outside_transaction("reads whole files and calculates a release, each step ending in its own service")
def ingest_now(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    files: Sequence[Path],
    as_at: date | None = None,
    days: Mapping[Path, date] = MappingProxyType({}),
    confirm_authority: bool = False,
    confirm_none: bool = False,
    accept_loss: bool = False,
    watch: queue.Watch | None = None,
) -> list[Ingested]:
    """Submit files and read them in this process, then calculate one draft release over everything kept.

    `days`: the day of a file, where not all are as at one. `confirm_none`: one that names no authority is the
    council's, and one that names another is refused all the same. A file that is refused does not stop the others, and
    `watch` is told how far each is. Waits for any of them that a worker has taken already. Raises kept.TooLarge, with
    the file's name, before any of them is kept.
    """
    check(by, Permission.SUBMIT_RETURN, programme.code)
    for file in files:
        check_size(file)
    accepted = Accepted(
        authority=confirm_authority or confirm_none,
        authority_as="" if confirm_authority or not confirm_none else Return.NAMES_NONE,
        loss=accept_loss,
    )
    results = []
    for file in files:
        returned = submit_return(
            by=by,
            at=at,
            programme=programme,
            file=file,
            name=file.name,
            as_at=days.get(file, as_at),
            accepted=accepted,
        )
        _run_open(READ_A_RETURN, programme, {"return": returned.pk}, watch)
        _run_open(HOLD_TO_RULES, programme, {"return": returned.pk}, watch)
        after = Return.objects.get(pk=returned.pk)
        held = Validation.objects.filter(returned=after).select_related("compared_with").first()
        closed = held.closed_words if held else ""
        results.append(Ingested(after, returned.was_sent_before, returned.is_tried_again, file.name, closed))
    _run_open(CALCULATE_A_RELEASE, programme, {}, watch)
    return results


class WorkStopped(Exception):
    """A job that was run at once failed. `str()` says what became of it."""


def _run_open(kind: str, programme: Programme, payload: dict[str, Any], watch: queue.Watch | None) -> None:
    """Run every open job of a kind. A failed reading is on its return; a failed calculation raises WorkStopped."""
    open_states = (Job.State.QUEUED, Job.State.RUNNING)
    for job in Job.objects.filter(kind=kind, programme=programme.code, payload=payload, state__in=open_states):
        if queue.run_job(job, watch=watch).state == Job.State.FAILED and kind == CALCULATE_A_RELEASE:
            raise WorkStopped(f"{job.problem} The returns are kept. No release was made; the last one stands.")
