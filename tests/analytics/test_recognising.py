"""What a file is, told from its beginning: each kind by its own words, and nothing that is sent stops a reader."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from analytics.census import child, episode, message
from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns import read_return, readers, recognise
from holdfast.analytics.returns.hardened_xml import PROLOG_LIMIT


def written(folder: Path, content: str | bytes, name: str = "sent") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_cin_census_says_its_year_its_authority_and_its_day(tmp_path: Path) -> None:
    said = recognise(written(tmp_path, message(child("A1", episode()))))
    assert said is not None
    assert said.words == "CIN census 2013/14, authority 999, reference date 31 March 2014"
    assert (said.kind, said.as_at, said.authority, said.parts) == ("cin_census", date(2014, 3, 31), "999", ())


def test_a_census_without_a_year_or_a_day_is_still_one_and_says_what_it_lacks(tmp_path: Path) -> None:
    header = "<Header><CollectionDetails><Collection>CIN</Collection></CollectionDetails></Header>"
    said = recognise(written(tmp_path, message(child(), header=header)))
    assert said is not None
    assert said.as_at is None
    assert said.words == ("CIN census of a year it does not say, no authority given, no day given that it describes")


def test_a_census_with_no_header_is_told_by_its_children(tmp_path: Path) -> None:
    said = recognise(written(tmp_path, message(child(), header="")))
    assert said is not None
    assert said.words == "CIN census without a header at its beginning"


def test_another_collection_and_a_message_without_children_are_not_taken_for_a_census(tmp_path: Path) -> None:
    other = message(child()).replace(">CIN<", ">CLA<")
    assert recognise(written(tmp_path, other)) is None
    assert recognise(written(tmp_path, message(header="<Header/>"))) is None
    assert recognise(written(tmp_path, "<Message><Children><Child><Name/></Child></Children></Message>")) is None


def test_what_is_cut_short_later_on_is_told_all_the_same_so_that_reading_it_can_say_where(tmp_path: Path) -> None:
    cut = message(child("A1", episode()))[:-20]
    said = recognise(written(tmp_path, cut))
    assert said is not None
    with pytest.raises(UnreadableReturn, match="CIN census"):
        read_return(written(tmp_path, cut), into=tmp_path / "into")


def test_only_the_beginning_of_a_file_is_looked_at(tmp_path: Path) -> None:
    late = "<Message>" + " " * PROLOG_LIMIT + message(child()).removeprefix("<Message>")
    assert recognise(written(tmp_path, late)) is None


def zipped(name: str, content: str) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr(name, content)
    return held.getvalue()


STRANGE: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \n" * 5000,
    "every byte": bytes(range(256)) * 20,
    "text": b"Dear colleague, please find attached.",
    "one line of a CSV": b'"a","b\n',
    "undecodable text": "child,born\nA,1".encode("utf-16-be"),
    "XML of something else": b"<?xml version='1.0'?><Accounts><Child/></Accounts>",
    "XML that breaks off": b"<Message><Header><Collec",
    "a DOCTYPE": b"<!DOCTYPE Message [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><Message>&a;</Message>",
    "half a zip": zipped("xl/workbook.xml", "<a/>" * 100)[:60],
    "a zip of something else": zipped("../../etc/passwd", "x"),
    "JSON that breaks off": b'[{"child": ',
    "half a Parquet": b"PAR1" + bytes(40) + b"PAR1",
    "half a SQLite": b"SQLite format 3\x00" + bytes(100),
}


@pytest.mark.parametrize("content", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("kind", readers())
def test_no_reader_raises_or_claims_what_is_not_its_own(tmp_path: Path, kind: str, content: bytes) -> None:
    (tmp_path / "several").mkdir()
    written(tmp_path / "several", content, "1.csv")
    written(tmp_path / "several", content, "2.csv")
    for path in (written(tmp_path, content), tmp_path / "several", tmp_path / "not there"):
        assert readers()[kind].recognise(path) is None


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty": (lambda folder: written(folder, b""), "The file is empty"),
    "doctype": (lambda folder: written(folder, STRANGE["a DOCTYPE"]), "No DOCTYPE is accepted"),
    "another first element": (lambda folder: written(folder, STRANGE["XML of something else"]), "<Message>"),
    "another collection": (
        lambda folder: written(folder, message(child()).replace(">CIN<", ">CLA<")),
        "another collection, CLA, than any return that can be read: ",
    ),
    "a PDF": (lambda folder: written(folder, b"%PDF-1.7 <Message>"), "It is a PDF. Send the file"),
    "text": (lambda folder: written(folder, STRANGE["text"]), "CIN census"),
    "a folder": (lambda folder: folder, "Together these files are not"),
}


@pytest.mark.parametrize(("made", "words"), REFUSED.values(), ids=REFUSED)
def test_what_nothing_recognises_is_refused_in_words(tmp_path: Path, made: Callable[[Path], Path], words: str) -> None:
    with pytest.raises(UnreadableReturn, match="cannot be read as a return") as refused:
        read_return(made(tmp_path), into=tmp_path / "into")
    assert words in str(refused.value)
