"""A page offers a step only where its service would take it, and a form's own page says why where it would not."""

from datetime import timedelta

import pytest
from lxml import html

from governance.conftest import TODAY, who
from holdfast.governance.services import agendas, challenging, meetings, minuting
from holdfast.organisation.models import Post

pytestmark = pytest.mark.django_db
BASE = "/westmere-2031/meetings/board"
STOPPED = "This cannot be done now."


def offered(client, path):
    """The addresses that a page leads to below its own meeting or record, and are no file."""
    page = html.document_fromstring(client.get(path).content)
    links = {link for link in page.xpath("//main//a/@href") if link.startswith(path)}
    return {link.removeprefix(path) for link in links if not link.endswith((".pdf", ".docx"))}


def each_can_be_done(client, path):
    """Every step that a page offers opens, with a form and not with why it cannot be done."""
    for step in offered(client, path):
        page = client.get(f"{path}{step}")
        assert page.status_code == 200, step
        assert STOPPED not in page.content.decode(), step
    return offered(client, path)


@pytest.fixture
def coming(cycle, seats):
    meeting = next(one for one in cycle if one.held_on > TODAY)
    agendas.add_item(**who(), meeting=meeting, title="Workload", purpose="discuss")
    return meeting


@pytest.fixture
def approved(held, cycle, people):
    item = agendas.add_item(**who(), meeting=held, title="Workload", purpose="discuss")
    minuting.add_entry(**who(), item=item, kind="information", text="Caseloads fell to 18.")
    chair = who(people["board-chair"])
    minuting.approve_minutes(**chair, meeting=held, approving=cycle[1], resolution="Agreed as a true record.")
    return item


@pytest.mark.parametrize("role", ["programme-office", "board-chair", "partner-member", "dfe-observer"])
def test_of_a_meeting_to_come_nothing_is_offered_that_waits_for_its_day(coming, client_for, role):
    client = client_for(role)
    meeting, item = f"{BASE}/{coming.number}/", f"{BASE}/{coming.number}/items/1/"
    for path in (meeting, item, f"{meeting}minutes/"):
        steps = each_can_be_done(client, path)
        assert not steps & {"held/", "say/", "action/", "approve/"}, path


def test_the_page_of_a_step_that_waits_says_for_what_and_shows_no_form(coming, client_for, settings):
    office = client_for("programme-office")
    hold = f"{BASE}/{coming.number}/held/"
    page = office.get(hold).content.decode()
    assert STOPPED in page
    assert "which has not come." in page
    assert 'name="summary"' not in page
    settings.HOLDFAST_TODAY = coming.held_on
    assert "held/" in each_can_be_done(office, f"{BASE}/{coming.number}/")
    assert 'name="summary"' in office.get(hold).content.decode()


@pytest.mark.parametrize("role", ["programme-office", "board-chair"])
def test_of_approved_minutes_nothing_is_offered_that_would_change_them(approved, client_for, role):
    client, meeting = client_for(role), f"{BASE}/{approved.meeting.number}/"
    for path in (meeting, f"{meeting}items/1/", f"{meeting}minutes/"):
        each_can_be_done(client, path)
    assert not offered(client, f"{meeting}items/1/")
    assert not [step for step in offered(client, meeting) if "attendance" in step or "items/add" in step]


def test_what_is_minuted_is_not_offered_to_be_withdrawn_and_what_is_out_not_to_be_moved(held, client_for):
    item = agendas.add_item(**who(), meeting=held, title="Workload", purpose="discuss")
    office, path = client_for("programme-office"), f"{BASE}/{held.number}/items/1/"
    assert "withdraw/" in each_can_be_done(office, path)
    minuting.add_entry(**who(), item=item, kind="information", text="Caseloads fell to 18.")
    assert "withdraw/" not in each_can_be_done(office, path)
    assert STOPPED in office.get(f"{path}withdraw/").content.decode()


def test_the_last_meetings_minutes_wait_for_a_later_one_before_their_approval_is_offered(cycle, seats, client_for):
    last = [one for one in cycle if one.held_on <= TODAY][-1]
    meetings.hold_meeting(**who(), meeting=last, summary="Visits.")
    chair = client_for("board-chair")
    assert "approve/" not in offered(chair, f"{BASE}/{last.number}/minutes/")
    assert "none has come yet" in chair.get(f"{BASE}/{last.number}/minutes/approve/").content.decode()


def test_a_challenge_is_offered_to_be_closed_by_somebody_else_once_it_is_answered(board, seats, people, client_for):
    challenged = Post.objects.get(code="council-post")
    challenged.holder = people["director"]
    challenged.save()
    raised = challenging.raise_challenge(
        **who(people["board-chair"]), programme=board.programme, body=board, challenged=challenged,
        about="Children wait.", evidence="I20.", requirement="", indicator="",
    )  # fmt: skip
    path = f"/westmere-2031/challenges/{raised.number}/"
    chair, director, observer = client_for("board-chair"), client_for("director"), client_for("dfe-observer")
    assert "close/" not in offered(chair, path)
    assert STOPPED in chair.get(f"{path}close/").content.decode()
    assert observer.get(f"{path}answer/").status_code == 403
    assert "answer/" in each_can_be_done(director, path)
    challenging.answer_challenge(**who(people["director"]), challenge=raised, words="They are seen.")
    assert "close/" in each_can_be_done(chair, path)
    assert "close/" not in offered(director, path)


def test_a_meeting_that_was_called_off_is_offered_nothing(coming, client_for):
    meetings.cancel_meeting(**who(), meeting=coming, reason="Snow.")
    office, path = client_for("programme-office"), f"{BASE}/{coming.number}/"
    for step in ("move/", "call-off/", "held/"):
        assert step not in offered(office, path)
        assert STOPPED in office.get(f"{path}{step}").content.decode()


def test_papers_that_are_late_do_not_stop_anybody(coming, client_for, settings):
    settings.HOLDFAST_TODAY = coming.held_on - timedelta(days=1)
    assert "items/add/" in each_can_be_done(client_for("programme-office"), f"{BASE}/{coming.number}/")
