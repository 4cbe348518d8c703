"""Invented returns come through the analytical door, oldest first, and stop at a day."""

from datetime import date
from pathlib import Path

from holdfast.performance.invented import write_invented_returns


def test_the_invented_returns_are_written_oldest_first_until_a_day(tmp_path: Path) -> None:
    files = write_invented_returns(
        tmp_path / "new", seed=1, until=date(2012, 3, 31), authority="998", children_scale=0.01
    )
    assert [as_at for _, as_at in files] == [date(2011, 3, 31), date(2012, 3, 31)]
    assert all(b"<LEA>998</LEA>" in path.read_bytes() for path, _ in files)
