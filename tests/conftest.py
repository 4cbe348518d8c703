"""What every test may ask for. Invented people and children only."""

import os
import shutil
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

from databases import migrated, template_on
from people import client_for, people, programme, second_programme  # noqa: F401
from postgres import NoPostgres, running_postgres
from releases import make_once

SHARED = Path(__file__).resolve().parents[2] / "shared"
MAKE_RELEASES_THEMSELVES = ("analytics", "spec")
ALSO_ON_POSTGRES = (
    *("test_services", "test_selectors", "/jobs/", "journeys/"),
    *("access/test_writes", "access/test_trail.py", "access/test_sealing", "performance/test_writers"),
)
"""The tests in which the database can differ (decision 110). The engine specs ask a PostgreSQL in the first run."""
examples.register_profile("by what they prove", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("by what they prove")  # and never by how busy the machine is
DEAR = (
    "house/test_every_page",
    "house/test_doors",
    "web/test_backup",
    "test_every_home",
    "journeys/",
    "jobs/test_queue",
)


@pytest.fixture(autouse=True)
def _nothing_is_kept_between_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests write past the services, and one's trail starts where another's did; the tests of keeping keep."""
    _keep(monkeypatch, 0)


@pytest.fixture
def pages_are_kept(_nothing_is_kept_between_pages: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a server, for a test that reads many pages and writes through services alone; from nothing kept before."""
    _keep(monkeypatch, 128)


def _keep(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr("holdfast.access.changes._followed", None)  # of another test's trail
    monkeypatch.setattr("holdfast.pages.kept._kept", OrderedDict())
    monkeypatch.setattr("holdfast.pages.kept._parts", OrderedDict())
    monkeypatch.setattr("holdfast.pages.kept._for_good", OrderedDict())
    monkeypatch.setattr("holdfast.pages.kept.MOST_KEPT", most)


@pytest.fixture(autouse=True)
def _a_release_is_made_once(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In every room that has releases and does not test how one is made."""
    if request.path.parent.name not in MAKE_RELEASES_THEMSELVES:
        make_once(monkeypatch, lambda: tmp_path_factory.mktemp("made-once"))


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """The run's database is a copy of a migrated one: on SQLite in a folder that is thrown away with it."""
    from django.db import connection

    wanted = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        shutil.copyfile(migrated(), wanted["NAME"])
        return True
    wanted["TEMPLATE"] = template_on(os.environ["HOLDFAST_DATABASE_URL"])
    return bool(request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session", autouse=True)
def _nothing_waits_for_the_disk() -> Iterator[None]:
    """What tests keep is thrown away, so it need not outlive the machine; the processes that tests start do wait."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", lambda handle: None)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the checkout. Skips, loudly, where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the reference material (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def postgres_dsn() -> Iterator[str]:
    """A PostgreSQL to calculate on: the one `./run test` started, or one started here. Skips, loudly, without."""
    given = os.environ.get("HOLDFAST_TEST_POSTGRES")
    if given:
        yield given
        return
    try:
        with running_postgres() as dsn:
            yield dsn
    except NoPostgres as absent:
        pytest.skip(str(absent))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What writes to the database, and what asks it, also runs on PostgreSQL (`./run test` runs it there)."""
    for item in items:
        if any(part in item.nodeid for part in ALSO_ON_POSTGRES):
            item.add_marker(pytest.mark.postgres_too)
    if os.environ.get("PYTEST_XDIST_WORKER"):
        items[:] = _dear_ones_first(items)


def _dear_ones_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """In the order for two workers, of which each begins with half: so that neither is left alone with a long one.

    One begins with what needs the browser, since the other would wait for its site; the other with what takes longest.
    """
    kinds: dict[str, list[pytest.Item]] = {"browser": [], "dear": [], "": []}
    for item in items:
        is_dear = any(part in item.nodeid for part in DEAR)
        kinds["browser" if item.get_closest_marker("browser") else "dear" if is_dear else ""].append(item)
    middle = max(len(items) // 2 - len(kinds["browser"]), 0)
    return [*kinds["browser"], *kinds[""][:middle], *kinds["dear"], *kinds[""][middle:]]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say on the last lines what could not be run, and why."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, n in sorted(reasons.items()):
        terminalreporter.write_line(f"NOT RUN: {n} tests. {reason.removeprefix('Skipped: ')}", yellow=True, bold=True)
