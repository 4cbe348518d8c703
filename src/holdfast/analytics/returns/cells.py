"""Reads the cells of one row into the columns of a canonical table, by the contract, and says what is wrong with them.

For returns whose rows are rows: CSV sets, a database's tables, JSON records. A date written with strokes is day, month,
year. Not here: which file or field is which (each reader), ids, and XML. Rule: a value with one meaning is read
whatever its form, and one with two is not; words never hold a value.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from holdfast.analytics.faults import Fault, Severity
from holdfast.analytics.returns import tolerant, values
from holdfast.analytics.returns.headings import UNSAID, heading_words
from holdfast.analytics.returns.tolerant import written_day
from holdfast.analytics.returns.values import Readable
from holdfast.analytics.returns.writing import Gathered
from holdfast.analytics.tables.codes import SEX, Codes
from holdfast.analytics.tables.contracts import TABLES, Column
from holdfast.analytics.tables.shapes import NOT_KNOWN

LEAST_LOST = 3  # fewer lost values than this are faults like any other, whatever share of a small file they are
EMPTY = "It is left empty; the rest of the row is kept."
Cells = Mapping[str, str | None]


class Said(NamedTuple):
    severity: Severity
    words: str


RULES: dict[str, Said] = {
    "bad-date": Said("error", f"A date is not a real day between 1900 and 2100, or may be either of two days. {EMPTY}"),
    "bad-code": Said("error", f"A code is not in the list of this column. {EMPTY}"),
    "bad-flag": Said("error", f"A yes-or-no value is neither. {EMPTY}"),
    "bad-count": Said("error", f"A number is not a whole number from 0 to 9,999. {EMPTY}"),
    "bad-number": Said("error", f"A number is not one from 0 to 999,999,999. {EMPTY}"),
    "bad-text": Said("error", f"A text is longer than an identifier or a code is. {EMPTY}"),
    "missing": Said("error", "A value that the row needs is missing. The row is kept."),
    "row-moved": Said(
        "error", "The line has more values than there are headings, so it is not said which is which. It was not read."
    ),
    "unkeyable": Said("error", "The row has no child's reference that can be read, so it could not be kept."),
    "row-twice": Said("query", "A row comes again, the same in every value. It is kept once."),
    "child-twice": Said("error", "A child's own record comes again. The first is kept."),
    "no-parent": Said("query", "A row names a record that the return does not hold. It is kept without it."),
    "unknown-column": Said("query", "A column that this return does not have. It was not read."),
    "unknown-table": Said(
        "query", "A table or file that this return does not have, or that is not used. It was not read."
    ),
    "missing-table": Said("query", "A table of this return is not there: what it would say is not known."),
    "missing-column": Said("query", "A column of this return is not there: what it would say is not known."),
    "not-in-header": Said("error", "Children of this file are not in the file that lists them all."),
    "symbols": Said("query", "Symbols stand for numbers. Each was carried as what it is."),
    "repeated-heading": Said("error", "A heading comes more than once, with values that differ. None was read."),
    "other-form": Said("query", "Values are written in another form, which can mean one thing only. They were read."),
}

ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
WHOLE_AS_FLOAT = re.compile(r"(\d+)\.0+", re.ASCII)
NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,20})?", re.ASCII)
SIX_PLACES = Decimal("0.000001")
LETTERED = re.compile(r"([A-Za-z0-9]{1,6})\s*(?:[):=]|\s-\s|-\s|\s-)\s*\S.*", re.DOTALL)
NOTHING = tolerant.NOTHING | {"nat", "#n/a"}
"""Texts that systems write for nothing. NONE is a code of a disability, so a code is looked for first."""


class Days(values.Dates):
    """A day: ISO, with a time or without; d/m/yyyy; 1-May-2024; as Excel counts. As days since 1970.

    A time with a zone, other than midnight, may be a moment of the day before, and is not read.
    """

    def own_form(self, text: str) -> str:
        if found := ISO.fullmatch(text):
            day, time, zone = found.groups()
            is_midnight = time is None or not time.strip("0:.")
            return text if time is None or (zone and not is_midnight) else day
        day = written_day(text)
        return text if day is None else day.isoformat()


class YesNo(values.Flags):
    """true, false, 1, 0, Y, N, yes, no, in any case; "a) Yes" and "b) No"."""

    def own_form(self, text: str) -> str:
        answer = text.partition(")")[2].strip() if ")" in text else text
        return values.LETTERS.get(answer.lower(), text)


class Wholes(values.Counts):
    """A whole number from 0 to 9,999; 3.0 is 3, which is how some systems write a column with gaps."""

    def own_form(self, text: str) -> str:
        found = WHOLE_AS_FLOAT.fullmatch(text)
        return found[1] if found else text


class Numbers(Readable):
    """A number that is not negative, to six decimal places: a database's own fractions have more, and mean no more."""

    def read(self, text: str) -> Decimal:
        if not NUMBER.fullmatch(text):
            raise KeyError(text)
        return Decimal(text).quantize(SIX_PLACES)


class Listed(Readable):
    """A code of a list, in any case: as it is, or before the words that explain it ("C2: full care order").

    `as_sent` gives the code for other texts, in lower case. A letter that only numbers the answers ("b) Female") is
    taken off where the list does not have it.
    """

    def __init__(self, codes: Codes, as_sent: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.codes = {code.upper(): code for code in codes}
        self.as_sent = dict(as_sent or {})

    def own_form(self, text: str) -> str:
        if text.upper() in self.codes:
            return text
        if text.lower() in self.as_sent:
            return self.as_sent[text.lower()]
        if found := WHOLE_AS_FLOAT.fullmatch(text):
            return found[1]
        if found := LETTERED.fullmatch(text):
            rest = text.partition(")")[2].strip().lower()
            if rest in self.as_sent:
                return self.as_sent[rest]
            return found[1] if found[1].upper() in self.codes else text
        return text

    def read(self, text: str) -> str:
        return self.codes[text.upper()]


class Names(values.Texts):
    """An identifier or a code without a list: short text. 1234.0 is 1234, as a whole number with gaps is written."""

    def __missing__(self, text: str) -> str | None:
        found = WHOLE_AS_FLOAT.fullmatch(text.strip())
        if found:
            self.n_other += 1
        return super().__missing__(found[1] if found else text)


SEX_WORDS = {"female": "F", "male": "M", "unknown": "U", "indeterminate": "I", "1": "M", "2": "F", "0": "U", "9": "I"}
CLASSES = {"date": Days, "flag": YesNo, "integer": Wholes, "decimal": Numbers}
BAD = {"date": "bad-date", "flag": "bad-flag", "integer": "bad-count", "decimal": "bad-number"}


def reader_of(column: Column) -> Readable:
    """What reads the cells of a column of a contract."""
    if column.codes is SEX:
        return Listed(SEX, SEX_WORDS)
    if column.codes is not None:
        return Listed(column.codes, _by_words(column.codes))
    return CLASSES.get(column.type, Names)()


def _by_words(codes: Codes) -> dict[str, str]:
    """The codes whose words no other of the list has, by those words."""
    counted = Counter(words.lower() for words in codes.values())
    return {words.lower(): code for code, words in codes.items() if words and counted[words.lower()] == 1}


def text_of(cell: str | None) -> str | None:
    """A cell without what systems write for nothing, and with ordinary spaces."""
    if cell is None:
        return None
    text = cell.replace("\u00a0", " ").strip()
    return None if text.lower() in NOTHING else text


class RowReader:
    """Reads rows into one canonical table. `fields`: the source's field of each column that comes from one.

    Columns of the table that are filled and have no field are the caller's own: ids and links. `silent`: fields whose
    faults were said already, from the table they were first read into. `usual`: fields whose own form is not ISO or is
    not our code, so that it is not said of each file that it was understood.
    """

    def __init__(
        self,
        gathered: Gathered,
        table: str,
        fields: Mapping[str, str],
        silent: tuple[str, ...] = (),
        usual: tuple[str, ...] = (),
    ) -> None:
        self.usual = frozenset(usual)
        self.silent = {column for column, field in fields.items() if field in silent}
        self.gathered, self.table, self.rows = gathered, table, gathered.tables[table]
        own = {column.name: column for column in TABLES[table].columns}
        self.place = {name: place for place, name in enumerate(self.rows.filled)}
        self.fields = {name: fields[name] for name in self.rows.filled if name in fields}
        self.columns = [
            (self.place[name], own[name], field, reader_of(own[name])) for name, field in self.fields.items()
        ]
        # The day without which a row says little; where none has a meaning of its own, none is missing.
        day = own.get(TABLES[table].day or "")
        self.day = self.place.get(day.name) if day is not None and day.null_means == NOT_KNOWN else None

    def read(self, cells: Cells, child: str, line: int | None) -> list[Any]:
        """The row's values in the order of the filled columns, its own ids and links still None."""
        row: list[Any] = [None] * len(self.place)
        for place, column, field, reader in self.columns:
            sent = cells.get(field)
            if sent is None:
                continue
            try:
                row[place] = reader[sent.replace("\u00a0", " ")]
            except KeyError:
                if text_of(sent) is not None:
                    self.unread(column.name, child, line)
        if self.day is not None and row[self.day] is None and not self.is_unread(self.rows.filled[self.day]):
            self.fault("missing", self.rows.filled[self.day], child, line)
            self.rows.n_missing[self.rows.filled[self.day]] += 1
        return row

    def is_unread(self, column: str) -> bool:
        return column in self.rows.unread.get(self.rows.next_number, ())

    def unread(self, column: str, child: str, line: int | None) -> None:
        """The row being read was sent something in this column that is not understood."""
        contract = next(one for one in TABLES[self.table].columns if one.name == column)
        self.rows.not_understood(column)
        rule = BAD.get(contract.type, "bad-text" if contract.codes is None else "bad-code")
        self.fault(rule, column, child, line)

    def fault(self, rule: str, column: str, child: str, line: int | None) -> None:
        if column in self.silent:
            return
        number = None if rule == "unkeyable" else self.rows.next_number
        said = RULES[rule]
        self.gathered.fault(Fault(rule, said.severity, self.table, column, number, line, child, said.words))

    def iso(self, days: int | None) -> str:
        """The day of a value of this table, as an id has it; "" for none."""
        return "" if days is None else values.iso_day(days)

    @property
    def n_other(self) -> dict[str, int]:
        """By field: how many values were written in a form of their own, and read."""
        said = ((field, reader.n_other) for _, _, field, reader in self.columns if field not in self.usual)
        return {field: n for field, n in said if n}


def whole_fault(gathered: Gathered, rule: str, table: str, column: str, words: str = "") -> None:
    """A fault about the whole file or table."""
    said = RULES[rule]
    gathered.fault(Fault(rule, said.severity, table, column, None, None, "", words or said.words))


def moved_rows(gathered: Gathered, table: str, lines: Iterable[int]) -> None:
    """Says each line of a file that was left out, since it has more values than there are headings."""
    said = RULES["row-moved"]
    for line in lines:
        gathered.fault(Fault("row-moved", said.severity, table, "", None, line, "", said.words))


def unknown_columns(gathered: Gathered, table: str, unknown: Sequence[str], n_known: int) -> None:
    """Says each column of a table that is none of its kind's; none by its name where not one is, since a row of values
    may then stand in the place of the headings."""
    for head in unknown:
        whole_fault(gathered, "unknown-column", table, heading_words(head) if n_known else UNSAID)


def other_forms(gathered: Gathered, readers: Iterable[RowReader]) -> None:
    """Says once for each field how many of its values were understood in a form of their own."""
    for reader in readers:
        for field, n in sorted(reader.n_other.items()):
            counted = "1 value of {} is" if n == 1 else f"{n:,} values of {{}} are"
            words = f"{counted.format(field)} written in another form than this return's. Each was read."
            whole_fault(gathered, "other-form", reader.table, field, words)


def losses(readers: Sequence[RowReader], n_unkeyable: Mapping[str, int]) -> list[str]:
    """What all or most of was sent and could not be understood, in sentences, with "n of n".

    What was read is counted as it is handed on, so whatever waits is handed on first.
    """
    found = []
    for reader in readers:
        reader.gathered.flush()
        n_rows = reader.rows.next_number - 1
        lost = n_unkeyable.get(reader.table, 0)
        if is_most(lost, n_rows + lost):
            found.append(f"{lost:,} of {n_rows + lost:,} rows of {reader.table} have no child's reference.")
        for column, field in reader.fields.items():
            n_lost = reader.rows.n_unread[column] + reader.rows.n_missing[column]
            n_sent = reader.rows.n_read[column] + n_lost
            if is_most(n_lost, n_sent):
                found.append(f"{n_lost:,} of {n_sent:,} values of {field} are missing or could not be understood.")
    return found


def is_most(lost: int, sent: int) -> bool:
    """Whether so much of what was sent was lost that the file stops until somebody accepts it."""
    return lost >= LEAST_LOST and 2 * lost > sent
