"""The pages of bodies and meetings: who may change them, who may read them, and who may not."""

from datetime import date
from typing import Any

import pytest
from lxml import html

from governance.conftest import who
from holdfast.governance.models import Meeting, Membership
from holdfast.governance.services import meetings

pytestmark = pytest.mark.django_db
MEETINGS = "/westmere-2031/meetings/"


def page_of(response: Any) -> Any:
    return html.fromstring(response.content)


def text(response: Any) -> str:
    return " ".join(page_of(response).text_content().split())


def test_meetings_are_listed_with_any_gap_over_28_days(client_for, cycle, seats):
    meetings.cancel_meeting(**who(), meeting=cycle[-2], reason="Half of the members were ill.")
    shown = text(client_for("partner-member").get(MEETINGS))
    assert "Meeting 1 of the Improvement Board" in shown
    assert "56 days from 29 May 2031 to 24 July 2031, which is more than 28." in shown
    assert "Half of the members were ill." in shown


def test_the_office_changes_a_body_and_others_only_read(client_for, cycle, seats):
    assert "Fill a seat" in text(client_for("programme-office").get(f"{MEETINGS}board/"))
    shown = text(client_for("dfe-observer").get(f"{MEETINGS}board/"))
    assert "Speaks and sees the papers; does not decide, vote or own" in shown
    assert "Fill a seat" not in shown
    assert client_for("nobody").get(f"{MEETINGS}board/").status_code == 403
    assert client_for("elsewhere").get(f"{MEETINGS}board/").status_code == 403


def test_a_chair_who_is_an_employee_is_refused_on_the_page_in_words(client_for, board, agencies):
    sent = {
        "agency": agencies.council.pk, "post": agencies.posts.council.pk, "capacity": "chair",
        "from_on": "2031-05-01", "declaration": "I am independent.",
    }  # fmt: skip
    response = client_for("programme-office").post(f"{MEETINGS}board/seats/fill/", sent)
    assert "must be independent of the council" in text(response)
    assert not Membership.objects.exists()


def test_a_cycle_is_planned_on_the_page(client_for, board):
    sent = {"first_on": "2031-07-03", "until_on": "2031-09-30", "place": "County Hall"}
    response = client_for("programme-office").post(f"{MEETINGS}board/cycle/", sent, follow=True)
    assert "4 meetings of the Improvement Board planned" in text(response)
    assert list(Meeting.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_a_meeting_page_shows_who_came_who_sent_a_deputy_and_who_said_nothing(client_for, held):
    shown = text(client_for("board-chair").get(f"{MEETINGS}board/1/"))
    assert "Sent a deputyPolice deputy lead" in shown
    assert "Nothing was heard" in shown
    assert "3 voting seats were filled; it takes 3. A quorum." in shown
    assert "Two visits a week" in shown


def test_a_meeting_says_when_in_the_day_it_begins_and_ends_and_refuses_a_day_that_runs_backwards(client_for, cycle):
    office, meeting = client_for("programme-office"), cycle[-1]
    page = f"/westmere-2031/meetings/board/{meeting.number}/"
    assert "nobody has said" in office.get(page).content.decode()
    typed = {"starts_at": "14:00", "ends_at": "10.30", "place": "County Hall"}
    refused = office.post(f"{page}hours/", typed)
    assert "Enter when it ends, later in the day than it begins" in refused.content.decode()
    assert "Enter a time of day like 10:00" in office.post(f"{page}hours/", typed | {"ends_at": "4pm"}).content.decode()
    office.post(f"{page}hours/", typed | {"ends_at": "16.30"})
    assert "14:00 to 16:30, County Hall" in office.get(page).content.decode()
    assert 'value="14:00"' in office.get(f"{page}hours/").content.decode()


def test_a_meeting_is_moved_on_its_page_and_both_days_show(client_for, cycle):
    office = client_for("programme-office")
    response = office.post(
        f"{MEETINGS}board/7/move/", {"held_on": "2031-07-30", "reason": "The chair is away."}, follow=True
    )
    shown = text(response)
    assert "30 July 2031" in shown
    assert "24 July 2031. The chair is away." in shown
    assert client_for("board-chair").post(f"{MEETINGS}board/7/move/", {}).status_code == 403


def test_who_came_is_said_on_a_page_that_begins_with_what_is_known(client_for, held, seats):
    office, address = client_for("programme-office"), f"{MEETINGS}board/1/attendance/{seats.police.pk}/"
    assert page_of(office.get(address)).xpath("//input[@value='deputy']/@checked")
    office.post(address, {"came": "apologies", "deputy": "", "interest": ""})
    assert seats.police.attendance.get().came == "apologies"


@pytest.mark.parametrize("path", ["", "board/", "board/1/"])
def test_the_number_of_queries_does_not_grow_with_meetings(client_for, held, board, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_for("director")
    with CaptureQueriesContext(connection) as few:
        client.get(MEETINGS + path)
    meetings.make_cycle(**who(), body=board, first_on=date(2031, 8, 21), until_on=date(2033, 1, 31))
    with CaptureQueriesContext(connection) as many:
        client.get(MEETINGS + path)
    assert len(many) <= len(few)
