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


MEANT = {
    "Person no": "Child Unique ID",
    "Origin": "Ethnicity",
    "Date of referral rec'd": "Date of referral",
    "From whom": "Referral Source",
    "n": "-",
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
    alice.post(address, {"as_at_0-day": "31", "as_at_0-month": "1", "as_at_0-year": "2014"})
    queue.work(until_empty=True)
    returned = Return.objects.get()
    assert returned.refusal == Return.Refusal.AUTHORITY  # lists say no authority: somebody confirms it
    alice.post(f"{HOME}/returns/{returned.number}/confirm-authority/")
    queue.work(until_empty=True)
    returned.refresh_from_db()
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
    assert "Suggested, because it is most like it: Date of referral." in page
    assert "A1" not in page
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

    assert said() == "Front door: not known which list it is\n" + "".join(
        f"  {heading}: means nothing yet\n" for heading in HEADS.split("|")
    )
    named = said("--sheet", "Front door=3", "--means", "3:Person no=Child Unique ID", "--means", "3:n=")
    assert named.startswith("Kept as version 1.\nFront door: list 3\n  Origin: means nothing yet\n")
    assert "  Date of referral rec'd: means nothing yet (most like Date of referral)\n" in named
    assert "Person no" not in named
