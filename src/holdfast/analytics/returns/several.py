"""A return of several files: which files it has, its hash, and the rows of a CSV among them.

Not here: what a file holds (each reader). Rule: memory is bounded whatever a file's size, and the same files give the
same hash whatever the order they come in.
"""

import codecs
import csv
import hashlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.tabular import HEADING_WITHIN, Tables, filled

NOT_TEXT = {
    b"PK": "a compressed file or workbook",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"<?xml": "an XML file",
}


def files_of(path: Path) -> list[Path]:
    """The file itself, or the files of a folder and of the folders in it, in order of name; hidden ones left out."""
    if path.is_file():
        return [path]
    found = (each for each in path.rglob("*") if each.is_file() and not each.name.startswith((".", "~$")))
    return sorted(found, key=lambda each: each.relative_to(path).as_posix())


def hash_of(path: Path) -> str:
    """SHA-256 of a file's bytes; of a folder, of its files' names and hashes in order of name."""
    files = files_of(path)
    if path.is_file():
        return _sha256(path)
    whole = hashlib.sha256()
    for each in files:
        whole.update(f"{each.relative_to(path).as_posix()}\0{_sha256(each)}\n".encode())
    return whole.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def header_of(path: Path) -> list[str] | None:
    """The headings of a CSV, stripped: of its first lines the one that `csv_rows` takes for them; None when it does not
    begin as one. Never raises."""
    try:
        with path.open("rb") as file:
            head = file.read(64 * 1024)
        text = head.decode(_encoding(head), errors="ignore").lstrip("\ufeff")
        lines = [line for line in islice(text.splitlines(), HEADING_WITHIN) if line.strip()]
        if not lines or "\0" in lines[0] or any(head.startswith(mark) for mark in NOT_TEXT):
            return None
        rows = [[cell.strip() for cell in next(csv.reader([line], delimiter=_delimiter(line)))] for line in lines]
        return max(rows, key=filled)
    except (OSError, csv.Error, LookupError):
        return None


def csv_rows(path: Path, kind: str, moved: list[int] | None = None) -> Iterator[tuple[int, list[str]]]:
    """Each row of a CSV with its line, the headings first; empty rows are passed over. Raises UnreadableReturn.

    `moved` takes the lines with more values than headings, which are left out, up to one in ten; None: the first
    refuses the file.
    """
    with path.open("rb") as file:
        head = file.read(8)
    for mark, what in NOT_TEXT.items():
        if head.startswith(mark):
            raise UnreadableReturn(kind, expected=f"The file {path.name[:60]} is {what}; a CSV was expected.")
    tables = Tables(path, kind)
    sheet = tables.open(tables.names[0], leaves_out=moved is not None)
    yield sheet.header_row, list(sheet.header)
    for line, cells in sheet.rows:
        yield line, [str(cell) for cell in cells]
    if moved is not None:
        moved += sheet.moved


def _encoding(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        if n_nought := head.count(b"\0"):  # as encoding_of tells it, of a beginning alone
            is_little = head[1::2].count(b"\0") > n_nought // 2
            return "utf-16-le" if is_little else "utf-16-be"
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter(first: str) -> str:
    return max((",", ";", "\t", "|"), key=first.count)
