"""The pages of audits, from an audit added to its final grade, without JavaScript. Alice leads, Bob reads."""

from typing import Any

import pytest
from lxml import html

from holdfast.access.models import TrailRow
from holdfast.audits.models import Audit, Critical, CriticalStep, Grading
from holdfast.audits.services import auditing
from holdfast.questions.models import SetAside, SheetSection
from page_client import words

from .conftest import add, allocated, fresh, handed_in, to_moderate

ALICE, AUDITOR, MODERATOR, BOB, CHARLIE = "practice-manager", "auditor", "moderator", "director", "nobody"
HOME = "/westmere-2031/audits/"
pytestmark = pytest.mark.django_db


def hidden(response: Any) -> dict[str, Any]:
    """What a page's form sends of itself: its revision, its key and what it shows."""
    page = html.document_fromstring(response.content.decode())
    fields = page.xpath("//form[@data-answers]//input[@type='hidden']")
    shown = [field.get("value") for field in fields if field.get("name") == "shown"]
    return {field.get("name"): field.get("value") for field in fields} | {"shown": shown}


def send(client: Any, path: str, how: str = "continue", **answers: str) -> Any:
    own = hidden(client.get(path))
    return client.post(path, {**own, "how": how, **{name.replace("_", "-"): value for name, value in answers.items()}})


@pytest.fixture
def begun(audit: Audit, people: Any, client_for: Any) -> str:
    """The address of an audit that its auditor has begun."""
    allocated(audit, people[AUDITOR])
    client_for(AUDITOR).post(f"{HOME}1/answer/")
    return f"{HOME}1/answer/part/"


@pytest.mark.parametrize("path", [HOME, f"{HOME}1/", f"{HOME}safety/", f"{HOME}conflict/"])
def test_who_has_a_part_in_audits_reads_and_others_do_not(client_for: Any, audit: Audit, path: str) -> None:
    for reader in (ALICE, BOB):
        assert client_for(reader).get(path).status_code == 200
    for other in (CHARLIE, "dfe-observer", "elected-member"):
        assert client_for(other).get(path).status_code == 403


def test_an_audit_is_added_and_allocated_in_the_browser(client_for: Any, version: Any, teams: Any, people: Any) -> None:
    alice = client_for(ALICE)
    typed = {"version": version.pk, "case_ref": "C-7", "team": teams["north"].pk, "chosen": "random"}
    assert "looks like a date" in words(alice.post(f"{HOME}add/", {**typed, "case_ref": "1-2-2010"}))
    assert alice.post(f"{HOME}add/", {**typed, "case_ref": "C-71"})["Location"] == f"{HOME}1/"
    assert "Auditor Invented (0 in hand)" in words(alice.get(f"{HOME}1/allocate/"))
    assert "Practice manager Invented (" not in words(alice.get(f"{HOME}1/allocate/"))
    alice.post(f"{HOME}1/allocate/", {"account": ""})
    assert Audit.objects.get().auditor == people[AUDITOR]


def test_an_auditor_sees_their_own_and_no_other(client_for: Any, audit: Audit, people: Any, programme: Any) -> None:
    allocated(audit, people[AUDITOR])
    add(audit.version, audit.team, "C-1002")
    page = words(client_for(AUDITOR).get(HOME))
    assert "Audit 1" in page
    assert "Audit 2" not in page
    assert client_for(AUDITOR).get(f"{HOME}2/").status_code == 404
    assert client_for(ALICE).get(f"{HOME}1/answer/").status_code == 403


def test_an_audit_is_begun_by_its_button_once_and_not_by_opening_its_page(
    client_for: Any, audit: Audit, people: Any
) -> None:
    allocated(audit, people[AUDITOR])
    client, before = client_for(AUDITOR), TrailRow.objects.count()
    page = words(client.get(f"{HOME}1/answer/"))
    assert "Begin the audit" in page
    assert "When every part is done" not in page
    assert client.get(f"{HOME}1/answer/part/seen/")["Location"] == f"{HOME}1/answer/"
    assert (fresh(audit).sheet, TrailRow.objects.count()) == (None, before)
    for _ in range(2):
        assert client.post(f"{HOME}1/answer/")["Location"] == f"{HOME}1/answer/"
    assert TrailRow.objects.filter(action="audit begun").count() == 1
    page = words(client.get(f"{HOME}1/answer/"))
    assert "Begin the audit" not in page
    assert "When every part is done" in page


def test_what_an_answer_brings_up_is_asked_by_coming_back_to_the_page(client_for: Any, begun: str) -> None:
    client = client_for(AUDITOR)
    first = client.get(f"{begun}seen/")
    assert "Was the child seen alone?" not in words(first)
    back = send(client, f"{begun}seen/", child_seen="yes")
    assert back.status_code == 200
    assert "brings up 1 more question" in words(back)
    assert "Was the child seen alone?" in words(back)
    assert send(client, f"{begun}seen/", child_seen="yes", alone="yes").status_code == 302


def test_a_mistake_loses_nothing_and_is_told_by_its_question(client_for: Any, begun: str) -> None:
    client = client_for(AUDITOR)
    send(client, f"{begun}seen/", child_seen="yes")
    page = send(client, f"{begun}seen/", child_seen="yes", alone="not-applicable", note="A long note")
    assert "Say why this does not apply: Was the child seen alone?" in words(page)
    summary = html.document_fromstring(page.content.decode()).xpath("//*[@class='govuk-error-summary']//a/@href")
    assert summary == ["#id_alone-why"]
    assert SheetSection.objects.get(section="seen").answers["note"]["value"] == "A long note"


def test_an_empty_page_says_what_is_missing_and_may_be_left_for_later(client_for: Any, begun: str) -> None:
    client = client_for(AUDITOR)
    assert "Choose an answer: Was the child seen?" in words(send(client, f"{begun}seen/"))
    assert send(client, f"{begun}seen/", how="later").status_code == 302


def test_an_older_tab_overwrites_nothing_and_is_told(client_for: Any, begun: str) -> None:
    client = client_for(AUDITOR)
    older = hidden(client.get(f"{begun}seen/"))
    send(client, f"{begun}seen/", child_seen="no")
    page = client.post(f"{begun}seen/", {**older, "child-seen": "yes", "note": "Of the older tab"})
    assert "This page was out of date" in words(page)
    assert "Of the older tab" in words(page)
    assert SheetSection.objects.get().answers["child-seen"] == {"value": "no"}
    assert SetAside.objects.count() == 1
    assert "Of the older tab" in words(client.get(f"{HOME}1/answer/"))


def test_what_is_typed_is_saved_by_itself_and_says_when(client_for: Any, begun: str) -> None:
    client = client_for(AUDITOR)
    own = hidden(client.get(f"{begun}seen/"))
    said = client.post(f"{begun}seen/", {**own, "how": "autosave", "child-seen": "no"}).json()
    assert (said["revision"], said["is_older"], said["stop"]) == (1, False, "")
    again = client.post(f"{begun}seen/", {**own, "how": "autosave", "child-seen": "no"}).json()
    assert (again["revision"], again["is_older"]) == (1, False)
    assert client.post(f"{begun}seen/", {**own, "child-seen": "no"}).status_code == 302
    assert TrailRow.objects.filter(action="answers saved").count() == 1, "what changes nothing is not trailed"
    late = client.post(f"{begun}seen/", {**own, "key": "other", "how": "autosave", "child-seen": "yes"}).json()
    assert late["is_older"]


def test_words_that_seem_to_name_somebody_are_said_to(client_for: Any, begun: str) -> None:
    client = client_for(AUDITOR)
    said = send(client, f"{begun}seen/", how="autosave", child_seen="no", note="Told Mrs Jones").json()
    assert "looks like a name" in said["warning"]
    assert "Jones" not in said["warning"]
    client.post(f"{begun}seen/", {**hidden(client.get(f"{begun}seen/")), "child-seen": "no", "note": "Told Mr Jones"})
    assert "looks like a name" in words(client.get(f"{HOME}1/answer/"))


@pytest.mark.parametrize("how", ["continue", "autosave", "later"])
def test_a_critical_answer_stops_the_form_and_says_that_nobody_was_told(client_for: Any, begun: str, how: str) -> None:
    client = client_for(AUDITOR)
    own = {**hidden(client.get(f"{begun}judgement/")), "how": how, "safe": "at-risk"}
    stopped = client.post(f"{begun}judgement/", own)
    if how == "autosave":  # its answer may be lost on the way, so the same sending is told again
        stopped = client.post(f"{begun}judgement/", own)
    where = stopped.json()["stop"] if how == "autosave" else stopped["Location"]
    assert where == f"{HOME}1/answer/stopped/"
    found = Critical.objects.get()
    page = client.get(where, follow=True)
    assert page.redirect_chain[-1][0] == f"{HOME}safety/{found.pk}/"
    assert "Nobody has been told. This page tells nobody." in words(page)
    assert "nobody has said whom to ring" in words(page)
    assert "Nobody has been told by this" in words(client.get(f"{HOME}1/answer/"))


def test_steps_are_recorded_with_their_time_and_the_contact_is_shown(client_for: Any, begun: str) -> None:
    client, alice = client_for(AUDITOR), client_for(ALICE)
    send(client, f"{begun}judgement/", safe="at-risk")
    assert "looks like a name" in words(alice.post(f"{HOME}safety/out-of-hours/", {"words": "Ring Jamie Oldcastle"}))
    alice.post(f"{HOME}safety/out-of-hours/", {"words": "Emergency duty team, 0345 000 0000"})
    kept = TrailRow.objects.get(action="contact out of hours kept")
    assert "0345" not in f"{kept.subject} {kept.detail}"
    number = {"case_ref": "9434765919", "team": ""}
    assert "a number that stands for one person" in words(client.post(f"{HOME}conflict/", number))
    page = f"{HOME}safety/{Critical.objects.get().pk}/"
    assert "0345 000 0000" in words(client.get(page))
    assert "Enter a time like 14:30" in words(
        client.post(f"{page}step/", {"step": "manager-told", "words": "Rang", "at_time": "noon"})
    )
    told = {"step": "manager-told", "words": "Rang Mrs Jones, the manager"}
    assert "name staff by their post, and no child" in words(client.post(f"{page}step/", told, follow=True)), (
        "no step waits"
    )
    assert CriticalStep.objects.get().words == "Rang Mrs Jones, the manager"
    assert TrailRow.objects.last().detail["looks like"] == "a name"
    assert "Go on with audit 1" in words(client.get(page))
    assert client_for(MODERATOR).get(page).status_code == 200
    assert client_for("performance-analyst").get(page).status_code == 403


def test_whoever_may_not_close_a_finding_is_not_offered_the_form_and_is_refused_on_record(
    client_for: Any, begun: str
) -> None:
    auditor, manager, moderator = client_for(AUDITOR), client_for("team-manager"), client_for(MODERATOR)
    send(auditor, f"{begun}judgement/", safe="at-risk")
    page = f"{HOME}safety/{Critical.objects.get().pk}/"
    for client, name in (
        *((auditor, name) for name in ("manager-told", "head-told", "director-told")),
        *((manager, name) for name in ("acknowledged", "safe")),
    ):
        assert client.post(f"{page}step/", {"step": name, "words": "Said so"}).status_code == 302
    for name in ("confirmed", "closed"):
        for address in (page, f"{page}step/"):
            assert "You are a team manager of the whole programme" in words(manager.get(address))
        assert "Record a step" not in words(manager.get(page))
        refused = manager.post(f"{page}step/", {"step": name, "words": "Said so"})
        assert "You are a team manager of the whole programme" in words(refused)
        assert TrailRow.objects.last().detail["rule"] == "TheirOwn"
        assert moderator.post(f"{page}step/", {"step": name, "words": "Said so"}).status_code == 302
    assert "Closed. Every step stays to be read." in words(manager.get(page))


def test_answers_are_checked_and_handed_in_and_the_grade_is_labelled(
    client_for: Any, begun: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 0)
    client = client_for(AUDITOR)
    send(client, f"{begun}seen/", child_seen="no")
    assert "not answered yet" in words(client.post(f"{HOME}1/hand-in/"))
    assert send(client, f"{begun}judgement/", safe="safe", grade="good")["Location"] == f"{HOME}1/answer/"
    assert "Check your answers" in words(client.get(f"{HOME}1/answer/"))
    assert "How do you grade it?" in words(client.get(f"{HOME}1/hand-in/"))
    assert client.post(f"{HOME}1/hand-in/").status_code == 302
    for reader in (AUDITOR, ALICE, BOB):
        assert "Auditor’s grade, not moderated" in words(client_for(reader).get(HOME))
        assert "Auditor’s grade, not moderated" in words(client_for(reader).get(f"{HOME}1/"))


def test_a_moderator_is_refused_the_audit_and_its_grade_is_on_no_page_of_theirs(
    client_for: Any, audit: Audit, people: Any
) -> None:
    to_moderate(handed_in(audit, people[AUDITOR], "outstanding"), people[MODERATOR])
    client = client_for(MODERATOR)
    assert "Outstanding" not in words(client.get(HOME))
    assert "Not shown before you grade it" in words(client.get(HOME))
    assert client.get(f"{HOME}1/").status_code == 403
    row = TrailRow.objects.last()
    assert (row.action, row.by, row.subject) == ("refused", "moderator", f"{HOME}1/")
    page = client.get(f"{HOME}1/moderate/")
    assert "You see the auditor’s grade" in words(page)
    assert not html.document_fromstring(page.content.decode()).xpath("//input[@type='radio'][@checked]")
    assert "Say why" in words(client.post(f"{HOME}1/moderate/", {"grade": "good"}))
    named = {"grade": "good", "why": "Jamie Oldcastle was seen"}
    assert "looks like a name" in words(client.post(f"{HOME}1/moderate/", named))
    assert Grading.objects.count() == 1
    assert client.post(f"{HOME}1/moderate/", {**named, "sure": "yes"}).status_code == 302
    assert TrailRow.objects.get(action="second grade given").detail["looks like"] == "a name"
    assert {each.whole for each in Grading.objects.all()} == {"outstanding", "good"}
    assert client.get(f"{HOME}1/moderate/").status_code == 403


def test_where_two_grades_differ_a_third_decides_with_both_before_them(
    client_for: Any, audit: Audit, people: Any
) -> None:
    done = to_moderate(handed_in(audit, people[AUDITOR], "outstanding"), people[MODERATOR])
    client_for(MODERATOR).post(f"{HOME}1/moderate/", {"grade": "good", "why": "Nothing others should see"})
    alice = client_for(ALICE)
    assert "Two grades differ" in words(alice.get(f"{HOME}1/"))
    shown = words(alice.get(f"{HOME}1/final/"))
    assert "Outstanding" in shown
    assert "Nothing others should see" in shown
    alice.post(f"{HOME}1/final/", {"grade": "good", "why": "The panel read it again"})
    assert "Final grade, moderated" in words(alice.get(f"{HOME}1/"))
    assert {each.part for each in fresh(done).gradings.all()} == {"auditor", "moderator", "final"}


def test_a_programme_of_audits_is_written_and_is_not_in_force(client_for: Any, version: Any) -> None:
    typed = {"from_on": "2031-06-01", "moderated_percent": "20", "oversight": "By the chair, each quarter"}
    line = {"n-case-file-audit": "40", "every-case-file-audit": "month"}
    alice, page = client_for(ALICE), f"{HOME}programme/write/"
    assert "Say over which cases" in words(alice.post(page, {**typed, **line}))
    assert alice.post(page, {**typed, **line, "scope-case-file-audit": "All open cases"}).status_code == 302
    said = words(client_for("dfe-observer").get(f"{HOME}programme/"))
    assert "No programme of audits is in force" in said
    assert "A small audit: 40 each month. All open cases." in said
    assert "Who takes part" not in said


def test_what_an_audit_asks_for_is_recorded_done_and_verified(client_for: Any, audit: Audit, people: Any) -> None:
    from holdfast.organisation.models import Post
    from holdfast.organisation.services import add_agency, add_post

    from .conftest import SYSTEM, at

    council = add_agency(by=SYSTEM, at=at(), programme=audit.programme, code="council", name="Council", kind="council")
    add_post(by=SYSTEM, at=at(), programme=audit.programme, code="qa", title="QA manager", agency=council)
    handed_in(audit, people[AUDITOR])
    asks = {"level": "child", "words": "See the child alone", "owner": Post.objects.get().pk, "due_on": "2031-06-20"}
    named = client_for(AUDITOR).post(f"{HOME}1/asks/add/", {**asks, "words": "See Jamie Oldcastle, born on 3/4/2020"})
    assert "looks like a date of birth or a name" in words(named)
    assert client_for(AUDITOR).post(f"{HOME}1/asks/add/", asks).status_code == 302
    key = fresh(audit).remedies.get().pk
    assert client_for(ALICE).post(f"{HOME}1/asks/{key}/done/", {"words": "Seen on Monday"}).status_code == 302
    assert "somebody else verifies it" in words(client_for(ALICE).post(f"{HOME}1/asks/{key}/verify/"))
    assert client_for(BOB).post(f"{HOME}1/asks/{key}/verify/").status_code == 302
    assert "Verified" in words(client_for(BOB).get(f"{HOME}1/"))
