"""Says whether a file is a CIN census, and which, from its header or its first child: before it is kept or read.

Not here: what is wrong with a header (header.py). Rule: it never raises for what a file holds.
"""

from pathlib import Path
from typing import Any, Final

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.figure import date_words
from holdfast.analytics.returns.cin_census.blocks import local_name
from holdfast.analytics.returns.cin_census.header import codes, dated, text_of
from holdfast.analytics.returns.hardened_xml import XmlFile
from holdfast.analytics.returns.reading import Recognised

KIND: Final = "cin_census"
CHILD_BLOCKS: Final = frozenset({"ChildIdentifiers", "ChildCharacteristics", "CINdetails"})


def recognise(path: Path) -> Recognised | None:
    """What a file's header says, or None where it is no CIN census: another collection, or no record of a child."""
    header = _first(path, "Header")
    said = [] if header is None else list(header.iterdescendants())
    collection = text_of({"Collection": [one for one in said if local_name(one) == "Collection"]}, "Collection")
    if collection is None:
        child = _first(path, "Child")
        if child is None or CHILD_BLOCKS.isdisjoint(local_name(block) for block in child):
            return None
    elif collection.upper() != "CIN":
        return None
    return _in_words(header)


def _first(path: Path, name: str) -> Any | None:
    """The first element of this name in the file's beginning; None when there is none, or it cannot be read so far."""
    if not path.is_file():
        return None
    try:
        return XmlFile(KIND, "Message").beginning(path, (name,))
    except UnreadableReturn:
        return None


def _in_words(header: Any | None) -> Recognised:
    if header is None:
        return Recognised(KIND, "CIN census without a header at its beginning", None)
    said = dated(header)
    given = codes([one for one in header.iterdescendants() if local_name(one) == "LEA"])
    year, day = said.census_year, said.reference_date
    words = [
        f"CIN census {year - 1}/{year % 100:02}" if year else "CIN census of a year it does not say",
        f"authority {given[0]}" if given else "no authority given",
        f"reference date {date_words(day)}" if day else "no day given that it describes",
    ]
    return Recognised(KIND, ", ".join(words), day, authority=given[0] if given else None)
