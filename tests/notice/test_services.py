"""Loading a notice, attaching its text, and saying something of a requirement: what is kept and what is refused."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.kept_for_good import OnlyEverAdded
from holdfast.access.models import TrailRow
from holdfast.jobs.library_files import UnreadableLibraryFile
from holdfast.notice.models import Acceptance, AttachedText, Judgement, Notice, Requirement
from holdfast.notice.selectors import notices, positions, requirements
from holdfast.notice.selectors.notices import NoNotice
from holdfast.notice.services import judging, loading
from holdfast.notice.services.judging import (
    AlreadyDecided,
    NeedsAPerson,
    NeedsAReason,
    NeedsEvidence,
    NotConditional,
    SamePerson,
    Superseded,
)
from holdfast.notice.services.loading import LIBRARY, AnotherNotice, StillInUse, UnusableText

from .conftest import DEVON, WESTMERE, WESTMERE_TEXT
from .saying import accepted, judged

AT = datetime(2031, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def requirement(westmere) -> Requirement:
    return westmere.requirements.get(ref="A1")


# Loading


def test_both_notices_load_through_the_same_code(westmere, devon) -> None:
    assert (westmere.kind, westmere.requirements.count()) == ("special educational needs improvement plan", 12)
    assert (devon.kind, devon.requirements.count()) == ("improvement notice", 71)
    assert devon.issued_on == date(2013, 9, 12)


def test_loading_the_same_file_again_changes_nothing(westmere, programme) -> None:
    before = list(Requirement.objects.values_list("pk", flat=True))
    loading.load_notice(by=SYSTEM, at=AT, programme=programme, file=WESTMERE)
    assert list(Requirement.objects.values_list("pk", flat=True)) == before
    assert TrailRow.objects.last().action == "notice loaded again, unchanged"


def test_a_changed_file_changes_our_words_and_keeps_what_people_said(
    westmere, programme, people, requirement, tmp_path: Path
) -> None:
    judgement = judged(people, requirement, at=AT)
    changed = (LIBRARY / WESTMERE).read_text(encoding="utf-8").replace("name: Plans on time", "name: Plans in time")
    (tmp_path / "westmere.yaml").write_text(changed, encoding="utf-8")
    loading.load_notice(by=SYSTEM, at=AT, programme=programme, file=tmp_path / "westmere.yaml")
    requirement.refresh_from_db()
    assert requirement.name == "Plans in time"
    assert requirement.judgements.get() == judgement


def test_a_requirement_that_somebody_judged_is_not_dropped(
    westmere, programme, people, requirement, tmp_path: Path
) -> None:
    judged(people, requirement, at=AT)
    text = (LIBRARY / WESTMERE).read_text(encoding="utf-8").replace("ref: A1\n", "ref: A9\n")
    (tmp_path / "westmere.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(StillInUse, match="A1"):
        loading.load_notice(by=SYSTEM, at=AT, programme=programme, file=tmp_path / "westmere.yaml")
    assert not Requirement.objects.filter(ref="A9").exists()


def test_a_requirement_that_nobody_used_goes_when_the_file_drops_it(westmere, programme, tmp_path: Path) -> None:
    text = (LIBRARY / WESTMERE).read_text(encoding="utf-8").replace("ref: A4\n", "ref: A9\n")
    (tmp_path / "westmere.yaml").write_text(text, encoding="utf-8")
    loading.load_notice(by=SYSTEM, at=AT, programme=programme, file=tmp_path / "westmere.yaml")
    assert sorted(westmere.requirements.filter(ref__in=["A4", "A9"]).values_list("ref", flat=True)) == ["A9"]


def test_a_programme_is_under_one_notice(westmere, programme) -> None:
    with pytest.raises(AnotherNotice, match="already under"):
        loading.load_notice(by=SYSTEM, at=AT, programme=programme, file=DEVON)


@pytest.mark.parametrize(
    ("was", "now", "path"),
    [
        ("ref: A2\n", "ref: A1\n", "requirements[A1]"),
        ("id: families", "id: plans", "sections[plans]"),
        ("section: families", "section: gardens", "requirements[B1].place"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(programme, tmp_path: Path, was: str, now: str, path: str) -> None:
    text = (LIBRARY / WESTMERE).read_text(encoding="utf-8").replace(was, now, 1)
    (tmp_path / "westmere.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableLibraryFile) as refused:
        loading.load_notice(by=SYSTEM, at=AT, programme=programme, file=tmp_path / "westmere.yaml")
    assert refused.value.path == path
    assert not Notice.objects.exists()


def test_loading_needs_permission(programme, people) -> None:
    with pytest.raises(Refused):
        loading.load_notice(by=people["dfe-observer"], at=AT, programme=programme, file=WESTMERE)


def test_recommendations_load_twice_as_once_and_refuse_a_requirement_that_is_not_there(westmere) -> None:
    given = [{"ref": "F1", "text": "Do better.", "requirements": ["A1", "B1"]}]
    for _ in range(2):
        loading.load_recommendations(by=SYSTEM, at=AT, notice=westmere, recommendations=given, invented=True)
    found = westmere.recommendations.get()
    assert [one.ref for one in found.requirements.all()] == ["A1", "B1"]
    with pytest.raises(UnreadableLibraryFile, match="Z9"):
        loading.load_recommendations(
            by=SYSTEM, at=AT, notice=westmere, recommendations=[{"ref": "F2", "text": "No.", "requirements": ["Z9"]}]
        )


# Attaching the notice's own text


def attach(programme, content: bytes, name: str = "notice.txt", by=SYSTEM) -> AttachedText:
    return loading.attach_text(by=by, at=AT, programme=programme, name=name, content=content)


def test_an_attached_text_keeps_its_hash_and_date_and_is_split_by_place(westmere, programme) -> None:
    attached = attach(programme, WESTMERE_TEXT.encode())
    assert (attached.n_bytes, attached.attached_on) == (len(WESTMERE_TEXT.encode()), date(2031, 6, 1))
    assert len(attached.sha256) == 64
    for ref in [one["ref"] for one in positions.positions(SYSTEM, programme.code)]:
        assert requirements.requirement(SYSTEM, programme.code, ref).clauses, ref
    left = [clause.text for clause in notices.unclaimed_clauses(SYSTEM, programme.code)]
    assert left == ["Improvement plan: Westmere", "Signed for Westmere"]


def test_the_clause_beside_a_requirement_is_the_one_at_its_place(attached, programme) -> None:
    def words(ref: str) -> list[str]:
        return [clause.text for clause in requirements.requirement(SYSTEM, programme.code, ref).clauses]

    assert words("A2") == ["Plans are audited:", "for what they say;", "for what they do."]
    assert words("A4") == ["It thinks about more caseworkers."]
    assert words("D3") == ["The board can read this text."]


def test_the_same_bytes_again_change_nothing_and_other_bytes_take_their_place(attached, programme) -> None:
    assert attach(programme, WESTMERE_TEXT.encode()) == attached
    newer = attach(programme, WESTMERE_TEXT.replace("twenty", "20").encode())
    assert notices.attached_text(SYSTEM, programme.code) == newer
    assert AttachedText.objects.count() == 2


def test_a_byte_order_mark_and_windows_line_ends_are_taken(westmere, programme) -> None:
    attached = attach(programme, b"\xef\xbb\xbf" + WESTMERE_TEXT.replace("\n", "\r\n").encode())
    assert attached.clauses.first().text == "Improvement plan: Westmere"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b" \n\t ", "The file is empty"),
        (b"%PDF-1.7 ...", "It is a PDF"),
        (b"PK\x03\x04....", "office document"),
        (b"\xff\xd8\xff\xe0....", "a picture"),
        (b"Part A: plans\x00\x01", "not plain text"),
        ("Part A: plans £".encode("cp1252"), "not UTF-8"),
        ("Part A: plans".encode("utf-16"), "not UTF-8"),
        (b"Part A " * 200_000, "larger than 1 MB"),
        (b"A recipe for soup.\n\nBoil water.", "None of the headings"),
    ],
)
def test_a_file_that_is_not_the_notices_words_is_refused_in_words(attached, programme, content, words) -> None:
    before = AttachedText.objects.count()
    with pytest.raises(UnusableText, match=words):
        attach(programme, content)
    assert AttachedText.objects.count() == before
    assert notices.attached_text(SYSTEM, programme.code) == attached


def test_attaching_needs_permission_and_a_notice(programme, people) -> None:
    with pytest.raises(NoNotice):
        attach(programme, WESTMERE_TEXT.encode())
    loading.load_notice(by=SYSTEM, at=AT, programme=programme, file=WESTMERE)
    with pytest.raises(Refused):
        attach(programme, WESTMERE_TEXT.encode(), by=people["elected-member"])
    assert attach(programme, WESTMERE_TEXT.encode(), by=people["programme-office"]).attached_by == "programme-office"


def test_loading_a_notice_whose_sections_changed_splits_the_text_again(attached, programme, tmp_path: Path) -> None:
    text = (LIBRARY / WESTMERE).read_text(encoding="utf-8").replace('opens_with: "Part B"', 'opens_with: "Nowhere"')
    (tmp_path / "westmere.yaml").write_text(text, encoding="utf-8")
    loading.load_notice(by=SYSTEM, at=AT, programme=programme, file=tmp_path / "westmere.yaml")
    assert requirements.requirement(SYSTEM, programme.code, "B1").clauses == []


@pytest.mark.shared
def test_the_real_notice_gives_every_requirement_its_clauses_and_leaves_only_its_frame(devon, shared: Path) -> None:
    programme = devon.programme
    attach(programme, (shared / "notice" / "devon-2013.txt").read_bytes(), "devon-2013.txt")
    without = [
        ref
        for ref in devon.requirements.values_list("ref", flat=True)
        if not requirements.requirement(SYSTEM, programme.code, ref).clauses
    ]
    assert without == []
    left = [clause.text for clause in notices.unclaimed_clauses(SYSTEM, programme.code)]
    assert len(left) == 9
    starts = ("Improvement Notice", "To:", "Address:", "This Improvement Notice is being", "Children's Services")
    frame = (*starts, "On the basis of", "The report of the inspection", "Signed:", "Date:")
    assert all(words.startswith(frame) for words in left)


# Judging and accepting


def test_a_judgement_is_kept_with_who_when_and_why(people, requirement) -> None:
    found = judged(people, requirement, at=AT)
    assert (found.says, found.judged_by, found.judged_on) == ("met", people["programme-office"], date(2031, 6, 1))
    row = TrailRow.objects.last()
    assert (row.action, row.by) == ("requirement judged", "programme-office")


def test_a_newer_judgement_takes_the_place_of_the_last_and_both_are_kept(people, requirement) -> None:
    judged(people, requirement, "met", at=AT)
    judged(people, requirement, "at risk", at=AT)
    line = requirements.requirement(SYSTEM, requirement.notice.programme.code, "A1")
    assert line.line.judgement.says == "at risk"
    assert [one.says for one in line.history] == ["at risk", "met"]


@pytest.mark.parametrize("role", ["dfe-observer", "elected-member", "board-chair", "nobody", "elsewhere"])
def test_only_those_permitted_judge(people, requirement, role: str) -> None:
    with pytest.raises(Refused):
        judged(people, requirement, at=AT, by=role)


def test_a_judgement_needs_a_person_a_reason_and_a_known_word(people, requirement) -> None:
    with pytest.raises(NeedsAPerson):
        judging.judge(by=SYSTEM, at=AT, requirement=requirement, says="met", reason="Because.")
    with pytest.raises(NeedsAReason):
        judging.judge(by=people["director"], at=AT, requirement=requirement, says="met", reason=" ")
    with pytest.raises(ValueError, match="green"):
        judging.judge(by=people["director"], at=AT, requirement=requirement, says="green", reason="Because.")
    with pytest.raises(NeedsEvidence):
        judging.judge(by=people["director"], at=AT, requirement=requirement, says="met", reason="Because.")
    assert not Judgement.objects.exists()


def test_somebody_else_accepts(people, requirement) -> None:
    judgement = judged(people, requirement, at=AT)
    found = accepted(people, judgement, at=AT)
    assert (found.is_accepted, found.decided_by) == (True, people["board-chair"])


def test_whoever_judged_may_not_accept_even_with_the_permission(people, requirement) -> None:
    judgement = judged(people, requirement, at=AT, by="director")
    with pytest.raises(SamePerson, match="somebody else"):
        judging.accept(by=people["director"], at=AT, judgement=judgement, is_accepted=True)
    assert not Acceptance.objects.exists()


def test_a_judgement_is_decided_once_with_a_reason_to_decline_and_only_while_it_counts(people, requirement) -> None:
    first = judged(people, requirement, at=AT)
    with pytest.raises(NeedsAReason):
        judging.accept(by=people["board-chair"], at=AT, judgement=first, is_accepted=False)
    judging.accept(by=people["board-chair"], at=AT, judgement=first, is_accepted=False, reason="Too thin.")
    with pytest.raises(AlreadyDecided):
        judging.accept(by=people["director"], at=AT, judgement=first, is_accepted=True)
    second = judged(people, requirement, at=AT)
    judged(people, requirement, at=AT)
    with pytest.raises(Superseded):
        judging.accept(by=people["board-chair"], at=AT, judgement=second, is_accepted=True)


@pytest.mark.parametrize("role", ["programme-office", "dfe-observer", "nobody", "elsewhere"])
def test_only_those_permitted_accept(people, requirement, role: str) -> None:
    judgement = judged(people, requirement, at=AT, by="director")
    with pytest.raises(Refused):
        judging.accept(by=people[role], at=AT, judgement=judgement, is_accepted=True)
    with pytest.raises(NeedsAPerson):
        judging.accept(by=SYSTEM, at=AT, judgement=judgement, is_accepted=True)


def _kept(people, requirement) -> Iterator[object]:
    judgement = judged(people, requirement, at=AT)
    yield judgement
    yield accepted(people, judgement, at=AT)
    yield requirement.evidence.get()
    yield requirement.evidence.get().openings.get()
    yield judging.withdraw_judgement(by=people["director"], at=AT, judgement=judgement, reason="A mistake.")
    yield judging.withdraw_evidence(
        by=people["director"], at=AT, evidence=requirement.evidence.get(), reason="A mistake."
    )
    yield attach(requirement.notice.programme, WESTMERE_TEXT.encode())


def test_what_people_said_is_never_changed_or_removed(people, requirement) -> None:
    for row in _kept(people, requirement):
        with pytest.raises(OnlyEverAdded):
            row.save()
        with pytest.raises(OnlyEverAdded):
            row.delete()


def test_the_database_itself_refuses_a_judgement_without_a_reason(people, requirement) -> None:
    row = Judgement(
        requirement=requirement, says="met", reason="", judged_by=people["director"], judged_on=AT, judged_at=AT
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_condition_is_recorded_as_met_from_a_day(people, westmere) -> None:
    conditional = westmere.requirements.get(ref="D4")
    judging.record_trigger(
        by=people["director"], at=AT, requirement=conditional, on=date(2031, 5, 1), reason="Two poor stocktakes."
    )
    assert westmere.requirements.get(ref="D4").triggered_on == date(2031, 5, 1)
    with pytest.raises(NeedsAReason):
        judging.record_trigger(by=people["director"], at=AT, requirement=conditional, on=AT.date(), reason=" ")
    with pytest.raises(NotConditional):
        judging.record_trigger(
            by=people["director"], at=AT, requirement=westmere.requirements.get(ref="A1"), on=AT.date(), reason="No."
        )


def test_the_moment_given_decides_the_day_in_london(people, requirement) -> None:
    late = datetime(2031, 6, 1, 23, 30, tzinfo=UTC)
    found = judging.judge(
        by=people["director"], at=late, requirement=requirement, says="at risk", reason="Half past midnight in London."
    )
    assert found.judged_on == date(2031, 6, 2)
    assert clock.LONDON.key == "Europe/London"
