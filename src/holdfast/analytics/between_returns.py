"""Where two kinds of return contradict each other about one child: a fault each, and which of them was used.

A child is one by the council's own reference. Two dates of birth, two sexes, two referral dates for one open episode,
and an episode closed in one and open in the other on a day that both describe are conflicts; what only one of them
sends is none. Not here: what a later return of the same kind changes (history.py, corrected.py). Rule: the value used
is the one that the order of precedence gives (docs/decisions/0019), never a third.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from holdfast.analytics.faults import Fault
from holdfast.analytics.sources import Source

PEOPLE: Final = "person"
EPISODES: Final = "cin_episodes"
WORDS: Final = {
    "returns-differ-birth": "Two kinds of return give this child different dates of birth.",
    "returns-differ-sex": "Two kinds of return give this child different sexes.",
    "returns-differ-referral": "Two kinds of return date the same open referral of this child differently.",
    "returns-differ-closed": "One kind of return says that this episode had closed, another that it was open.",
}
NOT_KNOWN_SEX: Final = "U"


@dataclass(frozen=True)
class Conflict:
    """One conflict, and the kind of return whose value was used."""

    fault: Fault
    kept: str


Row = Mapping[str, Any]


def conflicts(sources: Sequence[Source], people: pa.Table, episodes: pa.Table) -> list[Conflict]:
    """Every conflict between kinds. The tables are every row of every load, with its `load` and `turn`."""
    kinds = sorted({source.kind for source in sources if PEOPLE in source.gives.columns})
    if len(kinds) < 2:
        return []
    found = list(_of_people(sources, _of_several_kinds(sources, people, "pers_person_id")))
    return [*found, *_of_episodes(sources, _of_several_kinds(sources, episodes, "cine_person_id"))]


def _of_several_kinds(sources: Sequence[Source], rows: pa.Table, child: str) -> pa.Table:
    """The rows of the children whom more than one kind of return holds: of the others there is nothing to compare."""
    kinds = pa.array([source.kind for source in sorted(sources, key=lambda source: source.place)])
    of_children = pa.table({"child": rows[child], "kind": kinds.take(rows["load"].combine_chunks())})
    counted = of_children.group_by("child").aggregate([("kind", "count_distinct")])
    several = counted.filter(pc.greater(counted["kind_count_distinct"], 1))["child"]
    return rows.filter(pc.is_in(rows[child], several.combine_chunks()))


def settled(found: Sequence[Conflict]) -> dict[str, dict[str, dict[str, int]]]:
    """How many conflicts were settled, by table, by the kind whose value was used, and by rule."""
    counts: dict[str, dict[str, dict[str, int]]] = {}
    for each in found:
        by_rule = counts.setdefault(each.fault.table, {}).setdefault(each.kept, {})
        by_rule[each.fault.rule] = by_rule.get(each.fault.rule, 0) + 1
    return counts


def _latest(sources: Sequence[Source], rows: pa.Table, key: str, columns: Sequence[str]) -> dict[str, dict[str, Row]]:
    """By key and kind, the row of that kind's latest load that has one, with these columns that the load fills."""
    places = {source.place: source for source in sources}
    found: dict[str, dict[str, Row]] = {}
    names = [key, "load", "turn", "row_number", *columns]
    for row in rows.select(names).to_pylist():
        of_key = found.setdefault(row[key], {})
        kind = places[row["load"]].kind
        if kind not in of_key or of_key[kind]["turn"] < row["turn"]:
            of_key[kind] = row
    return found


def _of_people(sources: Sequence[Source], people: pa.Table) -> Iterator[Conflict]:
    for child, by_kind in _latest(sources, people, "pers_person_id", ("pers_dob", "pers_sex")).items():
        for rule, column in (("returns-differ-birth", "pers_dob"), ("returns-differ-sex", "pers_sex")):
            told = {kind: row for kind, row in by_kind.items() if row[column] not in (None, NOT_KNOWN_SEX)}
            if len({row[column] for row in told.values()}) > 1:
                # The row that stands is the newest of all kinds, whether or not it fills the column.
                kept = max(told, key=lambda kind: told[kind]["turn"])
                yield _conflict(rule, PEOPLE, column, child, min(told.values(), key=lambda row: row["turn"]), kept)


def _of_episodes(sources: Sequence[Source], episodes: pa.Table) -> Iterator[Conflict]:
    columns = ("cine_person_id", "cine_referral_date", "cine_close_date", "cine_referral_nfa")
    latest = _latest(sources, episodes, "cine_referral_id", columns)
    places = {source.place: source for source in sources}
    for by_kind in latest.values():
        if len(by_kind) > 1:
            yield from _closed_and_open(by_kind, places)
    alone: dict[str, dict[str, list[Row]]] = {}
    for by_kind in latest.values():
        if len(by_kind) == 1:
            ((kind, row),) = by_kind.items()
            alone.setdefault(row["cine_person_id"], {}).setdefault(kind, []).append(row)
    for child, rows in alone.items():
        for first, second in combinations(sorted(rows), 2):
            if len(rows[first]) == len(rows[second]) == 1:
                pair = (rows[first][0], rows[second][0])
                if _is_one(*pair, places):
                    kept = min((first, second), key=lambda kind: places[rows[kind][0]["load"]].rank(EPISODES))
                    lost = pair[0] if kept == second else pair[1]
                    yield _conflict("returns-differ-referral", EPISODES, "cine_referral_date", child, lost, kept)


def _closed_and_open(by_kind: Mapping[str, Row], places: Mapping[int, Source]) -> Iterator[Conflict]:
    """The episode had closed by a day that both describe, as one of them has it, and the other leaves it open.

    A return that gives no day of closure, such as a list of referrals, leaves nothing open.
    """
    kept = max(by_kind, key=lambda kind: by_kind[kind]["turn"])
    for kind, row in by_kind.items():
        other = by_kind[kept]
        if kind == kept:
            continue
        closed, still = (row, other) if row["cine_close_date"] else (other, row)
        says_when = "cine_close_date" in places[still["load"]].gives.columns.get(EPISODES, ())
        is_open = says_when and still["cine_close_date"] is None and still["cine_referral_nfa"] is not True
        closed_on = closed["cine_close_date"]
        if is_open and closed_on and closed_on <= places[still["load"]].as_at:
            yield _conflict(
                "returns-differ-closed", EPISODES, "cine_close_date", row["cine_person_id"] or "", row, kept
            )


def _is_one(first: Row, second: Row, places: Mapping[int, Source]) -> bool:
    """Whether two referrals, each held by one kind alone, are one: each should have held the other, and they overlap.

    A child has one open episode (rule 8815), so two that are open at one time, each in one return, are the same.
    """
    for row, other in ((first, second), (second, first)):
        span = places[other["load"]].span(EPISODES)
        began: date | None = row["cine_referral_date"]
        if began is None or span is None or not span[0] <= began <= span[1] or row["cine_referral_nfa"] is True:
            return False
    earlier, later = sorted((first, second), key=lambda row: row["cine_referral_date"])
    closed = earlier["cine_close_date"]
    return closed is None or closed > later["cine_referral_date"]


def _conflict(rule: str, table: str, column: str, child: str, lost: Row, kept: str) -> Conflict:
    words = f"{WORDS[rule]} What the {kept.replace('_', ' ')} says is used."
    census = "8815" if rule == "returns-differ-referral" else ""
    return Conflict(Fault(rule, "query", table, column, lost["row_number"], None, child or "", words, census), kept)
