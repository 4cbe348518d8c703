"""The demonstration's day: its own, or a later one that it can be looked at on. The building is tests/browser's."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from holdfast.web import demo
from holdfast.web.demo import later
from holdfast.web.demo.content import Days

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
    before, after = Days(until=date(2014, 1, 31)), Days(after=date(2014, 1, 31), until=date(2014, 2, 10))
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
