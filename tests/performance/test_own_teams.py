"""Which team a name in returns means: said once by page or command, and kept for the next month's."""

import contextlib
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics import annex_a
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.access.permissions import Permission
from holdfast.jobs import queue
from holdfast.organisation.models import Programme, Team
from holdfast.performance.models import OwnTeams
from holdfast.performance.selectors.own_teams import teams_named
from holdfast.performance.selectors.whose import whose_records
from holdfast.performance.services import intake, naming
from holdfast.web import cli
from page_client import without_tokens

CODE = "westmere-2031"
HOME = f"/{CODE}"
DAY = date(2014, 1, 31)


@pytest.fixture
def named(council: Programme, tmp_path: Path) -> Programme:
    """Lists that name East, West and South, and a programme with the teams north and south."""
    for code, name in (("north", "North team"), ("south", "South team")):
        Team.objects.create(programme=council, code=code, name=name)
    send(council, tmp_path / "january", DAY)
    return council


def send(council: Programme, folder: Path, as_at: date) -> None:
    accepted = intake.Accepted(authority=True, loss=True)
    book = annex_a.workbook(folder, annex_a.lists())
    given = {"file": book, "name": book.name, "as_at": as_at, "accepted": accepted}
    intake.submit_return(by=SYSTEM, at=clock.now(), programme=council, **given)
    queue.work(until_empty=True)


def meanings(programme: Programme) -> dict[str, str | None]:
    return {one.name: one.team for one in teams_named(SYSTEM, programme)[0]}


def say(programme: Programme, **teams: str) -> OwnTeams:
    return naming.name_teams(by=SYSTEM, at=clock.now(), programme=programme, teams=teams)


def test_a_name_means_the_team_of_that_code_or_name_and_any_other_what_somebody_says(named: Programme) -> None:
    assert meanings(named) == {"East": None, "West": None, "South": "south"}
    assert list(meanings(named))[-1] == "South", "what means nothing comes first"
    say(named, East="north")
    assert meanings(named) == {"West": None, "East": "north", "South": "south"}
    names = whose_records(SYSTEM, Permission.SEE_CHILD_RECORDS, CODE).names
    assert ("east" in names, "west" in names) == (True, False)


def test_what_was_said_stands_before_a_code_and_may_be_that_it_is_no_team_here(named: Programme) -> None:
    say(named, South="north")
    assert meanings(named)["South"] == "north"
    say(named, South="")
    assert meanings(named)["South"] == ""
    assert "south" not in whose_records(SYSTEM, Permission.SEE_CHILD_RECORDS, CODE).names
    assert [one.version for one in OwnTeams.objects.all()] == [1, 2]
    assert TrailRow.objects.filter(action="teams named").count() == 2


def test_next_month_s_return_is_matched_by_it(named: Programme, tmp_path: Path) -> None:
    say(named, East="north")
    send(named, tmp_path / "february", date(2014, 2, 28))
    assert meanings(named)["East"] == "north"


def test_a_team_that_is_not_set_up_is_refused_and_so_is_who_may_not_submit(
    named: Programme, people: dict[str, Any]
) -> None:
    with pytest.raises(naming.NotNamed, match=r"There is no team east\. There are: north, south\."):
        say(named, East="east")
    with pytest.raises(Refused):
        naming.name_teams(by=people["team-manager"], at=clock.now(), programme=named, teams={"East": "north"})
    assert not OwnTeams.objects.exists()


def test_teams_are_matched_from_the_page(named: Programme, client_for: Callable[[str], Any]) -> None:
    client = client_for("performance-analyst")
    assert f"{HOME}/returns/teams/" in client.get(f"{HOME}/returns/").content.decode()
    page = client.get(f"{HOME}/returns/teams/").content.decode()
    assert "Which team is “East”?" in page
    assert "Which team is “South”?" not in page, "its code says it"
    assert "A1" not in without_tokens(page)
    said = client.post(f"{HOME}/returns/teams/", {"team_0": "north", "team_1": "-"}, follow=True).content.decode()
    assert "North team, as was said" in said
    assert "no team that is set up here, as was said" in said
    assert meanings(named) == {"West": "", "East": "north", "South": "south"}
    assert client_for("team-manager").get(f"{HOME}/returns/teams/").status_code == 403


def test_the_command_line_shows_and_says_the_same(
    named: Programme, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["holdfast", "teams", "--means", "East=north", "--programme", CODE])
    with contextlib.suppress(SystemExit):
        cli.main()
    assert capsys.readouterr().out == "Kept as version 1.\nWest: means nothing yet\nEast: north\nSouth: south\n"
