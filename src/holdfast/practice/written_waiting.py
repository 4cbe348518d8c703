"""What waits for a manager as its pages say it: supervision that is overdue, and matters without a decision."""

from typing import Any, Final

from holdfast.pages.tables import Cell, Column, Table, link, table
from holdfast.pages.words import date_words, day_or
from holdfast.performance.selectors.on_record import kinds, matters
from holdfast.performance.selectors.whose import NO_TEAM
from holdfast.practice.selectors.waiting import NoDecision, Overdue

NONE_SINCE: Final = {"protection": "None on record since the plan began", "need": "None on record since the referral"}


def overdue_table(found: Overdue) -> Table:
    seen = found.seen
    columns = [
        Column[Any]("Child reference", lambda case: case.child),
        Column("Case", lambda case: kinds()[case.kind]),
        Column("Last discussed", lambda case: _last(case)),
        Column("Days since", lambda case: f"{seen.days(case):,}", numeric=True),
        Column("Days past the standard", lambda case: f"{seen.past(case):,}", numeric=True),
        *_team(of_several=seen.of_several),
    ]
    return table("Cases whose supervision is overdue, the longest past the standard first", columns, seen.page.rows)


def _team(*, of_several: bool) -> list[Column[Any]]:
    """The team of each, for whom more than one is shown."""
    return [Column("Team", lambda one: one.team or NO_TEAM)] if of_several else []


def _last(case: Any) -> Cell:
    if case.last_on is not None:
        return date_words(case.last_on)
    return {"text": NONE_SINCE[case.kind], "hint": date_words(case.began_on)}


def undecided_table(found: NoDecision) -> Table:
    seen = found.seen
    columns = [
        Column[Any]("Child reference", lambda matter: matter.child),
        Column("What waits for a decision", lambda matter: matters()[matter.about]),
        Column("Since", lambda matter: date_words(matter.on)),
        Column("Decision due by", lambda matter: day_or(matter.due_on, "")),
        Column("Days since", lambda matter: f"{seen.days(matter):,}", numeric=True),
        *_team(of_several=seen.of_several),
    ]
    return table("Matters of open cases without a decision on record, the oldest first", columns, seen.page.rows)


def choices(code: str, page: str, found: Overdue | NoDecision) -> list[Cell]:
    """The links that choose a kind of case or of matter, each with how many are listed."""
    words = kinds() if isinstance(found, Overdue) else matters()
    n_each = {"": sum(told.n_so for told in found.seen.told.values())}
    n_each |= {name: told.n_so for name, told in found.seen.told.items()}
    return [
        link(f"{words.get(name, 'All')} ({n:,})", page, code, show=name) | {"current": name == found.seen.choice}
        for name, n in n_each.items()
    ]
