"""Small counts hidden alike in indicators that count the same records, so that none gives away what another hides.

Referrals, re-referrals and referrals without further action all say how many referrals there were; so does each span
of re-opening say how many cases were closed. One that is given for fewer months (those that lists give) goes with those
that count as many in each of them. Not here: what is hidden in one indicator (disclosure). Rule: where one
of them hides the number counted at a period and group, all of them do, and the number not known with it.
Not covered: an unknown count of all children together, found by subtracting from another indicator's number counted.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from types import MappingProxyType
from typing import Final

from holdfast.analytics.disclosure import POLICIES, Protected, Shown, earlier_of, protect, shown
from holdfast.analytics.figure import Figure
from holdfast.analytics.hidden_counts import Cell, Earlier, Table
from holdfast.analytics.years import Measure, Place, measured

NESTED: Final[tuple[Measure, ...]] = ("in", "not", "unknown")
Wholes = dict[Place, int]
Before = Mapping[str, Sequence[Sequence[Shown]]]
"""By indicator, the figures of each release published before."""


def protect_alike(
    indicators: Mapping[str, Sequence[Figure]], policy: str = "publish", before: Before = MappingProxyType({})
) -> Mapping[str, Sequence[Protected]]:
    """Each indicator's figures, protected as `protect` does and against one another. Give all with one breakdown.

    `before`: what readers have from the releases published before.
    """
    if policy not in POLICIES or policy == "inside":
        return {name: protect(figures, policy) for name, figures in indicators.items()}
    earlier = {name: earlier_of(figures, before.get(name, ())) for name, figures in indicators.items()}
    protected: dict[str, Sequence[Protected]] = {}
    for names in alike({name: totals(figures) for name, figures in indicators.items()}):
        if len(names) == 1:
            protected[names[0]] = protect(indicators[names[0]], policy, earlier[names[0]])
            continue
        hidden = _hidden({name: indicators[name] for name in names}, earlier)
        for name in names:
            protected[name] = [shown(figure, hidden[name]) for figure in indicators[name]]
    return protected


def totals(figures: Sequence[Figure]) -> list[Figure]:
    """The figures of all children together."""
    return [figure for figure in figures if figure.group == ""]


def alike(indicators: Mapping[str, Sequence[Figure]]) -> list[tuple[str, ...]]:
    """The indicators by what they count: those with as many records, known or not, in every month that one has.

    By every period where one has no months.
    """
    wholes = {name: _wholes(figures) for name, figures in indicators.items()}
    families: dict[str, list[str]] = {}
    for name in sorted(wholes, key=lambda name: -len(wholes[name])):  # the widest of each is its first
        wide = (first for first in families if wholes[name].items() <= wholes[first].items())
        same = next((first for first in wide if bool(wholes[name]) == bool(wholes[first])), name)
        families.setdefault(same, []).append(name)
    place = {name: n for n, name in enumerate(indicators)}
    return sorted(
        (tuple(sorted(names, key=place.__getitem__)) for names in families.values()), key=lambda n: place[n[0]]
    )


def _wholes(figures: Sequence[Figure]) -> Wholes:
    months = [each for each in figures if each.period.kind == "month"] or figures
    return {(each.period.id, each.group): each.denominator + each.n_unknown for each in months}


def _unlike(indicators: Mapping[str, Sequence[Figure]]) -> frozenset[str]:
    """The part-years of which one has other days than another, and counts others: the two count no longer the same.

    Where the days that only one has add nothing, each still gives away the other.
    """
    days: dict[str, set[tuple[date, date]]] = {}
    counts: dict[Place, set[int]] = {}
    for figures in indicators.values():
        for each in figures:
            days.setdefault(each.period.id, set()).add((each.period.starts_on, each.period.ends_on))
            counts.setdefault((each.period.id, each.group), set()).add(each.denominator + each.n_unknown)
    moved = {period for (period, _), found in counts.items() if len(found) > 1}
    return frozenset(name for name, spans in days.items() if len(spans) > 1 and name in moved)


def _hidden(indicators: Mapping[str, Sequence[Figure]], earlier: Mapping[str, Earlier]) -> dict[str, set[Cell]]:
    """What each of a family hides: the totals first, as disclosure does, so every breakdown hides the same totals."""
    unlike = _unlike(indicators)
    earlier = {name: _known(name, indicators, earlier, unlike) for name in indicators}
    whole = {name: Table(totals(figures), earlier=earlier[name]) for name, figures in indicators.items()}
    hidden = close_alike(whole, unlike)
    if all(figure.group == "" for figures in indicators.values() for figure in figures):
        return hidden
    fixed = frozenset((figure.period.id, "") for figures in indicators.values() for figure in totals(figures))
    every = {name: Table(all_, hidden[name], earlier[name], fixed) for name, all_ in indicators.items()}
    return close_alike(every, unlike)


def _known(
    name: str, indicators: Mapping[str, Sequence[Figure]], earlier: Mapping[str, Earlier], unlike: frozenset[str]
) -> Earlier:
    """What a reader has of one of a family: what releases told of any, and noughts that another of it shows.

    How many were counted is the same for all, where all of them are known. And one that nowhere counts more than
    another (re-opened within 3 months, within 12) is nought wherever the other is.
    """
    all_known = {(figure.period.id, figure.group) for figure in indicators[name] if not figure.n_unknown}
    bases = {(kind, place) for each in indicators for kind, place in earlier[each].told if kind == "base"}
    bases = {cell for cell in bases if cell[1] in all_known and cell[1][0] not in unlike}
    told = earlier[name].told | bases
    for other in indicators.keys() - {name}:
        for measure, is_of_all in product(NESTED, (True, False)):
            own, wider = (_measured(indicators[each], measure, is_of_all) for each in (name, other))
            if own.keys() == wider.keys() and all(count <= wider[cell] for cell, count in own.items()):
                told |= {cell for cell, count in wider.items() if count == 0}
    return Earlier(earlier[name].hidden - bases, told)


def _measured(figures: Sequence[Figure], measure: Measure, is_of_all: bool) -> dict[Cell, int]:
    """The counts of all children together, or of groups: no breakdown decides what is hidden of all."""
    of = (figure for figure in figures if (figure.group == "") == is_of_all)
    return {(measure, (figure.period.id, figure.group)): measured(figure, measure) for figure in of}


def close_alike(tables: Mapping[str, Table], unlike: frozenset[str] = frozenset()) -> dict[str, set[Cell]]:
    """Close each table, hide in each what the others hide, and again until nothing more is hidden.

    `unlike`: the periods that are not of the same days in all of them, in which none says anything of another.
    """
    for table in tables.values():
        table.close()
    waiting = True
    while waiting:
        places = {place for table in tables.values() for place in _to_hide(table) if place[0] not in unlike}
        waiting = False
        for table in tables.values():
            if table.hide(cell for place in places - table.fixed for cell in _cells(table, place)):
                waiting = True
                table.close()
    return {name: table.hidden for name, table in tables.items()}


def _cells(table: Table, place: Place) -> set[Cell]:
    """What a table has at a place: its counts of the known, and of the unknown unless that is nought."""
    known: set[Cell] = {("in", place), ("not", place), ("base", place)}
    unknown: Cell = ("unknown", place)
    return {cell for cell in known if cell in table.values} | ({unknown} if table.values.get(unknown) else set())


def _to_hide(table: Table) -> set[Place]:
    """The places where a table hides how many were counted, or of one group how many are not known."""
    return {place for measure, place in table.hidden if measure == "base" or (measure == "unknown" and place[1])}
