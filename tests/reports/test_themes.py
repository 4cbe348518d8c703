"""A theme: data, audits and voice side by side; better takes both, and small counts stay with who may see them."""

from dataclasses import replace
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.audits.selectors.themed import Asked
from holdfast.audits.services import auditing
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Programme
from holdfast.performance.selectors.shares import is_better, safe_together, share_of
from holdfast.questions import services as asking
from holdfast.reports import audit_reports, rendering, themes
from holdfast.reports.themes import ThemeRead
from questions.conftest import small

from .test_audit_reports import audited

CODE = "westmere-2031"


# The statistics, by hand.


def test_a_fault_is_less_frequent_only_where_its_interval_says_so_however_many_are_asked() -> None:
    before, after = share_of(14, 22), share_of(6, 24)
    assert is_better(before, after, 1) is True
    assert is_better(after, before, 1) is False
    assert is_better(before, after, 11) is None
    assert is_better(share_of(0, 0), after, 1) is None


def test_a_base_that_would_give_a_small_count_away_is_hidden_with_its_share() -> None:
    asked = [share_of(20, 93), share_of(21, 88), share_of(26, 77), share_of(20, 75), share_of(2, 93)]
    said = safe_together(asked, 93)
    assert [words.partition(",")[0] for words in said] == ["20 of 93", "c", "26 of 77", "c", "c"]


def read(data: bool | None, audit: bool | None, **facts: Any) -> ThemeRead:
    asked = [Asked("Was the child seen?", share_of(6, 24), share_of(14, 22), audit, "", "")]
    own = (SimpleNamespace(n=24, question_set=None), asked)
    made = ThemeRead("time", "Timeliness", [], [own], "now", "before", data, audit, is_whole=False)  # type: ignore[list-item]
    return replace(made, **facts)


@pytest.mark.parametrize(
    ("data", "audit", "state"),
    [
        (True, True, "better"),
        (True, None, "cannot be told"),
        (None, True, "cannot be told"),
        (True, False, "cannot be told"),
        (False, True, "cannot be told"),
        (False, None, "worse"),
        (None, False, "worse"),
        (False, False, "worse"),
        (None, None, "cannot be told"),
    ],
)
def test_better_takes_both_sources_and_worse_takes_one(data: bool | None, audit: bool | None, state: str) -> None:
    found = read(data, audit)
    assert found.state == state
    assert ("may be said that this got" in found.sentence) == (state != "cannot be told")


def test_the_sentence_says_which_source_is_alone_and_that_nobodys_voice_is_in_it() -> None:
    said = read(None, True).sentence
    assert "since one source alone says so" in said
    assert "Audits: better in “Was the child seen?”." in said
    assert said.endswith("Nobody’s voice is in this yet.")
    assert "point different ways" in read(True, False).sentence


def test_what_was_not_asked_before_is_set_beside_nothing() -> None:
    found = read(None, None)
    assert found.change(Asked("New?", share_of(1, 9), None, None, "", "")) == "Not asked in the same words before"
    assert read(None, None, before="").change(found.audited[0][1][0]) == "No cycle before it was reported"
    assert "with no cycle before" in read(None, None, before="").sentence


# From what is kept.


def at(day: date) -> datetime:
    return datetime.combine(day, time(12), clock.LONDON)


@pytest.fixture
def cycles(programme: Programme, people: Any, settings: Any, monkeypatch: Any) -> Programme:
    """Two reported cycles of a month: eight children, seen in one of April and seven of May."""
    settings.HOLDFAST_TODAY = date(2031, 6, 2)
    monkeypatch.setattr(rendering, "audit_report_as_pdf", lambda document, sha256: b"%PDF")
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 0)
    started = {"by": SYSTEM, "at": at(date(2031, 4, 1)), "programme": programme}
    version = asking.write_version(**started, content=small())
    north = organisation.add_team(**started, code="north", name="North team")
    for month, n_seen in ((4, 1), (5, 7)):
        for number in range(8):
            seen = "yes" if number < n_seen else "no"
            on = date(2031, month, 10)
            audited(version, north, people["auditor"], f"C-{month}00{number}", "good", seen=seen, on=on)
        days = {"since": date(2031, month, 1), "until": date(2031, month, 28)}
        audit_reports.freeze_audit_report(by=SYSTEM, at=at(date(2031, 6, 2)), programme=programme, **days)
    return programme


@pytest.mark.django_db
def test_a_theme_is_of_the_last_reported_cycle_beside_the_one_before(cycles: Programme, people: Any) -> None:
    found = themes.one_theme(people["practice-manager"], CODE, "other")
    assert (found.cycle, found.before) == ("1 May 2031 to 28 May 2031", "1 April 2031 to 28 April 2031")
    [(audited_set, asked)] = found.audited
    seen = next(one for one in asked if one.ask == "Was the child seen?")
    assert (audited_set.n, seen.now.of, seen.better) == (8, "1 of 8", True)
    assert found.state == "cannot be told"
    data = found.as_data()["audit"]["question_sets"][0]["questions"]
    assert next(one for one in data if one["ask"] == seen.ask)["short"].startswith("1 of 8, 13%")


@pytest.mark.django_db
def test_whoever_may_not_see_small_counts_of_audits_reads_the_same_sentence_without_them(
    cycles: Programme, people: Any, client_for: Any
) -> None:
    whole, hidden = (themes.one_theme(people[who], CODE, "other") for who in ("practice-manager", "elected-member"))
    assert whole.sentence == hidden.sentence
    page = client_for("elected-member").get(f"/{CODE}/themes/other/").content.decode()
    assert "1 of 8" not in page
    assert "Less often than before" in page
    assert "1 of 8" in client_for("practice-manager").get(f"/{CODE}/themes/other/").content.decode()


@pytest.mark.django_db
def test_without_reports_or_releases_a_theme_says_what_is_not_there(programme: Programme, client_for: Any) -> None:
    reader = client_for("elected-member")
    page = reader.get(f"/{CODE}/themes/voice/").content.decode()
    assert themes.NO_DATA in page
    assert "No cycle of audits has been reported yet." in page
    assert "Nothing is kept here yet of what children" in page
    assert reader.get(f"/{CODE}/themes/").status_code == 200
    assert reader.get(f"/{CODE}/themes/nothing/").status_code == 404


@pytest.mark.django_db
def test_nobody_without_a_part_reads_a_theme(programme: Programme, people: Any) -> None:
    with pytest.raises(Refused):
        themes.one_theme(people["nobody"], CODE, "voice")


def test_no_indicator_of_audits_is_in_a_themes_data() -> None:
    from holdfast.analytics import INDICATORS
    from holdfast.analytics.indicators.needs import needs_of
    from holdfast.audits.themes import THEMES

    for theme in THEMES.values():
        for indicator in theme.indicators:
            assert not [table for table in needs_of(INDICATORS[indicator]) if table.startswith("audit")]
