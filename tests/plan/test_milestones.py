"""Milestones and objectives: added by the programme office, and met."""

from holdfast.plan.models import Milestone, Objective
from plan.pages import ALICE, DONE_ON, DUE_ON, errors, page, said, words


def test_a_milestone_is_added_and_met(client_for, small_plan, post) -> None:
    alice = client_for(ALICE)
    typed = {"ref": "M9", "title": "All there", "owner": post.pk, **DUE_ON}
    answer = alice.post(page("plan/milestones/add/"), typed)
    assert answer.status_code == 302, words(answer)
    assert said(alice, answer) == "M9 All there is in the plan, due on 30 September 2031. Mark it as met when it is."
    answer = alice.post(page("plan/milestones/M9/met/"), {**DONE_ON, "note": "Minute 4."})
    assert said(alice, answer) == "M9 is met. Everybody who reads the plan sees how that is known."
    assert Milestone.objects.get(ref="M9").met_note == "Minute 4."


def test_a_milestone_that_is_met_is_not_met_again(client_for, small_plan) -> None:
    alice = client_for(ALICE)
    for _ in range(2):
        answer = alice.post(page("plan/milestones/M1/met/"), {**DONE_ON, "note": "Minute 4."})
    assert errors(answer) == [("M1 was recorded as done on 1 June 2031", "")]


def test_an_objective_is_added(client_for, small_plan) -> None:
    alice = client_for(ALICE)
    answer = alice.post(page("plan/objectives/add/"), {"ref": "O2", "title": "Families heard"})
    assert answer["Location"] == page("plan/")
    assert said(alice, answer) == "O2 Families heard is in the plan. Add the actions that will meet it."
    assert Objective.objects.filter(ref="O2").exists()


def test_an_objective_says_at_once_what_is_taken_and_what_is_missing(client_for, small_plan) -> None:
    assert errors(client_for(ALICE).post(page("plan/objectives/add/"), {"ref": "o1"})) == [
        ("The plan already has “o1”. Choose another reference", "#id_ref"),
        ("Enter the objective", "#id_title"),
    ]
