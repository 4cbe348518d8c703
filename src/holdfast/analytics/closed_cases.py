"""Every case that closed, held to what a standard of closing asks and records can answer; what none says is not held.

A sign is looked for in a closure: there, not there, or not known (None), never nought for what nobody sent. Not here:
whether the case should have been closed, which only somebody who reads the file can say (closure audits), or who may
see a child (the room that asks). Left out, as in I60: referrals with no further action, and closures by death.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from holdfast.analytics.calculated import ROWS, release
from holdfast.analytics.closing_signs import FINDERS, SIGNS, held_in, is_unread, not_seen, on_day, rows_of
from holdfast.analytics.cover import Spans
from holdfast.analytics.history import Snapshot, snapshot_named

if TYPE_CHECKING:
    from holdfast.analytics.store import Store

DIED: Final = "RC2"
CLOSURE_AUDIT: Final = "closure-audit"
EPISODE: Final = (
    "cine_referral_id",
    "cine_person_id",
    "cine_referral_date",
    "cine_close_date",
    "cine_close_reason",
    "cine_referral_nfa",
    "cine_allocated_team",
    "cine_last_seen_date",
)


@dataclass(frozen=True)
class Closing:
    """One closure. `team` None: no return names one. `signs`: by code, there, not there, or None for not known.

    `audited`: the days on which closure audits of it were handed in, on or before closing and after it.
    """

    referral: str
    child: str
    referred_on: date | None
    closed_on: date
    team: str | None
    signs: Mapping[str, bool | None]
    audited: Sequence[date] = ()

    @property
    def unfinished(self) -> bool | None:
        """Whether work was left, as far as the records say: there if any sign is; None where none of them is known."""
        found = [self.signs[code] for code, sign in SIGNS.items() if sign.is_unfinished]
        return True if True in found else False if False in found else None


def closings(store: "Store", calculation_id: str, since: date, until: date) -> list[Closing]:
    """The closures from one day to another, both included, in order of day and referral. Raises NoSuchFolder.

    As the snapshot has them that the release was counted from; whether they came back as the release's own rows say.
    """
    found = release(store, calculation_id)
    snapshot = snapshot_named(store, found.snapshot)
    episodes = [
        row
        for row in rows_of(snapshot, "cin_episodes", EPISODE, _between("cine_close_date", since, until))
        if row["cine_referral_nfa"] is not True and row["cine_close_reason"] != DIED
    ]
    signs: dict[str, dict[str, bool | None]] = {code: {} for code in SIGNS}
    for code, find in FINDERS.items():
        signs[code] = find(snapshot, episodes)
    for months in (3, 6, 12):
        signs[f"again-{months}"] = _again(found.folder / ROWS / f"I60-{months}.parquet", since, until)
    audited, spans = _audited(snapshot, episodes), {code: held_in(snapshot, sign) for code, sign in SIGNS.items()}
    held = {day: _held_on(spans, day) for day in {row["cine_close_date"] for row in episodes}}
    every = [_closing(held[row["cine_close_date"]], row, signs, audited) for row in episodes]
    return sorted(every, key=lambda closing: (closing.closed_on, closing.referral))


@dataclass(frozen=True)
class OpenCase:
    """A case still open when the data ends. `is_unseen`: no record says that the child was seen since the referral."""

    referral: str
    child: str
    referred_on: date
    team: str | None
    is_unseen: bool | None


def cases_known_to(store: "Store", calculation_id: str) -> date:
    """The last day of which a release's returns say which cases were open. Raises NoSuchFolder."""
    return _known_to(snapshot_named(store, release(store, calculation_id).snapshot))


def _known_to(snapshot: Snapshot) -> date:
    """Rooms may be taken in as at a later day than any return: nothing says which cases are open then."""
    return max((last for _, last in snapshot.cover.spans("cin_episodes")), default=snapshot.as_at)


def open_cases(store: "Store", calculation_id: str) -> list[OpenCase]:
    """Every case open on the day that a release's cases are known to, the longest open first. Raises NoSuchFolder."""
    import pyarrow.compute as pc

    snapshot = snapshot_named(store, release(store, calculation_id).snapshot)
    found = rows_of(snapshot, "cin_episodes", EPISODE, pc.field("cine_close_date").is_null())
    # As if each closed on the last day: what was seen until then is what is asked.
    day = _known_to(snapshot)
    episodes = [
        {**row, "cine_close_date": day}
        for row in found
        if row["cine_referral_nfa"] is not True and row["cine_referral_date"] and not is_unread(row, "cine_close_date")
    ]
    is_held = on_day(held_in(snapshot, SIGNS["not-seen"]) or (), day)
    unseen = not_seen(snapshot, episodes) if is_held else {}
    every = [
        OpenCase(
            own, row["cine_person_id"], row["cine_referral_date"], row["cine_allocated_team"] or None, unseen.get(own)
        )
        for row in episodes
        if (own := row["cine_referral_id"])
    ]
    return sorted(every, key=lambda case: (case.referred_on, case.referral))


def _held_on(spans: Mapping[str, Spans | None], day: date) -> frozenset[str]:
    """The signs of which all that they are looked for in is held on a day."""
    return frozenset(code for code, own in spans.items() if own is None or on_day(own, day))


def _closing(
    held: frozenset[str],
    row: Mapping[str, Any],
    signs: Mapping[str, Mapping[str, bool | None]],
    audited: Mapping[str, Sequence[date]],
) -> Closing:
    own, referred, closed = row["cine_referral_id"], row["cine_referral_date"], row["cine_close_date"]
    is_sure = referred is None or referred <= closed
    told = {code: signs[code].get(own) if is_sure and code in held else None for code in SIGNS}
    child, team = row["cine_person_id"], row["cine_allocated_team"]
    return Closing(own, child, referred, closed, team or None, told, audited.get(own, ()))


def _between(column: str, since: date, until: date) -> Any:
    import pyarrow.compute as pc

    return (pc.field(column) >= since) & (pc.field(column) <= until)


def _again(path: Path, since: date, until: date) -> dict[str, bool | None]:
    """Whether each came back, as the release's own rows of I60 say; {} of a release without them."""
    import pyarrow.parquet as pq

    if not path.is_file():
        return {}
    columns = ["unit_id", "in_numerator"]
    kept = pq.read_table(path, columns=columns, filters=_between("event_on", since, until), partitioning=None)
    return dict(zip(*(kept.column(name).to_pylist() for name in columns), strict=True))


def _audited(snapshot: Snapshot, episodes: Sequence[Mapping[str, Any]]) -> dict[str, list[date]]:
    """The days of closure audits by referral: from its referral on, and before the child's next closure here."""
    import pyarrow.compute as pc

    columns, wanted = ("audit_person_id", "audit_handed_in_on"), pc.field("audit_kind") == CLOSURE_AUDIT
    days: dict[str, list[date]] = {}
    for row in rows_of(snapshot, "audits", columns, wanted):
        if row["audit_handed_in_on"] is not None:
            days.setdefault(row["audit_person_id"], []).append(row["audit_handed_in_on"])
    found: dict[str, list[date]] = {}
    for episode in sorted(episodes, key=lambda row: row["cine_referral_date"] or date.min, reverse=True):
        own = days.get(episode["cine_person_id"], [])
        mine = sorted(day for day in own if day >= (episode["cine_referral_date"] or date.min))
        if mine:
            found[episode["cine_referral_id"]] = mine
            days[episode["cine_person_id"]] = [day for day in own if day not in mine]
    return found
