"""What one kind of return says nothing of is taken from another that does: a column, or the list of what a row has.

The newest file wins a record, whatever kind it is of (history.py). A monthly list has no pupil number and no list of
factors: winning must not wipe out what the census said. Not here: two files that both say it, and differ (history.py).
Rule: an empty value that is an answer ("still open") is never filled up.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from holdfast.analytics.sources import Source
from holdfast.analytics.tables.contracts import TABLES

Said = dict[str, list[tuple[int, Any, bool]]]
"""By a record's key: the place of a load, a value, and whether it is marked as not understood."""


def giving(sources: Sequence[Source], table: str, column: str | None = None) -> list[int]:
    """The places of the loads that give a table, or a column of it."""
    given = ((source.place, source.gives.columns.get(table)) for source in sources)
    return [place for place, names in given if names is not None and (column is None or column in names)]


def of_the_loads(rows: pa.Table, places: Collection[int]) -> pa.Table:
    """Only the rows of the loads at these places."""
    return rows.filter(pc.is_in(rows["load"], pa.array(list(places), pa.int32())))


def filled_up(sources: Sequence[Source], table: str, rows: pa.Table, winners: pa.Table) -> pa.Table:
    """The winning rows, each column that a winner's load says nothing of taken from the newest load that does.

    `rows` are of every load, the newest of each key first. A load says nothing of a column that it does not give; nor,
    where it is of another kind, of a cell that it leaves empty and that means no more than "not recorded" when empty.
    A mark that a value was not understood comes along, and is never filled up.
    """
    holding = set(rows["load"].to_pylist())
    kinds = {source.place: source.kind for source in sources if source.place in holding}
    for column in TABLES[table].columns:
        places = set(giving(sources, table, column.name))
        is_mixed = column.says_nothing_when_empty and len(set(kinds.values())) > 1
        if column.name in TABLES[table].key or not places or (holding <= places and not is_mixed):
            continue
        sent = of_the_loads(rows, places)

        def takes(winner: int, other: int, places: Collection[int] = places, is_mixed: bool = is_mixed) -> bool:
            return winner not in places or (is_mixed and kinds[winner] != kinds[other])

        winners = _with_column(winners, TABLES[table].key[0], column.name, sent, takes)
    return winners


def _is_marked(rows: pa.Table, column: str) -> Any:
    """Whether each row was sent something in this column that was not understood."""
    return pc.match_substring_regex(pc.fill_null(rows["unread"], ""), rf"(?:^| ){column}(?: |$)")


def _said(rows: pa.Table, key: str, column: str) -> Said:
    """What each load that gives a column says of it, the newest first."""
    said: Said = {}
    columns = (rows[name].to_pylist() for name in (key, "load", column))
    for own, place, value, is_unread in zip(*columns, _is_marked(rows, column).to_pylist(), strict=True):
        said.setdefault(own, []).append((place, value, is_unread))
    return said


def _with_column(
    winners: pa.Table, key: str, column: str, rows: pa.Table, takes: Callable[[int, int], bool]
) -> pa.Table:
    """The winners, a column of theirs filled up from these rows where it is empty and one of them says something."""
    is_empty = pc.and_(pc.is_null(winners[column]), pc.invert(_is_marked(winners, column)))
    says = pc.or_(pc.is_valid(rows[column]), _is_marked(rows, column))
    keys = winners.filter(is_empty)[key]
    said = _said(rows.filter(pc.and_(says, pc.is_in(rows[key], keys.combine_chunks()))), key, column)
    if not said:
        return winners
    values, unread = winners[column].to_pylist(), winners["unread"].to_pylist()
    loads, owns = winners["load"].to_pylist(), winners[key].to_pylist()
    for at in pc.indices_nonzero(is_empty).to_pylist():
        others = ((other, is_lost) for load, other, is_lost in said.get(owns[at], ()) if takes(loads[at], load))
        values[at], is_unread = next(others, (None, False))
        if is_unread:
            unread[at] = " ".join(filter(None, (unread[at], column)))
    for name, new in ((column, values), ("unread", unread)):
        at = winners.schema.get_field_index(name)
        winners = winners.set_column(at, winners.schema.field(at), pa.array(new, winners.schema.field(at).type))
    return winners


def listed(rows: pa.Table, link: str, listing: pa.Table, parents: pa.Table, key: str) -> pa.Table:
    """The rows that list what their parent has, from the newest load of those that do; only of the parents that stay.

    `listing` are the parent's rows of every load that gives the list, the newest of each first.
    """
    loads: dict[str, int] = {}
    for parent, place in zip(listing[key].to_pylist(), listing["load"].to_pylist(), strict=True):
        loads.setdefault(parent, place)
    stay = set(parents[key].to_pylist())
    linked = zip(rows[link].to_pylist(), rows["load"].to_pylist(), strict=True)
    return rows.filter(pa.array([own in stay and loads.get(own) == place for own, place in linked], pa.bool_()))
