"""Several years' censuses make one history: one record, the later file wins, and what differs is a fault."""

from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.census import child, day, episode, message, read
from holdfast.analytics.history import NothingToMerge, Snapshot
from holdfast.analytics.history import snapshot as snapshot_of
from holdfast.analytics.store import Store

CLOSED = "<CINclosureDate>{}</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>"
START, END = "AssessmentActualStartDate", "AssessmentAuthorisationDate"
FACTORS = "<FactorsIdentifiedAtAssessment>{}</FactorsIdentifiedAtAssessment>"


def assessment(start: str, end: str = "", *factors: str) -> str:
    ended = f"<{END}>{end}</{END}>" if end else ""
    codes = "".join(f"<AssessmentFactors>{code}</AssessmentFactors>" for code in factors)
    return f"<Assessments><{START}>{start}</{START}>{ended}{FACTORS.format(codes) if codes else ''}</Assessments>"


def plan(start: str, end: str = "", *reviews: str) -> str:
    ended = f"<CPPendDate>{end}</CPPendDate>" if end else ""
    held = "".join(f"<CPPreviewDate>{review}</CPPreviewDate>" for review in reviews)
    return (
        f"<ChildProtectionPlans><CPPstartDate>{start}</CPPstartDate>{ended}"
        "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>"
        f"<NumberOfPreviousCPP>0</NumberOfPreviousCPP><Reviews>{held}</Reviews></ChildProtectionPlans>"
    )


def enquiry(start: str, *, target: str = "", held: str = "") -> str:
    dates = f"<InitialCPCtarget>{target}</InitialCPCtarget>" if target else ""
    dates += f"<DateOfInitialCPC>{held}</DateOfInitialCPC>" if held else ""
    return (
        f"<Section47><S47ActualStartDate>{start}</S47ActualStartDate>{dates}<ICPCnotRequired>false</ICPCnotRequired>"
        "</Section47>"
    )


class History:
    """A store to which census files are given, and the snapshot they make."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, Store(folder / "store")
        self.loads: list[str] = []

    def add(self, as_at: str, *children: str) -> str:
        reading = read(self.folder, message(*children, as_at=as_at), f"file{len(self.loads)}")
        self.loads.append(self.store.keep(reading, as_at=date.fromisoformat(as_at)))
        return self.loads[-1]

    def snapshot(self) -> Snapshot:
        return snapshot_of(self.store, self.loads)


def rows(snapshot: Snapshot, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(snapshot.tables[table]).to_pylist()
    return found


def said(snapshot: Snapshot) -> list[tuple[str, str, str, str]]:
    return [(fault.rule, fault.table, fault.column, fault.child) for fault in snapshot.faults()]


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


def test_an_episode_in_two_files_is_one_and_the_later_file_wins(history: History) -> None:
    history.add("2013-03-31", child("A1", episode("2013-02-01")))
    history.add("2014-03-31", child("A1", episode("2013-02-01", CLOSED.format("2013-09-01"))))
    snapshot = history.snapshot()
    [row] = rows(snapshot, "cin_episodes")
    assert (row["cine_close_date"], row["as_at"]) == (day("2013-09-01"), day("2014-03-31"))
    assert snapshot.n_differences == 0  # an empty value that is filled in is ordinary progress
    assert said(snapshot) == []


def test_a_value_that_changed_is_a_fault_and_the_later_one_is_used(history: History) -> None:
    history.add("2013-03-31", child("A1", episode("2013-02-01", need="N1")))
    history.add("2014-03-31", child("A1", episode("2013-02-01", need="N5")))
    snapshot = history.snapshot()
    assert rows(snapshot, "cin_episodes")[0]["cine_cin_primary_need_code"] == "N5"
    assert said(snapshot) == [("history-differs", "cin_episodes", "cine_cin_primary_need_code", "A1")]
    assert snapshot.n_differences == 1
    assert "N5" not in snapshot.faults()[0].words


def test_an_episode_that_closed_and_is_in_no_later_file_stays_as_it_was(history: History) -> None:
    history.add("2013-03-31", child("A1", episode("2012-06-01", CLOSED.format("2012-09-01"))))
    history.add("2014-03-31", child("B2", episode("2013-06-01")))
    snapshot = history.snapshot()
    assert [row["as_at"] for row in rows(snapshot, "cin_episodes")] == [day("2013-03-31"), day("2014-03-31")]
    assert said(snapshot) == []


def test_an_open_episode_that_is_in_no_later_file_is_kept_as_not_known_after(history: History) -> None:
    history.add("2013-03-31", child("A1", episode("2013-02-01", plan("2013-03-01"))))
    history.add("2014-03-31", child("B2", episode("2013-06-01")))
    snapshot = history.snapshot()
    [episode_row] = [row for row in rows(snapshot, "cin_episodes") if row["cine_person_id"] == "A1"]
    [plan_row] = rows(snapshot, "cp_plans")
    assert episode_row["as_at"] == plan_row["as_at"] == day("2013-03-31")
    assert {(rule, table) for rule, table, _, _ in said(snapshot)} == {
        ("history-lost", "cin_episodes"),
        ("history-lost", "cp_plans"),
    }


def test_a_referral_with_no_further_action_is_not_open(history: History) -> None:
    history.add("2013-03-31", child("A1", episode("2013-02-01", nfa="true")))
    history.add("2014-03-31", child("B2", episode("2013-06-01")))
    assert said(history.snapshot()) == []


def test_an_open_plan_missing_where_its_episode_is_held_was_withdrawn_with_its_reviews(history: History) -> None:
    history.add("2013-03-31", child("A1", episode("2012-06-01", plan("2012-07-01", "", "2012-09-20"))))
    history.add("2014-03-31", child("A1", episode("2012-06-01")))
    snapshot = history.snapshot()
    assert rows(snapshot, "cp_plans") == rows(snapshot, "cp_reviews") == []
    assert said(snapshot) == [("history-withdrawn", "cp_plans", "", "A1")]


def test_an_open_assessment_of_an_earlier_year_may_be_left_out_so_nothing_follows_from_it(history: History) -> None:
    """Rule 8736 lets no assessment be sent that is open and began before the year: it may be open still."""
    history.add("2013-03-31", child("A1", episode("2013-02-01", assessment("2013-02-02"), enquiry("2013-02-03"))))
    history.add("2014-03-31", child("A1", episode("2013-02-01")))
    snapshot = history.snapshot()
    assert rows(snapshot, "cin_assessments")[0]["as_at"] == day("2013-03-31")
    assert {(rule, table) for rule, table, _, _ in said(snapshot)} == {
        ("history-lost", "cin_assessments"),
        ("history-lost", "s47_enquiry"),
    }


def test_what_a_part_year_file_holds_and_the_whole_year_s_does_not_was_withdrawn(history: History) -> None:
    first = episode("2013-06-01", assessment("2013-06-02", "2013-07-01", "1A"), plan("2013-06-20", "", "2013-09-10"))
    final = episode("2013-06-01", assessment("2013-06-03", "2013-07-01", "2B"), plan("2013-06-20", "", "2013-09-11"))
    history.add("2014-01-31", child("A1", first))
    history.add("2014-03-31", child("A1", final))
    snapshot = history.snapshot()
    assert [str(row["cina_assessment_start_date"]) for row in rows(snapshot, "cin_assessments")] == ["2013-06-03"]
    assert [row["cinf_assessment_factor"] for row in rows(snapshot, "assessment_factors")] == ["2B"]
    assert [str(row["cppr_cp_review_date"]) for row in rows(snapshot, "cp_reviews")] == ["2013-09-11"]
    assert {(rule, table) for rule, table, _, _ in said(snapshot)} == {
        ("history-withdrawn", "cin_assessments"),
        ("history-withdrawn", "cp_reviews"),
    }


def test_a_referral_whose_date_is_corrected_in_the_same_year_is_one_referral(history: History) -> None:
    history.add("2014-01-31", child("A1", episode("2013-06-01", assessment("2013-06-02"))))
    history.add("2014-03-31", child("A1", episode("2013-06-02", assessment("2013-06-02"))))
    snapshot = history.snapshot()
    assert [str(row["cine_referral_date"]) for row in rows(snapshot, "cin_episodes")] == ["2013-06-02"]
    assert len(rows(snapshot, "cin_assessments")) == 1
    assert {(rule, table) for rule, table, _, _ in said(snapshot)} == {
        ("history-withdrawn", "cin_episodes"),
        ("history-withdrawn", "cin_assessments"),
    }


def test_a_referral_of_an_earlier_year_is_not_looked_for_in_a_later_one(history: History) -> None:
    history.add("2013-03-31", child("A1", episode("2013-03-31", CLOSED.format("2013-03-31"))))
    history.add("2014-03-31", child("A2", episode("2013-04-01")))
    assert len(rows(history.snapshot(), "cin_episodes")) == 2


def test_the_factors_of_an_assessment_are_those_of_the_file_that_wins(history: History) -> None:
    history.add("2014-01-31", child("A1", episode("2013-06-01", assessment("2013-06-02", "2013-07-01", "1A", "2B"))))
    history.add("2014-03-31", child("A1", episode("2013-06-01", assessment("2013-06-02", "2013-07-01", "2B", "3C"))))
    assert [row["cinf_assessment_factor"] for row in rows(history.snapshot(), "assessment_factors")] == ["2B", "3C"]


def test_a_target_that_becomes_a_conference_is_progress(history: History) -> None:
    history.add("2014-01-31", child("A1", episode("2014-01-02", enquiry("2014-01-28", target="2014-02-18"))))
    late = enquiry("2014-01-28", target="2014-02-18", held="2014-02-14")
    history.add("2014-03-31", child("A1", episode("2014-01-02", late)))
    snapshot = history.snapshot()
    assert [str(row["icpc_icpc_date"]) for row in rows(snapshot, "initial_cp_conference")] == ["2014-02-14"]
    assert said(snapshot) == []


def test_of_two_files_of_one_day_the_one_given_last_is_the_correction(history: History) -> None:
    history.add("2014-03-31", child("A1", episode(need="N1")))
    history.add("2014-03-31", child("A1", episode(need="N5")))
    first, second = history.loads
    corrected = snapshot_of(history.store, [first, second])
    turned = snapshot_of(history.store, [second, first])
    assert rows(corrected, "cin_episodes")[0]["cine_cin_primary_need_code"] == "N5"
    assert rows(turned, "cin_episodes")[0]["cine_cin_primary_need_code"] == "N1"
    assert corrected.id != turned.id


def test_a_person_is_as_the_latest_file_says(history: History) -> None:
    history.add("2013-03-31", child("A1", episode("2013-02-01"), identifiers="<GenderCurrent>1</GenderCurrent>"))
    history.add("2014-03-31", child("A1", episode("2013-06-01"), identifiers="<GenderCurrent>2</GenderCurrent>"))
    snapshot = history.snapshot()
    assert [row["pers_sex"] for row in rows(snapshot, "person")] == ["F"]
    assert ("history-differs", "person", "pers_sex", "A1") in said(snapshot)


def test_a_snapshot_says_what_it_covers_and_what_it_can_give(history: History) -> None:
    history.add("2014-01-31", child("A1", episode("2013-06-01")))
    history.add("2012-03-31", child("A1", episode("2011-06-01", CLOSED.format("2011-07-01"))))
    snapshot = history.snapshot()
    assert (snapshot.first_day, snapshot.as_at) == (day("2011-04-01"), day("2014-01-31"))
    assert snapshot.holds == {"referral_source", "primary_need", "age_band", "sex", "ethnicity"}
    assert snapshot.load_ids == (history.loads[1], history.loads[0])


def test_no_load_makes_no_snapshot(history: History) -> None:
    with pytest.raises(NothingToMerge):
        snapshot_of(history.store, [])


DAYS = st.dates(date(2011, 4, 1), date(2014, 3, 31)).map(str)
EPISODES = st.lists(st.tuples(st.sampled_from("ABC"), DAYS, st.sampled_from(["N1", "N2"])), min_size=1, max_size=5)


@given(files=st.lists(EPISODES, min_size=1, max_size=3))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_order_does_not_matter_the_latest_wins_and_merging_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[tuple[str, str, str]]]
) -> None:
    history = History(tmp_path_factory.mktemp("history"))
    expected: dict[str, str] = {}
    last_in: dict[str, int] = {}
    for year, episodes in enumerate(files, start=2012):
        by_child: dict[str, list[str]] = {}
        seen: dict[tuple[str, str], int] = {}
        for who, referred, need in episodes:
            by_child.setdefault(who, []).append(episode(referred, CLOSED.format(referred), need=need))
            seen[who, referred] = seen.get((who, referred), 0) + 1
            expected[f"{who}|{referred}|{seen[who, referred]}"] = need
            last_in[f"{who}|{referred}|{seen[who, referred]}"] = year
        history.add(f"{year}-03-31", *(child(who, *found) for who, found in by_child.items()))
    # A later file holds every referral of its own year: one received then, and not in it, was withdrawn.
    for name, year in last_in.items():
        if any(name.split("|")[1] >= f"{later - 1}-04-01" for later in range(year + 1, 2012 + len(files))):
            del expected[name]
    snapshots = [snapshot_of(history.store, order) for order in permutations(history.loads)]
    again = snapshot_of(history.store, [*history.loads, *history.loads])
    assert {snapshot.id for snapshot in [*snapshots, again]} == {snapshots[0].id}
    held = {row["cine_referral_id"]: row["cine_cin_primary_need_code"] for row in rows(again, "cin_episodes")}
    assert held == expected


# A referral is one referral, however its date is corrected from one year to the next


def dates(snapshot: Snapshot) -> list[str]:
    return sorted(str(row["cine_referral_date"]) for row in rows(snapshot, "cin_episodes"))


def test_a_date_corrected_in_the_next_years_file_makes_no_second_referral(history: History) -> None:
    history.add("2013-03-31", child("A1", episode("2013-02-01", assessment("2013-02-02", "2013-03-01", "1A"))))
    history.add("2014-03-31", child("A1", episode("2013-02-03", plan("2013-05-01"), CLOSED.format("2013-09-01"))))
    snapshot = history.snapshot()
    assert dates(snapshot) == ["2013-02-03"]
    assert ("history-corrected", "cin_episodes", "cine_referral_date", "A1") in said(snapshot)
    [kept] = rows(snapshot, "cin_assessments")
    assert kept["cina_referral_id"] == "A1|2013-02-03|1"  # what began under the old date belongs to the one referral
    assert [row["cinf_assessment_id"] for row in rows(snapshot, "assessment_factors")] == [kept["cina_assessment_id"]]


def test_a_date_corrected_twice_over_three_years_is_one_referral(history: History) -> None:
    history.add("2012-03-31", child("A1", episode("2012-02-01")))
    history.add("2013-03-31", child("A1", episode("2012-02-03")))
    history.add("2014-03-31", child("A1", episode("2012-02-05", CLOSED.format("2013-09-01"))))
    assert dates(history.snapshot()) == ["2012-02-05"]


def test_a_newer_referral_in_place_of_an_open_one_leaves_both_unknown(history: History) -> None:
    """The year's end may have been corrected away, or a case lost sight of: nobody can tell, so nothing is claimed."""
    history.add("2013-03-31", child("A1", episode("2013-03-28")))
    history.add("2014-03-31", child("A1", episode("2013-04-02")))
    snapshot = history.snapshot()
    assert dates(snapshot) == ["2013-04-02", "None"]
    assert [row["unread"] for row in rows(snapshot, "cin_episodes") if row["cine_referral_date"] is None] == [
        "cine_referral_date"
    ]
    assert ("history-unsure", "cin_episodes", "cine_referral_date", "A1") in said(snapshot)


def test_a_case_that_closed_and_a_new_referral_are_two(history: History) -> None:
    history.add("2013-03-31", child("A1", episode("2013-02-01", CLOSED.format("2013-03-01"))))
    history.add("2014-03-31", child("A1", episode("2013-06-01")))
    assert dates(history.snapshot()) == ["2013-02-01", "2013-06-01"]


def test_an_open_case_that_is_still_there_and_a_new_referral_are_two(history: History) -> None:
    history.add("2013-03-31", child("A1", episode("2013-02-01")))
    history.add("2014-03-31", child("A1", episode("2013-02-01", CLOSED.format("2013-05-01")), episode("2013-06-01")))
    assert dates(history.snapshot()) == ["2013-02-01", "2013-06-01"]


def test_a_referral_without_further_action_is_not_taken_for_a_corrected_one(history: History) -> None:
    history.add("2013-03-31", child("A1", episode("2013-02-01")))
    history.add("2014-03-31", child("A1", episode("2013-06-01", nfa="1")))
    assert dates(history.snapshot()) == ["2013-02-01", "2013-06-01"]


def test_a_year_without_a_file_between_leaves_room_for_a_second_referral(history: History) -> None:
    history.add("2012-03-31", child("A1", episode("2012-02-01")))
    history.add("2014-03-31", child("A1", episode("2013-06-01")))
    assert dates(history.snapshot()) == ["2012-02-01", "2013-06-01"]


@given(
    moved=st.lists(st.integers(-40, 40), min_size=1, max_size=3), first=st.dates(date(2011, 4, 1), date(2012, 3, 31))
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_one_referral_is_dated_it_is_never_two_with_a_date(
    tmp_path_factory: pytest.TempPathFactory, moved: list[int], first: date
) -> None:
    history, referred = History(tmp_path_factory.mktemp("corrected")), first
    history.add("2012-03-31", child("A1", episode(str(referred))))
    for year, days in enumerate(moved, start=2013):
        referred = date.fromordinal(referred.toordinal() + days)
        history.add(f"{year}-03-31", child("A1", episode(str(referred))))
    held = [row["cine_referral_date"] for row in rows(history.snapshot(), "cin_episodes")]
    assert [day for day in held if day is not None] == [referred]
