"""One's own calendar by a secret address, and the mail about what is due, over a real SMTP server on the loopback."""

import email
import socket
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from icalendar import Calendar

from governance.conftest import AT, TODAY, who
from holdfast.access.doors import SYSTEM
from holdfast.access.models import TrailRow
from holdfast.agreements import services as agreeing
from holdfast.governance.due import due_for
from holdfast.governance.models import CalendarAddress, Digest
from holdfast.governance.services import agendas, meetings, reminding
from holdfast.organisation import services as organisation
from holdfast.organisation.models import RoleHolding
from holdfast.organisation.services import changing
from holdfast.plan.services import adding
from holdfast.web import cli

pytestmark = pytest.mark.django_db
FEED = "/westmere-2031/calendar/feed.ics"


class Received:
    """An SMTP server that keeps what it is sent."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content)))
        return "250 kept"


@pytest.fixture
def post_office(settings: Any) -> Iterator[Received]:
    received = Received()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(received, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "holdfast@example.gov.uk"
    settings.HOLDFAST_SENDS_MAIL = True
    yield received
    controller.stop()


@pytest.fixture
def police_lead(seats, agencies, programme, cycle) -> Any:
    """Whoever holds the police's post: an action of theirs is late, another is due in three weeks."""
    account = organisation.create_account(
        **who(), username="police-lead", first_name="Police lead", email="police.lead@example.gov.uk"
    )
    organisation.grant_role(
        **who(), account=account, role="partner-member", programme=programme, kind="agency", key="police",
        from_on=date(2031, 1, 1),
    )  # fmt: skip
    changing.appoint(**who(), post=agencies.posts.police, holder=account)
    objective = adding.add_objective(**who(), programme=programme, ref="O1", title="In time")
    for ref, due_on in (("A1", date(2031, 5, 20)), ("A2", TODAY + timedelta(days=15))):
        adding.add_action(
            **who(), objective=objective, ref=ref, title=f"See to {ref}", owner=agencies.posts.police, due_on=due_on,
            added_on=date(2031, 1, 1),
        )  # fmt: skip
    for ref, due_on in (("M1", TODAY + timedelta(days=14)), ("M2", TODAY + timedelta(days=15))):
        adding.add_milestone(
            **who(), programme=programme, objective=objective, ref=ref, title=f"Reach {ref}", due_on=due_on,
            owner=agencies.posts.police, added_on=date(2031, 1, 1),
        )  # fmt: skip
    meetings.plan_meeting(**who(), body=cycle[0].body, on=date(2031, 6, 12))
    return account


def test_what_is_due_is_late_or_within_two_weeks_and_ones_own(police_lead, people, programme):
    assert [due.words for due in due_for(police_lead, programme.code, TODAY)] == [
        "Action A1 See to A1",
        "Meeting 8 of the Improvement Board",
        "Milestone M1 Reach M1",
    ]
    assert due_for(people["nobody"], programme.code, TODAY) == []


def test_an_agreement_that_waits_for_somebody_is_due_by_the_day_that_was_set(police_lead, programme):
    subject = agreeing.add_subject(**who(), programme=programme, code="t", kind="thresholds", title="Thresholds")
    asked = {"words": "Any child.", "parties": [("agency", "police")], "proposed_on": date(2031, 5, 1)}
    agreeing.propose_version(**who(), subject=subject, **asked, agree_by=date(2031, 5, 28))
    due = due_for(police_lead, programme.code, TODAY)
    assert [(each.on, each.url) for each in due if each.words == "Your answer to Thresholds, version 1"] == [
        (date(2031, 5, 28), "/westmere-2031/agreements/t/1/")
    ]


def test_a_person_is_told_by_mail_once_a_day(police_lead, programme, post_office):
    said = reminding.send_digests(**who(), programme=programme)
    again = reminding.send_digests(**who(), programme=programme)

    assert said == ["police-lead: told what is due (3)."]
    assert again == ["police-lead: told already today."]
    ((to, mail),) = post_office.mails
    assert to == ["police.lead@example.gov.uk"]
    assert mail["Subject"] == "3 things are due for you: Westmere improvement programme"
    words = mail.get_payload(decode=True).decode()
    assert "20 May 2031, late: Action A1 See to A1" in words
    assert "/westmere-2031/plan/actions/A1/" in words
    assert "15 June 2031: Milestone M1 Reach M1" in words
    assert "/westmere-2031/plan/milestones/M1/" in words
    assert "A2" not in words
    assert "M2" not in words
    assert Digest.objects.get().sent_at is not None
    assert TrailRow.objects.filter(action="told what is due", subject="police-lead").count() == 1


def test_a_server_that_does_not_answer_is_said_in_words_and_tried_again(
    police_lead, programme, post_office, settings, monkeypatch
):
    alive = settings.EMAIL_PORT
    settings.EMAIL_PORT = 1

    (dead,) = reminding.send_digests(**who(), programme=programme)

    assert "The mail server did not take it" in dead
    assert "tried again the next time" in dead
    assert Digest.objects.get().sent_at is None
    assert TrailRow.objects.last().action == "not told what is due"
    monkeypatch.setattr(sys, "argv", ["holdfast", "digest", "--programme", programme.code])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1, "whoever schedules it is told"
    settings.EMAIL_PORT = alive
    assert reminding.send_digests(**who(), programme=programme) == ["police-lead: told what is due (3)."]
    assert Digest.objects.get().n_tries == 3
    assert len(post_office.mails) == 1


def test_a_mail_that_may_have_gone_is_not_sent_again(police_lead, programme, post_office):
    reminding.claim_digest(**who(), programme=programme, account=police_lead, on=TODAY)
    assert reminding.send_digests(**who(), programme=programme) == ["police-lead: told already today."]
    assert post_office.mails == []
    assert Digest.objects.get().problem == reminding.BEING_SENT
    tomorrow = datetime(2031, 6, 2, 12, tzinfo=UTC)
    reminding.send_digests(**who(at=tomorrow), programme=programme)
    assert len(post_office.mails) == 1


def test_an_installation_without_mail_says_so(police_lead, programme, settings):
    settings.HOLDFAST_SENDS_MAIL = False
    with pytest.raises(reminding.NoMail, match="HOLDFAST_MAIL is not set"):
        reminding.send_digests(**who(), programme=programme)


def events(content: bytes) -> dict[str, Any]:
    return {str(event["summary"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def test_the_calendar_holds_meetings_and_ones_own_days_and_nothing_reserved(police_lead, programme, cycle, client):
    item = agendas.add_item(**who(), meeting=cycle[-1], title="A member of staff", purpose="discuss")
    agendas.reserve_item(**who(), item=item, reason="It concerns one person.")
    meetings.move_meeting(**who(), meeting=cycle[-1], held_on=date(2031, 7, 30), reason="The chair is away.")
    meetings.cancel_meeting(**who(), meeting=cycle[-2], reason="Snow.")
    hours = {"starts_at": time(10), "ends_at": time(12, 30), "place": "County Hall"}
    meetings.set_hours(**who(), meeting=cycle[-1], **hours)
    secret = reminding.make_calendar_address(by=police_lead, at=AT, programme=programme)

    response = client.get(FEED, {"key": secret})

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    found = events(response.content)
    moved = found["Meeting 7 of the Improvement Board"]
    assert (moved["status"], int(moved["sequence"]), moved["location"]) == ("CONFIRMED", 1, "County Hall")
    in_summer = [datetime(2031, 7, 30, 9, tzinfo=UTC), datetime(2031, 7, 30, 11, 30, tzinfo=UTC)]
    assert [moved.decoded(name) for name in ("dtstart", "dtend")] == in_summer
    assert found["Meeting 6 of the Improvement Board"].decoded("dtstart") == cycle[-2].held_on
    assert found["Meeting 6 of the Improvement Board"]["status"] == "CANCELLED"
    for name in ("A2 See to A2", "M2 Reach M2"):
        assert found[f"Due: {name}"].decoded("dtstart") == TODAY + timedelta(days=15)
    for words in ("A member of staff", "It concerns", "Snow", "The chair is away"):
        assert words not in response.content.decode()


def test_links_of_a_calendar_lead_to_where_it_was_fetched_whatever_the_port(police_lead, programme, cycle, client):
    secret = reminding.make_calendar_address(by=police_lead, at=AT, programme=programme)
    for port in ("8123", "9000"):
        found = events(client.get(FEED, {"key": secret}, SERVER_PORT=port).content)
        page = f"http://testserver:{port}/westmere-2031/meetings/"
        assert str(found["Meeting 7 of the Improvement Board"]["url"]).startswith(page)


def test_a_secret_is_kept_only_as_its_digest_and_a_new_one_or_a_withdrawal_ends_it(police_lead, programme, client):
    first = reminding.make_calendar_address(by=police_lead, at=AT, programme=programme)
    assert first not in str(list(CalendarAddress.objects.values())) + str(list(TrailRow.objects.values()))
    second = reminding.make_calendar_address(by=police_lead, at=AT, programme=programme)
    assert client.get(FEED, {"key": first}).status_code == 404
    assert client.get(FEED, {"key": second}).status_code == 200
    assert client.get(FEED.replace("westmere", "eastholt"), {"key": second}).status_code == 404

    reminding.withdraw_calendar_address(by=police_lead, at=AT, programme=programme)

    assert client.get(FEED, {"key": second}).status_code == 404
    assert client.get(FEED).status_code == 404
    with pytest.raises(reminding.NotYours):
        reminding.withdraw_calendar_address(by=police_lead, at=AT, programme=programme)


def test_what_a_person_may_see_is_asked_at_each_fetch(police_lead, programme, client):
    secret = reminding.make_calendar_address(by=police_lead, at=AT, programme=programme)
    assert client.get(FEED, {"key": secret}).status_code == 200
    organisation.end_role(by=SYSTEM, at=AT, holding=RoleHolding.objects.get(account=police_lead))
    assert client.get(FEED, {"key": secret}).status_code == 404


def test_the_address_is_shown_once_on_ones_own_page(client_for):
    member = client_for("elected-member")
    assert "You have no address." in member.get("/westmere-2031/calendar/").content.decode()
    shown = member.post("/westmere-2031/calendar/", SERVER_PORT="8123").content.decode()
    assert "http://testserver:8123/westmere-2031/calendar/feed.ics?key=" in shown
    after = member.get("/westmere-2031/calendar/").content.decode()
    assert "feed.ics" not in after
    assert "It cannot be shown again" in after
    assert client_for("nobody").get("/westmere-2031/calendar/").status_code == 403
