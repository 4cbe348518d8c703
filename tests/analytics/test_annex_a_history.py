"""A yearly census and monthly Annex A lists make one history: worked by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics import annex_a, census
from analytics.loads import rows
from holdfast.analytics.calculated import NotHeld, figures, not_held
from holdfast.analytics.calculation import calculate
from holdfast.analytics.engines import engine
from holdfast.analytics.figure import Figure
from holdfast.analytics.history import Snapshot, snapshot
from holdfast.analytics.returns import read_return
from holdfast.analytics.store import Store

D = date
CLOSED = "<CINclosureDate>2013-02-01</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>"
FACTORS = "<FactorsIdentifiedAtAssessment><AssessmentFactors>2B</AssessmentFactors></FactorsIdentifiedAtAssessment>"
OPEN = f"<Assessments><AssessmentActualStartDate>2013-03-20</AssessmentActualStartDate>{FACTORS}</Assessments>"
HEADS = {name: sheet[0] for name, sheet in annex_a.LISTS.items()}


def of(child: str, *cells: Any) -> list[Any]:
    return [child, "F", "WBRI", D(2005, 3, 1), None, *cells]


def referral(child: str, day: date, nfa: str = "No") -> list[Any]:
    return of(child, day, "6", nfa, None, "North", "W. One")


def assessed(child: str, start: date, end: date | None, team: str = "North") -> list[Any]:
    return of(child, "No", start, "Yes", end, "Yes", team, "W. One")


def case(child: str, start: date) -> list[Any]:
    return of(child, "No", start, "N1", None, None, None, None, "East", "W. Two")


class History:
    """A census of 2012/13 and the monthly lists that are added to it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store, self.loads = folder, Store(folder / "store"), list[str]()

    def census(self, *children: str, as_at: str = "2013-03-31") -> None:
        reading = census.read(self.folder, census.message(*children, as_at=as_at), f"census{len(self.loads)}")
        self.loads.append(self.store.keep(reading, as_at=D.fromisoformat(as_at)))

    def lists(self, as_at: date, **sheets: list[list[Any]]) -> None:
        held = {name: [HEADS[name], *sheets.get(name, [])] for name in HEADS}
        place = self.folder / f"lists{len(self.loads)}"
        reading = read_return(annex_a.workbook(place, held), into=place / "out")
        self.loads.append(self.store.keep(reading, as_at=as_at))

    def snapshot(self) -> Snapshot:
        return snapshot(self.store, self.loads)


@pytest.fixture
def history(tmp_path: Path) -> History:
    """Two children of the census: A1's case closed in February 2013, A3's assessment was open at its end."""
    history = History(tmp_path)
    history.census(
        census.child("A1", census.episode("2012-11-05", CLOSED)), census.child("A3", census.episode("2013-03-18", OPEN))
    )
    return history


def autumn(history: History) -> None:
    """The lists as at 30 September (from 1 April) and as at 31 January (from 1 August): no day is missing."""
    september = [referral("A1", D(2013, 9, 3)), referral("A2", D(2013, 9, 10))]
    ongoing = assessed("A3", D(2013, 3, 20), D(2013, 5, 1))
    history.lists(D(2013, 9, 30), List_3=september, List_4=[ongoing], List_6=[case("A3", D(2013, 3, 18))])
    concluded = [assessed("A1", D(2013, 9, 4), D(2013, 11, 5)), assessed("A2", D(2013, 9, 11), D(2013, 11, 13))]
    history.lists(D(2014, 1, 31), List_3=september, List_4=concluded, List_6=[case("A1", D(2013, 9, 3))])


def counted(history: History, indicator: str, month: str, by: str = "", group: str = "") -> tuple[int, int, int]:
    found = [each for each in given(history, indicator, by) if (each.period.id, each.group) == (month, group)]
    return next((figure.n_in, figure.n_not, figure.n_unknown) for figure in found)


def given(history: History, indicator: str, by: str = "") -> list[Figure]:
    return figures(history.store, released(history, indicator), indicator, by)


def not_given(history: History, indicator: str, by: str) -> list[NotHeld]:
    return not_held(history.store, released(history, indicator), indicator, by)


def released(history: History, indicator: str) -> str:
    made = calculate(
        history.snapshot(),
        engine=engine("duckdb"),
        store=history.store,
        first_month="2013-04",
        last_month="2014-01",
        indicators=[indicator],
    )
    return made.id


def test_re_referrals_look_back_from_the_lists_into_the_census(history: History) -> None:
    """A1 was referred on 5 November 2012, as the census says, and again on 3 September 2013; A2 never before."""
    autumn(history)
    assert counted(history, "I04", "2013-09") == (1, 1, 0)


def test_a_look_back_over_days_that_no_file_answers_for_is_not_known(history: History) -> None:
    """The lists as at 31 January begin on 1 August: nobody sent April to July."""
    history.lists(D(2014, 1, 31), List_3=[referral("A1", D(2013, 9, 3)), referral("A2", D(2013, 9, 10))])
    assert counted(history, "I04", "2013-09") == (0, 0, 2)


def test_assessments_are_judged_by_the_statutory_clock(history: History) -> None:
    """Day 45 of A1's referral is 5 November, on which it was concluded; of A2's the 12th, a day too soon."""
    autumn(history)
    assert counted(history, "I20", "2013-11") == (1, 1, 0)


def test_a_team_s_share_is_counted_by_the_team_that_did_it(history: History) -> None:
    autumn(history)
    assert counted(history, "I20", "2013-11", "assessment_team", "North") == (1, 1, 0)
    assert counted(history, "I04", "2013-09", "referral_team", "North") == (1, 1, 0)
    assert counted(history, "I04", "2013-09", "case_team", "East") == (1, 0, 0)
    assert counted(history, "I04", "2013-09", "case_team", "not known") == (0, 1, 0)


def test_a_record_of_the_census_goes_on_in_the_lists_and_keeps_what_only_the_census_says(history: History) -> None:
    autumn(history)
    made = history.snapshot()
    [assessment] = [row for row in rows(made, "cin_assessments") if row["cina_person_id"] == "A3"]
    assert assessment["cina_assessment_id"] == "A3|2013-03-18|1|A|2013-03-20|1"
    assert (assessment["cina_assessment_auth_date"], assessment["cina_assessment_team"]) == (D(2013, 5, 1), "North")
    assert [row["cinf_assessment_factor"] for row in rows(made, "assessment_factors")] == ["2B"]
    [episode] = [row for row in rows(made, "cin_episodes") if row["cine_person_id"] == "A3"]
    assert (episode["cine_referral_source_code"], episode["cine_allocated_team"]) == ("6", "East")


def test_a_value_that_the_census_could_not_make_out_is_still_not_known_after_the_lists(tmp_path: Path) -> None:
    history = History(tmp_path)
    odd = census.episode("2013-03-18").replace("<ReferralNFA>false", "<ReferralNFA>perhaps")
    history.census(census.child("A3", odd))
    history.lists(D(2013, 9, 30), List_6=[case("A3", D(2013, 3, 18))], List_3=[])
    history.loads = [history.loads[0], without_list_3(history)]
    [episode] = rows(history.snapshot(), "cin_episodes")
    assert (episode["cine_referral_nfa"], episode["unread"]) == (None, "cine_referral_nfa")
    assert episode["cine_allocated_team"] == "East"


def without_list_3(history: History) -> str:
    sheets = {"List_6": [HEADS["List_6"], case("A3", D(2013, 3, 18))]}
    reading = read_return(annex_a.workbook(history.folder / "less", sheets), into=history.folder / "less" / "out")
    return history.store.keep(reading, as_at=D(2013, 9, 30))


def test_the_next_census_answers_for_the_days_that_lists_answered_for(history: History) -> None:
    """Of A2 the census of 2013/14 knows nothing: on days of its own it stands before the lists (decision 19)."""
    autumn(history)
    history.census(census.child("A1", census.episode("2013-09-03")), as_at="2014-03-31")
    made = history.snapshot()
    assert {part.kind for part in made.cover.tables["cin_episodes"]} == {"cin_census"}
    assert {row["cine_person_id"] for row in rows(made, "cin_episodes")} == {"A1", "A3"}


def part_year(history: History) -> None:
    """A census as at 31 January 2014, of the days that the lists are of too: A1's referral of September, still open."""
    history.census(census.child("A1", census.episode("2013-09-03")), as_at="2014-01-31")


def test_lists_behind_a_census_of_their_days_say_whose_the_cases_are(history: History) -> None:
    """A1 is in both, and its team is the list's; of A2, which the lists alone hold, nothing is counted."""
    part_year(history)
    assert not [name for name in history.snapshot().holds if "team" in name]
    history.lists(
        D(2014, 1, 31),
        List_3=[referral("A1", D(2013, 9, 3)), referral("A2", D(2013, 9, 10))],
        List_6=[case("A1", D(2013, 9, 3))],
    )
    assert {"case_team", "referral_team"} <= history.snapshot().holds
    assert counted(history, "I04", "2013-09", "case_team", "East") == (1, 0, 0)
    assert counted(history, "I04", "2013-09") == (1, 0, 0)
    cover = history.snapshot().cover
    assert "cine_allocated_team" in cover.filled
    assert "cine_allocated_team" not in cover.answered()


def test_by_team_there_is_no_nought_for_months_before_the_lists_nor_for_those_in_which_many_have_none(
    history: History,
) -> None:
    """The lists begin on 1 August 2013. In November 1 of 2 referrals is on no list: neither team's figure is of it."""
    on = ["2013-05-07", "2013-09-03", "2013-11-05", "2013-12-03"]
    episodes = [census.child(f"A{n}", census.episode(day)) for n, day in enumerate(on)]
    history.census(*episodes, census.child("B2", census.episode("2013-11-06")), as_at="2014-01-31")
    listed = [(f"A{n}", D.fromisoformat(day)) for n, day in enumerate(on) if n]
    rows_of = {"List_3": [referral(*each) for each in listed], "List_6": [case(*each) for each in listed]}
    history.lists(D(2014, 1, 31), **rows_of)
    whole = {each.period.id: each.n_in for each in given(history, "I03")}
    assert (whole["2013-05"], whole["2013-11"]) == (1, 2)
    by_team = {(each.period.id, each.group): each.n_in for each in given(history, "I03", "referral_team")}
    assert {month for month, _ in by_team} == {"2013-08", "2013-09", "2013-10", "2013-12", "2014-01"}
    assert by_team["2013-09", "North"] == by_team["2013-12", "North"] == 1
    assert by_team["2013-10", "North"] == 0
    gaps = {gap.period.id: gap.words for gap in not_given(history, "I03", "referral_team")}
    assert gaps["2013-11"] == "not given by team that took the referral: more than one record in 20 has none"
    assert not gaps.keys() & {"2013-09", "2013-10"}


def test_what_a_list_leaves_empty_changes_nothing_that_a_census_said(history: History) -> None:
    """List 6 alone holds A3's case: who referred, and that it led on, is the census's to say."""
    history.lists(D(2013, 9, 30), List_6=[case("A3", D(2013, 3, 18))])
    found = history.snapshot()
    assert [fault for fault in found.faults("history-differs") if fault.table == "cin_episodes"] == []
    [row] = [row for row in rows(found, "cin_episodes") if row["cine_person_id"] == "A3"]
    assert (row["cine_referral_nfa"], row["cine_allocated_team"]) == (False, "East")
