"""Grading by several: panels of named people who declare, and the same case graded by everybody alone."""

from datetime import date, timedelta
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.audits.models import Audit, Calibration, CalibrationGrade, Panel
from holdfast.audits.selectors import grading_together as selectors
from holdfast.audits.services import auditing, joint, moderating
from holdfast.audits.services import grading_together as services
from holdfast.questions import services as asking
from questions.conftest import small

from .conftest import TODAY, add, at, fresh, handed_in, somebody, to_moderate
from .test_pages import HOME, words

pytestmark = pytest.mark.django_db
CODE = "westmere-2031"
DOWN = {"grades": {"grade": "requires-improvement"}, "why": "Thinner than it looks"}


@pytest.fixture
def differing(audit: Audit, people: Any, monkeypatch: Any) -> Audit:
    """An audit that its auditor found good and its moderator did not."""
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 100)
    drawn = to_moderate(handed_in(audit, people["auditor"]), people["moderator"])
    moderating.give_second_grade(by=people["moderator"], at=at(), audit=drawn, **DOWN)
    return fresh(drawn)


@pytest.fixture
def two(programme: Any, people: Any) -> list[Any]:
    return [somebody(programme, name, ("auditor", "programme", CODE)) for name in ("ada", "ben")]


def call(audit: Audit, chair: Any, *members: Any) -> Panel:
    facts = {"members": [member.pk for member in members], "chair": chair.pk, "why": "They are two grades apart."}
    return services.call_panel(by=SYSTEM, at=at(), audit=audit, **facts)


def declare(panel: Panel, *accounts: Any, conflict: bool = False) -> None:
    for account in accounts:
        services.declare_on_panel(by=account, at=at(), panel=panel, has_conflict=conflict)


def test_a_panel_is_named_and_its_chair_decides_once_everybody_has_declared(differing: Audit, two: Any) -> None:
    panel = call(differing, two[0], two[1])
    with pytest.raises(moderating.PanelWaits, match="2 of the panel have not said"):
        moderating.decide_final_grade(by=two[0], at=at(), audit=differing, **DOWN)
    declare(panel, *two)
    with pytest.raises(moderating.NotTheChair):
        moderating.decide_final_grade(by=two[1], at=at(), audit=differing, **DOWN)
    final = moderating.decide_final_grade(by=two[0], at=at(), audit=differing, **DOWN)
    assert (final.part, final.whole, final.given_by) == ("final", "requires-improvement", two[0])
    with pytest.raises(services.NotDone, match="said so already"):
        declare(panel, two[0])


def test_who_gave_a_grade_or_is_of_the_team_does_not_sit_on_the_panel(
    differing: Audit, two: Any, people: Any, programme: Any
) -> None:
    own = somebody(programme, "cal", ("auditor", "programme", CODE), ("team-manager", "team", "north"))
    for one in (people["auditor"], people["moderator"], own, people["dfe-observer"]):
        with pytest.raises(services.NotOnPanel):
            call(differing, two[0], one)
    with pytest.raises(services.NotOnPanel, match="at least 2"):
        call(differing, two[0])
    assert TrailRow.objects.filter(action="refused by a rule", detail__rule="NotOnPanel").count() == 5
    assert not Panel.objects.exists()


def test_whoever_declares_a_conflict_takes_no_part_and_too_few_cannot_decide(differing: Audit, two: Any) -> None:
    panel = call(differing, two[0], two[1])
    declare(panel, two[0])
    declare(panel, two[1], conflict=True)
    with pytest.raises(moderating.PanelWaits, match="Too few"):
        moderating.decide_final_grade(by=two[0], at=at(), audit=differing, **DOWN)
    with pytest.raises(services.NotToPanel):
        call(differing, two[0], two[1])


def test_only_grades_that_differ_go_to_a_panel(audit: Audit, two: Any) -> None:
    with pytest.raises(services.NotToPanel):
        call(audit, two[0], two[1])


def test_a_panel_is_called_declared_and_decided_on_its_pages(differing: Audit, two: Any, client_for: Any) -> None:
    page, leads = f"{HOME}1/", client_for("practice-manager")
    called = {"members": [str(one.pk) for one in two], "chair": str(two[0].pk), "why": "Two grades apart."}
    assert "The panel is called" in words(leads.post(f"{page}panel/", called, follow=True))
    assert leads.get(f"{page}final/").status_code == 403
    assert client_for("auditor").get(f"{page}panel/conflict/").status_code == 403
    assert "Has not said yet" in words(leads.get(page))
    declare(Panel.objects.get(), *two)
    assert "said so on 2 June 2031" in words(leads.get(page))


# Calibration.


@pytest.fixture
def calibration(version: Any, people: Any) -> Calibration:
    facts = {"programme": version.question_set.programme, "version": version, "title": "A case of neglect"}
    facts |= {"case": "An invented child of seven was visited twice.", "due_on": date(2031, 6, 30)}
    return services.set_calibration(by=people["practice-manager"], at=at(), **facts)


def grade(calibration: Calibration, by: Any, whole: str) -> CalibrationGrade:
    return services.grade_calibration(by=by, at=at(), calibration=calibration, whole=whole, why="As it reads.")


def close(calibration: Calibration, agreed: str = "good") -> Calibration:
    return services.close_calibration(by=SYSTEM, at=at(), calibration=calibration, agreed=agreed, why="Talked through.")


def test_each_auditor_is_set_beside_what_was_agreed_with_an_interval(
    calibration: Calibration, two: Any, people: Any
) -> None:
    for by, whole in ((two[0], "good"), (two[1], "outstanding"), (people["moderator"], "requires-improvement")):
        grade(calibration, by, whole)
    assert selectors.grades_given(calibration) == []  # before it is closed nobody is told how many gave which
    assert selectors.calibrated(SYSTEM, CODE) == []
    done = close(calibration)
    assert [n for _, n in selectors.grades_given(done)] == [1, 1, 1, 0]
    found = {one.name.split()[0]: one.words for one in selectors.calibrated(SYSTEM, CODE)}
    assert found["Ada"].same.words == "1 of 1, 100% (95% interval 21% to 100%)"
    assert (found["Ben"].same.of, found["Ben"].kinder.of, found["Ben"].near.of) == ("0 of 1", "1 of 1", "1 of 1")


def test_a_grade_of_a_calibration_case_is_given_once_on_its_scale_and_by_who_grades(
    calibration: Calibration, two: Any, people: Any
) -> None:
    with pytest.raises(services.NotDone, match="Nobody has graded"):
        close(calibration)
    grade(calibration, two[0], "good")
    for by, whole, error in (
        (two[0], "good", services.ClosedAlready),
        (two[1], "splendid", services.NoSuchGrade),
        (people["director"], "good", Refused),
        (SYSTEM, "good", Refused),
    ):
        with pytest.raises(error):
            grade(calibration, by, whole)
    close(calibration)
    with pytest.raises(services.ClosedAlready):
        grade(calibration, two[1], "good")


def test_what_is_due_on_a_day_that_has_passed_or_in_more_than_two_years_is_refused(
    version: Any, people: Any, teams: Any
) -> None:
    """A calibration case, an audit of several agencies and an audit: late as soon as it is kept, or mistyped."""
    facts = {"by": SYSTEM, "at": at(), "programme": version.question_set.programme, "version": version, "title": "x"}
    for add_it, more in (
        (services.set_calibration, {"case": "y"}),
        (joint.add_joint_audit, {"case_ref": "C-1001", "team": teams["north"]}),
    ):
        with pytest.raises(services.NotDone, match="Enter today or a later day"):
            add_it(**facts, **more, due_on=TODAY - timedelta(days=1))
        with pytest.raises(services.NotDone, match="Enter a day within the next two years"):
            add_it(**facts, **more, due_on=TODAY + timedelta(days=2 * 366 + 1))
    with pytest.raises(services.NotDone, match="Enter today or a later day"):
        add(version, teams["north"], due_on=TODAY - timedelta(days=1))
    for on in (TODAY, TODAY + timedelta(days=2 * 366)):
        assert add(version, teams["north"], due_on=on).due_on == on


def test_questions_without_a_grade_calibrate_nobody(version: Any, people: Any) -> None:
    content = small()
    content["set"]["code"], content["sections"] = "bare", content["sections"][:1]
    programme = version.question_set.programme
    bare = asking.write_version(by=SYSTEM, at=at(), programme=programme, content=content)
    with pytest.raises(services.NotDone, match="no grade of the whole"):
        services.set_calibration(
            by=SYSTEM, at=at(), programme=programme, version=bare, title="x", case="y", due_on=TODAY
        )


def test_the_pages_show_no_other_grade_before_the_case_is_closed(
    calibration: Calibration, people: Any, client_for: Any
) -> None:
    grade(calibration, people["moderator"], "inadequate")
    page, auditor = f"{HOME}calibration/1/", client_for("auditor")
    said = words(auditor.get(page))
    assert "An invented child of seven" in said
    assert "Inadequate" not in said
    assert "Grade it (" in words(auditor.get(f"{HOME}calibration/"))
    given = {"whole": "good", "why": "Seen twice."}
    assert "Your grade is kept" in words(auditor.post(f"{page}grade/", given, follow=True))
    assert auditor.get(f"{page}grade/").status_code == 403
    leads = client_for("practice-manager")
    closed = words(leads.post(f"{page}close/", {"agreed": "good", "why": "Talked through."}, follow=True))
    assert "Of 2 grades, the agreed one was given in 1 of 2, 50% (95% interval 9% to 91%)." in closed
    assert "Each auditor beside what was agreed" in words(leads.get(f"{HOME}calibration/"))
    listed = words(auditor.get(f"{HOME}calibration/"))
    assert "Each auditor" not in listed
    assert "Your grade" in listed
    assert "Grade it (" not in listed
    assert "Your grade" not in words(leads.get(f"{HOME}calibration/"))
    for who in ("dfe-observer", "board-chair"):
        assert client_for(who).get(page).status_code == 403
