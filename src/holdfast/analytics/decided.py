"""Which matters of a case a manager's decision is on record for: the referral, each enquiry, each assessment.

Not here: in how many working days a decision is to be on record (the room that asks), or the closing of a case
(closing_signs.py). Rules: a decision that names a referral counts for that one alone; where the days since the matter
began are not all held, or a decision of the child's was not understood, that none is found is not known.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from holdfast.analytics.calculated import release
from holdfast.analytics.calendar import working_day_after
from holdfast.analytics.closing_signs import is_unread, rows_of
from holdfast.analytics.cover import Span, last_held
from holdfast.analytics.history import Snapshot, snapshot_named

if TYPE_CHECKING:
    from holdfast.analytics.store import Store

TABLE: Final = "management_decisions"
DAY, ABOUT, REASONS, OF = "mdec_decision_date", "mdec_decision_about", "mdec_reasons_recorded", "mdec_referral_id"
REFERRAL, ENQUIRY, ASSESSMENT = "referral", "enquiry", "assessment"
MATTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        REFERRAL: "What is done with the referral",
        ENQUIRY: "The section 47 enquiry",
        ASSESSMENT: "The assessment that was finished",
    }
)
_CODES: Final = {REFERRAL: "REF", ENQUIRY: "S47", ASSESSMENT: "ASM"}


class Matter(NamedTuple):
    """One thing of an open case on which a manager is to decide. `on`: the day it came; `due_on`: the last day for the
    decision, None of what came before what is held. `is_undecided`: the day has passed and none is on record; None: not
    known."""

    child: str
    about: str
    on: date
    due_on: date | None
    team: str | None
    is_undecided: bool | None


@dataclass(frozen=True)
class Undecided:
    """The matters of every open case. `held`: the first and the last of the unbroken days on which decisions are held,
    the last of them the day that matters are judged on; None: they are not held."""

    held: Span | None
    matters: Sequence[Matter]


class Decision(NamedTuple):
    """One decision as it is on record; None: not recorded, or, where `is_unsure`, not understood."""

    on: date | None
    about: str | None
    referral: str | None
    has_reasons: bool | None
    is_unsure: bool

    def may_be_of(self, referral: str) -> bool:
        return self.referral is None or self.referral == referral


def decisions(snapshot: Snapshot, codes: Collection[str]) -> dict[str, list[Decision]]:
    """Every decision of the history on these matters, and each that may be on one, by child."""
    import pyarrow.compute as pc

    found: dict[str, list[Decision]] = {}
    wanted = pc.field(ABOUT).isin(list(codes)) | pc.field("unread").is_valid()
    for row in rows_of(snapshot, TABLE, ("mdec_person_id", DAY, ABOUT, OF, REASONS), wanted):
        is_unsure = any(is_unread(row, column) for column in (DAY, ABOUT, OF))
        about = None if is_unread(row, OF) else row[ABOUT]  # one that may be of another referral decides none
        own = Decision(row[DAY], about, row[OF], row[REASONS], is_unsure)
        found.setdefault(row["mdec_person_id"], []).append(own)
    return found


def undecided(store: "Store", calculation_id: str, as_at: date, within: int) -> Undecided:
    """The matters of the cases that are open on a day, the oldest first; judged on the last day by then on which
    decisions are held. `within`: in how many working days a decision is to be on record. Raises NoSuchFolder."""
    snapshot = snapshot_named(store, release(store, calculation_id).snapshot)
    held = last_held(snapshot.cover.spans(TABLE, (DAY, ABOUT)), as_at)
    last = held[1] if held else as_at
    made, found = decisions(snapshot, _CODES.values()), []
    for row, about, from_on, on in _matters(snapshot, as_at):
        if on > last:
            continue
        own, referral = made.get(row["cine_person_id"], ()), row["cine_referral_id"]
        due = working_day_after(on, within) if held and held[0] <= from_on else None
        is_undecided: bool | None = None
        if held is not None:
            told = is_decided(own, referral, _CODES[about], from_on, last)
            is_undecided = False if told or (due and due >= last) else None if told is None or due is None else True
        team = row["cine_allocated_team"] or None
        found.append(Matter(row["cine_person_id"], about, on, due, team, is_undecided))
    return Undecided(held, sorted(found, key=lambda matter: (matter.on, matter.child, matter.about)))


def is_decided(own: Sequence[Decision], referral: str, code: str, first: date, last: date) -> bool | None:
    """Whether one of a child's decisions is this one, made between two days; None: one was not understood."""
    mine = [one for one in own if one.may_be_of(referral)]
    if any(one.about == code and one.on is not None and first <= one.on <= last for one in mine):
        return True
    return None if any(one.is_unsure for one in mine) else False


def _matters(snapshot: Snapshot, as_at: date) -> Iterator[tuple[Mapping[str, Any], str, date, date]]:
    """Of each open case: its row, the matter, the first day a decision on it may be of, and the day it came."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = ("cine_referral_id", "cine_person_id", "cine_referral_date", "cine_close_date", "cine_referral_nfa")
    closed_on, cases = pc.field("cine_close_date"), {}
    wanted = closed_on.is_null() | (closed_on > as_at)
    for row in rows_of(snapshot, "cin_episodes", (*columns, "cine_allocated_team"), wanted):
        closed = row["cine_close_date"]
        is_open = closed > as_at if closed else not is_unread(row, "cine_close_date")
        if is_open and row["cine_referral_nfa"] is not True and row["cine_referral_date"] is not None:
            cases[row["cine_referral_id"]] = row
            yield row, REFERRAL, row["cine_referral_date"], row["cine_referral_date"]
    started, ended = "cina_assessment_start_date", "cina_assessment_auth_date"
    of_cases = pa.array(list(cases), pa.string())
    finished = pc.field(ended).is_valid() & pc.field("cina_referral_id").isin(of_cases)
    for row in rows_of(snapshot, "cin_assessments", ("cina_referral_id", started, ended), finished):
        case = cases.get(row["cina_referral_id"])
        if case is not None and row[ended] is not None:
            yield case, ASSESSMENT, row[started] or case["cine_referral_date"], row[ended]
    own = pc.field("s47e_referral_id").isin(of_cases)
    for row in rows_of(snapshot, "s47_enquiry", ("s47e_referral_id", "s47e_s47_start_date"), own):
        case = cases.get(row["s47e_referral_id"])
        if case is not None and row["s47e_s47_start_date"] is not None:
            yield case, ENQUIRY, row["s47e_s47_start_date"], row["s47e_s47_start_date"]


def due_decisions(
    snapshot: Snapshot, within: int, since: date, until: date
) -> Iterator[tuple[date, str | None, bool | None]]:
    """Each referral whose decision fell due between two days: the day, the team, and whether a manager had decided,
    with reasons, by then; None: not known."""
    made, spans = decisions(snapshot, {"REF"}), snapshot.cover.spans(TABLE, (DAY, ABOUT, REASONS))
    columns = ("cine_referral_id", "cine_person_id", "cine_referral_date", "cine_allocated_team")
    for row in rows_of(snapshot, "cin_episodes", columns, None):
        on = row["cine_referral_date"]
        last = next((last for first, last in spans if on is not None and first <= on <= last), None)
        due = None if last is None else working_day_after(on, within)
        if due is None or last is None or not since <= due <= min(until, last):
            continue
        own = made.get(row["cine_person_id"], ())
        yield due, row["cine_allocated_team"] or None, _is_met(own, row["cine_referral_id"], on, due)


def _is_met(own: Sequence[Decision], referral: str, on: date, due: date) -> bool | None:
    mine = [one for one in own if one.may_be_of(referral)]
    in_time = [one for one in mine if one.about == "REF" and one.on is not None and on <= one.on <= due]
    if any(one.has_reasons for one in in_time):
        return True
    is_unsure = any(one.has_reasons is None for one in in_time) or any(one.is_unsure for one in mine)
    return None if is_unsure else False
