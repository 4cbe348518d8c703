"""Work that outlives the page that asked for it: queued in the database, run by `holdfast worker`, never lost.

A job is claimed by a conditional update and held by a lease that a heartbeat renews. A job whose holder is gone, or
whose lease has run out, is claimed again. So a handler may run twice, and must leave the same state as running once.
Not here: what a job does (the room registers that with `register_job`). See docs/decisions for why not a library.
"""

import logging
import os
import threading
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, connections
from django.db.models import Q

from holdfast.access import clock
from holdfast.jobs.models import Job, Worker
from holdfast.jobs.processes import is_running, machine

LEASE_SECONDS = 60.0
BEAT_SECONDS = 15.0
NOTE_SECONDS = 2.0
"""How often it is noted how far a job is: one small write of the heartbeat's, which the work itself never waits for."""
MOST_ATTEMPTS = 3
LOOKS_AT_REST = 10
"""How many times a worker that has done nothing yet looks in vain before it makes ready for what may come."""
SEEN_SECONDS = 30.0
"""A worker says that it is there this often at the most; one not seen for twice as long is taken for gone."""
log = logging.getLogger("holdfast.jobs")


@dataclass(frozen=True)
class Said:
    """How far a job is: what it does in words, and how much is done of how much; 0 of 0 where that is not known."""

    step: str = ""
    n_done: int = 0
    n_total: int = 0


Watch = Callable[[Said], None]


class Progress:
    """What running work last said of itself. Saying is free; the heartbeat writes it down now and then."""

    def __init__(self, watch: Watch | None = None) -> None:
        self.last, self._watch = Said(), watch

    def say(self, step: str, n_done: int = 0, n_total: int = 0) -> None:
        """`step` is at most 200 letters and holds no value of a file."""
        self.last = Said(step[:200], n_done, n_total)
        if self._watch is not None:
            self._watch(self.last)


@dataclass(frozen=True)
class Handler:
    """What a kind of job does, giving what came of it in a sentence, and what to leave behind when given up."""

    run: Callable[[Job, Progress], str | None]
    give_up: Callable[[Job, str], None]


_handlers: dict[str, Handler] = {}


def register_job(kind: str, *, run: Callable[[Job, Progress], str | None], give_up: Callable[[Job, str], None]) -> None:
    """Say what a kind of job does. `run` must be safe to run twice, says how far it is, and gives its outcome as a
    sentence for the page (None when there is nothing to say); `give_up` gets a plain sentence of the problem."""
    _handlers[kind] = Handler(run, give_up)


def enqueue(kind: str, programme: str, payload: dict[str, Any] | None = None) -> Job:
    """Queue a job for a programme (its code), inside the transaction of the service that wants it.

    One that waits already is not queued twice.
    """
    waiting = Job.objects.filter(kind=kind, programme=programme, payload=payload or {}, state=Job.State.QUEUED).first()
    return waiting or Job.objects.create(
        kind=kind, programme=programme, payload=payload or {}, queued_at=clock.now(), state=Job.State.QUEUED
    )


def has_lapsed(job: Job) -> bool:
    """A running job nobody holds any more: its lease has run out, or its process on this machine is gone."""
    if job.state != Job.State.RUNNING:
        return False
    if job.lease_until is None or job.lease_until < clock.elapsed_seconds():
        return True
    return _is_gone(job.claimed_by)


def claim(job_id: int | None = None) -> Job | None:
    """Take the next job that is waiting or lapsed, or that one job. None when there is nothing to take."""
    open_jobs = Job.objects.filter(Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING)).order_by("id")
    for job in open_jobs.filter(pk=job_id) if job_id else open_jobs:
        if job.state == Job.State.RUNNING and not has_lapsed(job):
            continue
        if job.attempts >= MOST_ATTEMPTS:
            _fail(job, "The work stopped without finishing, three times.")
        elif _take(job):
            job.refresh_from_db()
            return job
    return None


def _take(job: Job) -> bool:
    """Claim as it was read, or not at all: of two workers that read the same row, one update matches."""
    seen = Job.objects.filter(pk=job.pk, state=job.state, claimed_by=job.claimed_by, attempts=job.attempts)
    return bool(
        seen.update(
            state=Job.State.RUNNING,
            attempts=job.attempts + 1,
            claimed_by=f"{machine()}|{os.getpid()}|{uuid.uuid4().hex}"[-200:],
            lease_until=clock.elapsed_seconds() + LEASE_SECONDS,
            **_noted(Said()),
        )
    )


def _noted(said: Said) -> dict[str, Any]:
    is_known = said.n_total > 0
    return {
        "step": said.step,
        "n_done": min(said.n_done, said.n_total) if is_known else None,
        "n_total": said.n_total if is_known else None,
    }


def renew(job: Job, said: Said | None = None) -> bool:
    """Extend the lease and note how far the job is, if it is still ours."""
    ours = Job.objects.filter(pk=job.pk, claimed_by=job.claimed_by, state=Job.State.RUNNING)
    return bool(
        ours.update(lease_until=clock.elapsed_seconds() + LEASE_SECONDS, **(_noted(said) if said is not None else {}))
    )


@contextmanager
def _heartbeat(job: Job, progress: Progress) -> Iterator[None]:
    """Renew the lease while the work runs, and note how far it is. A missed beat is harmless: the next one, or another
    worker, mends it."""
    finished = threading.Event()

    def beat() -> None:
        noted, since, pause = progress.last, 0.0, min(BEAT_SECONDS, NOTE_SECONDS)
        is_patient = True
        while not finished.wait(pause):
            since += pause
            if progress.last is noted and since < BEAT_SECONDS:
                continue
            noted, since = progress.last, 0.0
            try:
                if is_patient:
                    _give_up_soon()
                    is_patient = False
                renew(job, noted)
            except DatabaseError:
                log.warning("job=%s event=missed-heartbeat", job.pk)
        connections.close_all()

    thread = threading.Thread(target=beat, name=f"heartbeat-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()


def _give_up_soon() -> None:
    """This thread waits a second for a writer, not a minute: a missed beat is harmless, and the work's end waits for
    this thread."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 1000" if connection.vendor == "sqlite" else "SET lock_timeout = '1s'")


def run(job: Job, watch: Watch | None = None) -> Job:
    """Run a claimed job to its end, or put it back to be tried again. Never raises for what the work raised.

    `watch` is told how far it is, as often as the work says so.
    """
    began, progress = clock.elapsed_seconds(), Progress(watch)
    try:
        with _heartbeat(job, progress):
            outcome = _handlers[job.kind].run(job, progress)
            progress.say("")
    except Exception as problem:  # whatever a file provokes, the worker lives and the job says so
        words = f"The work stopped with a fault in the service ({type(problem).__name__})."
        log.warning(
            "job=%s kind=%r attempt=%s problem=%s at=%s",
            job.pk,
            job.kind,
            job.attempts,
            type(problem).__name__,
            _where(problem),
        )
        if job.attempts >= MOST_ATTEMPTS:
            _fail(job, words)
        else:
            _finish(job, Job.State.QUEUED, words)
    else:
        _finish(job, Job.State.DONE, "", outcome or "")
        log.info("job=%s kind=%r seconds=%.1f", job.pk, job.kind, clock.elapsed_seconds() - began)
    job.refresh_from_db()
    return job


def _where(problem: BaseException) -> str:
    """The places in the code a fault passed through, last first. Never its message: that may hold a value of a file."""
    frames = traceback.extract_tb(problem.__traceback__)[-4:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


def _finish(job: Job, state: str, problem: str, outcome: str = "") -> None:
    """Write the end of a job, if it is still ours; a job taken over belongs to the one who took it."""
    closed = state in (Job.State.DONE, Job.State.FAILED)
    Job.objects.filter(pk=job.pk, claimed_by=job.claimed_by, attempts=job.attempts).update(
        state=state,
        problem=problem,
        outcome=outcome,
        claimed_by="",
        lease_until=None,
        **_noted(Said()),
        finished_at=clock.now() if closed else None,
    )


def _fail(job: Job, problem: str) -> None:
    """Give a job up: first what it should leave behind, then its own end."""
    _handlers[job.kind].give_up(job, problem)
    _finish(job, Job.State.FAILED, problem)


def run_next_job(watch: Watch | None = None) -> Job | None:
    """Run the next job there is, and give it back as it ended. None when there was none."""
    job = claim()
    return run(job, watch) if job else None


def run_job(job: Job, poll_seconds: float = 0.2, watch: Watch | None = None) -> Job:
    """Run this job until it is done or failed, or wait while another worker does."""
    pause = threading.Event()
    while True:
        job.refresh_from_db()
        if job.state in (Job.State.DONE, Job.State.FAILED):
            return job
        held = claim(job.pk)
        if held:
            run(held, watch)
        else:
            pause.wait(poll_seconds)


def _drop_dead_connections() -> None:
    """As a web request would, between jobs: a database that was restarted is connected to afresh."""
    for open_one in connections.all(initialized_only=True):
        if not open_one.in_atomic_block:
            open_one.close_if_unusable_or_obsolete()


def has_worker() -> bool:
    """Whether some worker was seen lately, so that what is queued will be done. Pages say so when there is none."""
    lately = clock.elapsed_seconds() - 2 * SEEN_SECONDS
    return any(not _is_gone(worker.name) for worker in Worker.objects.filter(seen__gte=lately))


def _is_gone(name: str) -> bool:
    """Whether the process that a "host|pid" names ran on this machine and runs no more."""
    where, _, rest = name.partition("|")
    pid = rest.partition("|")[0]
    return where == machine() and pid.isdigit() and not is_running(int(pid))


@contextmanager
def _present(every_seconds: float = SEEN_SECONDS) -> Iterator[None]:
    """Say that this worker is there, from time to time, until it goes."""
    name, gone = f"{machine()}|{os.getpid()}"[-200:], threading.Event()

    def say() -> None:
        try:
            Worker.objects.filter(seen__lt=clock.elapsed_seconds() - 10 * SEEN_SECONDS).delete()
            Worker.objects.update_or_create(name=name, defaults={"seen": clock.elapsed_seconds()})
        except DatabaseError:
            log.warning("event=worker-not-noted")

    def keep_saying() -> None:
        while not gone.wait(every_seconds):
            say()
        connections.close_all()

    say()
    thread = threading.Thread(target=keep_saying, name="worker-present", daemon=True)
    thread.start()
    try:
        yield
    finally:
        gone.set()
        thread.join()
        Worker.objects.filter(name=name).delete()


def work(
    *,
    until_empty: bool = False,
    stop: threading.Event | None = None,
    poll_seconds: float = 2.0,
    watch: Watch | None = None,
    make_ready: Callable[[], None] | None = None,
) -> int:
    """Run jobs, one after another: until there are none, or until `stop` is set. Gives how many were run.

    `make_ready`: done once, by a worker that has been there for a while and had nothing to do.
    """
    stop = stop or threading.Event()
    if until_empty:
        return _work(stop, poll_seconds, watch, None, until_empty=True)
    with _present():
        return _work(stop, poll_seconds, watch, make_ready, until_empty=False)


def _work(
    stop: threading.Event,
    poll_seconds: float,
    watch: Watch | None,
    make_ready: Callable[[], None] | None,
    *,
    until_empty: bool,
) -> int:
    n_run = n_looks = 0
    while not stop.is_set():
        _drop_dead_connections()
        if run_next_job(watch) is not None:
            n_run += 1
        elif until_empty:
            break
        else:
            n_looks += 1
            if make_ready is not None and not n_run and n_looks == LOOKS_AT_REST:
                make_ready()
            stop.wait(poll_seconds)
    return n_run
