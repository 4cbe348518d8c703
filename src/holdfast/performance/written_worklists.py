"""Worklists as their pages and the command line say them: how many wait, clock by clock, and who waits on one."""

from collections.abc import Mapping
from typing import Final

from holdfast.pages.tables import Cell, Column, Table, link, table, tag
from holdfast.pages.words import counted, day_or
from holdfast.performance.selectors import worklists as lists
from holdfast.performance.selectors.fault_rows import OfChild
from holdfast.performance.selectors.whose import NO_TEAM
from holdfast.performance.selectors.worklists import ClockCounts, Waiting, Worklist

COLOURS: Final = {lists.LATE: "red", lists.STILL_OPEN: "blue", lists.NOT_KNOWN: "grey"}


def counts_table(programme: str, found: list[ClockCounts]) -> Table:
    """Each clock with how many there are under each choice, but for what is not known."""

    def count(choice: str, words: str) -> Column[ClockCounts]:
        def cell(one: ClockCounts) -> Cell:
            return link(f"{one.counts[choice]:,}", "worklist", programme, one.clock.code, show=choice)

        return Column(words, cell, numeric=True)

    columns = [
        Column[ClockCounts]("Waiting for", lambda one: link(one.clock.title, "worklist", programme, one.clock.code)),
        *(count(choice, words) for choice, (words, _) in lists.CHOICES.items() if choice != "unknown"),
    ]
    return table("How many wait, by clock", columns, found)


def waiting_table(programme: str, seen: Worklist, left: Mapping[str, OfChild] | None) -> Table:
    """Who waits on a clock. `left`: the faults to mend, by child; None where nobody may see any."""
    columns = [
        Column[Waiting]("Child reference", lambda waiting: waiting.child),
        Column("Outcome", _outcome),
        Column("Due", lambda waiting: day_or(waiting.due_on, "no date")),
        Column("Working days left today", lambda waiting: _left(waiting.days_left)),
        Column(f"Waited by then, {seen.definition.elapsed_unit}", _waited),
    ]
    if seen.teams:
        columns.append(Column("Team", lambda waiting: waiting.team or NO_TEAM))
    if left is not None:
        columns.append(Column("Faults to mend", lambda waiting: _faults(programme, left.get(waiting.child))))
    return table("Children waiting, the soonest due first", columns, seen.page.rows)


def _outcome(waiting: Waiting) -> Cell:
    hint = "Fallen due since: late now, unless it has been done" if waiting.since else ""
    return tag(waiting.outcome.capitalize(), COLOURS[waiting.outcome], hint)


def _left(days: int | None) -> str:
    if days is None:
        return "not known"
    return f"{days:,}" if days >= 0 else f"passed {-days:,} ago"


def _waited(waiting: Waiting) -> str:
    return "not known" if waiting.waited is None else f"{waiting.waited:,}"


def _faults(programme: str, left: OfChild | None) -> Cell:
    """ "2 faults", and where they are seen."""
    if left is None:
        return "None"
    return link(counted(left.n_left, "fault"), "fault_rows", programme, left.number, child=left.mark)
