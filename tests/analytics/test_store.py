"""The store is written whole or not at all, holds content under its own hash, and finds whatever was changed since."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics.census import child, episode, message, read
from holdfast.analytics import store as store_module
from holdfast.analytics.history import snapshot as snapshot_of
from holdfast.analytics.returns import Reading
from holdfast.analytics.store import ChangedFolder, NoSuchFolder, Store

AS_AT = date(2014, 3, 31)


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    inside = "<CINclosureDate>2013-02-30</CINclosureDate><Mood/>"
    return read(
        tmp_path, message(child("A1", episode("2013-04-01", inside)), child("B2", episode("2013-04-02", "<Mood/>")))
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def visible(store: Store) -> list[str]:
    return [f"{kind}/{name}" for kind in ("loads", "snapshots", "releases") for name in store.names(kind)]


def test_a_reading_is_kept_as_a_load_under_the_hash_of_its_content(store: Store, reading: Reading) -> None:
    load_id = store.keep(reading, as_at=AS_AT)
    assert len(load_id) == 64
    load = store.load(load_id)
    assert (load.id, load.kind, load.authority, load.as_at) == (load_id, "cin_census", "999", AS_AT)
    assert load.n_rows["cin_episodes"] == 2
    assert [one.id for one in store.loads()] == [load_id]
    assert store.verify() == []


def test_keeping_the_same_reading_twice_keeps_it_once(store: Store, reading: Reading) -> None:
    assert store.keep(reading, as_at=AS_AT) == store.keep(reading, as_at=AS_AT)
    assert len(store.loads()) == 1
    assert list((store.root / "aside").iterdir()) == []


def test_the_same_file_as_at_another_day_is_another_load(store: Store, reading: Reading) -> None:
    assert store.keep(reading, as_at=AS_AT) != store.keep(reading, as_at=date(2014, 1, 31))


def test_the_reading_s_own_folder_is_left_as_it_was(store: Store, reading: Reading) -> None:
    before = {path.name: path.read_bytes() for path in reading.folder.iterdir()}
    store.keep(reading, as_at=AS_AT)
    assert {path.name: path.read_bytes() for path in reading.folder.iterdir()} == before


def test_faults_are_given_a_page_at_a_time_and_by_rule(store: Store, reading: Reading) -> None:
    load_id = store.keep(reading, as_at=AS_AT)
    assert [fault.rule for fault in store.faults(load_id)] == ["bad-date", "unknown-element", "unknown-element"]
    assert [fault.child for fault in store.faults(load_id, "unknown-element")] == ["A1", "B2"]
    assert [fault.child for fault in store.faults(load_id, "unknown-element", offset=1, limit=1)] == ["B2"]
    assert store.faults(load_id, "no-such-rule") == []


def test_what_is_not_in_the_store_is_said_in_words(store: Store) -> None:
    for name in ("0" * 64, "../../etc/passwd", ""):
        with pytest.raises(NoSuchFolder, match="has no load"):
            store.load(name)


STEPS = ["shutil.copyfile", "_flush", "file_sha256", "name_of", "Path.rename", "json.dumps"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_failure_at_any_step_leaves_nothing_visible(
    store: Store, reading: Reading, monkeypatch: pytest.MonkeyPatch, step: str, after: int
) -> None:
    owner: Any = store_module
    *path, name = step.split(".")
    for part in path:
        owner = getattr(owner, part)
    real, calls = getattr(owner, name), iter(range(10_000))

    def fails_in_time(*given: Any, **named: Any) -> Any:
        if next(calls) >= after:
            raise OSError("the disk is full")
        return real(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(owner, name, fails_in_time)
        with contextlib.suppress(OSError):
            store.keep(reading, as_at=AS_AT)
    assert all(store.verify() == [] for _ in visible(store))
    load_id = store.keep(reading, as_at=AS_AT)  # and it can be kept afterwards, whole
    assert visible(store) == [f"loads/{load_id}"]
    assert store.verify() == []


KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from holdfast.analytics import store as store_module
from holdfast.analytics.store import Store

def build(folder):
    (folder / "figures.parquet").write_bytes(b"half of it")
    if sys.argv[2] == "while building":
        os._exit(9)
    return {"n": 1}

real = store_module._flush
def flush(path):
    if sys.argv[2] == "while flushing":
        os._exit(9)
    real(path)
store_module._flush = flush
Store(Path(sys.argv[1])).write_folder("releases", build)
"""


@pytest.mark.parametrize("when", ["while building", "while flushing"])
def test_a_writer_killed_part_way_leaves_nothing_visible_and_can_be_cleared_up(store: Store, when: str) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(store.root), when], check=False)
    assert done.returncode == 9
    assert visible(store) == []
    assert store.verify() == []
    assert store.clean_up(keep=lambda path: True) == 0
    assert store.clean_up() == 1
    assert store.clean_up() == 0


def test_clearing_up_a_store_that_was_never_written_to_does_nothing(store: Store) -> None:
    assert store.clean_up() == 0
    assert store.verify() == []


def test_a_folder_of_folders_is_named_by_everything_in_it(store: Store) -> None:
    def build(folder: Path, word: str = "one") -> dict[str, Any]:
        (folder / "rows").mkdir()
        (folder / "rows" / "I03.parquet").write_text(word)
        return {"n_figures": 1}

    first = store.write_folder("releases", build)
    assert store.write_folder("releases", build) == first
    assert store.write_folder("releases", lambda folder: build(folder, "two")) != first
    assert store.facts("releases", first) == {"n_figures": 1}
    manifest = json.loads((store.folder("releases", first) / "manifest.json").read_text())
    assert list(manifest["files"]) == ["rows/I03.parquet"]


def test_somebody_else_writing_the_same_content_first_is_no_failure(
    store: Store, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = Store(store.root.parent / "elsewhere")
    load_id = elsewhere.keep(reading, as_at=AS_AT)

    def too_late(working: Path, place: Path) -> Path:
        shutil.copytree(elsewhere.folder("loads", load_id), place)
        raise OSError("the folder is there already")

    monkeypatch.setattr(Path, "rename", too_late)
    assert store.keep(reading, as_at=AS_AT) == load_id
    assert store.verify() == []


@pytest.fixture
def kept(store: Store, reading: Reading) -> Path:
    return store.folder("loads", store.keep(reading, as_at=AS_AT))


def test_one_changed_byte_is_found_and_its_file_named(store: Store, kept: Path) -> None:
    path = kept / "person.parquet"
    contents = bytearray(path.read_bytes())
    contents[len(contents) // 2] ^= 1
    path.write_bytes(contents)
    assert store.verify() == [f"The file loads/{kept.name}/person.parquet has been changed since it was written."]


def test_a_missing_file_and_an_added_one_are_found_and_named(store: Store, kept: Path) -> None:
    (kept / "person.parquet").unlink()
    (kept / "notes.txt").write_text("mine")
    assert store.verify() == [
        f"The file loads/{kept.name}/person.parquet is missing.",
        f"The file loads/{kept.name}/notes.txt was not there when the folder was written.",
    ]


def test_a_changed_manifest_is_found_even_when_it_agrees_with_the_files(store: Store, kept: Path) -> None:
    (kept / "person.parquet").write_bytes(b"other")
    manifest = json.loads((kept / "manifest.json").read_text())
    manifest["files"]["person.parquet"] = store_module.file_sha256(kept / "person.parquet")
    (kept / "manifest.json").write_text(json.dumps(manifest))
    assert store.verify() == [f"The file loads/{kept.name}/manifest.json has been changed since it was written."]


@pytest.mark.parametrize("contents", ["", "[]", '{"kind": "loads"}', "\x00"])
def test_a_manifest_that_cannot_be_read_is_named(store: Store, kept: Path, contents: str) -> None:
    (kept / "manifest.json").write_text(contents)
    assert store.verify() == [f"The file loads/{kept.name}/manifest.json is missing or cannot be read."]
    assert store.loads() == []
    with pytest.raises(ChangedFolder, match="has been changed"):
        store.load(kept.name)


def test_facts_that_were_changed_are_not_believed(store: Store, kept: Path) -> None:
    manifest = json.loads((kept / "manifest.json").read_text())
    manifest["facts"]["as_at"] = "2015-03-31"
    (kept / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ChangedFolder):
        snapshot_of(store, [kept.name])


def test_another_snapshot_s_damage_stops_nobody(store: Store, kept: Path, reading: Reading) -> None:
    damaged = snapshot_of(store, [kept.name])
    (damaged.folder / "manifest.json").write_text("{}")
    other = store.keep(reading, as_at=date(2014, 1, 31))
    assert snapshot_of(store, [other]).id != damaged.id


def test_a_renamed_load_is_found(store: Store, kept: Path) -> None:
    os.rename(kept, kept.with_name("f" * 64))
    [problem] = store.verify()
    assert f"loads/{'f' * 64}/manifest.json" in problem


def test_a_changed_snapshot_is_found(store: Store, kept: Path) -> None:
    snapshot = snapshot_of(store, [kept.name])
    assert snapshot_of(store, [kept.name]).id == snapshot.id
    assert store.verify() == []
    snapshot.tables["cin_episodes"].write_bytes(b"other")
    assert store.verify() == [
        f"The file snapshots/{snapshot.id}/cin_episodes.parquet has been changed since it was written."
    ]
