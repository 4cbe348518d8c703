"""A database as the migrations leave it (`web/tables.py`), kept under what makes it, and copied wherever a test needs
one of its own.

Kept in build/, which nothing else reads, and on PostgreSQL in the server that the run uses; a change of any migration,
model or locked dependency makes another.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
KEPT = ROOT / "build" / "migrated"
NAME = "holdfast.sqlite3"


@cache
def _made_of() -> str:
    """SHA-256 over the locked dependencies, the migrations and the models."""
    digest = hashlib.sha256()
    for path in (ROOT / "requirements" / "dev.txt", *sorted((SOURCE / "holdfast").rglob("*.py"))):
        if path.suffix == ".txt" or "migrations" in path.parts or "models" in (path.stem, path.parent.name):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _make(folder: str, url: str = "") -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HOLDFAST_", "DJANGO_"))}
    given = {"HOLDFAST_MODE": "test", "HOLDFAST_DATA": folder, "HOLDFAST_DATABASE_URL": url, "PYTHONPATH": str(SOURCE)}
    given["DJANGO_SETTINGS_MODULE"] = "holdfast.web.settings"
    command = [
        sys.executable,
        "-c",
        "import django; django.setup(); from holdfast.web import tables; tables.lay_tables()",
    ]
    subprocess.run(command, env=plain | given, check=True)


def migrated() -> Path:
    """The SQLite database, to copy and never to open. Two that want it first each make it."""
    kept = KEPT / f"{_made_of()}.sqlite3"
    if not kept.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT) as aside:
            _make(aside)
            os.replace(Path(aside, NAME), kept)
        for older in set(KEPT.glob("*.sqlite3")) - {kept}:
            older.unlink(missing_ok=True)
    return kept


def lay(folder: Path) -> Path:
    """Put a migrated database into a data folder, where the product looks for it. Gives the database."""
    return Path(shutil.copyfile(migrated(), folder / NAME))


def template_on(server: str) -> str:
    """The name of a migrated database on a PostgreSQL, to make others from. Two that want it first make one."""
    name = f"migrated_{_made_of()[:16]}"
    with psycopg.connect(server, autocommit=True) as asked, tempfile.TemporaryDirectory() as folder:
        asked.execute("SELECT pg_advisory_lock(1)")  # let go with the connection
        if not asked.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            asked.execute(f"DROP DATABASE IF EXISTS {name}_aside")  # type: ignore[arg-type]
            asked.execute(f"CREATE DATABASE {name}_aside")  # type: ignore[arg-type]
            _make(folder, urlsplit(server)._replace(path=f"/{name}_aside").geturl())
            asked.execute(f"ALTER DATABASE {name}_aside RENAME TO {name}")  # type: ignore[arg-type]
    return name
