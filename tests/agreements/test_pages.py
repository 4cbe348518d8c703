"""The pages of agreements. Alice (programme office) may change, Bob may read, Charlie may not; a partner answers."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from holdfast.access.models import TrailRow
from holdfast.agreements.models import Answer, Subject, Version
from page_client import words

from .conftest import BOARD, HEALTH, POLICE, TODAY, minuted, party, put_forward

ALICE, BOB, CHARLIE, CHAIR = "programme-office", "dfe-observer", "nobody", "board-chair"
LIST = "/westmere-2031/agreements/"
PAGE = f"{LIST}thresholds/"
MAY = date(2031, 5, 1)


@pytest.fixture
def version(subject: Subject) -> Version:
    return put_forward(subject, MAY, "Any child.\nAsk first.", [BOARD, POLICE, HEALTH], agree_by=date(2031, 5, 31))


def answer_page(version: Version, named: tuple[str, str], how: str = "answer") -> str:
    return f"{PAGE}{version.number}/parties/{party(version, named).pk}/{how}/"


@pytest.mark.parametrize("path", [LIST, PAGE, f"{PAGE}1/"])
def test_who_sees_the_programme_reads_and_others_do_not(client_for, version, path) -> None:
    for reader in (ALICE, BOB):
        assert client_for(reader).get(path).status_code == 200
    assert client_for(CHARLIE).get(path).status_code == 403


def test_the_list_says_who_is_waited_for_and_since_when(client_for, version) -> None:
    minuted(version, HEALTH, MAY)
    said = words(client_for(BOB).get(LIST))
    assert "for 2 of 3, 31 days" in said
    assert "31 May 2031: 1 day ago" in said
    assert "Waits for you" not in said


def test_what_was_in_force_on_another_day_is_answered(client_for, version) -> None:
    for named in (BOARD, POLICE, HEALTH):
        minuted(version, named, date(2031, 5, 9))
    page = client_for(BOB).get(LIST, {"on-day": "8", "on-month": "5", "on-year": "2031"})
    assert "This is how it was on 8 May 2031" in words(page)
    assert "Nothing yet" in words(page)
    assert "since 9 May 2031" in words(client_for(BOB).get(LIST, {"on": "2031-05-09"}))
    assert client_for(BOB).get(LIST, {"on": "never"}).status_code == 200


def test_whoever_must_answer_is_led_to_it_and_answers_once(client_for, version) -> None:
    chair = client_for(CHAIR)
    assert "Answer for Improvement Board" in words(chair.get(LIST))
    page = answer_page(version, BOARD)
    missing = chair.post(page, {"answer": "commented"})
    assert "Enter the comment, or the reason why it is declined" in words(missing)
    assert chair.post(page, {"answer": "commented", "words": "Say which."}).status_code == 302
    assert Answer.objects.get().said_on == TODAY
    assert "Improvement Board answered on 1 June 2031" in words(chair.post(page, {"answer": "agreed"}))


def test_the_observer_is_refused_and_the_trail_says_so(client_for, version) -> None:
    page = answer_page(version, POLICE)
    assert client_for(BOB).get(page).status_code == 403
    assert client_for(BOB).post(page, {"answer": "agreed"}).status_code == 403
    assert TrailRow.objects.order_by("-number").first().action == "refused"
    assert not Answer.objects.exists()


def test_a_partner_of_another_agency_is_told_why_not(client_for, version, officer) -> None:
    client = client_for("")
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(answer_page(version, POLICE)).status_code == 200
    refused = client.post(answer_page(version, HEALTH), {"answer": "agreed"})
    assert "You do not speak for Health" in words(refused)
    assert client.post(answer_page(version, POLICE), {"answer": "agreed"}).status_code == 302


def test_the_office_records_a_minute_with_its_day(client_for, version) -> None:
    typed = {"answer": "agreed", "minute": "Board, item 6", "said_on": "2031-05-20"}
    alice, page = client_for(ALICE), answer_page(version, BOARD, "minute")
    assert "Enter the reference of the minute" in words(alice.post(page, {"answer": "agreed", "said_on": "2031-05-20"}))
    assert alice.post(page, typed).status_code == 302
    said = words(alice.get(f"{PAGE}1/"))
    assert "Minute: Board, item 6" in said
    assert "recorded on 1 June 2031" in said
    assert client_for(CHAIR).get(page).status_code == 403


def test_a_version_is_put_forward_and_what_changed_is_shown_in_words(client_for, version) -> None:
    alice = client_for(ALICE)
    assert "Any child." in alice.get(f"{PAGE}propose/").content.decode()
    typed = {"words": "Any child at risk.\nAsk first.", "parties": ["body:board"], "change": "Narrower."}
    assert alice.post(f"{PAGE}propose/", typed)["Location"] == f"{PAGE}2/"
    page = html.document_fromstring(alice.get(f"{PAGE}2/").content.decode())
    assert [one.text_content() for one in page.xpath("//ins")] == ["(added:)  at risk"]
    assert "Changed" in page.xpath("//*[@class='hf-changes__mark']")[0].text_content()
    assert "Version 2 has been put forward" in words(
        alice.post(answer_page(version, BOARD, "minute"), {"answer": "agreed", "minute": "M", "said_on": "2031-05-20"})
    )


def test_a_form_says_all_that_is_wrong_and_the_services_refusal_beside_its_field(client_for, subject) -> None:
    alice = client_for(ALICE)
    assert "Choose at least one party that must agree" in words(alice.post(f"{PAGE}propose/", {"words": "x"}))
    nothing = words(alice.post(f"{PAGE}propose/", {}))
    assert "Choose at least one party that must agree" in nothing
    assert "exactly one" in nothing, "not in a second round"
    both = {"words": "x", "file": SimpleUploadedFile("a.txt", b"x"), "parties": ["body:board"]}
    assert "exactly one" in words(alice.post(f"{PAGE}propose/", both))
    empty = {"file": SimpleUploadedFile("a.txt", b""), "parties": ["body:board"]}
    assert "The document is empty" in words(alice.post(f"{PAGE}propose/", empty))


def test_a_document_leaves_as_an_attachment_while_it_is_what_was_given(client_for, subject, settings) -> None:
    typed = {"file": SimpleUploadedFile("terms.html", b"<script>1</script>"), "parties": ["body:board"]}
    assert client_for(ALICE).post(f"{PAGE}propose/", typed).status_code == 302
    response = client_for(BOB).get(f"{PAGE}1/document/")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    next((settings.HOLDFAST_DATA / "agreements").iterdir()).write_bytes(b"other")
    assert client_for(BOB).get(f"{PAGE}1/document/").status_code == 404


def test_adding_withdrawing_and_reviewing_are_the_offices(client_for, version) -> None:
    alice = client_for(ALICE)
    added = alice.post(f"{LIST}add/", {"title": "Terms", "kind": "terms-of-reference", "code": "terms"})
    assert added["Location"] == f"{LIST}terms/"
    assert "already something to be agreed" in words(
        alice.post(f"{LIST}add/", {"title": "Terms", "kind": "other", "code": "terms"})
    )
    assert alice.post(f"{PAGE}1/withdraw/", {"reason": "Wrong file."}).status_code == 302
    assert "Wrong file." in words(alice.get(f"{PAGE}1/"))
    review = {"reviewed_on": "2031-05-20", "words": "It stands."}
    assert "No version was in force on that day" in words(alice.post(f"{PAGE}review/", review))
    for path in (f"{LIST}add/", f"{PAGE}propose/", f"{PAGE}1/withdraw/", f"{PAGE}review/"):
        assert client_for(CHAIR).get(path).status_code == 403


@pytest.mark.parametrize("path", [f"{LIST}none/", f"{PAGE}9/", f"{PAGE}1/document/", f"{PAGE}1/parties/999/answer/"])
def test_what_is_not_there_is_not_found(client_for, version, path) -> None:
    assert client_for(CHAIR).get(path).status_code == 404


def test_the_command_line_says_the_same(version, capsys) -> None:
    from holdfast.web.commands import agreements

    minuted(version, HEALTH, MAY)
    agreements.agreements_show("thresholds", programme="westmere-2031")
    said = capsys.readouterr().out
    assert "version 1, put forward 2031-05-01: waiting" in said
    assert "Health: agreed on 2031-05-01, minute Minute of 2031-05-01" in said
    assert "Police: no answer yet" in said


def test_the_home_of_whoever_must_answer_says_so(client_for, version) -> None:
    assert "Waits for you" not in words(client_for(BOB).get("/westmere-2031/"))
    said = words(client_for(CHAIR).get("/westmere-2031/"))
    assert "3 answers to an agreement are waited for, 1 of them yours" in said
    assert "waits for Improvement Board, 1 day past 31 May 2031" in said
    assert "Ask Police for an answer." in words(client_for(ALICE).get("/westmere-2031/"))
