"""Invented returns for the demonstration, written through the analytical door. No real child is in them."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from holdfast import analytics


def write_invented_returns(
    folder: Path,
    *,
    seed: int,
    until: date,
    authority: str,
    children_scale: float = 1.0,
    only_that_day: bool = False,
    lists_on: Collection[date] = (),
) -> list[tuple[Path, date]]:
    """Write census files of an invented authority, oldest first, and say as at which date each is.

    Each year's, and those between, up to `until`; or, `only_that_day`, the one file as at `until`.
    `lists_on`: the days on which lists of Annex A follow the census. `children_scale` 0.1 makes an authority
    with a tenth of the children, for tests.
    """
    folder.mkdir(parents=True, exist_ok=True)
    days = [until] if only_that_day else None
    return analytics.demo_returns(
        folder, seed, until=until, days=days, code=authority, children_scale=children_scale, lists_on=lists_on
    )
