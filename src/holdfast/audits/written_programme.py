"""The programme of audits as its page says it: versions, planned against done, who takes part."""

from collections.abc import Sequence

from holdfast.audits.models import AuditPlan
from holdfast.audits.selectors.done import PeriodDone, TakesPart
from holdfast.pages.tables import Cell, Column, Table, table, tag
from holdfast.pages.words import date_words, day_or


def versions_table(plans: Sequence[AuditPlan], in_force: AuditPlan | None) -> Table:
    columns = [
        Column[AuditPlan]("Version", lambda plan: f"Version {plan.number}"),
        Column("Written", lambda plan: date_words(plan.written_on)),
        Column("From", lambda plan: date_words(plan.from_on)),
        Column("Until", lambda plan: day_or(plan.to_on, "No end")),
        Column(
            "Where it stands",
            lambda plan: _force(plan == in_force),
        ),
    ]
    return table("Versions, the newest first", columns, plans)


def done_table(periods: Sequence[PeriodDone]) -> Table:
    """Planned against done by kind and period, the last period first."""
    columns = [
        Column[PeriodDone]("Kind of audit", lambda one: one.line.title),
        Column("Period", lambda one: one.words),
        Column("Planned", lambda one: f"{one.n_planned:,}", numeric=True),
        Column("Done", lambda one: f"{one.n_done:,}", numeric=True),
        Column("Where it stands", _shortfall),
    ]
    return table("Planned and done", columns, sorted(periods, key=lambda one: one.ends_on, reverse=True))


def participation_table(whose: str, found: Sequence[TakesPart]) -> Table:
    """`whose`: what the names are of, an auditor's or a team's."""
    columns = [
        Column[TakesPart](whose, lambda one: one.name),
        Column("Allocated", lambda one: f"{one.n:,}", numeric=True),
        Column("Handed in", lambda one: f"{one.n_in:,}", numeric=True),
    ]
    return table(f"Who takes part, by {whose.lower()}", columns, found)


def _force(is_in_force: bool) -> Cell:
    return tag("In force", "green") if is_in_force else tag("Not in force", "grey")


def _shortfall(one: PeriodDone) -> Cell:
    return tag(f"{one.n_short:,} short", "red") if one.n_short else tag("Done", "green")
