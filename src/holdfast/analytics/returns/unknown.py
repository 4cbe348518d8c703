"""Why no reader recognises a file, in words for whoever sent it.

Rule: of what the file holds, only the name of a collection is said, and only one that could be no value of a child.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.hardened_xml import XmlFile

COLLECTIONS: Final = {
    "CLA": "children looked after",
    "CSWW": "the social work workforce",
    "SCHOOL": "the school census",
}
SAYABLE: Final = re.compile(r"[A-Za-z0-9]{1,12}", re.ASCII)


def why_unknown(path: Path, titles: Iterable[str]) -> UnreadableReturn:
    """The refusal that reading it would end in. `titles` are the kinds that can be read."""
    known = f"any return that can be read: {', '.join(titles)}."
    if path.is_dir():
        return UnreadableReturn("return", expected=f"Together these files are not {known}")
    try:
        collection = _collection(path)
    except UnreadableReturn as problem:
        return problem
    if not collection:
        return UnreadableReturn("return", expected=f"Its beginning is not that of {known}")
    named, meaning = collection_words(collection), meaning_words(collection)
    return UnreadableReturn(
        "return", expected=f"Its header says that it is another collection{named} than {known}{meaning}"
    )


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
