"""A date that is doubtful is asked about, and what was entered by mistake is taken back and shown as taken back."""

import pytest

from holdfast.plan.models import Action
from plan.pages import ALICE, BOB, page, words

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
    assert "No action is late on 1 June 2031; 1 milestone is: M2." in plan
    assert plan.index("Withdrawn") < plan.index("A-late Action A-late")


def test_a_mark_of_done_made_by_mistake_is_taken_back_and_read(client_for, small_plan) -> None:
    alice = client_for(ALICE)
    assert alice.post(page("plan/actions/A-done/not-done/"), {"reason": "Another action."}).status_code == 302
    said = words(client_for(BOB).get(page("plan/actions/A-done/")))
    assert "Marked as of 2 May 2031, taken back" in said
    assert "1 June 2031: Another action." in said
