"""Closures held to what a standard asks, by hand: the edge of each sign, and what nobody sent is not known."""

import shutil
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.analytics import SIGNS, Store, cases_known_to, closings, open_cases, snapshot
from holdfast.analytics.calculation import as_facts
from holdfast.analytics.closing_signs import either
from holdfast.analytics.figure import month
from holdfast.analytics.history import snapshot_named
from holdfast.analytics.returns.reading import Gives, whole_tables
from holdfast.analytics.store import NoSuchFolder

from .loads import keep

CLOSED, FIRST, AS_AT = date(2023, 2, 10), date(2022, 4, 1), date(2023, 3, 31)
DAY_BEFORE, DAY_AFTER = date(2023, 2, 9), date(2023, 2, 11)


def episode(child: str, closed: date | None = CLOSED, referred: date = date(2022, 6, 1), **more: Any) -> dict[str, Any]:
    facts = {"cine_referral_id": f"R-{child}", "cine_person_id": child, "cine_referral_date": referred}
    return {**facts, "cine_close_date": closed, "cine_close_reason": "RC7", "cine_referral_nfa": False, **more}


def assessed(child: str, ended: date | None, seen: bool | None = None, **more: Any) -> dict[str, Any]:
    facts = {"cina_assessment_id": f"A-{child}", "cina_person_id": child, "cina_referral_id": f"R-{child}"}
    facts |= {"cina_assessment_start_date": date(2022, 6, 2), "cina_assessment_auth_date": ended}
    return {**facts, "cina_assessment_child_seen": seen, **more}


def enquired(child: str, on: date, of: str = "", **more: Any) -> dict[str, Any]:
    facts = {"s47e_s47_enquiry_id": f"S-{child}", "s47e_person_id": child, "s47e_referral_id": f"R-{of or child}"}
    return {**facts, "s47e_s47_start_date": on, **more}


@pytest.fixture
def told(tmp_path: Path) -> Any:
    """told(table=rows, ...) -> child to its closure, of a census as at 31 March 2023 and of what `gives` gives."""

    def calculate(gives: Gives | None = None, again: tuple[tuple[str, bool | None], ...] = (), **tables: Any) -> Any:
        store, into = Store(tmp_path / "store"), tmp_path / "loads"
        into.mkdir()
        own = gives.columns if gives else {}
        census = {name: rows for name, rows in tables.items() if name not in own}
        loads = [keep(store, into, "cin_census", "2023-03-31", **census)] if census else []
        if gives:
            others = {name: rows for name, rows in tables.items() if name in own}
            loads.append(keep(store, into, "ssd", "2023-03-31", gives, **others))
        held = snapshot(store, loads)

        def build(folder: Path) -> dict[str, Any]:
            (folder / "rows").mkdir()
            rows = [{"unit_id": own, "in_numerator": is_in, "event_on": CLOSED} for own, is_in in again]
            schema = pa.schema({"unit_id": pa.string(), "in_numerator": pa.bool_(), "event_on": pa.date32()})
            pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / "rows" / "I60-3.parquet")
            facts = {"first_day": str(FIRST), "as_at": str(AS_AT), "snapshot": held.id, "can_break_down": []}
            return {**facts, "periods": [as_facts(month(2023, 2))], "indicators": {"I60-3": 1}}

        name = store.write_folder("releases", build)
        calculate.open = {case.child: case.is_unseen for case in open_cases(store, name)}  # type: ignore[attr-defined]
        return {closing.child: closing for closing in closings(store, name, FIRST, AS_AT)}

    return calculate


def signs(found: Any, code: str) -> dict[str, bool | None]:
    return {child: closing.signs[code] for child, closing in found.items()}


def test_closures_are_those_of_cases_that_were_open_and_whose_child_lives(told: Any) -> None:
    episodes = [
        episode("A"),
        episode("B", date(2022, 4, 1)),
        episode("C", None),
        episode("D", cine_referral_nfa=True),
        episode("E", cine_close_reason="RC2"),
        episode("F", cine_referral_nfa=None),
        episode("G", date(2022, 3, 31)),
    ]
    assert sorted(told(cin_episodes=episodes)) == ["A", "B", "F"]


def test_an_assessment_ended_on_the_day_was_finished_and_a_day_later_was_not(told: Any) -> None:
    episodes = [episode(child) for child in "ABCDE"]
    ended = {"A": CLOSED, "B": DAY_AFTER, "C": None}
    rows = [assessed(child, day) for child, day in ended.items()]
    rows.append(assessed("D", None, unread="cina_assessment_auth_date"))
    found = told(cin_episodes=episodes, cin_assessments=rows)
    assert signs(found, "work") == {"A": False, "B": True, "C": True, "D": None, "E": False}
    assert {child: one.unfinished for child, one in found.items()} == {
        "A": False,
        "B": True,
        "C": True,
        "D": False,
        "E": False,
    }


def test_an_enquiry_is_finished_by_a_conference_an_end_or_a_decision_that_none_is_needed(told: Any) -> None:
    episodes = [episode(child) for child in "ABCDEFGH"]
    rows = [
        enquired("A", DAY_BEFORE, s47e_s47_nfa=True),
        enquired("B", DAY_BEFORE, s47e_s47_nfa=False),
        enquired("C", DAY_BEFORE, s47e_s47_nfa=False),
        enquired("D", DAY_BEFORE, s47e_s47_nfa=False, s47e_s47_end_date=CLOSED),
        enquired("E", DAY_BEFORE),
        enquired("F", DAY_AFTER, s47e_s47_nfa=False),
        enquired("G", DAY_BEFORE, s47e_s47_nfa=False),
        enquired("H", DAY_BEFORE, s47e_s47_nfa=False),
    ]
    held = {
        child: {"icpc_icpc_id": f"I-{child}", "icpc_s47_enquiry_id": f"S-{child}", "icpc_person_id": child}
        for child in "CGH"
    }
    conferences = [
        {**held["C"], "icpc_icpc_date": CLOSED},
        {**held["G"], "icpc_icpc_date": DAY_AFTER},
        {**held["H"], "icpc_icpc_date": None, "unread": "icpc_icpc_date"},
    ]
    found = told(cin_episodes=episodes, s47_enquiry=rows, initial_cp_conference=conferences)
    known = {"A": False, "B": True, "C": False, "D": False, "F": False, "G": True}
    assert signs(found, "work") == {**known, "E": None, "H": None}


def test_an_enquiry_three_months_before_to_the_day_is_recent_whatever_referral_it_is_of(told: Any) -> None:
    episodes = [episode("A"), episode("B"), episode("C"), episode("D", date(2022, 6, 30))]
    rows = [enquired("A", date(2022, 11, 10), of="other"), enquired("B", date(2022, 11, 9)), enquired("C", DAY_AFTER)]
    found = told(cin_episodes=episodes, s47_enquiry=rows)
    # Three months before D's closing begins on 30 March, before anything is held.
    assert signs(found, "enquiry") == {"A": True, "B": False, "C": False, "D": None}


@pytest.mark.parametrize(
    ("table", "prefix", "code"), [("cp_plans", "cppl_cp", "protection-plan"), ("cin_plans", "cinp_cin", "need-plan")]
)
def test_a_plan_that_ends_after_the_day_or_has_no_end_was_left(told: Any, table: str, prefix: str, code: str) -> None:
    short = prefix.split("_")[0]
    rows = [
        {f"{prefix}_plan_id": f"P-{child}", f"{short}_person_id": child, f"{short}_referral_id": f"R-{child}"}
        | {f"{prefix}_plan_start_date": date(2022, 7, 1), f"{prefix}_plan_end_date": day}
        for child, day in {"A": CLOSED, "B": DAY_AFTER, "C": None}.items()
    ]
    found = told(cin_episodes=[episode(child) for child in "ABCD"], **{table: rows})
    assert signs(found, code) == {"A": False, "B": True, "C": True, "D": False}


def test_what_no_return_holds_is_known_of_nobody_and_never_nought(told: Any) -> None:
    found = told(cin_episodes=[episode("A")], cin_assessments=[assessed("A", CLOSED)])["A"]
    missing = {code for code, is_there in found.signs.items() if is_there is None}
    assert missing == {"asked-for", "not-seen", "no-decision", "again-3", "again-6", "again-12"}
    assert found.unfinished is False
    assert set(found.signs) == set(SIGNS)


def test_a_child_is_seen_by_one_mark_and_not_seen_only_where_every_mark_says_so(told: Any) -> None:
    visit = {"cinv_cin_visit_date": date(2022, 7, 1), "cinv_cin_visit_seen": True}
    gives = whole_tables("cin_episodes", "cin_assessments", "cin_visits", "cp_visits", since=FIRST)
    marks = {"A": True, "B": False, "C": None, "D": False, "E": False}
    visits = [
        {"cinv_cin_visit_id": "V-D", "cinv_person_id": "D", **visit},
        {"cinv_cin_visit_id": "V-E", "cinv_person_id": "E", **visit, "cinv_cin_visit_date": DAY_AFTER},
    ]
    rows = [assessed(child, CLOSED, seen) for child, seen in marks.items()]
    found = told(gives, cin_episodes=[episode(child) for child in marks], cin_assessments=rows, cin_visits=visits)
    assert signs(found, "not-seen") == {"A": False, "B": True, "C": None, "D": False, "E": True}


def test_an_audit_counts_for_the_closure_of_its_time_and_what_it_asked_is_left_until_done(told: Any) -> None:
    audit = {"audit_kind": "closure-audit", "audit_added_on": date(2022, 7, 1)}
    audits = [
        {**audit, "audit_id": "1", "audit_person_id": "A", "audit_handed_in_on": DAY_BEFORE},
        {**audit, "audit_id": "2", "audit_person_id": "B", "audit_handed_in_on": DAY_AFTER},
        {**audit, "audit_id": "3", "audit_person_id": "C", "audit_handed_in_on": date(2022, 5, 30)},
    ]
    asked = {"remedy_level": "child", "remedy_due_on": date(2022, 8, 1)}
    remedies = [
        {**asked, "remedy_id": "1|1", "remedy_audit_id": "1", "remedy_person_id": "A", "remedy_done_on": DAY_AFTER},
        {**asked, "remedy_id": "2|1", "remedy_audit_id": "2", "remedy_person_id": "B"},
        {**asked, "remedy_id": "3|1", "remedy_audit_id": "3", "remedy_person_id": "C", "remedy_done_on": CLOSED},
    ]
    gives = whole_tables("audits", "audit_actions", since=FIRST)
    found = told(gives, cin_episodes=[episode(child) for child in "ABC"], audits=audits, audit_actions=remedies)
    assert {child: list(one.audited) for child, one in found.items()} == {"A": [DAY_BEFORE], "B": [DAY_AFTER], "C": []}
    assert signs(found, "asked-for") == {"A": True, "B": False, "C": False}


def test_coming_back_is_as_the_release_counted_it_and_dates_that_contradict_make_nothing_known(told: Any) -> None:
    episodes = [episode("A"), episode("B"), episode("C", referred=DAY_AFTER)]
    found = told(again=(("R-A", True), ("R-B", None), ("R-C", True)), cin_episodes=episodes)
    assert signs(found, "again-3") == {"A": True, "B": None, "C": None}
    assert set(found["C"].signs.values()) == {None}
    assert found["C"].unfinished is None


def test_one_of_two_is_so_if_either_is_and_unknown_if_one_may_be() -> None:
    table = {(True, None): True, (None, True): True, (False, False): False, (None, False): None, (None, None): None}
    assert {pair: either(*pair) for pair in table} == table


def test_an_open_case_is_unseen_only_where_every_mark_until_the_last_day_says_so(told: Any) -> None:
    gives = whole_tables("cin_episodes", "cin_assessments", "cin_visits", "cp_visits", since=FIRST)
    marks = {"A": True, "B": False, "C": None}
    episodes = [*(episode(child, None) for child in marks), episode("D"), episode("E", None, cine_referral_nfa=True)]
    told(gives, cin_episodes=episodes, cin_assessments=[assessed(child, CLOSED, seen) for child, seen in marks.items()])
    assert told.open == {"A": False, "B": True, "C": None}


def test_of_an_open_case_nothing_is_known_where_no_return_has_visits(told: Any) -> None:
    told(cin_episodes=[episode("A", None)], cin_assessments=[assessed("A", CLOSED, False)])
    assert told.open == {"A": None}


def test_lists_fill_up_who_was_seen_in_the_cases_of_a_census_and_what_they_leave_empty_is_not_known(
    tmp_path: Path,
) -> None:
    """Lists of the six months to March: of the census's own cases they say who was seen, and the day last seen."""
    store, into, before = Store(tmp_path / "store"), tmp_path / "loads", date(2022, 9, 30)
    into.mkdir()
    marks = {"A": True, "B": False, "C": None, "D": False, "E": False, "F": False, "G": True, "H": False}
    last = {"D": CLOSED, "E": date(2022, 5, 31), "F": DAY_AFTER}
    closes = {"G": before, "H": None}
    episodes = [episode(child, closes.get(child, CLOSED)) for child in marks]
    census = keep(
        store,
        into,
        "cin_census",
        "2023-03-31",
        cin_episodes=episodes,
        cin_assessments=[assessed(c, CLOSED) for c in marks],
    )
    names = {"cin_episodes": ("cine_referral_id", "cine_person_id", "cine_last_seen_date")}
    names["cin_assessments"] = (
        "cina_assessment_id",
        "cina_person_id",
        "cina_referral_id",
        "cina_assessment_child_seen",
    )
    gives = Gives(names, dict.fromkeys(names, date(2022, 10, 1)))
    own = [{**episode(child), "cine_last_seen_date": last.get(child)} for child in marks]
    seen = [assessed(child, CLOSED, mark) for child, mark in marks.items()]
    lists = keep(store, into, "annex_a", "2023-03-31", gives, cin_episodes=own, cin_assessments=seen)
    told = {}
    for name, loads in (("census", [census]), ("both", [census, lists])):
        held = snapshot(store, loads)

        def build(folder: Path, held: Any = held) -> dict[str, Any]:
            facts = {"first_day": str(FIRST), "as_at": str(AS_AT), "snapshot": held.id, "can_break_down": []}
            return {**facts, "periods": [], "indicators": {}}

        made = store.write_folder("releases", build)
        told[name] = signs({one.child: one for one in closings(store, made, FIRST, AS_AT)}, "not-seen")
        told[f"{name}, open"] = {one.child: one.is_unseen for one in open_cases(store, made)}
    assert cases_known_to(store, made) == AS_AT
    assert set(told["census"].values()) == {None}
    assert told["census, open"] == {"H": None}
    # B and E: no mark, and no day last seen since the referral. C: an empty mark. F: seen after it closed. G: before
    # the lists begin.
    assert told["both"] == {"A": False, "B": True, "C": None, "D": False, "E": True, "F": None, "G": None}
    assert told["both, open"] == {"H": True}


def test_a_history_of_an_earlier_format_is_still_read_by_its_name(tmp_path: Path) -> None:
    store, into = Store(tmp_path / "store"), tmp_path / "loads"
    into.mkdir()
    held = snapshot(store, [keep(store, into, "cin_census", "2023-03-31", cin_episodes=[episode("A")])])

    def build(without: str, folder: Path) -> dict[str, Any]:
        shutil.copytree(held.folder, folder, dirs_exist_ok=True)
        return {name: fact for name, fact in store.facts("snapshots", held.id).items() if name != without}

    older = snapshot_named(store, store.write_folder("snapshots", partial(build, "filled")))
    assert older.cover.spans("cin_episodes") == held.cover.spans("cin_episodes")
    before_cover = store.write_folder("snapshots", partial(build, "cover"))
    with pytest.raises(NoSuchFolder):
        snapshot_named(store, before_cover)
