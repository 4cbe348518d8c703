"""What the practice room's tests share: four agencies, thresholds in force, and people who answer for an agency."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from typer.testing import CliRunner

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.agreements import services as agreements
from holdfast.agreements.models import Version
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Agency
from holdfast.practice.models import Exercise
from holdfast.practice.selectors import exercises
from holdfast.practice.services import thresholds
from holdfast.questions import reading
from holdfast.questions import services as questions
from holdfast.questions.models import SetVersion
from holdfast.web.cli import app

TODAY = date(2031, 6, 2)
CODE = "westmere-2031"
MEANT = ("early-help", "child-in-need")


def at(day: date = TODAY) -> datetime:
    return datetime.combine(day, time(12), clock.LONDON)


@pytest.fixture(autouse=True)
def today(settings: Any, tmp_path: Any) -> None:
    settings.HOLDFAST_TODAY = TODAY
    settings.HOLDFAST_DATA = tmp_path


@pytest.fixture
def agencies(programme: Any, people: Any) -> dict[str, Agency]:
    made = {}
    kinds = {"council": "council", "police": "police", "health": "health", "department": "government"}
    for code, kind in kinds.items():
        facts = {"code": code, "name": code.capitalize(), "kind": kind}
        made[code] = organisation.add_agency(by=SYSTEM, at=at(), programme=programme, **facts)
    return made


@pytest.fixture
def somebody_of(programme: Any, agencies: Any) -> Callable[[str, str], Any]:
    """A function from an agency's code and a name to an account that is that agency's member."""

    def make(agency: str, name: str) -> Any:
        account = organisation.create_account(by=SYSTEM, at=at(), username=name, first_name=name.capitalize())
        role = {"role": "partner-member", "kind": "agency", "key": agency}
        if agency == "council":
            role = {"role": "team-manager", "kind": "programme", "key": ""}
        held = {"programme": programme, "from_on": date(2013, 9, 12), **role}
        organisation.grant_role(by=SYSTEM, at=at(), account=account, **held)
        return account

    return make


def command(*arguments: str) -> str:
    """What a command about practice prints."""
    done = CliRunner().invoke(app, ["practice", *arguments, "--programme", CODE])
    assert done.exit_code == 0, done.output
    return done.output


def agree(programme: Any, kind: str = "thresholds", on: date = date(2031, 5, 1), words: str = "Any child.") -> Version:
    """A version of something, put forward and agreed by the Board on a day."""
    subject = agreements.selectors.subjects_of_kind(SYSTEM, programme.code, kind)
    if subject:
        kept = subject[0]
    else:
        facts = {"code": kind, "kind": kind, "title": kind.capitalize()}
        kept = agreements.add_subject(by=SYSTEM, at=at(on), programme=programme, **facts)
    if not programme.bodies.filter(code="board").exists():
        organisation.add_body(by=SYSTEM, at=at(on), programme=programme, code="board", name="Improvement Board")
    version = agreements.propose_version(by=SYSTEM, at=at(on), subject=kept, parties=[("body", "board")], words=words)
    party = version.parties.get()
    agreements.say(by=SYSTEM, at=at(on), version=version, party=party, answer="agreed", minute="Item 6", said_on=on)
    return version


@pytest.fixture
def version(programme: Any, agencies: Any) -> Version:
    return agree(programme)


@pytest.fixture
def panel(programme: Any, agencies: Any) -> SetVersion:
    content = reading.from_file(reading.LIBRARY / "threshold-panel.yaml")
    return questions.write_version(by=SYSTEM, at=at(), programme=programme, content=content)


@pytest.fixture
def exercise(programme: Any, panel: SetVersion, people: Any) -> Exercise:
    """Two cases, written by the practice manager: early help is meant in the first, an assessment in the second."""
    facts = {"title": "The front door", "version": panel, "due_on": date(2031, 6, 30)}
    leads = {"by": people["practice-manager"], "at": at()}
    made = thresholds.set_exercise(**leads, programme=programme, **facts)
    for meant in MEANT:
        words = {"case": f"An invented family of two. ({meant})", "meant": meant, "why": "As the second page says."}
        thresholds.add_vignette(**leads, exercise=made, **words)
    return exercises.one_exercise(SYSTEM, CODE, made.number)


def decide(exercise: Exercise, account: Any, *levels: str) -> None:
    """What one account decides of the cases, in order."""
    for vignette, level in zip(exercise.vignettes.all(), levels, strict=False):
        thresholds.decide_vignette(by=account, at=at(), vignette=vignette, level=level)


def close(exercise: Exercise) -> Exercise:
    thresholds.close_exercise(by=SYSTEM, at=at(), exercise=exercise)
    return exercises.one_exercise(SYSTEM, CODE, exercise.number)
