"""The shipped notices hold to the schema, and a file that does not is refused with the path of what is wrong."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from holdfast.jobs.library_files import UnreadableLibraryFile, found_in, read
from holdfast.notice import answers
from holdfast.notice.places import claimed
from holdfast.notice.services.loading import LIBRARY
from holdfast.notice.splitting import split
from holdfast.notice.summarising import is_summary, summary

SCHEMA = LIBRARY / "notice.schema.json"
SHIPPED = ("devon-2013.yaml", "westmere-send-2031.yaml")
SMALL = """
notice: {code: small, title: Small, kind: plan, issued_on: 2030-01-02, issued_by: Nobody}
frame: {source: Invented}
sections: [{id: all, title: All, opens_with: Everything}]
requirements:
  - ref: R1
    name: One
    obligation: Do one thing.
    modality: must
    does: [Council]
    when: {kind: continuous}
    evidence: [Seen]
    place: [{section: all, item: "1"}]
    themes: []
"""


def content(name: str) -> dict:
    return read(found_in(Path(name), LIBRARY), SCHEMA).content


def written(folder: Path, text: str) -> Path:
    file = folder / "small.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_notice_holds_to_the_schema(name: str) -> None:
    assert content(name)["requirements"]


def test_the_first_notice_has_seventy_one_requirements_in_order() -> None:
    assert [one["ref"] for one in content("devon-2013.yaml")["requirements"]] == [f"R{n:02}" for n in range(1, 72)]


def test_the_first_notice_keeps_the_four_strengths_of_duty_apart() -> None:
    found = [one["modality"] for one in content("devon-2013.yaml")["requirements"]]
    assert {word: found.count(word) for word in ("must", "expect", "should", "consider", "none")} == {
        "must": 45,
        "expect": 6,
        "should": 16,
        "consider": 1,
        "none": 3,
    }


@pytest.mark.parametrize("name", SHIPPED)
def test_every_requirement_has_a_live_check_or_says_what_will_answer_it_or_waits_or_has_a_date(name: str) -> None:
    for one in content(name)["requirements"]:
        named = one.get("checks") or one.get("later") or one.get("condition") or one["when"]["kind"] != "continuous"
        assert named, one["ref"]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_check_named_is_registered_or_belongs_to_a_room_above(name: str) -> None:
    above = {"ministers_reports"}
    for one in content(name)["requirements"]:
        for check in one.get("checks", []):
            assert check["name"] in {*answers._checks, *above}, (one["ref"], check["name"])


@pytest.mark.shared
def test_no_obligation_is_a_sentence_of_the_notice(shared: Path) -> None:
    text = " ".join((shared / "notice" / "devon-2013.txt").read_text(encoding="utf-8").lower().split())
    for one in content("devon-2013.yaml")["requirements"]:
        words = one["obligation"].lower().split()
        for start in range(len(words) - 9):
            assert " ".join(words[start : start + 10]) not in text, one["ref"]


def test_dates_stay_text_until_somebody_needs_one() -> None:
    assert content("devon-2013.yaml")["notice"]["issued_on"] == "2013-09-12"


def test_the_schema_is_itself_a_schema() -> None:
    import jsonschema

    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_a_sound_file_is_taken(tmp_path: Path) -> None:
    assert read(written(tmp_path, SMALL), SCHEMA).content["notice"]["code"] == "small"


@pytest.mark.parametrize(
    ("was", "now", "path", "words"),
    [
        ("modality: must", "modality: must\n    colour: red", "requirements[R1]", "Unknown key “colour”"),
        ("modality: must", "modality: shall", "requirements[R1].modality", "shall"),
        ("    obligation: Do one thing.\n", "", "requirements[R1]", "Missing “obligation”"),
        ("kind: continuous", "kind: in_months", "requirements[R1].when", "Missing “months”"),
        ("kind: continuous", "kind: in_months, months: [2014-13]", "requirements[R1].when.months", ""),
        ("kind: continuous", "kind: continuous, days: 3", "requirements[R1].when", "does not belong with this kind"),
        ("kind: continuous", "kind: on_dates, dates: [2014-02-30]", "requirements[R1].when.dates[1]", ""),
        ("issued_on: 2030-01-02", "issued_on: 2030-02-30", "notice.issued_on", ""),
        ("modality: must", "modality: must\n    modality: should", "line 10", "given twice"),
        ("frame: {source: Invented}", "frame: {source: Invented", "line", ""),
        ("frame: {source: Invented}", "frame: !!python/object:os.system {}", "line", ""),
    ],
)
def test_a_wrong_file_is_refused_with_its_path(tmp_path: Path, was: str, now: str, path: str, words: str) -> None:
    assert was in SMALL
    with pytest.raises(UnreadableLibraryFile) as refused:
        read(written(tmp_path, SMALL.replace(was, now)), SCHEMA)
    assert refused.value.path.startswith(path)
    assert words in str(refused.value)
    assert "Nothing was changed." in str(refused.value)


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"just words", b"- a\n- b", b"\x00" * 10])
def test_a_file_that_is_not_such_a_file_is_refused_in_words(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "odd.yaml"
    file.write_bytes(raw)
    with pytest.raises(UnreadableLibraryFile, match="Nothing was changed"):
        read(file, SCHEMA)


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"#" * (2 * 1024 * 1024 + 1))
    with pytest.raises(UnreadableLibraryFile, match="larger than 2 MB"):
        read(file, SCHEMA)


def test_a_name_that_ships_nowhere_is_refused_with_those_that_do() -> None:
    with pytest.raises(UnreadableLibraryFile, match=r"devon-2013\.yaml"):
        found_in(Path("missing.yaml"), LIBRARY)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_summary_says_what_it_is_and_holds_each_requirement_at_its_own_place(name: str) -> None:
    given = content(name)
    required = [
        SimpleNamespace(ref=each["ref"], obligation=each["obligation"].strip(), places=each["place"])
        for each in given["requirements"]
    ]
    text = summary(given["notice"]["title"], given["sections"], required)
    pieces = split(text, [(section["id"], section["opens_with"]) for section in given["sections"]])
    for requirement in required:
        for place in requirement.places:
            assert any(f"({requirement.ref}, " in piece.text for piece in claimed([place], pieces)), (place, text)
    assert is_summary(text)
    assert not is_summary(text[10:])
    assert "Attach it on the page of the notice" in text
