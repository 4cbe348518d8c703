"""The demonstration's day: its own, or a later one that it can be looked at on. The building is tests/browser's."""

import inspect
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from holdfast.access.models import Account
from holdfast.agreements.models import Version
from holdfast.governance.models import Decision, InterventionStep
from holdfast.organisation.models import Programme
from holdfast.organisation.selectors import programmes
from holdfast.plan.selectors.doubted import doubts_of_met
from holdfast.web import demo
from holdfast.web.demo import agreements, audits, chair, content, decisions, governance, later, plan_year

OWN = "2014-02-10"


def _today_of(folder: Path, **more: str) -> str:
    """The day on which the settings stand, in a process of their own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOLDFAST_", "DJANGO_"))}
    given = kept | {"HOLDFAST_MODE": "demo", "HOLDFAST_DATA": str(folder)}
    given |= {"PYTHONPATH": str(demo.SOURCE.parent), **more}
    command = [sys.executable, "-c", "from holdfast.web import settings; print(settings.HOLDFAST_TODAY)"]
    return subprocess.run(command, env=given, capture_output=True, text=True, check=True).stdout.strip()


def test_the_demonstration_is_looked_at_on_its_own_day_unless_a_later_one_is_asked_for() -> None:
    assert demo._day("", OWN) == OWN
    assert demo._day(OWN, OWN) == OWN
    assert demo._day("2014-04-10", OWN) == "2014-04-10"


@pytest.mark.parametrize("asked", ["2014-02-09", "soon"])
def test_a_day_before_its_own_or_no_date_is_refused(asked: str) -> None:
    with pytest.raises(demo.NoSuchDay):
        demo._day(asked, OWN)


def test_what_was_built_for_one_day_is_built_again_for_another(tmp_path: Path) -> None:
    assert not demo._is_current(tmp_path, "a tree", OWN)
    (tmp_path / demo.MARK).write_text(json.dumps({"tree": "a tree", "today": OWN}))
    assert demo._is_current(tmp_path, "a tree", OWN)
    assert not demo._is_current(tmp_path, "a tree", "2014-04-10")
    assert not demo._is_current(tmp_path, "another tree", OWN)


def test_a_demonstration_that_was_built_knows_its_day(tmp_path: Path) -> None:
    assert _today_of(tmp_path) == OWN
    (tmp_path / demo.MARK).write_text(json.dumps({"tree": "a tree", "today": "2014-04-10"}))
    assert _today_of(tmp_path) == "2014-04-10"
    assert _today_of(tmp_path, HOLDFAST_TODAY="2014-05-01") == "2014-05-01"


def test_a_fact_is_told_in_one_stretch_of_days_alone() -> None:
    before, after = (
        content.Days(until=date(2014, 1, 31)),
        content.Days(after=date(2014, 1, 31), until=date(2014, 2, 10)),
    )
    assert [day in before for day in ("2014-01-31", "2014-02-01")] == [True, False]
    assert [day in after for day in ("2014-01-31", "2014-02-01", "2014-02-10", "2014-02-11")] == [
        False,
        True,
        True,
        False,
    ]


def test_what_happened_later_is_all_after_the_demonstrations_own_day() -> None:
    facts = json.loads(later.FILE.read_text(encoding="utf-8"))["devon-2013"]
    days = [event["on"] for event in facts["events"]] + [given["read_on"] for given in facts["returns"]]
    assert days
    assert min(days) > OWN
    assert all(given["as_at"] < given["read_on"] for given in facts["returns"])


def test_a_later_report_to_ministers_is_frozen_when_the_figures_of_its_day_are_published() -> None:
    facts = json.loads(later.FILE.read_text(encoding="utf-8"))["devon-2013"]
    read_on = {given["as_at"]: given["read_on"] for given in facts["returns"]}
    reports = {given["prepared_for"]: given["frozen_on"] for given in facts["reports"]}
    assert "2014-03-31" in reports
    assert all(read_on[day] < frozen_on for day, frozen_on in reports.items())


@pytest.fixture
def governed(db: None, settings: Any, tmp_path: Path) -> Programme:
    """The demonstration's first programme with its Board's year, and no figures."""
    settings.HOLDFAST_TODAY, settings.HOLDFAST_DATA = date.fromisoformat(OWN), tmp_path
    held = json.loads(demo.LIBRARY.read_text(encoding="utf-8"))
    facts = held["programmes"][0]
    programme = content.add_programme(facts)
    content.add_accounts(programme, facts, held["password"])
    content.add_notice_and_plan(programme, facts)
    content.fill_posts(programme, facts)
    assert list(governance.add_governance(programme))
    agreements.add(programme)
    return programme


def test_nothing_that_the_demonstration_says_is_met_came_before_what_it_rests_on(governed: Programme) -> None:
    """The plan's milestone, and the day on which the last partner agreed the plan."""
    met = [each for each in governed.milestones.all() if each.met_on]
    assert "M01" in [each.ref for each in met]
    assert doubts_of_met(governed.code, met, date.fromisoformat(OWN)) == {}


def test_a_challenge_rests_on_what_there_was_on_its_day() -> None:
    """No release had been published before the demonstration's own day; the year's share is the Department's."""
    challenges = json.loads(decisions.FILE.read_text(encoding="utf-8"))["devon-2013"]["challenges"]
    assert not [each for each in challenges if "release" in each["evidence"].lower() and each["raised_on"] < OWN]
    published = (demo.LIBRARY.parent / "published-figures.csv").read_text(encoding="utf-8")
    [ours] = [row.split(",") for row in published.splitlines() if row.startswith("I04,authority,878,")]
    [said] = [each for each in challenges if each["indicator"] == "I04"]
    assert said["evidence"] == f"Indicator I04: {ours[8]} per cent in the year to March {ours[5]}."
    assert not re.search(r"\b(?:rises?|rose|falls?|fell)\b", said["about"])


def test_what_the_chair_sent_is_there_when_a_pack_of_the_same_day_says_what_was_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order: list[str] = []
    for module in (agreements, audits, chair, content, governance, plan_year):
        for name, function in list(vars(module).items()):
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                called = f"{module.__name__.rpartition('.')[2]}.{name}"
                monkeypatch.setattr(module, name, lambda *_, called=called, **__: order.append(called) or [])
    held = json.loads(demo.LIBRARY.read_text(encoding="utf-8"))
    demo.build_programme(held["programmes"][0], held, lambda words: None, None)
    assert order.index("content.freeze_report") < order.index("chair.write") < order.index("governance.make_packs")


def test_an_account_of_the_demonstration_has_one_programme_and_the_department_sees_both(
    governed: Programme,
) -> None:
    """So that signing in leads straight home, and what crosses from one programme to the other can be seen refused."""
    facts = json.loads(demo.LIBRARY.read_text(encoding="utf-8"))
    other = facts["programmes"][1]
    programme = content.add_programme(other)
    content.add_accounts(programme, other, facts["password"])
    assert list(governance.add_governance(programme))
    agreements.add(programme)
    both = {"dfe-observer"}
    for account in Account.objects.exclude(username="administrator"):
        seen = {each.code for each in programmes(account)}
        mine = other["code"] if account.username.startswith("westmere-") else governed.code
        assert seen == ({governed.code, other["code"]} if account.username in both else {mine}), account
    client = Client()
    client.force_login(Account.objects.get(username="westmere-director"))
    assert client.get("/")["Location"] == f"/{other['code']}/"
    assert client.get(f"/{governed.code}/").status_code == 403


def test_the_demonstration_goes_on_to_a_later_day_with_each_thing_on_its_own(
    governed: Programme, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Meetings, decisions and agreements alone: without returns there is nothing to print in a pack."""
    decided = {decision.number: decision.made_on for decision in Decision.objects.all()}
    assert len(decided) == 5
    for version in Version.objects.filter(subject__programme=governed):
        named = [on for number, on in decided.items() if re.search(rf"\b{number}\b", version.words)]
        assert all(on <= version.proposed_on for on in named), version

    monkeypatch.setattr(later, "_counted", lambda *_: [])
    monkeypatch.setattr(governance, "make_pack", lambda meeting: f"Pack {meeting.number}")
    said = list(later.go_on(governed, tmp_path, {}, date(2014, 3, 26)))
    assert said == [
        "Pack 6",
        "Meeting 6 of the Improvement Board: held and minuted",
        "Meeting 7 of the Improvement Board: its agenda",
        "Pack 7",
    ]
    reviewed = InterventionStep.objects.get(kind="reviewed")
    assert reviewed.on == date(2014, 2, 26)
    assert Decision.objects.get(number="IB-6").made_on == date(2014, 2, 27)
    assert governed.milestones.get(ref="M07").due_on == date(2014, 5, 30)
    assert governed.milestones.get(ref="M04").met_on is None
