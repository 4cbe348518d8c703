"""Exercises of invented cases: decided alone, read together once closed, each agency beside what is meant."""

from datetime import date
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.access.writes import NotDone
from holdfast.practice.models import Exercise, VignetteDecision
from holdfast.practice.selectors import exercises
from holdfast.practice.services import thresholds as services
from holdfast.questions import services as questions
from page_client import markup as words
from questions.conftest import small

from .conftest import CODE, MEANT, at, close, command, decide

pytestmark = pytest.mark.django_db
PAGE = f"/{CODE}/practice/exercises/1/"


@pytest.fixture
def decided(exercise: Exercise, somebody_of: Any) -> Exercise:
    """Three of the police decide as is meant in five of six; three of health in three; one of the council in both."""
    for name, levels in (("ann", MEANT), ("bob", MEANT), ("cal", ("early-help", "early-help"))):
        decide(exercise, somebody_of("police", name), *levels)
    for name in ("dee", "eve", "fay"):
        decide(exercise, somebody_of("health", name), "child-in-need", "child-in-need")
    decide(exercise, somebody_of("council", "gus"), *MEANT)
    return exercise


def test_each_agency_is_set_beside_what_is_meant_with_an_interval_and_which_way_it_differs(decided: Exercise) -> None:
    found = exercises.outcome(SYSTEM, close(decided))
    assert found is not None
    health, police = found.agencies
    assert (police.name, police.n_people, police.same.of, police.less.of, police.more.of) == (
        *("Police", 3, "5 of 6"),
        *("1 of 6", "0 of 6"),
    )
    assert (health.same.of, health.less.of, health.more.of) == ("3 of 6", "0 of 6", "3 of 6")
    assert police.same.words == "5 of 6, 83% (95% interval 44% to 97%)"
    assert found.every.same.of == "8 of 12"
    assert [case.differs for case in found.cases] == [True, False]
    assert found.cases[0].mostly == {"Health": ("child-in-need", 3, 3), "Police": ("early-help", 3, 3)}


def test_an_agency_of_fewer_than_three_people_is_in_no_number(decided: Exercise) -> None:
    found = exercises.outcome(SYSTEM, close(decided))
    assert found is not None
    assert "Council" not in [agency.name for agency in found.agencies]
    assert (found.left_out, found.absent) == (["Council"], [])
    assert all("Council" not in case.mostly for case in found.cases)


def test_a_tie_counts_as_the_level_of_less_help(exercise: Exercise, somebody_of: Any) -> None:
    given = ("early-help", "child-in-need", "child-in-need", "early-help")
    for name, level in zip(("ann", "bob", "cal", "dee"), given, strict=True):
        decide(exercise, somebody_of("police", name), level)
    found = exercises.outcome(SYSTEM, close(exercise))
    assert found is not None
    assert found.cases[0].mostly == {"Police": ("early-help", 2, 4)}
    assert found.cases[1].mostly == {}


def test_before_it_is_closed_nobody_reads_what_others_decided_or_what_is_meant(
    decided: Exercise, somebody_of: Any, client_for: Any, people: Any
) -> None:
    assert exercises.outcome(SYSTEM, decided) is None
    people["hal"] = somebody_of("police", "hal")
    page = words(client_for("hal").get(PAGE))
    assert "As the second page says" not in page
    assert "Police" in page
    assert "Health" not in page
    assert exercises.taken_part(people["hal"], decided)[0].n_begun == 3
    assert [taken.agency.code for taken in exercises.taken_part(people["dfe-observer"], decided)] == []
    assert len(exercises.taken_part(people["practice-manager"], decided)) == 3
    close(decided)
    page = words(client_for("hal").get(PAGE))
    assert "8 of 12, 67%" in page
    assert "As the second page says" in page
    assert "Health" in page


def test_a_decision_is_made_once_and_for_ones_own_agency(exercise: Exercise, somebody_of: Any, people: Any) -> None:
    ann = somebody_of("police", "ann")
    decide(exercise, ann, "early-help")
    with pytest.raises(NotDone, match="your decision stays"):
        decide(exercise, ann, "universal")
    with pytest.raises(NotDone, match="Choose a level"):
        services.decide_vignette(by=ann, at=at(), vignette=exercise.vignettes.get(number=2), level="best")
    for role in ("dfe-observer", "elected-member", "partner-member", "auditor"):  # none is of one agency
        with pytest.raises(Refused):
            decide(exercise, people[role], "early-help")
    decide(exercise, people["director"], "early-help")
    assert {one.agency.code for one in VignetteDecision.objects.all()} == {"police", "council"}


def test_who_wrote_a_case_decides_none_and_trying_is_recorded(exercise: Exercise, somebody_of: Any) -> None:
    ann = somebody_of("police", "ann")
    exercise.vignettes.filter(number=1).update(written_by=ann)
    with pytest.raises(services.KnowsTheAnswers):
        decide(exercise, ann, "early-help")
    assert TrailRow.objects.filter(action="refused by a rule", detail__rule="KnowsTheAnswers").count() == 1


def test_an_exercise_that_somebody_has_begun_stays_as_it_is(decided: Exercise) -> None:
    case = {"case": "Another.", "meant": "universal", "why": "So."}
    with pytest.raises(services.Begun, match="Somebody has begun"):
        services.add_vignette(by=SYSTEM, at=at(), exercise=decided, **case)
    closed = close(decided)
    with pytest.raises(services.Begun, match="closed on 2 June 2031"):
        services.add_vignette(by=SYSTEM, at=at(), exercise=closed, **case)
    with pytest.raises(services.Begun):
        services.close_exercise(by=SYSTEM, at=at(), exercise=closed)


def test_an_exercise_nobody_began_is_not_closed_and_is_asked_by_fitting_questions(
    exercise: Exercise, programme: Any
) -> None:
    with pytest.raises(NotDone, match="Nobody has decided"):
        close(exercise)
    other = questions.write_version(by=SYSTEM, at=at(), programme=programme, content=small())
    facts = {"title": "Wrong", "version": other, "due_on": date(2031, 6, 30)}
    with pytest.raises(NotDone, match="do not ask which level"):
        services.set_exercise(by=SYSTEM, at=at(), programme=programme, **facts)


def test_an_exercise_is_set_written_decided_and_closed_on_its_pages(
    panel: Any, somebody_of: Any, client_for: Any, people: Any
) -> None:
    leads = client_for("practice-manager")
    due = {"due_on-day": "30", "due_on-month": "6", "due_on-year": "2031"}
    page = leads.post(f"/{CODE}/practice/exercises/set/", {"title": "Doors", "version": panel.pk, **due}, follow=True)
    assert "Write its cases" in words(page)
    written = {"case": "An invented child of four.", "meant": "early-help", "why": "Two needs, and no harm."}
    named = {**written, "case": "Jamie Oldcastle, born on a Friday."}
    assert "looks like a date of birth or a name" in words(leads.post(f"{PAGE}cases/add/", named))
    assert "The case is written" in words(leads.post(f"{PAGE}cases/add/", written, follow=True))
    people["ann"] = somebody_of("police", "ann")
    police = client_for("ann")
    asked = words(police.get(f"{PAGE}cases/1/decide/"))
    assert "An invented child of four" in asked
    assert "You decide for Police. A decision is made once" in asked
    assert "Your decision is kept" in words(
        police.post(f"{PAGE}cases/1/decide/", {"level": "child-protection", "why": ""}, follow=True)
    )
    assert police.get(f"{PAGE}cases/1/decide/").status_code == 403
    assert police.get(f"{PAGE}cases/9/decide/").status_code == 404
    assert police.get(f"{PAGE}close/").status_code == 403
    assert client_for("dfe-observer").get(f"{PAGE}cases/1/decide/").status_code == 403
    assert "nobody reads what was decided" in command("exercise", "1")
    assert "It is closed" in words(leads.post(f"{PAGE}close/", follow=True))
    assert "Of no agency did enough people take part" in words(client_for("elected-member").get(PAGE))
    assert "Of no agency did enough people take part" in command("exercise", "1", "--as", "elected-member")
