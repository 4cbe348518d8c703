"""Standards for oversight: agreed to the letter, each case judged by the version of its day, records beside audits."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast import analytics
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.kept_for_good import OnlyEverAdded
from holdfast.agreements import services as agreements
from holdfast.agreements.selectors import subjects_of_kind
from holdfast.organisation.models import Team
from holdfast.performance.selectors import compliance
from holdfast.performance.services import naming
from holdfast.practice import written_oversight
from holdfast.practice.models import Standard, StandardClause
from holdfast.practice.selectors import oversight
from holdfast.practice.services import oversight as services

from .conftest import CODE, agree, at
from .test_exercises import words

pytestmark = pytest.mark.django_db
PAGE = f"/{CODE}/practice/oversight/"
AS_AT, APRIL, MAY = date(2031, 5, 31), date(2031, 4, 1), date(2031, 5, 1)
KIND = "oversight-standards"
CLAUSE = {"words": "A manager reads the file before a case is closed", "edition": "local", "at_least": 90}
QUESTION = "audit:closure-audit/manager-decided"


def standard(programme: Any, *clauses: dict[str, Any]) -> Standard:
    made = services.write_standard(by=SYSTEM, at=at(), programme=programme)
    for clause in clauses:
        services.add_clause(by=SYSTEM, at=at(), standard=made, **{**CLAUSE, **clause})
    return oversight.one_standard(SYSTEM, CODE, made.number)


@pytest.fixture
def cases(people: Any, programme: Any, monkeypatch: Any) -> Any:
    """cases({measure: [(day, team, is met)]}): as if the last release held these."""
    made = SimpleNamespace(as_at=AS_AT, number=1, reference="release 1", calculation_id="x", programme=programme)
    monkeypatch.setattr(oversight, "chosen_release", lambda user, code: made)

    def hold(rows: dict[str, list[tuple[date, str | None, bool | None]]]) -> None:
        def outcomes(store: Any, calculation: str, measure: str, since: date, until: date) -> Any:
            return [
                SimpleNamespace(team=team, is_met=is_met)
                for on, team, is_met in rows.get(measure, [])
                if since <= on <= until
            ]

        compliance._kept.cache_clear()
        monkeypatch.setattr(analytics, "outcomes", outcomes)

    yield hold
    compliance._kept.cache_clear()


def test_the_words_that_are_agreed_say_the_edition_how_many_and_what_measures(programme: Any) -> None:
    made = standard(
        programme, {"records": "closure:work", "audits": QUESTION}, {"words": "They meet.", "at_least": 100}
    )
    assert oversight.words_of(made).splitlines() == [
        "1. A manager reads the file before a case is closed (local). In at least 90% of cases; by records: "
        "closure:work; by audit: closure-audit/manager-decided.",
        "2. They meet (local). In at least 100% of cases; by records: not held; by audit: not asked.",
    ]


def test_a_case_is_judged_by_the_version_in_force_on_its_day_and_by_none_before_any(programme: Any, cases: Any) -> None:
    first = standard(programme, {"records": "I20"})
    agree(programme, KIND, APRIL, oversight.words_of(first))
    second = standard(programme, {"records": "I20", "at_least": 50})
    agree(programme, KIND, MAY, oversight.words_of(second))
    march, april, may = date(2031, 3, 31), date(2031, 4, 30), date(2031, 5, 1)
    cases({"I20": [(march, "A", True), (april, "A", False), (may, "A", True), (may, "B", None)]})
    found = oversight.oversight(SYSTEM, CODE)
    said = [(one.span.version.number, one.days_words, one.clauses[0].records.every.words) for one in found.judged]
    assert said == [
        (2, "1 May 2031 to 31 May 2031", "1 of 1, 100% (95% interval 21% to 100%); not known of 1"),
        (1, "1 April 2031 to 30 April 2031", "0 of 1, 0% (95% interval 0% to 79%)"),
    ]
    assert found.begun == APRIL


def test_words_that_are_not_ours_to_the_letter_are_in_force_and_measure_nothing(programme: Any, cases: Any) -> None:
    made = standard(programme, {"records": "I20"})
    agree(programme, KIND, APRIL, oversight.words_of(made) + " ")
    agree(programme, KIND, MAY, oversight.words_of(made).replace("90%", "80%"))
    cases({"I20": [(MAY, "A", True)]})
    found = oversight.oversight(SYSTEM, CODE)
    assert found.judged[0].span.standard is None
    assert found.judged[0].clauses == []
    assert "not written as clauses" in found.in_words()


def test_records_and_audits_stand_side_by_side_and_a_team_of_few_audits_has_no_row(programme: Any, cases: Any) -> None:
    Team.objects.create(programme=programme, code="north", name="North team")
    made = standard(programme, {"records": "closure:work", "audits": QUESTION})
    agree(programme, KIND, APRIL, oversight.words_of(made))
    on = date(2031, 5, 2)
    audits = [(on, "North team", True)] * 5 + [(on, "South", False)] * 4
    cases({"closure:work": [(on, "north", True)] * 39 + [(on, "south", False)], QUESTION: audits})
    met = oversight.oversight(SYSTEM, CODE).judged[0].clauses[0]
    assert (met.state(met.records), met.state(met.audits)) == ("Too little to tell", "Not reached")
    assert written_oversight.judged(oversight.oversight(SYSTEM, CODE).judged[0])["said"] == (
        "By records, of 1 clause measured, none is reached and none not. "
        "By audits drawn at random, of 1 clause measured, none is reached and 1 not."
    )
    teams = {team: tuple(one.share.of if one else None for one in own) for team, own in met.by_team().items()}
    # The release calls it by its code, the audits by its name.
    assert teams == {"North team": ("39 of 39", "5 of 5"), "South": ("0 of 1", None)}
    naming.name_teams(by=SYSTEM, at=at(), programme=programme, teams={"South": "north"})
    again = oversight.oversight(SYSTEM, CODE).judged[0].clauses[0].by_team()
    assert {team: own[0].share.of for team, own in again.items() if own[0]} == {"North team": "39 of 40"}


def test_readers_are_told_whether_it_is_reached_and_no_number(programme: Any, cases: Any, client_for: Any) -> None:
    made = standard(programme, {"records": "I20", "at_least": 50}, {"words": "They meet"})
    agree(programme, KIND, APRIL, oversight.words_of(made))
    cases({"I20": [(date(2031, 5, 2), "A", True)] * 90 + [(date(2031, 5, 2), "A", False)] * 10})
    for role in ("dfe-observer", "dscb-member"):
        said = words(client_for(role).get(PAGE))
        assert "Reached" in said
        assert "the numbers are not shown" in said
        assert "90 of 100" not in said
        assert "Nothing measures it" in said
    assert "90 of 100, 90%" in words(client_for("board-chair").get(PAGE))


def test_a_version_stays_once_its_words_are_put_forward(programme: Any, people: Any) -> None:
    made = standard(programme, {})
    with pytest.raises(Refused):
        services.add_clause(by=people["programme-office"], at=at(), standard=made, **CLAUSE)
    agree(programme, KIND, APRIL, oversight.words_of(made))
    with pytest.raises(services.PutForward):
        services.add_clause(by=people["practice-manager"], at=at(), standard=made, **CLAUSE)
    with pytest.raises(OnlyEverAdded):
        StandardClause.objects.get().save()
    kept = services.write_standard(by=SYSTEM, at=at(), programme=programme, keep=StandardClause.objects.all())
    assert [clause.words for clause in kept.clauses.all()] == [CLAUSE["words"]]


def test_it_is_written_and_put_forward_on_its_pages(programme: Any, people: Any, client_for: Any) -> None:
    manager, office = client_for("practice-manager"), client_for("programme-office")
    assert "The version is begun" in words(manager.post(f"{PAGE}write/", {}, follow=True))
    sent = {**CLAUSE, "records": "I20", "audits": ""}
    assert "The clause is written" in words(manager.post(f"{PAGE}1/add/", sent, follow=True))
    of_days = {**sent, "records": "supervised-protection"}
    assert "Enter the days" in words(manager.post(f"{PAGE}1/add/", of_days, follow=True))
    assert "takes no days" in words(manager.post(f"{PAGE}1/add/", {**sent, "within": "3"}, follow=True))
    said = words(manager.post(f"{PAGE}1/add/", {**of_days, "within": "31"}, follow=True))
    assert "by records: supervised-protection:31; by audit: not asked" in said
    assert "cannot be done" in words(office.get(f"{PAGE}1/put-forward/"))
    facts = {"code": KIND, "kind": KIND, "title": "Standards for oversight"}
    agreements.add_subject(by=SYSTEM, at=at(), programme=programme, **facts)
    programme.bodies.get_or_create(code="board", name="Improvement Board")
    sent = {"body": "board", "agree_by": "2031-06-30"}
    assert "Its words are put forward" in words(office.post(f"{PAGE}1/put-forward/", sent, follow=True))
    version = subjects_of_kind(SYSTEM, CODE, KIND)[0].versions.get()
    assert version.words == oversight.words_of(Standard.objects.get())
    assert "it stays as it is" in words(manager.get(f"{PAGE}1/add/"))
    assert client_for("dfe-observer").get(f"{PAGE}1/").status_code == 200
    assert client_for("dfe-observer").get(f"{PAGE}write/").status_code == 403
    assert manager.get(f"{PAGE}9/").status_code == 404
