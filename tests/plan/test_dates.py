"""A due date moves only by a decision on record; the first one stays, and every day between them is counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.kept_for_good import OnlyEverAdded
from holdfast.access.models import TrailRow
from holdfast.organisation.days import BeforeTheProgramme
from holdfast.plan import extract, selectors
from holdfast.plan.doubts import Withdrawn
from holdfast.plan.models import Action, DateRevision, Milestone, OnlyTheBoardMovesDates
from holdfast.plan.services import progress, revising

from .conftest import AT, TODAY
from .pages import BOB, page, words

CODE = "westmere-2031"
APRIL, MAY = date(2031, 4, 30), date(2031, 5, 29)


def move(item, due_on, decision="IB-7", decided_on=MAY, reason="The system is not ready.", by=SYSTEM, at=AT):
    facts = {"item": item, "due_on": due_on, "reason": reason, "decision": decision, "decided_on": decided_on}
    return revising.revise_due_date(by=by, at=at, **facts)


def test_a_decision_moves_the_date_and_the_first_one_stays(small_plan) -> None:
    moved = move(small_plan.late, date(2031, 7, 10))
    kept = Action.objects.get(ref="A-late")
    assert (moved.was_due_on, moved.due_on, moved.item) == (date(2031, 5, 31), date(2031, 7, 10), kept)
    assert (kept.due_on, kept.original_due_on) == (date(2031, 7, 10), date(2031, 5, 31))
    assert (kept.days_slipped(TODAY), kept.days_past_first(TODAY), kept.is_late(TODAY)) == (40, 1, False)
    assert TrailRow.objects.last().action == "date moved by decision"


def test_a_milestone_is_moved_alike(small_plan) -> None:
    move(small_plan.milestones[0], date(2031, 6, 14))
    assert Milestone.objects.get(ref="M1").days_slipped(TODAY) == -1


def test_moved_twice_the_days_add_up_and_both_decisions_are_told(small_plan) -> None:
    move(small_plan.late, date(2031, 6, 10), "IB-3", APRIL)
    move(small_plan.late, date(2031, 7, 10), "IB-7", MAY)
    kept = Action.objects.get(ref="A-late")
    assert [made.decision for made in kept.revisions_by(TODAY)] == ["IB-3", "IB-7"]
    assert kept.days_slipped(TODAY) == 10 + 30


def test_a_date_moved_back_to_the_first_one_is_still_told_as_moved(small_plan) -> None:
    move(small_plan.late, date(2031, 6, 10), "IB-3", APRIL)
    move(small_plan.late, date(2031, 5, 31), "IB-7", MAY)
    kept = Action.objects.get(ref="A-late")
    assert (kept.days_slipped(TODAY), len(kept.revisions_by(TODAY))) == (0, 2)


def test_what_was_due_on_a_past_day_is_what_had_been_decided_by_then(small_plan) -> None:
    move(small_plan.late, date(2031, 7, 10), "IB-3", APRIL)
    move(small_plan.late, date(2031, 8, 10), "IB-7", MAY)
    kept = Action.objects.get(ref="A-late")
    days = (APRIL - timedelta(days=1), APRIL, MAY - timedelta(days=1), MAY)
    assert [kept.due_at(day) for day in days] == [
        date(2031, 5, 31),
        date(2031, 7, 10),
        date(2031, 7, 10),
        date(2031, 8, 10),
    ]


def test_an_action_done_late_keeps_the_days_that_it_was_past_its_first_date(small_plan) -> None:
    move(small_plan.late, date(2031, 7, 10))
    later = datetime(2031, 7, 9, 12, tzinfo=UTC)
    progress.mark_done(by=SYSTEM, at=later, action=small_plan.late, on=date(2031, 7, 9), note="Done.")
    kept = Action.objects.get(ref="A-late")
    assert (kept.days_past_first(date(2031, 12, 1)), kept.is_late(date(2031, 12, 1))) == (39, False)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"decision": " "}, revising.NoDecision),
        ({"reason": " "}, progress.NothingSaid),
        ({"due_on": date(2031, 5, 31)}, revising.SameDate),
        ({"decided_on": TODAY + timedelta(days=1)}, revising.DecidedToCome),
        ({"due_on": date(2001, 1, 1)}, BeforeTheProgramme),
    ],
)
def test_what_a_decision_lacks_is_refused_and_nothing_moves(small_plan, given, refusal) -> None:
    with pytest.raises(refusal):
        move(small_plan.late, **{"due_on": date(2031, 7, 10), **given})
    assert not DateRevision.objects.exists()
    assert Action.objects.get(ref="A-late").due_on == date(2031, 5, 31)


def test_a_decision_before_the_last_move_is_refused_and_one_of_the_same_day_is_not(small_plan) -> None:
    move(small_plan.late, date(2031, 7, 10), "IB-7", MAY)
    with pytest.raises(revising.MovedSince, match="IB-7"):
        move(small_plan.late, date(2031, 7, 11), "IB-3", APRIL)
    move(small_plan.late, date(2031, 7, 12), "IB-8", MAY)
    assert Action.objects.get(ref="A-late").due_on == date(2031, 7, 12)


def test_what_is_done_or_withdrawn_is_not_moved(small_plan) -> None:
    with pytest.raises(progress.DoneAlready):
        move(small_plan.done, date(2031, 7, 10))
    progress.withdraw(by=SYSTEM, at=AT, thing=small_plan.late, reason="A mistake.")
    with pytest.raises(Withdrawn):
        move(small_plan.late, date(2031, 7, 10))


@pytest.mark.parametrize("role", ["programme-office", "director", "board-chair", "dfe-observer", "nobody"])
def test_no_role_moves_a_date_by_itself(small_plan, people, role: str) -> None:
    with pytest.raises(Refused):
        move(small_plan.late, date(2031, 7, 10), by=people[role])


def test_a_revision_is_kept_for_good_and_moves_only_what_it_names(small_plan) -> None:
    made = move(small_plan.late, date(2031, 7, 10))
    with pytest.raises(OnlyEverAdded):
        made.save()
    other = Action.objects.get(ref="A-later")
    other.due_on = date(2031, 7, 10)
    with pytest.raises(OnlyTheBoardMovesDates):
        other.save(by_decision=made)
    kept = Action.objects.get(ref="A-late")
    kept.original_due_on = date(2031, 7, 10)
    with pytest.raises(OnlyTheBoardMovesDates):
        kept.save(by_decision=made)


def test_what_is_measured_has_the_date_as_it_had_been_decided(small_plan, programme) -> None:
    Action.objects.update(added_on=None)
    move(small_plan.late, date(2031, 7, 10), "IB-3", MAY)

    def due(as_at):
        rows = extract.take(programme, as_at).tables["plan_actions"]
        return next(row["plan_action_due_on"] for row in rows if row["plan_action_id"] == "A-late")

    assert (due(MAY - timedelta(days=1)), due(MAY)) == (date(2031, 5, 31), date(2031, 7, 10))


def test_the_pages_say_how_far_it_slipped_and_by_which_decision(client_for, small_plan) -> None:
    move(small_plan.late, date(2031, 7, 10))
    said = words(client_for(BOB).get(page("plan/actions/A-late/")))
    assert "40 days later" in said
    assert "IB-7" in said
    assert "The system is not ready." in said
    said = words(client_for(BOB).get(page("plan/")))
    assert "First due 31 May 2031: 40 days later, by IB-7" in said
    assert (
        "2 of 6 actions and milestones are not done by the date first promised. Of these, 1 had a date moved by "
        "decision IB-7." in said
    )


@given(days=st.lists(st.integers(-100, 100).filter(bool), min_size=1, max_size=5))
def test_however_often_it_moves_the_days_slipped_are_the_days_between_first_and_present(days: list[int]) -> None:
    first = date(2031, 5, 31)
    action, due_on, revisions = Action(pk=1, original_due_on=first, due_on=first), first, []
    for n, moved in enumerate(days):
        was, due_on = due_on, due_on + timedelta(days=moved)
        revisions.append(DateRevision(was_due_on=was, due_on=due_on, decided_on=APRIL + timedelta(days=n)))
    action._prefetched_objects_cache = {"revisions": _Rows(revisions)}
    assert action.days_slipped(date.max) == sum(days)
    assert action.due_at(APRIL - timedelta(days=1)) == first


class _Rows(list):
    def all(self):
        return self


def test_the_live_list_of_what_is_late_on_a_day_knows_the_dates_of_that_day(small_plan) -> None:
    move(small_plan.late, date(2031, 7, 10))
    for day, refs in ((TODAY, []), (date(2031, 7, 11), ["A-now", "A-later", "A-late"])):
        actions = list(selectors.actions(SYSTEM, CODE, day))
        assert [action.ref for action in selectors.longest_late(actions, day)] == refs
