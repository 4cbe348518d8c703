"""Reads one block of a CIN census into the values of its columns, and says what is wrong with it.

Not here: which block is inside which (cin_census.py). Rule: nothing in a block is passed over in silence: what is not
a value of a column is a fault.
"""

from collections.abc import Iterable
from typing import Any

from holdfast.analytics.faults import Fault
from holdfast.analytics.returns.cin_rules import RULES
from holdfast.analytics.returns.cin_shapes import INVALID_CODE, SHAPES, Shape
from holdfast.analytics.returns.values import Coded, Counts, Dates, Flags, Readable
from holdfast.analytics.returns.writing import Gathered

# How many spellings of known elements (name spaces) are remembered; more are still read, only slower.
SPELLINGS = 500
BAD = {Dates: "bad-date", Flags: "bad-flag", Counts: "bad-count", Coded: "bad-code"}
CONFERENCE = "initial_cp_conference"

Places = dict[str, tuple[int, Readable] | None]


def local_name(element: Any) -> str:
    """The element's name without its name space."""
    return str(element.tag).rpartition("}")[2]


class Blocks:
    """Reads blocks by their shapes, and gathers faults about the child being read."""

    def __init__(self, gathered: Gathered, readers: dict[str, Readable]) -> None:
        self.gathered, self.readers = gathered, readers
        self.child = ""
        self.places: dict[str, Places] = {shape.table: self._places(shape) for shape in SHAPES}

    def _places(self, shape: Shape) -> Places:
        found: Places = {
            element: (shape.columns.index(column), self.readers[reader])
            for element, (column, reader) in shape.elements.items()
        }
        return found | dict.fromkeys(shape.nested)

    def read(self, block: Any, shape: Shape, row: list[Any]) -> list[Any]:
        """Fill `row` from the block's own elements; gives the nested blocks, in order."""
        places = self.places[shape.table]
        nested = []
        for element in block:
            try:
                place = places[element.tag]
            except KeyError:
                place = self._other_spelling(element, places, shape)
                if place is False:
                    continue
            if place is None:
                nested.append(element)
                continue
            slot, reader = place
            text = element.text
            try:
                value = reader[text]
            except KeyError:
                self._unreadable(element, shape, slot, reader)
                continue
            if text is None and len(element):
                self.unknown(element[0], shape.table)
            if row[slot] is None:
                row[slot] = value
            elif value is not None and value != row[slot]:
                self.fault("repeated-element", shape, shape.columns[slot], element)
        return nested

    def _other_spelling(self, element: Any, places: Places, shape: Shape) -> Any:
        """The place of an element written with a name space; False when it is not of this block, which is a fault."""
        name = local_name(element)
        if name not in places:
            self.unknown(element, shape.table)
            return False
        if len(places) < SPELLINGS:
            places[element.tag] = places[name]
        return places[name]

    def only(self, block: Any, wanted: str, table: str) -> list[Any]:
        """The children of a block that holds nothing but `wanted`; anything else is a fault."""
        found = []
        for element in block:
            if element.tag == wanted or local_name(element) == wanted:
                found.append(element)
            else:
                self.unknown(element, table)
        return found

    def value(self, element: Any, shape: Shape, reader: Readable) -> Any:
        """The value of an element that is a row by itself; None, with a fault, when it cannot be read."""
        try:
            return reader[element.text]
        except KeyError:
            self._unreadable(element, shape, 0, reader)
            return None

    def _unreadable(self, element: Any, shape: Shape, slot: int, reader: Readable) -> None:
        column = shape.columns[slot]
        rule = BAD.get(type(reader), "bad-text")
        self.fault(rule, shape, column, element, census_rule=INVALID_CODE.get(column, ""))

    def missing(self, shape: Shape, row: list[Any], block: Any) -> None:
        """A fault for each required column that is empty because nothing was sent (a bad value is a fault already)."""
        sent = {shape.elements[name][0] for name in map(local_name, block.iter()) if name in shape.elements}
        for column, census_rule in shape.required.items():
            if row[shape.columns.index(column)] is None and column not in sent:
                self.fault("missing", shape, column, block, census_rule=census_rule)

    def unknown(self, element: Any, table: str) -> None:
        """An element that does not belong where it is. Its name is kept as the fault's column."""
        self._add("unknown-element", table, local_name(element)[:60], None, element, "")

    def rules(self, spoken: Iterable[tuple[str, str]], shape: Shape, block: Any) -> None:
        for rule, column in spoken:
            self.fault(rule, shape, column, block)

    def fault(self, rule: str, shape: Shape, column: str, element: Any, *, census_rule: str = "") -> None:
        """A fault of the row of `shape` that is being read."""
        table, number = shape.table, self.gathered.tables[shape.table].next_number
        if column.startswith("icpc_"):  # an element of the conference, inside another block
            self._add(rule, CONFERENCE, column, None, element, census_rule)
        else:
            self._add(rule, table, column, number, element, census_rule)

    def unkeyable(self, table: str, element: Any) -> None:
        self._add("unkeyable", table, "", None, element, "")

    def outside(self, rule: str, column: str, element: Any) -> None:
        """A fault about the file, or about something in it that is not a row."""
        self._add(rule, "", column, None, element, "")

    def _add(self, rule: str, table: str, column: str, number: int | None, element: Any, census_rule: str) -> None:
        said = RULES[rule]
        line = None if element is None else element.sourceline
        self.gathered.fault(
            Fault(
                rule,
                said.severity,
                table,
                column,
                number,
                line,
                self.child,
                said.words,
                census_rule or said.census_rule,
            )
        )
