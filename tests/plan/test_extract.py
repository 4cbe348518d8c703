"""What the plan gives to be measured: dates and references of its actions, nothing of people, nothing of later."""

from datetime import date

from holdfast.plan import extract
from holdfast.plan.models import Action

TODAY = date(2031, 6, 1)


def test_every_action_is_given_with_its_dates_and_no_words(programme, small_plan):
    given = extract.take(programme, TODAY)
    rows = {row["plan_action_id"]: row for row in given.tables["plan_actions"]}
    assert set(rows) == {"A-late", "A-now", "A-later", "A-done"}
    assert rows["A-done"] == {
        "plan_action_id": "A-done",
        "plan_action_agency": "council",
        "plan_action_original_due_on": date(2031, 5, 1),
        "plan_action_due_on": date(2031, 5, 1),
        "plan_action_done_on": date(2031, 5, 2),
        "plan_action_withdrawn_on": None,
    }
    assert rows["A-late"]["plan_action_done_on"] is None


def test_the_first_day_known_is_the_first_that_any_action_was_due_or_done(programme, small_plan):
    assert extract.take(programme, TODAY).since == date(2031, 5, 1)


def test_on_a_day_before_it_was_done_an_action_was_not_done(programme, small_plan):
    assert extract.take(programme, date(2031, 5, 1)) is None, "nothing was in the plan yet"
    Action.objects.update(added_on=date(2031, 5, 1))
    rows = {row["plan_action_id"]: row for row in extract.take(programme, date(2031, 5, 1)).tables["plan_actions"]}
    assert rows["A-done"]["plan_action_done_on"] is None


def test_without_a_plan_nothing_is_given(programme):
    assert extract.take(programme, TODAY) is None
