"""What the agreements room's tests share: two boards, agencies, and a version put forward."""

from datetime import date, datetime, time
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.agreements import services
from holdfast.agreements.models import Answer, Party, Subject, Version
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Body

TODAY = date(2031, 6, 1)
BOARD, DSCB = ("body", "board"), ("body", "dscb")
POLICE, HEALTH, COUNCIL = ("agency", "police"), ("agency", "health"), ("agency", "council")
CHAIR = ("person", "board-chair")


def at(day: date) -> datetime:
    return datetime.combine(day, time(12), clock.LONDON)


@pytest.fixture(autouse=True)
def today(settings: Any, tmp_path: Any) -> None:
    settings.HOLDFAST_TODAY = TODAY
    settings.HOLDFAST_DATA = tmp_path


@pytest.fixture
def bodies(programme: Any, people: Any) -> dict[str, Body]:
    """The Board, for which its chair speaks; the DSCB, for which its member does; three agencies."""
    who = {"by": SYSTEM, "at": at(TODAY), "programme": programme}
    named = (("council", "council"), ("police", "police"), ("health", "health"), ("department", "government"))
    for code, kind in named:
        organisation.add_agency(**who, code=code, name=code.capitalize(), kind=kind)
    board = organisation.add_body(**who, code="board", name="Improvement Board", spoken_for_by="board-chair")
    dscb = organisation.add_body(**who, code="dscb", name="Safeguarding Board", spoken_for_by="dscb-member")
    return {"board": board, "dscb": dscb}


@pytest.fixture
def officer(programme: Any, bodies: Any) -> Any:
    """A partner's member whose role is over the police."""
    account = organisation.create_account(by=SYSTEM, at=at(TODAY), username="officer", first_name="Officer")
    role = {"role": "partner-member", "programme": programme, "kind": "agency", "key": "police"}
    organisation.grant_role(by=SYSTEM, at=at(TODAY), account=account, from_on=date(2013, 9, 12), **role)
    return account


@pytest.fixture
def subject(programme: Any, bodies: Any) -> Subject:
    facts = {"code": "thresholds", "kind": "thresholds", "title": "Thresholds"}
    return services.add_subject(by=SYSTEM, at=at(TODAY), programme=programme, **facts)


def put_forward(
    subject: Subject, on: date, words: str = "Any child.", parties: Any = (BOARD, POLICE), **more: Any
) -> Version:
    return services.propose_version(by=SYSTEM, at=at(on), subject=subject, words=words, parties=list(parties), **more)


def party(version: Version, named: tuple[str, str]) -> Party:
    return version.parties.get(kind=named[0], key=named[1])


def minuted(version: Version, named: tuple[str, str], on: date, answer: str = "agreed", words: str = "") -> Answer:
    """A party's answer, recorded from a minute on the day itself."""
    said = {"answer": answer, "words": words, "minute": f"Minute of {on}"}
    return services.say(by=SYSTEM, at=at(on), version=version, party=party(version, named), said_on=on, **said)
