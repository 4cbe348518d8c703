"""The store: folders of files, each named by the hash of what it holds. Written once,
whole or not at all, and never changed.

Five kinds: loads (one return, read), snapshots (several loads, one history: history.py), releases (calculation.py),
answers (what a release says to its readers: answering.py) and moves (what moved between two releases: moves.py).
Crash-safe: written aside, flushed to disk, then renamed. Rule: nothing below the root is ever opened for writing again.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from holdfast.analytics.faults import Fault
from holdfast.analytics.returns.reading import Gives, Reading

MANIFEST = "manifest.json"
KINDS = ("loads", "snapshots", "releases", "answers", "moves", "validations")
FAULTS = "faults.parquet"
MADE_FROM = {
    "snapshots": ("loads", "loads"),
    "releases": ("snapshot", "snapshots"),
    "answers": ("calculation", "releases"),
    "moves": ("between", "releases"),
    "validations": ("load", "loads"),
}
"""By kind: the fact that names what a folder was made from, and the kind of that."""


class NoSuchFolder(LookupError):
    """The store does not hold a load, snapshot or release of that name."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(
            f"The store has no {kind.removesuffix('s')} {name[:12]}. Run holdfast verify to see what it has."
        )


class ChangedFolder(NoSuchFolder):
    """What a folder says of itself is not what was written, so nothing of it is believed."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(kind, name)
        self.args = (
            f"The {kind.removesuffix('s')} {name[:12]} has been changed since it was written. Run holdfast verify to "
            "see what was changed, and restore it from a copy.",
        )


@dataclass(frozen=True)
class Load:
    """One return or extract, read and kept. `n_rows` counts rows by table; `gives` is what it answers for.

    `gives` None: it was kept before a load said that, and gives what its kind does, as far as its files go (history).
    """

    id: str
    kind: str
    authority: str | None
    as_at: date
    n_rows: Mapping[str, int]
    manifest: Mapping[str, Any]
    folder: Path
    gives: Gives | None = None

    def table(self, name: str) -> Path | None:
        path = self.folder / f"{name}.parquet"
        return path if path.exists() else None


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, read a megabyte at a time."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def name_of(kind: str, facts: Mapping[str, Any], files: Mapping[str, str]) -> str:
    """The name of a folder: the hash of its kind, its facts and its files' hashes, in canonical JSON."""
    content = json.dumps({"kind": kind, "facts": facts, "files": files}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _flush(path: Path) -> None:
    """Put a file, or a folder's list of names where the system has that, on the disk itself."""
    if path.is_dir():
        if os.name == "nt":
            return
        handle = os.open(path, os.O_RDONLY)
    else:
        handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)


class Store:
    """The folders under `root`. Cheap to make; safe for many readers and writers at once."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def write_folder(self, kind: str, build: Callable[[Path], Mapping[str, Any]]) -> str:
        """Write a folder of a kind and give its name. `build` fills an empty folder and returns facts (JSON) to keep.

        Idempotent: the same content is the same folder. An exception in `build` leaves nothing.
        """
        aside = self.root / "aside"
        aside.mkdir(parents=True, exist_ok=True)
        working = Path(tempfile.mkdtemp(dir=aside, prefix=f"{os.getpid()}-"))
        try:
            facts = json.loads(json.dumps(dict(build(working)), default=str))
            files = {path.relative_to(working).as_posix(): file_sha256(path) for path in _files(working)}
            name = name_of(kind, facts, files)
            manifest = {"kind": kind, "facts": facts, "files": files}
            (working / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
            for path in [*sorted(working.rglob("*"), reverse=True), working]:
                _flush(path)
            place = self.root / kind / name
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                if not place.exists():
                    working.rename(place)
            except OSError:
                if not place.exists():  # else somebody wrote the same content first, and theirs stands
                    raise
            _flush(place.parent)
            return name
        finally:
            shutil.rmtree(working, ignore_errors=True)

    def folder(self, kind: str, name: str) -> Path:
        """Where a folder is. Raises NoSuchFolder."""
        place = self.root / kind / name
        if len(name) != 64 or not (place / MANIFEST).is_file():
            raise NoSuchFolder(kind, name)
        return place

    def facts(self, kind: str, name: str) -> dict[str, Any]:
        """The facts kept with a folder. Raises NoSuchFolder; ChangedFolder when they are not as they were written."""
        return self.said(kind, name)[0]

    def said(self, kind: str, name: str) -> tuple[dict[str, Any], dict[str, str]]:
        """The facts kept with a folder, and the hash of each of its files. Raises as `facts` does."""
        manifest = _manifest(self.folder(kind, name))
        if manifest is None or manifest["kind"] != kind or manifest["name"] != name:
            raise ChangedFolder(kind, name)
        return manifest["facts"], manifest["files"]

    def content(self, kind: str, name: str, file: str) -> bytes:
        """One file of a folder. Raises as `facts` does, for a file that is not as it was written too."""
        _, written = self.said(kind, name)
        found = self.folder(kind, name) / file
        if not found.is_file() or file_sha256(found) != written.get(file):
            raise ChangedFolder(kind, name)
        return found.read_bytes()

    def keep(self, reading: Reading, *, as_at: date) -> str:
        """Keep what reading a return, or taking an extract, gave: its load's id. The folder is copied, not moved."""

        def build(working: Path) -> dict[str, Any]:
            for path in sorted(reading.folder.glob("*.parquet")):
                shutil.copyfile(path, working / path.name)
            return {
                "kind": reading.kind,
                "authority": reading.authority,
                "year": reading.year,
                "reference_date": reading.reference_date,
                "as_at": as_at,
                "source_sha256": reading.source_sha256,
                "n_rows": dict(reading.n_rows),
                "n_faults": dict(reading.n_faults),
                "gives": reading.gives(as_at).as_facts(),
            }

        return self.write_folder("loads", build)

    def load(self, load_id: str) -> Load:
        """One load. Raises NoSuchFolder."""
        facts = self.facts("loads", load_id)
        return Load(
            id=load_id,
            kind=facts["kind"],
            authority=facts["authority"],
            as_at=date.fromisoformat(facts["as_at"]),
            n_rows=facts["n_rows"],
            manifest=facts,
            folder=self.folder("loads", load_id),
            gives=Gives.from_facts(facts["gives"]) if "gives" in facts else None,
        )

    def loads(self) -> list[Load]:
        """Every load that is as it was written, in order of name; verify() names the others."""
        found = []
        for name in self.names("loads"):
            with contextlib.suppress(ChangedFolder):
                found.append(self.load(name))
        return found

    def names(self, kind: str) -> list[str]:
        """The names of every whole folder of a kind, in order."""
        place = self.root / kind
        found = sorted(path.name for path in place.iterdir() if path.is_dir()) if place.is_dir() else []
        return [name for name in found if len(name) == 64 and (place / name / MANIFEST).is_file()]

    def faults(self, load_id: str, rule: str | None = None, offset: int = 0, limit: int = 50) -> list[Fault]:
        """A page of a load's faults, in file order; of one rule when it is named."""
        return read_faults(self.folder("loads", load_id) / FAULTS, rule, offset, limit)

    def clean_up(self, keep: Callable[[Path], bool] = lambda path: False) -> int:
        """Remove what a killed writer left aside; how many. `keep` says which are still being written."""
        aside = self.root / "aside"
        stale = [path for path in aside.iterdir() if not keep(path)] if aside.is_dir() else []
        for path in stale:
            shutil.rmtree(path, ignore_errors=True)
        return len(stale)

    def verify(self) -> list[str]:
        """A plain sentence for each file or folder that is not what was written. [] when all are."""
        return [problem for kind in KINDS for problem in self._verify_kind(kind)]

    def _verify_kind(self, kind: str) -> Iterator[str]:
        place = self.root / kind
        for folder in sorted(place.iterdir()) if place.is_dir() else []:
            where = folder.relative_to(self.root).as_posix()
            manifest = _manifest(folder)
            if manifest is None:
                yield f"The file {where}/{MANIFEST} is missing or cannot be read."
                continue
            if manifest["name"] != folder.name or manifest["kind"] != kind:
                yield f"The file {where}/{MANIFEST} has been changed since it was written."
            yield from _verify_files(folder, where, manifest["files"])
            yield from self._verify_made_from(kind, where, manifest["facts"])

    def _verify_made_from(self, kind: str, where: str, facts: Mapping[str, Any]) -> Iterator[str]:
        """What a folder says that it was made from must be there too, or it could not be made again."""
        fact, other = MADE_FROM.get(kind, ("", ""))
        named = facts.get(fact, [])
        for name in [named] if isinstance(named, str) else named:
            if not (self.root / other / str(name) / MANIFEST).is_file():
                yield f"The folder {other}/{str(name)[:12]}, which {where[:24]} was made from, is missing."


def _manifest(folder: Path) -> dict[str, Any] | None:
    """What a folder says of itself, with the `name` that follows from that; None when it cannot be read."""
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        kind, facts, files = said["kind"], dict(said["facts"]), dict(said["files"])
        return {"kind": kind, "facts": facts, "files": files, "name": name_of(kind, facts, files)}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _verify_files(folder: Path, where: str, written: Mapping[str, str]) -> Iterator[str]:
    found = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    for name, digest in sorted(written.items()):
        if name not in found:
            yield f"The file {where}/{name} is missing."
            continue
        problem = f"The file {where}/{name} has been changed since it was written."
        with contextlib.suppress(OSError):
            problem = "" if file_sha256(found[name]) == digest else problem
        if problem:
            yield problem
    for name in sorted(set(found) - set(written)):
        yield f"The file {where}/{name} was not there when the folder was written."


def read_faults(path: Path, rule: str | None = None, offset: int = 0, limit: int = 50) -> list[Fault]:
    """A page of the faults in a faults file; [] where there is no file."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    if not path.is_file():
        return []
    table = pq.read_table(path)
    if rule is not None:
        table = table.filter(pc.equal(table["rule"], rule))
    return [Fault(**row) for row in table.slice(offset, limit).to_pylist()]
