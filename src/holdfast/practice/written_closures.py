"""Closures as their pages say them."""

from collections.abc import Callable, Sequence
from typing import Any

from holdfast.pages.tables import Cell, Column, Table, link, table, tag
from holdfast.pages.words import counted, date_words, listed, months_words
from holdfast.performance.selectors.closings import (
    UNFINISHED,
    ClosingCounts,
    ClosingsSeen,
    Counted,
    SignCount,
    Unseen,
    sign_words,
)
from holdfast.performance.selectors.whose import NO_TEAM
from holdfast.practice.selectors.closures import TOLD_OF, Closed


def signs_table(counts: ClosingCounts) -> Table:
    """Each sign over the year: how many closures show it, of how many it is not known, and where it is looked for."""
    columns = [
        Column[SignCount]("What the records say", lambda sign: sign.words),
        Column("Of those of which it is known", lambda sign: _share(counts, sign)),
        Column("Where it is looked for", lambda sign: sign.source),
    ]
    if counts.sees:
        columns.insert(2, Column("Not known", lambda sign: f"{sign.n_unknown:,}", numeric=True))
    return table("Closures of the year", columns, counts.year.signs.values())


def _share(counts: ClosingCounts, sign: SignCount) -> Cell:
    return counts.shown(sign) if sign.is_held else tag(counts.shown(sign).capitalize(), "grey")


def quarters_table(counts: ClosingCounts) -> Table:
    return _over("Quarter by quarter", "Closed in", counts.quarters, counts.year)


def teams_table(counts: ClosingCounts) -> Table:
    return _over("By the team that held the case", "Team", list(counts.teams.values()), counts.year, list(counts.teams))


MOST_SIDE_BY_SIDE = 6
"""Of no more quarters or teams than these, each is a column: a desk's screen holds them, and not ten signs."""


def _over(caption: str, head: str, every: Sequence[Counted], year: Counted, names: Sequence[str] = ()) -> Table:
    """For each quarter or team, how many were closed, and of each sign that is held at all how many show it."""
    named = list(zip(names or [months_words(one.first, one.last) for one in every], every, strict=True))
    held = [code for code, sign in year.signs.items() if sign.is_held]
    if len(named) <= MOST_SIDE_BY_SIDE:
        columns = [Column[str]("What the records say", _head), *(Column[str](name, _of(one)) for name, one in named)]
        return table(caption, columns, ["", *held])
    first = Column[tuple[str, Counted]](head, lambda pair: pair[0])
    signs = (Column[tuple[str, Counted]](_head(code), _shown(code)) for code in ("", *held))
    return table(caption, [first, *signs], named)


def _head(code: str) -> str:
    """What a sign is in words; of no sign, that all are counted."""
    return sign_words(code)[0] if code else "Closed"


def _of(one: Counted) -> Callable[[str], Cell]:
    return lambda code: _count(one, code)


def _shown(code: str) -> Callable[[tuple[str, Counted]], Cell]:
    return lambda pair: _count(pair[1], code)


def _count(one: Counted, code: str) -> Cell:
    if not code:
        return f"{one.n:,}"
    share = one.signs[code].share
    return {"text": share.of, "hint": share.interval} if share.n else "not known"


def closings_table(seen: Sequence[Closed]) -> Table:
    """The closures of a list: which signs each shows, what is not known of it, and whether an audit read it."""
    columns = [
        Column[Closed]("Child reference", lambda one: one.closing.child),
        Column("Closed on", lambda one: date_words(one.closing.closed_on)),
        Column("Team", lambda one: one.closing.team or NO_TEAM),
        Column("What the records say", _signs_cell),
        Column("Closure audit", _audit_cell),
    ]
    return table("Closures, the latest first", columns, seen)


def _signs_cell(one: Closed) -> Cell:
    unsure = f"Not known: {listed(one.not_known)}" if one.not_known else ""
    if not one.shown:
        return {"text": "No sign", "hint": unsure}
    return tag(listed(one.shown), "yellow", hint=unsure)


def _audit_cell(one: Closed) -> Cell:
    if not one.closing.audited:
        return "None"
    return listed([f"{TOLD_OF[day <= one.closing.closed_on]} {date_words(day)}" for day in one.closing.audited])


def unseen_words(seen: Unseen) -> str:
    """Of how many open cases it is known whether the child was seen; that it is not held, where it is of none."""
    if seen.is_held:
        were = counted(seen.n_open, "case was", "cases were")
        return (
            f"On {date_words(seen.day)} {were} open. Of {seen.page.total:,} no record says that the child "
            f"was seen since the referral; of {seen.n_unknown:,} it is not known, and they are not listed."
        )
    return (
        "Not held. Whether a child was seen is in visits, in the day last seen and in the marks of assessments, which "
        "the yearly census has not; Annex A and the Standard Safeguarding Dataset have. That nobody is listed does not "
        "say that every child was seen."
    )


def unseen_table(seen: Unseen) -> Table:
    columns = [
        Column[Any]("Child reference", lambda case: case.child),
        Column("Referred on", lambda case: date_words(case.referred_on)),
        Column("Days open", lambda case: f"{(seen.day - case.referred_on).days:,}", numeric=True),
        Column("Team", lambda case: case.team or NO_TEAM),
    ]
    return table("Open cases, the longest open first", columns, seen.page.rows)


def choices(code: str, seen: ClosingsSeen) -> list[Cell]:
    """The links that choose which closures are listed: all, those with work left, and each sign that any shows."""
    names = ["", UNFINISHED, *(name for name in seen.counts if name not in ("", UNFINISHED) and seen.counts[name])]
    words = {name: sign_words(name)[0] if name else "All" for name in names}
    return [
        link(f"{words[name]} ({seen.counts[name]:,})", "closings", code, show=name) | {"current": name == seen.choice}
        for name in names
    ]
