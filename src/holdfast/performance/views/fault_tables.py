"""How faults as work look in tables and files: rules, rows of one rule, what was done. Everything arrives fetched."""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlencode

from holdfast.pages.tables import Cell, Column, Table, link, table, tag
from holdfast.pages.words import day_or
from holdfast.performance.models import FaultWork, Validation
from holdfast.performance.selectors.faults import NamedRow, RowsOfRule, RuleFound

COLOURS = {"error": "red", "query": "yellow"}
STATE_COLOURS = {
    FaultWork.Done.ASSIGNED: "blue",
    FaultWork.Done.EXPLAINED: "green",
    FaultWork.Done.MARKED_FIXED: "turquoise",
    FaultWork.Done.CLOSED: "grey",
}
FILE_HEAD = (
    "return",
    "rule",
    "severity",
    "module",
    "line",
    "child",
    "team",
    "message",
    "indicators",
    "state",
    "assigned_to",
    "words",
    "by",
    "on",
)


def validation_words(validation: Validation) -> list[str]:
    """What a return was held to, and what it closed of the one before it."""
    said = [f"Held to the rules of the census of {validation.year}: {len(validation.n_named):,} found something."]
    own = validation.returned.as_at
    if own is not None and f"{own.year + (own.month > 3)}"[2:] != validation.year[-2:]:
        said.append(
            "They are the earliest rules that are held here: some may not have been asked in the return's year."
        )
    if validation.compared_with:
        said.append(
            f"Of the faults of return {validation.compared_with.number}, of the same census year, "
            f"{validation.n_fixed:,} are fixed and closed by this one; {validation.n_new:,} are new."
        )
    return said


def rules_table(found: Sequence[RuleFound], programme: str, number: int) -> Table:
    columns = [
        Column[RuleFound](
            "Rule", lambda one: link(one.rule, "rule_faults", programme, number, one.rule, hint=one.words)
        ),
        Column("Severity", lambda one: tag(one.severity.capitalize(), COLOURS.get(one.severity, "grey"))),
        Column("Module", lambda one: one.module),
        Column("Rows", lambda one: f"{one.n_rows:,}", numeric=True),
        Column("Left to do", lambda one: f"{one.n_left:,}", numeric=True),
        Column("Indicators it touches", lambda one: ", ".join(one.indicators) or "None"),
        Column("Done about all of it", lambda one: _state(one.work, "Nothing yet")),
    ]
    return table("Rules that found something", columns, found)


def rows_table(seen: RowsOfRule, programme: str) -> Table:
    number, rule = seen.validation.returned.number, seen.found.rule

    def name(row: NamedRow) -> Cell:
        words = row.child or (f"Line {row.line:,}" if row.line else "The whole return")
        return link(words, "one_fault", programme, number, rule, row.key)

    columns = [Column[NamedRow]("Child reference" if seen.shows_children else "Fault", name)]
    if seen.shows_children:
        columns.append(Column("Line of the file", lambda row: f"{row.line:,}" if row.line else "None"))
    if seen.teams:
        columns.append(Column("Team", lambda row: row.team))
    columns.append(Column("How it stands", lambda row: _state(row.work, "Open")))
    return table("Rows that the rule names", columns, seen.page.rows)


def team_choices(seen: RowsOfRule) -> list[dict[str, object]]:
    """The links that choose a team; none where no return says of which team a child is."""
    named = [("", "Every team"), *((team, team) for team in seen.teams)] if seen.teams else []
    return [
        {"text": words, "url": f"?{urlencode({'team': team})}" if team else "?", "current": team == seen.team}
        for team, words in named
    ]


def done_table(done: Iterable[FaultWork]) -> Table:
    columns = [
        Column[FaultWork]("When", lambda work: day_or(work.done_at.date(), "")),
        Column("What", lambda work: work.in_words),
        Column("By", lambda work: work.doer),
        Column("Return", lambda work: f"{work.returned.number}", numeric=True),
    ]
    return table("What was done about it", columns, done)


def _state(work: FaultWork | None, nothing: str) -> Cell:
    return nothing if work is None else tag(work.get_done_display(), STATE_COLOURS[work.done], _beside(work))  # type: ignore[index]


def _beside(work: FaultWork) -> str:
    """To whom it is given, or why it stands, under the state's word."""
    return work.in_words.removeprefix(work.get_done_display()).lstrip(": ").strip()


def file_rows(validation: Validation, rows: Iterable[NamedRow], found: Iterable[RuleFound]) -> Iterator[list[str]]:
    """A row of texts for each that a rule names, under FILE_HEAD."""
    about = {one.rule: one for one in found}
    for row in rows:
        work, rule = row.work, about[row.rule]
        yield [
            str(validation.returned.number),
            row.rule,
            row.severity,
            row.module,
            "" if row.line is None else str(row.line),
            row.child,
            row.team,
            rule.words,
            " ".join(rule.indicators),
            work.done if work else "open",
            work.assigned_to.display_name if work and work.assigned_to else "",
            work.words if work else "",
            work.doer if work else "",
            work.done_at.date().isoformat() if work else "",
        ]
