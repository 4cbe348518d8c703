"""Homes made ahead: after a change whoever opens one finds it worked out, and none is made for nothing."""

from collections import OrderedDict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.notice.models import Requirement
from holdfast.notice.selectors import positions
from holdfast.notice.services import judging, loading
from holdfast.web import ahead


@pytest.fixture
def asked(programme: Any, pages_are_kept: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whose positions were worked out, in order, under a notice, from nobody's home opened before."""
    loading.load_notice(by=SYSTEM, at=clock.now(), programme=programme, file=Path("westmere-send-2031.yaml"))
    whose: list[str] = []
    make = positions._position_lines
    monkeypatch.setattr(positions, "_position_lines", lambda a, refs: (whose.append(str(a.user)), make(a, refs))[1])
    monkeypatch.setattr(ahead, "_readers", OrderedDict())
    monkeypatch.setattr(ahead, "_made", {})
    return whose


def test_after_a_change_a_home_is_made_before_anybody_opens_it(asked: list[str], client_for: Any, people: Any) -> None:
    assert ahead.make_ahead() == []
    chair = client_for("board-chair")
    chair.get("/westmere-2031/")
    assert ahead.make_ahead() == ["board-chair"]
    assert len(asked) == 1, "the reader had made it"
    assert ahead.make_ahead() == [], "nothing was written since"
    first = Requirement.objects.get(ref="A1")
    judging.judge(by=people["programme-office"], at=clock.now(), requirement=first, says="not met", reason="Seen.")
    assert ahead.make_ahead() == ["board-chair"]
    assert len(asked) == 2
    chair.get("/westmere-2031/")
    assert len(asked) == 2, "the reader found it made"


def test_homes_opened_long_ago_and_those_of_closed_accounts_are_left(
    asked: list[str], client_for: Any, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role in ("board-chair", "director"):
        client_for(role).get("/westmere-2031/")
    people["director"].is_active = False
    people["director"].save()
    assert ahead.make_ahead() == ["board-chair"]
    monkeypatch.setattr(ahead, "_made", {})
    monkeypatch.setattr(ahead, "LATELY_SECONDS", -1.0)
    assert ahead.make_ahead() == []


def test_a_server_that_starts_again_makes_the_homes_of_who_signed_in_lately_and_the_observers(
    asked: list[str], client_for: Any, people: Any
) -> None:
    for role, days in (("board-chair", 1), ("director", 30)):
        people[role].last_login = clock.now() - timedelta(days=days)
        people[role].save()
    ahead.expect()
    made = ahead.make_ahead()
    assert made[0] == "board-chair"
    assert ("dfe-observer" in made, "director" in made) == (True, False)
    n_made = len(asked)
    client_for("board-chair").get("/westmere-2031/")
    assert len(asked) == n_made, "the reader found it made"
