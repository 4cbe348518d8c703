"""The command line answers 0, 1 or 2; a refusal is one plain sentence on stderr, and never a traceback."""

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from django.db import OperationalError

from holdfast.access.models import TrailRow
from holdfast.web import cli
from holdfast.web.commands import running

CODE = "westmere-2031"


@pytest.fixture
def holdfast(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, settings: Any) -> Any:
    """Run a command: holdfast("series", "I04") gives its status, what it printed, and what it said on stderr."""
    settings.HOLDFAST_DATA = tmp_path / "data"
    settings.HOLDFAST_DATA.mkdir()

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["holdfast", *words])
        try:
            cli.main()
            status = 0
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def is_one_sentence(said: str) -> bool:
    return said.strip().endswith(".") and "Traceback" not in said and len(said.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("series", "I04", "--programme", "nowhere"),
        ("series", "I99", "--programme", CODE),
        ("cases", "I20", "--as", "nobody", "--programme", CODE),
        ("cases", "I20", "--as", "elected-member", "--programme", CODE),
        ("release", "--programme", CODE),
        ("release", "--engine", "oracle", "--programme", CODE),
        ("publish", "--programme", CODE),
        ("position", "--programme", CODE),
        ("report", "ministers", "--date", "2099-01-01", "--out", "r.pdf", "--programme", CODE),
        ("notice", "load", "no-such-file.yaml", "--programme", CODE),
    ],
)
def test_a_refusal_is_one_sentence_on_stderr_and_status_1(
    holdfast: Any, programme: Any, people: Any, words: Any
) -> None:
    status, printed, said = holdfast(*words)
    assert (status, printed) == (1, "")
    assert is_one_sentence(said), said
    if "elected-member" in words:
        row = TrailRow.objects.last()
        assert (row.action, row.by, row.subject) == ("refused", "elected-member", "holdfast cases I20")


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",),
        ("ingest",),
        ("ingest", "no-such-file.xml"),
        ("cases", "I20"),
        ("report", "ministers", "--date", "2013-02-30", "--out", "r.pdf"),
        ("report", "ministers", "--date", "2013-12-31", "--out", "r.doc"),
    ],
)
def test_what_is_not_a_command_is_usage_and_status_2(holdfast: Any, words: tuple[str, ...]) -> None:
    status, printed, said = holdfast(*words)
    assert (status, printed) == (2, "")
    assert "Usage: holdfast" in said
    assert "Traceback" not in said


@pytest.fixture
def census_file(programme: Any, tmp_path: Path) -> Any:
    """A file of the invented census for the standing programme's council, or for another."""
    from performance import census

    programme.council.code = census.AUTHORITY
    programme.council.save()
    return lambda **facts: str(census.write(tmp_path, census.census(**facts)))


def test_ingesting_says_rows_what_each_fault_means_and_the_draft_release(holdfast: Any, census_file: Any) -> None:
    status, printed, said = holdfast("ingest", census_file(), "--programme", CODE)
    assert (status, said) == (0, "")
    assert "Rows: person 40," in printed
    assert "bad-date: " in printed
    assert "Draft release 1 (" in printed
    assert holdfast("publish", "--programme", CODE)[0] == 0
    again = holdfast("ingest", census_file(), "--programme", CODE)
    assert again[0] == 0
    assert "stands: these files change no figure." in again[1]


def test_a_file_for_another_authority_says_how_to_confirm_it_here(holdfast: Any, census_file: Any) -> None:
    status, printed, _ = holdfast("ingest", census_file(authority="123"), "--programme", CODE)
    assert status == 1
    assert "--confirm-authority" in printed
    status, printed, _ = holdfast("ingest", census_file(authority="123"), "--programme", CODE, "--confirm-authority")
    assert status == 0
    assert "was tried again" in printed


def test_a_programme_for_a_council_that_is_known_says_whose_it_is(holdfast: Any, programme: Any) -> None:
    words = ("programme", "add", "new-2031", "--council", "Another name", "--authority", "westmere")
    assert "It is Westmere County Council's, whose code westmere is." in holdfast(*words)[1]


def test_a_port_in_use_is_said_in_a_sentence_and_nothing_is_started(
    holdfast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Any] = []
    monkeypatch.setattr("os.execv", lambda *command: started.append(command))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, printed, said = holdfast("serve", "--port", port)
        assert (status, printed, started) == (1, "", [])
        assert port in said
        assert is_one_sentence(said), said
    assert holdfast("serve", "--port", port)[0] == 0
    assert "--no-control-socket" in started[0][1], "the server is managed by nobody through a file of its own"


def stops_with(monkeypatch: pytest.MonkeyPatch, problem: Exception) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise problem

    monkeypatch.setattr("holdfast.organisation.selectors.programme_choice", stop)


@pytest.mark.parametrize(
    ("problem", "part"),
    [
        (OperationalError("no such table: x"), "holdfast manage migrate"),
        (FileNotFoundError(2, "No such file or directory", "/no/r.pdf"), "/no/r.pdf: No such file or directory."),
        (RuntimeError("child A1"), "a fault in the service (RuntimeError at test_command_line.py"),
    ],
)
def test_what_nobody_foresaw_is_a_sentence_without_its_message(
    holdfast: Any, monkeypatch: pytest.MonkeyPatch, problem: Exception, part: str
) -> None:
    stops_with(monkeypatch, problem)
    status, printed, said = holdfast("series", "I04")
    assert (status, printed) == (1, "")
    assert part in said
    assert is_one_sentence(said), said
    assert "A1" not in said


CENSUS = (
    "<Message><Header><CollectionDetails><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>"
    "</Header><Children><Child><ChildIdentifiers><LAchildID>A-77</LAchildID><Sex>F</Sex></ChildIdentifiers></Child>"
    "</Children></Message>"
)


def test_a_census_file_is_held_to_its_rules_and_nothing_is_stored(holdfast: Any, tmp_path: Path, settings: Any) -> None:
    file = tmp_path / "census.xml"
    file.write_text(CENSUS, encoding="utf-8")
    status, said, _ = holdfast("validate", str(file))
    assert status == 0
    assert "109 of 109 rules were run" in said
    assert "8590 error, ChildIdentifiers, 1 row, first on line 1: The child has no episode (CINdetails)." in said
    assert "A-77" not in said
    _, printed, _ = holdfast("validate", str(file), "--json", "--year", "2022/23")
    as_data = json.loads(printed)
    assert (as_data["year"], as_data["rules"], as_data["not_run"]) == ("2022/23", 105, [])
    [fault] = [fault for fault in as_data["faults"] if fault["rule"] == "8590"]
    assert (fault["rows"], fault["lines"], fault["module"]) == ([0], [1], "ChildIdentifiers")
    assert list(settings.HOLDFAST_DATA.iterdir()) == []


def test_an_older_census_is_held_to_the_earliest_rules_and_that_is_said(holdfast: Any, tmp_path: Path) -> None:
    file = tmp_path / "census.xml"
    file.write_text(CENSUS.replace("<Year>2026", "<Year>2014").replace("2026-03-31", "2014-03-31"), encoding="utf-8")
    status, said, _ = holdfast("validate", str(file))
    assert status == 0
    assert "held to the rules of 2022/23." in said
    assert "It is the census of 2013/14, whose rules are not held here. Those of 2022/23, the earliest" in said
    as_data = json.loads(holdfast("validate", str(file), "--json")[1])
    assert (as_data["year"], as_data["own_year"]) == ("2022/23", "2013/14")
    assert "some may not have been asked in its year" in as_data["why"]


def test_rules_of_a_year_that_is_not_held_are_refused_in_a_sentence(holdfast: Any, tmp_path: Path) -> None:
    file = tmp_path / "census.xml"
    file.write_text(CENSUS.replace("<Year>2026", "<Year>2031"), encoding="utf-8")
    for words in (("validate", str(file)), ("validate", str(file), "--year", "2030/31")):
        status, _, said = holdfast(*words)
        assert status == 1
        assert "There are no validation rules for the census of 2030/31 here." in said
        assert "Traceback" not in said


def commands_with_json() -> list[tuple[str, ...]]:
    """Every command that takes --json, as its words."""

    def within(group: Any, words: tuple[str, ...]) -> list[tuple[str, ...]]:
        found = [words] if any("--json" in param.opts for param in group.params) else []
        for name, command in getattr(group, "commands", {}).items():
            found += within(command, (*words, name))
        return found

    return within(typer.main.get_command(cli.app), ())


def needed(words: tuple[str, ...]) -> list[str]:
    """What a command needs besides, to be understood: something of its kind for each argument and option."""
    command = typer.main.get_command(cli.app)
    for word in words:
        command = command.commands[word]
    given = {"int": "1", "Path": __file__}
    found: list[str] = [__file__] if words == ("ingest",) else []
    for param in command.params:
        if param.required:
            found += [] if param.param_type_name == "argument" else [param.opts[0]]
            found.append(given.get(param.bare_type(), "nobody"))
    return found


def test_commands_with_json_are_those_that_are_tried() -> None:
    names = {" ".join(words) for words in commands_with_json()}
    assert {"position", "faults", "validate", "ingest", "compare", "cases"} <= names


@pytest.mark.parametrize("words", commands_with_json(), ids=" ".join)
def test_a_refusal_under_json_is_a_json_error_whatever_the_command(
    holdfast: Any, programme: Any, words: tuple[str, ...]
) -> None:
    where = () if words == ("validate",) else ("--programme", "nowhere")
    status, printed, said = holdfast(*words, *needed(words), *where, "--json")
    error = json.loads(printed)["error"]
    assert (status, error["status"]) == (1, 1)
    assert is_one_sentence(said)
    assert error["message"] == said.strip()


@pytest.mark.parametrize("mode", ["demo", "live"])
def test_what_a_demonstration_prints_as_json_says_that_it_is_invented_lists_and_errors_too(
    holdfast: Any, programme: Any, settings: Any, mode: str
) -> None:
    """Promise: every JSON is an object; its shape is the same in life, but for the one key that says it."""
    settings.MODE = mode
    lists = {"decisions": "decisions", "challenges": "challenges", "risks": "risks", "agreements": "agreements"}
    lists |= {"indicators": "indicators", "plan exceptions": "exceptions", "theme": "themes"}
    for words, key in lists.items():
        _, printed, _ = holdfast(*words.split(), "--programme", CODE, "--json")
        said = set(json.loads(printed))
        assert said - {"invented"} in ({key}, {"error"}), words
        assert ("invented" in said) == (mode == "demo"), words
    _, printed, _ = holdfast("position", "--programme", "nowhere", "--json")
    assert ("invented" in json.loads(printed)) == (mode == "demo")


def test_a_command_that_is_not_understood_is_a_json_error_too(holdfast: Any) -> None:
    status, printed, said = holdfast("validate", "no-such-file.xml", "--json")
    assert (status, json.loads(printed)["error"]["status"]) == (2, 2)
    assert "no-such-file.xml" in said
    status, printed, _ = holdfast("validate", "no-such-file.xml")
    assert (status, printed) == (2, "")


def test_faults_of_a_read_census_are_listed_and_explained_from_a_terminal(
    holdfast: Any, census_file: Any, programme: Any
) -> None:
    _read_and_hold(Path(census_file(n_children=3)), programme)
    status, said, _ = holdfast("faults")
    assert status == 0
    assert "Return 1, held to the rules of 2022/23:" in said
    assert "8825Q query, CINdetails, " in said
    status, said, _ = holdfast("fault", "explain", "8825Q", "--words", "Early help has none.")
    assert (status, said) == (0, "Rule 8825Q in return 1: Explained: Early help has none.\n")
    _, printed, _ = holdfast("faults", "--rule", "8825Q", "--json")
    as_data = json.loads(printed)
    assert [rule["left"] for rule in as_data["rules"]] == [0]
    assert {row["state"] for row in as_data["named"]} == {"explained"}
    status, _, said = holdfast("fault", "fixed", "9999", "--words", "Keyed.")
    assert status == 1
    assert "no such fault of rule 9999" in said


def _read_and_hold(file: Path, programme: Any) -> None:
    """Read a census and hold it to the rules, without the release that a command would calculate."""
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.jobs import queue
    from holdfast.jobs.models import Job
    from holdfast.performance.models import HOLD_TO_RULES, READ_A_RETURN
    from holdfast.performance.services import intake

    intake.submit_return(by=SYSTEM, at=clock.now(), programme=programme, file=file, name=file.name)
    for kind in (READ_A_RETURN, HOLD_TO_RULES):
        queue.run_job(Job.objects.get(kind=kind))


def test_links_lead_to_the_port_that_is_served_unless_the_address_is_set(monkeypatch):
    """Promise: a mail or a paper never names port 8000 where the pages are at another."""
    monkeypatch.delenv("HOLDFAST_ADDRESS", raising=False)
    running.links_lead_here(8123)
    assert os.environ["HOLDFAST_ADDRESS"] == "http://localhost:8123"
    monkeypatch.setenv("HOLDFAST_ADDRESS", "https://holdfast.example")
    running.links_lead_here(8123)
    assert os.environ["HOLDFAST_ADDRESS"] == "https://holdfast.example"
