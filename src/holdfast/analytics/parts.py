"""What a count is made of, hidden as a breakdown of it would be: of those not known, how many for each reason.

The parts of a count that is published may give away a small one, or what is hidden of the count itself. So they are a
table of their own, with the count's own hidden periods fixed, closed as any other (hidden_counts.py), and alike for
indicators of the same records. Rules: of groups of children no parts are published at all, only of all together; the
parts of one period are all shown or all hidden, and once hidden they stay so (docs/decisions/0090).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from holdfast.analytics.alike_counts import Before, alike, close_alike, totals
from holdfast.analytics.disclosure import Protected, Shown, earlier_of
from holdfast.analytics.figure import Figure
from holdfast.analytics.hidden_counts import Cell, Table
from holdfast.analytics.unknowns import REASONS


def with_reasons(
    indicators: Mapping[str, Sequence[Figure]], published: Mapping[str, Sequence[Protected]], before: Before
) -> dict[str, list[Protected]]:
    """What is published of all children, with why some are not known as far as that may be shown.

    `indicators`: the same figures whole. `before`: what readers have from the releases published before. An indicator
    whose release did not keep why is given as it is.
    """
    kept = {name: figures for name, figures in indicators.items() if all(figure.why for figure in figures)}
    hidden: dict[str, set[Cell]] = {}
    for names in alike({name: totals(figures) for name, figures in kept.items()}):
        tables = {name: _table(kept[name], published[name], before.get(name, ())) for name in names}
        hidden |= _closed(tables, {period for name in names for period in _hidden_before(before.get(name, ()))})
    return {
        name: [
            replace(seen, why=_shown(figure, hidden[name])) if name in kept else seen
            for seen, figure in zip(published[name], figures, strict=True)
        ]
        for name, figures in indicators.items()
    }


def _table(figures: Sequence[Figure], published: Sequence[Protected], before: Sequence[Sequence[Shown]]) -> Table:
    """One indicator's unknown, with its reasons as groups; what is hidden of the whole is hidden, and no more is."""
    rows = [row for figure in figures for row in _rows(figure)]
    secret: set[Cell] = set()
    for seen in published:
        if seen.n_unknown is None:
            whole = (seen.period.id, "")
            secret |= {("in", whole), ("not", whole), ("base", whole)}
    fixed = frozenset((figure.period.id, "") for figure in figures)
    earlier = [[pair for whole, seen in release for pair in _pairs(whole, seen)] for release in before]
    return Table(rows, secret, earlier_of(rows, earlier), fixed)


def _closed(tables: Mapping[str, Table], periods: set[str]) -> dict[str, set[Cell]]:
    """Every cell to hide: in each of these periods all the parts, and so in each where any part must be."""
    while True:
        for table in tables.values():
            table.hide(_parts_of(table, periods))
        hidden = close_alike(tables)
        found = {period for cells in hidden.values() for _, (period, part) in cells if part}
        if found <= periods:
            return hidden
        periods = periods | found


def _parts_of(table: Table, periods: Collection[str]) -> Iterator[Cell]:
    return ((measure, place) for measure, place in table.values if place[0] in periods and place[1])


def _hidden_before(before: Sequence[Sequence[Shown]]) -> Iterator[str]:
    """The periods of which any release published before hid a reason."""
    for release in before:
        for whole, seen in release:
            if not whole.group and whole.why is not None and (seen.why is None or None in seen.why):
                yield whole.period.id


def _rows(figure: Figure) -> Iterator[Figure]:
    yield Figure(figure.period, "", figure.n_unknown, 0, 0)
    for reason, count in zip(REASONS, figure.why, strict=True):
        yield Figure(figure.period, reason, count, 0, 0)


def _pairs(whole: Protected, seen: Protected) -> Iterator[Shown]:
    """What one release had of a figure's unknown and its reasons: whole, and as it was published."""
    if whole.group:
        return
    for name, truth, told in [("", whole.n_unknown, seen.n_unknown), *_reasons(whole, seen)]:
        yield Protected(whole.period, name, truth, truth, 0), Protected(whole.period, name, told, told, 0)


def _reasons(whole: Protected, seen: Protected) -> list[tuple[str, int | None, int | None]]:
    if whole.why is None:
        return []
    return list(zip(REASONS, whole.why, seen.why or (None,) * len(REASONS), strict=True))


def _shown(figure: Figure, hidden: set[Cell]) -> tuple[int | None, ...]:
    place = figure.period.id
    pairs = zip(REASONS, figure.why, strict=True)
    return tuple(None if ("in", (place, reason)) in hidden else count for reason, count in pairs)
