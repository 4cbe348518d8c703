"""A backup taken while somebody writes comes back whole and sound; an older installation upgrades and is sound."""

import os
import re
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from databases import lay, migrated
from holdfast.web import backup

ROOT = Path(__file__).resolve().parents[2]
WRITE = """
import sys, threading, django; django.setup()
from datetime import date
from django.db import connection
from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.organisation import services
from pathlib import Path
from django.conf import settings
from holdfast.jobs import kept
def write(**facts): return {"by": SYSTEM, "at": clock.now(), **facts}
council = services.create_council(**write(code="westmere", name="Westmere"))
programme = services.create_programme(**write(code="w", name="W", council=council, starts_on=date(2031, 1, 1)))
"""
WHILE_WRITING = """
from holdfast.web.backup import back_up
done = threading.Event()
def keep_writing():
    n = 0
    while not done.is_set() or n < 5:
        services.add_team(**write(programme=programme, code=f"t-{n}", name=f"Team {n}")); n += 1
        kept.keep_folder("editions", kept.digest(str(n).encode()), {"document.json": str(n).encode()})
    connection.close()
writer = threading.Thread(target=keep_writing); writer.start()
back_up(Path(sys.argv[1])); done.set(); writer.join()
"""

SQLITE = {"ENGINE": "django.db.backends.sqlite3"}


def run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HOLDFAST_", "DJANGO_"))}
    given = plain | {"HOLDFAST_MODE": "test", "HOLDFAST_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}
    given["DJANGO_SETTINGS_MODULE"] = "holdfast.web.settings"
    command = [sys.executable, *words]
    return subprocess.run(command, env=given, capture_output=True, text=True, timeout=300, check=False)


def holdfast(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(data, "-m", "holdfast.web", *words)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    lay(folder)
    return folder


def test_a_backup_taken_while_somebody_writes_comes_back_whole_and_sound(data: Path, tmp_path: Path) -> None:
    file, back = tmp_path / "backup.tar", tmp_path / "back"
    wrote = run(data, "-c", WRITE + WHILE_WRITING, str(file))
    assert wrote.returncode == 0, wrote.stderr
    restored = holdfast(back, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    for path in back.rglob("*"):
        if path.is_file() and path.name != backup.DATABASE:
            assert path.read_bytes() == (data / path.relative_to(back)).read_bytes()
    verified = holdfast(back, "verify")
    assert (verified.returncode, verified.stderr) == (0, "")
    assert "Everything is as it was written" in verified.stdout
    again = holdfast(data, "backup", str(file))
    assert again.returncode == 1
    assert "never written over" in again.stderr


@pytest.fixture
def small(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup of a small installation, and settings that point at an empty place to put it back."""
    settings.HOLDFAST_DATA = tmp_path / "from"
    (settings.HOLDFAST_DATA / "returns").mkdir(parents=True)
    (settings.HOLDFAST_DATA / "returns" / "a").write_bytes(b"kept")
    (settings.HOLDFAST_DATA / "returns" / "aside-1").write_bytes(b"half written")
    name = settings.HOLDFAST_DATA / "holdfast.sqlite3"
    monkeypatch.setattr(backup, "database", lambda: {**settings.DATABASES["default"], **SQLITE, "NAME": name})
    with closing(sqlite3.connect(settings.HOLDFAST_DATA / "holdfast.sqlite3")) as made:
        made.execute("CREATE TABLE kept (word TEXT)")
    file = tmp_path / "backup.tar"
    assert backup.back_up(file)[0] == 2, "the database and one file: what is set aside is left out"
    settings.HOLDFAST_DATA = tmp_path / "to"
    return file


def test_a_changed_byte_of_a_backup_puts_nothing_back(small: Path, settings: Any) -> None:
    small.write_bytes(small.read_bytes().replace(b"kept", b"kepT", 1))
    with pytest.raises(backup.CannotRestore, match=r"not as they were|not exactly|not a whole"):
        backup.restore(small)
    assert list(settings.HOLDFAST_DATA.iterdir()) == []


@pytest.mark.parametrize("n_bytes", [0, 600, 3000])
def test_a_backup_cut_short_puts_nothing_back(small: Path, settings: Any, n_bytes: int) -> None:
    small.write_bytes(small.read_bytes()[:n_bytes])
    with pytest.raises(backup.CannotRestore):
        backup.restore(small)
    assert list(settings.HOLDFAST_DATA.iterdir()) == []


@pytest.mark.parametrize("name", ["../outside", "/outside", "returns/../../outside", "another"])
def test_a_backup_with_a_file_that_it_does_not_name_puts_nothing_anywhere(
    small: Path, settings: Any, tmp_path: Path, name: str
) -> None:
    with tarfile.open(small, "a") as whole:
        backup._add_text(whole, name, {})
    with pytest.raises(backup.CannotRestore):
        backup.restore(small)
    assert list(settings.HOLDFAST_DATA.iterdir()) == []
    assert not (tmp_path / "outside").exists()


def test_nothing_is_restored_over_what_is_there(small: Path, settings: Any) -> None:
    settings.HOLDFAST_DATA.mkdir()
    (settings.HOLDFAST_DATA / "something").write_text("here")
    with pytest.raises(backup.CannotRestore, match="not empty"):
        backup.restore(small)


BEFORE_SEALS = (("access", "0001"), ("organisation", "0001"), ("performance", "0001"), ("notice", "0001"))
OLD_ROWS = """
import django; django.setup()
from datetime import UTC, date, datetime
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from holdfast.access import trail
found = MigrationExecutor(connection).loader
at = datetime(2031, 1, 1, tzinfo=UTC)
wanted = [key for key in found.applied_migrations]
apps = found.project_state([key for key in wanted if key in found.graph.nodes]).apps
council = apps.get_model("organisation", "Council").objects.create(code="westmere", name="Westmere")
programme = apps.get_model("organisation", "Programme").objects.create(
    code="w", name="W", council=council, starts_on=date(2031, 1, 1))
account = apps.get_model("access", "Account").objects.create(username="ada", date_joined=at)
apps.get_model("organisation", "RoleHolding").objects.create(
    account=account, role="director", programme=programme, kind="programme", from_on=date(2031, 1, 1))
row = apps.get_model("access", "TrailRow")(number=1, at=at, by="system", action="programme added", programme="w",
    subject="W", detail={"council": "westmere"}, previous_digest=trail.START)
row.seals_digest = ""
row.digest = trail.digest_of(row)
row.save()
apps.get_model("access", "TrailHead").objects.create(id=1, number=1, digest=row.digest)
"""


def tables_of(database: Path) -> dict[str, list[str]]:
    """Every table and index, with the words that make it: in any order, since an upgrade adds columns last."""
    with closing(sqlite3.connect(database)) as asked:
        made = asked.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: sorted(re.split(r"[\s,()]+", words)) for name, words in made}


def test_an_installation_from_before_records_were_sealed_upgrades_and_is_sound(tmp_path: Path) -> None:
    """The schema as the project's first release had it, with a few rows; then this version's migrations.

    They leave the tables that a demonstration and these tests make from the models at once.
    """
    data = tmp_path / "data"
    data.mkdir()
    migrate = "from django.core.management import call_command as call;" + "".join(
        f"call('migrate', {app!r}, {name!r}, verbosity=0);" for app, name in BEFORE_SEALS
    )
    older = run(data, "-c", f"import django; django.setup(); {migrate}\n{OLD_ROWS}")
    assert older.returncode == 0, older.stderr
    upgraded = holdfast(data, "manage", "migrate", "-v", "0")
    assert upgraded.returncode == 0, upgraded.stderr
    assert "Sealing begins: 4 records were sealed as they stand" in upgraded.stdout
    assert tables_of(data / "holdfast.sqlite3") == tables_of(migrated())
    verified = holdfast(data, "verify")
    assert (verified.returncode, verified.stderr) == (0, "")
    with closing(sqlite3.connect(data / "holdfast.sqlite3")) as changed:
        changed.execute("UPDATE organisation_roleholding SET role = 'administrator'")
        changed.commit()
    noticed = holdfast(data, "verify")
    assert noticed.returncode == 1
    assert "Role holding 1 has been changed since trail row 2 left it." in noticed.stderr
