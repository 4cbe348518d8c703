"""What a killed writer left is removed wherever something is set aside, and nothing that is kept or being written."""

import os
from pathlib import Path
from typing import Any

import pytest

from holdfast.web.verify import clear_what_was_left

NOBODY = 2**22 + 7
"""No process has this number: it is more than Linux ever gives."""


@pytest.mark.parametrize(
    ("left", "being_written"),
    [
        ("returns/aside-{}-x", "returns/aside-{}-y"),
        ("editions/aside-{}-x/report.pdf", "editions/aside-{}-y/report.pdf"),
        ("store/aside/{}-x/figures.parquet", "store/aside/{}-y/figures.parquet"),
        ("reading/0123456789abcdef-{}/person.parquet", "reading/fedcba9876543210-{}/person.parquet"),
        ("aside-{}-copy/holdfast.sqlite3", "aside-{}-other/holdfast.sqlite3"),
    ],
)
def test_what_a_killed_writer_left_is_removed_and_nothing_else(
    settings: Any, tmp_path: Path, left: str, being_written: str
) -> None:
    settings.HOLDFAST_DATA = tmp_path
    kept = tmp_path / "editions" / ("a" * 64) / "report.pdf"
    gone, stays = tmp_path / left.format(NOBODY), tmp_path / being_written.format(os.getpid())
    for path in (kept, gone, stays):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    assert clear_what_was_left() == 1
    assert (kept.exists(), gone.exists(), stays.exists()) == (True, False, True)
