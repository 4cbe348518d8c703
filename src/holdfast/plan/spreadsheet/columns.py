"""The columns of the plan's table: what each is called, which part of the plan it holds, and for which kinds of row.

Rule: a cell is plain text in one form only (ISO days, codes, references joined by "; "), so that two tables of the same
plan are the same to the byte.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.doors import Actor
from holdfast.plan import selectors
from holdfast.plan.models import Action, Milestone, Objective
from holdfast.plan.models.progress import plain

KINDS: Final = ("objective", "action", "milestone")
ALL, ACTIONS, DATED = KINDS, ("action",), ("action", "milestone")
JOINED: Final = "; "
Row = dict[str, str]
"""One row of the table: the cell under each column's heading."""


@dataclass(frozen=True)
class SheetColumn:
    """One column. `part` is what describing.PARTS calls it; "" for what is never changed by a spreadsheet.

    `form` says how the cell is read: text, list, date, number, or one of `choices`. `longest` is a limit in characters.
    """

    head: str
    part: str
    kinds: Sequence[str]
    form: str = "text"
    longest: int = 4000
    choices: Sequence[str] = ()


KIND, REF, DUE, FIRST_DUE, STATE, TAKEN = "Kind", "Ref", "Due", "First due", "State", "Taken"
COLUMNS: Final = (
    SheetColumn(KIND, "", ALL),
    SheetColumn(REF, "", ALL),
    SheetColumn("Title", "title", ALL, longest=200),
    SheetColumn("Objective", "objective", DATED),
    SheetColumn("Step of", "action", ("milestone",)),
    SheetColumn("Owner", "owner", DATED),
    SheetColumn("Accountable", "accountable", ACTIONS),
    SheetColumn("Lead agency", "agency", ACTIONS),
    SheetColumn("Contributing", "contributing", ACTIONS, "list"),
    SheetColumn("Start", "starts_on", ACTIONS, "date"),
    SheetColumn(DUE, "", DATED, "date"),
    SheetColumn(FIRST_DUE, "", DATED, "date"),
    SheetColumn("Requirements", "requirements", DATED, "list"),
    SheetColumn("Recommendations", "recommendations", ACTIONS, "list"),
    SheetColumn("Waits for", "waits_for", ACTIONS, "list"),
    SheetColumn("Indicator", "indicator", DATED),
    SheetColumn("Direction", "impact_direction", ACTIONS, choices=("higher", "lower")),
    SheetColumn("Size", "impact_size", ACTIONS, "number"),
    SheetColumn("By", "impact_by", ACTIONS, "date"),
    SheetColumn("Intended impact", "intended_impact", ACTIONS, longest=300),
    SheetColumn("Target", "target", ("milestone",), longest=120),
    SheetColumn("Detail", "detail", ACTIONS),
    SheetColumn(STATE, "", DATED),
    SheetColumn(TAKEN, "", ALL),
)
HEADS: Final = tuple(column.head for column in COLUMNS)
BY_HEAD: Final = {column.head: column for column in COLUMNS}
PROMISED: Final = {
    "milestone": {
        "Target": "Put it to the Board: only a decision changes what a milestone must reach. Put it back",
        "Indicator": "Put it back. Where another indicator is meant, withdraw the milestone and add another",
    }
}
"""What no spreadsheet changes of a kind of row, besides the date that falls due, by heading: and what to do."""
STAMPED: Final = tuple(head for head in HEADS if head not in (KIND, REF, STATE, TAKEN))
MARK_LENGTH: Final = 4
"""Hexadecimal digits that stand for one cell in a stamp: of 65,536 changes one goes unseen."""


def table_of(user: Actor, code: str) -> list[Row]:
    """The plan as it stands today: each objective, then every action and milestone, by reference."""
    things: list[Any] = [*selectors.objectives(user, code), *selectors.whole_actions(user, code)]
    rows = [row_of(thing) for thing in [*things, *selectors.milestones(user, code)]]
    return sorted(rows, key=lambda row: (KINDS.index(row[KIND]), row[REF]))


def row_of(thing: Objective | Action | Milestone) -> Row:
    kind = str(thing._meta.model_name)
    row = {column.head: _cell(thing, column) if kind in column.kinds else "" for column in COLUMNS}
    row |= {KIND: kind, REF: thing.ref}
    if not isinstance(thing, Objective):
        row |= {DUE: thing.due_on.isoformat(), FIRST_DUE: thing.original_due_on.isoformat()}
        row[STATE] = thing.state_words(clock.today())
    return row


def _cell(thing: Any, column: SheetColumn) -> str:
    if not column.part:
        return ""
    value = getattr(thing, column.part)
    value = plain(list(value.all())) if hasattr(value, "all") else plain(value)
    return JOINED.join(value) if isinstance(value, list) else str(value or "")


def fingerprint(rows: Sequence[Row]) -> str:
    """SHA-256 of what the table says, but for how things stand: it changes when anybody changes the plan."""
    facts = [{head: cell for head, cell in row.items() if head not in (STATE, TAKEN)} for row in rows]
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def stamp(row: Row, day: date) -> str:
    """When a row was taken out, and a mark for each of its cells: what changes in the plan afterwards is seen by it."""
    return f"{day.isoformat()} {''.join(mark(row[head]) for head in STAMPED)}"


def mark(cell: str) -> str:
    return hashlib.sha256(cell.encode()).hexdigest()[:MARK_LENGTH]


def stamped(cell: str) -> tuple[date, dict[str, str]] | None:
    """What a stamp says: the day, and the mark of each cell by its heading. None for none, or one that was changed."""
    day, _, marks = cell.partition(" ")
    if len(marks) != MARK_LENGTH * len(STAMPED):
        return None
    try:
        taken_on = date.fromisoformat(day)
    except ValueError:
        return None
    return taken_on, {
        head: marks[place * MARK_LENGTH : (place + 1) * MARK_LENGTH] for place, head in enumerate(STAMPED)
    }
