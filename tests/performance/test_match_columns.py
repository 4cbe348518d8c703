"""A council's own workbook, brought in from the page: its columns matched once, and known the next month."""

import contextlib
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from analytics import annex_a
from holdfast.access.models import TrailRow
from holdfast.jobs import queue
from holdfast.organisation.models import Programme
from holdfast.performance.keeping import store
from holdfast.performance.models import OwnHeadings, Return
from holdfast.web import cli
from page_client import without_tokens

HOME = "/westmere-2031"
HEADS = "Person no|Sex|Origin|DOB|Age|Date of referral rec'd|From whom|NFA|n|Duty team|Duty worker"


@pytest.fixture
def alice(council: Programme, client_for: Callable[[str], Any]) -> Any:
    return client_for("performance-analyst")


def own_book(folder: Path, name: str = "own", *, more: str = "") -> bytes:
    """The referrals of a council as it keeps them itself."""
    rows = [HEADS.split("|"), *annex_a.lists()["List_3"][1:]]
    if more:
        rows += [[more, "F", "WBRI", None, None, date(2014, 1, 7), "6", "No", 0, "North", "W. One"]]
    return annex_a.workbook(folder / name, {"Front door": rows}).read_bytes()


def send(client: Any, content: bytes) -> Any:
    return client.post(f"{HOME}/returns/submit/", {"files": [SimpleUploadedFile("own.xlsx", content)]}, follow=True)


DAY = {"as_at_0-day": "31", "as_at_0-month": "1", "as_at_0-year": "2014"}
MEANT = {
    "Person no": "Child Unique ID",
    "Origin": "Ethnicity",
    "Date of referral rec'd": "Date of referral",
    "From whom": "Referral Source",
    "Duty team": "Allocated Team",
    "Duty worker": "Allocated Worker",
}


def match(client: Any, address: str) -> Any:
    """Say which list the sheet is, and then what each heading means."""
    client.post(f"{address}0/columns/", {"list_0": "3"})
    return client.post(
        f"{address}0/columns/", {f"heading_0_{n}": MEANT[head] for n, head in enumerate(MEANT)}, follow=True
    )


def test_columns_are_matched_from_the_page_and_the_file_is_read_by_them(
    alice: Any, council: Programme, tmp_path: Path
) -> None:
    page = send(alice, own_book(tmp_path))
    address = page.redirect_chain[-1][0]
    assert "Match the columns of own.xlsx" in page.content.decode()
    assert "Which list is Front door?" in alice.get(f"{address}0/columns/").content.decode()
    said = match(alice, address).content.decode()
    assert "Annex A list 3 workbook, 1 list" in said
    asked = alice.post(address, DAY, follow=True).content.decode()
    assert "own.xlsx does not say whose it is" in asked  # before anything is kept
    assert "Confirm this" in alice.post(address).content.decode()
    assert not Return.objects.exists()
    alice.post(address, {"whose_0": "on"})
    queue.work(until_empty=True)
    returned = Return.objects.get()
    assert (returned.state, returned.kind) == (Return.State.READ, "annex_a")
    episodes = pq.read_table(store().load(returned.load_id).table("cin_episodes"))
    assert episodes["cine_referral_team"].to_pylist() == ["North", "South", "South"]
    assert b"W. One" not in b"".join(
        row.detail.encode() for row in TrailRow.objects.all() if isinstance(row.detail, str)
    )


def test_a_suggestion_is_shown_and_nothing_is_taken_until_it_is_sent(alice: Any, tmp_path: Path) -> None:
    address = send(alice, own_book(tmp_path)).redirect_chain[-1][0]
    alice.post(f"{address}0/columns/", {"list_0": "3"})
    page = alice.get(f"{address}0/columns/").content.decode()
    assert "Suggested: Date of referral, because both say “date” and “referral”, and days stand under it." in page
    assert page.count("Suggested:") == 1
    assert "What does column I mean in list 3?" in page, "the heading “n” looks like a value, and is not shown"
    assert "A1" not in without_tokens(page)
    assert [named.headings for named in OwnHeadings.objects.all()] == [{}]
    assert "Match the columns" in alice.get(address).content.decode()
    assert "Choose what it means" in alice.post(f"{address}0/columns/", {}).content.decode()


def test_next_month_s_file_is_known_and_each_saying_is_a_version_in_the_trail(alice: Any, tmp_path: Path) -> None:
    match(alice, send(alice, own_book(tmp_path)).redirect_chain[-1][0])
    assert [named.version for named in OwnHeadings.objects.all()] == [1, 2]
    assert OwnHeadings.objects.last().sheets == {"Front door": 3}
    assert TrailRow.objects.filter(action="headings named").count() == 2
    page = send(alice, own_book(tmp_path, "february", more="A7")).content.decode()
    assert "Annex A list 3 workbook, 1 list" in page


def test_what_has_no_columns_and_who_may_not_submit_are_turned_away(
    alice: Any, client_for: Callable[[str], Any], tmp_path: Path
) -> None:
    address = send(alice, b"<Other/>").redirect_chain[-1][0]
    assert alice.get(f"{address}0/columns/").status_code == 404
    assert alice.get(f"{address}7/columns/").status_code == 404
    assert client_for("team-manager").get(f"{address}0/columns/").status_code in (403, 404)


def test_the_command_line_shows_and_says_the_same(
    council: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.xlsx"
    path.write_bytes(own_book(tmp_path))

    def said(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["holdfast", "headings", str(path), "--programme", council.code, *words])
        with contextlib.suppress(SystemExit):
            cli.main()
        return capsys.readouterr().out

    shown = [heading for heading in HEADS.split("|") if heading not in ("NFA", "n")]
    assert said() == (
        "Front door: not known which list it is\n"
        + "".join(f"  {heading}: means nothing yet\n" for heading in shown)
        + "".join(f"  column {n}, which looks like a value and is not shown: means nothing yet\n" for n in "HI")
    )
    named = said("--sheet", "Front door=3", "--means", "3:Person no=Child Unique ID", "--means", "3:n=")
    assert named.startswith("Kept as version 1.\nFront door: list 3\n  Origin: means nothing yet\n")
    sure = "surely Date of referral: both say “date” and “referral”, and days stand under it"
    assert f"  Date of referral rec'd: means nothing yet ({sure})\n" in named
    assert "Person no" not in named


HEADLESS = """X1,F,WBRI,01/02/2010,4,03/09/2013,6,NFA,North,Jane Smith
X2,M,AOTH,03/04/2011,3,05/10/2013,NFA,No,South,Ann Jones
X3,F,WBRI,05/06/2012,2,07/12/2013,6,No,North,Jane Smith
"""


def test_a_list_without_a_heading_row_shows_none_of_its_values(
    alice: Any, council: Programme, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {"files": [SimpleUploadedFile("duty.csv", HEADLESS.encode())]}
    page = alice.post(f"{HOME}/returns/submit/", sent, follow=True)
    address = page.redirect_chain[-1][0]
    asked = alice.post(f"{address}0/columns/", {"list_0": "3"}, follow=True)
    assert asked.redirect_chain[-1][0] == f"{address}0/columns/0/"  # which row it is comes next
    said = alice.get(f"{address}0/columns/").content.decode()
    assert "duty: It seems to have no heading row: its first rows may hold values, so nothing of them is shown." in said
    assert "Row 1: 10 cells, 8 of them like values" in asked.content.decode()
    for text in (page.content.decode(), asked.content.decode(), said):
        assert not [value for value in ("NFA", "North", "Jane Smith", "WBRI", "X1") if value in without_tokens(text)]
    path = tmp_path / "List_3.csv"
    path.write_text(HEADLESS)
    monkeypatch.setattr(sys, "argv", ["holdfast", "headings", str(path), "--programme", council.code])
    with contextlib.suppress(SystemExit):
        cli.main()
    assert "NFA" not in capsys.readouterr().out


def two_lists() -> dict[str, Any]:
    lists = annex_a.lists()
    first = [HEADS.split("|"), *lists["List_3"][1:]]
    plans: Any = [["Person no", "Sex", "Plan began", "Kind of abuse"], ["A1", "F", date(2013, 10, 25), "Neglect"]]
    return {"Front door": first, "Plans": plans, "Notes": [["About these lists"], ["Ask the front door"]]}


def test_lists_are_matched_one_after_another_and_what_is_left_is_said(alice: Any, tmp_path: Path) -> None:
    content = annex_a.workbook(tmp_path, two_lists()).read_bytes()
    address = send(alice, content).redirect_chain[-1][0]
    first = alice.get(address).content.decode()
    assert "2 lists or sheets of which something has still to be said." in first
    page = alice.get(f"{address}0/columns/").content.decode()
    assert "First, which list is each of these sheets?" in page
    page = alice.post(f"{address}0/columns/", {"list_0": "3", "list_1": "7"}, follow=True)
    assert page.redirect_chain[-1][0] == f"{address}0/columns/"  # on to the first list, not back
    said = page.content.decode()
    assert "Left: 2 lists or sheets with 9 headings that mean nothing yet." in said
    assert "List 1 of 2: Front door, which is list 3" in said
    assert "After this: 1 list or sheet with 3 headings that mean nothing yet." in said
    assert "List 2 of 2: Plans, which is list 7" in alice.get(f"{address}0/columns/?list=2").content.decode()
    answers = {f"heading_0_{n}": meant for n, meant in enumerate(MEANT.values())}
    said = alice.post(f"{address}0/columns/", answers, follow=True).content.decode()
    assert "List 2 of 2: Plans, which is list 7" in said
    assert "Left: 1 list or sheet with 3 headings" in said
    meant = {"heading_0_0": "Child Unique ID", "heading_0_1": "Child Protection Plan Start Date", "heading_0_2": "-"}
    last = alice.post(f"{address}0/columns/", meant, follow=True)
    assert last.redirect_chain[-1][0] == address
    assert "But of Front door, 1 column is not read (I)" in last.content.decode()
    assert "Match the columns" not in last.content.decode()


def test_a_sheet_that_is_none_of_the_lists_is_not_asked_about_again(alice: Any, tmp_path: Path) -> None:
    content = annex_a.workbook(tmp_path, two_lists()).read_bytes()
    address = send(alice, content).redirect_chain[-1][0]
    alice.post(f"{address}0/columns/", {"list_0": "3", "list_1": "-"})
    assert "Which list is" not in alice.get(f"{address}0/columns/").content.decode()


def test_a_list_that_cannot_be_read_is_left_out_only_by_somebody_who_saw_it(alice: Any, tmp_path: Path) -> None:
    lists = {name: rows for name, rows in annex_a.lists().items() if name in ("List_1", "List_3", "List_4")}
    lists["List_4"][0][0] = "Person no"
    address = send(alice, annex_a.workbook(tmp_path, lists).read_bytes()).redirect_chain[-1][0]
    page = alice.post(address, DAY, follow=True).content.decode()
    assert "List 4 (assessments, in List_4) is not read: it has no column Child Unique ID that is known." in page
    assert "Match the columns of own.xlsx" in page
    assert "Confirm this" in alice.post(address, {"whose_0": "on"}).content.decode()
    alice.post(address, {"whose_0": "on", "without_0": "on"})
    queue.work(until_empty=True)
    returned = Return.objects.get()
    assert (returned.state, returned.n_rows["cin_episodes"], returned.n_rows["cin_assessments"]) == ("read", 3, 0)
    assert returned.n_faults["list-unread"] == 1


def test_a_list_left_out_that_nobody_saw_waits_for_somebody(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    lists = {name: rows for name, rows in annex_a.lists().items() if name in ("List_1", "List_4")}
    lists["List_4"][0][0] = "Person no"
    content = annex_a.workbook(tmp_path, lists).read_bytes()
    returned = request.getfixturevalue("send")(content, name="a.xlsx", as_at=annex_a.AS_AT, confirm_authority=True)
    queue.work(until_empty=True)
    returned.refresh_from_db()
    assert returned.refusal == Return.Refusal.LOSS
    assert "List 4 (assessments, in List_4) is not read" in returned.reason


POINTED = """Taken on,03/02/2014,by,the duty desk,for,6
Person no,Date of referral rec'd,Moorland,NFA,Duty team,Duty worker
X-1,03/09/2013,6,No,North,Jane Smith
X-2,05/10/2013,6,No,South,Ann Jones
"""
VALUES = ("X-1", "North", "Jane Smith", "Ann Jones")


def send_csv(client: Any, content: str) -> str:
    sent = {"files": [SimpleUploadedFile("duty.csv", content.encode())]}
    return str(client.post(f"{HOME}/returns/submit/", sent, follow=True).redirect_chain[-1][0])


def test_somebody_may_say_which_row_holds_the_headings_where_nobody_can_tell(alice: Any, council: Programme) -> None:
    address = send_csv(alice, POINTED)
    assert "Match the columns" in alice.get(address).content.decode()
    said = alice.post(f"{address}0/columns/0/", {"row": "2"}, follow=True).content.decode()
    assert "Which list is duty?" in said
    said = alice.post(f"{address}0/columns/", {"list_0": "3"}, follow=True).content.decode()
    shown = ("Person no", "Date of referral rec", "Duty team", "Duty worker")
    assert [heading for heading in shown if heading not in said] == []
    assert "Moorland" not in said, "it shares no word with any heading of ours, so that it may be a name"
    assert "What does column C mean in list 3?" in said, "it is asked of by its letter"
    assert not [value for value in VALUES if value in said]
    assert OwnHeadings.objects.last().rows == {"duty": 2}
    again = alice.get(f"{send_csv(alice, POINTED.replace('X-1', 'X-7'))}0/columns/").content.decode()
    assert "It seems to have no heading row" not in again, "it is kept for next month"


@pytest.mark.parametrize("row", ["3", "4"])
def test_a_row_of_values_that_is_pointed_at_is_not_shown(alice: Any, council: Programme, row: str) -> None:
    address = send_csv(alice, POINTED)
    alice.post(f"{address}0/columns/0/", {"row": row})
    said = alice.post(f"{address}0/columns/", {"list_0": "3"}, follow=True).content.decode()
    assert f"Row {row}, which was said to hold its headings, looks like one of values" in said
    assert not [value for value in VALUES if value in said]


@pytest.mark.parametrize("row", ["7", "26", "the second", ""])
def test_a_row_that_is_none_of_the_first_is_asked_for_again(alice: Any, council: Programme, row: str) -> None:
    address = send_csv(alice, POINTED)
    said = alice.post(f"{address}0/columns/0/", {"row": row}).content.decode()
    assert "Choose the row that holds its headings" in said
    assert not [value for value in VALUES if value in said]
    assert not OwnHeadings.objects.exists()
    assert alice.get(f"{address}0/columns/1/").status_code == 404


CODED = """F01,F02,F03,F04
X-1,03/09/2013,6,North
X-2,05/10/2013,2A,South
"""


def test_columns_whose_headings_are_codes_are_said_by_their_letters(alice: Any, council: Programme) -> None:
    address = send_csv(alice, CODED)
    alice.post(f"{address}0/columns/0/", {"row": "1"})
    asked = alice.post(f"{address}0/columns/", {"list_0": "3"}, follow=True).content.decode()
    assert "What does column D mean in list 3?" in asked
    assert "Nothing is left" not in asked
    twice = {"column_0_0": "Child Unique ID", "column_0_1": "Child Unique ID"}
    said = alice.post(f"{address}0/columns/", twice).content.decode()
    assert "means Child Unique ID already. Choose another meaning for one of them" in said
    meant = {"column_0_0": "Child Unique ID", "column_0_1": "Date of referral", "column_0_2": "-", "column_0_3": ""}
    said = alice.post(f"{address}0/columns/", meant, follow=True).content.decode()
    assert "Nothing is left to match." not in said
    assert "But of duty, 1 column is not read (D)" in said
    assert "Annex A list 3 files, 1 list" in said
    assert not [text for text in ("F01", "F02", "X-1", "North") if text in said]
    assert not [key for key in OwnHeadings.objects.last().headings["3"] if "F0" in key], "no such heading is kept"
    # What was said in error is said again, and another heading in a column's place is not taken for the one before.
    again = alice.get(f"{address}0/columns/?list=1").content.decode()
    assert '<option value="Date of referral" selected>' in again
    moved = alice.get(f"{send_csv(alice, CODED.replace('F01,F02', 'F02,F01'))}0/columns/").content.decode()
    assert "What does column A mean in list 3?" in moved


TWO_ROWS = """Child Unique ID,Gender,Date of referral,Allocated Team
Person no,M or F,Came in,Our team
X-1,F,03/09/2013,6
X-2,M,05/10/2013,7
"""


def test_a_row_that_was_taken_wrongly_can_be_put_right(alice: Any, council: Programme) -> None:
    address = send_csv(alice, TWO_ROWS)
    waits = alice.get(address).content.decode()
    assert "the row under it looks like headings too: it would be read as a child’s" in waits
    asked = alice.get(f"{address}0/columns/0/").content.decode()
    assert "Row 1: 4 cells, 4 of them headings that are known" in asked
    assert not [value for value in ("X-1", "03/09/2013", "Person no") if value in asked]
    said = alice.post(f"{address}0/columns/0/", {"row": "2"}, follow=True).content.decode()
    assert "Which list is duty?" in said


def test_the_command_line_takes_the_row_too(
    council: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "duty.csv"
    path.write_text(POINTED)
    monkeypatch.setattr(sys, "argv", ["holdfast", "headings", str(path), "--row", "duty=2", "--sheet", "duty=3"])
    with contextlib.suppress(SystemExit):
        cli.main()
    said = capsys.readouterr().out
    assert "  Person no: means nothing yet\n" in said
    assert not [value for value in VALUES if value in said]
