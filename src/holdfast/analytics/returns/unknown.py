"""Why no reader recognises a file, in words for whoever sent it.

Rule: of what the file holds, only the name of a collection is said, and only one that could be no value of a child.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.hardened_xml import XmlFile
from holdfast.analytics.returns.several import header_of
from holdfast.analytics.returns.tabular import Tables

COLLECTIONS: Final = {
    "CLA": "children looked after, of which the CSV files are read: send those together",
    "CSWW": "the social work workforce",
    "SCHOOL": "the school census",
}
NO_RETURN: Final = {
    b"MZ": "a program, which is never opened",
    b"\x7fELF": "a program, which is never opened",
    b"\xca\xfe\xba\xbe": "a program, which is never opened",
    b"\xcf\xfa\xed\xfe": "a program, which is never opened",
    b"#!": "a program, which is never opened",
    b"%PDF": "a PDF. Send the file that it was made from",
    b"\x89PNG": "a picture. Send the file that it was made from",
    b"\xff\xd8\xff": "a picture. Send the file that it was made from",
    b"GIF8": "a picture. Send the file that it was made from",
    b"{\\rtf": "a text document. Send the file that its tables were made from",
    b"\x1f\x8b": "packed in a way that is not opened. Send it unpacked, or as a zip",
    b"7z\xbc\xaf\x27\x1c": "packed in a way that is not opened. Send it unpacked, or as a zip",
    b"Rar!": "packed in a way that is not opened. Send it unpacked, or as a zip",
    b"SQLite format 3": "a database. Send its tables as CSV or Parquet files",
}
"""What no return is, by how such a file begins."""
TO_MATCH: Final = (
    "If it is a list with headings of your own, say what they mean first: match its columns on the page of what is "
    "being submitted, or with holdfast headings."
)
MAY_BE_A_WORKBOOK: Final = (b"PK", b"\xd0\xcf\x11\xe0")
SAYABLE: Final = re.compile(r"[A-Za-z0-9]{1,12}", re.ASCII)


def why_unknown(path: Path, titles: Iterable[str]) -> UnreadableReturn:
    """The refusal that reading it would end in. `titles` are the kinds that can be read."""
    known = f"any return that can be read: {', '.join(titles)}."
    if path.is_dir():
        return UnreadableReturn("return", expected=f"Together these files are not {known}")
    if what := what_else(path):
        return UnreadableReturn("return", expected=f"It is {what}.")
    try:
        if _beginning(path).startswith(MAY_BE_A_WORKBOOK):
            _open_all(path)
        collection = _collection(path)
    except UnreadableReturn as problem:
        return problem
    if not collection:
        is_table = _beginning(path).startswith(MAY_BE_A_WORKBOOK) or len(header_of(path) or ()) > 1
        match = f" {TO_MATCH}" if is_table else ""
        return UnreadableReturn("return", expected=f"Its beginning is not that of {known}{match}")
    named, meaning = collection_words(collection), meaning_words(collection)
    return UnreadableReturn(
        "return", expected=f"Its header says that it is another collection{named} than {known}{meaning}"
    )


def what_else(path: Path) -> str:
    """What a file is that no return is, in words after "It is"; "" for one that may be a return."""
    start = _beginning(path)
    return next((words for mark, words in NO_RETURN.items() if start.startswith(mark)), "")


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(16)


def _open_all(path: Path) -> None:
    """Open every sheet of a workbook. Raises UnreadableReturn with what is wrong with the first that cannot be."""
    tables = Tables(path, "return")
    for name in tables.names:
        tables.open(name)


def _collection(path: Path) -> str:
    """The collection that a file's header names, "" where it is not XML or names none. Raises UnreadableReturn."""
    file = XmlFile("return", "Message")
    header = file.beginning(path, ("Header",)) if file.is_meant(path) else None
    named = [] if header is None else [one.text.strip() for one in header.iterdescendants("{*}Collection") if one.text]
    return named[0] if named else ""


def collection_words(collection: str) -> str:
    """ ", CLA,": the name of a collection inside a sentence, or "" when it is no name of one."""
    return f", {collection}," if SAYABLE.fullmatch(collection) else ""


def meaning_words(collection: str) -> str:
    """ " That is children looked after.", or "" for a collection we know nothing of."""
    meaning = COLLECTIONS.get(collection.upper())
    return f" That is {meaning}." if meaning else ""
