"""The room's pages. Alice (programme office) may change, Bob (DfE observer) may read, Charlie (nobody) may not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from holdfast.access import clock
from holdfast.access.models import TrailRow
from holdfast.notice.models import Acceptance, AttachedText, EvidenceLink, Judgement
from holdfast.notice.services import judging
from page_client import markup as words

from .conftest import WESTMERE_TEXT
from .saying import judged, linked

READ = ("notice/", "notice/positions/", "notice/coverage/", "notice/text/unclaimed/", "notice/requirements/A1/")
CHANGE = ("notice/requirements/A1/judge/", "notice/requirements/A1/evidence/", "notice/text/attach/")
ALICE, BOB, CHARLIE, DAVE, CHAIR = "programme-office", "dfe-observer", "nobody", "elsewhere", "board-chair"


def page(path: str) -> str:
    return f"/westmere-2031/{path}"


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize(("who", "status"), [(ALICE, 200), (BOB, 200), (CHARLIE, 403), (DAVE, 403), ("", 302)])
def test_who_may_read(client_for, westmere, path: str, who: str, status: int) -> None:
    assert client_for(who).get(page(path)).status_code == status


@pytest.mark.parametrize("path", CHANGE)
@pytest.mark.parametrize(("who", "status"), [(ALICE, 200), (BOB, 403), (CHARLIE, 403), (DAVE, 403), ("", 302)])
def test_who_may_change(client_for, westmere, path: str, who: str, status: int) -> None:
    assert client_for(who).get(page(path)).status_code == status
    assert client_for(who).post(page(path), {}).status_code == status


def test_a_refusal_is_in_the_trail(client_for, westmere) -> None:
    client_for(CHARLIE).get(page("notice/requirements/A1/"))
    row = TrailRow.objects.last()
    assert (row.action, row.by, row.subject) == ("refused", "nobody", page("notice/requirements/A1/"))


@pytest.mark.parametrize("path", ["notice/", "notice/positions/", "notice/coverage/", "notice/text/unclaimed/"])
def test_without_a_notice_a_page_says_what_will_appear(client_for, path: str) -> None:
    response = client_for(BOB).get(page(path))
    assert response.status_code == 200
    assert "No notice has been loaded yet" in words(response)


@pytest.mark.parametrize(
    "path",
    ["notice/requirements/Z9/", "notice/requirements/Z9/judge/", "notice/requirements/A1/condition/"],
)
def test_what_is_not_there_is_not_found(client_for, westmere, path: str) -> None:
    assert client_for(ALICE).get(page(path)).status_code == 404


def test_nothing_to_accept_is_not_found(client_for, westmere) -> None:
    assert client_for(CHAIR).get(page("notice/requirements/A1/accept/")).status_code == 404


def test_the_overview_counts_every_position_and_says_what_the_notice_says(client_for, westmere) -> None:
    said = words(client_for(BOB).get(page("notice/")))
    assert "12 requirements" in said
    assert "every 6 months, by Department for Education" in said
    assert "This notice is invented" in said
    assert "not attached" in said


def test_the_list_is_narrowed_by_the_address_alone(client_for, westmere) -> None:
    client = client_for(BOB)
    assert "12 of 12 requirements" in words(client.get(page("notice/positions/")))
    assert "1 of 12 requirements" in words(client.get(page("notice/positions/?modality=consider")))
    assert "3 of 12 requirements" in words(client.get(page("notice/positions/?section=plans&modality=must&position=")))
    assert "No requirement matches" in words(client.get(page("notice/positions/?position=met")))


def test_an_odd_filter_lists_everything_rather_than_failing(client_for, westmere) -> None:
    response = client_for(BOB).get(page("notice/positions/?position=purple&section=<b>"))
    assert "12 of 12 requirements" in words(response)


def test_a_requirement_shows_our_words_beside_the_notices(client_for, attached) -> None:
    said = words(client_for(BOB).get(page("notice/requirements/A4/")))
    assert "Think about whether more caseworkers are needed." in said
    assert "It thinks about more caseworkers." in said
    assert "Consider: the notice asks that it be considered" in said
    assert "Education, health and care plans, paragraph 3, sentence 2" in said


def test_a_requirement_says_which_checks_come_later(client_for, westmere) -> None:
    assert "will be answered by audits: the grades of audited plans" in words(
        client_for(BOB).get(page("notice/requirements/A2/"))
    )


def test_somebody_judges_and_somebody_else_opens_the_evidence_and_accepts(client_for, westmere) -> None:
    alice, chair = client_for(ALICE), client_for(CHAIR)
    link = linked(westmere.requirements.get(ref="A1"), clock.now())
    typed = {"says": "met", "reason": "Board minute 12.", "evidence": [link.pk]}
    answer = alice.post(page("notice/requirements/A1/judge/"), typed)
    assert answer.status_code == 302
    assert answer.url == page("notice/requirements/A1/")
    assert "Accept or decline this judgement" not in words(alice.get(answer.url))
    said = words(chair.get(answer.url))
    assert "Accept or decline this judgement" in said
    assert "Minute 12 (not opened by you yet)" in said
    accept = page("notice/requirements/A1/accept/")
    assert "Not opened yet" in words(chair.get(accept))
    refused = chair.post(accept, {"decision": "accept", "reason": ""})
    assert "You have not opened yet: Minute 12" in words(refused)
    opened = chair.get(page(f"notice/requirements/A1/evidence/{link.pk}/"))
    assert (opened.status_code, opened.url) == (302, "https://example.org/minute-12")
    chair.post(accept, {"decision": "accept", "reason": ""})
    assert Acceptance.objects.get().is_accepted
    said = words(client_for(BOB).get(answer.url))
    assert "Board minute 12." in said
    assert "Accepted by Board chair Invented" in said
    assert "Record a judgement" not in said
    assert "Judged met, records do not show it" in said
    assert "People say met: judged by Programme office Invented" in said


def test_met_without_evidence_says_what_to_do(client_for, westmere) -> None:
    said = words(client_for(ALICE).post(page("notice/requirements/A1/judge/"), {"says": "met", "reason": "ok"}))
    assert "Choose the evidence that it is met, or link it first" in said
    assert not Judgement.objects.exists()


def test_a_judgement_without_an_answer_or_a_reason_says_what_to_do(client_for, westmere) -> None:
    said = words(client_for(ALICE).post(page("notice/requirements/A1/judge/"), {"says": "", "reason": " "}))
    assert "Choose where the requirement stands" in said
    assert "Enter the reason, in a sentence or two" in said
    assert not Judgement.objects.exists()


def test_whoever_judged_is_refused_in_words_when_they_try_to_accept(client_for, westmere, people) -> None:
    requirement = westmere.requirements.get(ref="A1")
    judging.judge(by=people["director"], at=clock.now(), requirement=requirement, says="at risk", reason="Seen.")
    assert '<form method="post" novalidate' not in words(
        client_for("director").get(page("notice/requirements/A1/accept/"))
    )
    answer = client_for("director").post(page("notice/requirements/A1/accept/"), {"decision": "accept"})
    assert answer.status_code == 200
    assert "somebody else must accept or decline it" in words(answer)


def test_declining_needs_a_reason(client_for, westmere, people) -> None:
    requirement = westmere.requirements.get(ref="A1")
    judging.judge(by=people["director"], at=clock.now(), requirement=requirement, says="on track", reason="Seen.")
    answer = client_for(CHAIR).post(page("notice/requirements/A1/accept/"), {"decision": "decline"})
    assert "Enter the reason why you decline it" in words(answer)
    client_for(CHAIR).post(page("notice/requirements/A1/accept/"), {"decision": "decline", "reason": "Too thin."})
    assert "Too thin." in words(client_for(BOB).get(page("notice/requirements/A1/")))


def test_evidence_is_an_address_a_file_or_something_here_and_nothing_else(client_for, westmere) -> None:
    alice, form = client_for(ALICE), page("notice/requirements/A1/evidence/")
    said = words(alice.post(form, {"title": "Minute", "address": "javascript:alert(1)"}))
    assert "Enter an address that starts with http:// or https://" in said
    assert "exactly one" in words(alice.post(form, {"title": "Minute"}))
    assert not EvidenceLink.objects.exists()
    alice.post(form, {"title": "Minute", "address": "https://example.org/12"})
    alice.post(form, {"title": "Audit", "file": SimpleUploadedFile("audit.html", b"<script>1</script>")})
    address, file = EvidenceLink.objects.all()
    said = words(client_for(BOB).get(page("notice/requirements/A1/")))
    link = page(f"notice/requirements/A1/evidence/{address.pk}/")
    assert f'<a class="govuk-link" href="{link}" rel="noopener noreferrer">Minute</a>' in said
    sent = client_for(BOB).get(page(f"notice/requirements/A1/evidence/{file.pk}/"))
    assert sent.content == b"<script>1</script>"
    assert sent["Content-Type"] == "application/octet-stream"
    assert sent["Content-Disposition"] == 'attachment; filename="audit.html"'
    assert sent["X-Content-Type-Options"] == "nosniff"
    for who in (CHARLIE, DAVE):
        assert client_for(who).get(page(f"notice/requirements/A1/evidence/{file.pk}/")).status_code == 403


def test_evidence_that_leads_nowhere_is_shown_as_unusable_and_is_no_link(client_for, westmere) -> None:
    requirement = westmere.requirements.get(ref="A1")
    old = EvidenceLink(requirement=requirement, title="Old", where="javascript:alert(1)", added_on=clock.today())
    old.save()
    said = words(client_for(BOB).get(page("notice/requirements/A1/")))
    assert "Unusable: it leads nowhere" in said
    assert 'href="javascript' not in said
    assert f"evidence/{old.pk}/" not in said
    assert client_for(BOB).get(page(f"notice/requirements/A1/evidence/{old.pk}/")).status_code == 404
    assert client_for(BOB).get(page("notice/requirements/A1/evidence/99999/")).status_code == 404


def test_what_was_entered_by_mistake_is_withdrawn_with_a_reason_and_shown_as_withdrawn(client_for, westmere, people):
    requirement, alice = westmere.requirements.get(ref="A1"), client_for(ALICE)
    link = linked(requirement, clock.now())
    made = judged(people, requirement, at=clock.now())
    for path in (f"evidence/{link.pk}/withdraw/", f"judgements/{made.pk}/withdraw/"):
        address = page(f"notice/requirements/A1/{path}")
        assert client_for(BOB).get(address).status_code == 403
        assert "Enter why it was a mistake" in words(alice.post(address, {"reason": " "}))
        assert alice.post(address, {"reason": "Meant for A2."}).status_code == 302
    said = words(client_for(BOB).get(page("notice/requirements/A1/")))
    assert said.count("Withdrawn on 1 June 2031 by Programme office Invented: Meant for A2.") == 2
    assert "Nobody has judged it yet" in said


def test_a_condition_is_recorded_as_met(client_for, westmere) -> None:
    alice = client_for(ALICE)
    address = page("notice/requirements/D4/condition/")
    assert alice.get(address).status_code == 200
    assert "Enter the date" in words(alice.post(address, {"reason": "Two stocktakes."}))
    typed = {"on-day": "1", "on-month": "6", "on-year": "2031", "reason": "Two stocktakes."}
    assert alice.post(address, typed).status_code == 302
    assert "Since its condition was met on 1 June 2031" in words(alice.get(page("notice/requirements/D4/")))


def test_a_text_is_attached_and_what_nobody_claims_is_listed(client_for, westmere) -> None:
    alice = client_for(ALICE)
    file = SimpleUploadedFile("westmere.txt", WESTMERE_TEXT.encode(), content_type="text/plain")
    answer = alice.post(page("notice/text/attach/"), {"file": file}, follow=True)
    said = words(answer)
    assert "2 of them claimed by no requirement" in said
    assert "Signed for Westmere" in said
    assert "Signed for Westmere" in words(client_for(BOB).get(page("notice/text/unclaimed/")))


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "The file is empty"), (b"%PDF-1.7", "It is a PDF"), (b"x" * 1_100_000, "larger than 1 MB")],
)
def test_a_file_that_cannot_be_attached_is_refused_in_words(client_for, westmere, content: bytes, said: str) -> None:
    file = SimpleUploadedFile("odd.txt", content)
    answer = client_for(ALICE).post(page("notice/text/attach/"), {"file": file})
    assert answer.status_code == 200
    assert said in words(answer)
    assert not AttachedText.objects.exists()


def test_no_file_chosen_says_what_to_do(client_for, westmere) -> None:
    answer = client_for(ALICE).post(page("notice/text/attach/"), {})
    assert "Choose the file that holds the notice’s words" in words(answer)


@pytest.mark.parametrize("path", ["notice/", "notice/positions/", "notice/coverage/", "notice/requirements/R08/"])
def test_the_same_pages_show_the_other_notice(client_for, devon, path: str) -> None:
    assert client_for(DAVE).get(f"/eastholt-2031/{path}").status_code == 200


def test_the_coverage_page_lists_the_gaps(client_for, westmere) -> None:
    said = words(client_for(BOB).get(page("notice/coverage/")))
    assert "No action answers it" in said
    assert "No recommendations yet" in said
