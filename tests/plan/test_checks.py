"""What the plan's checks answer, on a small plan and on the one that ships."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from holdfast.access.doors import SYSTEM
from holdfast.notice.answers import Asking
from holdfast.notice.selectors import positions
from holdfast.notice.selectors.coverage import NO_ACTION, coverage
from holdfast.notice.selectors.notices import notice_of
from holdfast.notice.services.loading import load_notice
from holdfast.plan import checks
from holdfast.plan.models import Action, ImpactReview, Milestone, ProgressUpdate
from holdfast.plan.services import loading, progress

from .conftest import AT, TODAY
from .pages import BOB

WITHOUT_PARAMS = sorted(name for name in checks.CHECKS)


@pytest.fixture
def ask(programme):
    """Run one check by name, each time on the plan as it then is."""

    def run(name: str, on: date = TODAY, requirement=None):
        notice = notice_of(SYSTEM, programme.code)
        return checks.CHECKS[name](Asking(SYSTEM, programme, on, notice), requirement)

    return run


@pytest.mark.parametrize("name", WITHOUT_PARAMS)
def test_with_no_plan_every_check_has_no_evidence(westmere, ask, name: str) -> None:
    westmere.recommendations.all().delete()
    requirement = SimpleNamespace(when={"kind": "within", "months": 1}, triggered_on=None)
    assert ask(name, requirement=requirement).state == "no evidence"


def test_recommendations_need_an_action_and_a_measure(small_plan, westmere, ask) -> None:
    assert ask("recommendations_answered").state == "met"
    Action.objects.filter(ref="A-late").update(indicator="")
    assert ask("recommendations_answered").state == "at risk"
    small_plan.late.recommendations.clear()
    found = ask("recommendations_answered")
    assert (found.state, "F1" in found.sentence) == ("not met", True)


def test_the_plan_covers_both_sources_only_without_a_gap_either_way(small_plan, westmere, ask) -> None:
    found = ask("plan_covers_both_sources")
    assert found.state == "not met"
    assert "No action answers 7 requirements: A4, B1, B2, C1, C2, D1, D3" in found.sentence
    assert "1 action answers neither: A-done" in found.sentence
    small_plan.done.requirements.set(westmere.requirements.all())
    assert ask("plan_covers_both_sources").state == "met"
    westmere.recommendations.all().delete()
    assert ask("plan_covers_both_sources").state == "at risk"


def test_an_action_that_only_a_meeting_raised_is_named_and_never_said_to_answer_a_requirement(
    small_plan, westmere, ask
) -> None:
    """The check and the page are asked of one thing: neither has a gap, and both say what answers nothing there."""
    small_plan.later.requirements.set(westmere.requirements.filter(is_for_the_plan=True))
    Action.objects.filter(ref="A-done").update(raised_kind="meeting", raised_ref="IB-2", raised_title="Meeting 2")
    found = ask("plan_covers_both_sources")
    assert found.state == "met"
    assert found.sentence == (
        "Every requirement and recommendation has an action, and every action answers one of them, but A-done, which "
        "something else raised. Left out are D2 and D4, which others do (Department for Education)."
    )
    shown = coverage(SYSTEM, small_plan.objective.programme.code, TODAY)
    assert ([action.ref for action in shown.raised_elsewhere], list(shown.adrift)) == (["A-done"], [])
    assert dict(shown.gap_counts)[NO_ACTION] == 0


def test_a_requirement_that_is_not_for_the_plan_lacks_no_action_by_the_check_or_the_page(
    small_plan, westmere, ask, client_for
) -> None:
    westmere.requirements.filter(ref="D3").update(is_for_the_plan=False)
    assert "6 requirements: A4, B1, B2, C1, C2, D1" in ask("plan_covers_both_sources").sentence
    shown = coverage(SYSTEM, small_plan.objective.programme.code, TODAY)
    assert [row.subject.ref for row in shown.requirements if NO_ACTION in row.gaps] == [
        "A4",
        "B1",
        "B2",
        "C1",
        "C2",
        "D1",
    ]
    page = {ref: client_for(BOB).get(f"/westmere-2031/notice/requirements/{ref}/").text for ref in ("D1", "D3")}
    assert ["No action answers this requirement" in page[ref] for ref in ("D1", "D3")] == [True, False]
    assert "no action is looked for" in page["D3"]


def test_late_actions_need_a_cause_and_a_recovery(small_plan, ask) -> None:
    assert ask("late_actions_explained").sentence == "1 action was late on 1 June 2031; without an explanation: A-late."
    assert ask("late_actions_recovering").state == "not met"
    progress.update_progress(
        is_on_track=False,
        by=SYSTEM,
        at=AT,
        action=small_plan.late,
        cause="partner",
        words="They wait.",
        recovery="They meet.",
    )
    assert ask("late_actions_explained").state == "met"
    assert ask("late_actions_recovering").state == "met"


def test_with_nothing_late_there_is_nothing_to_explain(small_plan, ask) -> None:
    Action.objects.update(added_on=None)
    assert ask("late_actions_explained", date(2031, 5, 30)).sentence == "No action was late on 30 May 2031."


def test_dates_that_stand_need_no_decision(small_plan, ask) -> None:
    found = ask("dates_moved_by_decisions")
    assert (found.state, found.sentence) == ("met", "All 6 dates stand as first agreed: none has been moved.")


def test_a_date_moved_behind_our_back_is_noticed(small_plan, ask) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE plan_action SET due_on = %s WHERE ref = 'A-late'", [date(2032, 1, 1)])
    found = ask("dates_moved_by_decisions")
    assert (found.state, "A-late" in found.sentence) == ("not met", True)


def test_reporting_needs_a_measure_of_effect_for_every_action(small_plan, ask) -> None:
    found = ask("plan_is_reportable")
    assert found.state == "at risk"
    assert (
        "4 actions have an owner and a date, 1 an indicator of their effect; 1 was late on 1 June 2031."
        in found.sentence
    )
    Action.objects.update(indicator="I20")
    assert ask("plan_is_reportable").state == "met"


def test_a_missed_milestone_puts_the_aim_at_risk_and_all_met_meets_it(small_plan, ask) -> None:
    assert ask("milestones_forecast").state == "at risk"
    progress.mark_met(by=SYSTEM, at=AT, milestone=small_plan.milestones[1], on=TODAY, note="Seen.")
    found = ask("milestones_forecast")
    assert (found.state, found.sentence) == (
        "no evidence",
        "1 of 2 milestones are met. Nothing speaks against the others, which is no forecast.",
    )
    progress.mark_met(by=SYSTEM, at=AT, milestone=small_plan.milestones[0], on=TODAY, note="Seen.")
    assert ask("milestones_forecast").state == "met"


@pytest.mark.parametrize(
    ("expected_on", "state"),
    [(date(2031, 6, 15), "no evidence"), (date(2031, 6, 16), "at risk"), (None, "no evidence")],
    ids=["on the day it is due", "a day after", "nobody has said"],
)
def test_a_milestone_that_waits_for_an_action_expected_after_it_is_at_risk(small_plan, ask, expected_on, state) -> None:
    progress.mark_met(by=SYSTEM, at=AT, milestone=small_plan.milestones[1], on=TODAY, note="Seen.")
    Milestone.objects.filter(ref="M1").update(action=small_plan.now)
    ProgressUpdate.objects.create(action=small_plan.now, is_on_track=True, said_on=TODAY, forecast_on=expected_on)
    found = ask("milestones_forecast")
    assert found.state == state
    assert ("waiting for an action that is expected after them: M1" in found.sentence) == (state == "at risk")
    assert ask("milestones_forecast", date(2031, 5, 31)).state != "met", "what was said later is not known before"


@pytest.mark.parametrize(
    ("claim", "is_off", "level", "state"),
    [
        ("no clear change", True, "14.1 points below it.", "at risk"),
        ("improving", True, "14.1 points below it.", "no evidence"),
        ("no clear change", False, "2.0 points above it.", "no evidence"),
        ("no clear change", True, "", "at risk"),
    ],
    ids=["short of it", "short of it and better", "at it", "short of it and hidden from the reader"],
)
def test_an_indicator_short_of_its_target_is_at_risk_unless_better_may_be_claimed(
    small_plan, ask, monkeypatch, claim, is_off, level, state
) -> None:
    """Of a figure that the reader may not see, not even its side is told: it is not named."""
    progress.mark_met(by=SYSTEM, at=AT, milestone=small_plan.milestones[1], on=TODAY, note="Seen.")
    seen = SimpleNamespace(id="I20", claim=claim, is_off_target=is_off, level=level, link=("I20", "/i20/"))
    monkeypatch.setattr(checks, "facts_with_a_target", lambda asking: [seen])
    found = ask("milestones_forecast")
    assert found.state == state
    assert ("I20" in found.sentence) == (state == "at risk" and bool(level))
    assert (seen.link in found.links) == (state == "at risk" and bool(level))


def test_impact_is_apart_from_done(small_plan, people, ask) -> None:
    assert ask("impact_is_reviewed").state == "no evidence"
    ImpactReview(
        action=small_plan.done,
        says="shown",
        reason="Seen.",
        is_in_the_figures=True,
        reviewed_by=people["board-chair"],
        reviewed_on=TODAY,
        reviewed_at=AT,
    ).save()
    assert ask("impact_is_reviewed").state == "met"
    progress.mark_done(by=SYSTEM, at=AT, action=small_plan.now, on=TODAY, note="Done.")
    assert ask("impact_is_reviewed").state == "at risk"


def test_the_shipped_plan_answers_the_first_notice_on_10_february_2014(second_programme, settings) -> None:
    at, on = datetime(2014, 2, 10, 12, tzinfo=UTC), date(2014, 2, 10)
    settings.HOLDFAST_TODAY = on
    load_notice(by=SYSTEM, at=at, programme=second_programme, file=Path("devon-2013.yaml"))
    loading.load_plan(by=SYSTEM, at=at, programme=second_programme, file=Path("devon-2013-plan.yaml"))
    found = {one["ref"]: one for one in positions.positions(SYSTEM, second_programme.code, on)}
    failed = [ref for ref, one in found.items() for check in one["checks"] if "failed" in check["sentence"]]
    assert failed == []
    states = {ref: found[ref]["checks"][0]["state"] for ref in ("R01", "R61", "R62", "R63", "R64", "R65", "R66", "R67")}
    assert states == {
        "R01": "at risk",
        "R61": "met",
        "R62": "no evidence",
        "R63": "at risk",
        "R64": "not met",
        "R65": "not met",
        "R66": "met",
        "R67": "at risk",
    }
    action = Action.objects.get(programme=second_programme, ref="A16")
    action.requirements.remove(*action.requirements.filter(ref="R48"))
    gap = next(one for one in positions.positions(SYSTEM, second_programme.code, on) if one["ref"] == "R61")
    assert gap["checks"][0]["sentence"] == "No action answers 1 requirement: R48."
