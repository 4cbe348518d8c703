"""What a spreadsheet would change in the plan: every change, every new row, and every fault with its row and column.

Pure: the plan's table, what its cells may name, and the sheet that was sent. Rule: nothing is guessed, and a date that
falls due is never changed by a spreadsheet.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from holdfast.pages.words import counted, date_words
from holdfast.plan.spreadsheet.columns import (
    COLUMNS,
    DUE,
    FIRST_DUE,
    JOINED,
    KIND,
    KINDS,
    PROMISED,
    REF,
    STATE,
    TAKEN,
    Row,
    SheetColumn,
    fingerprint,
    mark,
    stamped,
)
from holdfast.plan.spreadsheet.reading import SentRow, SentSheet
from holdfast.plan.waiting import circle

NEEDED: Final = {
    "objective": ("Title",),
    "action": ("Title", "Objective", "Owner", DUE),
    "milestone": ("Title", "Owner", DUE),
}
DAY_NOUGHT: Final = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
"""A spreadsheet counts days from day nought. The serials of 1954 to 2119: any other number is no day of a plan."""
Key = tuple[str, str]
"""A kind and a reference in small letters."""


@dataclass(frozen=True)
class Known:
    """What cells may name, by heading: what may be typed, in small letters, to how the plan calls it.

    `withdrawn` are references that were taken out; `starts_on` is when the programme began.
    """

    names: Mapping[str, Mapping[str, str]]
    withdrawn: frozenset[Key]
    starts_on: date


@dataclass(frozen=True)
class SheetFault:
    """One thing that is wrong: the row's number in the spreadsheet, the column, what it is and what to do."""

    number: int
    column: str
    what: str
    do: str


@dataclass(frozen=True)
class CellChange:
    """One part of the plan that would change."""

    number: int
    kind: str
    ref: str
    column: SheetColumn
    before: str
    after: str


@dataclass(frozen=True)
class NewRow:
    """One objective, action or milestone that would be added."""

    number: int
    kind: str
    ref: str
    cells: Row


@dataclass(frozen=True)
class ChangedSince:
    """One cell that the plan has changed since the file was taken out. Not `is_edited`: the plan's own is kept."""

    number: int
    ref: str
    head: str
    sent: str
    now: str
    is_edited: bool


@dataclass
class Preview:
    """All that a sheet would do. With any fault nothing is done. `fingerprint` is of the plan it was compared with.

    `taken_on` is the earliest day that a row says it was taken out (None: none says so), and `since` what the plan has
    changed since then.
    """

    fingerprint: str
    taken_on: date | None = None
    since: list[ChangedSince] = field(default_factory=list)
    changes: list[CellChange] = field(default_factory=list)
    added: list[NewRow] = field(default_factory=list)
    faults: list[SheetFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def does_nothing(self) -> bool:
        return not (self.changes or self.added or self.faults)

    def lines(self) -> list[str]:
        """All of it, a line each, for the command line."""
        changes = [
            f"row {one.number}: {one.ref} {one.column.head}: {one.before!r} -> {one.after!r}" for one in self.changes
        ]
        added = [f"row {one.number}: new {one.kind} {one.ref} {one.cells['Title']}" for one in self.added]
        faults = [f"row {one.number}, {one.column}: {one.what}. {one.do}." for one in self.faults]
        since = [f"{one.ref} {one.head}: {one.sent!r} when it was taken, {one.now!r} now" for one in self.since]
        return [self.age_words(), *since, *changes, *added, *self.notes, *faults, f"{self.in_words()}."]

    def age_words(self) -> str:
        """When the file was taken out, and whether the plan has changed since: the first thing to know of it."""
        if self.taken_on is None:
            return "The file does not say when it was taken out, so nobody can say what has changed in the plan since."
        taken = f"The file was taken out on {date_words(self.taken_on)}"
        if not self.since:
            return f"{taken}. Nothing in its rows has changed in the plan since."
        rows = counted(len({one.ref for one in self.since}), "row")
        return (
            f"{taken} and is out of date: the plan has changed since in {rows} of it. What you did not change in the "
            "file stays as the plan has it now."
        )

    def in_words(self) -> str:
        changed = counted(len({(one.kind, one.ref) for one in self.changes}), "row")
        cells, new = counted(len(self.changes), "change"), counted(len(self.added), "new row")
        return f"{cells} in {changed}, {new}, {counted(len(self.faults), 'fault')}"


def compare(table: Sequence[Row], sheet: SentSheet, known: Known) -> Preview:
    """What the sheet would change in the plan, whose table is `table`."""
    here = {_key(row): row for row in table}
    preview = Preview(fingerprint(table), notes=list(sheet.notes))
    seen: dict[Key, int] = {}
    for sent in sheet.rows:
        key = _placed(sent, seen, known, preview)
        if key is None:
            continue
        row = here.get(key)
        if row is not None:
            _changed(row, sent, known, preview)
        elif key[0] in KINDS:
            _added(sent, known, preview)
    _circles(table, preview)
    absent = [row[REF] for key, row in here.items() if key not in seen]
    if absent:
        refs = ", ".join(absent[:20]) + (" and others" if len(absent) > 20 else "")
        not_in, stay = ("is not in", "stays as it is") if len(absent) == 1 else ("are not in", "stay as they are")
        words = f"{counted(len(absent), 'row')} of the plan {not_in} the file, and {stay}: {refs}."
        preview.notes.append(f"{words} To take one out, withdraw it on its page.")
    return preview


def _key(row: Row) -> Key:
    return row[KIND], row[REF].casefold()


def _placed(sent: SentRow, seen: dict[Key, int], known: Known, preview: Preview) -> Key | None:
    """The kind and reference of a row that can be looked at; None, with a fault, of one that cannot."""
    kind, ref = sent.cells.get(KIND, "").casefold(), sent.cells.get(REF, "")
    if kind not in KINDS:
        words = f"“{kind}” is no kind of row" if kind else "The kind of row is missing"
        preview.faults.append(SheetFault(sent.number, KIND, words, "Enter objective, action or milestone"))
        return None
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,20}", ref):
        do = "Enter a reference of letters, digits and hyphens, up to 20"
        preview.faults.append(SheetFault(sent.number, REF, f"“{ref}” is no reference" if ref else "No reference", do))
        return None
    key = (kind, ref.casefold())
    if key in seen:
        do = f"Keep one of them: row {seen[key]} has it too"
        preview.faults.append(SheetFault(sent.number, REF, f"{ref} stands twice", do))
        return None
    seen[key] = sent.number
    if key in known.withdrawn:
        do = "Leave the row out, or give it another reference"
        preview.faults.append(SheetFault(sent.number, REF, f"{ref} was withdrawn from the plan", do))
        return None
    return key


def _changed(row: Row, sent: SentRow, known: Known, preview: Preview) -> None:
    then = _taken(sent, preview)
    for column in COLUMNS:
        if column.head not in sent.cells or row[KIND] not in column.kinds or column.head in (KIND, REF, TAKEN):
            continue
        before, typed = row[column.head], sent.cells[column.head]
        if typed == before:
            continue
        if column.head in then and mark(before) != then[column.head]:
            is_edited = mark(typed) != then[column.head]
            preview.since.append(ChangedSince(sent.number, row[REF], column.head, typed, before, is_edited))
            if not is_edited:
                continue
        if column.head in PROMISED.get(row[KIND], {}):
            what = f"The {column.head.lower()} of {row[REF]} is {before or 'empty'}, and here {typed or 'empty'}"
            preview.faults.append(SheetFault(sent.number, column.head, what, PROMISED[row[KIND]][column.head]))
            continue
        if not column.part:
            _kept(row, column.head, before, typed, sent.number, preview)
            continue
        after = _understood(column, typed, sent.number, known, preview)
        if after is None or after == before:
            continue
        if (not after and column.head in NEEDED[row[KIND]]) or (not after and column.head == "Lead agency"):
            preview.faults.append(SheetFault(sent.number, column.head, "It has been emptied", "Enter it again"))
            continue
        preview.changes.append(CellChange(sent.number, row[KIND], row[REF], column, before, after))
    kept = {since.head: since.now for since in preview.since if since.number == sent.number and not since.is_edited}
    _refuse_odd_start(row | sent.cells | kept, sent.number, preview)


def _taken(sent: SentRow, preview: Preview) -> Mapping[str, str]:
    """The marks of a row's cells when it was taken out; {} where it does not say."""
    said = stamped(sent.cells.get(TAKEN, ""))
    if said is None:
        return {}
    taken_on, marks = said
    preview.taken_on = min(taken_on, preview.taken_on or taken_on)
    return marks


def _kept(row: Row, head: str, before: str, typed: str, number: int, preview: Preview) -> None:
    """A changed cell of what no spreadsheet changes: dates that fall due are a fault, how it stands a note."""
    if head == DUE:
        what = f"{row[REF]} is due on {_words(before)}, and here on {_words(typed)}"
        do = "Put it to the Board: only a decision moves a date. Put the date back"
        preview.faults.append(SheetFault(number, head, what, do))
    elif head == FIRST_DUE and typed:  # empty in a new row that is sent once more, after it was taken in
        what = f"The first date of {row[REF]} was {_words(before)}"
        preview.faults.append(SheetFault(number, head, what, "Put it back: the first date is kept for good"))
    elif head == STATE and typed:
        preview.notes.append(f"Row {number}: how {row[REF]} stands was left as it is. It is said on its own page.")


def _words(cell: str) -> str:
    try:
        return date_words(date.fromisoformat(cell))
    except ValueError:
        return f"“{cell}”" if cell else "no day"


def _added(sent: SentRow, known: Known, preview: Preview) -> None:
    kind, n_before = sent.cells[KIND].casefold(), len(preview.faults)
    cells = {column.head: "" for column in COLUMNS}
    for column in COLUMNS:
        typed = sent.cells.get(column.head, "")
        if not typed or kind not in column.kinds or column.head in (KIND, REF, FIRST_DUE, STATE, TAKEN):
            continue
        cells[column.head] = _understood(column, typed, sent.number, known, preview) or ""
    for head in NEEDED[kind]:
        if not sent.cells.get(head):
            what = f"A new {kind} has no {head.lower()}"
            preview.faults.append(SheetFault(sent.number, head, what, f"Enter its {head.lower()}"))
    if cells[DUE] and date.fromisoformat(cells[DUE]) < known.starts_on:
        do = f"Enter a day on or after {date_words(known.starts_on)}, when the programme began"
        preview.faults.append(SheetFault(sent.number, DUE, "It is due before the programme began", do))
    _refuse_odd_start(cells, sent.number, preview)
    if len(preview.faults) == n_before:
        preview.added.append(NewRow(sent.number, kind, sent.cells[REF], cells))


def _understood(column: SheetColumn, typed: str, number: int, known: Known, preview: Preview) -> str | None:
    """A cell as the plan would hold it; None, with a fault, when it cannot."""
    if not typed:
        return ""
    fault = None
    if column.head in known.names:
        return _named(column, typed, number, known.names[column.head], preview)
    if column.form == "date":
        fault = None if _is_day(typed) else _no_day(typed)
    elif column.form == "number":
        return _number(column, typed, number, preview)
    elif column.choices and typed.casefold() not in column.choices:
        fault = (f"“{typed}” is not one of them", f"Enter {' or '.join(column.choices)}, or leave it empty")
    elif len(typed) > column.longest:
        fault = (f"There are {len(typed):,} characters", f"Use {column.longest:,} or fewer")
    if fault:
        preview.faults.append(SheetFault(number, column.head, *fault))
        return None
    return typed.casefold() if column.choices else typed


def _named(column: SheetColumn, typed: str, number: int, names: Mapping[str, str], preview: Preview) -> str | None:
    """What the cell names, as the plan calls it: one, or of a list each."""
    given = [part.strip() for part in re.split(r"[;\n]" if column.form == "list" else r"\n", typed) if part.strip()]
    unknown = [one for one in given if one.casefold() not in names]
    if unknown or (column.form != "list" and len(given) != 1):
        what = f"There is no “{(unknown or given)[0]}”"
        do = "Use a code or reference that the plan has (the sheet Codes of an export lists them)"
        preview.faults.append(SheetFault(number, column.head, what, do))
        return None
    return JOINED.join(sorted({names[one.casefold()] for one in given}))


def _number(column: SheetColumn, typed: str, number: int, preview: Preview) -> str | None:
    try:
        size = Decimal(typed)
    except InvalidOperation:
        size = Decimal(-1)
    if not (size.is_finite() and 0 <= size < 10_000_000 and size == round(size, 2)):
        do = "Enter a number, like 5 or 2.5"
        preview.faults.append(SheetFault(number, column.head, f"“{typed}” is no number that is kept", do))
        return None
    return f"{size.normalize():f}"


def _no_day(typed: str) -> tuple[str, str]:
    """What is wrong with what should be a day, and what to do: of a spreadsheet's own count of days, which it means."""
    if typed.isdecimal() and FIRST_SERIAL <= int(typed) <= LAST_SERIAL:
        day = DAY_NOUGHT + timedelta(days=int(typed))
        what = f"“{typed}” is the number by which a spreadsheet keeps {date_words(day)}, without the format of a date"
        return what, f"Give the cell the format of a date, or enter {day.isoformat()}"
    return f"“{typed}” is no day", "Enter a day like 2014-03-31 or 31 March 2014"


def _is_day(typed: str) -> bool:
    try:
        date.fromisoformat(typed)
    except ValueError:
        return False
    return True


def _refuse_odd_start(cells: Mapping[str, str], number: int, preview: Preview) -> None:
    start, due = cells.get("Start", ""), cells.get(DUE, "")
    if _is_day(start) and _is_day(due) and start > due:
        preview.faults.append(SheetFault(number, "Start", "It would start after it is due", "Enter an earlier start"))
    size, indicator, way = (cells.get(head, "") for head in ("Size", "Indicator", "Direction"))
    if size and not (indicator and way):
        do = "Enter the indicator and the direction, or empty the size"
        preview.faults.append(SheetFault(number, "Size", "A size of nothing in no direction", do))


def _circles(table: Sequence[Row], preview: Preview) -> None:
    """Faults for rows that would come to wait for themselves, old and new taken together."""
    waits = {row[REF]: _listed(row["Waits for"]) for row in table if row[KIND] == "action"}
    numbers: dict[str, int] = {}
    for change in preview.changes:
        if change.column.head == "Waits for":
            waits[change.ref], numbers[change.ref] = _listed(change.after), change.number
    for row in preview.added:
        if row.kind == "action":
            waits[row.ref], numbers[row.ref] = _listed(row.cells["Waits for"]), row.number
    for ref, number in numbers.items():
        way = circle(waits, ref)
        if way:
            what = f"{' would wait for '.join(way)}"
            preview.faults.append(SheetFault(number, "Waits for", what, "Leave one of them out"))


def _listed(cell: str) -> list[str]:
    return [part for part in cell.split(JOINED) if part]
