"""Early help and late assessments as their pages say them."""

from collections.abc import Mapping, Sequence
from datetime import date

from holdfast.organisation.models import Agency
from holdfast.pages.tables import Cell, Column, Table, link, table, tag
from holdfast.pages.words import date_words, day_or, listed, month_words
from holdfast.plan.models import Action
from holdfast.plan.selectors import page_of
from holdfast.practice.selectors.early_help import AgencyHelps
from holdfast.practice.selectors.late import CLOCKS, FIRST, LateCase, LateList


def helps_table(found: Sequence[AgencyHelps]) -> Table:
    """Agency by agency: begun and where from, ended and how, and the months that nobody reported."""
    columns = [
        Column[AgencyHelps]("Agency", lambda one: one.agency.name),
        Column("Begun", lambda one: one.shown("n_begun"), numeric=True),
        Column("Of these, from social care", lambda one: one.shown("n_stepped_down"), numeric=True),
        Column("Ended with needs met", _met_cell),
        Column("Ended by going to social care", lambda one: one.shown("n_stepped_up"), numeric=True),
        Column("Not reported", _missing_cell),
    ]
    return table("Early help assessments by the agency that leads them", columns, found)


def _met_cell(one: AgencyHelps) -> str:
    return one.met.words if one.sees else "Shown to who may see small counts"


def put_right_table(found: Mapping[Agency, Sequence[Action]], on: date) -> Table:
    """What each agency is to put right, an action a row; an agency of which nothing is asked says so."""
    rows = [(agency, action) for agency, own in found.items() for action in (own or [None])]
    columns = [
        Column[tuple[Agency, Action | None]]("Agency", lambda row: row[0].name),
        Column("Action", lambda row: _action_cell(row[1]) if row[1] else "None asked of it"),
        Column("Due", lambda row: date_words(row[1].due_at(on)) if row[1] else ""),
        Column("Where it stands", lambda row: _stands_cell(row[1], on) if row[1] else ""),
    ]
    return table("What each agency is to put right", columns, rows)


def _action_cell(action: Action) -> Cell:
    return {"text": f"{action.ref} {action.title}", "url": page_of(action), "hint": action.owner.title}


def _stands_cell(action: Action, on: date) -> Cell:
    words = action.state_words(on)
    return tag(words, "red") if action.is_late(on) else tag(words, "green" if action.is_evidenced(on) else "blue")


def _missing_cell(one: AgencyHelps) -> Cell:
    if not one.missing:
        return tag("None", "green")
    return tag(f"{len(one.missing):,}", "red", hint=listed([month_words(month) for month in reversed(one.missing)]))


def late_table(code: str, clock: str, rows: Sequence[LateCase]) -> Table:
    columns = [
        Column[LateCase]("Child reference", lambda one: one.waiting.child),
        Column("Due", lambda one: day_or(one.waiting.due_on, "no date")),
        Column("Team", lambda one: one.waiting.team or "not known"),
        Column("Why it is late", lambda one: str(one.reason) if one.reason else tag("Not explained yet", "yellow")),
        Column("Reason", lambda one: _explain_cell(code, clock, one)),
    ]
    return table(f"Late {CLOCKS[clock][1]}, the longest due first", columns, rows)


def _explain_cell(code: str, clock: str, one: LateCase) -> Cell:
    asked = {} if clock == FIRST else {"clock": clock}
    words, hidden = "Change" if one.reason else "Explain", f"(the reason of {one.waiting.child})"
    return link(words, "explain_late", code, one.mark, str(one.waiting.due_on), hidden=hidden, **asked)


def reasons_table(found: LateList) -> Table:
    columns = [
        Column[tuple[str, int]]("Why it is late", lambda one: one[0]),
        Column("How many", lambda one: f"{one[1]:,}", numeric=True),
    ]
    return table("How many are late for each reason", columns, found.counts)
