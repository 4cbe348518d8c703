"""A row of headings is told from a row of values, and nothing of a row of values is ever said of a file."""

import csv
import io
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics import annex_a
from holdfast.analytics.faults import UnreadableReturn, with_article
from holdfast.analytics.returns import read_return, why_unknown
from holdfast.analytics.returns.annex_a.own import OwnNames, own_names
from holdfast.analytics.returns.annex_a.preview import headings_seen, rows_seen
from holdfast.analytics.returns.headings import UNSAID, heading_words, is_heading_row, is_value

VALUES = (
    *("A1", "x-1042", "41732", "2013-09-02", "3/4/2014", "3 April 2014", "7", "3.5", "NFA", "Yes", "b) Female", "N"),
    *("WBRI", "White British", "q) 6: Police", "Police", "EX1 1AA", "someone@example.org", "unborn", "Not recorded"),
    *("12 High Street", "7a2b", "Case 20131042"),
)
HEADINGS = (
    *("Person no", "Date of referral rec'd", "From whom", "Duty team", "S47 start date", "DOB", "Sex", "Worker"),
    *("Number of ICPCs in the last 12 months", "Was the Child Seen Alone?", "pers_legal_name", "Reason for Closure"),
)


@pytest.mark.parametrize("text", VALUES)
def test_what_looks_like_a_value_is_never_said_as_a_heading(text: str) -> None:
    assert is_value(text)
    assert heading_words(text) == UNSAID


@pytest.mark.parametrize("text", HEADINGS)
def test_a_heading_is_said(text: str) -> None:
    assert heading_words(text) == text


def test_a_heading_row_stands_out_from_what_is_under_it_and_a_row_of_values_does_not() -> None:
    rows = [["X1", "01/02/2010", "North", "Jane Smith"], ["X2", "03/04/2011", "South", "Ann Jones"]]
    assert is_heading_row(["Person", "Born", "Patch", "Who"], rows)
    assert not is_heading_row(rows[0], rows[1:])
    assert not is_heading_row(["Person", "Born", "North", "Who"], rows)  # a heading that comes again under itself
    assert not is_heading_row(["Jane Smith", "Team"], [["Ann Jones", "South"]])  # nothing to tell them by
    assert not is_heading_row(["Person", "Born"], [])
    assert is_heading_row(["Person", "Born"], [], n_known=3)


IDS = st.integers(1, 99_999).map(lambda n: f"P{n}")
DAYS = st.dates().map(lambda day: day.strftime("%d/%m/%Y"))
NAMES = st.sampled_from(["Jane Smith", "Ann Jones", "Tom Brown", "Priya Patel", "Lee Wood", "Sam O'Neill"])
TEAMS = st.sampled_from(["North duty", "South duty", "Moor locality", "Coast locality"])
NOTES = st.sampled_from(["Mother called again", "Seen at school today", "No reply from the father", "Moved away"])
CODES = st.sampled_from(["NFA", "6", "2A", "N1", "White British", "Police", "Yes", "No", "b) Female", "F"])
ODD = st.sampled_from(["", "Unknown", "NFA", "n/a", "not recorded", "Unborn"])
COLUMNS = st.sampled_from([DAYS, NAMES, TEAMS, NOTES, CODES, st.integers(0, 18).map(str)])


@st.composite
def lists_without_headings(draw: Any) -> list[list[str]]:
    """Rows of one list: a reference and other columns, each mostly of one sort, with gaps and odd words among them."""
    columns = [IDS, *draw(st.lists(COLUMNS, min_size=2, max_size=9))]
    n_rows = draw(st.integers(1, 12))
    is_odd = st.integers(1, 8).map(lambda n: n == 1)
    return [
        [draw(IDS), *(draw(ODD) if draw(is_odd) else draw(column) for column in columns[1:])] for _ in range(n_rows)
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=lists_without_headings(), is_named=st.booleans())
def test_of_random_rows_without_a_heading_row_no_cell_is_said(
    tmp_path: Path, rows: list[list[str]], is_named: bool
) -> None:
    held = io.StringIO()
    csv.writer(held).writerows(rows)
    path = tmp_path / "duty.csv"
    path.write_text(held.getvalue())
    with own_names(OwnNames({"duty": 3} if is_named else {})):
        said = repr([(sheet.unknown, sheet.problem, rows_seen(path, sheet.name)) for sheet in headings_seen(path)])
        try:
            faults = pq.read_table(read_return(path, into=tmp_path / "read", kind="annex_a").folder / "faults.parquet")
            said += repr(faults.select(["table", "column", "words"]).to_pylist())
        except UnreadableReturn as refused:
            said += str(refused)
    cells = {cell for row in rows for cell in row if len(cell) > 2} - {"Unknown", "not recorded", "n/a", "Yes"}
    assert not [cell for cell in cells if cell in said]
    assert not [cell for cell in cells if cell in str(why_unknown(path))]


@pytest.mark.parametrize(("kind", "name"), [("ssd", "ssd_person.csv"), ("ssda903", "episodes.csv")])
def test_other_kinds_say_no_column_by_name_where_not_one_is_known(tmp_path: Path, kind: str, name: str) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / name).write_text("Jane Smith,NFA,North\nAnn Jones,Yes,South\n")
    said = ""
    try:
        faults = read_return(folder, into=tmp_path / "read", kind=kind).folder / "faults.parquet"
        said = repr(pq.read_table(faults).to_pylist())
    except UnreadableReturn as refused:
        said = str(refused)
    assert not [cell for cell in ("Jane Smith", "jane smith", "JANE SMITH", "NFA", "nfa", "North") if cell in said]


def test_a_title_above_renamed_headings_is_passed_over_and_they_are_said(tmp_path: Path) -> None:
    rows = [["Front door, all referrals"], [], ["Person no", "Came in", "From whom"], *_three()]
    [seen] = headings_seen(annex_a.workbook(tmp_path, {"Front door": rows}))
    assert list(seen.unknown) == ["Person no", "Came in", "From whom"]


def _three() -> list[list[Any]]:
    return [["A1", annex_a.D(2013, 9, 3), "6"], ["A2", annex_a.D(2013, 10, 2), "2A"]]


def test_nothing_is_suggested_where_the_words_agree_and_what_is_under_them_does_not(tmp_path: Path) -> None:
    rows = [["Person no", "Referral start date", "From whom"], ["A1", "North", "6"], ["A2", "South", "2A"]]
    path = annex_a.workbook(tmp_path, {"Front door": rows})
    with own_names(OwnNames({"Front door": 3})):
        [seen] = headings_seen(path)
    assert seen.unknown == {"Person no": None, "Referral start date": None, "From whom": None}


FILES = {
    "a program": (b"MZ\x90\x00" + bytes(400), "It is a program, which is never opened."),
    "a script": (b"#!/bin/sh\necho 1,2\necho 3,4\n", "It is a program, which is never opened."),
    "a PDF": (b"%PDF-1.7\n" + bytes(100), "It is a PDF. Send the file that it was made from."),
    "a picture": (b"\x89PNG\r\n" + bytes(100), "It is a picture."),
    "an archive": (b"7z\xbc\xaf\x27\x1c" + bytes(100), "Send it unpacked, or as a zip."),
    "locked": (b"\xd0\xcf\x11\xe0" + bytes(8) + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
    "old": (b"\xd0\xcf\x11\xe0" + bytes(400), "in the old Excel form (.xls)"),
    "prose": (b"Dear colleague, please find\nthe letter.\n", "Its beginning is not that of"),
}


@pytest.mark.parametrize(("content", "says"), FILES.values(), ids=FILES)
def test_what_is_no_table_says_what_it_is_and_has_no_columns_to_match(
    tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "sent.bin"
    path.write_bytes(content)
    assert says in str(why_unknown(path))
    with suppress(UnreadableReturn):
        assert headings_seen(path) == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("SSDA903 return", "an SSDA903 return"),
        ("CIN census", "a CIN census"),
        ("extract of the Standard Safeguarding Dataset", "an extract of the Standard Safeguarding Dataset"),
        ("XML file", "an XML file"),
        ("daily feed", "a daily feed"),
    ],
)
def test_a_kind_is_named_with_the_article_that_it_is_spoken_with(name: str, says: str) -> None:
    assert with_article(name) == says


def test_every_kind_that_can_be_read_is_refused_in_good_english() -> None:
    assert "read as an SSDA903 return." in str(UnreadableReturn("ssda903", expected="X."))
    assert "read as an extract of" in str(UnreadableReturn("ssd", expected="X."))
