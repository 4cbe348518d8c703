"""Supervision and managers' decisions of open cases, by hand: the last day in time, and what nobody sent not known."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from holdfast.analytics import SIGNS, Store, closings, measures, outcomes, snapshot, supervision, undecided
from holdfast.analytics.returns.reading import whole_tables

from .loads import keep

FIRST, AS_AT = date(2030, 10, 1), date(2031, 3, 31)  # 31 March 2031 is a Monday
BEFORE = date(2030, 9, 1)  # when the cases began that are older than what is held
WITHIN = {"protection": 31, "need": 91}
TABLES = ("case_supervision", "management_decisions")


def episode(child: str, referred: date = BEFORE, closed: date | None = None, **more: Any) -> dict[str, Any]:
    facts = {"cine_referral_id": f"R-{child}", "cine_person_id": child, "cine_referral_date": referred}
    return {**facts, "cine_close_date": closed, "cine_referral_nfa": False, "cine_allocated_team": "North", **more}


def planned(child: str, began: date = BEFORE, ended: date | None = None, **more: Any) -> dict[str, Any]:
    facts = {"cppl_cp_plan_id": f"P-{child}", "cppl_person_id": child, "cppl_referral_id": f"R-{child}"}
    return {**facts, "cppl_cp_plan_start_date": began, "cppl_cp_plan_end_date": ended, **more}


def discussed(child: str, *on: date | None, **more: Any) -> list[dict[str, Any]]:
    return [
        {"supv_supervision_id": f"{child}|{n}", "supv_person_id": child, "supv_supervision_date": day, **more}
        for n, day in enumerate(on)
    ]


def decided(child: str, on: date | None, about: str | None = "REF", **more: Any) -> dict[str, Any]:
    facts = {"mdec_decision_id": f"{child}|{on}|{about}", "mdec_person_id": child, "mdec_referral_id": f"R-{child}"}
    return {**facts, "mdec_decision_date": on, "mdec_decision_about": about, "mdec_reasons_recorded": True, **more}


@pytest.fixture
def held(tmp_path: Path) -> Any:
    """held(table=rows, ...) -> a store and a release of a census as at 31 March 2031 and an extract from 1 October."""

    def make(*, since: date = FIRST, until: date = AS_AT, **tables: Any) -> tuple[Store, str]:
        store, into = Store(tmp_path / "store"), tmp_path / "loads"
        into.mkdir()
        census = {name: rows for name, rows in tables.items() if name not in TABLES}
        loads = [keep(store, into, "cin_census", str(AS_AT), **census)]
        own = {name: tables[name] for name in TABLES if name in tables}
        if own:
            loads.append(keep(store, into, "oversight", str(until), whole_tables(*own, since=since), **own))
        history = snapshot(store, loads)

        def build(folder: Path) -> dict[str, Any]:
            (folder / "rows").mkdir()
            facts = {"first_day": str(FIRST), "as_at": str(AS_AT), "snapshot": history.id, "can_break_down": []}
            return {**facts, "periods": [], "indicators": {}}

        return store, store.write_folder("releases", build)

    return make


def days_ago(n: int) -> date:
    return AS_AT - timedelta(days=n)


def test_a_case_is_overdue_from_the_day_after_the_last_that_the_standard_leaves(held: Any) -> None:
    children = ("A", "B", "C", "D", "E", "F")
    found = supervision(
        *held(
            cin_episodes=[*map(episode, children), episode("N"), episode("M"), episode("Z", closed=days_ago(1))],
            cp_plans=[
                *(planned(child) for child in "ABC"),
                planned("D", began=days_ago(31)),
                planned("E", began=days_ago(32)),
                planned("F"),
                planned("M", ended=days_ago(5)),
            ],
            case_supervision=[
                *discussed("A", days_ago(31), days_ago(70)),
                *discussed("B", days_ago(32), AS_AT + timedelta(days=1)),
                *discussed("F", days_ago(60)),
                *discussed("F", None, supv_supervision_id="F|unread", unread="supv_supervision_date"),
                *discussed("N", days_ago(91)),
                *discussed("M", days_ago(92)),
            ],
        ),
        AS_AT,
        WITHIN,
    )
    assert found.held == (FIRST, AS_AT)
    told = {one.child: (one.kind, one.is_overdue, one.last_on) for one in found.cases}
    assert told == {
        "A": ("protection", False, days_ago(31)),
        "B": ("protection", True, days_ago(32)),
        "C": ("protection", True, None),  # none on record, and more than 31 days are held
        "D": ("protection", False, None),  # its plan began 31 days ago: not yet
        "E": ("protection", True, None),
        "F": ("protection", None, days_ago(60)),  # one was sent whose day is not understood
        "N": ("need", False, days_ago(91)),
        "M": ("need", True, days_ago(92)),  # its plan has ended
    }
    assert [one.child for one in found.cases][:2] == ["C", "M"]  # the longest without one first


@pytest.mark.parametrize(("n_held", "is_overdue"), [(31, True), (30, None)])
def test_none_on_record_is_not_known_where_fewer_days_are_held_than_are_asked(
    held: Any, n_held: int, is_overdue: bool | None
) -> None:
    tables = {"cin_episodes": [episode("A")], "cp_plans": [planned("A")], "case_supervision": discussed("B", AS_AT)}
    [case] = supervision(*held(since=days_ago(n_held), **tables), AS_AT, WITHIN).cases
    assert case.is_overdue is is_overdue


def test_cases_are_judged_on_the_last_day_that_the_extract_holds(held: Any) -> None:
    """The extract ends 11 days before the census: 31 days before that is in time; what began since is no case."""
    release = held(
        until=days_ago(11),
        cin_episodes=[episode(child) for child in "ABCD"],
        cp_plans=[planned("A"), planned("B"), planned("C", began=days_ago(10)), planned("D", ended=days_ago(1))],
        case_supervision=[*discussed("A", days_ago(42)), *discussed("B", days_ago(43))],
    )
    found = supervision(*release, AS_AT, WITHIN)
    assert found.held == (FIRST, days_ago(11))
    told = {one.child: one.is_overdue for one in found.cases if one.kind == "protection"}
    assert told == {"A": False, "B": True}
    waiting = supervision(*release, FIRST - timedelta(days=1), WITHIN)
    assert (waiting.held, {one.is_overdue for one in waiting.cases}) == (None, {None})


def test_without_an_extract_nothing_of_supervision_or_decisions_is_held(held: Any) -> None:
    release = held(cin_episodes=[episode("A", referred=FIRST)], cp_plans=[planned("A")])
    found = supervision(*release, AS_AT, WITHIN)
    assert (found.held, [case.is_overdue for case in found.cases]) == (None, [None])
    waiting = undecided(*release, AS_AT, 1)
    assert (waiting.held, [matter.is_undecided for matter in waiting.matters]) == (None, [None])
    assert outcomes(*release, "supervised-protection:31", FIRST, AS_AT) == []
    assert outcomes(*release, "decided:1", FIRST, AS_AT) == []
    assert {*measures()} >= {"supervised-protection", "supervised-need", "decided"}


def test_each_day_by_which_a_case_was_to_be_discussed_is_judged_on_that_day(held: Any) -> None:
    """A began on 1 October: due on the 11th, held on the 11th; due on the 21st, missed; missed again on the 31st."""
    release = held(
        cin_episodes=[episode("A", referred=FIRST), episode("B", referred=FIRST)],
        cp_plans=[
            planned("A", began=FIRST, ended=date(2030, 11, 10)),
            planned("B", began=FIRST, ended=date(2030, 10, 11)),
        ],
        case_supervision=discussed("A", FIRST, date(2030, 10, 5), date(2030, 10, 11)),
    )
    told = [tuple(one) for one in outcomes(*release, "supervised-protection:10", FIRST, AS_AT)]
    assert told == [
        (date(2030, 10, 11), "North", True),
        (date(2030, 10, 21), "North", False),
        (date(2030, 10, 31), "North", False),
    ]  # nothing on 10 November: the plan had ended; B's was over on its first due day
    assert [one.on for one in outcomes(*release, "supervised-protection:10", date(2030, 10, 21), date(2030, 10, 30))]
    in_need = [one.on for one in outcomes(*release, "supervised-need:10", FIRST, date(2030, 11, 30))]
    assert date(2030, 11, 10) in in_need
    assert date(2030, 10, 21) in in_need  # B, whose plan had ended


@pytest.mark.parametrize("measure", ["decided", "decided:0", "decided:367", "supervised-odd:3", "decided:x", "I20:3"])
def test_a_measure_with_days_is_named_with_a_number_of_them(held: Any, measure: str) -> None:
    with pytest.raises(LookupError):
        outcomes(*held(cin_episodes=[episode("A")]), measure, FIRST, AS_AT)


def test_a_referral_waits_for_a_decision_once_the_last_working_day_for_it_is_over(held: Any) -> None:
    thursday, friday = date(2031, 3, 27), date(2031, 3, 28)
    found = undecided(
        *held(
            cin_episodes=[
                *(episode(child, referred=thursday) for child in "ABCEG"),
                episode("D", referred=friday),
                episode("F", referred=date(2008, 1, 7)),
                episode("H", referred=thursday, cine_referral_nfa=True),
            ],
            management_decisions=[
                decided("B", friday),
                decided("C", friday, mdec_referral_id="R-other"),
                decided("E", friday, None, unread="mdec_decision_about"),
                decided("G", thursday - timedelta(days=1)),
            ],
        ),
        AS_AT,
        1,
    )
    assert {matter.child: matter.is_undecided for matter in found.matters} == {
        "A": True,  # by Friday, and it is Monday
        "B": False,
        "C": True,  # of another referral
        "D": False,  # until Monday is over
        "E": None,  # what was decided is not understood
        "F": None,  # from before what is held, and before there is a calendar of working days
        "G": True,  # before it came
    }
    assert {matter.due_on for matter in found.matters if matter.child == "D"} == {AS_AT}


def test_where_no_case_is_open_nothing_waits(held: Any) -> None:
    release = held(cin_episodes=[episode("A", closed=days_ago(1))], management_decisions=[], case_supervision=[])
    assert undecided(*release, AS_AT, 1).matters == []
    assert supervision(*release, AS_AT, WITHIN).cases == []


def test_an_enquiry_and_an_assessment_that_was_finished_wait_for_their_own_decisions(held: Any) -> None:
    on = date(2031, 3, 3)
    found = undecided(
        *held(
            cin_episodes=[episode("A", referred=on)],
            s47_enquiry=[
                {"s47e_s47_enquiry_id": "S", "s47e_person_id": "A", "s47e_referral_id": "R-A"}
                | {"s47e_s47_start_date": on + timedelta(days=1)}
            ],
            cin_assessments=[
                {"cina_assessment_id": f"A{n}", "cina_person_id": "A", "cina_referral_id": "R-A"}
                | {"cina_assessment_start_date": on, "cina_assessment_auth_date": ended}
                for n, ended in enumerate((date(2031, 3, 20), None))
            ],
            management_decisions=[decided("A", on), decided("A", date(2031, 3, 19), "ASM", mdec_referral_id=None)],
        ),
        AS_AT,
        1,
    )
    told = [(matter.about, matter.is_undecided) for matter in found.matters]
    assert told == [("referral", False), ("enquiry", True), ("assessment", False)]


def test_a_decision_in_time_has_its_reasons_and_what_is_not_recorded_is_not_known(held: Any) -> None:
    monday, tuesday = date(2031, 3, 3), date(2031, 3, 4)
    release = held(
        cin_episodes=[
            *(episode(child, referred=monday) for child in "ABCDEF"),
            episode("G", referred=days_ago(0)),
            episode("H", referred=date(2008, 1, 7)),  # before what is held, and before the calendar of working days
        ],
        management_decisions=[
            decided("A", tuesday),
            decided("B", tuesday + timedelta(days=1)),
            decided("C", monday, mdec_reasons_recorded=False),
            decided("D", monday, mdec_reasons_recorded=None),
            decided("F", monday, mdec_reasons_recorded=None),
            decided("F", tuesday, mdec_referral_id=None),
        ],
    )
    told = outcomes(*release, "decided:1", FIRST, AS_AT)
    assert [one.is_met for one in told] == [True, False, False, None, False, True]
    assert {one.on for one in told} == {tuesday}
    assert outcomes(*release, "decided:1", FIRST, monday) == []


def test_a_closure_shows_no_decision_where_none_stands_and_three_months_before_it_are_held(held: Any) -> None:
    closed = date(2031, 2, 10)
    children = {child: episode(child, closed=closed) for child in "ABCDE"}
    children["F"] = episode("F", closed=date(2030, 12, 31))  # three months before it begin on 30 September
    children["G"] = episode("G", referred=date(2030, 12, 1), closed=date(2030, 12, 31))
    release = held(
        cin_episodes=[*children.values()],
        management_decisions=[
            decided("A", closed, "CLO"),
            decided("B", closed + timedelta(days=1), "CLO"),
            decided("C", closed, "DOWN"),
            decided("D", None, "CLO", unread="mdec_decision_date"),
            decided("E", date(2030, 9, 15), "CLO", mdec_referral_id=None),
        ],
    )
    told = {one.child: one.signs["no-decision"] for one in closings(*release, FIRST, AS_AT)}
    assert told == {"A": False, "B": True, "C": True, "D": None, "E": False, "F": None, "G": True}
    assert SIGNS["no-decision"].needs
