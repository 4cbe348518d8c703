"""What a version's content means, and what the library ships."""

from copy import deepcopy
from typing import Any

import pytest

from holdfast.jobs.library_files import UnreadableLibraryFile
from holdfast.questions import reading
from holdfast.questions.wording import asked, hash_of, missing, reworded, stopping, wording_of

from .conftest import SMALL, small

YES = {"value": "yes"}


def codes(questions: Any) -> list[str]:
    return [question.code for question in questions]


def test_a_question_is_asked_only_if_the_answer_it_hangs_on_is_given() -> None:
    questions = wording_of(small()).sections[0].questions
    assert codes(asked(questions, {})) == ["child-seen", "note"]
    assert codes(asked(questions, {"child-seen": YES})) == ["child-seen", "alone", "note"]
    assert codes(asked(questions, {"child-seen": {"value": "no"}})) == ["child-seen", "note"]


def test_what_hangs_on_a_question_that_is_no_longer_asked_is_not_asked_either() -> None:
    content = deepcopy(SMALL)
    then = {"code": "how", "ask": "How was it?", "kind": "text", "ask_if": {"question": "alone", "is": ["yes"]}}
    content["sections"][0]["questions"].append(then)
    questions = wording_of(reading.from_text(reading.as_text(content))).sections[0].questions
    left_over = {"child-seen": {"value": "no"}, "alone": YES}
    assert codes(asked(questions, left_over)) == ["child-seen", "note"]


def test_missing_is_what_is_asked_and_not_answered_and_not_applicable_needs_a_reason() -> None:
    questions = wording_of(small()).sections[0].questions
    assert codes(missing(questions, {})) == ["child-seen"]
    bare, reasoned = {"value": "not-applicable"}, {"value": "not-applicable", "why": "A baby"}
    assert codes(missing(questions, {"child-seen": YES, "alone": bare})) == ["alone"]
    assert codes(missing(questions, {"child-seen": YES, "alone": reasoned})) == []


def test_only_the_answer_that_is_critical_stops_the_form() -> None:
    questions = wording_of(small()).questions
    assert codes(stopping(questions, {"safe": {"value": "not-sure"}})) == []
    assert codes(stopping(questions, {"safe": {"value": "at-risk"}})) == ["safe"]


def test_a_changed_word_is_another_question_and_a_changed_order_of_keys_is_not() -> None:
    before, after = small(), small(child_seen="Did somebody see the child?")
    assert reworded(wording_of(before), wording_of(after)).changed == ["child-seen"]
    assert hash_of(before) != hash_of(after)
    assert hash_of(before) == hash_of({key: before[key] for key in reversed(before)})


@pytest.mark.parametrize("file", reading.shipped(), ids=lambda file: file.stem)
def test_what_ships_is_sound_and_can_be_written_out_and_read_again(file: Any) -> None:
    content = reading.from_file(file)
    wording = wording_of(content)
    assert wording.code == file.stem
    assert reading.from_text(reading.as_text(content)) == content
    assert all(question.requirements for question in wording.questions), "each serves a requirement"
    assert all(question.principle for question in wording.questions), "and a principle"
    assert any(question.stops_on for question in wording.questions), "each asks whether a child is safe"


def test_nine_sets_ship_and_the_old_label_is_read_as_the_new_one_and_never_averaged() -> None:
    assert len(reading.shipped()) == 9
    old = wording_of(reading.from_file(reading.LIBRARY / "case-file-audit-2013.yaml")).question("grade-whole")
    new = wording_of(reading.from_file(reading.LIBRARY / "case-file-audit-2023.yaml")).question("grade-whole")
    assert old is not None
    assert old.scale is not None
    assert new is not None
    assert new.scale is not None
    assert old.scale.family == new.scale.family
    assert [choice.stands_for for choice in old.scale.choices] == [choice.code for choice in new.scale.choices]


@pytest.mark.parametrize(
    ("change", "path", "problem"),
    [
        ({"scale": "nothing"}, "sections[seen].questions[child-seen]", "No scale is called “nothing”"),
        ({"kind": "number"}, "sections[1].questions[1].kind", "is not one of"),
        ({"met_by": ["maybe"]}, "sections[seen].questions[child-seen].met_by", "is not on its scale"),
        ({"ask_if": {"question": "grade", "is": ["good"]}}, "ask_if", "No earlier question"),
        ({"principle": "none"}, "sections[seen].questions[child-seen]", "No principle"),
        ({"wrong": 1}, "sections[1].questions[1]", "Unknown key “wrong”"),
    ],
)
def test_a_set_that_makes_no_sense_is_refused_with_its_place(change: Any, path: str, problem: str) -> None:
    content = deepcopy(SMALL)
    content["sections"][0]["questions"][0] |= change
    with pytest.raises(UnreadableLibraryFile) as refused:
        reading.from_text(reading.as_text(content))
    assert path in str(refused.value)
    assert problem in str(refused.value)


def test_two_questions_with_one_code_are_refused() -> None:
    content = deepcopy(SMALL)
    content["sections"][1]["questions"][0]["code"] = "child-seen"
    with pytest.raises(UnreadableLibraryFile, match="Another question of the set"):
        reading.from_text(reading.as_text(content))
