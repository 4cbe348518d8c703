"""How long ago each open case was discussed in supervision, and whether every one was discussed as often as asked.

Two kinds of case: a child protection plan, and a case open without one. Not here: how often is often enough, or who may
see a child (the rooms that ask). Rules: a discussion is on record or it is not, and where the days looked back on are
not all held it is not known; what began fewer days ago than are asked is not overdue; the last day asked is in time.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from holdfast.analytics.calculated import release
from holdfast.analytics.closing_signs import is_unread, rows_of
from holdfast.analytics.cover import Span, Spans, last_held
from holdfast.analytics.history import Snapshot, snapshot_named

if TYPE_CHECKING:
    from holdfast.analytics.store import Store

PROTECTION, NEED = "protection", "need"
SUPERVISED_KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {PROTECTION: "On a child protection plan", NEED: "Open without a child protection plan"}
)
DAY, PLAN_TEAM = "supv_supervision_date", "cppl_cp_plan_team"


class Supervised(NamedTuple):
    """One open case. `last_on`: the last day on record on which it was discussed; None: none is.

    `began_on`: the day the plan began, or the referral. `is_overdue` None: not known.
    """

    child: str
    kind: str
    began_on: date
    last_on: date | None
    team: str | None
    is_overdue: bool | None

    @property
    def since(self) -> date:
        """The day that the wait is counted from: of the last discussion, or where there is none the day it began."""
        return self.last_on or self.began_on


@dataclass(frozen=True)
class Supervision:
    """Every open case. `held`: the first and the last of the unbroken days on which supervision is held, the last of
    them the day that cases are judged on; None: it is not held."""

    held: Span | None
    cases: Sequence[Supervised]


@dataclass
class _Discussed:
    """The days on which a child's case was discussed, in order; `may_be_more`: one was sent and not understood."""

    days: list[date] = field(default_factory=list)
    may_be_more: bool = False

    def last_by(self, day: date) -> date | None:
        place = bisect_right(self.days, day)
        return self.days[place - 1] if place else None


class _Case(NamedTuple):
    child: str
    kind: str
    began: date
    ended: date | None
    is_end_unread: bool
    team: str | None

    def is_open_on(self, day: date) -> bool:
        return self.began <= day and (self.ended is None or self.ended > day)


_NONE: Final = _Discussed()


def supervision(store: "Store", calculation_id: str, as_at: date, within: Mapping[str, int]) -> Supervision:
    """Every case that is open on a day with its last discussion, the longest without one first.

    They are judged on the last day by then on which supervision is held. `within`: for each kind of case, in how many
    days it is to be discussed again. Raises NoSuchFolder.
    """
    snapshot = snapshot_named(store, release(store, calculation_id).snapshot)
    held = last_held(_spans(snapshot), as_at)
    on = held[1] if held else as_at
    discussed, cases = _discussed(snapshot, by=on), _cases(snapshot, open_on=as_at)
    found = []
    for case in (*cases[PROTECTION], *cases[NEED]):
        if not case.is_open_on(as_at) or case.began > on or case.is_end_unread or _is_planned(cases, case, as_at):
            continue
        own, first = discussed.get(case.child, _NONE), on - timedelta(days=within[case.kind])
        last, is_overdue = own.last_by(on), None
        if held is not None:
            is_recent = case.began >= first or (last is not None and last >= first)
            is_overdue = False if is_recent else None if own.may_be_more or held[0] > first else True
        found.append(Supervised(case.child, case.kind, case.began, last, case.team, is_overdue))
    return Supervision(held, sorted(found, key=lambda one: (one.since, one.child)))


def due_days(
    snapshot: Snapshot, kind: str, within: int, since: date, until: date
) -> Iterator[tuple[date, str | None, bool | None]]:
    """Each day between two by which a case of this kind was to be discussed again: the day, the team, and whether it
    was by then; None: not known.

    A case is to be discussed `within` so many days of the day it began, of the last discussion in those days, and of
    each such day that passed without one, while it is open and of the kind. One from before what is held: of its first
    day.
    """
    discussed, cases = _discussed(snapshot), _cases(snapshot)
    for case in cases[kind]:
        own = discussed.get(case.child, _NONE)
        for first, last in _spans(snapshot):
            for due, told in _due_in(case, own, within, max(case.began, first), min(last, until)):
                if due >= since and not _is_planned(cases, case, due):
                    yield due, case.team, told


def _due_in(case: _Case, own: _Discussed, within: int, first: date, last: date) -> Iterator[tuple[date, bool | None]]:
    """The due days of one case up to the last day, all of the days from the first being held."""
    due = first + timedelta(days=within)
    while due <= last and case.is_open_on(due):
        discussed = own.last_by(due)
        is_met = discussed is not None and discussed > due - timedelta(days=within)
        yield due, True if is_met else None if own.may_be_more or case.is_end_unread else False
        due = (discussed if is_met and discussed is not None else due) + timedelta(days=within)


def _is_planned(cases: "_Cases", case: _Case, day: date) -> bool:
    """Whether a case that is open as one in need is of a child on a protection plan that day."""
    return case.kind == NEED and any(plan.is_open_on(day) for plan in cases.plans.get(case.child, ()))


class _Cases(dict[str, list[_Case]]):
    """By kind. `plans`: the protection plans by child."""

    plans: Mapping[str, list[_Case]] = MappingProxyType({})


def _open_on(day: date | None, started: str, ended: str) -> Any:
    """The filter of rows that were open on a day; None: of no day, so every row."""
    import pyarrow.compute as pc

    if day is None:
        return None
    return (pc.field(started) <= day) & (pc.field(ended).is_null() | (pc.field(ended) > day))


def _cases(snapshot: Snapshot, open_on: date | None = None) -> _Cases:
    """Every case, or those alone that were open on a day."""
    teams, found = {}, _Cases({PROTECTION: [], NEED: []})
    columns = ("cine_referral_id", "cine_person_id", "cine_referral_date", "cine_close_date", "cine_referral_nfa")
    wanted = _open_on(open_on, "cine_referral_date", "cine_close_date")
    for row in rows_of(snapshot, "cin_episodes", (*columns, "cine_allocated_team"), wanted):
        team = teams[row["cine_referral_id"]] = row["cine_allocated_team"] or None
        if row["cine_referral_nfa"] is not True and row["cine_referral_date"] is not None:
            days = (row["cine_referral_date"], row["cine_close_date"], is_unread(row, "cine_close_date"))
            found[NEED].append(_Case(row["cine_person_id"], NEED, *days, team))
    started, ended = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
    plans: dict[str, list[_Case]] = {}
    columns = ("cppl_person_id", "cppl_referral_id", started, ended, PLAN_TEAM)
    for row in rows_of(snapshot, "cp_plans", columns, _open_on(open_on, started, ended)):
        if row[started] is not None:
            team = teams.get(row["cppl_referral_id"]) or row[PLAN_TEAM] or None
            days = (row[started], row[ended], is_unread(row, ended))
            found[PROTECTION].append(_Case(row["cppl_person_id"], PROTECTION, *days, team))
            plans.setdefault(row["cppl_person_id"], []).append(found[PROTECTION][-1])
    found.plans = plans
    return found


def _spans(snapshot: Snapshot) -> Spans:
    return snapshot.cover.spans("case_supervision", (DAY,))


def _discussed(snapshot: Snapshot, by: date | None = None) -> dict[str, _Discussed]:
    """By child, every day of discussion; or the last `by` a day alone."""
    if by is not None:
        return _last_discussed(snapshot, by)
    found: dict[str, _Discussed] = {}
    for row in rows_of(snapshot, "case_supervision", ("supv_person_id", DAY), None):
        own = found.setdefault(row["supv_person_id"], _Discussed())
        if row[DAY] is not None:
            own.days.append(row[DAY])
        own.may_be_more |= is_unread(row, DAY)
    for own in found.values():
        own.days.sort()
    return found


def _last_discussed(snapshot: Snapshot, by: date) -> dict[str, _Discussed]:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    path = snapshot.tables.get("case_supervision")
    if path is None:
        return {}
    known = pq.read_table(path, columns=["supv_person_id", DAY], filters=pc.field(DAY) <= by)
    last = known.group_by("supv_person_id").aggregate([(DAY, "max")])
    found = {
        child: _Discussed([day])
        for child, day in zip(last["supv_person_id"].to_pylist(), last[f"{DAY}_max"].to_pylist(), strict=True)
    }
    for row in rows_of(snapshot, "case_supervision", ("supv_person_id",), pc.field("unread").is_valid()):
        if is_unread(row, DAY):
            found.setdefault(row["supv_person_id"], _Discussed()).may_be_more = True
    return found
