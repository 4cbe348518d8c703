"""Reads the header of a CIN census file: whose it is, which year, and what day it describes.

Rule: a header that is missing or odd is a fault, not a refusal; only a file that says it is another collection is
blocked, because its rows would mean something else.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from holdfast.analytics.returns.cin_blocks import Blocks, local_name
from holdfast.analytics.returns.values import EPOCH

KNOWN = frozenset({"CollectionDetails", "Source", "Collection", "Year", "ReferenceDate"}) | frozenset(
    {"SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo", "DateTime"}
)
FIRST_YEAR, LAST_YEAR = 2009, 2100


@dataclass
class Header:
    """What the header says; None where it does not."""

    authority: str | None = None
    year: int | None = None
    reference_date: date | None = None
    blocking: list[str] = field(default_factory=list)
    is_given: bool = False


def read_header(element: Any, blocks: Blocks) -> Header:
    """The header, with a fault for whatever it does not say as it should."""
    said: dict[str, list[Any]] = {}
    for one in element.iterdescendants():
        name = local_name(one)
        if name in KNOWN:
            said.setdefault(name, []).append(one)
        else:
            blocks.unknown(one, "")
    header = Header(
        authority=_authority(said.get("LEA", []), element, blocks),
        year=_year(_text(said, "Year"), element, blocks),
        reference_date=_reference_date(said, element, blocks),
        is_given=True,
    )
    collection = _text(said, "Collection")
    if collection is None:
        blocks.outside("header", "Collection", element)
    elif collection.upper() != "CIN":
        header.blocking.append("The file's header says that it is another collection than the CIN census.")
    _agree(header, element, blocks)
    return header


def _text(said: dict[str, list[Any]], name: str) -> str | None:
    found = [one.text.strip() for one in said.get(name, []) if one.text and one.text.strip()]
    return found[0] if found else None


def _authority(given: list[Any], element: Any, blocks: Blocks) -> str | None:
    """The three-digit code of the first Source block that has one."""
    codes = [one.text.strip() for one in given if one.text and one.text.strip()]
    good = [code for code in codes if len(code) == 3 and code.isascii() and code.isdigit()]
    if len(good) < max(len(codes), 1):
        blocks.outside("header", "LEA", element)
    if len(set(good)) > 1:
        blocks.outside("header-differs", "LEA", element)
    return good[0] if good else None


def _year(text: str | None, element: Any, blocks: Blocks) -> int | None:
    if text is not None and text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:6]) <= LAST_YEAR:
        return int(text)
    blocks.outside("header", "Year", element)
    return None


def _reference_date(said: dict[str, list[Any]], element: Any, blocks: Blocks) -> date | None:
    text = _text(said, "ReferenceDate")
    try:
        days = blocks.readers["date"][text]
    except KeyError:
        days = None
    if days is None:
        blocks.outside("header", "ReferenceDate", element)
        return None
    return date.fromordinal(days + EPOCH)


def _agree(header: Header, element: Any, blocks: Blocks) -> None:
    """The reference date should be 31 March of the year named; one before it in that census year is a part-year."""
    day = header.reference_date
    if day is None:
        return
    if (day.month, day.day) != (3, 31):
        blocks.outside("part-year", "ReferenceDate", element)
    ends_in = (day + timedelta(days=275)).year  # a census year ends on 31 March
    if header.year is not None and header.year != ends_in:
        blocks.outside("header", "Year", element)
