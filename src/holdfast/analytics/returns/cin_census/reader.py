"""Reads a CIN census file (XML, 2017 to 2026) into canonical tables and faults, child by child.

Not here: safe opening (hardened_xml.py), shapes (shapes.py), rules (rules.py), writing (writing.py). Rule: one
bad value costs one cell, never a row; what cannot be read at all is refused whole. Elements are matched by their local
name, in any order. Ids follow from the contents alone, so the same episode in two files has the same id.
"""

import hashlib
from dataclasses import replace
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

from holdfast.analytics.calendar import financial_year_of
from holdfast.analytics.progress import megabytes_of, tell
from holdfast.analytics.returns.cin_census import shapes
from holdfast.analytics.returns.cin_census.blocks import Blocks, local_name
from holdfast.analytics.returns.cin_census.episodes import Episodes
from holdfast.analytics.returns.cin_census.header import Header, dated, read_header
from holdfast.analytics.returns.cin_census.losses import losses, other_forms
from holdfast.analytics.returns.cin_census.recognising import KIND, recognise
from holdfast.analytics.returns.hardened_xml import XmlFile
from holdfast.analytics.returns.reading import Gives, Reader, Reading
from holdfast.analytics.returns.values import EPOCH, Coded
from holdfast.analytics.returns.writing import Gathered
from holdfast.analytics.tables.contracts import TABLES

CHILDREN_AT_ONCE = 6_000
OUTSIDE = frozenset({"Message", "Children"})
KNOWN_OUTSIDE = frozenset({"Header", "Children", "Child"})
SEX, BORN = shapes.PERSON.columns.index("pers_sex"), shapes.PERSON.columns.index("pers_dob")
NEEDED_OF_PERSON = itemgetter(*map(shapes.PERSON.columns.index, shapes.PERSON.required))
REFERENCE_FORM_FROM = 2025  # rules 1570 and 1580 came with the census of 2024/25
# The blocks that came later than 2017, and the first census year that has them: before it they answer for no day.
FIRST_ASKED = {"cin_plans": 2022, "pre_proceedings": 2026}
# What a block holds for another table (the conference's dates), or to be turned (GenderCurrent), is not its table's.
FILLED = {
    shape.table: tuple(name for name in shape.filled if name in TABLES[shape.table].column_names)
    for shape in shapes.SHAPES
    if shape.table
}


def gives(as_at: date) -> Gives:
    """What a census as at a day gives: its tables from 1 April on or before it, which is when its year began."""
    year = int(financial_year_of(as_at).removeprefix("FY"))
    asked = [table for table in FILLED if FIRST_ASKED.get(table, year) <= year]
    return Gives(FILLED, dict.fromkeys(asked, date(year - 1, 4, 1)))


def read_cin_census(path: Path, into: Path) -> Reading:
    """The file's tables and faults, as Parquet in `into`. Raises UnreadableReturn, leaving nothing of use behind."""
    file, hashing = XmlFile("cin_census", "Message"), hashlib.sha256()
    with Gathered(into, FILLED) as gathered:
        census = Census(gathered, file, path)

        def saw(chunk: bytes) -> None:
            gathered.aside(hashing.update, chunk)
            census.passed(len(chunk))

        for element in file.elements(path, ("Header", "Child"), saw):
            census.take(element)
        census.finish(file.first)
    return replace(
        gathered.reading(KIND, hashing.hexdigest(), gives, blocking=census.blocking),
        authority=census.header.authority,
        year=census.header.year,
        reference_date=census.header.reference_date,
        lost=losses(gathered, census.blocks, census.n_children, census.n_unkeyable),
        undated=census.header.undated,
    )


READER = Reader("CIN census", read_cin_census, gives, recognise)


class Census:
    """One file being read: what has been seen, and where rows go."""

    def __init__(self, gathered: Gathered, file: XmlFile, path: Path) -> None:
        self.file, self.path = file, path
        self.readers = readers = shapes.readers()
        self.gathered, self.blocks = gathered, Blocks(gathered, readers)
        self.episodes = Episodes(gathered, self.blocks, readers)
        self.disabilities = readers["disability"]
        self.add_person, self.add_disability = gathered.tables["person"].add, gathered.tables["disability"].add
        self.rows_of_person = gathered.tables["person"]
        self.header = Header()
        self.census_year: int | None = None
        self.n_children = self.n_unkeyable = 0
        self.n_bytes, self.n_bytes_in_all = 0, path.stat().st_size
        self.other_records: set[str] = set()
        # Each child's referral dates so far, for the place of a second referral on one day.
        self.seen: dict[str, str] = {}

    def take(self, element: Any) -> None:
        """Read one Header or Child, and let go of it and of everything before it."""
        if local_name(element) == "Header":
            self.header = read_header(element, self.blocks)
            self._hold_to(self.header)
            element.clear(keep_tail=True)
            return
        if self.n_children == 0 and not self.header.is_given:
            self._hold_to(_header_after(self.path))
        self.n_children += 1
        self._child(element)
        element.clear(keep_tail=True)
        previous = element.getprevious()
        while previous is not None:
            if previous.tail or previous.tag != element.tag:
                self.blocks.nobody()
                self.blocks.passed(previous, KNOWN_OUTSIDE)
            element.getparent().remove(previous)
            previous = element.getprevious()
        if self.n_children % CHILDREN_AT_ONCE == 0:
            self.gathered.flush()

    def passed(self, n_bytes: int) -> None:
        """So many more bytes of the file are read: tell how far it is."""
        self.n_bytes += n_bytes
        far = megabytes_of(self.n_bytes, self.n_bytes_in_all)
        tell(f"{far}, {self.n_children:,} children read so far", self.n_bytes, self.n_bytes_in_all)

    def _hold_to(self, header: Header) -> None:
        """Read what comes by the codes of the header's year, and by the day it describes."""
        self.census_year = header.census_year
        if header.census_year is not None:
            for reader in self.readers.values():
                if isinstance(reader, Coded):
                    reader.hold_to(header.census_year)
        if header.reference_date is not None:
            self.episodes.reference = header.reference_date.toordinal() - EPOCH

    def finish(self, root: Any) -> None:
        """What is left of the file after the last child."""
        self.blocks.nobody()
        for element in (root, *root):
            self.blocks.around(element)
            if local_name(element) in OUTSIDE:
                for inner in element:
                    self.blocks.passed(inner, KNOWN_OUTSIDE)
                    self.other_records.add(local_name(inner))
        self.blocks.attributes(root)
        if not self.header.is_given:
            self.blocks.outside("header", "Header", root, "The file has no Header; one was expected before Children.")
        for rule, column, words in other_forms(self.blocks):
            self.blocks.outside(rule, column, None, words)

    @property
    def blocking(self) -> list[str]:
        """Why the file should not be kept, in sentences."""
        if self.n_children or self.header.blocking:
            return self.header.blocking
        others = sorted(self.other_records - KNOWN_OUTSIDE)[:3]
        instead = f" It holds elements named {', '.join(name[:60] for name in others)}." if others else ""
        return [f"The file holds no children, so there is nothing to keep.{instead}"]

    def _child(self, element: Any) -> None:
        blocks, shape = self.blocks, shapes.PERSON
        blocks.begin(element)
        row: list[Any] = [None] * len(shape.columns)
        nested, episodes = [], []
        for name, part in blocks.read(element, shapes.CHILD, row):
            if name == "CINdetails":
                episodes.append(part)
            else:
                nested += blocks.read(part, shape, row)
        child = row[0]
        if child is None:
            blocks.left_out(shape)
            self._unkeyable(element)
            return
        blocks.child = child
        days, may_lack_disability = self.seen.get(child), False
        if days is None:
            days = ""
            may_lack_disability = self._person(element, row, nested)
        else:
            blocks.fault("child-twice", shape, "pers_person_id", element)
            blocks.left_out(shape)
        before = days
        self.episodes.begin()
        for part in episodes:
            days = self.episodes.read(part, child, days, before)
        self.seen[child] = days
        if may_lack_disability and self.episodes.is_in_need:
            blocks.fault("no-disability", shape, "disa_disability_code", element, is_added=True)
        blocks.check(element, may_have_attributes=self.file.may_have_attributes)

    def _person(self, element: Any, row: list[Any], nested: list[Any]) -> bool:
        """Adds the child; gives whether it has a date of birth and no disability, which no child in need should."""
        self._sex(element, row, row.pop())
        if None in NEEDED_OF_PERSON(row):
            self.blocks.missing(shapes.PERSON, row, element)
        if (self.census_year or 0) >= REFERENCE_FORM_FROM:
            if not row[0].isalnum():
                self.blocks.fault("reference-form", shapes.PERSON, "pers_person_id", element)
            if len(row[0]) > 20:
                self.blocks.fault("reference-length", shapes.PERSON, "pers_person_id", element)
        n_disabilities = self._disabilities(row[0], nested)
        self.add_person(row)
        return n_disabilities == 0 and row[BORN] is not None

    def _sex(self, element: Any, row: list[Any], older: str | None) -> None:
        """The sex from the element of today and the older one; not known where both are given and differ."""
        sex = row[SEX]
        if older is not None and sex is not None and older != sex:
            row[SEX] = None
            self.rows_of_person.not_understood("pers_sex")
            self.blocks.fault("sexes-differ", shapes.PERSON, "pers_sex", element)
            return
        row[SEX] = older if sex is None else sex
        if row[SEX] is not None and self.rows_of_person.unread:
            self.rows_of_person.understood("pers_sex")

    def _disabilities(self, child: str, nested: list[Any]) -> int:
        counted: dict[str | None, int] = {}
        if len(nested) > 1:
            self.blocks.other_ways["several-lists"] += 1
        for _, block in nested:
            for element in self.blocks.only(block, "Disability", "disability"):
                code = self.blocks.value(element, shapes.DISABILITY, self.disabilities)
                if code is None and not self.blocks.full(element, shapes.DISABILITY):
                    continue
                counted[code] = place = counted.get(code, 0) + 1
                self.add_disability((f"{child}|D|{code or ''}|{place}", child, code))
        if "NONE" in counted and len(counted) > 1:
            self.blocks.fault("disability-and-none", shapes.PERSON, "disa_disability_code", nested[0][1])
        return len(counted)

    def _unkeyable(self, element: Any) -> None:
        """A child without a reference: each record of it is a fault, and nothing else is touched."""
        self.n_unkeyable += 1
        self.blocks.unkeyable("person", element)
        for block in element.iter():
            table = shapes.BLOCK_TABLES.get(local_name(block))
            if table:
                self.blocks.unkeyable(table, block)


def _header_after(path: Path) -> Header:
    """What a header that comes after the children says of the year and the day: the file is gone through once more."""
    for element in XmlFile("cin_census", "Message").elements(path, ("Header", "Child"), lambda _: None):
        if local_name(element) == "Header":
            return dated(element)
        element.clear()
        while element.getprevious() is not None:
            element.getparent().remove(element.getprevious())
    return Header()
