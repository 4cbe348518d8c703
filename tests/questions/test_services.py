"""Writing versions and saving answers: nothing changed in place, nothing lost, nothing done twice."""

from typing import Any

import pytest
from typer.testing import CliRunner

from holdfast.access.checking import check_records
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.kept_for_good import OnlyEverAdded
from holdfast.access.models import TrailRow
from holdfast.questions import reading, selectors, services, stops
from holdfast.questions.counting import count_of
from holdfast.questions.models import SetAside, SetVersion, Sheet, SheetSection
from holdfast.questions.naming import looks_like
from holdfast.web.cli import app

from .conftest import AT, save, small

pytestmark = pytest.mark.django_db


def write(programme: Any, content: Any, by: Any = SYSTEM, **more: Any) -> SetVersion:
    return services.write_version(by=by, at=AT, programme=programme, content=content, **more)


def test_a_wording_is_never_changed_in_place(version: SetVersion) -> None:
    version.content["sections"][0]["title"] = "Another"
    with pytest.raises(OnlyEverAdded):
        version.save()
    assert not list(check_records())
    SetVersion.objects.filter(pk=version.pk).update(content=version.content)  # behind the services
    [named] = check_records()
    assert named.startswith(f"Version of a question set {version.pk} has been changed since trail row")


def test_a_changed_question_is_a_new_version_that_says_what_is_new(programme: Any, version: SetVersion) -> None:
    changed = small(child_seen="Did somebody see the child?")
    with pytest.raises(services.SaysNothingNew):
        write(programme, changed)
    second = write(programme, changed, change="Plainer words")
    assert (second.number, second.content_hash != version.content_hash) == (2, True)
    assert TrailRow.objects.last().detail["reworded"] == ["child-seen"]
    assert selectors.wording(version).questions[0].ask == "Was the child seen?"


def test_a_version_is_printed_at_a_terminal_as_the_file_that_loads_it(programme: Any, version: SetVersion) -> None:
    write(programme, small(child_seen="Did somebody see the child?"), change="Plainer words")
    asked = ["questions", "show", "small", "--version", "1"]
    printed = CliRunner().invoke(app, [*asked, "--programme", "westmere-2031"]).output
    assert reading.from_text(printed) == version.content


def test_the_same_words_again_are_refused(programme: Any, version: SetVersion) -> None:
    with pytest.raises(services.NothingNew, match="version 1"):
        write(programme, small(), change="None")


def test_only_whoever_leads_on_practice_writes_versions(programme: Any, people: Any) -> None:
    write(programme, small(), by=people["practice-manager"])
    with pytest.raises(Refused):
        write(programme, small(note="And?"), by=people["auditor"], change="x")


def test_answers_are_saved_by_whoever_answers_and_by_nobody_else(sheet: Sheet, people: Any) -> None:
    saved = save(sheet, people["auditor"], "seen", child_seen="yes")
    assert (saved.section.revision, saved.section.answers) == (1, {"child-seen": {"value": "yes"}})
    with pytest.raises(services.NotYourSheet):
        save(sheet, people["practice-manager"], "seen", 1, child_seen="no")
    assert TrailRow.objects.last().action == "refused by a rule"
    assert "yes" not in str(TrailRow.objects.filter(action="answers saved").values_list("detail", "subject"))


def test_an_older_page_never_overwrites_newer_answers_and_nothing_is_lost(sheet: Sheet, people: Any) -> None:
    auditor = people["auditor"]
    save(sheet, auditor, "seen", 0, "first", child_seen="yes")
    save(sheet, auditor, "seen", 1, "second", child_seen="no")
    older = save(sheet, auditor, "seen", 1, "third", child_seen="yes", note="From the older page")
    assert older.is_older
    assert SheetSection.objects.get().answers == {"child-seen": {"value": "no"}}
    assert SetAside.objects.get().answers["note"]["value"] == "From the older page"
    assert TrailRow.objects.last().action == "answers of an older page set aside"


def test_the_same_sending_twice_is_one(sheet: Sheet, people: Any) -> None:
    auditor = people["auditor"]
    first = save(sheet, auditor, "seen", 0, "one", child_seen="yes")
    again = save(sheet, auditor, "seen", 0, "one", child_seen="yes")
    assert (first.section.revision, again.section.revision, again.is_older) == (1, 1, False)
    assert not SetAside.objects.exists()


def test_a_question_sent_empty_is_answered_no_more_and_one_not_sent_stays(sheet: Sheet, people: Any) -> None:
    auditor = people["auditor"]
    save(sheet, auditor, "seen", 0, child_seen="yes", note="Something")
    saved = save(sheet, auditor, "seen", 1, note="")
    assert saved.section.answers == {"child-seen": {"value": "yes"}}


def test_a_critical_answer_is_told_once_in_the_same_transaction(sheet: Sheet, people: Any, monkeypatch: Any) -> None:
    told: list[list[str]] = []
    monkeypatch.setattr(stops, "_stops", [lambda by, at, which, questions: told.append([q.code for q in questions])])
    save(sheet, people["auditor"], "judgement", 0, safe="at-risk")
    save(sheet, people["auditor"], "judgement", 1, safe="at-risk", grade="inadequate")
    assert told == [["safe"]]


def test_a_stop_that_fails_undoes_the_saving(sheet: Sheet, people: Any, monkeypatch: Any) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(stops, "_stops", [fail])
    with pytest.raises(RuntimeError):
        save(sheet, people["auditor"], "judgement", 0, safe="at-risk")
    assert not SheetSection.objects.exists()


def test_a_sheet_is_handed_in_whole_and_then_closed(sheet: Sheet, people: Any) -> None:
    auditor = people["auditor"]
    save(sheet, auditor, "seen", child_seen="no")
    with pytest.raises(services.Unfinished, match="2 questions are not answered"):
        services.hand_in(by=auditor, at=AT, sheet=sheet)
    save(sheet, auditor, "judgement", safe="safe", grade="good")
    services.hand_in(by=auditor, at=AT, sheet=sheet)
    with pytest.raises(services.HandedIn):
        save(sheet, auditor, "seen", 1, child_seen="yes")


def test_answers_are_counted_in_one_place_by_what_was_asked(
    version: SetVersion, people: Any, django_assert_num_queries: Any
) -> None:
    given = [{"child_seen": "yes", "alone": "yes"}, {"child_seen": "yes", "alone": "no"}, {"child_seen": "no"}, {}]
    sheets = []
    for answers in given:
        sheet = services.begin_sheet(by=SYSTEM, at=AT, version=version, about="audit", answerer=None)
        save(sheet, SYSTEM, "seen", **answers)
        sheets.append(sheet.pk)
    not_applicable = {"alone": {"value": "not-applicable", "why": "A baby"}, "child-seen": {"value": "yes"}}
    baby = services.begin_sheet(by=SYSTEM, at=AT, version=version, about="audit", answerer=None)
    services.save_answers(by=SYSTEM, at=AT, sheet=baby, section="seen", answers=not_applicable, revision=0)
    empty = services.begin_sheet(by=SYSTEM, at=AT, version=version, about="audit", answerer=None)
    with django_assert_num_queries(1):
        counted = count_of(dict.fromkeys([*sheets, baby.pk, empty.pk], version))
    seen, alone = counted["child-seen"], counted["alone"]
    assert (seen.n_answered, seen.n_missing, seen.met and seen.met.of) == (4, 2, "3 of 4")
    assert (alone.n_answered, alone.n_not_applicable, alone.n_missing) == (2, 1, 0)
    assert alone.met is not None
    assert alone.met.words == "1 of 2, 50% (95% interval 9% to 91%)"


def test_a_reworded_question_is_counted_apart(programme: Any, version: SetVersion) -> None:
    second = write(programme, small(child_seen="Did somebody see the child?"), change="Plainer")
    keys = {}
    for each in (version, second):
        sheet = services.begin_sheet(by=SYSTEM, at=AT, version=each, about="audit", answerer=None)
        save(sheet, SYSTEM, "seen", child_seen="yes", note="Alike")
        keys[sheet.pk] = each
    counted = count_of(keys)
    assert [one.n_answered for key, one in counted.items() if key.startswith("child-seen")] == [1, 1]
    assert counted["note"].n_answered == 2


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Spoke with Anna Smith at home", ["a name"]),
        ("Told Mrs Jones", ["a name"]),
        ("Jamie Oldcastle was not seen. When Duty rang, the Improvement Board was told.", ["a name"]),
        ("When Duty rang, nobody was in. The Improvement Board was told.", []),
        ("Born on a Tuesday, 1/2/2010", ["a date of birth"]),
        ("943 476 5919", ["a number that stands for one person"]),
        ("The child was seen alone. Good work by the Early Help team in North Street on Monday 3 March.", ["a name"]),
        ("The child was seen alone on Monday 3 March by the Social Worker of the Early Help Team.", []),
        ("seen 3 times; see anna", []),
        ("April Jones, Sean O’Brien’s child, born 12 March 2006", ["a name", "a date of birth"]),
        ("Seen by Ian McDonald", ["a name"]),
        ("Zoë Hart rang", ["a name"]),
        ("By 12 March, not by the April Board; in March 2013 the NHS Trust was told", []),
    ],
)
def test_words_that_seem_to_name_somebody_are_warned_of(words: str, kinds: list[str]) -> None:
    assert looks_like(words) == kinds


def test_a_warning_is_recorded_without_the_words(sheet: Sheet, people: Any) -> None:
    saved = save(sheet, people["auditor"], "seen", note="Told Mrs Jones")
    assert saved.looks_like == ["a name"]
    row = TrailRow.objects.last()
    assert row.detail["looks like"] == ["a name"]
    assert "Jones" not in str(row.detail)


def test_a_sheet_filled_in_elsewhere_is_saved_whole_with_one_row_in_the_trail(sheet: Sheet, people: Any) -> None:
    before = TrailRow.objects.count()
    given = {"child-seen": {"value": "no"}, "safe": {"value": "safe"}, "grade": {"value": "good"}}
    services.save_whole(by=people["auditor"], at=AT, sheet=sheet, answers=given)
    assert TrailRow.objects.count() == before + 1
    kept = selectors.with_answers([sheet.pk]).get()
    assert selectors.answers(kept) == given
    assert {row.revision for row in kept.sections.all()} == {1}
    with pytest.raises(services.NotDone, match="answered here already"):
        services.save_whole(by=people["auditor"], at=AT, sheet=sheet, answers=given)


def test_a_sheet_filled_in_elsewhere_is_saved_by_whoever_answers_it_and_stops_for_a_child(
    sheet: Sheet, people: Any, monkeypatch: Any
) -> None:
    with pytest.raises(services.NotYourSheet):
        services.save_whole(by=people["moderator"], at=AT, sheet=sheet, answers={})
    told: list[str] = []
    monkeypatch.setattr(stops, "_stops", [lambda by, at, sheet, found: told.extend(one.code for one in found)])
    services.save_whole(by=people["auditor"], at=AT, sheet=sheet, answers={"safe": {"value": "at-risk"}})
    assert told == ["safe"]
