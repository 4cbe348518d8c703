"""The daily feed: whole records and changes to them become the tables of today, without a name."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.folders import every_byte, faults_of, rows_of
from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns import read_return, recognise
from holdfast.analytics.returns.daily_feed.merging import merged, without_names
from holdfast.analytics.returns.reading import Reading

EPISODE = {
    "social_care_episode_id": "E1",
    "referral_date": "2022-06-14",
    "referral_source": "1C",
    "referral_no_further_action_flag": False,
    "care_worker_details": [{"worker_id": "W1", "start_date": "2022-06-14", "end_date": None}],
    "child_and_family_assessments": [
        {"child_and_family_assessment_id": "A1", "start_date": "2022-06-15", "factors": ["1C", "4A"], "purge": False}
    ],
    "child_in_need_plans": [{"child_in_need_plan_id": "N1", "start_date": "2022-07-20"}],
    "section_47_assessments": [
        {
            "section_47_assessment_id": "S1",
            "start_date": "2022-06-20",
            "icpc_required_flag": True,
            "icpc_date": "2022-07-01",
        }
    ],
    "child_protection_plans": [{"child_protection_plan_id": "P1", "start_date": "2022-07-01"}],
    "child_looked_after_placements": [
        {
            "child_looked_after_placement_id": "L1",
            "start_date": "2022-08-01",
            "placement_type": "K1",
            "postcode": "EX1 1AA",
        }
    ],
    "adoption": {"initial_decision_date": "2023-01-01"},
    "care_leavers": {"contact_date": "2023-02-01", "activity": "F2", "accommodation": "D"},
}
CHILD = {
    "la_child_id": "C1",
    "mis_child_id": "M1",
    "child_details": {
        "first_name": "Zebedee",
        "surname": "Quux",
        "date_of_birth": "2010-01-05",
        "sex": "M",
        "ethnicity": "WBRI",
        "disabilities": ["LD", "AUT"],
        "postcode": "EX1 1AA",
        "uasc_flag": True,
    },
    "health_and_wellbeing": {"sdq_assessments": [{"date": "2022-06-14", "score": 20}]},
    "social_care_episodes": [EPISODE],
    "purge": False,
}


def read(tmp_path: Path, *sent: Any) -> Reading:
    folder = tmp_path / "sent"
    folder.mkdir()
    for n, each in enumerate(sent):
        (folder / f"2022-06-{n + 10}.json").write_text(json.dumps(each), encoding="utf-8-sig")
    return read_return(folder, into=tmp_path / "read")


def test_a_whole_record_becomes_the_same_rows_as_a_census_gives(tmp_path: Path) -> None:
    reading = read(tmp_path, [CHILD])
    assert rows_of(reading, "person")[0]["pers_dob"] == date(2010, 1, 5)
    assert [row["disa_disability_code"] for row in rows_of(reading, "disability")] == ["LD", "AUT"]
    [referral] = rows_of(reading, "cin_episodes")
    assert (referral["cine_referral_id"], referral["cine_referral_nfa"]) == ("C1|2022-06-14|1", False)
    assert rows_of(reading, "cin_assessments")[0]["cina_assessment_id"] == "C1|2022-06-14|1|A|2022-06-15|1"
    assert [row["cinf_assessment_factor"] for row in rows_of(reading, "assessment_factors")] == ["1C", "4A"]
    assert rows_of(reading, "cp_plans")[0]["cppl_referral_id"] == "C1|2022-06-14|1"
    assert rows_of(reading, "cla_placement")[0]["clap_cla_placement_type"] == "K1"
    assert rows_of(reading, "care_leavers")[0]["clea_care_leaver_accommodation"] == "D"
    assert rows_of(reading, "involvements")[0]["invo_professional_id"] == "W1"
    assert rows_of(reading, "immigration_status")[0]["immi_immigration_status"] == "UASC"
    assert faults_of(reading) == []


def test_a_conference_that_is_required_is_not_one_that_is_not(tmp_path: Path) -> None:
    reading = read(tmp_path, [CHILD])
    assert rows_of(reading, "s47_enquiry")[0]["s47e_s47_nfa"] is False
    assert rows_of(reading, "initial_cp_conference")[0]["icpc_icpc_id"] == "C1|2022-06-14|1|S|2022-06-20|1|C"


def test_no_name_and_no_postcode_is_ever_written(tmp_path: Path) -> None:
    odd = {**CHILD, "notes": {"deeper": [{"Surname": "Quux"}]}}
    found = every_byte(read(tmp_path, [odd]))
    assert all(word not in found for word in (b"Zebedee", b"Quux", b"EX1"))


def change(block: str, item: dict[str, Any]) -> dict[str, Any]:
    return {"la_child_id": "C1", "social_care_episodes": [{"social_care_episode_id": "E1", block: [item]}]}


def test_a_change_has_the_ids_and_what_changed_and_a_later_file_stands(tmp_path: Path) -> None:
    ended = {"child_protection_plan_id": "P1", "end_date": "2023-01-31"}
    reading = read(tmp_path, [CHILD], [change("child_protection_plans", ended)])
    [plan] = rows_of(reading, "cp_plans")
    assert (plan["cppl_cp_plan_start_date"], plan["cppl_cp_plan_end_date"]) == (date(2022, 7, 1), date(2023, 1, 31))
    assert len(rows_of(reading, "cin_assessments")) == 1


def test_a_file_beside_the_feed_that_is_none_of_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / "read me.txt").write_text("hello")
    (tmp_path / "sent" / "1.json").write_text(json.dumps([CHILD]))
    reading = read_return(tmp_path / "sent", into=tmp_path / "read")
    assert faults_of(reading) == [("unknown-table", "", "read me.txt")]


def test_a_purge_takes_out_a_block_or_a_child(tmp_path: Path) -> None:
    gone = {"section_47_assessment_id": "S1", "purge": True}
    other = {**CHILD, "la_child_id": "C2"}
    purged = [change("section_47_assessments", gone), {"la_child_id": "C2", "purge": True}]
    reading = read(tmp_path, [CHILD, other], purged)
    assert [row["pers_person_id"] for row in rows_of(reading, "person")] == ["C1"]
    assert rows_of(reading, "s47_enquiry") == []
    assert rows_of(reading, "initial_cp_conference") == []


def test_what_is_not_understood_is_marked_and_a_child_without_a_reference_is_said(tmp_path: Path) -> None:
    broken = {**CHILD, "child_details": {"date_of_birth": "last May", "sex": "Q"}}
    reading = read(tmp_path, [broken, {"la_child_id": None}, 7])
    assert set(rows_of(reading, "person")[0]["unread"].split()) == {"pers_dob", "pers_sex"}
    assert faults_of(reading).count(("unkeyable", "person", "pers_person_id")) == 2


def test_the_days_held_begin_with_the_year_of_the_day_24_months_before(tmp_path: Path) -> None:
    given_ = read(tmp_path, [CHILD]).gives(date(2024, 1, 31))
    assert given_.since["cin_episodes"] == date(2021, 4, 1)
    assert "cp_reviews" not in given_.since
    assert "cine_cin_primary_need_code" not in given_.columns["cin_episodes"]
    assert "cppl_previous_cp_plans" not in given_.columns["cp_plans"]


def test_the_feed_is_recognised_and_what_is_cut_short_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "feed"
    path.write_text(json.dumps([CHILD]))
    said = recognise(path)
    assert said is not None
    assert said.words == "Daily feed, 1 file, no day given that it describes"
    path.write_text(json.dumps([CHILD])[:-9])
    with pytest.raises(UnreadableReturn, match="whole JSON"):
        read_return(path, into=tmp_path / "read")
    path.write_text('[{"some": "other"}]')
    assert recognise(path) is None


KEYS = st.sampled_from(["purge", "first_name", "a", "social_care_episodes", "social_care_episode_id"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(sent=st.lists(st.dictionaries(KEYS, VALUES, max_size=4), max_size=4))
def test_whatever_is_sent_is_put_together_and_sending_it_again_changes_nothing(sent: list[dict[str, Any]]) -> None:
    held: dict[str, Any] | None = None
    for each in sent:
        held = merged(held, each)
    assert held is None or "purge" not in held
    assert "first_name" not in json.dumps(without_names(sent))
    if held is not None and not any("social_care_episodes" in json.dumps(each) for each in sent):
        assert merged(held, sent[-1] if sent else {}) == held
