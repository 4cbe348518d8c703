"""What was decided of one indicator, beside its chart: its target and how near it is, its baseline, its definition."""

from typing import TYPE_CHECKING, Any, Final

from holdfast.access.doors import Actor
from holdfast.pages.tables import Column, link, table
from holdfast.pages.words import date_words, month_words, months_words, upper_first
from holdfast.performance.models import AdoptedDefinition, ChartRebase, Decided, Target
from holdfast.performance.selectors.decided import (
    DecidedOfIndicator,
    aim_for,
    decided_of,
    judged_again,
    next_aim,
    steps_of,
)

if TYPE_CHECKING:
    from holdfast.performance.selectors.indicators import Series

IN_SIGHT: Final = ": the old limits stay in sight."


def decided_rows(user: Actor, seen: "Series") -> dict[str, Any]:
    """Sentences of how it stands, and every decision about it, the latest first, each linked."""
    decided = decided_of(user, seen.release.programme, seen.definition.id)
    rows: list[Decided] = [*decided.targets, *decided.rebases, *([decided.adopted] if decided.adopted else [])]
    rows.sort(key=lambda row: (row.decided_on, row.set_at), reverse=True)
    code = seen.release.programme.code
    columns = [
        Column[Decided]("Decision", lambda row: link(row.decision, "decision", code, row.decision)),
        Column[Decided]("Decided", lambda row: date_words(row.decided_on)),
        Column[Decided]("What", lambda row: _what(row, seen) + _afterwards(row)),
        Column[Decided]("Why, or by which standard", _why),
    ]
    words = [each for each in (_target(decided, seen), *_baseline(decided, seen), _definition(decided, seen)) if each]
    return {"decided": words, "decisions": table("Decisions about it, the latest first", columns, rows)}


def _target(decided: DecidedOfIndicator, seen: "Series") -> str:
    latest = seen.latest_month
    aim = aim_for(decided.aims, latest)
    if latest is None:
        return "It has a target, and no month yet to set beside it." if decided.aims else ""
    unit, coming = seen.definition.unit, next_aim(decided.aims, latest)
    later = ""
    if coming is not None:
        later = f"From {month_words(coming.from_on)} the target is {coming.words(unit)} ({coming.target.decision})."
    if aim is None:
        return later
    late = aim.set_after_words(latest)
    now = (
        f"Target for {latest.period.words}: {aim.words(unit)} ({aim.target.decision}{f', {late}' if late else ''}). "
        f"How far the month is from it: {aim.near_words(latest, unit)}."
    )
    return f"{now} {later}".strip()


def _baseline(decided: DecidedOfIndicator, seen: "Series") -> list[str]:
    return [
        f"Judged anew from {month_words(rebase.from_on)} by {rebase.decision}"
        + (IN_SIGHT if rebase.set_at <= seen.release.calculated_at else ", with the next release.")
        for rebase in decided.rebases
    ]


def _definition(decided: DecidedOfIndicator, seen: "Series") -> str:
    if decided.adopted is None:
        return ""
    words = f"The Board has adopted version {decided.adopted.version} of it ({decided.adopted.decision})"
    if decided.adopted.version == seen.version:
        return f"{words}, by which this release counted."
    return f"{words}; this release counted by version {seen.version}, which the Board has not adopted."


def _what(row: Decided, seen: "Series") -> str:
    if isinstance(row, Target):
        return upper_first(", ".join(_steps(row, seen.definition.unit)))
    if isinstance(row, ChartRebase):
        return f"Judged anew from {month_words(row.from_on)}"
    assert isinstance(row, AdoptedDefinition)
    return f"Version {row.version} adopted"


def _afterwards(row: Decided) -> str:
    """For which months it was set when they were over; "" for what was known in time."""
    again = judged_again(steps_of(row)[0].from_on, row.decided_on) if isinstance(row, Target) else None
    return f". Set afterwards for {months_words(*again)}" if again else ""


def _steps(target: Target, unit: str) -> list[str]:
    """ "at most 22.0% from October 2013", and so on for each step."""
    return [f"{aim.words(unit)} from {month_words(aim.from_on)}" for aim in steps_of(target)]


def _why(row: Decided) -> str:
    if isinstance(row, Target):
        return row.standard
    return row.reason if isinstance(row, ChartRebase) else ""
