"""The plan's pages. Alice (programme office) may change, Bob (DfE observer) may read, Charlie (nobody) may not."""

import pytest

from holdfast.plan.models import Action, Milestone, Objective

READ = ("plan/", "plan/actions/A-late/", "plan/milestones/M1/")
CHANGE = (
    "plan/objectives/add/",
    "plan/actions/add/",
    "plan/milestones/add/",
    "plan/actions/A-late/done/",
    "plan/actions/A-late/late/",
    "plan/milestones/M1/met/",
    "plan/objectives/O1/withdraw/",
    "plan/actions/A-late/withdraw/",
    "plan/actions/A-done/not-done/",
    "plan/milestones/M1/withdraw/",
    "plan/milestones/M1/not-met/",
)
ALICE, BOB, CHARLIE, DAVE = "programme-office", "dfe-observer", "nobody", "elsewhere"
DATE = {"on-day": "1", "on-month": "6", "on-year": "2031"}


def page(path: str) -> str:
    return f"/westmere-2031/{path}"


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize(("who", "status"), [(ALICE, 200), (BOB, 200), (CHARLIE, 403), (DAVE, 403), ("", 302)])
def test_who_may_read(client_for, small_plan, path: str, who: str, status: int) -> None:
    assert client_for(who).get(page(path)).status_code == status


@pytest.mark.parametrize("path", CHANGE)
@pytest.mark.parametrize(("who", "status"), [(ALICE, 200), (BOB, 403), (CHARLIE, 403), (DAVE, 403), ("", 302)])
def test_who_may_change(client_for, small_plan, path: str, who: str, status: int) -> None:
    assert client_for(who).get(page(path)).status_code == status
    assert client_for(who).post(page(path), {}).status_code == status


@pytest.mark.parametrize("path", ["plan/actions/Z9/", "plan/actions/Z9/done/", "plan/milestones/Z9/"])
def test_what_is_not_there_is_not_found(client_for, small_plan, path: str) -> None:
    assert client_for(ALICE).get(page(path)).status_code == 404


def test_without_a_plan_the_page_says_what_will_appear(client_for, programme) -> None:
    said = words(client_for(BOB).get(page("plan/")))
    assert "No plan yet" in said
    assert "No action is late on 1 June 2031." in said


def test_the_plan_says_how_many_are_late_and_that_the_list_is_live(client_for, small_plan) -> None:
    said = words(client_for(BOB).get(page("plan/")))
    assert "1 action is late on 1 June 2031. This is a live list" in said
    assert said.index("A-late Action A-late") < said.index("A-now Action A-now")
    assert "Add an action" not in said
    assert "Add an action" in words(client_for(ALICE).get(page("plan/")))


def test_an_action_shows_both_dates_its_three_states_and_who_may_move_it(client_for, small_plan) -> None:
    said = words(client_for(BOB).get(page("plan/actions/A-late/")))
    for part in (
        "First due",
        "31 May 2031",
        "Evidenced",
        "Impact shown",
        "Only a decision of the Board moves its date",
    ):
        assert part in said
    assert "Mark as done" not in said


def test_an_action_is_marked_as_done(client_for, small_plan) -> None:
    alice = client_for(ALICE)
    said = words(alice.post(page("plan/actions/A-late/done/"), {}))
    assert "Enter the date it was done" in said
    assert "Enter what was done" in said
    answer = alice.post(page("plan/actions/A-late/done/"), {**DATE, "note": "All trained."})
    assert answer.status_code == 302
    assert "All trained." in words(alice.get(answer.url))
    again = alice.post(page("plan/actions/A-late/done/"), {**DATE, "note": "Again."})
    assert "was recorded as done on 1 June 2031" in words(again)


def test_a_day_to_come_is_refused_in_words(client_for, small_plan) -> None:
    typed = {**DATE, "on-year": "2032", "note": "All trained."}
    assert "not in the future" in words(client_for(ALICE).post(page("plan/actions/A-late/done/"), typed))


def test_lateness_is_explained(client_for, small_plan) -> None:
    typed = {"cause": "partner", "words": "They wait.", "recovery": "They meet."}
    answer = client_for(ALICE).post(page("plan/actions/A-late/late/"), typed)
    assert "They meet." in words(client_for(BOB).get(answer.url))
    refused = client_for(ALICE).post(page("plan/actions/A-later/late/"), typed)
    assert "A-later is not late" in words(refused)


def test_an_action_is_added(client_for, small_plan, post) -> None:
    typed = {
        "ref": "A9",
        "title": "Do one more thing",
        "objective": Objective.objects.get().pk,
        "owner": post.pk,
        "due_on-day": "30",
        "due_on-month": "9",
        "due_on-year": "2031",
        "requirements": ["A1", "B1"],
        "indicator": "I20",
    }
    answer = client_for(ALICE).post(page("plan/actions/add/"), typed)
    assert answer.status_code == 302, words(answer)
    found = Action.objects.get(ref="A9")
    assert (found.indicator, found.agency, found.requirements.count()) == ("I20", post.agency, 2)
    assert "already has “A9”" in words(client_for(ALICE).post(page("plan/actions/add/"), typed))


def test_adding_with_nothing_typed_says_what_to_do(client_for, small_plan) -> None:
    said = words(client_for(ALICE).post(page("plan/actions/add/"), {}))
    for error in ("Enter a reference, like A18", "Enter what will be done", "Choose an objective", "Choose a post"):
        assert error in said


def test_a_milestone_is_added_and_met(client_for, small_plan, post) -> None:
    alice = client_for(ALICE)
    typed = {
        "ref": "M9",
        "title": "All there",
        "owner": post.pk,
        "due_on-day": "30",
        "due_on-month": "9",
        "due_on-year": "2031",
    }
    answer = alice.post(page("plan/milestones/add/"), typed)
    assert answer.status_code == 302, words(answer)
    alice.post(page("plan/milestones/M9/met/"), {**DATE, "note": "Minute 4."})
    assert Milestone.objects.get(ref="M9").met_note == "Minute 4."


def test_an_objective_is_added(client_for, small_plan) -> None:
    answer = client_for(ALICE).post(page("plan/objectives/add/"), {"ref": "O2", "title": "Families heard"})
    assert answer.url == page("plan/")
    assert Objective.objects.filter(ref="O2").exists()


def test_the_requirement_page_lists_the_actions_that_answer_it(client_for, small_plan) -> None:
    said = words(client_for(BOB).get(page("notice/requirements/A1/")))
    assert "A-late Action A-late" in said
    assert "No action answers this requirement" not in said


NEW = {"ref": "B1", "title": "Train everybody", "due_on-day": "1", "due_on-month": "1"}


def new_action(small_plan, year: str) -> dict[str, str]:
    return {**NEW, "due_on-year": year, "objective": small_plan.objective.pk, "owner": small_plan.late.owner.pk}


def test_a_date_before_the_programme_began_is_refused_beside_its_field(client_for, small_plan) -> None:
    said = words(client_for(ALICE).post(page("plan/actions/add/"), new_action(small_plan, "1999")))
    assert "Enter a day on or after 12 September 2013, when the programme began" in said
    assert not Action.objects.filter(ref="B1").exists()


@pytest.mark.parametrize(
    ("year", "part"),
    [("2031", "1 January 2031 has passed: it will be late at once, by 151 days"), ("2041", "more than two years away")],
)
def test_a_doubtful_date_is_kept_only_after_a_page_of_its_own(client_for, small_plan, year: str, part: str) -> None:
    alice, typed = client_for(ALICE), new_action(small_plan, year)
    said = words(alice.post(page("plan/actions/add/"), typed))
    assert part in said
    assert "only a decision of the Board moves one" in said
    assert not Action.objects.filter(ref="B1").exists()
    assert alice.post(page("plan/actions/add/"), {**typed, "sure": "yes"}).status_code == 302
    assert Action.objects.get(ref="B1").due_on.year == int(year)


def test_done_over_a_year_ago_is_asked_about(client_for, small_plan) -> None:
    typed = {"on-day": "1", "on-month": "1", "on-year": "2030", "note": "All trained."}
    said = words(client_for(ALICE).post(page("plan/actions/A-late/done/"), typed))
    assert "1 January 2030 is over a year ago" in said
    assert Action.objects.get(ref="A-late").done_on is None


def test_an_action_entered_by_mistake_is_withdrawn_and_shown_as_withdrawn(client_for, small_plan) -> None:
    alice = client_for(ALICE)
    assert "It was entered by mistake" in words(alice.get(page("plan/actions/A-late/")))
    assert "Enter why it was a mistake" in words(alice.post(page("plan/actions/A-late/withdraw/"), {"reason": " "}))
    assert alice.post(page("plan/actions/A-late/withdraw/"), {"reason": "The year was mistyped."}).status_code == 302
    said = words(client_for(BOB).get(page("plan/actions/A-late/")))
    assert "Withdrawn" in said
    assert "1 June 2031: The year was mistyped." in said
    plan = words(client_for(BOB).get(page("plan/")))
    assert "No action is late on 1 June 2031." in plan
    assert plan.index("Withdrawn") < plan.index("A-late Action A-late")


def test_a_mark_of_done_made_by_mistake_is_taken_back_and_read(client_for, small_plan) -> None:
    alice = client_for(ALICE)
    assert alice.post(page("plan/actions/A-done/not-done/"), {"reason": "Another action."}).status_code == 302
    said = words(client_for(BOB).get(page("plan/actions/A-done/")))
    assert "Marked as of 2 May 2031, taken back" in said
    assert "1 June 2031: Another action." in said
