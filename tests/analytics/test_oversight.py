"""The oversight extract becomes supervision and decisions, told by its headings and not by its names."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from analytics.folders import every_byte, faults_of, rows_of, words_of, write_files
from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns import read_return, recognise
from holdfast.analytics.returns.reading import Reading

SUPERVISION = """
    Child reference,Referral date,Supervision date,Kind of supervision,Supervised by,Next supervision due
    A1,01/05/2013,06/01/2014,Individual case discussion,M7,05/02/2014
    A1,,2013-12-05,REFL,,
    B2,,05/01/2014,Reflective,M7,
"""
DECISIONS = """
    Child reference,Referral date,Decision date,Decision about,Reasons recorded,Decided by
    A1,01/05/2013,02/05/2013,Accept referral,Yes,Team Manager
    A1,01/05/2013,02/05/2013,Allocate,N,Bob's own title
    B2,,20/01/2014,CLO,,
"""
DAY = date(2014, 1, 31)


def read(tmp_path: Path, files: dict[str, str] | None = None) -> Reading:
    folder = write_files(tmp_path / "sent", {"a.csv": SUPERVISION, "b.csv": DECISIONS} | (files or {}))
    return read_return(folder, into=tmp_path / "read")


def test_supervision_and_decisions_are_read_by_their_headings(tmp_path: Path) -> None:
    reading = read(tmp_path)
    held = [tuple(row.values())[:7] for row in rows_of(reading, "case_supervision")]
    assert held == [
        ("A1|U|2014-01-06|CASE|1", "A1", "A1|2013-05-01|1", date(2014, 1, 6), "CASE", "M7", date(2014, 2, 5)),
        ("A1|U|2013-12-05|REFL|1", "A1", None, date(2013, 12, 5), "REFL", None, None),
        ("B2|U|2014-01-05|REFL|1", "B2", None, date(2014, 1, 5), "REFL", "M7", None),
    ]
    decided = [tuple(row.values())[:7] for row in rows_of(reading, "management_decisions")]
    assert decided == [
        ("A1|D|2013-05-02|REF|1", "A1", "A1|2013-05-01|1", date(2013, 5, 2), "REF", True, "TM"),
        ("A1|D|2013-05-02|ALL|1", "A1", "A1|2013-05-01|1", date(2013, 5, 2), "ALL", False, "OTH"),
        ("B2|D|2014-01-20|CLO|1", "B2", None, date(2014, 1, 20), "CLO", None, None),
    ]
    assert faults_of(reading) == []
    assert b"own title" not in every_byte(reading)


def test_each_list_answers_for_the_months_in_a_row_that_it_has_rows_of(tmp_path: Path) -> None:
    lines = ["A1,,2013-02-11,CASE,,", *(f"A1,,2013-{month:02}-0{5 + month % 2},CASE,," for month in (10, 11, 12))]
    later = [*SUPERVISION.strip().splitlines(), *lines]
    given = read(tmp_path, {"a.csv": "\n".join(later)}).gives(DAY)
    assert given.since == {"case_supervision": date(2013, 10, 1)}  # of decisions January has the 20th alone


def test_a_list_or_column_that_is_not_there_is_said_and_not_held(tmp_path: Path) -> None:
    sent = write_files(tmp_path / "sent", {"a.csv": "Child ID,Supervision date,Notes\nA1,2014-01-06,Ann was sad\n"})
    reading = read_return(sent / "a.csv", into=tmp_path / "read")
    assert list(reading.gives(DAY).columns) == ["case_supervision"]
    assert reading.gives(DAY).columns["case_supervision"] == (
        "supv_supervision_id",
        "supv_person_id",
        "supv_supervision_date",
    )
    assert faults_of(reading) == [
        ("missing-table", "management_decisions", ""),
        *(
            ("missing-column", "case_supervision", heading)
            for heading in ("referral date", "kind of supervision", "supervised by", "next supervision due")
        ),
        ("unknown-column", "case_supervision", "Notes"),
    ]
    assert b"Ann" not in every_byte(reading)


def test_what_is_not_understood_is_marked_and_said_without_its_value(tmp_path: Path) -> None:
    odd = DECISIONS + "    C3,31/02/2014,13/13/2013,Something else,perhaps,\n    ,,02/05/2013,REF,Y,\n"
    reading = read(tmp_path, {"b.csv": odd})
    row = rows_of(reading, "management_decisions")[3]
    assert row["mdec_decision_id"] == "C3|D|||1"
    assert set(row["unread"].split()) == {
        "mdec_decision_date",
        "mdec_decision_about",
        "mdec_reasons_recorded",
        "mdec_referral_id",
    }
    assert sorted(faults_of(reading)) == [
        ("bad-code", "management_decisions", "mdec_decision_about"),
        ("bad-date", "management_decisions", "mdec_decision_date"),
        ("bad-flag", "management_decisions", "mdec_reasons_recorded"),
        ("bad-text", "management_decisions", "mdec_referral_id"),
        ("unkeyable", "management_decisions", ""),
    ]
    assert "Something else" not in words_of(reading)


def test_a_row_that_comes_again_is_kept_once(tmp_path: Path) -> None:
    reading = read(tmp_path, {"c.csv": SUPERVISION})
    assert reading.n_rows["case_supervision"] == 3
    assert faults_of(reading) == [("row-twice", "case_supervision", "")] * 3


def test_a_loss_of_most_of_a_column_stops_it_until_somebody_accepts_it(tmp_path: Path) -> None:
    lost = SUPERVISION.replace("06/01/2014", "soon").replace("2013-12-05", "later").replace("05/01/2014", "when")
    assert read(tmp_path, {"a.csv": lost}).lost == [
        "3 of 3 values of supervision date are missing or could not be understood."
    ]


def test_lists_without_a_child_are_kept_by_nobody(tmp_path: Path) -> None:
    head = SUPERVISION.strip().splitlines()[0].strip()
    sent = write_files(tmp_path / "sent", {"a.csv": f"{head}\n,,2014-01-06,CASE,,\n"})
    reading = read_return(sent, into=tmp_path / "read")
    assert reading.blocking == ["The lists hold no row with a child's reference, so there is nothing to keep."]


def test_a_workbook_says_its_day_in_a_title_and_its_cells_may_be_days(tmp_path: Path) -> None:
    path = tmp_path / "extract.xlsx"
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Sheet A")
    sheet.write(0, 0, "Oversight, as at 31 January 2014")
    for column, heading in enumerate(("CHILD REFERENCE", "Supervision date", "Kind of  supervision")):
        sheet.write(1, column, heading)
    sheet.write(2, 0, 4711)
    sheet.write_datetime(2, 1, date(2014, 1, 6), day)
    sheet.write(2, 2, "Reflective supervision")
    book.add_worksheet("Notes").write(0, 0, "For the manager")
    book.close()
    said = recognise(path)
    assert said is not None
    assert (said.kind, said.as_at) == ("oversight", DAY)
    assert said.words == "Oversight extract, case supervision, as at 31 January 2014"
    assert said.unknown == (
        "Notes is neither of the lists, and would not be read.",
        "There is no list of management decisions.",
    )
    reading = read_return(path, into=tmp_path / "read")
    assert reading.reference_date == DAY
    assert rows_of(reading, "case_supervision")[0]["supv_supervision_id"] == "4711|U|2014-01-06|REFL|1"


def test_the_same_bytes_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = read(tmp_path / "one"), read(tmp_path / "two")
    assert one.source_sha256 == other.source_sha256
    for table in ("case_supervision", "management_decisions", "faults"):
        assert (one.folder / f"{table}.parquet").read_bytes() == (other.folder / f"{table}.parquet").read_bytes()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SUPERVISION.replace("A1,,2013-12-05,REFL,,", 'A1,,2013-12-05,"REFL'), "a quotation mark is not closed"),
        (SUPERVISION.replace("REFL,,", "REFL,,,x,y"), "more values than headings"),
    ],
)
def test_a_file_cut_short_or_moved_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(UnreadableReturn, match=expected):
        read(tmp_path, {"a.csv": text})


@pytest.mark.parametrize(
    "text", ["Child reference,Referral date\nA1,2014-01-06\n", "Supervision date,Kind\n2014-01-06,CASE\n", "", "\0\0"]
)
def test_what_lacks_the_headings_is_not_taken_for_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    said = recognise(path)
    assert said is None or said.kind != "oversight"
