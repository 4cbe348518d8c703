"""An SSDA903 set becomes episodes, placements, legal statuses and the rest, told by its columns and not its names."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.folders import every_byte, faults_of, rows_of, words_of, write_files
from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns import read_return, recognise
from holdfast.analytics.returns.reading import Reading

HEADER = """
    CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
    A1,1,05/03/2005,WBRI,A123456789123,0,
    B2,F,2006-04-06,MWBC,,,
"""
HEADS = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
EPISODES = f"""
    {HEADS}
    A1,01/05/2013,S,V2,N1,U6,PR1,01/07/2013,X1,,EX1 1AA,EX2 2BB,SC1
    A1,01/07/2013,L,C1,N1,U6,PR1,20/09/2013,X1,CARPL,EX1 1AA,EX2 2BB,SC1
    A1,20/09/2013,P,C1,N1,K2,PR4,,,,EX1 1AA,EX3 3CC,SC2
    B2,01/02/2012,P,C2,N1,U4,PR1,31/03/2013,E4A,,,,SC9
"""
DAY = date(2014, 3, 31)


def read(tmp_path: Path, files: dict[str, str] | None = None) -> Reading:
    folder = write_files(tmp_path / "sent", {"a.csv": HEADER, "b.csv": EPISODES} | (files or {}))
    return read_return(folder, into=tmp_path / "read", kind="ssda903")


def test_a_placement_lasts_over_a_change_of_legal_status_and_a_status_over_a_change_of_placement(
    tmp_path: Path,
) -> None:
    reading = read(tmp_path)
    placements = [
        (row["clap_cla_placement_type"], row["clap_cla_placement_start_date"], row["clap_cla_placement_end_date"])
        for row in rows_of(reading, "cla_placement")
        if row["clap_person_id"] == "A1"
    ]
    assert placements == [("U6", date(2013, 5, 1), date(2013, 9, 20)), ("K2", date(2013, 9, 20), None)]
    statuses = [
        (row["lega_legal_status"], row["lega_legal_status_start_date"], row["lega_legal_status_end_date"])
        for row in rows_of(reading, "legal_status")
        if row["lega_person_id"] == "A1"
    ]
    assert statuses == [("V2", date(2013, 5, 1), date(2013, 7, 1)), ("C1", date(2013, 7, 1), None)]
    assert rows_of(reading, "cla_placement")[0]["clap_cla_placement_change_reason"] == "CARPL"


def test_a_period_of_care_is_known_by_its_first_episode_and_otherwise_not(tmp_path: Path) -> None:
    episodes = rows_of(read(tmp_path), "cla_episodes")
    assert [row["clae_cla_id"] for row in episodes] == ["A1|K|2013-05-01"] * 3 + [None]
    assert episodes[2]["clae_entered_care_date"] == date(2013, 5, 1)
    assert [row["clae_cla_episode_id"] for row in episodes][:2] == ["A1|E|2013-05-01|1", "A1|E|2013-07-01|1"]
    assert episodes[0]["clae_cla_placement_id"] == episodes[1]["clae_cla_placement_id"] == "A1|PL|2013-05-01|1"


@pytest.mark.parametrize(("day", "goes_on"), [("01/07/2013", True), ("02/07/2013", True), ("03/07/2013", False)])
def test_an_episode_follows_another_on_the_day_it_ceased_or_the_day_after(
    tmp_path: Path, day: str, goes_on: bool
) -> None:
    moved = EPISODES.replace("A1,01/07/2013,L", f"A1,{day},L")
    placements = [
        row for row in rows_of(read(tmp_path, {"b.csv": moved}), "cla_placement") if row["clap_person_id"] == "A1"
    ]
    assert len(placements) == (2 if goes_on else 3)


def test_the_order_of_rows_and_of_columns_and_the_names_of_files_change_nothing(tmp_path: Path) -> None:
    lines = [line.strip() for line in EPISODES.strip().splitlines()]
    turned = [",".join(reversed(line.split(","))) for line in (lines[0], *reversed(lines[1:]))]
    one = read(tmp_path / "one")
    other = read(tmp_path / "two", {"b.csv": "\n".join(turned), "a.csv": HEADER})
    for table in ("cla_episodes", "cla_placement", "legal_status"):
        assert (one.folder / f"{table}.parquet").read_bytes() == (other.folder / f"{table}.parquet").read_bytes()


def test_a_value_that_is_not_understood_is_marked_wherever_it_would_stand_and_said_once(tmp_path: Path) -> None:
    reading = read(tmp_path, {"b.csv": EPISODES.replace("20/09/2013,P,C1,N1,K2", "20/09/2013,P,C9,N1,Q7")})
    last = [row for row in rows_of(reading, "cla_placement") if row["clap_person_id"] == "A1"][-1]
    assert (last["clap_cla_placement_type"], last["unread"]) == (None, "clap_cla_placement_type")
    assert [row["unread"] for row in rows_of(reading, "legal_status")].count("lega_legal_status") == 1
    assert len([fault for fault in faults_of(reading) if fault[0] == "bad-code"]) == 2
    assert "Q7" not in words_of(reading)


def test_every_other_file_of_the_set_is_read(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "c.csv": "CHILD,DOB,REVIEW,REVIEW_CODE\nA1,05/03/2005,01/06/2013,PN1\n",
            "d.csv": "CHILD,SEX,DOB,DUC\nB2,2,06/04/2006,\n",
            "e.csv": "CHILD,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,TEETH_CHECK\nA1,14,,1,,1\nB2,,SDQ2,,0,\n",
            "f.csv": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nC3,01/01/1995,YES,F5,B2\n",
            "g.csv": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR\nA1,,01/08/2013,01/10/2013,0,2\n",
            "h.csv": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\nA1,,01/12/2013,,\n",
            "i.csv": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\nB2,,P1,878,zz/zz/2009\n",
            "j.csv": "CHILD,DOB,MISSING,MIS_START,MIS_END\nA1,,M,01/08/2013,02/08/2013\nA1,,A,01/08/2013,\n",
            "k.csv": "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\nA1,,SW7,01/05/2013,01/06/2013,LEFTRL\n",
            "l.csv": "CHILD,DOB,DOLO_START,DOLO_END\nA1,,01/06/2013,\n",
        },
    )
    assert rows_of(reading, "cla_reviews")[0]["clar_cla_review_id"] == "A1|CR|2013-06-01|1"
    assert rows_of(reading, "immigration_status")[0]["immi_immigration_status"] == "UASC"
    assert [(row["csdq_sdq_score"], row["csdq_sdq_reason"]) for row in rows_of(reading, "sdq_scores")] == [
        (14, None),
        (None, "SDQ2"),
    ]
    assert [
        (row["clah_health_check_type"], row["clah_health_check_status"]) for row in rows_of(reading, "cla_health")
    ] == [
        ("TEETH_CHECK", "1"),
        ("HEALTH_CHECK", "0"),
    ]
    leaver = rows_of(reading, "care_leavers")[0]
    assert (leaver["clea_care_leaver_accommodation"], leaver["clea_care_leaver_accom_suitable"]) == ("B2", "2")
    [adoption] = rows_of(reading, "permanence")
    assert (adoption["perm_matched_date"], adoption["perm_placed_for_adoption_date"]) == (
        date(2013, 10, 1),
        date(2013, 12, 1),
    )
    assert rows_of(reading, "cla_previous_permanence")[0]["unread"] == "lapp_previous_permanence_order_date"
    assert [row["miss_table_id"] for row in rows_of(reading, "missing")] == ["A1|M|2013-08-01|1", "A1|M|2013-08-01|2"]
    assert rows_of(reading, "involvements")[0]["invo_involvements_id"] == "A1|W|SW7|2013-05-01|1"
    assert ("unknown-table", "", "DoLO") in faults_of(reading)
    assert ("not-in-header", "", "OC3") in faults_of(reading)


def test_postcodes_and_what_is_not_needed_stay_outside(tmp_path: Path) -> None:
    reading = read(tmp_path)
    assert b"EX1" not in every_byte(reading)
    assert not [fault for fault in faults_of(reading) if fault[0] == "unknown-column"]


def test_a_year_answers_from_its_first_of_april_for_what_it_has(tmp_path: Path) -> None:
    given_ = read(tmp_path).gives(DAY)
    assert given_.since["cla_episodes"] == date(2013, 4, 1)
    assert "cla_reviews" not in given_.since
    assert "clap_cla_placement_distance" not in given_.columns["cla_placement"]


def test_a_set_says_what_it_is_and_what_it_lacks(tmp_path: Path) -> None:
    said = recognise(write_files(tmp_path, {"x.csv": EPISODES}))
    assert said is not None
    assert said.words == "SSDA903 return, 1 file (Episodes), no day given that it describes"
    assert said.unknown == ("It has no file of Header.",)
    reading = read_return(tmp_path, into=tmp_path / "read")
    assert reading.blocking == ["The set has no file of Header, so nothing could be said of it."]


def test_a_file_of_no_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReturn, match="DECOM"):
        read_return(write_files(tmp_path, {"x.csv": "CHILD,AGE\nA1,4"}), into=tmp_path / "read", kind="ssda903")


CELLS = st.sampled_from(["", "01/05/2013", "31/02/2013", "2013-06-01", "S", "L", "P", "C1", "U6", "x" * 60, "A1", " "])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=13, max_size=13), max_size=6))
def test_whatever_cells_are_sent_each_row_with_a_child_is_one_episode_and_ids_are_never_twice(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    tmp_path = tmp_path_factory.mktemp("set")
    text = "\n".join([HEADS, *(",".join(row) for row in rows)])
    reading = read(tmp_path, {"b.csv": text})
    keyed = [row for row in rows if row[0].strip() and len(row[0]) <= 48]
    assert reading.n_rows["cla_episodes"] == len(keyed)
    for table, key in (("cla_episodes", "clae_cla_episode_id"), ("cla_placement", "clap_cla_placement_id")):
        ids = [row[key] for row in rows_of(reading, table)]
        assert len(set(ids)) == len(ids)


def test_a_few_days_that_are_none_lose_no_column(tmp_path: Path) -> None:
    """Three of twelve: less than half, however few children there are."""
    rows = [f"C{n},{'31/02/2013' if n % 4 == 0 else '01/05/2013'},S,V2,N1,U6,PR1,,,,,,SC1" for n in range(12)]
    children = [f"C{n},1,05/03/2005,WBRI,,0," for n in range(12)]
    files = {"a.csv": "\n".join([HEADER.split()[0], *children]), "b.csv": "\n".join([HEADS, *rows])}
    reading = read(tmp_path, files)
    assert (reading.lost, reading.n_faults["bad-date"]) == ([], 3)
