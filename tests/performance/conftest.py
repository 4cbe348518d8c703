"""A data folder of its own for every test, and a programme whose invented census has been read and published."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.analytics.synthetic.annex_a import write_annex_a
from holdfast.analytics.synthetic.authority import invent
from holdfast.jobs import queue
from holdfast.organisation.models import Programme
from holdfast.performance.models import Release, Return
from holdfast.performance.selectors.releases import release_to_publish
from holdfast.performance.services import intake, releases, returns
from holdfast.performance.services.returns import Accepted
from performance import census

BY_TEAM_AS_AT = date(2014, 1, 31)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Any) -> Path:
    """HOLDFAST_DATA for this test alone."""
    folder = tmp_path / "data"
    folder.mkdir()
    settings.HOLDFAST_DATA = folder
    return folder


@pytest.fixture
def council(programme: Programme) -> Programme:
    """The standing programme, with its council's code the one that the invented census names."""
    programme.council.code = census.AUTHORITY
    programme.council.save()
    return programme


@pytest.fixture
def send(council: Programme, tmp_path: Path) -> Callable[..., Return]:
    """Submit a file as SYSTEM without reading it: send(text_or_bytes, name=..., **more)."""

    def submit(
        content: str | bytes,
        name: str = "census.xml",
        *,
        confirm_authority: bool = False,
        accept_loss: bool = False,
        **more: Any,
    ) -> Return:
        file = census.write(tmp_path / "sent", content, name)
        accepted = Accepted(authority=confirm_authority, loss=accept_loss)
        return intake.submit_return(
            by=SYSTEM, at=clock.now(), programme=council, file=file, name=name, accepted=accepted, **more
        )

    return submit


@dataclass(frozen=True)
class Built:
    """What reading and calculating gave once, kept so that every test starts from it without doing it again."""

    folder: Path
    returned: dict[str, Any]
    found: Any


_built: dict[str, Built] = {}


@pytest.fixture
def published(
    people: Any, council: Programme, send: Callable[..., Return], data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Release:
    """The first release of an invented census of 40 children as at 31 January 2014, published."""
    return _once("first", lambda: send(census.census()), council, data, tmp_path_factory)


@pytest.fixture
def by_team(
    people: Any,
    council: Programme,
    send: Callable[..., Return],
    data: Path,
    tmp_path_factory: pytest.TempPathFactory,
    lists_by_team: bytes,
) -> Release:
    """The first release of an invented council's Annex A as at 31 January 2014, whose lists name teams, published."""
    more: dict[str, Any] = {"name": "annex a.xlsx", "as_at": BY_TEAM_AS_AT, "confirm_authority": True}
    return _once("by team", lambda: send(lists_by_team, **more), council, data, tmp_path_factory)


@pytest.fixture(scope="session")
def lists_by_team(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Annex A of a twentieth of an invented authority, with the team of every case, as the bytes of a workbook."""
    file = tmp_path_factory.mktemp("invented") / "annex a.xlsx"
    write_annex_a(invent(5, 0.05), file, as_at=BY_TEAM_AS_AT)
    return file.read_bytes()


def _once(
    name: str, send: Callable[[], Return], council: Programme, data: Path, folders: pytest.TempPathFactory
) -> Release:
    """The release of what is sent, published; read and calculated the first time alone."""
    if name not in _built:
        send()
        queue.work(until_empty=True)
        release = release_to_publish(SYSTEM, council.code)
        kept = folders.mktemp("built") / "data"
        shutil.copytree(data, kept)
        _built[name] = _remembered(kept, release)
    else:
        shutil.copytree(_built[name].folder, data, dirs_exist_ok=True)
        release = _replayed(_built[name], send, council)
    return releases.publish_release(by=SYSTEM, at=clock.now(), release=release)


def _remembered(kept: Path, release: Release) -> Built:
    from holdfast.performance.services.releases import WhatWasCalculated
    from holdfast.performance.services.returns import WhatWasRead

    one = release.returns.get()
    assert one.as_at
    read = WhatWasRead(one.kind, one.authority, one.as_at, one.load_id, one.n_rows, one.n_faults)
    found = WhatWasCalculated(
        release.calculation_id,
        release.snapshot_id,
        release.engine,
        release.as_at,
        release.n_figures,
        release.can_break_down,
        release.answers_id,
    )
    return Built(kept, {"found": read}, found)


def _replayed(built: Built, send: Callable[[], Return], council: Programme) -> Release:
    from holdfast.jobs.models import Job

    at = clock.now()
    returned = returns.record_reading(by=SYSTEM, at=at, returned=send(), **built.returned)
    Job.objects.all().delete()
    return releases.add_release(by=SYSTEM, at=at, programme=council, found=built.found, returns=[returned])
