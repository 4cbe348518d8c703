"""How faults as work look in tables and files: rules, rows of one rule, what was done. Everything arrives fetched."""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlencode

from holdfast.access import clock
from holdfast.pages.tables import Cell, Column, Table, link, table, tag
from holdfast.pages.words import day_or
from holdfast.performance.models import FaultWork, Validation
from holdfast.performance.selectors.fault_rows import FaultRows
from holdfast.performance.selectors.faults import (
    NamedRow,
    RowsOfRule,
    RuleFound,
    Standing,
    mark_of_fault,
    person_given,
    words_of,
)
from holdfast.performance.selectors.worklists import Clock, Waiting

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
    "by",
    "on",
    "assigned_to",
    "asked",
    "reason",
    "reason_by",
    "reason_on",
    "put_right",
    "put_right_by",
    "put_right_on",
)


def validation_words(validation: Validation, why: str) -> list[str]:
    """What a return was held to, why those rules ("": they are its own), and what it closed of the one before it."""
    said = [f"Held to the rules of the census of {validation.year}: {len(validation.n_named):,} found something."]
    said += [why] if why else []
    return said + ([validation.closed_words] if validation.closed_words else [])


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
        Column("Done about all of it", lambda one: _state(one.whole, "Nothing yet")),
    ]
    return table("Rules that found something", columns, found)


def rows_table(seen: RowsOfRule, programme: str) -> Table:
    number, rule = seen.validation.returned.number, seen.found.rule

    def name(row: NamedRow) -> Cell:
        words = row.child or (f"Line {row.line:,}" if row.line else "The whole return")
        return link(words, "one_fault", programme, number, rule, mark_of_fault(programme, row.key))

    columns = [Column[NamedRow]("Child reference" if seen.shows_children else "Fault", name)]
    if seen.shows_children:
        columns.append(Column("Line of the file", lambda row: f"{row.line:,}" if row.line else "None"))
    if seen.teams:
        columns.append(Column("Team", lambda row: row.team))
    columns.append(Column("How it stands", lambda row: _state(row.standing, "Open")))
    return table("Rows that the rule names", columns, seen.page.rows)


def team_choices(seen: RowsOfRule) -> list[dict[str, object]]:
    """The links that choose a team; none where no return says of which team a child is."""
    named = [("", "Every team"), *((team, team) for team in seen.teams)] if seen.teams else []
    return [
        {"text": words, "url": f"?{urlencode({'team': team})}" if team else "?", "current": team == seen.team}
        for team, words in named
    ]


def found_table(seen: FaultRows, programme: str) -> Table:
    """Rows of every rule, each with its rule."""
    number = seen.validation.returned.number

    def name(row: NamedRow) -> Cell:
        words = row.child or (f"Line {row.line:,}" if row.line else "The whole return")
        return link(
            words,
            "one_fault",
            programme,
            number,
            row.rule,
            mark_of_fault(programme, row.key),
            hidden=f", rule {row.rule}",
        )

    columns = [
        Column[NamedRow]("Child reference" if seen.shows_children else "Fault", name),
        Column("Rule", lambda row: {"text": row.rule, "hint": seen.rules[row.rule].words}),
        Column("Severity", lambda row: tag(row.severity.capitalize(), COLOURS.get(row.severity, "grey"))),
        Column("How it stands", lambda row: _state(row.standing, "Open")),
    ]
    if seen.teams:
        columns.insert(3, Column("Team", lambda row: row.team))
    return table("Faults of every rule", columns, seen.page.rows)


def whose_choices(seen: FaultRows) -> list[dict[str, object]]:
    """The links that choose whose rows to show: everybody's, one's own, a team's."""
    is_plain = not (seen.is_mine or seen.team or seen.child)
    return [
        {"text": "Everybody’s", "url": "?", "current": is_plain},
        {"text": f"Given to me and still to do ({seen.n_mine:,})", "url": "?mine=1", "current": seen.is_mine},
        *(
            {"text": team, "url": f"?{urlencode({'team': team})}", "current": team == seen.team and not seen.is_mine}
            for team in seen.teams
        ),
    ]


def waiting_link(programme: str, clock: Clock, waiting: Waiting) -> Cell:
    """A worklist that a child stands on, with how it stands there."""
    due = f", due {day_or(waiting.due_on, '')}" if waiting.due_on else ""
    return link(f"{clock.title} ({waiting.outcome}{due})", "worklist", programme, clock.code)


def done_table(done: Iterable[FaultWork]) -> Table:
    columns = [
        Column[FaultWork]("When", lambda work: day_or(clock.day_of(work.done_at), "")),
        Column("What", lambda work: work.in_words),
        Column("By", lambda work: work.doer),
        Column("Return", lambda work: f"{work.returned.number}", numeric=True),
    ]
    return table("What was done about it", columns, done)


def _state(standing: Standing, nothing: str) -> Cell:
    work = standing.work
    if work is None:
        return nothing
    if standing.is_still_there:
        return tag("Still there", "red", f"Marked as fixed in return {work.returned.number}: {work.words}")
    return tag(work.get_done_display(), STATE_COLOURS[work.done], _beside(work))  # type: ignore[index]


def _beside(work: FaultWork) -> str:
    """To whom it is given, or why it stands, under the state's word."""
    return work.in_words.removeprefix(work.get_done_display()).lstrip(": ").strip()


def file_rows(validation: Validation, rows: Iterable[NamedRow], found: Iterable[RuleFound]) -> Iterator[list[str]]:
    """A row of texts for each that a rule names, under FILE_HEAD."""
    about = {one.rule: one for one in found}
    for row in rows:
        standing, rule = row.standing, about[row.rule]
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
            standing.state,
            *_by_and_on(standing.work),
            person_given(standing),
            words_of(standing.assigned),
            words_of(standing.explained),
            *_by_and_on(standing.explained),
            words_of(standing.put_right),
            *_by_and_on(standing.put_right),
        ]


def _by_and_on(work: FaultWork | None) -> tuple[str, str]:
    return (work.doer, clock.day_of(work.done_at).isoformat()) if work else ("", "")
