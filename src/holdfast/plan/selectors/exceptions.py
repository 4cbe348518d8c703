"""The exception report: what is not done by the date first promised, or was moved, with decisions, cause and recovery.

Rule: it counts by the first date. What a decision moved is still in it, and what was done late stays in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.doors import Actor
from holdfast.pages.files import as_csv
from holdfast.pages.words import counted, date_words
from holdfast.plan.flags import flags
from holdfast.plan.models import Action, Milestone
from holdfast.plan.selectors import milestones, whole_actions

NO_CAUSE: Final = "Nobody has said why"
NO_RECOVERY: Final = "Nobody has said what will"
HEAD: Final = (
    *("ref", "kind", "title", "owner", "agency", "first_due_on", "due_on", "finished_on", "state", "days_slipped"),
    *("days_after_first_date", "decisions", "cause", "why", "recovery", "recovered_by", "help_needed", "forecast_on"),
)


@dataclass(frozen=True)
class Exceptional:
    """One action or milestone of the exception report, as it stood on a day. Words are "" where nobody gave any."""

    item: Action | Milestone
    on: date
    decisions: Sequence[str]
    cause: str
    why: str
    recovery: str
    recovered_by: str
    help_needed: str
    forecast_on: date | None
    asked_after: Sequence[str]

    @property
    def is_unfinished(self) -> bool:
        return not self.item.is_finished(self.on)

    @property
    def has_missed(self) -> bool:
        """Whether its first date passed before it was done, whatever was decided since."""
        return self.item.missed_first(self.on)

    def as_row(self) -> list[str | int]:
        """What HEAD names, in its order; days are ISO."""
        item, on = self.item, self.on
        finished = item.finished_on(on)
        agency = item.agency if isinstance(item, Action) else item.owner.agency
        words = (item.ref, str(item._meta.verbose_name), item.title, item.owner.title, agency.name)
        days = (item.original_due_on.isoformat(), item.due_at(on).isoformat(), finished.isoformat() if finished else "")
        counts = (item.days_slipped(on), item.days_past_first(on))
        said = (self.cause, self.why, self.recovery, self.recovered_by, self.help_needed)
        forecast = self.forecast_on.isoformat() if self.forecast_on else ""
        return [*words, *days, item.state_words(on), *counts, ", ".join(self.decisions), *said, forecast]


def exceptions(user: Actor, code: str, on: date | None = None) -> list[Exceptional]:
    """Everything past its first date or moved, as of a day (today unless given): what is unfinished longest first."""
    day = on or clock.today()
    things: list[Action | Milestone] = [*whole_actions(user, code, day), *milestones(user, code, day)]
    found = [_exceptional(item, day) for item in things if item.missed_first(day) or item.revisions_by(day)]
    return sorted(found, key=lambda one: (not one.is_unfinished, one.item.original_due_on, one.item.ref))


def _exceptional(item: Action | Milestone, on: date) -> Exceptional:
    said = item.explanation(on) if isinstance(item, Action) else None
    last = item.update_by(on) if isinstance(item, Action) else None
    return Exceptional(
        item=item,
        on=on,
        decisions=[made.decision for made in item.revisions_by(on)],
        cause=said.get_cause_display() if said else "",
        why=said.words if said else "",
        recovery=said.recovery if said else "",
        recovered_by=said.recovered_by.ref if said and said.recovered_by else "",
        help_needed=last.help_needed if last else "",
        forecast_on=last.forecast_on if last else None,
        asked_after=flags(item, on) if isinstance(item, Action) else ["Late"] if item.is_late(on) else [],
    )


def summary(found: Sequence[Exceptional], n_all: int, on: date) -> str:
    """How many are not done by their first date, how many of those were moved and by what, how many came late."""
    missed = [one for one in found if one.is_unfinished and one.has_missed]
    moved = [one for one in missed if one.decisions]
    late = [one for one in found if not one.is_unfinished and one.has_missed]
    numbers = sorted({number for one in moved for number in one.decisions})
    by = f" ({', '.join(numbers)})" if numbers else ""
    things = counted(n_all, "action and milestone", "actions and milestones")
    return (
        f"On {date_words(on)}, {len(missed)} of {things} were "
        f"not done by the date first promised; decisions had moved {len(moved) or 'none'} of them{by}. "
        f"{len(late) or 'None'} had been done after it."
    )


def csv_of(found: Sequence[Exceptional]) -> str:
    """The report as CSV (RFC 4180), a row each. Text that a spreadsheet would take for a formula is quoted."""
    return as_csv(HEAD, (one.as_row() for one in found))


def as_data(found: Sequence[Exceptional]) -> list[dict[str, Any]]:
    """The same rows, by the names of HEAD."""
    return [dict(zip(HEAD, one.as_row(), strict=True)) for one in found]
