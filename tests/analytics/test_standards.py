"""What a clause is judged by, from rows set out by hand: each record once, on its day, and its better side is met."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.analytics import Store, measures, outcomes, snapshot
from holdfast.analytics.calculation import as_facts
from holdfast.analytics.figure import month
from holdfast.analytics.returns.reading import whole_tables

from .loads import keep

FIRST, LAST, LATER = date(2031, 5, 1), date(2031, 5, 31), date(2031, 6, 1)


def audit(number: int, **more: Any) -> dict[str, Any]:
    facts = {"audit_id": str(number), "audit_kind": "closure-audit", "audit_questions": "closure-audit/1"}
    facts |= {"audit_chosen": "random", "audit_team": "North", "audit_added_on": FIRST, "audit_handed_in_on": LAST}
    return {**facts, "audit_person_id": f"C{number}", **more}


@pytest.fixture
def held(tmp_path: Path) -> tuple[Store, str]:
    """A release with rows of two indicators, counted from a history that holds audits."""
    store, into = Store(tmp_path / "store"), tmp_path / "loads"
    into.mkdir()
    audits = [
        *(audit(number) for number in (1, 2, 3, 4)),
        audit(5, audit_chosen="risk"),
        audit(6, audit_questions="closure-audit-short/1"),
        audit(7, audit_handed_in_on=LATER),
        audit(8, audit_handed_in_on=None),
    ]
    met = {1: ("yes", True), 2: ("no", False), 3: (None, None), 4: ("not-applicable", None), 5: ("yes", True)}
    met |= {6: ("yes", True), 7: ("yes", True)}
    answers = [
        {"answer_id": f"{number}|q", "answer_audit_id": str(number), "answer_question": "q", "answer_given_on": LAST}
        | {"answer_value": value, "answer_met": is_met}
        for number, (value, is_met) in met.items()
    ]
    gives = whole_tables("audits", "audit_answers", since=FIRST)
    history = snapshot(store, [keep(store, into, "audits", "2031-06-30", gives, audits=audits, audit_answers=answers)])

    def build(folder: Path) -> dict[str, Any]:
        (folder / "rows").mkdir()
        names = ("unit_id", "period", "event_on", "in_numerator", "case_team")
        rows = [("A", "2031-05", FIRST, True, "North"), ("A", "FY2032", FIRST, True, "North")]
        rows += [
            ("B", "2031-05", LAST, False, None),
            ("C", "2031-06", LATER, True, "North"),
            ("D", "x", LAST, None, ""),
        ]
        for indicator in ("I20", "I60-3"):
            table = pa.table(dict(zip(names, zip(*rows, strict=True), strict=True)))
            pq.write_table(table, folder / "rows" / f"{indicator}.parquet")
        facts = {"first_day": str(FIRST), "as_at": "2031-06-30", "snapshot": history.id}
        facts |= {"can_break_down": ["case_team"], "indicators": {"I20": 1, "I60-3": 1}}
        return {**facts, "periods": [as_facts(month(2031, 5))]}

    return store, store.write_folder("releases", build)


def told(held: tuple[Store, str], measure: str) -> list[tuple[str | None, bool | None]]:
    return [(one.team, one.is_met) for one in outcomes(*held, measure, FIRST, LAST)]


def test_each_record_of_the_days_counts_once_and_where_lower_is_better_not_in_is_met(held: tuple[Store, str]) -> None:
    assert told(held, "I20") == [("North", True), (None, False), (None, None)]
    assert told(held, "I60-3") == [("North", False), (None, True), (None, None)]


def test_audits_are_those_drawn_at_random_for_these_questions_where_they_applied(held: tuple[Store, str]) -> None:
    assert told(held, "audit:closure-audit/q") == [("North", True), ("North", False), ("North", None)]
    assert told(held, "audit:closure-audit/other") == []


def test_what_is_not_held_gives_nobody_and_what_is_no_measure_is_refused(held: tuple[Store, str]) -> None:
    assert told(held, "I42") == []
    for odd in ("I24", "I03", "closure:again-3", "closure:odd", "../I20"):
        with pytest.raises(LookupError):
            outcomes(*held, odd, FIRST, LAST)
    assert {"I20", "I60-3", "closure:work", "closure:no-decision"} <= measures().keys()
