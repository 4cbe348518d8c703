"""Annex A into tables: every list, ids that next month's file and the census give too, and what is lost said aloud."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from analytics import annex_a
from analytics.books import write_book
from holdfast.analytics.faults import Fault, UnreadableReturn
from holdfast.analytics.returns import Reading, read_return, recognise
from holdfast.analytics.returns.annex_a.own import OwnNames, own_names
from holdfast.analytics.returns.annex_a.preview import Suggestion, headings_seen
from holdfast.analytics.store import read_faults
from holdfast.analytics.tables.contracts import TABLES

Lists = dict[str, list[list[Any]]]
D = date


def read(tmp_path: Path, lists: Lists | None = None) -> Reading:
    return read_return(annex_a.workbook(tmp_path, lists), into=tmp_path / "out")


def rows(reading: Reading, table: str) -> list[dict[str, Any]]:
    return list(pq.read_table(reading.folder / f"{table}.parquet").to_pylist())


def only(reading: Reading, table: str, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows(reading, table)]


def faults(reading: Reading) -> list[Fault]:
    return read_faults(reading.folder / "faults.parquet", None, 0, 500)


def test_lists_1_to_3_and_6_become_contacts_early_help_and_episodes(tmp_path: Path) -> None:
    reading = read(tmp_path)
    assert only(reading, "contacts", "cont_contact_id", "cont_contact_date", "cont_contact_source_code") == [
        ("A1|CO|2013-09-02|1", D(2013, 9, 2), "6"),
        ("A2|CO|2013-10-01|1", D(2013, 10, 1), "2A"),
    ]
    assert only(reading, "early_help_episodes", "earl_episode_end_date", "earl_episode_organisation") == [
        (D(2013, 9, 20), "Moor School")
    ]
    said = only(
        reading,
        "cin_episodes",
        "cine_referral_id",
        "cine_referral_nfa",
        "cine_cin_primary_need_code",
        "cine_close_date",
        "cine_close_reason",
        "cine_referral_team",
        "cine_allocated_team",
        "cine_allocated_worker_id",
    )
    assert said == [
        ("A1|2013-09-03|1", False, "N1", None, None, "North", "East", "W. Three"),
        ("A2|2013-10-02|1", True, None, None, None, "South", None, None),
        ("A2|2013-12-02|1", False, "N5", D(2014, 1, 9), "RC8", "South", "South", "W. Two"),
        ("A3|2012-05-01|1", None, "N2", None, None, None, "West", "W. Four"),  # only list 6 knows it
    ]
    last_seen = {
        child: day for child, day in only(reading, "cin_episodes", "cine_person_id", "cine_last_seen_date") if day
    }
    assert last_seen == {"A1": D(2014, 1, 20), "A2": D(2014, 1, 2)}
    assert only(reading, "cin_visits", "cinv_person_id", "cinv_cin_visit_date") == [
        ("A1", D(2014, 1, 20)),
        ("A2", D(2014, 1, 2)),
    ]


def test_lists_4_5_and_7_belong_to_the_latest_referral_by_their_day(tmp_path: Path) -> None:
    reading = read(tmp_path)
    assert only(
        reading, "cin_assessments", "cina_assessment_id", "cina_assessment_auth_date", "cina_assessment_outcome_nfa"
    ) == [
        ("A1|2013-09-03|1|A|2013-09-04|1", D(2013, 11, 5), False),
        ("A2|2013-12-02|1|A|2013-12-03|1", None, None),
    ]
    assert only(reading, "s47_enquiry", "s47e_s47_enquiry_id", "s47e_s47_nfa", "s47e_s47_completed_by_team") == [
        ("A1|2013-09-03|1|S|2013-10-07|1", False, "North")
    ]
    assert only(reading, "initial_cp_conference", "icpc_icpc_id", "icpc_icpc_date", "icpc_icpc_outcome_cp_flag") == [
        ("A1|2013-09-03|1|S|2013-10-07|1|C", D(2013, 10, 25), True)
    ]
    plan = "A1|2013-09-03|1|P|2013-10-25|1"
    assert only(
        reading, "cp_plans", "cppl_cp_plan_id", "cppl_cp_plan_initial_category", "cppl_cp_plan_latest_category",
        "cppl_previous_cp_plans", "cppl_cp_plan_end_date",
    ) == [(plan, "NEG", "EMO", 1, None)]  # fmt: skip
    assert only(reading, "cp_reviews", "cppr_cp_plan_id", "cppr_cp_review_date") == [(plan, D(2014, 1, 15))]
    assert only(reading, "cp_visits", "cppv_cp_plan_id", "cppv_cp_visit_date", "cppv_cp_visit_seen_alone") == [
        (plan, D(2014, 1, 20), True)
    ]


def test_lists_8_to_10_become_what_is_known_of_children_in_care(tmp_path: Path) -> None:
    reading = read(tmp_path)
    assert only(
        reading, "cla_episodes", "clae_cla_episode_id", "clae_entered_care_date", "clae_cla_primary_need_code",
        "clae_cla_id",
    ) == [("A3|E|2013-05-02|1", D(2013, 1, 7), "N8", "A3|K|2013-01-07")]  # fmt: skip
    assert only(reading, "legal_status", "lega_legal_status", "lega_legal_status_start_date") == [("C2", D(2013, 3, 1))]
    assert only(reading, "cla_placement", "clap_cla_placement_type", "clap_cla_placement_provider") == [("K2", "PR4")]
    assert only(reading, "cla_health", "clah_health_check_type", "clah_health_check_date") == [
        ("TEETH_CHECK", D(2013, 6, 1))
    ]
    assert only(reading, "immigration_status", "immi_person_id", "immi_immigration_status") == [("A3", "UASC")]
    assert only(
        reading, "care_leavers", "clea_care_leaver_accommodation", "clea_care_leaver_in_touch",
        "clea_care_leaver_activity",
    ) == [("K1", "YES", "G5")]  # fmt: skip
    assert only(reading, "permanence", "perm_person_id", "perm_placement_order_date") == [("A8", D(2013, 8, 1))]


def test_a_child_is_one_row_whichever_lists_name_them(tmp_path: Path) -> None:
    assert only(read(tmp_path), "person", "pers_person_id", "pers_sex", "pers_ethnicity", "pers_dob") == [
        ("A1", "F", "WBRI", D(2005, 3, 1)),
        ("A2", "M", "AOTH", D(2010, 7, 9)),
        ("A3", "F", "WBRI", None),
        ("A9", "M", "OOTH", D(1995, 1, 1)),
        ("A8", "M", "WBRI", D(2012, 1, 1)),
    ]


def test_nothing_is_wrong_with_whole_lists_but_that_they_do_not_say_their_day(tmp_path: Path) -> None:
    reading = read(tmp_path)
    assert {fault.rule for fault in faults(reading)} == {"not-kept", "column-missing"}
    assert {fault.column for fault in faults(reading)} == {"List 11", "List 8", "List 9", "List 10"}
    assert (reading.reference_date, reading.authority, reading.blocking, reading.lost) == (None, None, [], [])
    assert reading.undated


def test_what_is_given_begins_six_months_before_the_day_it_describes(tmp_path: Path) -> None:
    given = read(tmp_path).gives(annex_a.AS_AT)
    whole = {
        "contacts",
        "early_help_episodes",
        "cin_episodes",
        "cin_assessments",
        "s47_enquiry",
        "initial_cp_conference",
    }
    assert {table for table, day in given.since.items() if day == D(2013, 8, 1)} == whole | {"cp_plans", "person"}
    assert given.since["care_leavers"] == annex_a.AS_AT
    # Only the latest of each, or only where a child is now: filled, and an answer for no day.
    assert {
        "cp_reviews",
        "cp_visits",
        "cin_visits",
        "cla_episodes",
        "permanence",
    } <= given.columns.keys() - given.since.keys()
    assert "cine_close_date" in given.columns["cin_episodes"]
    for table, columns in given.columns.items():
        assert set(columns) <= set(TABLES[table].column_names), table
        assert "annex_a" in TABLES[table].supplied_by, table


def test_a_missing_list_or_column_is_not_held_and_is_said(tmp_path: Path) -> None:
    lists = annex_a.lists()
    del lists["List_5"], lists["List_6"]
    for row in lists["List_3"]:
        del row[6]
    reading = read(tmp_path, lists)
    given = reading.gives(annex_a.AS_AT)
    assert not given.columns.keys() & {"s47_enquiry", "initial_cp_conference", "cin_visits"}
    assert not {"cine_close_date", "cine_last_seen_date"} & set(given.columns["cin_episodes"])
    assert "cine_referral_source_code" not in given.columns["cin_episodes"]
    said = [fault.words for fault in faults(reading) if fault.rule in ("list-missing", "column-missing")]
    assert "There is no list 6 (children in need). What it would hold is not held." in said
    assert "List 3 (referrals) has no column Referral Source: it is not held." in said


def test_unknown_sheets_columns_and_values_without_a_heading_are_said(tmp_path: Path) -> None:
    lists = annex_a.lists()
    lists["Notes of the meeting"] = [["Remember", "the", "milk"]]
    lists["List 3 old"] = lists["List_3"]
    for n, row in enumerate(lists["List_1"]):
        row += ["Child Name" if n == 0 else "Somebody", "" if n == 0 else "x", "Ethnic origin" if n == 0 else ""]
    reading = read(tmp_path, lists)
    said = {fault.rule: fault.words for fault in reversed(faults(reading))}
    assert said["sheet-unknown"] == "List 3 old is none of the lists. It was not read."
    assert reading.n_faults["sheet-unknown"] == 2
    assert said["column-unknown"] == "List 1: the column Child Name is not one of the list's. It was not read."
    assert said["column-nameless"] == "List 1: a column has values and no heading. It was not read."
    assert said["column-twice"].startswith("List 1: the column Ethnic origin means what another does.")
    held = b"".join(path.read_bytes() for path in reading.folder.iterdir())
    assert b"Somebody" not in held


def test_what_was_sent_and_not_understood_is_empty_with_its_mark_and_a_fault(tmp_path: Path) -> None:
    lists = annex_a.lists()
    lists["List_4"][1][8] = "04/13/2013"
    lists["List_5"][1][8] = "soon"
    lists["List_3"][1][6] = "Neighbourhood watch"
    lists["List_1"][1][3] = lists["List_3"][1][3] = "#N/A"
    lists["List_8"][1][3] = "1/1/14"
    reading = read(tmp_path, lists)
    assert only(reading, "cin_assessments", "cina_assessment_auth_date", "unread")[0] == (
        None,
        "cina_assessment_auth_date",
    )
    assert [row["unread"] for row in rows(reading, "s47_enquiry")] == ["icpc_icpc_date"]
    assert rows(reading, "initial_cp_conference") == []
    assert rows(reading, "cin_episodes")[0]["unread"] == "cine_referral_source_code"
    assert [row["unread"] for row in rows(reading, "person")] == [None, None, "pers_dob", None, None]
    assert {rule: n for rule, n in reading.n_faults.items() if rule.startswith("bad")} == {"bad-code": 1, "bad-date": 5}
    fault = next(fault for fault in faults(reading) if fault.rule == "bad-code")
    assert (fault.table, fault.column, fault.line, fault.child) == (
        "cin_episodes",
        "cine_referral_source_code",
        2,
        "A1",
    )


def test_a_column_that_is_mostly_lost_stops_the_file_until_somebody_accepts_it(tmp_path: Path) -> None:
    lists = annex_a.lists()
    for row in lists["List_3"][1:]:
        row[5] = "yesterday"
    assert read(tmp_path, lists).lost == ["3 of 3 values of Date of referral (list 3) could not be understood."]


def test_a_row_twice_counts_once_and_a_row_without_a_child_is_a_fault(tmp_path: Path) -> None:
    lists = annex_a.lists()
    lists["List_1"] += [lists["List_1"][1], [None, "a) Male", None, None, None, D(2013, 9, 9), "6"]]
    reading = read(tmp_path, lists)
    assert reading.n_rows["contacts"] == 2
    assert (reading.n_faults["row-twice"], reading.n_faults["unkeyable"]) == (1, 1)


def test_a_total_or_a_note_below_a_list_is_said_and_is_no_child(tmp_path: Path) -> None:
    """A row with a reference and one thing more is a child's, however little it says."""
    lists = annex_a.lists()
    before = read(tmp_path / "before", lists)
    short = ["Z9", "b) Female", *[None] * (len(lists["List_1"][0]) - 2)]
    lists["List_1"] += [short, ["Source: the case system, run by A. Nobody"], ["Total", 45], ["Z8"]]
    reading = read(tmp_path / "after", lists)
    assert reading.n_faults["row-bare"] == 3
    assert reading.n_rows["person"] == before.n_rows["person"] + 1
    assert reading.n_rows["contacts"] == before.n_rows["contacts"] + 1
    held = b"".join(path.read_bytes() for path in reading.folder.iterdir())
    assert b"Nobody" not in held


def odd(lists: Lists) -> Lists:
    """As an odd council writes it: a title, other headings and order, plain codes, text dates, two lists missing."""
    del lists["List_2"], lists["List_11"]
    renamed = {"Child Unique ID": "Unique ID", "Date of Birth": "DOB", "Allocated Team": "Team "}
    plain = {"b) Female": "F", "a) Male": "M", "a) Yes": "Yes", "b) No": "N", "q) 6: Police": "Police"}
    found: Lists = {}
    for name, sheet in lists.items():
        turned = [list(reversed([renamed.get(text, text.upper()) for text in sheet[0]]))]
        for row in sheet[1:]:
            cells = [cell.strftime("%d/%m/%Y") if isinstance(cell, date) else plain.get(cell, cell) for cell in row]
            turned.append(list(reversed(cells)))
        found[name.replace("_", " ")] = [["Westmere, as at 31 January 2014"], [], *turned]
    return found


def test_an_odd_council_s_workbook_gives_the_same_tables(tmp_path: Path) -> None:
    plain, strange = read(tmp_path / "plain"), read(tmp_path / "odd", odd(annex_a.lists()))
    assert strange.reference_date == annex_a.AS_AT
    for table in set(plain.n_rows) - {"early_help_episodes"}:
        assert rows(strange, table) == rows(plain, table), table
    assert strange.n_rows["early_help_episodes"] == 0


def test_eleven_csv_files_give_the_same_tables(tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    for name, sheet in annex_a.lists().items():
        with (folder / f"Annex A {name}.csv").open("w", newline="", encoding="cp1252") as file:
            csv.writer(file).writerows(
                [[cell.strftime("%d/%m/%Y") if isinstance(cell, date) else cell for cell in row] for row in sheet]
            )
    plain, files = read(tmp_path), read_return(folder, into=tmp_path / "files")
    for table in plain.n_rows:
        assert rows(files, table) == rows(plain, table), table


def test_a_csv_line_with_more_values_than_headings_is_said_by_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    for name, sheet in annex_a.lists().items():
        lines = [[cell.strftime("%d/%m/%Y") if isinstance(cell, date) else cell for cell in row] for row in sheet]
        if name == "List_1":
            lines += [[f"B{n}", *lines[1][1:]] for n in range(8)]
            lines.insert(2, ["MOVED", *lines[1][1:], "Exeter"])
        with (folder / f"Annex A {name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(lines)
    reading = read_return(folder, into=tmp_path / "files")
    assert reading.blocking == []
    moved = [fault for fault in faults(reading) if fault.rule == "row-moved"]
    assert [(fault.severity, fault.line, fault.child) for fault in moved] == [("error", 3, "")]
    children = {row["cont_person_id"] for row in rows(reading, "contacts")}
    assert children == {"A1", "A2", *(f"B{n}" for n in range(8))}, "the other ten lines"


def test_the_same_bytes_give_the_same_tables(tmp_path: Path) -> None:
    path = annex_a.workbook(tmp_path)
    first, second = (read_return(path, into=tmp_path / name) for name in ("one", "two"))
    for one in first.folder.iterdir():
        assert one.read_bytes() == (second.folder / one.name).read_bytes()


def test_a_workbook_is_recognised_before_it_is_kept(tmp_path: Path) -> None:
    said = recognise(annex_a.workbook(tmp_path / "plain"))
    assert said is not None
    assert (said.kind, said.words, said.as_at) == ("annex_a", "Annex A workbook, 11 lists", None)
    said = recognise(annex_a.workbook(tmp_path / "odd", odd(annex_a.lists())))
    assert said is not None
    assert (said.words, said.as_at) == ("Annex A workbook, 9 lists, as at 31 January 2014", annex_a.AS_AT)
    assert said.unknown == ("There is no list 2 (early help assessments).",)
    assert recognise(write_book(tmp_path / "other.xlsx", {"Rota": [["Day", "Who"], ["Monday", "W"]]})) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda lists: lists["List_3"][0].__setitem__(5, "Referred"),
            "List 3 (referrals, in List_3) is not read: it has no column Date of referral",
        ),
        (lambda lists: lists["List_4"][0].__setitem__(0, "Pupil"), "has no column Child Unique ID"),
    ],
)
def test_a_list_without_its_first_columns_is_left_out_and_said_and_stops_no_other(
    tmp_path: Path, change: Callable[[Lists], None], words: str
) -> None:
    lists = annex_a.lists()
    change(lists)
    said = recognise(annex_a.workbook(tmp_path, lists))
    reading = read(tmp_path, lists)
    assert said is not None
    assert words in "".join(said.left_out)
    assert reading.left_out == said.left_out  # in the same words, so that it can be told what somebody saw
    assert reading.n_faults["list-unread"] == 1
    assert reading.n_rows["contacts"] == 2


def test_where_no_list_can_be_read_the_words_name_matching(tmp_path: Path) -> None:
    lists = {"List_4": annex_a.lists()["List_4"]}
    lists["List_4"][0][0] = "Pupil"
    path = annex_a.workbook(tmp_path, lists)
    with pytest.raises(UnreadableReturn, match="None of its lists can be read as it stands") as caught:
        read_return(path, into=tmp_path / "read", kind="annex_a")
    assert "say what they mean on the page of what is being submitted" in str(caught.value)
    with pytest.raises(UnreadableReturn, match="match its columns on the page of what is being submitted"):
        read(tmp_path, lists)


def test_a_list_with_merged_cells_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    def merge(book: Any, first: Any) -> None:
        first.merge_range("B3:B4", "F")

    path = write_book(tmp_path / "merged.xlsx", annex_a.lists(), merge)
    reading = read_return(path, into=tmp_path / "read", kind="annex_a")
    assert "merged cells" in reading.left_out[0]
    assert (reading.n_rows["contacts"], reading.n_rows["cin_episodes"]) == (0, 4)


def test_lists_without_any_child_are_nothing_to_keep(tmp_path: Path) -> None:
    reading = read(tmp_path, {"List 1": annex_a.LISTS["List_1"][:1]})
    assert reading.blocking == ["The lists hold no row with a child's reference, so there is nothing to keep."]


def of_our_own(lists: Lists) -> Lists:
    """A monthly list that is never quite Annex A: sheets and headings of the council's own."""
    own = {"Front door": lists["List_3"], "List_1": lists["List_1"]}
    own["Sickness"] = [["Name of worker", "Days"], ["W", 3]]
    heads = "Person no|Sex|Origin|DOB|Age|Date of referral rec'd|From whom|NFA|n|Duty team|Duty worker"
    own["Front door"][0] = heads.split("|")
    return own


NAMES = OwnNames(
    {"Front door": 3, "Sickness": 0},
    {
        3: {
            "Person no": "Child Unique ID",
            "Origin": "Ethnicity",
            "Date of referral rec'd": "Date of referral",
            "From whom": "Referral Source",
            "Duty team": "Allocated Team",
            "Duty worker": "Allocated Worker",
            "n": "",
        }
    },
)


def test_headings_of_a_council_s_own_are_shown_with_what_they_surely_mean_and_nothing_is_taken(
    tmp_path: Path,
) -> None:
    path = annex_a.workbook(tmp_path, of_our_own(annex_a.lists()))
    seen = {sheet.name: sheet for sheet in headings_seen(path)}
    assert seen["Front door"].number is None
    assert seen["List_1"].unknown == {}
    with own_names(OwnNames({"Front door": 3})):
        seen = {sheet.name: sheet for sheet in headings_seen(path)}
    assert seen["Front door"].number == 3
    sure = Suggestion("Date of referral", "both say “date” and “referral”, and days stand under it")
    assert seen["Front door"].unknown == {
        "Person no": None,
        "Origin": None,
        "Date of referral rec'd": sure,
        "From whom": None,
        "Duty team": None,
        "Duty worker": None,
    }
    assert list(seen["Front door"].unsaid.values()) == ["I"]  # “n”, which may be a value
    assert "Child Unique ID" in seen["Front door"].lacking
    assert "A1" not in repr(seen)


def test_what_somebody_said_of_a_council_s_headings_is_what_they_mean(tmp_path: Path) -> None:
    lists = annex_a.lists()
    plain = read(tmp_path / "plain", {name: lists[name] for name in ("List_1", "List_3")})
    path = annex_a.workbook(tmp_path, of_our_own(lists))
    with own_names(NAMES):
        said = recognise(path)
        own = read_return(path, into=tmp_path / "own")
    assert said is not None
    assert said.words == "Annex A workbook, 2 lists"
    for table in plain.n_rows:
        assert rows(own, table) == rows(plain, table), table
    # What is left out on purpose is no longer said each month; a sheet that is none of the lists still is.
    assert "column-unknown" not in own.n_faults
    with pytest.raises(UnreadableReturn):
        read_return(
            annex_a.workbook(tmp_path, {"Front door": of_our_own(annex_a.lists())["Front door"]}), into=tmp_path
        )
