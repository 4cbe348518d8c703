"""Minutes: drafted on the agenda, approved at a later meeting, locked, and void when anything changes them."""

import io
import zipfile
from datetime import date

import pytest

from governance.conftest import AT, TODAY, who
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.governance import observing
from holdfast.governance.locking import MinutesLocked
from holdfast.governance.models import Amendment, MinuteEntry
from holdfast.governance.selectors import evidence
from holdfast.governance.selectors import meetings as meeting_selectors
from holdfast.governance.selectors import minutes as selectors
from holdfast.governance.services import agendas, attending, meetings, minuting, registering
from holdfast.governance.word_minutes import as_docx
from holdfast.plan.models import Action
from holdfast.plan.services import adding

pytestmark = pytest.mark.django_db
RESOLVED = "The minutes were agreed as a true record."


@pytest.fixture
def minuted(held):
    """The first meeting with one item and one thing said under it."""
    item = agendas.add_item(**who(), meeting=held, title="Workload", purpose="discuss")
    minuting.add_entry(**who(), item=item, kind="information", text="Caseloads fell to 18.")
    return item


@pytest.fixture
def approved(minuted, cycle, people):
    minuting.approve_minutes(
        **who(people["board-chair"]), meeting=minuted.meeting, approving=cycle[1], resolution=RESOLVED
    )
    return minuted


def state(item):
    return selectors.minutes_of(SYSTEM, "westmere-2031", item.meeting).state


def test_an_action_minuted_is_an_action_of_the_plan_raised_by_the_meeting(minuted, agencies, programme):
    objective = adding.add_objective(by=SYSTEM, at=AT, programme=programme, ref="O1", title="Enough people")
    minuting.add_action_entry(
        **who(), item=minuted, text="Fill the vacant posts", objective=objective, ref="A9",
        owner=agencies.posts.council, due_on=date(2031, 7, 1),
    )  # fmt: skip
    action = Action.objects.get(programme=programme, ref="A9")
    assert action.raised_from == ("meeting", "board/1", "Meeting 1 of the Improvement Board")
    assert MinuteEntry.objects.get(ref="A9").text == action.title


def test_an_observer_owns_no_action_and_the_attempt_is_trailed(minuted, agencies, programme):
    objective = adding.add_objective(by=SYSTEM, at=AT, programme=programme, ref="O1", title="Enough people")
    with pytest.raises(observing.ObserverDoesNotOwn, match="owns no action"):
        minuting.add_action_entry(
            **who(), item=minuted, text="Write to the Minister", objective=objective, ref="A9",
            owner=agencies.posts.dfe, due_on=date(2031, 7, 1),
        )  # fmt: skip
    assert TrailRow.objects.last().detail["rule"] == "ObserverDoesNotOwn"
    assert not Action.objects.exists()


def test_minutes_are_evidence_once_they_are_approved(approved, cycle, programme, client_for):
    [(key, words)] = evidence.records(SYSTEM, programme.code)
    assert (key, words) == (
        "minutes/board/1",
        f"Minutes of {str(approved.meeting).replace('M', 'm', 1)}, 6 February 2031",
    )
    assert client_for("dfe-observer").get(evidence.record_address(programme.code, key)).status_code == 200
    assert evidence.records(None, programme.code) == []


def test_minutes_are_a_draft_until_a_later_meeting_approves_them(minuted, cycle, people):
    assert state(minuted) == selectors.DRAFT
    chair = people["board-chair"]
    for approving, problem in ((cycle[0], "later meeting"), (cycle[-1], "has not come")):
        with pytest.raises(minuting.NotApproved, match=problem):
            minuting.approve_minutes(**who(chair), meeting=minuted.meeting, approving=approving, resolution=RESOLVED)
    with pytest.raises(minuting.NotApproved, match="words of the resolution"):
        minuting.approve_minutes(**who(chair), meeting=minuted.meeting, approving=cycle[1], resolution=" ")

    minuting.approve_minutes(**who(chair), meeting=minuted.meeting, approving=cycle[1], resolution=RESOLVED)

    assert state(minuted) == selectors.APPROVED
    with pytest.raises(Refused):
        minuting.approve_minutes(
            **who(people["programme-office"]), meeting=cycle[1], approving=cycle[2], resolution=RESOLVED
        )


def test_approved_minutes_are_locked_against_every_service_and_the_attempt_is_trailed(approved, seats):
    entry = approved.entries.get()
    changes = (
        lambda: minuting.edit_entry(**who(), entry=entry, version=entry.version, text="Caseloads fell to 8."),
        lambda: minuting.add_entry(**who(), item=approved, kind="risk", text="More."),
        lambda: agendas.add_item(**who(), meeting=approved.meeting, title="More", purpose="note"),
        lambda: agendas.reserve_item(**who(), item=approved, reason="Now it is."),
        lambda: attending.record_attendance(**who(), meeting=approved.meeting, seat=seats.health, came="apologies"),
    )
    for change in changes:
        with pytest.raises(MinutesLocked, match="are locked"):
            change()
        assert TrailRow.objects.last().detail["rule"] == "MinutesLocked"
    assert state(approved) == selectors.APPROVED


@pytest.mark.parametrize(
    "change",
    [
        lambda item: MinuteEntry.objects.filter(item=item).update(text="Caseloads fell to 8."),
        lambda item: type(item).objects.filter(pk=item.pk).update(title="Another"),
        lambda item: item.meeting.attendance.filter(came="deputy").delete(),
        lambda item: type(item.meeting).objects.filter(pk=item.meeting_id).update(summary="Nothing."),
        lambda item: MinuteEntry.objects.create(item=item, order=2, kind="risk", text="More."),
    ],
    ids=["an entry", "a title", "who came", "the summary", "one entry more"],
)
def test_an_approval_is_void_when_the_words_are_changed_past_the_services(approved, change, client_for):
    change(approved)
    approved.meeting.refresh_from_db()
    assert state(approved) == selectors.VOID
    shown = client_for("partner-member").get("/westmere-2031/meetings/board/1/minutes/").content.decode()
    assert "Approval void: changed since it was approved" in shown


def test_a_correction_lives_in_the_approving_resolution_and_keeps_what_was_said(minuted, cycle, people):
    entry = minuted.entries.get()
    minuting.approve_minutes(
        **who(people["board-chair"]), meeting=minuted.meeting, approving=cycle[1], resolution=RESOLVED,
        amendments=[(entry, "Caseloads fell to 19.")],
    )  # fmt: skip
    entry.refresh_from_db()
    made = Amendment.objects.get()
    assert (made.before, made.after) == ("Caseloads fell to 18.", "Caseloads fell to 19.")
    assert entry.text == "Caseloads fell to 19."
    assert state(minuted) == selectors.APPROVED


def test_the_chair_approves_and_corrects_on_the_page(client_for, minuted, cycle):
    entry = minuted.entries.get()
    sent = {"approving": cycle[1].pk, "resolution": RESOLVED, f"entry_{entry.pk}": "Caseloads fell to 19."}
    address = "/westmere-2031/meetings/board/1/minutes/approve/"
    assert client_for("programme-office").post(address, sent).status_code == 403
    response = client_for("board-chair").post(address, sent, follow=True)
    shown = response.content.decode()
    assert "Approved and locked" in shown
    assert "“Caseloads fell to 18.” and says “Caseloads fell to 19.”" in shown


def test_two_who_change_one_entry_lose_nothing(minuted):
    entry = minuted.entries.get()
    minuting.edit_entry(**who(), entry=entry, version=1, text="Caseloads fell to 17.")
    with pytest.raises(minuting.EntryChangedMeanwhile, match="It now says: Caseloads fell to 17"):
        minuting.edit_entry(**who(), entry=entry, version=1, text="Caseloads fell to 16.")
    row = TrailRow.objects.last()
    assert (row.action, row.detail["rule"]) == ("refused by a rule", "EntryChangedMeanwhile")
    assert "Caseloads fell" not in row.subject, "the trail holds no words of the minutes"


def test_earlier_minutes_wait_for_approval_at_the_next_meeting(minuted, cycle):
    assert selectors.awaiting_approval(SYSTEM, "westmere-2031", cycle[1]) == [minuted.meeting]
    assert selectors.awaiting_approval(SYSTEM, "westmere-2031", minuted.meeting) == []


def test_the_word_document_holds_the_minutes_and_nobody_in_its_properties(minuted, people):
    from docx import Document

    read = selectors.minutes_of(people["board-chair"], "westmere-2031", minuted.meeting)
    attendance = meeting_selectors.attendance(SYSTEM, "westmere-2031", minuted.meeting)
    content = as_docx(read, attendance)

    document = Document(io.BytesIO(content))
    words = " ".join(paragraph.text for paragraph in document.paragraphs)
    assert "Information: Caseloads fell to 18." in words
    known = document.core_properties
    assert (known.author, known.last_modified_by, known.comments) == ("", "", "")
    assert content == as_docx(read, attendance)
    assert document.sections[0].header.paragraphs[0].text == ""
    marked = Document(io.BytesIO(as_docx(read, attendance, "Invented")))
    assert marked.sections[0].header.paragraphs[0].text == "Invented"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert "python-docx" not in parts.read("docProps/core.xml").decode()


def test_a_meeting_that_was_not_held_has_nothing_to_approve(cycle, people):
    meetings.cancel_meeting(**who(), meeting=cycle[0], reason="Snow.")
    with pytest.raises(minuting.NotApproved, match="has not been held"):
        minuting.approve_minutes(
            **who(people["board-chair"]), meeting=cycle[0], approving=cycle[1], resolution=RESOLVED
        )


def test_a_meeting_whose_day_has_not_come_has_no_minutes(cycle):
    coming = next(meeting for meeting in cycle if meeting.held_on > TODAY)
    item = agendas.add_item(**who(), meeting=coming, title="Scorecard", purpose="discuss")
    with pytest.raises(minuting.NotMinuted, match="which has not come"):
        minuting.add_entry(**who(), item=item, kind="information", text="Said before it was said.")


def test_an_entry_names_the_record_it_is_about_and_links_to_it(minuted, agencies, programme, client_for):
    said = {"title": "Posts stay empty", "cause": "Few apply.", "event": "Cases wait.", "effect": "Children wait."}
    registering.raise_risk(**who(), programme=programme, owner=agencies.posts.council, requirement="", **said)
    assert selectors.records_to_name(SYSTEM, programme.code) == [("risk 1", "Risk 1: Posts stay empty")]
    with pytest.raises(minuting.NotMinuted, match="There is no risk 7 on record"):
        minuting.add_entry(**who(), item=minuted, kind="risk", text="It grows.", ref="risk 7")
    office = client_for("programme-office")
    address = f"/westmere-2031/meetings/board/1/items/{minuted.order}/"
    asked = office.get(f"{address}say/").content.decode()
    assert "Risk 1: Posts stay empty" in asked
    sent = {"kind": "risk", "text": "It grows.", "ref": "risk 1"}
    shown = office.post(f"{address}say/", sent, follow=True).content.decode()
    assert 'href="/westmere-2031/risks/1/">risk 1</a>' in shown
    assert (
        'href="/westmere-2031/risks/1/">risk 1</a>'
        in office.get("/westmere-2031/meetings/board/1/minutes/").content.decode()
    )


@pytest.mark.parametrize(
    ("kind", "ref", "led_to"),
    [
        ("action", "A18", ("action", "A18")),
        ("challenge", "challenge 3", ("challenge", "3")),
        ("risk", "risk 2", ("risk", "2")),
        ("information", "IB-7", ("decision", "IB-7")),
        ("information", "", ("", "")),
    ],
)
def test_what_an_entry_led_to_is_read_from_its_label(kind, ref, led_to):
    assert MinuteEntry(kind=kind, ref=ref).led_to == led_to
