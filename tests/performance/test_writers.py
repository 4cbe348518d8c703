"""Nothing that takes long holds the one lock that SQLite gives writers: a page is saved while a return is read."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.jobs import queue
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Programme, Team
from holdfast.performance.models import Release, Return
from holdfast.performance.services import calculation, intake
from performance import census


def save_from_elsewhere(programme: Programme, code: str) -> None:
    """Another connection saves something and is done, before this one goes on. A minute is as long as a write waits."""

    def save() -> None:
        try:
            organisation.add_team(by=SYSTEM, at=clock.now(), programme=programme, code=code, name=f"Team {code}")
        finally:
            connection.close()

    writer = threading.Thread(target=save)
    writer.start()
    writer.join(timeout=60)
    assert Team.objects.filter(code=code).exists(), "what was saved was saved while the long work was under way"


@pytest.mark.django_db(transaction=True)
def test_a_page_is_saved_while_a_return_is_read_and_while_a_release_is_calculated(
    council: Programme, send: Callable[..., Return], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, calculate = intake._why_not_kept, calculation._calculate

    def in_reading(*given: Any) -> Any:
        save_from_elsewhere(council, "read")
        return asked(*given)

    def in_calculation(*given: Any) -> Any:
        save_from_elsewhere(council, "calculated")
        return calculate(*given)

    monkeypatch.setattr(intake, "_why_not_kept", in_reading)
    monkeypatch.setattr(calculation, "_calculate", in_calculation)
    send(census.census(n_children=8))
    queue.work(until_empty=True)
    assert Release.objects.count() == 1
    assert set(Team.objects.values_list("code", flat=True)) >= {"read", "calculated"}
