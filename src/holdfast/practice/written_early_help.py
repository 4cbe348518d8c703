"""Early help and late assessments as their pages say them."""

from collections.abc import Sequence

from holdfast.pages.tables import Cell, Column, Table, link, table, tag
from holdfast.pages.words import day_or, listed, month_words
from holdfast.practice.selectors.early_help import AgencyHelps
from holdfast.practice.selectors.late import LateAssessment, LateList


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


def _missing_cell(one: AgencyHelps) -> Cell:
    if not one.missing:
        return tag("None", "green")
    return tag(f"{len(one.missing):,}", "red", hint=listed([month_words(month) for month in reversed(one.missing)]))


def late_table(code: str, rows: Sequence[LateAssessment]) -> Table:
    columns = [
        Column[LateAssessment]("Child reference", lambda one: one.waiting.child),
        Column("Due", lambda one: day_or(one.waiting.due_on, "no date")),
        Column("Team", lambda one: one.waiting.team or "not known"),
        Column("Why it is late", lambda one: str(one.reason) if one.reason else tag("Not explained yet", "yellow")),
        Column("Reason", lambda one: _explain_cell(code, one)),
    ]
    return table("Late assessments, the longest due first", columns, rows)


def _explain_cell(code: str, one: LateAssessment) -> Cell:
    words, hidden = "Change" if one.reason else "Explain", f"(the reason of {one.waiting.child})"
    return link(words, "explain_late", code, one.mark, str(one.waiting.due_on), hidden=hidden)


def reasons_table(found: LateList) -> Table:
    columns = [
        Column[tuple[str, int]]("Why it is late", lambda one: one[0]),
        Column("Assessments", lambda one: f"{one[1]:,}", numeric=True),
    ]
    return table("How many are late for each reason", columns, found.counts)
