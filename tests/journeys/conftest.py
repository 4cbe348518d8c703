"""The ground of both journeys: a data folder of its own, and accounts that hold one role each over one programme."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.access.roles import ROLES
from holdfast.notice.services.loading import load_notice
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Programme

TODAY = date(2014, 2, 10)
AUTHORITY = "998"


@pytest.fixture
def ground(db: None, tmp_path: Path, settings: Any) -> Programme:
    """An invented council under a notice that ships, on 10 February 2014, with nothing submitted yet."""
    settings.HOLDFAST_DATA = tmp_path / "data"
    settings.HOLDFAST_TODAY = TODAY
    settings.HOLDFAST_DATA.mkdir()
    write = {"by": SYSTEM, "at": clock.now()}
    council = organisation.create_council(**write, code=AUTHORITY, name="Westmere County Council")
    made = organisation.create_programme(
        **write, code="westmere-journey", name="Westmere", council=council, starts_on=date(2013, 9, 12)
    )
    load_notice(**write, programme=made, file=Path("devon-2013.yaml"))
    return made


@pytest.fixture
def somebody(ground: Programme) -> Callable[[str], Account]:
    """An account that holds the role over the programme, made when it is first asked for."""

    def holding(role: str) -> Account:
        write = {"by": SYSTEM, "at": clock.now()}
        account = organisation.create_account(**write, username=f"the-{role}", first_name=ROLES[role].name)
        organisation.grant_role(**write, account=account, role=role, programme=ground, from_on=ground.starts_on)
        return account

    return holding
