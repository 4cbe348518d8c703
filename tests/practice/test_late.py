"""Late assessments and why: read from the worklist, a code kept under a digest, and no child in the database."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone
from holdfast.performance.selectors import worklists
from holdfast.performance.selectors.whose import whose_records
from holdfast.performance.selectors.worklists import Waiting
from holdfast.practice.models import LateReason
from holdfast.practice.selectors import late
from holdfast.practice.services import early_help as services

from .conftest import CODE, TODAY, at, command
from .test_exercises import words

pytestmark = pytest.mark.django_db
PAGE = f"/{CODE}/practice/late/"


@pytest.fixture
def late_ones(people: Any, monkeypatch: Any) -> None:
    """A worklist with two late assessments, of the north and of the south team, for who may see children's records."""
    rows = [
        Waiting("C-1", date(2031, 5, 1), "late", 70, -22, "North team"),
        Waiting("C-2", date(2031, 5, 30), "late", 50, -1, "South team"),
    ]
    made = SimpleNamespace(as_at=date(2031, 5, 31), number=1)

    def worklist(user: Any, code: str, clock: str, choice: str) -> Any:
        whose_records(user, Permission.SEE_CHILD_RECORDS, code)
        assert (clock in late.CLOCKS, choice) == (True, "late")
        return SimpleNamespace(page=SimpleNamespace(rows=rows), release=made, whose="The whole council.")

    monkeypatch.setattr(worklists, "whole_worklist", worklist)


def explain(programme: Any, found: Any, code: str, by: Any = SYSTEM) -> LateReason:
    facts = {"mark": found.mark, "due_on": found.waiting.due_on, "code": code}
    return services.explain_late(by=by, at=at(), programme=programme, **facts)


def test_each_late_assessment_has_its_newest_reason_and_they_are_counted(programme: Any, late_ones: Any) -> None:
    found = late.late(SYSTEM, CODE)
    assert [(one.waiting.child, one.reason) for one in found.rows] == [("C-1", None), ("C-2", None)]
    assert found.counts == [("Not explained yet", 2)]
    explain(programme, found.rows[0], "worker")
    explain(programme, found.rows[0], "family")
    found = late.late(SYSTEM, CODE)
    assert [one.reason.code if one.reason else "" for one in found.rows] == ["family", ""]
    assert found.counts == [("The family could not be seen, or did not want to be", 1), ("Not explained yet", 1)]


def test_no_child_is_kept_with_a_reason_or_in_the_trail(programme: Any, late_ones: Any) -> None:
    explain(programme, late.late(SYSTEM, CODE).rows[0], "worker")
    kept = str(list(LateReason.objects.values_list())) + str(list(TrailRow.objects.values_list()))
    assert "C-1" not in kept


def test_another_assessment_of_the_same_child_has_no_reason_yet(programme: Any, late_ones: Any) -> None:
    first = late.late(SYSTEM, CODE).rows[0]
    facts = {"programme": programme, "mark": first.mark, "code": "worker"}
    services.explain_late(by=SYSTEM, at=at(), **facts, due_on=date(2030, 1, 1))
    assert late.late(SYSTEM, CODE).rows[0].reason is None
    with pytest.raises(NotDone, match="not late"):
        services.explain_late(by=SYSTEM, at=at(), **facts, due_on=TODAY)


def test_it_is_explained_on_its_page_by_who_may_see_the_records(
    programme: Any, late_ones: Any, client_for: Any, people: Any
) -> None:
    found = late.late(SYSTEM, CODE).rows[0]
    address = f"{PAGE}{found.mark}/2031-05-01/"
    manager = client_for("team-manager")
    assert "C-1" in words(manager.get(PAGE))
    assert "The reason is kept" in words(manager.post(address, {"code": "checking"}, follow=True))
    assert manager.get(f"{PAGE}{found.mark}/2031-05-02/").status_code == 404
    assert manager.get(f"{PAGE}{'0' * 16}/2031-05-01/").status_code == 404
    for role in ("dfe-observer", "director", "partner-member"):
        assert client_for(role).get(PAGE).status_code == 403
        with pytest.raises(Refused):
            explain(programme, found, "worker", by=people[role])
    assert TrailRow.objects.filter(action="lateness explained").count() == 1
    assert "Why it is late: It waits for a manager to check it" in command("late", "--as", "team-manager")
    assert "waits for a manager" not in words(manager.get(f"{PAGE}?clock=conferences")), "another clock, another reason"
    found = late.late(SYSTEM, CODE, "conferences").rows[0]
    address = f"{PAGE}{found.mark}/2031-05-01/?clock=conferences"
    assert "Another agency’s part was waited for" in words(manager.post(address, {"code": "others"}, follow=True))
    assert TrailRow.objects.filter(action="lateness explained", subject="an initial conference").count() == 1
    assert "waited for" not in command("late", "assessments", "--as", "team-manager")
