"""A service is keyword-only, takes by= and at=, is one transaction, and writes its one trail row, or nothing at all."""

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account, TrailRow
from holdfast.access.writes import UntrailedWrite, outside_transaction, record, service


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
        record("two accounts added")

    add_two(by=SYSTEM, at=clock.now())

    assert [row.action for row in TrailRow.objects.all()] == ["account added", "account added", "two accounts added"]


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
