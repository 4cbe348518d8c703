"""What the service writes holds children's records: no other account of the machine may read it."""

import os
from pathlib import Path

import pytest

from holdfast.performance.keeping import keep_original, original_path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such marks; its folders' rights say who")


@pytest.mark.usefixtures("settings")
def test_a_file_and_a_folder_are_for_the_account_that_wrote_them(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("a child's record", encoding="utf-8")
    assert [(tmp_path / name).stat().st_mode & 0o077 for name in ("folder", "file")] == [0, 0]


def test_an_original_is_kept_for_the_account_that_runs_the_service(tmp_path: Path, settings: object) -> None:
    settings.HOLDFAST_DATA = tmp_path / "data"  # type: ignore[attr-defined]
    sent = tmp_path / "census.xml"
    sent.write_text("<Message/>", encoding="utf-8")
    kept = original_path(keep_original(sent).sha256)
    assert [path.stat().st_mode & 0o077 for path in (kept, kept.parent)] == [0, 0]
