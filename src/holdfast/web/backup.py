"""A backup: one file that holds the database and every kept file, each with its hash; and the way back from it.

Taken while people write: the database first (SQLite's own online copy), then the files, which are never changed and
never removed, so that whatever the copy names is among them. On PostgreSQL its own tools copy the database. Rule: what
comes back is exactly what was kept, or nothing comes back.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from django.conf import settings

MANIFEST: Final = "backup.json"
FORMAT: Final = 1
DATABASE: Final = "holdfast.sqlite3"
MADE_AGAIN: Final = ("static", "reading", "throttles")
"""Folders whose files are made again, or are being worked on."""
CHUNK: Final = 1024 * 1024


class CannotBackUp(Exception):
    """There is nothing to back up, or no place to put it. The message says what to do."""


class CannotRestore(Exception):
    """A backup is not whole, or there is something where it should go. Nothing was put there."""


def database() -> dict[str, Any]:
    return dict(settings.DATABASES["default"])


def is_sqlite() -> bool:
    return str(database()["ENGINE"]).endswith("sqlite3")


def back_up(file: Path) -> tuple[int, str]:
    """Write the backup; how many files it holds and its SHA-256. Raises CannotBackUp when the file is there already."""
    if file.exists():
        raise CannotBackUp(f"{file} is there already. Choose another name: a backup is never written over.")
    root = Path(settings.HOLDFAST_DATA)
    partly = file.with_name(f"{file.name}.part")
    with tempfile.TemporaryDirectory(dir=root, prefix=f"aside-{os.getpid()}-") as aside:
        kept = {DATABASE: _copy_of_database(Path(aside))} if is_sqlite() else {}
        kept |= {path.relative_to(root).as_posix(): path for path in _kept_files(root)}
        try:
            with tarfile.open(partly, "w") as whole:
                hashes = {name: _add(whole, name, path) for name, path in sorted(kept.items())}
                _add_text(whole, MANIFEST, {"format": FORMAT, "files": hashes})
            os.replace(partly, file)
        finally:
            partly.unlink(missing_ok=True)
    return len(kept), _sha256(file)


def _copy_of_database(folder: Path) -> Path:
    """The database as it was at one instant, copied while others write."""
    name, copy = Path(database()["NAME"]), folder / DATABASE
    if not name.is_file():
        raise CannotBackUp("There is no database yet: run holdfast manage migrate first.")
    with closing(sqlite3.connect(f"{name.as_uri()}?mode=ro", uri=True)) as held, closing(sqlite3.connect(copy)) as made:
        held.backup(made)
    return copy


def _kept_files(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        left_out = parts[0] in MADE_AGAIN or any(part.startswith("aside") for part in parts)
        if path.is_file() and not left_out and not parts[0].startswith("holdfast") and not path.is_symlink():
            yield path


def _add(whole: tarfile.TarFile, name: str, path: Path) -> str:
    whole.add(path, arcname=name, recursive=False)
    return _sha256(path)


def _add_text(whole: tarfile.TarFile, name: str, facts: dict[str, Any]) -> None:
    content = json.dumps(facts, indent=1, sort_keys=True).encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    whole.addfile(entry, io.BytesIO(content))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def restore(file: Path) -> int:
    """Put a backup back into HOLDFAST_DATA, which must be empty; how many files. Raises CannotRestore."""
    root = Path(settings.HOLDFAST_DATA)
    root.mkdir(parents=True, exist_ok=True)
    if any(root.iterdir()):
        raise CannotRestore(f"{root} is not empty. Restore into an empty folder, so that nothing is written over.")
    aside = root / f"aside-{os.getpid()}-restoring"
    aside.mkdir()
    try:
        hashes = _unpacked(file, aside)
        wrong = [name for name, expected in hashes.items() if _sha256(aside / name) != expected]
        if wrong:
            raise CannotRestore(f"{len(wrong)} files of the backup are not as they were, the first {wrong[0]}.")
        for path in sorted(aside.iterdir(), key=lambda each: each.name == DATABASE):  # the database last
            os.replace(path, root / path.name)
        return len(hashes)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _unpacked(file: Path, aside: Path) -> dict[str, str]:
    """The hashes that the backup says its files have, once each of them, and nothing else, is in the folder."""
    try:
        with tarfile.open(file) as whole:
            whole.extractall(aside, filter="data")
        said = json.loads((aside / MANIFEST).read_text(encoding="utf-8"))
        (aside / MANIFEST).unlink()
        hashes = {str(name): str(digest) for name, digest in said["files"].items()}
    except (tarfile.TarError, OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise CannotRestore(f"{file} is not a whole backup ({type(problem).__name__}). Try another.") from problem
    found = {path.relative_to(aside).as_posix() for path in aside.rglob("*") if path.is_file()}
    if said.get("format") != FORMAT or found != set(hashes):
        raise CannotRestore(f"{file} does not hold exactly the files that it says. Try another.")
    return hashes
