"""The plan as it stood on a day, and what was put into it, or marked, by mistake and taken back."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.kept_for_good import OnlyEverAdded
from holdfast.access.models import TrailRow
from holdfast.organisation.days import BeforeTheProgramme
from holdfast.plan import selectors
from holdfast.plan.doubts import Withdrawn
from holdfast.plan.services import adding, progress

from .conftest import AT, TODAY

CODE, LATER = "westmere-2031", datetime(2031, 6, 20, 12, tzinfo=UTC)


def refs(on: date) -> list[str]:
    return [action.ref for action in selectors.actions(SYSTEM, CODE, on)]


def test_what_was_added_later_was_not_in_the_plan_on_the_day(small_plan) -> None:
    adding.add_action(
        by=SYSTEM,
        at=LATER,
        objective=small_plan.objective,
        ref="B1",
        title="B",
        owner=small_plan.late.owner,
        due_on=TODAY,
    )
    assert "B1" not in refs(date(2031, 6, 19))
    assert "B1" in refs(date(2031, 6, 20))
    assert "B1" not in [action.ref for action in selectors.covering(SYSTEM, CODE, date(2031, 6, 19))]
    assert refs(date(2031, 5, 31)) == []


def test_an_action_is_what_it_was_on_the_day(small_plan) -> None:
    done = small_plan.done
    assert [done.state_words(on) for on in (date(2031, 5, 1), date(2031, 5, 2))] == ["To do", "Done, not yet evidenced"]
    late = progress.mark_done(by=SYSTEM, at=LATER, action=small_plan.late, on=date(2031, 6, 10), note="Done at last.")
    assert [late.state_words(on) for on in (date(2031, 5, 31), date(2031, 6, 9), date(2031, 6, 10))] == [
        "To do",
        "Late",
        "Done, not yet evidenced",
    ]
    for day, is_late in ((date(2031, 6, 9), True), (date(2031, 6, 10), False)):
        actions = list(selectors.actions(SYSTEM, CODE, day))
        assert (small_plan.late.ref in [action.ref for action in selectors.longest_late(actions, day)]) is is_late


def test_an_explanation_counts_from_the_day_it_was_given_and_each_is_kept(small_plan) -> None:
    said = {"by": SYSTEM, "action": small_plan.late, "recovery": "They meet."}
    progress.update_progress(is_on_track=False, at=AT, cause="partner", words="They wait.", **said)
    progress.update_progress(is_on_track=False, at=LATER, cause="system", words="It broke.", **said)
    action = selectors.one_action(SYSTEM, CODE, "A-late")
    assert action.explanation(date(2031, 5, 31)) is None
    assert [action.explanation(on).cause for on in (TODAY, date(2031, 6, 19), date(2031, 6, 20))] == [
        "partner",
        "partner",
        "system",
    ]
    with pytest.raises(OnlyEverAdded):
        action.updates.first().save()


def test_what_was_entered_by_mistake_is_withdrawn_from_that_day_and_stays_to_be_read(small_plan) -> None:
    progress.withdraw(by=SYSTEM, at=LATER, thing=small_plan.late, reason="The year was mistyped.")
    assert "A-late" in refs(date(2031, 6, 19))
    assert "A-late" not in refs(date(2031, 6, 20))
    action = selectors.one_action(SYSTEM, CODE, "A-late")
    assert (action.state_words(date(2031, 6, 20)), action.withdrawn_reason) == ("Withdrawn", "The year was mistyped.")
    assert (action.due_on, action.original_due_on) == (date(2031, 5, 31), date(2031, 5, 31))
    assert TrailRow.objects.last().action == "action withdrawn"
    with pytest.raises(Withdrawn):
        progress.withdraw(by=SYSTEM, at=LATER, thing=action, reason="Again.")
    with pytest.raises(Withdrawn):
        progress.mark_done(by=SYSTEM, at=LATER, action=action, on=TODAY, note="No.")


def test_an_objective_goes_only_when_nothing_stands_under_it(small_plan) -> None:
    with pytest.raises(progress.StillNeeded, match="A-late"):
        progress.withdraw(by=SYSTEM, at=AT, thing=small_plan.objective, reason="A mistake.")
    empty = adding.add_objective(by=SYSTEM, at=AT, programme=small_plan.objective.programme, ref="O2", title="Empty")
    progress.withdraw(by=SYSTEM, at=AT, thing=empty, reason="A mistake.")
    assert [one.ref for one in selectors.objectives(SYSTEM, CODE)] == ["O1"]
    assert selectors.withdrawn(SYSTEM, CODE) == [empty]


def test_a_mark_made_by_mistake_is_taken_back_and_what_it_said_is_kept(small_plan) -> None:
    taken = progress.take_back(by=SYSTEM, at=AT, thing=small_plan.done, reason="It was another action.")
    assert (taken.was_on, taken.was_note, taken.reason) == (
        date(2031, 5, 2),
        "It was done.",
        "It was another action.",
    )
    action = selectors.one_action(SYSTEM, CODE, "A-done")
    assert action.state_words(TODAY) == "Late"
    with pytest.raises(progress.NotMarked):
        progress.take_back(by=SYSTEM, at=AT, thing=action, reason="Again.")
    point = progress.mark_met(by=SYSTEM, at=AT, milestone=small_plan.milestones[1], on=TODAY, note="Seen.")
    progress.take_back(by=SYSTEM, at=AT, thing=point, reason="Not seen.")
    assert selectors.one_milestone(SYSTEM, CODE, point.ref).met_on is None
    with pytest.raises(OnlyEverAdded):
        taken.delete()


def test_taking_back_needs_a_reason_and_permission(small_plan, people) -> None:
    for call in (progress.withdraw, progress.take_back):
        with pytest.raises(progress.NothingSaid):
            call(by=SYSTEM, at=AT, thing=small_plan.done, reason=" ")
        with pytest.raises(Refused):
            call(by=people["director"], at=AT, thing=small_plan.done, reason="A mistake.")


def test_a_day_before_the_programme_began_is_refused(small_plan) -> None:
    facts = SimpleNamespace(owner=small_plan.late.owner, before=date(2013, 9, 11), first=date(2013, 9, 12))
    add = {"by": SYSTEM, "at": AT, "objective": small_plan.objective, "title": "B", "owner": facts.owner}
    with pytest.raises(BeforeTheProgramme, match="on or after 12 September 2013"):
        adding.add_action(ref="B1", due_on=facts.before, **add)
    assert adding.add_action(ref="B1", due_on=facts.first, **add).due_on == facts.first
    with pytest.raises(BeforeTheProgramme):
        progress.mark_done(by=SYSTEM, at=AT, action=small_plan.now, on=facts.before, note="No.")
    with pytest.raises(BeforeTheProgramme):
        progress.mark_met(by=SYSTEM, at=AT, milestone=small_plan.milestones[0], on=facts.before, note="No.")
