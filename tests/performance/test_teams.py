"""Whose records a role over a team sees: its own team's, by page, file, address and filter, and nobody else's."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from analytics import annex_a
from holdfast import analytics
from holdfast.access import clock, doors
from holdfast.access.doors import SYSTEM, Grant, Refused
from holdfast.access.models import TrailRow
from holdfast.access.permissions import Permission
from holdfast.jobs import queue
from holdfast.organisation.models import Programme, Team
from holdfast.performance.models import Release
from holdfast.performance.selectors import cases, whose, worklists
from holdfast.performance.selectors.releases import release_to_publish
from holdfast.performance.selectors.unanswerable import NoSuchTeam
from holdfast.performance.services import releases

CODE, HOME = "westmere-2031", "/westmere-2031"
ENDS = date(2014, 1, 31)
HELD_BY = {
    "NORTH-1": "North team",
    "NORTH-2": " north  TEAM ",
    "NORTH-3": "north",
    "SOUTH-1": "South team",
    "NOBODY-1": None,
    "NOBODY-2": None,
    "ELSEWHERE-1": "Northern",
}
OTHERS = ("SOUTH-1", "NOBODY-1", "NOBODY-2", "ELSEWHERE-1")


def row(child: str, team: str | None) -> Any:
    return SimpleNamespace(
        unit_id=f"unit-{child}", child=child, due_on=date(2014, 1, 30), event_on=ENDS, in_numerator=True, elapsed=46,
        groups={"case_team": team},
    )  # fmt: skip


@pytest.fixture
def two_teams(published: Release, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Release:
    """The published release, as if HELD_BY were the rows behind everything asked of it."""
    settings.HOLDFAST_TODAY = date(2014, 2, 10)
    for code, name in (("north", "North team"), ("south", "South team")):
        Team.objects.create(programme=published.programme, code=code, name=name)
    rows = [row(*held) for held in HELD_BY.items()]
    monkeypatch.setattr(
        analytics,
        "rows",
        lambda *asked, offset=0, limit=50, **more: (rows[offset : offset + limit], len(rows)),
    )
    monkeypatch.setattr(whose, "breakdowns_held", lambda release, indicator: ("sex", "case_team"))
    monkeypatch.setattr(cases, "check_held", lambda release, indicator, breakdown: None)
    worklists._kept_counts.cache_clear()
    return published


@pytest.fixture
def manager_of(
    people: dict[str, Any], client_for: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """A client for the team manager, whose one role is over these teams of the programme alone."""

    def manager(*teams: str) -> Any:
        client = client_for("team-manager")
        held = [Grant("team-manager", CODE, "team", team) for team in teams]
        monkeypatch.setattr(doors, "_source", lambda user: held)
        return client

    return manager


def over(team: str, monkeypatch: pytest.MonkeyPatch, people: dict[str, Any]) -> Any:
    monkeypatch.setattr(doors, "_source", lambda user: [Grant("team-manager", CODE, "team", team)])
    return people["team-manager"]


LISTS = (
    "/worklists/assessments/",
    "/worklists/assessments/?show=late",
    "/worklists/assessments/worklist.csv",
    "/worklists/assessments/?team=North+team",
    "/worklists/assessments/worklist.csv?team=North+team",
    "/indicators/I24/cases/",
    "/indicators/I24/cases/?breakdown=case_team&group=South+team",
    "/indicators/I24/cases/?outcome=in",
)


def test_a_manager_of_one_team_sees_its_records_and_nobody_elses(two_teams: Release, manager_of: Any) -> None:
    manager = manager_of("north")
    for address in (HOME + path for path in LISTS):
        text = manager.get(address).content.decode()
        assert [child for child in HELD_BY if child in text][:2] == ["NORTH-1", "NORTH-2"], address
        assert not [child for child in OTHERS if child in text], address


@pytest.mark.parametrize("team", ["South team", "south", "not known", "Northern", "nowhere"])
@pytest.mark.parametrize("file", ["", "worklist.csv"])
def test_the_filter_of_another_team_is_refused_and_trailed(
    two_teams: Release, manager_of: Any, team: str, file: str
) -> None:
    answer = manager_of("north").get(f"{HOME}/worklists/assessments/{file}?team={team}")
    assert answer.status_code == 403
    assert TrailRow.objects.latest("number").action == "refused"


def test_counts_are_of_the_own_team_and_kept_apart(
    two_teams: Release, people: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def n_late(user: Any) -> int:
        return {found.clock.code: found.counts["late"] for found in worklists.clock_counts(user, CODE)}["assessments"]

    assert n_late(SYSTEM) == 7
    for team, n in (("north", 3), ("south", 1), ("east", 0)):
        person = over(team, monkeypatch, people)
        vars(person).pop("_holdfast_grants", None)
        assert n_late(person) == n


@pytest.mark.parametrize("teams", [("east",), ("",)])
def test_a_team_that_the_programme_has_not_is_nobodys_record(two_teams: Release, manager_of: Any, teams: Any) -> None:
    answer = manager_of(*teams).get(f"{HOME}/worklists/assessments/")
    assert not [child for child in HELD_BY if child in answer.content.decode()]


def test_a_name_that_may_mean_two_teams_means_neither(two_teams: Release, manager_of: Any) -> None:
    Team.objects.create(programme=two_teams.programme, code="north-team-2", name="North")
    text = manager_of("north").get(f"{HOME}/worklists/assessments/").content.decode()
    assert ("NORTH-1" in text, "NORTH-3" in text) == (True, False)


def test_how_many_name_no_team_is_said_whole_to_those_who_see_all_and_never_small_to_the_others(
    two_teams: Release, people: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = worklists.worklist(SYSTEM, CODE, "assessments").whose
    assert "2 records name no team, shown to nobody whose role is over a team." in words
    assert "1 record names a team that is not set up here" in words
    own = worklists.worklist(over("north", monkeypatch, people), CODE, "assessments").whose
    assert own.startswith("Only the records whose case North team holds. Fewer than 6 records name no team")


@pytest.mark.parametrize(
    ("n", "words"),
    [(0, ""), (1, "Fewer than 6 records"), (5, "Fewer than 6 records"), (6, "About 5 records"), (13, "About 15")],
)
def test_a_number_of_records_without_a_team_is_about_so_many(n: int, words: str) -> None:
    said = whose.whose_words(whose.Whose(frozenset({"north"}), frozenset({"north"})), has_teams=True, teams=[None] * n)
    assert (words in said, "name no team" in said) == (True, n > 0)


def test_those_who_see_all_may_choose_a_team_or_those_without_one(two_teams: Release, client_for: Any) -> None:
    seen = worklists.worklist(SYSTEM, CODE, "assessments", team="South team")
    assert [waiting.child for waiting in seen.page.rows] == ["SOUTH-1"]
    assert seen.counts["late"] == 1
    without = worklists.worklist(SYSTEM, CODE, "assessments", team="not known")
    assert [waiting.child for waiting in without.page.rows] == ["NOBODY-1", "NOBODY-2"]
    with pytest.raises(NoSuchTeam):
        worklists.worklist(SYSTEM, CODE, "assessments", team="nowhere")
    text = client_for("performance-analyst").get(f"{HOME}/worklists/assessments/?team=South+team").content.decode()
    assert 'href="/westmere-2031/worklists/assessments/worklist.csv?team=South+team"' in text


def test_a_look_is_trailed_with_the_teams_it_was_of(
    two_teams: Release, people: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = over("north", monkeypatch, people)
    worklists.worklist(person, CODE, "assessments", team="north")
    assert TrailRow.objects.latest("number").detail["only the teams"] == "North team"
    cases.cases(person, CODE, "I24")
    assert TrailRow.objects.latest("number").detail["only the teams"] == "North team"


def test_an_earlier_release_names_who_had_a_case_then_so_only_the_last_is_shown(
    two_teams: Release, people: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    person = over("north", monkeypatch, people)
    assert cases.cases_asked(person, CODE, "I24", cases.Asked(), release=1).page.total == 3
    with pytest.raises(Refused):
        cases.cases_asked(person, CODE, "I24", cases.Asked(), release=2)


def test_a_census_names_no_team_so_nobody_is_shown_and_why_is_said(published: Release, manager_of: Any) -> None:
    manager = manager_of("north")
    for path in ("/worklists/", "/worklists/assessments/"):
        text = manager.get(HOME + path).content.decode()
        assert "This release names no teams" in text
        assert "yearly children in need census has no team in it" in text
        assert "CHILD-" not in text
        assert "Nobody.<" not in text
    assert worklists.clock_counts(SYSTEM, CODE)
    assert "The whole council. This release names no teams" in worklists.worklist(SYSTEM, CODE, "assessments").whose


@pytest.mark.parametrize("permission", sorted(set(Permission) - {Permission.SEE_CHILD_RECORDS}))
def test_a_page_opens_to_a_role_over_a_team_only_where_it_says_so(
    people: dict[str, Any], monkeypatch: pytest.MonkeyPatch, permission: Permission
) -> None:
    person = over("north", monkeypatch, people)
    assert doors.opens(person, permission, CODE) == (permission in doors.READ_BY_ALL)
    assert not doors.opens(person, permission, "another", or_team=True)


def monthly_list(folder: Path) -> Path:
    """Annex A with four open assessments: North's and South's, and one each of no team and of a team not set up."""
    lists = annex_a.lists()
    for child, team in (("N1", "North team"), ("S1", "South team"), ("W1", None), ("X1", "Nowhere")):
        who, whose_case = [child, "a) Male", "WBRI", date(2008, 3, 1), 5], [team, "W. One"]
        lists["List_3"].append([*who, date(2013, 11, 4), "e) 2A: Schools", "b) No", 0, *whose_case])
        lists["List_4"].append([*who, "b) No", date(2013, 11, 5), "a) Yes", None, None, *whose_case])
        case = [date(2013, 11, 4), "N1", date(2014, 1, 2), None, None, "a) Referral"]
        lists["List_6"].append([*who, "b) No", *case, *whose_case])
    return annex_a.workbook(folder, lists)


def test_a_monthly_list_gives_each_manager_the_children_of_their_own_team(
    council: Programme, send: Callable[..., Any], manager_of: Any, tmp_path: Path
) -> None:
    """By hand: referred on 4 November 2013, four are open on 31 January 2014; N1 is North's and S1 South's."""
    for code, name in (("north", "North team"), ("south", "South team")):
        Team.objects.create(programme=council, code=code, name=name)
    content = monthly_list(tmp_path / "book").read_bytes()
    send(content, name="annex a.xlsx", as_at=annex_a.AS_AT, confirm_authority=True)
    queue.work(until_empty=True)
    releases.publish_release(by=SYSTEM, at=clock.now(), release=release_to_publish(SYSTEM, CODE))
    every = worklists.worklist(SYSTEM, CODE, "assessments")
    assert {waiting.child: waiting.team for waiting in every.page.rows} | {"A2": ""} == {
        "N1": "North team", "S1": "South team", "W1": None, "X1": "Nowhere", "A2": ""
    }  # fmt: skip
    for team, own, others in (("north", "N1", ("S1", "W1", "X1")), ("south", "S1", ("N1", "W1", "X1"))):
        manager = manager_of(team)
        file = manager.get(f"{HOME}/worklists/assessments/worklist.csv").content.decode()
        assert [child for child in (own, *others) if child in file] == [own]
