"""Invented returns for the demonstration, written through the analytical door. No real child is in them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from holdfast import analytics


def write_invented_returns(
    folder: Path,
    *,
    seed: int,
    until: date,
    authority: str,
    children_scale: float = 1.0,
    only_that_day: bool = False,
    besides: Mapping[str, Any] | None = None,
) -> list[tuple[Path, date]]:
    """Write census files of an invented authority, oldest first, and say as at which date each is.

    Each year's, and those between, up to `until`; or, `only_that_day`, the one file as at `until`.
    `besides`: what is sent beside the census, as analytics.Besides has it. `children_scale` 0.1 makes an authority
    with a tenth of the children, for tests.
    """
    folder.mkdir(parents=True, exist_ok=True)
    facts: dict[str, Any] = {"code": authority, "children_scale": children_scale}
    if only_that_day:
        facts["days"] = [until]
    return analytics.demo_returns(folder, seed, until=until, besides=analytics.Besides(**besides or {}), **facts)
