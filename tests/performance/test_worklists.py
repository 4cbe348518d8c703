"""Worklists, from rows set out by hand: what is late, what is still open, what has fallen due since, in which order."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from holdfast import analytics
from holdfast.access.doors import SYSTEM
from holdfast.access.models import TrailRow
from holdfast.performance.models import Release
from holdfast.performance.selectors import outcomes, worklists
from holdfast.performance.selectors.unanswerable import NoSuchChoice, NoSuchWorklist
from holdfast.web.cli import app

ENDS = date(2014, 1, 31)
TODAY = date(2014, 2, 10)
HOME = "/westmere-2031"


def row(child, due_on, in_numerator, event_on=ENDS, unit="unit", elapsed=50):
    return SimpleNamespace(
        unit_id=f"{unit}-{child}", child=child, due_on=due_on, event_on=event_on, in_numerator=in_numerator,
        elapsed=elapsed, groups={},
    )  # fmt: skip


ROWS = [
    row("CHILD-7", date(2014, 2, 24), False, elapsed=35),  # working day 10 from today
    row("CHILD-1", date(2014, 1, 30), True, elapsed=46),  # late by a day when the data ends
    row("CHILD-2", date(2014, 1, 31), False, elapsed=45),  # due on the data's last day: in time then, passed since
    row("CHILD-3", date(2014, 2, 7), False),  # fell due on the Friday before today
    row("CHILD-4", date(2014, 2, 10), False),  # due today
    row("CHILD-5", date(2014, 2, 17), False),  # working day 5
    row("CHILD-6", date(2014, 2, 18), False),  # working day 6
    row("CHILD-8", None, None, elapsed=None),  # nobody can say
]


@pytest.fixture
def today(settings: Any) -> date:
    settings.HOLDFAST_TODAY = TODAY
    return TODAY


@pytest.fixture
def open_cases(published: Release, today: date, monkeypatch: pytest.MonkeyPatch) -> Release:
    """The published release, with ROWS for whatever is asked of it."""
    monkeypatch.setattr(analytics, "rows", lambda *asked, **more: (list(ROWS), len(ROWS)))
    worklists._kept_counts.cache_clear()
    return published


def shown(choice: str) -> list[str]:
    return [waiting.child for waiting in worklists.worklist(SYSTEM, "westmere-2031", "assessments", choice).page.rows]


def test_the_soonest_due_comes_first_and_what_has_no_date_last(open_cases: Release) -> None:
    assert shown("") == [f"CHILD-{n}" for n in range(1, 9)]


@pytest.mark.parametrize(
    ("choice", "children"),
    [
        ("late", ["CHILD-1"]),
        ("since", ["CHILD-2", "CHILD-3"]),
        ("day", ["CHILD-4"]),
        ("week", ["CHILD-4", "CHILD-5"]),
        ("fortnight", ["CHILD-4", "CHILD-5", "CHILD-6", "CHILD-7"]),
        ("unknown", ["CHILD-8"]),
    ],
)
def test_a_choice_shows_its_own_to_the_day(open_cases: Release, choice: str, children: list[str]) -> None:
    assert shown(choice) == children


def test_counts_say_how_many_and_how_long_without_a_child(open_cases: Release) -> None:
    counts = worklists.clock_counts(SYSTEM, "westmere-2031")
    assessments = next(found for found in counts if found.clock.code == "assessments")
    assert (assessments.counts[""], assessments.counts["late"], assessments.longest) == (8, 1, 46)
    assert "CHILD" not in repr(assessments)


def test_conferences_still_to_come_are_listed_before_they_are_late_too(
    open_cases: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        row("CHILD-1", date(2014, 1, 24), True),
        row("CHILD-2", date(2014, 2, 3), False),
        row("CHILD-3", date(2014, 1, 10), True, event_on=date(2013, 12, 31)),
    ]
    monkeypatch.setattr(analytics, "rows", lambda *asked, **more: (rows, 3))
    found = worklists.worklist(SYSTEM, "westmere-2031", "conferences").page.rows
    assert [(waiting.child, waiting.outcome) for waiting in found] == [("CHILD-1", "late"), ("CHILD-2", "still open")]


def test_each_look_is_trailed_before_anything_is_read(published: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    def untrailed(*asked: Any, **more: Any) -> None:
        raise RuntimeError("the trail is full")

    monkeypatch.setattr(worklists, "record_read", untrailed)
    monkeypatch.setattr(worklists, "store", lambda: pytest.fail("the store was read before the trail was written"))
    with pytest.raises(RuntimeError, match="the trail is full"):
        worklists.worklist(SYSTEM, "westmere-2031", "assessments")


def test_a_look_at_a_page_and_at_a_file_is_one_row_each(open_cases: Release, client_for: Any) -> None:
    manager = client_for("team-manager")
    before = TrailRow.objects.count()
    text = manager.get(f"{HOME}/worklists/assessments/?show=late").content.decode()
    assert TrailRow.objects.count() == before + 1
    assert "As at 31 January 2014" in text
    assert "CHILD-1" in text
    assert "unit-CHILD-1" not in text
    assert TrailRow.objects.latest("number").subject == "assessments late page 1"
    manager.get(f"{HOME}/worklists/assessments/worklist.csv?show=late")
    assert TrailRow.objects.count() == before + 2
    asked = ["practice", "worklist", "assessments", "--show", "week", "--programme", HOME[1:], "--as", "team-manager"]
    said = CliRunner().invoke(app, asked).output
    assert TrailRow.objects.count() == before + 3
    assert ("CHILD-5" in said, "CHILD-6" in said) == (True, False)


def test_the_file_holds_every_row_of_the_choice_in_plain_words(open_cases: Release, client_for: Any) -> None:
    answer = client_for("performance-analyst").get(f"{HOME}/worklists/assessments/worklist.csv?show=since")
    assert answer.content.decode().splitlines()[1:] == [
        "1,2014-01-31,2014-02-10,CHILD-2,2014-01-31,still open,-6,45,working days,",
        "1,2014-01-31,2014-02-10,CHILD-3,2014-02-07,still open,-1,50,working days,",
    ]
    assert 'filename="westmere-2031-assessments-since-release-1.csv"' in answer["Content-Disposition"]


def test_a_child_reference_that_is_a_formula_is_text_in_the_file(
    open_cases: Release, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = [row("=HYPERLINK(1)", date(2014, 2, 24), False)]
    monkeypatch.setattr(analytics, "rows", lambda *asked, **more: (hostile, 1))
    answer = client_for("performance-analyst").get(f"{HOME}/worklists/assessments/worklist.csv")
    assert ",'=HYPERLINK(1)," in answer.content.decode()


@pytest.mark.parametrize("path", ["/worklists/", "/worklists/assessments/", "/worklists/assessments/worklist.csv"])
def test_worklists_are_for_those_who_may_see_records(open_cases: Release, client_for: Any, path: str) -> None:
    assert client_for("team-manager").get(HOME + path).status_code == 200
    assert client_for("performance-analyst").get(HOME + path).status_code == 200
    for role in ("director", "board-chair", "dfe-observer", "elected-member", "nobody", "administrator"):
        assert client_for(role).get(HOME + path).status_code == 403


def test_a_worklist_or_choice_that_there_is_not_is_said_in_words(open_cases: Release, client_for: Any) -> None:
    with pytest.raises(NoSuchWorklist, match="assessments, conferences, reviews"):
        worklists.worklist(SYSTEM, "westmere-2031", "visits")
    with pytest.raises(NoSuchChoice, match="late, since"):
        worklists.worklist(SYSTEM, "westmere-2031", "assessments", "tomorrow")
    assert client_for("team-manager").get(f"{HOME}/worklists/visits/").status_code == 404
    assert client_for("team-manager").get(f"{HOME}/worklists/visits/worklist.csv").status_code == 404


@pytest.mark.parametrize("path", ["/worklists/", "/worklists/reviews/"])
def test_before_the_first_release_a_worklist_says_what_will_appear(council: Any, client_for: Any, path: str) -> None:
    assert "No release has been published yet" in client_for("team-manager").get(HOME + path).content.decode()


@pytest.mark.parametrize(
    ("indicator", "in_numerator", "words"),
    [("I20", True, "In time"), ("I20", False, "Late"), ("I24", True, "Late, still open"), ("I999", True, "Counted")],
)
def test_an_outcome_is_said_in_the_words_of_its_own_question(indicator: str, in_numerator: bool, words: str) -> None:
    assert outcomes.outcome_words(indicator, row("CHILD-1", None, in_numerator)) == words


def test_a_record_still_open_is_told_from_one_finished_that_day() -> None:
    late = row("CHILD-1", date(2014, 1, 30), False)
    assert outcomes.outcome_words("I20", late, {"unit-CHILD-1"}) == "Late, still open"
    assert outcomes.outcome_words("I20", late, {"unit-CHILD-9"}) == "Late"
    assert outcomes.outcome_words("I20", row("CHILD-1", None, None), {"unit-CHILD-1"}) == "Not known"


def test_every_indicator_has_words_of_its_own() -> None:
    assert not set(analytics.INDICATORS) - set(outcomes.OUTCOMES)
