"""The standards for oversight as their pages say them."""

from collections.abc import Iterable, Sequence
from typing import Any

from holdfast.pages.tables import Cell, Column, Table, link, table, tag
from holdfast.pages.words import counted, date_words, upper_first
from holdfast.performance.selectors.compliance import Measured, Met
from holdfast.practice.models import Standard, StandardClause
from holdfast.practice.selectors.oversight import ClauseMet, Judged

COLOURS = {"Reached": "green", "Not reached": "red", "Too little to tell": "yellow"}


def judged(one: Judged) -> dict[str, Any]:
    """One version in force: its days, its clauses by records and by audit side by side, and each clause by team."""
    columns = [
        Column[ClauseMet]("Clause", lambda met: {"text": met.clause.words, "hint": met.clause.edition}),
        Column("At least", lambda met: f"{met.clause.at_least}%", numeric=True),
        Column("By records", lambda met: _cell(met, met.records)),
        Column("By audits drawn at random", lambda met: _cell(met, met.audits)),
    ]
    teams = [_teams_table(met) for met in one.clauses]
    return {
        "title": str(one.span.version),
        "days": one.days_words,
        "said": _reached_words(one.clauses),
        "clauses": table(str(one.span.version), columns, one.clauses) if one.clauses else None,
        "teams": [of_clause for of_clause in teams if of_clause.rows],
    }


def _reached_words(clauses: Sequence[ClauseMet]) -> str:
    """Of how many clauses it can be said that they are reached, and that they are not, by records and by audits."""
    by = {
        "by records": [met.state(met.records) for met in clauses if met.records],
        "by audits drawn at random": [met.state(met.audits) for met in clauses if met.audits],
    }
    parts = [
        f"{how}, of {counted(len(told), 'clause')} measured, {told.count('Reached') or 'none'} "
        f"{'is' if told.count('Reached') < 2 else 'are'} reached and {told.count('Not reached') or 'none'} not"
        for how, states in by.items()
        if (told := [state for state in states if state])
    ]
    return " ".join(f"{upper_first(part)}." for part in parts)


def _cell(met: ClauseMet, found: Measured | None) -> Cell:
    if found is None:
        return tag("Nothing measures it", "grey")
    state = met.state(found)
    return tag(state, COLOURS[state], hint=found.every.words) if state else upper_first(found.every.words)


def _teams_table(met: ClauseMet) -> Table:
    columns = [
        Column[tuple[str, tuple[Met | None, Met | None]]]("Team", lambda team: team[0]),
        Column("By records", lambda team: _of_team(team[1][0])),
        Column("By audits drawn at random", lambda team: _of_team(team[1][1])),
    ]
    return table(f"By team: {met.clause.words}", columns, met.by_team().items())


def _of_team(found: Met | None) -> str:
    return found.words if found else "none, or too few"


def versions_table(code: str, found: Iterable[Standard]) -> Table:
    columns = [
        Column[Standard]("Version", lambda one: link(f"Standards {one.number}", "standard", code, one.number)),
        Column("Written on", lambda one: date_words(one.written_on)),
        Column("Clauses", lambda one: f"{len(one.clauses.all()):,}", numeric=True),
    ]
    return table("Versions written here, the newest first", columns, found)


def clauses_table(found: Standard) -> Table:
    columns = [
        Column[StandardClause]("Clause", lambda clause: f"{clause.number}"),
        Column("What managers do", lambda clause: clause.words),
        Column("Edition", lambda clause: clause.edition),
        Column("At least", lambda clause: f"{clause.at_least}%", numeric=True),
        Column("By records", lambda clause: clause.records or "Not held"),
        Column("By audit", lambda clause: clause.audits.removeprefix("audit:") or "Not asked"),
    ]
    return table("Clauses", columns, found.clauses.all())
