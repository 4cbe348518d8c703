"""Reads a CIN census file (XML) into the census's modules as the rules want them: what was sent, as it was sent.

Not here: safe opening (returns/hardened_xml.py), canonical tables (returns/cin_census/), or the rules. Rule: nothing is
corrected: a value is the text of its element, so that a rule sees what the Department would. The first of two elements
of one name in one block is taken. Memory grows with the file, by about 1 kB for a child.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.hardened_xml import XmlFile
from holdfast.analytics.validation.frames import Module, column_of
from holdfast.analytics.validation.modules import MODULES
from holdfast.analytics.validation.rulesets import year_ending

CHILDREN_AT_ONCE = 1_000
LINE = "line"
# Names that a known exporter gives to elements, each with one meaning, and the module that a block of the file is.
OTHER_NAMES = {"CPPreviews": "Reviews", "ExpectedBirthDate": "ExpectedPersonBirthDate", "CINPlanDates": "CINplanDates"}
OF_EPISODE = frozenset({"Assessments", "CINplanDates", "Section47", "ChildProtectionPlans"})


@dataclass(frozen=True)
class CensusFile:
    """The modules of one file. `lines`: module -> the line of the file on which each of its rows begins.

    `year` is the census year that the header names, such as "2025/26"; "" when it names none.
    """

    modules: Mapping[str, Module]
    lines: Mapping[str, pa.Array]
    year: str
    sha256: str

    @property
    def n_rows(self) -> Mapping[str, int]:
        return {name: module.n_rows for name, module in self.modules.items()}

    def children(self, module: str, rows: tuple[int, ...]) -> list[str]:
        """The child's reference of each of these rows, "" where it has none."""
        held = self.modules[module].columns.get("LAchildID")
        return ["" if held is None else held[row].as_py() or "" for row in rows]


def read_census_file(path: Path) -> CensusFile:
    """The file's modules. Raises UnreadableReturn when it is no census file, or holds no children."""
    rows, hashing = {name: Rows(name) for name in MODULES}, hashlib.sha256()
    file = XmlFile("cin_census", "Message")
    walk, n_children = Walk(rows), 0
    for element in file.elements(path, ("Header", "Child"), hashing.update):
        if walk.local(element) == "Header":
            walk.header(element)
            element.clear(keep_tail=True)
            continue
        walk.child(element)
        n_children += 1
        element.clear()
        while element.getprevious() is not None:
            element.getparent().remove(element.getprevious())
        if n_children % CHILDREN_AT_ONCE == 0:
            for name, own in rows.items():
                if name != "Header":
                    own.flush()
    if not n_children:
        raise UnreadableReturn("cin_census", expected="The file holds no children.")
    walk.finish()
    lines = {name: own.lines() for name, own in rows.items()}
    modules = {name: rows.pop(name).module() for name in MODULES}  # each let go of as it is made
    return CensusFile(modules, lines, _year(modules["Header"]), hashing.hexdigest())


def _year(header: Module) -> str:
    """The census year of the header's Year, or of its reference date where that is not a year."""
    for text in header.columns["Year"].to_pylist():
        if text and text.isascii() and text.isdigit() and len(text) == 4:
            return year_ending(int(text))
    for day in header.columns["ReferenceDate"].to_pylist():
        if day is not None:
            return year_ending(day.year + (day.month > 3))
    return ""


class Rows:
    """The rows of one module that have been read: in one flat list, row after row, then as Arrow every few thousand."""

    def __init__(self, name: str) -> None:
        self.kinds = {element: kind for element, kind in MODULES[name].items() if element != "AssessmentID"}
        self.places = {element: place for place, element in enumerate(self.kinds)}
        self.width = len(self.kinds) + 1
        self.waiting: list[Any] = []
        self.chunks: list[list[pa.Array]] = []

    def flush(self) -> None:
        if self.waiting:
            columns = [self.waiting[place :: self.width] for place in range(self.width)]
            kinds = [*self.kinds.values(), LINE]
            self.chunks.append([pa.array(column, _type(kind)) for column, kind in zip(columns, kinds, strict=True)])
            self.waiting.clear()

    def _column(self, place: int, kind: str) -> pa.Array:
        self.flush()
        chunks = [chunk[place] for chunk in self.chunks]
        return pa.concat_arrays(chunks) if chunks else pa.array([], _type(kind))

    def module(self) -> Module:
        columns, unread, n_rows = {}, {}, 0
        for element, kind in self.kinds.items():
            sent = self._column(self.places[element], kind)
            columns[element], marks = (sent, None) if kind == "codes" else column_of(sent, kind)
            n_rows = len(columns[element])
            if marks is not None:
                unread[element] = marks
        return Module(n_rows, columns, unread)

    def lines(self) -> pa.Array:
        return self._column(self.width - 1, LINE)


def _type(kind: str) -> pa.DataType:
    if kind == LINE:
        return pa.int32()
    return pa.list_(pa.string()) if kind == "codes" else pa.string()


class Walk:
    """Goes through a header or a child, and puts a row for each block into the module that it is of."""

    def __init__(self, rows: Mapping[str, Rows]) -> None:
        self.rows = rows
        self.names: dict[str, str] = {}
        self.n_episodes = self.n_plans = 0

    def local(self, element: Any) -> str:
        """The element's name in the census: without its name space, and by one name where it has another."""
        try:
            return self.names[element.tag]
        except KeyError:
            name = str(element.tag).rpartition("}")[2]
            name = OTHER_NAMES.get(name, name)
            if len(self.names) < 500:  # a file of nonsense cannot fill the memory
                self.names[element.tag] = name
            return name

    def _add(self, module: str, block: Any, keys: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """One row of the block's own values, and the blocks inside it."""
        rows = self.rows[module]
        row: list[Any] = [None] * rows.width
        row[-1] = block.sourceline
        inside = []
        for element in block:
            name = self.local(element)
            place = rows.places.get(name)
            if place is None or len(element):
                inside.append((name, element))
            elif row[place] is None:
                row[place] = element.text
        for key, value in keys.items():
            row[rows.places[key]] = value
        rows.waiting += row
        return inside

    def header(self, element: Any) -> None:
        rows = self.rows["Header"]
        row: list[Any] = [None] * rows.width
        row[-1] = element.sourceline
        for inner in element.iter():
            place = rows.places.get(self.local(inner))
            if place is not None and row[place] is None:
                row[place] = inner.text
        rows.waiting += row

    def finish(self) -> None:
        """A file without a header has one that says nothing, so that the rules about it have a row to name."""
        rows = self.rows["Header"]
        if not rows.waiting:
            rows.waiting += [*[None] * (rows.width - 1), 1]

    def child(self, element: Any) -> None:
        blocks = [(self.local(block), block) for block in element]
        child = None
        for name, block in blocks:
            if name == "ChildIdentifiers":
                own = next((inner.text for inner in block if self.local(inner) == "LAchildID"), None)
                child = (own or "").strip() or None
                self._add(name, block, {})
        keys = {"LAchildID": child}
        for name, block in blocks:
            if name == "ChildCharacteristics":
                for inner, part in self._add(name, block, keys):
                    if inner == "Disabilities":
                        self._disabilities(part, child)
            elif name == "CINdetails":
                self._episode(block, keys)

    def _disabilities(self, block: Any, child: str | None) -> None:
        for element in block:
            if self.local(element) == "Disability":
                self.rows["Disabilities"].waiting += (child, element.text, element.sourceline)

    def _episode(self, block: Any, child: Mapping[str, Any]) -> None:
        self.n_episodes += 1
        keys = {**child, "CINdetailsID": str(self.n_episodes)}
        for name, part in self._add("CINdetails", block, keys):
            if name == "Assessments":
                self._assessment(part, keys)
            elif name == "ChildProtectionPlans":
                self.n_plans += 1
                own = {**keys, "CPPID": str(self.n_plans)}
                for inner, reviews in self._add(name, part, own):
                    if inner == "Reviews":
                        self._reviews(reviews, own)
            elif name in OF_EPISODE:
                self._add(name, part, keys)

    def _reviews(self, block: Any, keys: Mapping[str, Any]) -> None:
        """A row for each date: files put several in one block, and one in each of several. A block without is one."""
        dates = [element for element in block if self.local(element) == "CPPreviewDate"]
        for element in dates or (block,):
            self.rows["Reviews"].waiting += (*keys.values(), element.text if dates else None, element.sourceline)

    def _assessment(self, block: Any, keys: Mapping[str, Any]) -> None:
        """Its factors are the list in its row, wherever they stand in it."""
        rows = self.rows["Assessments"]
        self._add("Assessments", block, keys)
        factors = [element.text for element in block.iter() if self.local(element) == "AssessmentFactors"]
        codes = [text.strip().upper() for text in factors if text and text.strip()]
        rows.waiting[rows.places["AssessmentFactors"] - rows.width] = codes or None
