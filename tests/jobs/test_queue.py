"""Jobs: claimed once, held by a lease, taken again when the holder is gone. Never lost, never doubled."""

import os
import re
import shutil
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import transaction

from databases import lay, template_on
from holdfast.access import clock
from holdfast.jobs import queue
from holdfast.jobs.models import Job, Worker
from holdfast.jobs.processes import is_running, machine
from performance.killing import MOMENTS

SCRIPT = Path(__file__).parents[1] / "performance" / "killing.py"
KIND = "a piece of work"
PROGRAMME = "county-2031"


class Work:
    """A handler that counts its runs, fails as often as it is told, and remembers being given up."""

    def __init__(self, n_failures: int = 0) -> None:
        self.n_runs, self.n_failures, self.given_up = 0, n_failures, list[str]()

    def run(self, job: Job, progress: queue.Progress) -> None:
        self.n_runs += 1
        if self.n_runs <= self.n_failures:
            raise RuntimeError("CHILD-000017 was born on 1 May")

    def give_up(self, job: Job, problem: str) -> None:
        self.given_up.append(problem)


@pytest.fixture
def handle(monkeypatch: pytest.MonkeyPatch) -> Any:
    def register(work: Work) -> Work:
        monkeypatch.setitem(queue._handlers, KIND, queue.Handler(work.run, work.give_up))
        return work

    return register


def test_a_job_is_run_once_and_then_there_is_nothing_to_do(db: None, handle: Any) -> None:
    work = handle(Work())
    job = queue.enqueue(KIND, PROGRAMME)
    assert queue.work(until_empty=True) == 1
    job.refresh_from_db()
    assert (work.n_runs, job.state, job.attempts, job.claimed_by) == (1, "done", 1, "")
    assert queue.run_next_job() is None


def test_the_same_work_that_waits_already_is_not_queued_twice(db: None, handle: Any) -> None:
    handle(Work())
    first, again = queue.enqueue(KIND, PROGRAMME, {"n": 1}), queue.enqueue(KIND, PROGRAMME, {"n": 1})
    other = queue.enqueue(KIND, PROGRAMME, {"n": 2})
    assert first.pk == again.pk != other.pk
    queue.work(until_empty=True)
    assert queue.enqueue(KIND, PROGRAMME, {"n": 1}).pk not in (first.pk, other.pk)


def test_a_job_whose_transaction_is_rolled_back_was_never_queued(db: None) -> None:
    with transaction.atomic():
        queue.enqueue(KIND, PROGRAMME)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_of_two_workers_that_read_the_same_row_only_one_claims_it(db: None) -> None:
    job = queue.enqueue(KIND, PROGRAMME)
    seen_by_first, seen_by_second = Job.objects.get(pk=job.pk), Job.objects.get(pk=job.pk)
    assert queue._take(seen_by_first)
    assert not queue._take(seen_by_second)


def test_a_job_held_by_a_running_process_is_left_alone_until_its_lease_runs_out(db: None) -> None:
    job = queue.claim(queue.enqueue(KIND, PROGRAMME).pk)
    assert job is not None
    assert queue.claim() is None
    Job.objects.update(lease_until=clock.elapsed_seconds() - 1)
    taken = queue.claim()
    assert taken is not None
    assert (taken.pk, taken.attempts) == (job.pk, 2)


def test_a_job_held_by_a_process_that_is_gone_is_taken_at_once(db: None) -> None:
    queue.claim(queue.enqueue(KIND, PROGRAMME).pk)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    Job.objects.update(claimed_by=f"{machine()}|{gone.pid}|x")
    assert queue.claim() is not None


def test_a_job_held_on_another_machine_is_left_to_its_lease(db: None) -> None:
    queue.claim(queue.enqueue(KIND, PROGRAMME).pk)
    Job.objects.update(claimed_by="elsewhere|1|x")
    assert queue.claim() is None


def test_renewing_extends_a_lease_that_is_ours_and_no_other(db: None) -> None:
    job = queue.claim(queue.enqueue(KIND, PROGRAMME).pk)
    assert job is not None
    Job.objects.update(lease_until=0)
    assert queue.renew(job)
    job.refresh_from_db()
    assert job.lease_until is not None
    assert job.lease_until > clock.elapsed_seconds()
    Job.objects.update(claimed_by="elsewhere|1|x")
    assert not queue.renew(job)


def test_work_that_fails_is_tried_three_times_and_then_given_up(db: None, handle: Any) -> None:
    work = handle(Work(n_failures=9))
    job = queue.enqueue(KIND, PROGRAMME)
    assert queue.work(until_empty=True) == 3
    job.refresh_from_db()
    assert (work.n_runs, job.state) == (3, "failed")
    assert work.given_up == [job.problem]


def test_what_a_failure_says_never_holds_what_it_was_about(
    db: None, handle: Any, caplog: pytest.LogCaptureFixture
) -> None:
    handle(Work(n_failures=9))
    job = queue.enqueue(KIND, PROGRAMME)
    queue.work(until_empty=True)
    job.refresh_from_db()
    assert "CHILD" not in job.problem + caplog.text
    assert "RuntimeError" in job.problem
    assert "test_queue.py" in caplog.text


def test_work_that_fails_once_is_done_the_second_time(db: None, handle: Any) -> None:
    work = handle(Work(n_failures=1))
    job = queue.enqueue(KIND, PROGRAMME)
    queue.work(until_empty=True)
    job.refresh_from_db()
    assert (work.n_runs, job.state, job.problem) == (2, "done", "")


def test_a_job_whose_workers_die_three_times_is_given_up(db: None, handle: Any) -> None:
    work = handle(Work())
    job = queue.enqueue(KIND, PROGRAMME)
    Job.objects.update(state="running", attempts=3, claimed_by="elsewhere|1|x", lease_until=0)
    assert queue.claim() is None
    job.refresh_from_db()
    assert (work.n_runs, job.state) == (0, "failed")
    assert work.given_up == ["The work stopped without finishing, three times."]


def test_a_worker_that_lost_its_job_does_not_end_it(db: None, handle: Any) -> None:
    handle(Work())
    job = queue.claim(queue.enqueue(KIND, PROGRAMME).pk)
    assert job is not None
    Job.objects.update(claimed_by="elsewhere|1|x", attempts=2)
    queue.run(job)
    job.refresh_from_db()
    assert (job.state, job.claimed_by) == ("running", "elsewhere|1|x")


def test_running_one_job_at_once_gives_it_back_as_it_ended(db: None, handle: Any) -> None:
    handle(Work())
    job = queue.enqueue(KIND, PROGRAMME)
    assert queue.run_job(job).state == "done"
    assert queue.run_job(job).attempts == 1


def test_a_worker_told_to_stop_stops(db: None) -> None:
    stop = threading.Event()
    stop.set()
    assert queue.work(stop=stop) == 0


def test_a_worker_waits_for_work_until_it_is_told_to_stop(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    monkeypatch.setattr(stop, "wait", lambda seconds: stop.set())
    assert queue.work(stop=stop) == 0


def test_a_worker_that_has_had_nothing_to_do_for_a_while_makes_ready_once(
    db: None, handle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, looks, ready = threading.Event(), list[float](), list[int]()

    def wait(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 2 * queue.LOOKS_AT_REST:
            stop.set()

    monkeypatch.setattr(stop, "wait", wait)
    assert queue.work(stop=stop, make_ready=lambda: ready.append(len(looks))) == 0
    assert ready == [queue.LOOKS_AT_REST - 1]
    stop.clear()
    looks.clear()
    handle(Work())
    queue.enqueue(KIND, PROGRAMME)
    assert queue.work(stop=stop, make_ready=lambda: pytest.fail("it was done after its first job")) == 1


@pytest.mark.django_db(transaction=True)
def test_the_heartbeat_renews_the_lease_while_the_work_runs(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    beats = threading.Event()

    def renew(job: Job, said: queue.Said) -> bool:
        beats.set()
        raise queue.DatabaseError

    monkeypatch.setattr(queue, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(queue, "renew", renew)
    monkeypatch.setitem(
        queue._handlers, KIND, queue.Handler(lambda job, progress: assert_(beats.wait(5)), lambda job, problem: None)
    )
    assert queue.run_job(queue.enqueue(KIND, PROGRAMME)).state == "done"


def test_a_heartbeat_that_has_to_wait_for_a_writer_does_not_hold_up_the_end(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the work writes as well, in a transaction that is open: the beat gives up, and the work ends."""
    tried, renew = threading.Event(), queue.renew

    def renewing(job: Job, said: queue.Said) -> bool:
        try:
            return renew(job, said)
        finally:
            tried.set()

    monkeypatch.setattr(queue, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(queue, "renew", renewing)
    monkeypatch.setitem(
        queue._handlers, KIND, queue.Handler(lambda job, progress: assert_(tried.wait(30)), lambda job, problem: None)
    )
    job = queue.run_job(queue.enqueue(KIND, PROGRAMME))
    assert (job.state, job.attempts) == ("done", 1)


def assert_(fact: bool) -> None:
    assert fact


def test_a_process_is_known_to_run_or_to_be_gone() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert is_running(os.getpid())
    assert is_running(1)
    assert not is_running(gone.pid)
    assert not is_running(0)


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Path]:
    """A data folder with a database of its own, outside the test's transaction: on PostgreSQL, one made and dropped."""
    given, url, name = os.environ.get("HOLDFAST_DATABASE_URL", ""), "", f"killing_{uuid.uuid4().hex}"
    if given:
        url = urlsplit(given)._replace(path=f"/{name}").geturl()
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template_on(given)}")  # type: ignore[arg-type]
    else:
        lay(tmp_path)
    (tmp_path / "database_url").write_text(url)
    yield tmp_path
    if given:
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


def _run(step: str, folder: Path, *more: str) -> subprocess.Popen[str]:
    url = (folder / "database_url").read_text()
    environment = {**os.environ, "HOLDFAST_DATA": str(folder), "HOLDFAST_MODE": "test", "HOLDFAST_DATABASE_URL": url}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), step, *more], env=environment, stdout=subprocess.PIPE, text=True
    )


def _said(process: subprocess.Popen[str]) -> str:
    """What a process that ended well printed."""
    words = process.communicate(timeout=300)[0]
    assert process.returncode == 0
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())


def _kill_when_started(worker: subprocess.Popen[str], folder: Path) -> None:
    pause = threading.Event()
    for _ in range(3000):
        if (folder / "started").exists() or worker.poll() is not None:
            break
        pause.wait(0.1)
    assert worker.poll() is None
    worker.kill()
    worker.communicate()


def test_a_worker_killed_in_the_middle_of_a_job_loses_nothing_and_doubles_nothing(apart: Path) -> None:
    _said(_run("prepare", apart))
    _kill_when_started(_run("work", apart, "60"), apart)
    assert _said(_run("states", apart)) == "running:1"

    _said(_run("work", apart, "0"))

    assert _said(_run("states", apart)) == "done:2"
    assert (apart / "started").read_text() == "ss"
    assert (apart / "ended").read_text() == "e"


def test_two_workers_at_once_run_each_job_once(apart: Path) -> None:
    _said(_run("prepare", apart))
    for worker in [_run("work", apart, "1"), _run("work", apart, "1")]:
        _said(worker)
    assert (apart / "ended").read_text() == "e"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder to which a return was sent, its database inside: copied, instead of sending it each time."""
    folder = tmp_path_factory.mktemp("sent")
    lay(folder)
    (folder / "database_url").write_text("")
    _said(_run("send", folder))
    return folder


@pytest.mark.parametrize("moment", MOMENTS if os.environ.get("HOLDFAST_EVERY_KILL") else MOMENTS[1::2])
def test_a_worker_killed_while_it_reads_or_calculates_loses_nothing_and_doubles_nothing(
    apart: Path, moment: str, request: pytest.FixtureRequest
) -> None:
    if (apart / "database_url").read_text():
        _said(_run("send", apart))
    else:
        shutil.copytree(request.getfixturevalue("sent"), apart, dirs_exist_ok=True)
    _kill_when_started(_run(moment, apart), apart)
    found, reading, calculation, held = _said(_run("work and tell", apart)).splitlines()
    assert found == "read loads=1 releases=1 left=0"
    assert (reading, held) == ("done:", "done:")
    assert re.fullmatch(r"done: Release 1 \(\w{8}\) was made, as a draft\. Its page says what moved\.", calculation)


def test_a_job_that_another_worker_takes_first_is_left_to_it(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    queue.enqueue(KIND, PROGRAMME)
    monkeypatch.setattr(queue, "_take", lambda job: False)
    assert queue.claim() is None


def test_running_one_job_waits_while_another_worker_runs_it(db: None, handle: Any) -> None:
    work = handle(Work())
    job = queue.enqueue(KIND, PROGRAMME)
    Job.objects.update(
        state="running", attempts=1, claimed_by="elsewhere|1|x", lease_until=clock.elapsed_seconds() + 0.3
    )
    assert queue.run_job(job, poll_seconds=0.1).state == "done"
    assert work.n_runs == 1
    assert not queue.has_lapsed(job)


def test_a_process_that_may_not_be_asked_about_counts_as_running(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(pid: int, signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", forbidden)
    assert is_running(123_456)


@pytest.mark.django_db(transaction=True)
def test_between_jobs_a_worker_lets_go_of_connections_that_are_too_old(db: None, handle: Any) -> None:
    work = handle(Work())
    queue.enqueue(KIND, PROGRAMME)
    assert queue.work(until_empty=True) == work.n_runs == 1


def test_what_came_of_a_job_is_kept_in_a_sentence(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = queue.Handler(lambda job, progress: "Nothing has changed.", lambda job, problem: None)
    monkeypatch.setitem(queue._handlers, KIND, handler)
    assert queue.run_job(queue.enqueue(KIND, PROGRAMME)).outcome == "Nothing has changed."


@pytest.mark.django_db(transaction=True)
def test_a_page_can_tell_whether_a_worker_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, seen = threading.Event(), list[bool]()
    monkeypatch.setattr(stop, "wait", lambda seconds: (seen.append(queue.has_worker()), stop.set()))
    assert not queue.has_worker()
    queue.work(stop=stop)
    assert seen == [True]
    assert not queue.has_worker()


def test_a_worker_that_was_killed_or_is_long_unseen_is_not_there(db: None) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    Worker.objects.create(name=f"{machine()}|{gone.pid}", seen=clock.elapsed_seconds())
    Worker.objects.create(name="elsewhere|7", seen=clock.elapsed_seconds() - 10 * queue.SEEN_SECONDS)
    assert not queue.has_worker()
    Worker.objects.create(name="elsewhere|8", seen=clock.elapsed_seconds() - 1)
    assert queue.has_worker()


@pytest.mark.django_db(transaction=True)
def test_how_far_a_job_is_is_noted_by_the_heartbeat_and_cleared_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    noted, real = threading.Event(), queue.renew

    def renew(job: Job, said: queue.Said | None = None) -> bool:
        renewed = real(job, said)
        noted.set()
        return renewed

    def run(job: Job, progress: queue.Progress) -> str:
        progress.say("3 of 4 MB, 17 children read so far", 3, 4)
        assert noted.wait(5)
        now = Job.objects.get(pk=job.pk)
        return f"{now.step}: {now.n_done} of {now.n_total}"

    monkeypatch.setattr(queue, "NOTE_SECONDS", 0.01)
    monkeypatch.setattr(queue, "renew", renew)
    monkeypatch.setitem(queue._handlers, KIND, queue.Handler(run, lambda job, problem: None))
    ended = queue.run_job(queue.enqueue(KIND, PROGRAMME))
    assert ended.outcome == "3 of 4 MB, 17 children read so far: 3 of 4"
    assert (ended.step, ended.n_done, ended.n_total) == ("", None, None)


def test_a_job_that_is_taken_over_begins_at_the_beginning(db: None) -> None:
    job = queue.claim(queue.enqueue(KIND, PROGRAMME).pk)
    assert job is not None
    queue.renew(job, queue.Said("half of it", 1, 2))
    Job.objects.update(lease_until=clock.elapsed_seconds() - 1)
    again = queue.claim()
    assert again is not None
    assert (again.attempts, again.step, again.n_done, again.n_total) == (2, "", None, None)


def test_a_worker_that_lost_its_job_notes_nothing_on_it(db: None) -> None:
    job = queue.claim(queue.enqueue(KIND, PROGRAMME).pk)
    assert job is not None
    Job.objects.update(claimed_by="elsewhere|1|x")
    assert not queue.renew(job, queue.Said("half of it", 1, 2))
    assert Job.objects.get().step == ""


def test_whoever_watches_is_told_each_step_as_it_is_said(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(job: Job, progress: queue.Progress) -> None:
        progress.say("first", 1, 2)
        progress.say("x" * 300)

    told: list[queue.Said] = []
    monkeypatch.setitem(queue._handlers, KIND, queue.Handler(run, lambda job, problem: None))
    queue.enqueue(KIND, PROGRAMME)
    queue.work(until_empty=True, watch=told.append)
    assert told == [queue.Said("first", 1, 2), queue.Said("x" * 200), queue.Said()]
