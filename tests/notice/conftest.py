"""What the notice room's tests share: the invented notice loaded, and an invented text of it to attach."""

from datetime import date
from pathlib import Path

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.notice.models import Notice
from holdfast.notice.services import loading
from people import made_once

WESTMERE = Path("westmere-send-2031.yaml")
DEVON = Path("devon-2013.yaml")
WESTMERE_TEXT = """Improvement plan: Westmere

Part A: plans

The council and health finish plans in twenty weeks.

Plans are audited:
(a) for what they say;
(b) for what they do.

The council clears late plans by 19 December 2031. It thinks about more caseworkers.

Part B: families

Parents help to shape services. Children help to shape their plans.

Part C: joint working

There is one strategy.

Health sits on the board.

Part D: oversight

There is a board.

An adviser takes stock every six months. The board can read this text.

A commissioner may come.

Signed for Westmere
"""


@pytest.fixture(autouse=True)
def today(settings):
    """A day in the life of the invented notice."""
    settings.HOLDFAST_TODAY = date(2031, 6, 1)


def loaded(programme, file):
    """A notice that ships, loaded into a standing programme."""
    made_once(file.name, lambda: loading.load_notice(by=SYSTEM, at=clock.now(), programme=programme, file=file))
    return Notice.objects.select_related("programme").get(programme=programme)


@pytest.fixture
def westmere(people, programme):
    """The invented notice of another kind, loaded into the standing programme."""
    return loaded(programme, WESTMERE)


@pytest.fixture
def devon(people, second_programme):
    """The first notice, loaded into the second standing programme."""
    return loaded(second_programme, DEVON)


@pytest.fixture
def attached(westmere):
    return loading.attach_text(
        by=SYSTEM, at=clock.now(), programme=westmere.programme, name="westmere.txt", content=WESTMERE_TEXT.encode()
    )
