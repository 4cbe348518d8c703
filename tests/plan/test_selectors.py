"""Reads of the plan: what is late, what is due next, what covers which requirement."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdfast.access.doors import SYSTEM, Refused
from holdfast.notice.selectors import coverage, positions
from holdfast.plan import selectors
from holdfast.plan.models import Action
from holdfast.plan.services import adding

from .conftest import AT, TODAY

CODE = "westmere-2031"


def refs(found) -> list[str]:
    return [one.ref for one in found]


def late(on: date) -> list[Action]:
    return selectors.longest_late(list(selectors.actions(SYSTEM, CODE, on)), on)


def test_due_today_is_not_late_and_due_yesterday_is(small_plan) -> None:
    assert refs(late(TODAY)) == ["A-late"]
    assert refs(late(date(2031, 6, 2))) == ["A-late", "A-now"]
    assert refs(late(date(2031, 5, 31))) == []


def test_the_plan_lists_late_actions_first_and_done_ones_last(small_plan) -> None:
    (found,) = selectors.plan(SYSTEM, CODE)
    assert refs(found.actions) == ["A-late", "A-now", "A-later", "A-done"]


def test_milestones_by_date(small_plan) -> None:
    assert refs(selectors.milestones(SYSTEM, CODE)) == ["M2", "M1"]
    assert selectors.one_milestone(SYSTEM, CODE, "m1").state_words(TODAY) == "Not yet due"
    assert selectors.one_milestone(SYSTEM, CODE, "M2").state_words(TODAY) == "Late"


def test_what_is_not_there_is_named(small_plan) -> None:
    with pytest.raises(selectors.NoSuchAction, match="Z9"):
        selectors.one_action(SYSTEM, CODE, "Z9")
    with pytest.raises(selectors.NoSuchMilestone, match="Z9"):
        selectors.one_milestone(SYSTEM, CODE, "Z9")


def test_the_notices_coverage_sees_the_plan(small_plan) -> None:
    found = coverage.coverage(SYSTEM, CODE)
    rows = {row.subject.ref: row for row in (*found.requirements, *found.recommendations)}
    assert refs(rows["A1"].actions) == ["A-late", "A-later"]
    assert rows["A1"].actions[0].is_late
    assert rows["F1"].indicators == ["I20"]
    assert refs(found.adrift) == ["A-done"]


@pytest.mark.parametrize("role", ["nobody", "elsewhere", "administrator"])
def test_nobody_else_reads_the_plan(small_plan, people, role: str) -> None:
    for read in (selectors.plan, selectors.actions, selectors.milestones):
        with pytest.raises(Refused):
            read(people[role], CODE)


def test_the_number_of_queries_does_not_grow_with_the_plan(small_plan, post) -> None:
    def n_queries() -> int:
        with CaptureQueriesContext(connection) as ran:
            selectors.plan(SYSTEM, CODE)
            selectors.covering(SYSTEM, CODE, TODAY)
            positions.positions(SYSTEM, CODE)
        return len(ran)

    before = n_queries()
    for n in range(10):
        adding.add_action(
            by=SYSTEM,
            at=AT,
            objective=small_plan.objective,
            ref=f"B{n}",
            title="More",
            owner=post,
            due_on=TODAY,
            requirements=["A1"],
        )
    assert n_queries() == before
