"""What waits for a manager: held against the clause in force, the team's own alone; what nobody sent is not nobody."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast import analytics
from holdfast.access.doors import SYSTEM
from holdfast.access.models import TrailRow
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Team
from holdfast.performance.selectors import on_record
from holdfast.performance.selectors.unanswerable import NoSuchChoice
from holdfast.practice.selectors import oversight, waiting

from .conftest import CODE, agree, at, command
from .test_exercises import words
from .test_oversight import standard

pytestmark = pytest.mark.django_db
OVERDUE, UNDECIDED = f"/{CODE}/practice/supervision-overdue/", f"/{CODE}/practice/no-decision/"
AS_AT, HELD_FROM = date(2031, 5, 31), date(2030, 10, 1)


def case(child: str, last: date | None, is_overdue: bool | None, kind: str = "protection", team: str | None = "North"):  # type: ignore[no-untyped-def]
    return analytics.Supervised(child, kind, date(2031, 1, 1), last, team, is_overdue)


@pytest.fixture
def told(people: Any, programme: Any, monkeypatch: Any) -> Any:
    """told(cases, matters, held): as if the last release's history said these. Gives what was asked of it."""
    made = SimpleNamespace(as_at=AS_AT, number=1, reference="release 1", calculation_id="", programme=programme)
    monkeypatch.setattr(on_record, "chosen_release", lambda user, code: made)
    asked: list[Any] = []

    def hold(*found: Any, held: Any = (HELD_FROM, AS_AT)) -> list[Any]:
        cases = [one for one in found if isinstance(one, analytics.Supervised)]
        matters = [one for one in found if isinstance(one, analytics.Matter)]

        def supervision(store: Any, calculation: str, as_at: date, within: Any) -> analytics.Supervision:
            asked.append(dict(within))
            return analytics.Supervision(held, cases)

        def undecided(store: Any, calculation: str, as_at: date, within: int) -> analytics.Undecided:
            asked.append(within)
            return analytics.Undecided(held, matters)

        monkeypatch.setattr(analytics, "supervision", supervision)
        monkeypatch.setattr(analytics, "undecided", undecided)
        return asked

    return hold


def test_the_days_are_those_of_the_clause_in_force_and_ours_are_said_to_be_ours(programme: Any, told: Any) -> None:
    asked = told(case("A", date(2031, 4, 1), True))
    said = " ".join(waiting.supervision_overdue(SYSTEM, CODE).sentences)
    assert "1 of 1 were not discussed in the last 31 days (our reading of the employers\u2019 standards" in said
    clauses = [{"records": f"supervised-protection:{days}"} for days in (14, 31)]
    clauses[1:1] = [{"records": "decided:3"}, {"records": "I20"}]
    agree(programme, "oversight-standards", date(2031, 4, 1), oversight.words_of(standard(programme, *clauses)))
    said = " ".join(waiting.supervision_overdue(SYSTEM, CODE).sentences)
    assert "in the last 14 days (clause 1 of oversight-standards, version 1, in force)" in said
    assert "Open without a child protection plan: none." in said
    assert "within 3 working days (clause 2 of" in waiting.no_decision(SYSTEM, CODE).sentences[0]
    assert asked == [{"protection": 31, "need": 91}, {"protection": 14, "need": 91}, 3]


def test_overdue_supervision_is_listed_the_longest_past_its_day_first(told: Any, client_for: Any) -> None:
    told(
        case("CHILD-1", date(2031, 4, 20), True),
        case("CHILD-2", None, True),
        case("CHILD-3", date(2031, 2, 1), True, "need"),
        case("CHILD-4", date(2031, 5, 20), False),
        case("CHILD-5", None, None, "need"),
    )
    found = waiting.supervision_overdue(SYSTEM, CODE)
    assert [one.child for one in found.seen.page.rows] == ["CHILD-2", "CHILD-3", "CHILD-1"]
    said = words(client_for("practice-manager").get(OVERDUE))
    assert "None on record since the plan began" in said
    assert "2 of 3 were not discussed" in said
    assert "1 of 1 were not discussed in the last 91 days" in said
    assert "of 1 it is not known" in said
    assert ("CHILD-4" in said, "CHILD-5" in said) == (False, False)
    assert TrailRow.objects.filter(action="saw a worklist", subject="supervision overdue all page 1").exists()
    only = words(client_for("practice-manager").get(OVERDUE, {"show": "need"}))
    assert ("CHILD-3" in only, "CHILD-1" in only) == (True, False)
    assert "CHILD-2" in command("supervision-overdue", "--as", "practice-manager")
    assert client_for("practice-manager").get(OVERDUE, {"show": "odd"}).status_code == 404
    with pytest.raises(NoSuchChoice):
        waiting.supervision_overdue(SYSTEM, CODE, "referral")


def test_matters_without_a_decision_are_listed_the_oldest_first(told: Any, client_for: Any) -> None:
    on, due = date(2031, 5, 1), date(2031, 5, 2)
    told(
        analytics.Matter("CHILD-1", "referral", on, due, "North", True),
        analytics.Matter("CHILD-2", "enquiry", on, due, "North", None),
        analytics.Matter("CHILD-3", "assessment", on, due, None, False),
    )
    said = words(client_for("practice-manager").get(UNDECIDED))
    assert ("CHILD-1" in said, "CHILD-2" in said, "CHILD-3" in said) == (True, False, False)
    assert "The section 47 enquiry: no decision on record of 0 of 0; of 1 it is not known." in said
    assert "asks for a decision on a referral within one working day" in said
    assert "CHILD-1" in command("no-decision", "--as", "practice-manager", "--show", "referral")


def test_where_no_extract_says_it_that_nobody_is_listed_is_not_said_to_be_good(told: Any, client_for: Any) -> None:
    told(case("CHILD-1", None, None), held=None)
    for page in (OVERDUE, UNDECIDED):
        said = words(client_for("practice-manager").get(page))
        assert "Not held on 31 May 2031" in said
        assert "does not say that everything was done" in said
        assert "None that you may see" not in said


def test_a_team_manager_sees_the_teams_own_and_who_may_see_no_records_none(
    programme: Any, told: Any, client_for: Any, monkeypatch: Any
) -> None:
    told(case("CHILD-1", None, True), case("CHILD-2", None, True, team="South"), case("CHILD-3", None, True, team=None))
    for role in ("board-chair", "director", "dfe-observer"):
        for page in (OVERDUE, UNDECIDED):
            assert client_for(role).get(page).status_code == 403
    account = organisation.create_account(by=SYSTEM, at=at(), username="of-north", first_name="North")
    Team.objects.create(programme=programme, code="north", name="North")
    held = {"role": "team-manager", "kind": "team", "key": "north", "from_on": date(2030, 1, 1)}
    organisation.grant_role(by=SYSTEM, at=at(), account=account, programme=programme, **held)
    found = waiting.supervision_overdue(account, CODE)
    assert [one.child for one in found.seen.page.rows] == ["CHILD-1"]
    assert found.seen.told["protection"].n == 1
    monkeypatch.setattr(on_record, "_kept_counts", on_record._kept_counts.__wrapped__)
    release = on_record.release_of(account, CODE)
    counts, within = waiting.supervision_counts(account, CODE, release)
    assert (counts.on, counts.told["protection"], within["protection"]) == (AS_AT, on_record.Told(1, 1, 0), 31)
    assert waiting.supervision_counts(SYSTEM, CODE, release)[0].told["protection"] == on_record.Told(3, 3, 0)
    told(held=None)
    assert waiting.supervision_counts(account, CODE, release) is None
    assert "Only the records whose case North holds." in found.seen.whose
