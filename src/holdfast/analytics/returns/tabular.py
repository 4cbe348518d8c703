"""Opens lists that people keep in spreadsheets: sheets of an .xlsx workbook, or CSV files, as a heading row and rows.

A title above the heading row is passed over; the row that `score` knows most of is the heading row. A workbook is
measured before it is opened (workbook.py, and the room workbooks); CSV may be UTF-8, UTF-16 or Windows-1252, with any
usual mark between values. Not here: what a heading or a cell means. Rule: what may have moved a value into another
column or row (merged cells, a line with more values than headings, a file cut short) refuses the file; a reader that
says which such lines it left out may have the others. Nothing is put right by guessing.
"""

import codecs
import csv
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.headings import is_heading_row, may_be_headings
from holdfast.analytics.returns.tolerant import Cell, plain, tidy
from holdfast.analytics.returns.workbook import check_packed, measured, refused
from holdfast.workbooks.measuring import Extent, sheet_parts

HEADING_WITHIN = 25  # rows from the top
CUT_OFF = "#"  # stands for what a cell holds and does not give: no reader understands it
DELIMITERS = ",;\t|"
READS_AS_TEXT = (".csv", ".txt", ".tsv")
PIECE_OF_TEXT = 1 << 20
MOST_MOVED = 10  # one line in so many, at the most, may be left out

Score = Callable[[Sequence[str]], int]
"""How much a row looks like the heading row, from its texts: the first of the rows with the most is."""


@dataclass(frozen=True)
class Sheet:
    """One list. `header` has "" for a column without a heading; `header_row` is its row in the file, from 1.

    `rows` gives each row after it that is not empty, with its row in the file, and as many cells as the header has.
    `above` are the texts over the heading row, `below` those of the first rows under it, and `is_first` says whether no
    row over it is as wide. A sheet without any heading has an empty `header` and no rows.
    """

    name: str
    header: tuple[str, ...]
    header_row: int
    rows: Iterator[tuple[int, Sequence[Cell]]]
    above: tuple[str, ...] = ()
    n_formulas: int = 0
    below: tuple[Sequence[str], ...] = ()
    is_first: bool = True
    is_said: bool = False
    """Whether somebody said which row it is."""
    first_column: int = 0
    """The place in the file of the column that `header` begins with, from 0."""
    moved: list[int] = field(default_factory=list)
    """The lines left out since they have more values than there are headings; known when the rows were gone through."""

    def is_headed(self, n_known: int = 0) -> bool:
        """Whether its header is one, of which `n_known` headings are known; False where it may be a row of values."""
        if self.is_said:
            return may_be_headings(self.header, self.below, n_known)
        return self.is_first and is_heading_row(self.header, self.below, n_known)


def filled(texts: Sequence[str]) -> int:
    """The score of a row where no heading is known: how many different words stand in it."""
    return len({text for text in texts if text[:1].isalpha()})


class Tables:
    """The lists of one workbook, one CSV file, or a folder of either. `names` in their order; `open` gives one.

    `hidden`: sheets that nobody sees in the workbook, which are left out. Raises UnreadableReturn.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self.path, self.kind = path, kind
        self._places: dict[str, tuple[Path, str]] = {}
        self._books: dict[Path, Any] = {}
        self._parts: dict[Path, Mapping[str, str]] = {}
        self.hidden: list[str] = []
        self.others: list[str] = []
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            self._add(file)
        if not self._places:
            raise refused(
                kind, "There is no list in it that can be seen: an .xlsx workbook or CSV files were expected."
            )

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._places)

    @property
    def is_workbook(self) -> bool:
        return self.path in self._books

    def _add(self, file: Path) -> None:
        if not file.is_file() or file.name.startswith((".", "~$")):
            return
        with file.open("rb") as opened:
            start = opened.read(4)
        if start.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
            self._add_book(file)
        elif self.path.is_dir() and file.suffix.lower() not in READS_AS_TEXT:
            self.others.append(file.name)
        elif not start:
            raise refused(self.kind, f"{file.name if self.path.is_dir() else 'It'} is empty.")
        else:
            self._places[self._free(file.stem)] = (file, "")

    def _add_book(self, file: Path) -> None:
        from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

        check_packed(file, self.kind)
        try:
            book = CalamineWorkbook.from_path(file)
            self._parts[file] = sheet_parts(file)
        except (CalamineError, ValueError, OSError, KeyError, ParseError, zipfile.BadZipFile) as odd:
            raise refused(self.kind, "The workbook is damaged or cut short, so it cannot be opened.") from odd
        self._books[file] = book
        for sheet in book.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            if sheet.visible != SheetVisibleEnum.Visible:
                self.hidden.append(sheet.name)
            else:
                self._places[self._free(sheet.name)] = (file, sheet.name)

    def _free(self, name: str) -> str:
        return name if name not in self._places else f"{name} ({len(self._places)})"

    def open(self, name: str, score: Score = filled, *, leaves_out: bool = False, row: int | None = None) -> Sheet:
        """One list. Its rows are gone through once. Raises UnreadableReturn, also while they are.

        `leaves_out`: lines with more values than headings are left out, and `moved` says which, up to one in ten.
        `row`: the heading row by its number in the file, as somebody said it; None, or of a row that is not there: by
        `score`.
        """
        file, sheet = self._places[name]
        if file in self._books:
            return self._sheet_of_book(file, sheet, name, score, row)
        return _sheet_of_text(file, name, score, self.kind, leaves_out=leaves_out, row=row)

    def first_rows(self, name: str, score: Score = filled) -> list[tuple[int, list[str]]]:
        """The texts of the rows that headings are looked for in, each with its row in the file, from 1."""
        file, sheet = self._places[name]
        if file in self._books:
            beginning, _ = self._beginning(file, sheet)
            top = [(beginning.start[0] + n, row) for n, row in enumerate(beginning.rows, 1)]
        else:
            encoding = encoding_of(file, self.kind)
            top = _first_lines(file, encoding, _mark_of(file, encoding, score))
        return [(number, [plain(cell) for cell in row]) for number, row in top]

    def _beginning(self, file: Path, sheet: str) -> "tuple[Beginning, Any]":
        """A sheet's beginning, and the sheet, which is None where its beginning is known already."""
        stat = file.stat()
        kept = _kept_beginnings((stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns), sheet)
        if kept:
            return kept[0], None
        extent = measured(file, self._parts[file][sheet], self.kind)
        opened = _opened(self._books[file], sheet, self.kind)
        top = [] if opened.start is None else opened.to_python(skip_empty_area=True, nrows=HEADING_WITHIN)
        merged = tuple((one[0][0], one[1][0]) for one in opened.merged_cell_ranges or ())
        kept.append(Beginning(opened.start or (0, 0), top, merged, extent))
        return kept[0], opened

    def _sheet_of_book(self, file: Path, sheet: str, name: str, score: Score, row: int | None) -> Sheet:
        beginning, opened = self._beginning(file, sheet)
        (first_row, first_column), top, extent = beginning.start, beginning.rows, beginning.extent
        if not top:
            return Sheet(name, (), 0, iter(()))
        place, header, around = _heading(top, score, None if row is None else row - 1 - first_row)
        at = first_row + place
        if any(last >= at for _, last in beginning.merged):
            places = sorted(first + 1 for first, last in beginning.merged if last >= at)
            raise refused(
                self.kind,
                f"The sheet {name[:60]} has merged cells in its list, at row {places[0]:,}, so it is not said which "
                "row or column a value is of. Unmerge them, fill in each cell, and save it again.",
            )
        hidden = {(row, column - first_column) for row, column in extent.hidden}
        rows = _rows_of_book(lambda: opened or _opened(self._books[file], sheet, self.kind), at, hidden)
        header += ("",) * (len(top[place]) - len(header))
        n_formulas = extent.n_formulas
        return Sheet(name, header, at + 1, rows, n_formulas=n_formulas, first_column=first_column, **around._asdict())


class Beginning(NamedTuple):
    """What is known of a workbook's sheet without its rows: where it begins, the rows its headings are looked for in,
    the first and last row of each merged area, and how far it reaches."""

    start: tuple[int, int]
    rows: list[list[Cell]]
    merged: tuple[tuple[int, int], ...]
    extent: Extent


@lru_cache(maxsize=40)
def _kept_beginnings(file: tuple[int, ...], sheet: str) -> list[Beginning]:
    """Where the beginning of a sheet is kept once it was opened: a page that asks of a workbook opens it many times."""
    return []


def _opened(book: Any, sheet: str, kind: str) -> Any:
    from python_calamine import CalamineError

    try:
        return book.get_sheet_by_name(sheet)
    except (CalamineError, ValueError, OSError) as odd:
        raise refused(kind, "The workbook is damaged or cut short, so it cannot be opened.") from odd


def _rows_of_book(
    opened: Callable[[], Any], heading: int, hidden: set[tuple[int, int]]
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows after the heading's, which is counted from 0 as they are; the library gives them from the first."""
    in_rows = {row for row, _ in hidden}
    for number, cells in enumerate(opened().iter_rows()):
        if number <= heading:
            continue
        if number in in_rows:
            cells = [CUT_OFF if (number, at) in hidden else cell for at, cell in enumerate(cells)]
        if cells.count("") < len(cells):
            yield number + 1, cells


class Around(NamedTuple):
    """What stands over and under a heading row, as a Sheet says it."""

    above: tuple[str, ...]
    below: tuple[Sequence[str], ...]
    is_first: bool
    is_said: bool


def _heading(
    top: Sequence[Sequence[Cell]], score: Score, said: int | None = None
) -> tuple[int, tuple[str, ...], Around]:
    """The place of the heading row among the first, its headings to the last that is filled, and what is around it.

    `said`: the place that somebody gave.
    """
    texts = [[plain(cell) for cell in row] for row in top]
    scores = [score(row) for row in texts]
    is_said = said is not None and 0 <= said < len(texts) and any(texts[said])
    place = said if said is not None and is_said else scores.index(max(scores))
    header = texts[place]
    while header and not header[-1]:
        header.pop()
    above = texts[:place]
    is_first = all(2 * sum(map(bool, row)) < sum(map(bool, header)) for row in above)
    over = tuple(text for row in above for text in row if text)
    return place, tuple(header), Around(over, tuple(texts[place + 1 :]), is_first, is_said)


def encoding_of(file: Path, kind: str) -> str:
    """How the text of a file is written. Raises UnreadableReturn for what is no text."""
    with file.open("rb") as opened:
        start = opened.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    n_nought = start.count(b"\0")
    if n_nought:
        if n_nought * 3 > len(start) and n_nought * 5 < len(start) * 3:
            return "utf-16-le" if start[1::2].count(b"\0") > start[::2].count(b"\0") else "utf-16-be"
        raise refused(kind, "The file is neither a workbook nor text.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            with file.open(encoding=encoding, newline="") as text:
                while text.read(PIECE_OF_TEXT):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise refused(kind, "The text of the file is in no form that is known. Save it as “CSV UTF-8”.")


def _sheet_of_text(
    file: Path, name: str, score: Score, kind: str, *, leaves_out: bool, row: int | None = None
) -> Sheet:
    encoding = encoding_of(file, kind)
    best = _mark_of(file, encoding, score)
    top = [row for _, row in _first_lines(file, encoding, best)]
    if not any(any(row) for row in top):
        raise refused(kind, f"{file.name if file.suffix else 'The file'} holds no list: every line of it is empty.")
    numbers = [number for number, _ in _first_lines(file, encoding, best)]
    place, header, around = _heading(top, score, numbers.index(row) if row in numbers else None)
    moved = list[int]()
    rows = _rows_of_text(file, encoding, best, place, len(header), kind, moved if leaves_out else None)
    return Sheet(name, header, numbers[place], rows, moved=moved, **around._asdict())


def _mark_of(file: Path, encoding: str, score: Score) -> str:
    """The mark that stands between the values of a file: the one by which its headings are known best."""
    return max(DELIMITERS, key=lambda mark: _best_score(file, encoding, mark, score))


def _best_score(file: Path, encoding: str, mark: str, score: Score) -> int:
    return max((score([tidy(text) for text in row]) for _, row in _first_lines(file, encoding, mark)), default=0)


def _lines(file: Path, encoding: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    with file.open(encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=mark, strict=True)
        for row in reader:
            yield reader.line_num, row


def _first_lines(file: Path, encoding: str, mark: str) -> list[tuple[int, list[str]]]:
    found = []
    try:
        for line in _lines(file, encoding, mark):
            found.append(line)
            if len(found) == HEADING_WITHIN:
                break
    except (csv.Error, UnicodeDecodeError):
        pass  # said with its line when the rows are gone through
    return found


def _rows_of_text(
    file: Path, encoding: str, mark: str, place: int, width: int, kind: str, moved: list[int] | None
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows under the headings. `moved` takes the lines that are left out; None: the first refuses the file."""
    number, row, n_rows = 0, list[str](), 0
    try:
        for at, (number, row) in enumerate(_lines(file, encoding, mark)):
            if at <= place or not any(row):
                continue
            n_rows += 1
            if any(text.strip() for text in row[width:]):
                if moved is None:
                    raise _moved(file, mark, kind, f"line {number:,}")
                moved.append(number)
                continue
            yield number, [*row[:width], *[""] * (width - len(row))]
    except (csv.Error, UnicodeDecodeError) as odd:
        is_long = "field larger" in str(odd)
        what = "a value is longer than any list holds" if is_long else "the file is cut short"
        raise refused(kind, f"{file.name}, after line {number:,}: a quotation mark is not closed, or {what}.") from odd
    if row and len(row) < width and any(row) and not _ends_its_line(file):
        raise refused(kind, f"{file.name}, line {number:,}: the last line ends in its middle. The file is cut short.")
    if moved and len(moved) * MOST_MOVED > n_rows:
        raise _moved(file, mark, kind, f"line {moved[0]:,} and {len(moved):,} of {n_rows:,} in all")


def _moved(file: Path, mark: str, kind: str, where: str) -> UnreadableReturn:
    return refused(
        kind,
        f"{file.name}, {where}: there are more values than headings. A {_mark_words(mark)} "
        "inside a value has to stand in quotation marks.",
    )


def _mark_words(mark: str) -> str:
    return {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}[mark]


def _ends_its_line(file: Path) -> bool:
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - 4))
        end = opened.read()
    return b"\n" in end or b"\r" in end
