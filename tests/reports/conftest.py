"""A data folder of its own for every test, a programme with a notice and a plan, and a release of invented figures."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.organisation.models import Programme
from holdfast.performance.models import Release
from holdfast.reports.models import Edition
from holdfast.reports.services import freeze_edition
from reports import invented

ON = date(2013, 12, 31)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Any) -> Path:
    """HOLDFAST_DATA for this test alone, on 10 February 2014."""
    folder = tmp_path / "data"
    folder.mkdir()
    settings.HOLDFAST_DATA = folder
    settings.HOLDFAST_TODAY = date(2014, 2, 10)
    return folder


@pytest.fixture
def told(people: Any, programme: Programme) -> Programme:
    """The standing programme with a notice and a plan that ship."""
    invented.load_notice_and_plan(programme, "devon-2013.yaml", "devon-2013-plan.yaml")
    return programme


@pytest.fixture
def released(told: Programme) -> Iterator[Release]:
    """A published release of that programme, with small counts in it, in force for the test."""
    with invented.invented_figures():
        yield invented.publish(told)


@pytest.fixture
def figures_alone(people: Any, programme: Programme) -> Iterator[Release]:
    """The same release with no notice and no plan, where a test asks nothing of them: it is much quicker."""
    with invented.invented_figures():
        yield invented.publish(programme)


@pytest.fixture
def freeze(programme: Programme) -> Callable[..., Edition]:
    """Freeze the report for 31 December 2013 as SYSTEM, or as asked."""

    def run(by: Any = SYSTEM, on: date = ON, **more: Any) -> Edition:
        return freeze_edition(by=by, at=clock.now(), programme=programme, on=on, **more)

    return run
