"""Reads the header of a CIN census file: whose it is, which year, and what day it describes.

Rule: a header that is missing or odd is a fault, which says what was expected and what was found, and not a refusal;
only a file that says it is another collection is blocked, because its rows would mean something else. A reference date
that is the first day of a census year may mean its end, or the day on which somebody counted: it is not used.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from holdfast.analytics.figure import date_words
from holdfast.analytics.returns.cin_census.blocks import Blocks, local_name
from holdfast.analytics.returns.unknown import collection_words, meaning_words
from holdfast.analytics.returns.values import EPOCH, Dates

KNOWN = (
    frozenset({"CollectionDetails", "Source", "Collection", "Year", "ReferenceDate"})
    | frozenset({"SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo", "DateTime"})
    | frozenset({"Content", "CBDSLevels", "CBDSLevel"})
)
FIRST_YEAR, LAST_YEAR = 2009, 2100
Said = dict[str, list[Any]]


@dataclass
class Header:
    """What the header says; None where it does not. `undated`: why it gives no day, "" when it says nothing of one."""

    authority: str | None = None
    year: int | None = None
    reference_date: date | None = None
    blocking: list[str] = field(default_factory=list)
    undated: str = ""
    is_given: bool = False

    @property
    def census_year(self) -> int | None:
        """The year to 31 March whose census this is: as named, or as the reference date falls."""
        if self.year is not None or self.reference_date is None:
            return self.year
        return _ends_in(self.reference_date)


def dated(element: Any) -> Header:
    """The year and day of a header that stands after the children, without a word about what is wrong with it."""
    said = {
        name: text_of({name: [one]}, name) for one in element.iterdescendants() if (name := local_name(one)) in KNOWN
    }
    day = _day(said.get("ReferenceDate"), Dates())
    return Header(year=_year(said.get("Year")), reference_date=None if day is None or _is_start(day) else day)


def read_header(element: Any, blocks: Blocks) -> Header:
    """The header, with a fault for whatever it does not say as it should."""
    said: Said = {}
    for one in element.iterdescendants():
        name = local_name(one)
        if name in KNOWN:
            said.setdefault(name, []).append(one)
        else:
            blocks.unknown(one, "")
    header = Header(authority=_authority(said.get("LEA", []), element, blocks), is_given=True)
    year, dates = text_of(said, "Year"), Dates()
    header.year = _year(year)
    if header.year is None:
        found = "It is not that" if year else "There is none"
        _fault(blocks, element, "Year", f"a year from {FIRST_YEAR} to {LAST_YEAR} was expected. {found}.")
    header.reference_date = _day(text_of(said, "ReferenceDate"), dates)
    blocks.readers["date"].n_other += dates.n_other
    if header.reference_date is None:
        found = "It is not that" if text_of(said, "ReferenceDate") else "There is none"
        _fault(blocks, element, "ReferenceDate", f"a day, written YYYY-MM-DD, was expected. {found}.")
    _collection(header, text_of(said, "Collection"), element, blocks)
    _agree(header, element, blocks)
    return header


def _fault(blocks: Blocks, element: Any, name: str, words: str) -> None:
    blocks.outside("header", name, element, f"The header does not say its {name} as it should: {words}")


def _collection(header: Header, collection: str | None, element: Any, blocks: Blocks) -> None:
    if collection is None:
        _fault(blocks, element, "Collection", "CIN was expected. There is none.")
    elif collection.upper() != "CIN":
        header.blocking.append(
            f"The file's header says that it is another collection{collection_words(collection)} than the CIN census."
            f"{meaning_words(collection)}"
        )


def text_of(said: Said, name: str) -> str | None:
    found = [one.text.strip() for one in said.get(name, []) if one.text and one.text.strip()]
    return found[0] if found else None


def _authority(given: list[Any], element: Any, blocks: Blocks) -> str | None:
    """The three-digit code of the first Source block that has one."""
    good = codes(given)
    n_given = sum(bool(one.text and one.text.strip()) for one in given)
    if len(good) < max(n_given, 1):
        found = "What is there is not that" if n_given else "There is none"
        _fault(blocks, element, "LEA", f"three digits were expected. {found}.")
    if len(set(good)) > 1:
        blocks.outside("header-differs", "LEA", element)
    return good[0] if good else None


def codes(given: list[Any]) -> list[str]:
    """Those of the codes given that have three digits."""
    codes = [one.text.strip() for one in given if one.text]
    return [code for code in codes if len(code) == 3 and code.isascii() and code.isdigit()]


def _year(text: str | None) -> int | None:
    if text is not None and text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:6]) <= LAST_YEAR:
        return int(text)
    return None


def _day(text: str | None, dates: Dates) -> date | None:
    try:
        days = dates[text]
    except KeyError:
        return None
    return None if days is None else date.fromordinal(days + EPOCH)


def _ends_in(day: date) -> int:
    return (day + timedelta(days=275)).year  # a census year ends on 31 March


def _is_start(day: date) -> bool:
    return (day.month, day.day) == (4, 1)


def _agree(header: Header, element: Any, blocks: Blocks) -> None:
    """The reference date should be 31 March of the year named; one before it in that census year is a part-year."""
    day = header.reference_date
    if day is None:
        return
    ends_in = _ends_in(day)
    if header.year is not None and header.year != ends_in:
        words = f"it says {header.year}, and the ReferenceDate, {date_words(day)}, is of the census year {ends_in}."
        _fault(blocks, element, "Year", words)
    if _is_start(day):
        header.reference_date = None
        header.undated = (
            f"The header's ReferenceDate is {date_words(day)}, the first day of a census year: it may mean "
            f"31 March {ends_in}, or a day before it."
        )
        blocks.outside("year-start", "ReferenceDate", element, header.undated)
    elif (day.month, day.day) != (3, 31):
        blocks.outside("part-year", "ReferenceDate", element)
