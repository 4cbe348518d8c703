"""Reads one block of a CIN census into the values of its columns, and says what is wrong with it.

Not here: which block is inside which (reader.py). Rule: nothing in a block is passed over in silence: what is not
a value of a column is a fault.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from lxml import etree

from holdfast.analytics.faults import Fault
from holdfast.analytics.returns.cin_census.rules import RULES
from holdfast.analytics.returns.cin_census.shapes import (
    INVALID_CODE,
    OTHER_NAMES,
    SHAPES,
    STANDS_FOR,
    Shape,
    in_other_letters,
)
from holdfast.analytics.returns.values import LONGEST_TEXT, Coded, Counts, Dates, Flags, Readable
from holdfast.analytics.returns.writing import Gathered
from holdfast.analytics.tables.contracts import TABLES

# How many spellings of known elements (name spaces) are remembered; more are still read, only slower.
SPELLINGS = 500
BAD = {Dates: "bad-date", Flags: "bad-flag", Counts: "bad-count", Coded: "bad-code"}
CONFERENCE = "initial_cp_conference"
NESTED = -1  # the place of a nested block, which has no column
N_NODES = etree.XPath("count(.//node())")
HAS_ATTRIBUTE = etree.XPath("boolean(.//@*)")
XML_NAME_SPACES = ("{http://www.w3.org/2001/XMLSchema-instance}", "{http://www.w3.org/XML/1998/namespace}")
VALUES = frozenset(name for shape in SHAPES for name in shape.elements)
BLOCKS = frozenset(name for shape in SHAPES for name in shape.nested) | {"Child"} | OTHER_NAMES.keys()
EMPTY_RULES = {"cppr_cp_review_date": "8842Q"}
OTHER_YEAR_RULES = {"18A": "8945Q", "19A": "8950Q"}

Places = dict[str, tuple[int, Any]]


def local_name(element: Any) -> str:
    """The element's name without its name space."""
    return str(element.tag).rpartition("}")[2]


class Blocks:
    """Reads blocks by their shapes, and gathers faults about the child being read."""

    def __init__(self, gathered: Gathered, readers: dict[str, Readable]) -> None:
        self.gathered, self.readers = gathered, readers
        # The child being read: its reference, or while that is not known yet the element it will be found in.
        self.child, self.owner, self.n_nodes = "", None, 0
        self.places: dict[str, Places] = {shape.table: self._places(shape) for shape in SHAPES}
        # How many elements had another name that means one thing; stood otherwise than they should, and mean one thing;
        # or had a name of the census in other capital letters, which may not be read.
        self.other_names: Counter[str] = Counter()
        self.other_ways: Counter[str] = Counter()
        self.other_letters: Counter[str] = Counter()

    def _places(self, shape: Shape) -> Places:
        found: Places = {
            element: (shape.columns.index(column), self.readers[reader])
            for element, (column, reader) in shape.elements.items()
        }
        return found | {name: (NESTED, name) for name in shape.nested}

    def read(self, block: Any, shape: Shape, row: list[Any]) -> list[tuple[str, Any]]:
        """Fill `row` from the block's own elements; gives the nested blocks with their names, in order.

        The one loop that every element goes through: each line of it is a tenth of a second in 100,000 children.
        What stands beside or inside these elements and should not is found by check(), once for each child.
        """
        places = self.places[shape.table]
        nested = []
        for element in block:
            try:
                slot, reader = places[element.tag]
            except KeyError:
                known = self._other_spelling(element, places, shape)
                if known is None:
                    continue
                slot, reader = known
            if slot < 0:
                nested.append((reader, element))
                continue
            try:
                value = reader[element.text]
            except KeyError:
                self._unreadable(element, shape, slot, reader)
                continue
            if row[slot] is None:
                row[slot] = value
            elif value is not None and value != row[slot]:
                self.fault("repeated-element", shape, shape.columns[slot], element)
        self.n_nodes += 2 * len(block) - len(nested)
        return nested

    def _other_spelling(self, element: Any, places: Places, shape: Shape) -> tuple[int, Any] | None:
        """The place of an element written with a name space; None when it is not of this block, which is a fault."""
        name = local_name(element)
        if OTHER_NAMES.get(name) in places:
            self.other_names[name] += 1  # not remembered, so that each is counted
            return places[OTHER_NAMES[name]]
        if name not in places:
            self.unknown(element, shape.table)
            self._not_read_for_its_letters(element, shape)
            return None
        if len(places) < SPELLINGS:
            places[element.tag] = places[name]
        return places[name]

    def _not_read_for_its_letters(self, element: Any, shape: Shape) -> None:
        """Its capital letters are not the census's, so it is no value; but the value was sent, and is not known."""
        own = in_other_letters(local_name(element))
        if own in shape.elements and element.text and element.text.strip():
            column = shape.elements[own][0]
            self.gathered.tables[shape.table].not_understood(STANDS_FOR.get(column, column))

    def begin(self, owner: Any) -> None:
        """What is read next is of this child, whose reference is not known yet."""
        self.child, self.owner, self.n_nodes = "", owner, 0

    def check(self, owner: Any, *, may_have_attributes: bool) -> None:
        """Find what read() passed over in a child: stray text, elements inside a value, attributes.

        An element with a value is two nodes, a block is one. Any other sum than read() made says that there is more
        (or that an element is empty, which is nothing), and only then is each looked at.
        """
        if may_have_attributes and HAS_ATTRIBUTE(owner):
            self.attributes(owner)
        if N_NODES(owner) == self.n_nodes:
            return
        for element in owner.iter():
            name = local_name(element)
            if name in VALUES:
                for inner in element:
                    self.unknown(inner, "")
            elif name in BLOCKS and element.text:
                self._stray(element, element.text)
            if element.tail and element is not owner:
                self._stray(element, element.tail)

    def attributes(self, owner: Any) -> None:
        """A fault for each element with an attribute, but for those of XML itself, which say nothing of a child."""
        for element in owner.iter():
            if any(not attribute.startswith(XML_NAME_SPACES) for attribute in element.attrib):
                self.outside("unknown-attribute", local_name(element)[:60], element)

    def _stray(self, element: Any, text: str) -> None:
        """Text that stands between elements; white space there is nothing."""
        if text.strip():
            self.outside("stray-text", local_name(element)[:60], element)

    def around(self, element: Any) -> None:
        """Text before the first record of an element that holds records."""
        if element.text and len(element):
            self._stray(element, element.text)

    def passed(self, element: Any, known: frozenset[str]) -> None:
        """What stands around the records of a file: an element of another name, or text, is a fault."""
        if local_name(element) not in known:
            self.unknown(element, "")
        if element.tail:
            self._stray(element, element.tail)

    def only(self, block: Any, wanted: str, table: str) -> list[Any]:
        """The children of a block that holds nothing but `wanted`; anything else is a fault."""
        found = list(block)
        for element in block:
            if element.tag != wanted and local_name(element) != wanted:
                self.unknown(element, table)
                found.remove(element)
        self.n_nodes += 2 * len(found)
        return found

    def full(self, element: Any, shape: Shape) -> bool:
        """Whether an element that is a row by itself holds anything; where it does not there is no row, but a fault."""
        if element.text and element.text.strip():
            return True
        column = shape.columns[0]
        self._add("empty-element", shape.table, column, None, element, EMPTY_RULES.get(column, ""))
        return False

    def value(self, element: Any, shape: Shape, reader: Readable) -> Any:
        """The value of an element that is a row by itself; None, with a fault, when it cannot be read."""
        try:
            return reader[element.text]
        except KeyError:
            self._unreadable(element, shape, 0, reader)
            return None

    def _unreadable(self, element: Any, shape: Shape, slot: int, reader: Readable) -> None:
        column = STANDS_FOR.get(shape.columns[slot], shape.columns[slot])
        rule, census_rule = BAD.get(type(reader), "bad-text"), INVALID_CODE.get(column, "")
        if isinstance(reader, Coded) and reader.is_of_another_year(element.text):
            rule, census_rule = "code-of-another-year", OTHER_YEAR_RULES.get(element.text.strip(), census_rule)
        # An element of the conference stands inside an enquiry or an episode, which then holds the mark.
        self.gathered.tables[shape.table].not_understood(column)
        self.fault(rule, shape, column, element, census_rule=census_rule)

    def missing(self, shape: Shape, row: list[Any], block: Any, excused: Collection[str] = ()) -> None:
        """A fault for each required column that is empty because nothing was sent (a bad value is a fault already)."""
        full = [local_name(element) for element in block.iter() if element.text and element.text.strip()]
        names = [in_other_letters(name) or name for name in full]
        sent = {shape.elements[name][0] for name in names if name in shape.elements}
        sent |= {STANDS_FOR[column] for column in sent if column in STANDS_FOR}
        for column, census_rule in shape.required.items():
            if row[shape.columns.index(column)] is None and column not in sent and column not in excused:
                self.gathered.tables[shape.table].n_missing[column] += 1
                self.fault("missing", shape, column, block, census_rule=census_rule)

    def unknown(self, element: Any, table: str) -> None:
        """An element that does not belong where it is. Its name is kept as the fault's column."""
        name = local_name(element)
        if in_other_letters(name):
            self.other_letters[name] += 1
        rule = "other-letters" if in_other_letters(name) else "unknown-element"
        self._add(rule, table, name[:60], None, element, "")

    def rules(self, spoken: Iterable[tuple[str, str]], shape: Shape, block: Any) -> None:
        for rule, column in spoken:
            self.fault(rule, shape, column, block)

    def fault(
        self, rule: str, shape: Shape, column: str, element: Any, *, census_rule: str = "", is_added: bool = False
    ) -> None:
        """A fault of the row of `shape` that is being read; of the last one, where it `is_added` already."""
        table, number = shape.table, self.gathered.tables[shape.table].next_number - is_added
        if column in TABLES[CONFERENCE].column_names:  # an element of the conference, inside another block
            self._add(rule, CONFERENCE, column, None, element, census_rule)
        else:
            self._add(rule, table, column, number, element, census_rule)

    def nobody(self) -> None:
        """What comes next is about no child."""
        self.child, self.owner = "", None

    def left_out(self, shape: Shape) -> None:
        """The row of `shape` that was read is not added."""
        self.gathered.tables[shape.table].left_out()

    def unkeyable(self, table: str, element: Any) -> None:
        self._add("unkeyable", table, "", None, element, "")

    def outside(self, rule: str, column: str, element: Any, words: str = "") -> None:
        """A fault about the file, or about something in it that is not a row. `words` "": the rule's own."""
        self._add(rule, "", column, None, element, "", words)

    def _add(
        self, rule: str, table: str, column: str, number: int | None, element: Any, census_rule: str, words: str = ""
    ) -> None:
        said = RULES[rule]
        line = None if element is None else element.sourceline
        child = self.child or _reference(self.owner)
        census_rule = census_rule or said.census_rule
        words = words or said.words
        self.gathered.fault(Fault(rule, said.severity, table, column, number, line, child, words, census_rule))


def _reference(owner: Any) -> str:
    """The reference of a child that is being read, "" when there is none or it cannot be a reference."""
    for element in () if owner is None else owner.iter("{*}LAchildID"):
        text = (element.text or "").strip()
        return text if len(text) <= LONGEST_TEXT else ""
    return ""
