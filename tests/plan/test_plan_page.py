"""The plan's page, and who may open or change anything under it."""

import pytest

from plan.pages import ALICE, BOB, CHARLIE, DAVE, page, words

READ = ("plan/", "plan/actions/A-late/", "plan/milestones/M1/")
CHANGE = (
    "plan/objectives/add/",
    "plan/actions/add/",
    "plan/milestones/add/",
    "plan/actions/A-late/done/",
    "plan/actions/A-late/change/",
    "plan/actions/A-done/close/",
    "plan/actions/A-done/reopen/",
    "plan/milestones/M1/met/",
    "plan/objectives/O1/withdraw/",
    "plan/actions/A-late/withdraw/",
    "plan/actions/A-done/not-done/",
    "plan/milestones/M1/withdraw/",
    "plan/milestones/M1/not-met/",
)


@pytest.mark.parametrize(("who", "status"), [(ALICE, 200), (BOB, 200), (CHARLIE, 403), (DAVE, 403), ("", 302)])
def test_who_may_read(client_for, small_plan, who: str, status: int) -> None:
    client = client_for(who)
    assert {path: client.get(page(path)).status_code for path in READ} == dict.fromkeys(READ, status)


@pytest.mark.parametrize(("who", "status"), [(ALICE, 200), (BOB, 403), (CHARLIE, 403), (DAVE, 403), ("", 302)])
def test_who_may_change(client_for, small_plan, who: str, status: int) -> None:
    client = client_for(who)
    answers = {path: (client.get(page(path)).status_code, client.post(page(path), {}).status_code) for path in CHANGE}
    assert answers == dict.fromkeys(CHANGE, (status, status))


def test_what_is_not_there_is_not_found_and_named(client_for, small_plan) -> None:
    alice = client_for(ALICE)
    for path, what in (("actions/Z9/", "action"), ("actions/Z9/done/", "action"), ("milestones/Z9/", "milestone")):
        answer = alice.get(page(f"plan/{path}"))
        assert answer.status_code == 404
        assert f"The plan has no {what} “Z9”." in words(answer)


def test_without_a_plan_the_page_says_what_will_appear(client_for, programme) -> None:
    said = words(client_for(BOB).get(page("plan/")))
    assert "No plan yet" in said
    assert "No action is late on 1 June 2031." in said


def test_the_plan_says_how_many_are_late_and_that_the_list_is_live(client_for, small_plan) -> None:
    said = words(client_for(BOB).get(page("plan/")))
    assert "1 action is late on 1 June 2031; 1 milestone is: M2. This is a live list" in said
    assert "4 actions: 1 done, 1 late" in said
    assert "2 milestones: none met, 1 late" in said
    assert said.index("A-late Action A-late") < said.index("A-now Action A-now")
    assert "Add an action" not in said
    assert "Add an action" in words(client_for(ALICE).get(page("plan/")))


def test_the_requirement_page_lists_the_actions_that_answer_it(client_for, small_plan) -> None:
    said = words(client_for(BOB).get(page("notice/requirements/A1/")))
    assert "A-late Action A-late" in said
    assert "No action answers this requirement" not in said
