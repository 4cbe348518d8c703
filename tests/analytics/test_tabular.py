"""Lists in spreadsheets and CSV: found under their headings whatever stands above, or refused in words that help."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics.books import with_part, write_book
from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.tabular import CUT_OFF, Tables, filled
from holdfast.workbooks.measuring import USUAL

KIND = "annex_a"
HEADER = ["Child Unique ID", "Date of Contact", "Contact Source"]
ROWS = [HEADER, ["A1", date(2014, 1, 2), "Police"], ["A2", date(2014, 1, 3), "Schools"]]
SHEET = "xl/worksheets/sheet1.xml"


def opened(path: Path) -> list[tuple[int, list[Any]]]:
    tables = Tables(path, KIND)
    sheet = tables.open(tables.names[0])
    assert sheet.header == tuple(HEADER)
    return [(number, list(cells)) for number, cells in sheet.rows]


def everything(path: Path) -> list[Any]:
    tables = Tables(path, KIND)
    return [list(tables.open(name).rows) for name in tables.names]


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableReturn) as caught:
        everything(path)
    assert "Nothing was read." in str(caught.value)
    return str(caught.value)


def test_a_workbook_gives_its_sheets_headings_and_rows_by_their_row(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"List 1": [*ROWS, [], ["A3", 41641.0, None]], "Notes": []})
    tables = Tables(path, KIND)
    assert tables.names == ("List 1", "Notes")
    sheet = tables.open("List 1")
    assert (sheet.header, sheet.header_row, sheet.above) == (tuple(HEADER), 1, ())
    assert [(number, list(cells)) for number, cells in sheet.rows] == [
        (2, ["A1", date(2014, 1, 2), "Police"]),
        (3, ["A2", date(2014, 1, 3), "Schools"]),
        (5, ["A3", 41641.0, ""]),
    ]
    assert tables.open("Notes").header == ()


def test_a_title_above_the_heading_row_and_blank_columns_beside_it_are_passed_over(tmp_path: Path) -> None:
    rows = [["List 1: Contacts, as at 31 January 2014"], [], *ROWS]
    path = write_book(tmp_path / "a.xlsx", {"List 1": [["", "", *row] for row in rows]})
    sheet = Tables(path, KIND).open("List 1")
    assert (sheet.header, sheet.header_row) == (tuple(HEADER), 3)
    assert sheet.above == ("List 1: Contacts, as at 31 January 2014",)
    assert [number for number, _ in sheet.rows] == [4, 5]


def test_a_merged_title_is_passed_over_and_a_merged_cell_in_the_list_refuses_the_file(tmp_path: Path) -> None:
    rows = [["Contacts"], *ROWS]
    path = write_book(tmp_path / "a.xlsx", {"List 1": rows}, lambda _, sheet: sheet.merge_range("A1:C1", "Contacts"))
    assert len(opened(path)) == 2
    path = write_book(tmp_path / "b.xlsx", {"List 1": rows}, lambda _, sheet: sheet.merge_range("A3:A4", "A1"))
    assert "merged cells in its list, at row 3" in refusal(path)


def test_a_formula_gives_the_result_saved_with_it_and_one_without_a_result_is_not_nothing(tmp_path: Path) -> None:
    def formulas(_: Any, sheet: Any) -> None:
        sheet.write_formula("C2", '="Po"&"lice"', None, "Police")
        sheet.write_formula("C3", "=NA()", None, "#N/A")

    path = write_book(tmp_path / "a.xlsx", {"List 1": ROWS}, formulas)
    assert [cells[2] for _, cells in opened(path)] == ["Police", CUT_OFF]
    with zipfile.ZipFile(path) as packed:
        held = packed.read(SHEET)
    unsaved = held.replace(b"<v>Police</v>", b"").replace(b"<v>#N/A</v>", b"<v></v>").replace(b't="e"', b"")
    assert unsaved != held
    assert [cells[2] for _, cells in opened(with_part(path, SHEET, unsaved))] == [CUT_OFF, CUT_OFF]


def test_hidden_sheets_are_left_out_and_named(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "a.xlsx", {"List 1": ROWS, "Lookups": ROWS}, lambda book, _: book.worksheets()[1].hide()
    )
    tables = Tables(path, KIND)
    assert (tables.names, tables.hidden) == (("List 1",), ["Lookups"])


def test_one_cell_far_away_fills_no_memory(tmp_path: Path) -> None:
    """The library that reads workbooks would make room for 17 thousand million cells, and end the whole process."""
    path = write_book(tmp_path / "a.xlsx", {"List 1": ROWS}, lambda _, sheet: sheet.write("XFD1048576", "x"))
    said = refusal(path)
    assert "row 1,048,576 and column 16,384" in said
    assert "Delete what stands far below or beside the list" in said


def test_blank_cells_far_away_that_only_carry_a_colour_do_not_matter(tmp_path: Path) -> None:
    def coloured(book: Any, sheet: Any) -> None:
        sheet.write_blank("XFD1048576", None, book.add_format({"bg_color": "red"}))

    assert len(opened(write_book(tmp_path / "a.xlsx", {"List 1": ROWS}, coloured))) == 2


def test_cells_that_do_not_say_where_they_are_are_measured_too(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"List 1": ROWS})
    far = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="900000">'
    far += b"<c><v>1</v></c>" * 10 + b"</row></sheetData></worksheet>"
    assert "row 900,000 and column 10" in refusal(with_part(path, SHEET, far))


def test_ten_million_blank_cells_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"List 1": ROWS})
    row = b'<row r="1">' + b'<c r="A1" s="1"/>' * 10_000 + b"</row>"
    blanks = b"<worksheet><sheetData>" + row * 1_000 + b"</sheetData></worksheet>"
    said = refusal(with_part(path, SHEET, blanks))
    assert "would unpack to 162 MB" in said
    assert "delete the rows and columns below" in said


def test_a_zip_bomb_is_refused_by_what_it_says_it_would_unpack_to(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"List 1": ROWS})
    assert "far more than lists of this kind hold" in refusal(
        with_part(path, "xl/sharedStrings.xml", b"0" * (40 << 20))
    )


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: with_part(path, "xl/vbaProject.bin", b"x"), "holds macros"),
        (lambda path: path.write_bytes(path.read_bytes()[:-400]), "damaged or cut short"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600), "old Excel form"),
        (
            lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")),
            "locked with a password",
        ),
        (lambda path: with_part(path, "xl/workbook.xml", b"<workbook"), "damaged or cut short"),
        (
            lambda path: with_part(path, "xl/workbook.xml", b'<workbook><workbookPr date1904="1"/></workbook>'),
            "counts its days from 1904",
        ),
        (lambda path: path.write_bytes(b"\x00\x01\x02" * 50), "neither a workbook nor text"),
        (lambda path: path.write_bytes(b"\n\n,,\n"), "every line of it is empty"),
    ],
    ids=["macros", "cut short", "empty", "xls", "locked", "broken", "1904", "binary", "blank lines"],
)
def test_what_cannot_be_opened_is_refused_with_what_to_do(tmp_path: Path, spoil: Any, words: str) -> None:
    path = write_book(tmp_path / "a.xlsx", {"List 1": ROWS})
    spoil(path)
    assert words in refusal(path)


LINES = [",".join(HEADER), "A1,02/01/2014,Police", "A2,03/01/2014,“Zoë’s school”"]
TEXT_ROWS = [(2, ["A1", "02/01/2014", "Police"]), (3, ["A2", "03/01/2014", "“Zoë’s school”"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\r\n", "\n", ""])
def test_text_is_read_however_it_is_written(tmp_path: Path, encoding: str, mark: str, ending: str) -> None:
    path = tmp_path / "List 1.csv"
    path.write_bytes(("\r\n".join(LINES) + ending).replace(",", mark).encode(encoding))
    assert opened(path) == TEXT_ROWS


def test_a_short_line_is_filled_up_and_a_title_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "List 1.csv"
    path.write_text("Contacts\n\n" + "\n".join([LINES[0], "A1,02/01/2014", "A2,,"]) + "\n")
    assert opened(path) == [(4, ["A1", "02/01/2014", ""]), (5, ["A2", "", ""])]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([LINES[0], "A1,02/01/2014,Police, Exeter"], "line 2: there are more values than headings. A comma"),
        ([LINES[0], LINES[1], "A2,03/01"], "line 3: the last line ends in its middle"),
        ([LINES[0], LINES[1], 'A2,"03/01/2014,Police'], "a quotation mark is not closed"),
    ],
    ids=["longer", "cut short", "quotation"],
)
def test_a_line_that_may_have_moved_its_values_refuses_the_file(tmp_path: Path, lines: list[str], words: str) -> None:
    path = tmp_path / "List 1.csv"
    path.write_text("\n".join(lines))
    assert words in refusal(path)


@pytest.mark.parametrize(("n_sound", "is_read"), [(9, True), (8, False)])
def test_a_reader_that_says_so_leaves_out_one_line_in_ten_with_more_values_than_headings(
    tmp_path: Path, n_sound: int, is_read: bool
) -> None:
    path = tmp_path / "List 1.csv"
    sound = [f"A{n},02/01/2014,Police" for n in range(n_sound)]
    path.write_text("\n".join([LINES[0], sound[0], "A99,02/01/2014,Police, Exeter", *sound[1:]]) + "\n")
    sheet = Tables(path, KIND).open("List 1", leaves_out=True)
    if not is_read:
        with pytest.raises(UnreadableReturn, match="line 3 and 1 of 9 in all: there are more values than headings"):
            list(sheet.rows)
        return
    assert [cells[0] for _, cells in sheet.rows] == [f"A{n}" for n in range(n_sound)]
    assert sheet.moved == [3]


def test_text_in_no_known_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "List 1.csv"
    path.write_bytes(b"a,b\n\x81\x8d,\xff\n")
    assert "no form that is known" in refusal(path)


def test_a_folder_is_its_files_and_what_is_no_list_is_named(tmp_path: Path) -> None:
    (tmp_path / "List 1.csv").write_text("\n".join(LINES))
    (tmp_path / "List 2.csv").write_text("\n".join(LINES))
    (tmp_path / "Readme.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / ".hidden.csv").write_text("x")
    tables = Tables(tmp_path, KIND)
    assert tables.names == ("List 1", "List 2")
    assert tables.others == ["Readme.pdf"]
    assert [number for number, _ in tables.open("List 2").rows] == [2, 3]


def test_the_heading_row_is_the_one_with_the_most_words() -> None:
    assert filled(["a", "b", "b", "", "3"]) == 2
    assert USUAL.grid < 10_000_000
