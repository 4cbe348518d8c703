"""Files kept under their hash: whole or not there, the same bytes once, and nothing read back but what was kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from holdfast.jobs import kept

SHA = "e" * 64


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(tmp_path: Path, settings: object) -> None:
    settings.HOLDFAST_DATA = tmp_path  # type: ignore[attr-defined]


def test_the_same_bytes_twice_are_kept_once_under_their_hash(tmp_path: Path) -> None:
    first, again = kept.keep_bytes("papers", b"a paper"), kept.keep_bytes("papers", b"a paper")
    assert first == again
    assert first.n_bytes == 7
    assert [path.name for path in (tmp_path / "papers").iterdir()] == [first.sha256]
    assert kept.read(first.path, first.sha256) == b"a paper"


def test_a_file_over_the_limit_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "sent.pdf"
    file.write_bytes(b"12345")
    assert kept.keep_file("papers", file, 5).n_bytes == 5
    file.write_bytes(b"123456")
    with pytest.raises(kept.TooLarge, match=r"sent\.pdf is larger than"):
        kept.keep_file("papers", file, 5)
    assert len(list((tmp_path / "papers").iterdir())) == 1


@pytest.mark.parametrize("change", ["removed", "changed"])
def test_what_is_not_as_it_was_kept_is_never_read_back(change: str) -> None:
    paper = kept.keep_bytes("papers", b"a paper")
    paper.path.unlink() if change == "removed" else paper.path.write_bytes(b"another")
    words = "is missing" if change == "removed" else "has been changed since it was sent"
    assert kept.problem_with("papers", paper.sha256, "sent") == words
    with pytest.raises(kept.NotAsKept, match=words):
        kept.read(paper.path, paper.sha256, "sent")


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "E" * 64, "e" * 63, f"{SHA}/x"])
def test_a_name_that_is_not_a_hash_is_no_path(name: str) -> None:
    with pytest.raises(kept.NotAsKept, match="no SHA-256"):
        kept.path_of("papers", name)
    assert kept.problem_with("papers", name) == "is kept under what is no SHA-256", "said, and the next is looked at"


def test_a_folder_is_kept_whole_and_left_as_it_was(tmp_path: Path) -> None:
    digests = kept.keep_folder("papers", SHA, {"a.txt": b"a", "b.txt": b"b"})
    assert kept.keep_folder("papers", SHA, {"a.txt": b"other"}) == {"a.txt": kept.digest(b"other")}
    assert kept.problem_with("papers", SHA, file="a.txt", expected=digests["a.txt"]) == ""


def test_what_a_killed_writer_left_is_cleared_and_what_a_running_one_writes_is_not(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    shelf = tmp_path / "papers"
    (shelf / f"aside-{gone.pid}-folder").mkdir(parents=True)
    (shelf / f"aside-{gone.pid}-file").write_bytes(b"half")
    (shelf / "aside-of-an-older-kind").write_bytes(b"half")
    (shelf / f"aside-{os.getpid()}-file").write_bytes(b"half")
    assert kept.clear_what_was_left("papers") == 3
    assert [path.name for path in shelf.iterdir()] == [f"aside-{os.getpid()}-file"]
    assert kept.clear_what_was_left("never used") == 0
