"""Faults of every rule: found by a child's own reference that is in no address, one's own; and beside worklists."""

import logging
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.jobs import queue
from holdfast.performance.models import HOLD_TO_RULES, Release, Return, Validation
from holdfast.performance.selectors import fault_rows as selectors
from holdfast.performance.selectors import faults, worklists
from holdfast.performance.services import faults as services
from performance import census
from performance.test_fault_work import read

pytestmark = pytest.mark.django_db
CODE = "westmere-2031"
RULE = "8825Q"
ROWS = f"/{CODE}/returns/1/rules/rows/"


@pytest.fixture
def held(send: Callable[..., Return]) -> Validation:
    """A census of three invented children, read and held to the rules: each has one fault of RULE."""
    return read(send, census.census(n_children=3))


def text_of(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    text: str = response.content.decode()
    return text


def test_a_child_is_found_by_reference_which_is_in_no_address_no_log_and_not_in_the_trail(
    held: Validation, client_for: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    alice = client_for("performance-analyst")
    said = alice.post(ROWS, {"reference": " child-000002 "})
    assert said.status_code == 302
    mark = selectors.mark_of(CODE, "CHILD-000002")
    assert said["Location"] == f"{ROWS}?child={mark}"
    assert len(mark) == 32
    found = text_of(alice.get(said["Location"]))
    assert "CHILD-000002" in found
    assert "CHILD-000001" not in found
    assert "CHILD-" not in caplog.text.upper()
    trail = [f"{row.action} {row.subject} {row.detail}" for row in TrailRow.objects.all()]
    assert "looked for a child among faults return 1" in " ".join(trail)
    assert not [row for row in trail if "CHILD-" in row.upper()]


def test_a_child_of_whom_there_is_no_fault_is_said_and_another_programme_has_another_mark(
    held: Validation, client_for: Any
) -> None:
    alice = client_for("performance-analyst")
    assert "No fault of this return is about that child" in text_of(alice.post(ROWS, {"reference": "CHILD-9"}))
    assert "Enter the child’s reference" in text_of(alice.post(ROWS, {"reference": ""}))
    other = selectors.mark_of("eastholt-2031", "CHILD-000001")
    assert other != selectors.mark_of(CODE, "CHILD-000001")
    assert alice.get(f"{ROWS}?child={other}").status_code == 404


def test_only_those_who_may_see_children_may_look_for_one(held: Validation, people: Any, client_for: Any) -> None:
    bob = client_for("programme-office")
    seen = text_of(bob.get(ROWS))
    assert "CHILD-" not in seen
    assert "Find this child" not in seen
    assert bob.post(ROWS, {"reference": "CHILD-000001"}).status_code == 403
    assert bob.get(f"{ROWS}?child={selectors.mark_of(CODE, 'CHILD-000001')}").status_code == 403
    with pytest.raises(Refused):
        selectors.fault_rows(people["board-chair"], CODE, 1)


def test_mine_are_those_given_to_me_that_are_still_to_do(held: Validation, people: Any) -> None:
    rows = faults.rows_of_rule(SYSTEM, CODE, 1, RULE).page.rows
    mine, other = people["team-manager"], people["practice-manager"]
    for row, whom in ((rows[0], mine), (rows[1], mine), (rows[2], other)):
        services.assign_fault(
            by=SYSTEM, at=clock.now(), validation=held, rule=RULE, key=row.key, assigned_to=whom, words=""
        )
    services.explain_fault(by=mine, at=clock.now(), validation=held, rule=RULE, key=rows[1].key, words="A visit.")
    seen = selectors.fault_rows(mine, CODE, 1, is_mine=True)
    assert [(row.rule, row.child) for row in seen.page.rows] == [(RULE, "CHILD-000001")]
    assert seen.n_mine == 1
    assert selectors.fault_rows(other, CODE, 1).n_mine == 1
    of_mine = faults.faults_data(mine, CODE, 1, is_mine=True)["named"]
    assert [(row["rule"], row["key"], row["state"]) for row in of_mine] == [
        (RULE, faults.mark_of_fault(CODE, rows[0].key), "assigned")
    ]
    every = selectors.fault_rows(mine, CODE, 1)
    assert every.page.total == sum(held.n_named.values())


def test_a_teams_faults_are_chosen_by_its_name(held: Validation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        faults, "teams_of_children", lambda programme: {"CHILD-000001": "North & West", "CHILD-000002": "East"}
    )
    seen = selectors.fault_rows(SYSTEM, CODE, 1, team="North & West")
    assert {row.child for row in seen.page.rows} == {"CHILD-000001"}
    assert seen.teams == ("East", "North & West", "Not known")
    of_team = faults.faults_data(SYSTEM, CODE, 1, RULE, team="East")["named"]
    assert [row["key"] for row in of_team] == [
        faults.mark_of_fault(CODE, row.key)
        for row in faults.rows_of_rule(SYSTEM, CODE, 1, RULE).page.rows
        if row.child == "CHILD-000002"
    ]
    assert selectors.fault_rows(SYSTEM, CODE, 1, team="Nowhere").page.total == sum(held.n_named.values())


@pytest.fixture
def waiting(published: Release, monkeypatch: pytest.MonkeyPatch) -> Release:
    """A published release whose return was held to the rules: one of its children waits for an assessment."""
    job = queue.enqueue(HOLD_TO_RULES, CODE, {"return": published.returns.get().pk})
    services.hold_queued_return(job, queue.Progress(None))
    ends = published.as_at
    own = SimpleNamespace(
        unit_id="e1", child="CHILD-000001", due_on=ends, event_on=ends, in_numerator=False, elapsed=45, groups={}
    )
    other = SimpleNamespace(**vars(own) | {"child": "WITHOUT-A-FAULT"})

    def rows(store: Any, calculation: str, indicator: str, **more: Any) -> Any:
        return ([own, other], 2) if indicator == "I24" else ([], 0)

    monkeypatch.setattr(analytics, "rows", rows)
    return published


def test_a_row_of_a_worklist_says_how_many_faults_there_are_to_mend_and_leads_to_them(
    waiting: Release, client_for: Any
) -> None:
    alice = client_for("performance-analyst")
    left = selectors.left_by_child(SYSTEM, CODE, ["CHILD-000001", "WITHOUT-A-FAULT"])
    assert left is not None
    assert list(left) == ["CHILD-000001"]
    n_left = left["CHILD-000001"].n_left
    text = text_of(alice.get(f"/{CODE}/worklists/assessments/"))
    assert "Faults to mend" in text
    assert f"?child={selectors.mark_of(CODE, 'CHILD-000001')}" in text
    seen = selectors.fault_rows(SYSTEM, CODE, 1, mark=selectors.mark_of(CODE, "CHILD-000001"))
    assert seen.page.total == n_left > 0
    for row in seen.page.rows:
        services.explain_fault(
            by=SYSTEM, at=clock.now(), validation=seen.validation, rule=row.rule, key=row.key, words="So it is."
        )
    assert selectors.left_by_child(SYSTEM, CODE, ["CHILD-000001"]) == {}


def test_a_fault_says_which_worklists_its_child_stands_on(waiting: Release, client_for: Any) -> None:
    assert [clock.code for clock, _ in selectors.worklists_with(SYSTEM, CODE, "CHILD-000001")] == ["assessments"]
    alice = client_for("performance-analyst")
    rows = faults.rows_of_rule(SYSTEM, CODE, 1, RULE).page.rows
    on = next(row for row in rows if row.child == "CHILD-000001")
    off = next(row for row in rows if row.child != "CHILD-000001")
    text = text_of(alice.get(f"/{CODE}/returns/1/rules/{RULE}/{faults.mark_of_fault(CODE, on.key)}/"))
    assert "The child stands on 1 worklist" in text
    assert worklists.CLOCKS["assessments"].title in text
    assert "The child stands on no worklist" in text_of(
        alice.get(f"/{CODE}/returns/1/rules/{RULE}/{faults.mark_of_fault(CODE, off.key)}/")
    )
    bob = text_of(
        client_for("programme-office").get(f"/{CODE}/returns/1/rules/{RULE}/{faults.mark_of_fault(CODE, on.key)}/")
    )
    assert "worklist" not in bob.split("<main", 1)[1].split("</main", 1)[0]


def test_nobody_without_a_part_in_faults_is_told_of_them_on_a_worklist(waiting: Release, people: Any) -> None:
    assert selectors.left_by_child(people["programme-office"], CODE, ["CHILD-000001"]) is None
    assert selectors.left_by_child(people["board-chair"], CODE, ["CHILD-000001"]) is None
