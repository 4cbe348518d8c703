"""The signs that a case was closed with something left, and how a history shows each: there, not there, or not known.

Each finder takes the history and the episodes that closed, and answers by referral; where its columns are not held on
the day, whoever asks takes its answer for not known (held_in). Not here: which cases closed, or what is made of it
(closed_cases.py). Rule: what was sent and not understood makes the sign unknown, never absent.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from holdfast.analytics.calendar import add_months
from holdfast.analytics.cover import Spans, joined
from holdfast.analytics.history import Snapshot

MONTHS_BEFORE: Final = 3


@dataclass(frozen=True)
class Sign:
    """One thing that a standard of closing asks, and the sign that it was not so.

    `needs`: the columns of each table without which it is not held; none of one that the release's own rows answer.
    `or_needs`: what does as well in place of them. `is_unfinished`: it shows work that was left when the case closed.
    """

    code: str
    words: str
    source: str
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_unfinished: bool = False
    or_needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


SEEN: Final = "cina_assessment_child_seen"
LAST_SEEN: Final = "cine_last_seen_date"
FILLED_UP: Final = (SEEN, LAST_SEEN)
"""What the lists of a council fill up in the cases that its census answers for (decision 170)."""
SIGNS: Final[Mapping[str, Sign]] = MappingProxyType(
    {
        sign.code: sign
        for sign in (
            Sign(
                "work",
                "An assessment or a section 47 enquiry was not finished",
                "Assessments of the referral not authorised by the day, and enquiries of it with neither a conference, "
                "an end nor a decision that none was needed.",
                {
                    "cin_assessments": ("cina_assessment_start_date", "cina_assessment_auth_date"),
                    "s47_enquiry": ("s47e_s47_start_date", "s47e_s47_nfa"),
                },
                True,
            ),
            Sign(
                "protection-plan",
                "A child protection plan had not ended",
                "Plans of the referral that end after the day, or have no end.",
                {"cp_plans": ("cppl_cp_plan_start_date", "cppl_cp_plan_end_date")},
                True,
            ),
            Sign(
                "need-plan",
                "A child in need plan had not ended",
                "Plans of the referral that end after the day, or have no end. The census has them from 2022.",
                {"cin_plans": ("cinp_cin_plan_start_date", "cinp_cin_plan_end_date")},
                True,
            ),
            Sign(
                "asked-for",
                "What an audit asked for the child was not done",
                "What audits kept here, handed in by the day, asked for the child and nobody had done by it.",
                {"audit_actions": ("remedy_done_on",), "audits": ("audit_handed_in_on",)},
                True,
            ),
            Sign(
                "enquiry",
                "A section 47 enquiry began in the three months before",
                "Enquiries of the child, of any referral, from three calendar months before the day.",
                {"s47_enquiry": ("s47e_s47_start_date",)},
            ),
            Sign(
                "not-seen",
                "No record says that the child was seen",
                "The seen marks of assessments of the referral, and visits from the referral to the day or the day the "
                "child was last seen. A census has none of these; Annex A and the Standard Safeguarding Dataset have.",
                {
                    "cin_assessments": (SEEN,),
                    "cin_visits": ("cinv_cin_visit_date", "cinv_cin_visit_seen"),
                    "cp_visits": ("cppv_cp_visit_date", "cppv_cp_visit_seen"),
                },
                or_needs={"cin_assessments": (SEEN,), "cin_episodes": (LAST_SEEN,)},
            ),
            Sign(
                "no-decision",
                "No manager’s decision to close is recorded",
                "Decisions to close of the oversight extract, from the referral to the day. It is not known where the "
                "three months before the day are not all held.",
                {"management_decisions": ("mdec_decision_date", "mdec_decision_about")},
            ),
            *(
                Sign(
                    f"again-{months}",
                    f"Referred again within {months} months",
                    f"I60-{months}. Not known until the {months} months are over.",
                )
                for months in (3, 6, 12)
            ),
        )
    }
)


def held_in(snapshot: Snapshot, sign: Sign) -> Spans | None:
    """The days on which all that a sign is looked for in is held; None for one that needs no table: every day is."""
    if not sign.needs:
        return None
    ways = [needs for needs in (sign.needs, sign.or_needs) if needs]
    return joined(*(snapshot.cover.of(needs, FILLED_UP) for needs in ways))


def on_day(spans: Spans, day: date) -> bool:
    return any(first <= day <= last for first, last in spans)


def rows_of(snapshot: Snapshot, table: str, columns: Sequence[str], wanted: Any) -> list[dict[str, Any]]:
    """The rows of a table that a filter wants, with `unread`; [] of a table that no load gives."""
    import pyarrow.parquet as pq

    path = snapshot.tables.get(table)
    if path is None:
        return []
    names = [*columns, "unread"]
    there = set(pq.read_schema(path).names)  # a history that was made before a column was known has none
    kept = pq.read_table(path, columns=[name for name in names if name in there], filters=wanted).to_pylist()
    return [dict.fromkeys(names) | row for row in kept]


def _of(
    snapshot: Snapshot, table: str, key: str, columns: Sequence[str], wanted: Iterable[str]
) -> dict[str, list[dict[str, Any]]]:
    """The rows of a table by what `key` names, of those wanted alone."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(snapshot, table, [key, *columns], pc.field(key).isin(pa.array(list(wanted), pa.string()))):
        found.setdefault(row[key], []).append(row)
    return found


def is_unread(row: Mapping[str, Any], column: str) -> bool:
    return column in (row["unread"] or "").split()


def either(first: bool | None, second: bool | None) -> bool | None:
    """Whether one of two is so: so if either is; not known if neither is so and one is not known."""
    if first or second:
        return True
    return None if first is None or second is None else False


def _any(told: Iterable[bool | None]) -> bool | None:
    found: bool | None = False
    for is_so in told:
        found = either(found, is_so)
    return found


def _left_open(row: Mapping[str, Any], start: str, end: str, closed: date) -> bool | None:
    """Whether what began by a day had not ended by it; with no start it is taken to have begun."""
    if row[start] is not None and row[start] > closed:
        return False
    if row[end] is None and is_unread(row, end):
        return None
    return row[end] is None or row[end] > closed


Finder = Callable[[Snapshot, Sequence[Mapping[str, Any]]], dict[str, bool | None]]


def _open_by(table: str, key: str, start: str, end: str) -> Finder:
    """What of a referral had begun and not ended when it closed."""

    def find(snapshot: Snapshot, episodes: Sequence[Mapping[str, Any]]) -> dict[str, bool | None]:
        own = _of(snapshot, table, key, (start, end), [row["cine_referral_id"] for row in episodes])
        told = {}
        for row in episodes:
            referral, closed = row["cine_referral_id"], row["cine_close_date"]
            told[referral] = _any(_left_open(record, start, end, closed) for record in own.get(referral, ()))
        return told

    return find


_assessment_open = _open_by(
    "cin_assessments", "cina_referral_id", "cina_assessment_start_date", "cina_assessment_auth_date"
)


def _unfinished_work(snapshot: Snapshot, episodes: Sequence[Mapping[str, Any]]) -> dict[str, bool | None]:
    assessed = _assessment_open(snapshot, episodes)
    ids = [row["cine_referral_id"] for row in episodes]
    columns = ("s47e_s47_enquiry_id", "s47e_s47_start_date", "s47e_s47_end_date", "s47e_s47_nfa")
    enquiries = _of(snapshot, "s47_enquiry", "s47e_referral_id", columns, ids)
    named = [row["s47e_s47_enquiry_id"] for rows in enquiries.values() for row in rows]
    held = _of(snapshot, "initial_cp_conference", "icpc_s47_enquiry_id", ("icpc_icpc_date",), named)
    told = {}
    for row in episodes:
        own, closed = row["cine_referral_id"], row["cine_close_date"]
        left = (
            _enquiry_open(enquiry, held.get(enquiry["s47e_s47_enquiry_id"], ()), closed)
            for enquiry in enquiries.get(own, ())
        )
        told[own] = either(assessed[own], _any(left))
    return told


def _enquiry_open(enquiry: Mapping[str, Any], conferences: Sequence[Mapping[str, Any]], closed: date) -> bool | None:
    """Whether an enquiry had come to nothing yet: no conference, end or decision that none is needed by the day."""
    if enquiry["s47e_s47_start_date"] is not None and enquiry["s47e_s47_start_date"] > closed:
        return False
    days = [conference["icpc_icpc_date"] for conference in conferences] + [enquiry["s47e_s47_end_date"]]
    if enquiry["s47e_s47_nfa"] or any(day is not None and day <= closed for day in days):
        return False
    is_unsure = "icpc_icpc_date" in (enquiry["unread"] or "") or any(
        is_unread(conference, "icpc_icpc_date") for conference in conferences
    )
    return None if is_unsure or enquiry["s47e_s47_nfa"] is None else True


def _asked_for(snapshot: Snapshot, episodes: Sequence[Mapping[str, Any]]) -> dict[str, bool | None]:
    children = {row["cine_person_id"] for row in episodes}
    columns = ("remedy_audit_id", "remedy_level", "remedy_done_on")
    asked = _of(snapshot, "audit_actions", "remedy_person_id", columns, children)
    audits = {row["remedy_audit_id"] for rows in asked.values() for row in rows}
    handed = _of(snapshot, "audits", "audit_id", ("audit_handed_in_on",), audits)
    given = {key: rows[0]["audit_handed_in_on"] for key, rows in handed.items()}

    def is_left(remedy: Mapping[str, Any], closed: date) -> bool:
        on, done = given.get(remedy["remedy_audit_id"]), remedy["remedy_done_on"]
        return remedy["remedy_level"] == "child" and on is not None and on <= closed and (done is None or done > closed)

    return {
        row["cine_referral_id"]: any(
            is_left(remedy, row["cine_close_date"]) for remedy in asked.get(row["cine_person_id"], ())
        )
        for row in episodes
    }


def _recent_enquiry(snapshot: Snapshot, episodes: Sequence[Mapping[str, Any]]) -> dict[str, bool | None]:
    children, day = {row["cine_person_id"] for row in episodes}, "s47e_s47_start_date"
    own, spans = _of(snapshot, "s47_enquiry", "s47e_person_id", (day,), children), snapshot.cover.spans("s47_enquiry")
    told: dict[str, bool | None] = {}
    for row in episodes:
        closed, enquiries = row["cine_close_date"], own.get(row["cine_person_id"], ())
        first = add_months(closed, -MONTHS_BEFORE)
        is_there = any(one[day] is not None and first <= one[day] <= closed for one in enquiries)
        is_unsure = any(is_unread(one, day) for one in enquiries)
        is_unsure |= not on_day(spans, first)
        told[row["cine_referral_id"]] = True if is_there else None if is_unsure else False
    return told


def not_seen(snapshot: Snapshot, episodes: Sequence[Mapping[str, Any]]) -> dict[str, bool | None]:
    """There where no assessment, no visit of the time and no day last seen says so, and all of them say something."""
    ids, children = ([row[name] for row in episodes] for name in ("cine_referral_id", "cine_person_id"))
    assessed = _of(snapshot, "cin_assessments", "cina_referral_id", (SEEN,), ids)
    visits = _visits(snapshot, children)
    told: dict[str, bool | None] = {}
    for row in episodes:
        began, closed = row["cine_referral_date"] or date.min, row["cine_close_date"]
        marks = [one[SEEN] for one in assessed.get(row["cine_referral_id"], ())]
        marks += [seen for day, seen in visits.get(row["cine_person_id"], ()) if day is None or began <= day <= closed]
        marks += _last_seen(row, began, closed)
        told[row["cine_referral_id"]] = False if True in marks else None if None in marks else True
    return told


def _last_seen(episode: Mapping[str, Any], began: date, closed: date) -> list[bool | None]:
    """What the day the child was last seen says of a time: seen; nothing, if before; not known, if after or unread."""
    day = episode[LAST_SEEN]
    if day is None:
        return [None] if is_unread(episode, LAST_SEEN) else []
    return [True if day <= closed else None] if day >= began else []


def _visits(snapshot: Snapshot, children: Iterable[str]) -> dict[str, list[tuple[date | None, bool | None]]]:
    """Of each child, the day of each visit and whether the child was seen; of a day not known, seen is not known."""
    wanted = list(children)
    found: dict[str, list[tuple[date | None, bool | None]]] = {}
    for table, child, day, seen in (
        ("cin_visits", "cinv_person_id", "cinv_cin_visit_date", "cinv_cin_visit_seen"),
        ("cp_visits", "cppv_person_id", "cppv_cp_visit_date", "cppv_cp_visit_seen"),
    ):
        for key, rows in _of(snapshot, table, child, (day, seen), wanted).items():
            own = found.setdefault(key, [])
            own += [(row[day], row[seen] if row[day] is not None else None) for row in rows]
    return found


def _no_decision(snapshot: Snapshot, episodes: Sequence[Mapping[str, Any]]) -> dict[str, bool | None]:
    """There where no decision to close stands from the referral to the day, and all of three months are held."""
    day, about, of = "mdec_decision_date", "mdec_decision_about", "mdec_referral_id"
    children = {row["cine_person_id"] for row in episodes}
    own = _of(snapshot, "management_decisions", "mdec_person_id", (day, about, of), children)
    spans = snapshot.cover.spans("management_decisions", (day, about))
    told: dict[str, bool | None] = {}
    for row in episodes:
        referral, began, closed = row["cine_referral_id"], row["cine_referral_date"] or date.min, row["cine_close_date"]
        mine = [one for one in own.get(row["cine_person_id"], ()) if one[of] in (None, referral)]
        sure = [one for one in mine if not any(is_unread(one, column) for column in (day, about, of))]
        is_there = any(one[about] == "CLO" and one[day] is not None and began <= one[day] <= closed for one in sure)
        is_unsure = len(sure) < len(mine)
        is_unsure |= not on_day(spans, max(began, add_months(closed, -MONTHS_BEFORE)))
        told[referral] = False if is_there else None if is_unsure else True
    return told


FINDERS: Final[Mapping[str, Finder]] = MappingProxyType(
    {
        "work": _unfinished_work,
        "protection-plan": _open_by("cp_plans", "cppl_referral_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
        "need-plan": _open_by("cin_plans", "cinp_referral_id", "cinp_cin_plan_start_date", "cinp_cin_plan_end_date"),
        "asked-for": _asked_for,
        "enquiry": _recent_enquiry,
        "not-seen": not_seen,
        "no-decision": _no_decision,
    }
)
