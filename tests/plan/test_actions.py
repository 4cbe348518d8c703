"""Actions: added by the programme office, marked as done, and told how they go."""

from holdfast.plan.models import Action, Objective
from plan.pages import ALICE, BOB, DONE_ON, DUE_ON, errors, page, said, words


def test_an_action_shows_both_dates_its_two_states_and_who_may_move_it(client_for, small_plan) -> None:
    shown = words(client_for(BOB).get(page("plan/actions/A-late/")))
    for part in (
        "First due",
        "31 May 2031",
        "Late",
        "Not reviewed",
        "Complete",
        "Only a decision of the Board moves its date",
    ):
        assert part in shown
    assert "Mark as done" not in shown


def test_an_action_is_marked_as_done(client_for, small_plan) -> None:
    alice = client_for(ALICE)
    assert errors(alice.post(page("plan/actions/A-late/done/"), {})) == [
        ("Enter the date it was done, like 27 3 2031", "#id_on-day"),
        ("Enter what was done", "#id_note"),
    ]
    answer = alice.post(page("plan/actions/A-late/done/"), {**DONE_ON, "note": "All trained."})
    assert said(alice, answer).startswith("A-late is done. It is not yet evidenced")
    assert "All trained." in words(alice.get(answer["Location"]))
    again = alice.post(page("plan/actions/A-late/done/"), {**DONE_ON, "note": "Again."})
    assert errors(again) == [("A-late was recorded as done on 1 June 2031", "")]


def test_a_day_to_come_is_refused_beside_the_day(client_for, small_plan) -> None:
    typed = {**DONE_ON, "on-year": "2032", "note": "All trained."}
    answer = client_for(ALICE).post(page("plan/actions/A-late/done/"), typed)
    assert errors(answer) == [("Enter a day that is not in the future", "#id_on-day")]


def test_how_it_goes_is_said_and_why_when_it_is_not_on_track(client_for, small_plan) -> None:
    alice, typed = client_for(ALICE), {"is_on_track": "no", "words": "They wait."}
    refused = alice.post(page("plan/actions/A-late/update/"), typed)
    assert errors(refused) == [
        ("Choose the cause: it is needed when an action is not on track", "#id_cause"),
        ("Enter what will recover it, or choose the action that does", "#id_recovery"),
    ]
    answer = alice.post(page("plan/actions/A-late/update/"), {**typed, "cause": "partner", "recovery": "They meet."})
    assert said(alice, answer).endswith("Its date has not moved.")
    assert "They meet." in words(client_for(BOB).get(answer["Location"]))


def test_an_action_is_added(client_for, small_plan, post) -> None:
    alice = client_for(ALICE)
    typed = {
        "ref": "A9",
        "title": "Do one more thing",
        "objective": Objective.objects.get().pk,
        "owner": post.pk,
        "requirements": ["A1", "B1"],
        "indicator": "I20",
        **DUE_ON,
    }
    answer = alice.post(page("plan/actions/add/"), typed)
    assert answer.status_code == 302, words(answer)
    assert said(alice, answer).startswith("A9 Do one more thing is in the plan, due on 30 September 2031.")
    action = Action.objects.get(ref="A9")
    assert (action.indicator, action.agency, action.requirements.count()) == ("I20", post.agency, 2)


def test_everything_that_is_wrong_is_said_at_once_and_beside_its_field(client_for, small_plan) -> None:
    """A reference that is taken with it: not in a second round, once all else is right."""
    typed = {"ref": "a-late", "title": "x" * 201, **DUE_ON, "due_on-year": "31", "impact_size": "-5"}
    assert errors(client_for(ALICE).post(page("plan/actions/add/"), typed)) == [
        ("The plan already has “a-late”. Choose another reference", "#id_ref"),
        ("Use 200 characters or fewer: there are 201", "#id_title"),
        ("Choose an objective", "#id_objective"),
        ("Choose a post", "#id_owner"),
        ("The date it is due must have a year of four figures, like 27 3 2031", "#id_due_on-day"),
        ("Enter how far it should move as 0 or more: which way is asked before it", "#id_impact_size"),
    ]


def test_adding_with_nothing_typed_says_what_to_do(client_for, small_plan) -> None:
    answer = client_for(ALICE).post(page("plan/actions/add/"), {})
    assert [one.split(",")[0] for one, _ in errors(answer)] == [
        "Enter a reference",
        "Enter what will be done",
        "Choose an objective",
        "Choose a post",
        "Enter the date it is due",
    ]
