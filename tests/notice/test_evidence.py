"""What may be evidence, where files go, who has opened what, and what is withdrawn."""

import importlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.jobs import attachments, kept
from holdfast.notice.models import SHELF, EvidenceLink, Requirement
from holdfast.notice.selectors import requirements
from holdfast.notice.services import judging
from holdfast.notice.services.judging import NeedsAReason, NeedsEvidence, NotEvidence, NotOpened, WithdrawnAlready

from .saying import accepted, judged, linked

AT = datetime(2031, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def requirement(westmere) -> Requirement:
    return westmere.requirements.get(ref="A1")


def test_a_judgement_names_only_evidence_of_its_own_requirement_that_still_counts(
    people, requirement, westmere
) -> None:
    other = linked(westmere.requirements.get(ref="A2"), AT)
    gone = linked(requirement, AT)
    judging.withdraw_evidence(by=SYSTEM, at=AT, evidence=gone, reason="Not ours.")
    for link in (other, gone):
        with pytest.raises(NeedsEvidence):
            judging.judge(
                by=people["director"], at=AT, requirement=requirement, says="met", reason="So.", evidence=[link]
            )


def test_a_judgement_is_accepted_only_by_somebody_who_has_opened_all_that_it_names(people, requirement) -> None:
    first, second = linked(requirement, AT, title="Minute 12"), linked(requirement, AT, title="Audit")
    judgement = judged(people, requirement, at=AT)
    judging.open_evidence(by=people["director"], at=AT, evidence=second)
    judging.open_evidence(by=people["board-chair"], at=AT, evidence=first)
    with pytest.raises(NotOpened, match="You have not opened yet: Audit"):
        judging.accept(by=people["board-chair"], at=AT, judgement=judgement, is_accepted=True)
    judging.open_evidence(by=people["board-chair"], at=AT, evidence=second)
    judging.accept(by=people["board-chair"], at=AT, judgement=judgement, is_accepted=True)


def test_a_judgement_may_be_declined_without_opening_anything(people, requirement) -> None:
    judgement = judged(people, requirement, at=AT)
    judging.accept(by=people["board-chair"], at=AT, judgement=judgement, is_accepted=False, reason="It is thin.")


def test_what_was_named_and_then_withdrawn_is_not_accepted(people, requirement) -> None:
    judgement = judged(people, requirement, at=AT)
    judging.withdraw_evidence(by=SYSTEM, at=AT, evidence=requirement.evidence.get(), reason="Not ours.")
    with pytest.raises(NeedsEvidence):
        accepted(people, judgement, at=AT)


def test_the_first_opening_is_kept_and_every_one_is_trailed(people, requirement) -> None:
    link = linked(requirement, AT)
    for _ in range(2):
        judging.open_evidence(by=people["dfe-observer"], at=AT, evidence=link)
    assert link.openings.count() == 1
    assert TrailRow.objects.filter(action="evidence opened", by="dfe-observer").count() == 2
    with pytest.raises(Refused):
        judging.open_evidence(by=people["nobody"], at=AT, evidence=link)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,hello",
        "//example.org/x",
        "/westmere-2031/notice/",
        "Board minute 12",
        "ftp://example.org/x",
        "https://",
        "https://chair:secret@example.org/x",
        "https://example.org/a b",
        "https://example.org/\nx",
        "HTTPS//example.org",
        "https://example.org/" + "x" * 500,
    ],
)
def test_what_is_not_an_http_address_is_not_evidence(requirement, address: str) -> None:
    with pytest.raises(NotEvidence):
        linked(requirement, AT, address=address)
    assert not requirement.evidence.exists()


def test_an_http_address_is_evidence(requirement) -> None:
    link = linked(requirement, AT, address=" https://example.org:8443/board?minute=12#a ")
    assert (link.kind, link.where) == ("address", "https://example.org:8443/board?minute=12#a")


def link_one(requirement, **given):
    return judging.link_evidence(by=SYSTEM, at=AT, requirement=requirement, title="Minute", **given)


def test_exactly_one_thing_is_linked(requirement) -> None:
    for given in ({}, {"address": "https://example.org/", "file": ("a.txt", b"a")}, {"chosen": "record:action/Z99"}):
        with pytest.raises(NotEvidence):
            link_one(requirement, **given)
    with pytest.raises(NeedsAReason):
        judging.link_evidence(by=SYSTEM, at=AT, requirement=requirement, title=" ", address="https://example.org/")


def test_a_file_is_kept_under_its_hash_and_read_back_only_while_it_is_the_same(requirement, settings) -> None:
    link = link_one(requirement, file=('C:\\papers\\note\x01 of;the "board".txt', b"Seen."))
    assert (link.kind, link.where, link.n_bytes) == ("file", "note ofthe board.txt", 5)
    assert attachments.read(SHELF, link.where, link.sha256) == b"Seen."
    (Path(settings.HOLDFAST_DATA) / "evidence" / link.sha256).write_bytes(b"Changed.")
    with pytest.raises(kept.NotAsKept, match="note"):
        attachments.read(SHELF, link.where, link.sha256)
    changed = f"Evidence {link.pk} of A1 (westmere-2031): the file has been changed since it was kept."
    assert requirements.verify_evidence(SYSTEM) == [changed]


def test_an_empty_file_and_one_over_the_limit_are_refused(requirement) -> None:
    for content in (b"", b"x" * (attachments.LARGEST_BYTES + 1)):
        with pytest.raises(NotEvidence):
            link_one(requirement, file=("a.txt", content))
    assert link_one(requirement, file=("a.txt", b"x" * attachments.LARGEST_BYTES)).n_bytes == attachments.LARGEST_BYTES


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("minutes.PDF", "application/pdf"),
        ("page.html", "application/octet-stream"),
        ("drawing.svg", "application/octet-stream"),
        ("run.exe", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_a_file_is_sent_as_a_type_that_no_browser_runs(name: str, expected: str) -> None:
    assert attachments.content_type(name) == expected


def test_a_link_kept_from_before_is_named_for_what_it_is(requirement) -> None:
    migration = importlib.import_module("holdfast.notice.migrations.0003_name_what_links_are")
    code = requirement.notice.programme.code
    kept = {f"/{code}/notice/": "record", "https://example.org/x": "address", "javascript:alert(1)": "unusable"}
    kept |= {"Board minute 12": "unusable", "//example.org": "unusable", "/elsewhere/notice/": "unusable"}
    for where in kept:
        EvidenceLink(requirement=requirement, title="Old", where=where, added_on=AT.date()).save()
    migration.name_kinds(apps, None)
    assert {link.where: link.kind for link in requirement.evidence.all()} == kept


def test_what_leads_nowhere_cannot_be_opened_or_named(people, requirement) -> None:
    link = EvidenceLink(requirement=requirement, title="Old", where="javascript:alert(1)", added_on=AT.date())
    link.save()
    with pytest.raises(NotEvidence):
        judging.open_evidence(by=people["director"], at=AT, evidence=link)
    with pytest.raises(NeedsEvidence):
        judging.judge(by=people["director"], at=AT, requirement=requirement, says="met", reason="So.", evidence=[link])


def test_a_withdrawal_needs_a_reason_and_permission_and_happens_once(people, requirement) -> None:
    judgement = judged(people, requirement, at=AT)
    with pytest.raises(NeedsAReason):
        judging.withdraw_judgement(by=people["director"], at=AT, judgement=judgement, reason=" ")
    with pytest.raises(Refused):
        judging.withdraw_judgement(by=people["dfe-observer"], at=AT, judgement=judgement, reason="A mistake.")
    done = judging.withdraw_judgement(by=people["director"], at=AT, judgement=judgement, reason="Meant for A2.")
    assert done.in_words == "Withdrawn on 1 June 2031 by Director Invented: Meant for A2."
    with pytest.raises(WithdrawnAlready):
        judging.withdraw_judgement(by=people["director"], at=AT, judgement=judgement, reason="Again.")
