"""A service is keyword-only, takes by= and at=, is one transaction, and writes its one trail row, or nothing at all."""

import threading

import pytest
from django.db import OperationalError, connection

from holdfast.access import clock, writes
from holdfast.access.checking import check_records
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account, TrailRow
from holdfast.access.trail import broken_rows
from holdfast.access.writes import Forbidden, UntrailedWrite, outside_transaction, record, service


@service
def add(*, by, at, username, rows=1, fail=False):
    Account.objects.create(username=username)
    for _ in range(rows):
        record("account added", programme="p", subject=username, detail={"rows": rows})
    if fail:
        raise ValueError("stop")
    return username


def names():
    return list(Account.objects.values_list("username", flat=True))


@pytest.mark.django_db
def test_a_service_writes_one_row_with_who_and_when():
    at = clock.now()

    assert add(by=SYSTEM, at=at, username="ada") == "ada"

    row = TrailRow.objects.get()
    assert (row.by, row.at, row.action, row.programme, row.subject) == ("system", at, "account added", "p", "ada")


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [0, 2])
def test_a_service_with_no_row_or_two_is_undone(rows):
    with pytest.raises(UntrailedWrite, match=f"wrote {rows} trail rows, not one"):
        add(by=SYSTEM, at=clock.now(), username="ada", rows=rows)
    assert (names(), TrailRow.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_a_service_that_fails_leaves_neither_its_change_nor_its_row():
    with pytest.raises(ValueError, match="stop"):
        add(by=SYSTEM, at=clock.now(), username="ada", fail=True)
    assert (names(), TrailRow.objects.count()) == ([], 0)


@pytest.mark.django_db
def test_a_service_inside_another_writes_its_own_row():
    @service
    def add_two(*, by, at):
        add(by=by, at=at, username="ada")
        add(by=by, at=at, username="bea")
        record("council added")

    add_two(by=SYSTEM, at=clock.now())

    assert [row.action for row in TrailRow.objects.all()] == ["account added", "account added", "council added"]


def test_recording_outside_a_service_is_a_fault():
    with pytest.raises(UntrailedWrite, match="outside a service"):
        record("account added")


def test_slow_work_outside_a_transaction_keeps_the_convention_and_says_why():
    @outside_transaction("reads a whole file")
    def submit(*, by, at):
        return "done"

    assert submit(by=SYSTEM, at=None) == "done"
    assert submit.outside_transaction == "reads a whole file"
    with pytest.raises(TypeError, match="keyword-only"):
        outside_transaction("slow")(lambda by, at: None)


def test_a_function_that_breaks_the_rule_is_no_service():
    for wrong in (lambda by, at: None, lambda *, by: None, lambda *, at: None, lambda *, by, at, **more: None):
        with pytest.raises(TypeError, match="keyword-only"):
            service(wrong)


def locked(monkeypatch, n_times):
    """The database is locked the next n times that a transaction begins."""
    begin, left = connection._start_transaction_under_autocommit, iter(range(n_times))

    def maybe():
        if next(left, None) is not None:
            raise OperationalError("database is locked")
        begin()

    monkeypatch.setattr(connection, "_start_transaction_under_autocommit", maybe, raising=False)


ON_SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has one writer at a time")


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_a_write_waits_its_turn_and_is_done_once(monkeypatch):
    locked(monkeypatch, 4)
    add(by=SYSTEM, at=clock.now(), username="ada")
    assert (names(), TrailRow.objects.count()) == (["ada"], 1)


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_a_write_that_waited_too_long_says_so_and_changes_nothing(monkeypatch):
    monkeypatch.setattr(writes, "PATIENCE_SECONDS", -1)
    locked(monkeypatch, 1)
    with pytest.raises(writes.TooBusy, match="nothing was saved"):
        add(by=SYSTEM, at=clock.now(), username="ada")
    assert names() == []


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
def test_another_fault_of_the_database_is_not_tried_again(monkeypatch):
    def broken():
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(connection, "_start_transaction_under_autocommit", broken, raising=False)
    with pytest.raises(OperationalError, match="disk"):
        add(by=SYSTEM, at=clock.now(), username="ada")


def test_whoever_has_waited_longest_writes_next():
    queue, order, waiting = writes.Queue(), [], []

    def write(who):
        assert queue.enter(60)
        order.append(who)
        queue.leave()

    assert queue.enter(0)
    for who in range(5):
        writer = threading.Thread(target=write, args=(who,))
        writer.start()
        waiting.append(writer)
        while len(queue._waiting) <= who:
            pass
    queue.leave()
    for writer in waiting:
        writer.join()
    assert order == [0, 1, 2, 3, 4]


def test_who_gives_up_leaves_the_queue_to_the_others():
    queue = writes.Queue()
    assert queue.enter(0)
    assert not queue.enter(0)
    queue.leave()
    assert queue.enter(0)


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_lose_nothing():
    """Twenty writers, five writes each (the benchmark has fifty and forty): every one is kept and trailed."""
    failed = []

    def keep_writing(who):
        try:
            for turn in range(5):
                add(by=SYSTEM, at=clock.now(), username=f"{who}-{turn}")
        except Exception as problem:
            failed.append(problem)
        finally:
            connection.close()

    writers = [threading.Thread(target=keep_writing, args=(who,)) for who in range(20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert (len(names()), TrailRow.objects.count()) == (100, 100)
    assert [*check_records(), *broken_rows()] == []


def test_a_page_that_cannot_be_written_for_says_wait(client_for, monkeypatch):
    def too_busy(*asked):
        raise writes.TooBusy

    monkeypatch.setattr("holdfast.access.selectors.trail_people", too_busy)
    page = client_for("director").get("/westmere-2031/trail/")
    assert page.status_code == 503
    assert "nothing was saved" in page.content.decode()


@service
def vote(*, by, at, username):
    Account.objects.create(username=username)
    raise Forbidden("An observer does not vote.", programme="p")


@pytest.mark.django_db
def test_what_nobody_may_do_is_undone_and_the_refusal_stays_in_the_trail():
    at = clock.now()

    with pytest.raises(Forbidden, match="An observer does not vote"):
        vote(by=SYSTEM, at=at, username="ada")

    row = TrailRow.objects.get()
    assert (row.action, row.programme, row.subject) == ("refused by a rule", "p", "An observer does not vote")
    assert row.detail == {"rule": "Forbidden", "service": "vote"}
    assert names() == []
    assert list(broken_rows()) == []


@pytest.mark.django_db
def test_a_refusal_inside_another_service_is_in_the_trail_once():
    @service
    def meet(*, by, at):
        Account.objects.create(username="bea")
        vote(by=by, at=at, username="ada")

    with pytest.raises(Forbidden):
        meet(by=SYSTEM, at=clock.now())

    assert [row.action for row in TrailRow.objects.all()] == ["refused by a rule"]
    assert names() == []
