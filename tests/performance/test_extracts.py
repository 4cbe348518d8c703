"""What a room gives becomes a load like any return: whole, under its hash, in the snapshot, on the release's page."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.organisation.models import Programme
from holdfast.performance import extracts
from holdfast.performance.extracts import Given
from holdfast.performance.keeping import store
from holdfast.performance.selectors import cover, releases, verification
from holdfast.performance.services import calculation, extracting
from performance import census

ACTION = {
    "plan_action_id": "A1",
    "plan_action_agency": "council",
    "plan_action_original_due_on": date(2013, 11, 1),
    "plan_action_due_on": date(2013, 11, 1),
    "plan_action_done_on": date(2013, 11, 1),
}
LATE = {**ACTION, "plan_action_id": "A2", "plan_action_done_on": None}


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A room that gives actions, in place of those that registered: room["given"] is what it gives."""
    said: dict[str, Any] = {"given": Given(date(2013, 9, 12), {"plan_actions": [ACTION, LATE]})}
    monkeypatch.setattr(extracts, "_extracts", {})
    extracts.register_extract("plan", "The plan", lambda programme, as_at: said["given"])
    return said


def taken(programme: Programme) -> list[str]:
    return [one.load_id for one in extracting.extract_now(by=SYSTEM, at=clock.now(), programme=programme)]


def test_the_same_rows_in_any_order_on_one_day_are_the_same_load(council: Programme, room: dict[str, Any]) -> None:
    first = taken(council)
    room["given"] = Given(date(2013, 9, 12), {"plan_actions": [LATE, ACTION]})
    assert taken(council) == first
    columns = extracts.columns_of(tuple(ACTION), [[[value] for value in row.values()] for row in (LATE, ACTION)])
    assert list(columns) == [LATE, ACTION]
    room["given"] = Given(date(2013, 9, 12), {"plan_actions": columns})
    assert taken(council) == first, "as columns too"
    room["given"] = Given(date(2013, 9, 12), {"plan_actions": [ACTION]})
    assert taken(council) != first
    load = store().load(first[0])
    assert (load.kind, load.as_at, load.n_rows) == ("plan", clock.today(), {"plan_actions": 2})
    assert TrailRow.objects.filter(action="extracts taken").count() == 4


def test_a_room_that_has_nothing_gives_no_load(council: Programme, room: dict[str, Any]) -> None:
    room["given"] = None
    assert taken(council) == []


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([{**ACTION, "plan_action_owner": "somebody"}], "a column that the table has not"),
        ([ACTION, ACTION], "its key is missing from a row, or is there twice"),
        ([{**ACTION, "plan_action_id": None}], "its key is missing from a row, or is there twice"),
        ([{**ACTION, "plan_action_id": ""}], "its key is missing from a row, or is there twice"),
        ([{**ACTION, "plan_action_due_on": "somebody"}], "a value is not of its column's type"),
    ],
)
def test_rows_that_do_not_fit_their_contract_are_refused_without_repeating_them(
    council: Programme, room: dict[str, Any], rows: list[dict[str, Any]], problem: str
) -> None:
    columns = extracts.columns_of(tuple(rows[0]), [[[value] for value in row.values()] for row in rows])
    for given in (rows, columns):
        room["given"] = Given(date(2013, 9, 12), {"plan_actions": given})
        with pytest.raises(analytics.NotToContract, match=problem) as refused:
            taken(council)
        assert "somebody" not in str(refused.value)


def test_a_room_gives_only_tables_whose_contract_names_it(council: Programme, room: dict[str, Any]) -> None:
    room["given"] = Given(date(2013, 9, 12), {"person": [{"pers_person_id": "C1"}]})
    with pytest.raises(analytics.NotToContract, match="do not name it as a supplier"):
        taken(council)


def test_only_those_who_may_publish_take_an_extract(council: Programme, people: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        extracting.extract_now(by=people["elected-member"], at=clock.now(), programme=council)


def test_a_release_takes_the_extracts_says_where_each_table_is_from_and_finds_one_that_is_lost(
    council: Programme, room: dict[str, Any], send: Callable[..., Any]
) -> None:
    send(census.census())
    queue_work()
    release = releases.release_to_publish(SYSTEM, council.code)
    assert release.as_at == census.AS_AT, "the data is as at the day of the return"
    said = {(one.table, one.kind): (one.days, one.over) for one in cover.sources(SYSTEM, council.code, release)}
    today = analytics.date_words(clock.today())
    assert said["plan_actions", "The plan"] == (f"12 September 2013 to {today}", "")
    assert said["cin_episodes", "CIN census"] == ("1 April 2013 to 31 January 2014", "")
    again = calculation.calculate_release(by=SYSTEM, at=clock.now(), programme=council)
    assert again == release, "nothing changed, so it is the same release"
    [load_id] = taken(council)
    assert verification.verify_store(SYSTEM) == []
    shutil.rmtree(store().folder("loads", load_id))
    folder, extract = verification.verify_store(SYSTEM)
    assert folder.startswith(f"The folder loads/{load_id[:12]}, which snapshots/")
    assert extract == (
        f"An extract of {release.reference} of {council.code} ({load_id[:8]}) is missing from the store."
    )


def queue_work() -> None:
    from holdfast.jobs import queue

    queue.work(until_empty=True)
