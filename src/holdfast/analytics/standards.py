"""The cases that a clause of a standard is judged by, each on its own day: of an indicator, a closure or an audit.

A measure is named as what it is asked of: "I20", an indicator's rows; "closure:work", a sign of closing; "supervised-
protection:31", what the oversight extract says, within so many days; "audit:closure-audit/manager-decided", a question
of audits chosen at random. Not here: which clause is in force on a day, or
how many are enough (the room that asks). Rule: an answer that is not known stays not known.
"""

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from holdfast.analytics.calculated import ROWS, release
from holdfast.analytics.closed_cases import closings
from holdfast.analytics.closing_signs import SIGNS
from holdfast.analytics.decided import due_decisions
from holdfast.analytics.history import snapshot_named
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.supervised import NEED, PROTECTION, due_days

if TYPE_CHECKING:
    from holdfast.analytics.store import Store

CLOSURE, AUDIT = "closure:", "audit:"
SUPERVISED: Final = {f"supervised-{kind}": kind for kind in (PROTECTION, NEED)}
DECIDED: Final = "decided"
WITHIN: Final = {
    f"supervised-{PROTECTION}": "Discussed in supervision within so many days, on a child protection plan",
    f"supervised-{NEED}": "Discussed in supervision within so many days, open without a child protection plan",
    DECIDED: "A manager decided on the referral, with reasons, within so many working days",
}
"""Measures of the oversight extract, which take a number of days: "decided:1"."""
MOST_DAYS: Final = 366
NOT_APPLICABLE: Final = "not-applicable"
TEAM: Final = "case_team"


class Outcome(NamedTuple):
    """One case: its day, the team that holds it (None: not named), and whether the measure was met; None: not known."""

    on: date
    team: str | None
    is_met: bool | None


def measures() -> dict[str, str]:
    """What records may be asked by, with its words: indicators that have a better side and name teams, and signs."""
    found = {
        name: f"{name} {card.title}"
        for name, card in INDICATORS.items()
        if card.kind != "stock" and card.polarity != "neither" and TEAM in card.breakdowns
    }
    signs = {code: sign for code, sign in SIGNS.items() if not code.startswith("again-")}
    return found | {f"{CLOSURE}{code}": f"At closing, not so: {sign.words}" for code, sign in signs.items()} | WITHIN


def within_of(measure: str) -> tuple[str, int]:
    """The measure and the days of a name that has a number of days. Raises LookupError for any other."""
    name, _, days = measure.partition(":")
    if name not in WITHIN or not days.isdecimal() or not 1 <= int(days) <= MOST_DAYS:
        raise LookupError("there is no such measure")
    return name, int(days)


def outcomes(store: "Store", calculation_id: str, measure: str, since: date, until: date) -> list[Outcome]:
    """Every case of a measure from one day to another, both included. [] where the release holds none.

    Raises NoSuchFolder, and LookupError for a measure that there is not.
    """
    if measure.startswith(AUDIT):
        questions, _, question = measure.removeprefix(AUDIT).partition("/")
        return _audited(store, calculation_id, questions, question, since, until)
    if measure.partition(":")[0] in WITHIN:
        return _within(store, calculation_id, *within_of(measure), since, until)
    if measure not in measures():
        raise LookupError("there is no such measure")
    if measure.startswith(CLOSURE):
        sign = measure.removeprefix(CLOSURE)
        found = closings(store, calculation_id, since, until)
        return [Outcome(one.closed_on, one.team, _not(one.signs[sign])) for one in found]
    return _counted(store, calculation_id, measure, since, until)


def _within(store: "Store", calculation_id: str, measure: str, days: int, since: date, until: date) -> list[Outcome]:
    """What the oversight extract says of each day by which a case was to be discussed, or a referral decided on."""
    snapshot = snapshot_named(store, release(store, calculation_id).snapshot)
    if measure == DECIDED:
        return [Outcome(*told) for told in due_decisions(snapshot, days, since, until)]
    return [Outcome(*told) for told in due_days(snapshot, SUPERVISED[measure], days, since, until)]


def _not(is_so: bool | None) -> bool | None:
    return None if is_so is None else not is_so


def _counted(store: "Store", calculation_id: str, indicator: str, since: date, until: date) -> list[Outcome]:
    """The release's own rows of an indicator, each record once; met is its better side."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    found = release(store, calculation_id)
    path = found.folder / ROWS / f"{indicator}.parquet"
    if indicator not in found.versions or not path.is_file():
        return []
    days = (pc.field("event_on") >= since) & (pc.field("event_on") <= until)
    names = [
        name for name in ("unit_id", "event_on", "in_numerator", TEAM) if name != TEAM or TEAM in found.can_break_down
    ]
    kept = pq.read_table(path, columns=names, filters=days, partitioning=None).to_pylist()
    is_lower = INDICATORS[indicator].polarity == "lower"
    own = {row["unit_id"]: row for row in kept}  # a record stands in its month and in its year
    return [
        Outcome(row["event_on"], row.get(TEAM) or None, _not(row["in_numerator"]) if is_lower else row["in_numerator"])
        for row in own.values()
    ]


def _audited(
    store: "Store", calculation_id: str, questions: str, question: str, since: date, until: date
) -> list[Outcome]:
    """What audits chosen at random answered, on the day each was handed in; where it applied."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    tables = snapshot_named(store, release(store, calculation_id).snapshot).tables
    if not {"audits", "audit_answers"} <= tables.keys():
        return []
    day = "audit_handed_in_on"
    wanted = (pc.field(day) >= since) & (pc.field(day) <= until) & (pc.field("audit_chosen") == "random")
    columns = ["audit_id", "audit_questions", "audit_team", day]
    kept = pq.read_table(tables["audits"], columns=columns, filters=wanted).to_pylist()
    audits = {row["audit_id"]: row for row in kept if row["audit_questions"].partition("/")[0] == questions}
    columns = ["answer_audit_id", "answer_value", "answer_met"]
    given = pq.read_table(tables["audit_answers"], columns=columns, filters=pc.field("answer_question") == question)
    return [
        Outcome(audits[row["answer_audit_id"]][day], audits[row["answer_audit_id"]]["audit_team"], row["answer_met"])
        for row in given.to_pylist()
        if row["answer_audit_id"] in audits and row["answer_value"] != NOT_APPLICABLE
    ]
