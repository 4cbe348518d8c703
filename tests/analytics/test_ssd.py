"""An extract of the Standard Safeguarding Dataset becomes the same tables as a census, whatever shape it comes in."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analytics.folders import every_byte, faults_of, rows_of, words_of, write_files
from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns import read_return, recognise
from holdfast.analytics.returns.reading import Reading

PERSON = """
    pers_person_id,pers_forename,pers_surname,pers_sex,pers_dob,pers_ethnicity
    101,Zebedee,Quux,M,2010-01-05 00:00:00,WBRI
    102,Ottoline,Quux,Female,05/01/2012,
"""
EPISODES = """
    cine_referral_id,cine_person_id,cine_referral_date,cine_referral_source_code,cine_referral_nfa,cine_close_date
    9001,101,2013-05-01,6,N,2013-11-30
    9002,101,2013-05-01,1A,N,
    9003,102,2013-06-10,6,Y,2013-06-12
"""


def read(tmp_path: Path, files: dict[str, str], encoding: str = "utf-8") -> Reading:
    folder = write_files(
        tmp_path / "sent", {"ssd_person.csv": PERSON, "ssd_cin_episodes.csv": EPISODES} | files, encoding
    )
    return read_return(folder, into=tmp_path / "read", kind="ssd")


def test_a_child_and_a_referral_are_read_as_the_census_names_them(tmp_path: Path) -> None:
    reading = read(tmp_path, {})
    assert [(row["pers_person_id"], row["pers_sex"], row["pers_dob"]) for row in rows_of(reading, "person")] == [
        ("101", "M", date(2010, 1, 5)),
        ("102", "F", date(2012, 1, 5)),
    ]
    ids = [row["cine_referral_id"] for row in rows_of(reading, "cin_episodes")]
    assert ids == ["101|2013-05-01|1", "101|2013-05-01|2", "102|2013-06-10|1"]
    assert [row["cine_referral_nfa"] for row in rows_of(reading, "cin_episodes")] == [False, False, True]


def test_no_name_of_a_child_comes_in(tmp_path: Path) -> None:
    reading = read(tmp_path, {})
    assert b"Zebedee" not in every_byte(reading)
    assert b"Quux" not in every_byte(reading)
    assert ("unknown-column", "person", "pers_forename") not in faults_of(reading)


def test_a_record_is_linked_by_what_it_belongs_to_whatever_its_own_ids_are(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "ssd_cin_assessments.csv": """
                cina_assessment_id,cina_person_id,cina_referral_id,cina_assessment_start_date,cina_assessment_auth_date
                77,101,9001.0,2013-05-02,2013-06-03
                78,101,9999,2013-05-09,
            """,
            "ssd_assessment_factors.csv": """
                cinf_table_id;cinf_assessment_id;cinf_assessment_factors_json
                1;77;["4B", "1A"]
            """,
            "ssd_s47_enquiry.csv": """
                s47e_s47_enquiry_id,s47e_person_id,s47e_referral_id,s47e_s47_start_date,s47e_s47_nfa
                5,101,9001,2013-05-03,0
            """,
            "ssd_initial_cp_conference.csv": """
                icpc_icpc_id,icpc_person_id,icpc_s47_enquiry_id,icpc_referral_id,icpc_icpc_date
                6,101,5,9001,2013-05-20
            """,
            "ssd_cp_plans.csv": """
                cppl_cp_plan_id,cppl_person_id,cppl_referral_id,cppl_icpc_id,cppl_cp_plan_start_date
                8,101,9001,6,2013-05-20
            """,
            "ssd_cp_reviews.csv": """
                cppr_cp_review_id,cppr_cp_plan_id,cppr_cp_review_date,cppr_cp_review_quorate
                3,8,2013-08-01,Y
            """,
        },
    )
    known, unknown = rows_of(reading, "cin_assessments")
    assert known["cina_referral_id"] == "101|2013-05-01|1"
    assert known["cina_assessment_id"] == "101|2013-05-01|1|A|2013-05-02|1"
    assert unknown["cina_referral_id"] is None
    assert ("no-parent", "cin_assessments", "cina_referral_id") in faults_of(reading)
    assert [row["cinf_assessment_factor"] for row in rows_of(reading, "assessment_factors")] == ["4B", "1A"]
    assert rows_of(reading, "initial_cp_conference")[0]["icpc_icpc_id"] == "101|2013-05-01|1|S|2013-05-03|1|C"
    plan = rows_of(reading, "cp_plans")[0]
    assert plan["cppl_icpc_id"] == "101|2013-05-01|1|S|2013-05-03|1|C"
    review = rows_of(reading, "cp_reviews")[0]
    assert (review["cppr_cp_plan_id"], review["cppr_person_id"]) == (plan["cppl_cp_plan_id"], "101")


def test_what_was_sent_and_not_understood_is_empty_and_marked(tmp_path: Path) -> None:
    broken = EPISODES.replace("2013-11-30", "30 November?").replace("1A,N", "Constabulary,perhaps")
    reading = read(tmp_path, {"ssd_cin_episodes.csv": broken})
    first, second, _ = rows_of(reading, "cin_episodes")
    assert (first["cine_close_date"], first["unread"]) == (None, "cine_close_date")
    assert second["cine_referral_nfa"] is None
    assert second["unread"] == "cine_referral_source_code cine_referral_nfa"
    assert "November" not in words_of(reading)
    assert "Constabulary" not in words_of(reading)


@pytest.mark.parametrize(
    "name", ["ssd_development.ssd_person.csv", "dbo.PERSON.CSV", "[dbo].[ssd_person].csv", "person.tsv"]
)
def test_a_table_is_known_by_its_name_with_a_schema_before_it_or_none(tmp_path: Path, name: str) -> None:
    text = PERSON.replace(",", "\t") if name.endswith("tsv") else PERSON
    folder = write_files(tmp_path / "sent", {name: text, "ssd_cin_episodes.csv": EPISODES})
    assert read_return(folder, into=tmp_path / "read", kind="ssd").n_rows["person"] == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_in_the_encodings_that_systems_write(tmp_path: Path, encoding: str) -> None:
    reading = read(tmp_path, {"ssd_person.csv": PERSON.replace("Quux", "Qüux")}, encoding)
    assert reading.n_rows == {"person": 2, "cin_episodes": 3}


def test_parquet_with_whole_numbers_timestamps_and_flags_is_the_same_extract(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "sent", {"ssd_person.csv": PERSON})
    table = pa.table(
        {
            "CINE_REFERRAL_ID": pa.array([9001, 9003], pa.int64()),
            "cine_person_id": pa.array([101.0, 102.0]),
            "cine_referral_date": pa.array(["2013-05-01", "2013-06-10 14:30"])
            .cast(pa.timestamp("s"))
            .cast(pa.timestamp("us")),
            "cine_referral_nfa": pa.array([False, True]),
        }
    )
    pq.write_table(table, folder / "ssd_cin_episodes.parquet")
    reading = read_return(folder, into=tmp_path / "read", kind="ssd")
    assert [(row["cine_referral_id"], row["cine_referral_nfa"]) for row in rows_of(reading, "cin_episodes")] == [
        ("101|2013-05-01|1", False),
        ("102|2013-06-10|1", True),
    ]


def test_what_is_not_there_and_what_is_not_known_is_said_by_name(tmp_path: Path) -> None:
    extra = EPISODES.replace("cine_referral_id,", "local_flag,cine_referral_id,").replace("    900", "    x,900")
    others = {"ssd_family.csv": "fami_table_id\n1", "notes.csv": "a\n1", "book.xlsx": "PK"}
    reading = read(tmp_path, {"ssd_cin_episodes.csv": extra, **others})
    faults = faults_of(reading)
    assert ("unknown-column", "cin_episodes", "local_flag") in faults
    assert ("missing-column", "cin_episodes", "cine_close_reason") in faults
    assert ("missing-table", "", "ssd_cp_plans") in faults
    assert ("unknown-table", "", "ssd_family") in faults
    assert ("unknown-table", "", "notes.csv") in faults
    assert ("unknown-table", "", "book.xlsx") in faults
    assert "cine_close_reason" not in reading.gives(date(2014, 1, 31)).columns["cin_episodes"]
    assert "cp_plans" not in reading.gives(date(2014, 1, 31)).columns


def test_a_team_is_named_as_the_council_names_it(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "ssd_department.csv": "dept_team_id,dept_team_name\n4,North locality\n",
            "ssd_cin_episodes.csv": """
                cine_referral_id,cine_person_id,cine_referral_date,cine_referral_team
                1,101,2013-05-01,4
                2,102,2013-05-01,South locality
            """,
        },
    )
    assert [row["cine_referral_team"] for row in rows_of(reading, "cin_episodes")] == [
        "North locality",
        "South locality",
    ]


def test_the_same_key_given_twice_by_a_join_is_one_row_and_a_fault(tmp_path: Path) -> None:
    doubled = EPISODES + "    9001,101,2013-05-01,6,N,2013-11-30\n" + "    9004,,2013-05-01,6,N,\n"
    reading = read(tmp_path, {"ssd_cin_episodes.csv": doubled, "ssd_person.csv": PERSON + "    101,,,M,2010-01-05,\n"})
    assert reading.n_rows == {"person": 2, "cin_episodes": 3}
    faults = faults_of(reading)
    assert ("child-twice", "person", "pers_person_id") in faults
    assert ("row-twice", "cin_episodes", "cine_referral_id") in faults
    assert ("unkeyable", "cin_episodes", "cine_person_id") in faults


def test_the_days_held_are_the_months_in_a_row_in_which_some_case_closed(tmp_path: Path) -> None:
    ends = ["1990-05-02", "2013-03-20", "2013-04-02", "2013-05-30", "2013-06-30", "2013-07-30"]
    lines = "\n".join(f"{n},101,2012-01-0{n},6,N,{end}" for n, end in enumerate(ends, 1))
    head = EPISODES.strip().splitlines()[0]
    reading = read(tmp_path, {"ssd_cin_episodes.csv": f"{head}\n{lines}\n"})
    assert reading.gives(date(2013, 8, 5)).since["cin_episodes"] == date(2013, 4, 1)
    assert reading.gives(date(2014, 3, 31)).since == {}


def test_most_of_a_column_lost_is_said_with_how_many(tmp_path: Path) -> None:
    lost = EPISODES.replace("2013-05-01", "May 2013").replace("2013-06-10", "June 2013")
    assert read(tmp_path, {"ssd_cin_episodes.csv": lost}).lost == [
        "3 of 3 values of cine_referral_date are missing or could not be understood."
    ]


def test_a_folder_of_nothing_known_and_a_broken_file_are_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReturn, match=r"ssd_person\.csv"):
        read_return(write_files(tmp_path / "other", {"lists.csv": "a,b\n1,2"}), into=tmp_path / "a", kind="ssd")
    folder = write_files(tmp_path / "sent", {"ssd_cin_episodes.csv": EPISODES})
    (folder / "ssd_person.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(UnreadableReturn, match="whole Parquet"):
        read_return(folder, into=tmp_path / "b", kind="ssd")


def test_the_same_extract_gives_the_same_bytes_whatever_order_its_rows_come_in(tmp_path: Path) -> None:
    lines = EPISODES.strip().splitlines()
    turned = "\n".join([lines[0], *reversed(lines[1:])])
    one = read(tmp_path / "one", {})
    other = read(tmp_path / "other", {"ssd_cin_episodes.csv": turned})
    assert (one.folder / "cin_episodes.parquet").read_bytes() == (other.folder / "cin_episodes.parquet").read_bytes()
    assert one.source_sha256 != other.source_sha256


def test_an_extract_is_recognised_by_its_names_or_its_headings_and_says_what_it_would_not_read(tmp_path: Path) -> None:
    named = write_files(
        tmp_path / "a", {"ssd_person.csv": PERSON, "ssd_cin_episodes.csv": EPISODES, "ssd_send.csv": "a"}
    )
    said = recognise(named)
    assert said is not None
    assert (said.kind, said.as_at, said.parts) == ("ssd", None, ("ssd_cin_episodes", "ssd_person"))
    assert said.words == "SSD extract, 2 tables, no day given that it describes"
    assert said.unknown == ("ssd_send is not read.",)
    headed = recognise(write_files(tmp_path / "b", {"1": EPISODES}) / "1")
    assert headed is not None
    assert headed.parts == ("ssd_cin_episodes",)
    assert recognise(write_files(tmp_path / "c", {"list.csv": "a,b\n1,2"})) is None


def test_a_list_that_only_has_the_name_of_a_table_is_not_one(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"missing.csv": "Name,Since\nx,1", "contacts.csv": "Child Unique ID,Date\n1,2"})
    assert recognise(folder) is None
    with pytest.raises(UnreadableReturn, match="ssd_person"):
        read_return(folder, into=tmp_path / "read", kind="ssd")


@pytest.mark.parametrize(
    ("nfa", "outcome", "not_required", "unread"),
    [
        ("Y", "", True, None),  # no further action: no conference was required
        ("N", "", None, None),  # something else followed, which need not be a conference
        ("N", '{"CP_CONFERENCE_FLAG":"Y","OUTCOME_COMMENTS":"Zebedee"}', False, None),
        ("N", '{"CP_CONFERENCE_FLAG":"N"}', True, None),
        ("", '{"CP_CONFERENCE_FLAG":"maybe"}', None, "s47e_s47_nfa"),
        ("Y", "not JSON", True, None),
        ("perhaps", "", None, "s47e_s47_nfa"),
    ],
)
def test_whether_a_conference_was_required_is_what_the_outcome_says(
    tmp_path: Path, nfa: str, outcome: str, not_required: bool | None, unread: str | None
) -> None:
    quoted = '"' + outcome.replace('"', '""') + '"'
    head = "s47e_s47_enquiry_id,s47e_person_id,s47e_referral_id,s47e_s47_start_date,s47e_s47_nfa,s47e_s47_outcome_json"
    reading = read(tmp_path, {"ssd_s47_enquiry.csv": f"{head}\n5,101,9001,2013-05-03,{nfa},{quoted}\n"})
    [row] = rows_of(reading, "s47_enquiry")
    assert (row["s47e_s47_nfa"], row["unread"]) == (not_required, unread)
    assert b"Zebedee" not in every_byte(reading)
