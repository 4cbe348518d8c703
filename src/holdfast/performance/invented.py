"""Invented returns for the demonstration, written through the analytical door. No real child is in them."""

from datetime import date
from pathlib import Path

from holdfast import analytics


def write_invented_returns(
    folder: Path, *, seed: int, until: date, authority: str, children_scale: float = 1.0
) -> list[tuple[Path, date]]:
    """Write census files of an invented authority, oldest first, and say as at which date each is.

    `children_scale` 0.1 makes an authority with a tenth of the children, for tests.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return analytics.demo_returns(folder, seed, until=until, code=authority, children_scale=children_scale)
