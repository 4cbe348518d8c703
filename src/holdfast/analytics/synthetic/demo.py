"""The files that the demonstration ingests: an annual return for each year, and two part-year files between them.

Which council's code they carry is the caller's to say. Figures for the years that `county.yaml` marks unpublished are
invented.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from holdfast.analytics.synthetic.authority import INVENTED_CODE, Authority, invent
from holdfast.analytics.synthetic.calibration import Shape
from holdfast.analytics.synthetic.cin_xml import write_cin_census

AS_AT = (
    date(2011, 3, 31),
    date(2012, 3, 31),
    date(2013, 3, 31),
    date(2014, 1, 31),
    date(2014, 3, 31),
    date(2014, 9, 30),
)


def demo_returns(
    folder: Path,
    seed: int,
    *,
    until: date | None = None,
    days: Sequence[date] | None = None,
    code: str = INVENTED_CODE,
    children_scale: float = 1.0,
    shape: Shape | None = None,
    with_mess: bool = True,
) -> list[tuple[Path, date]]:
    """Write the invented authority's returns into a folder, oldest first; each with the day it is as at.

    `days` are those that there is a file as at (None: AS_AT); `until` leaves out later ones. `code` is the local
    authority code that the files carry.
    """
    authority = invent(seed, children_scale, code=code, shape=shape, with_mess=with_mess)
    folder.mkdir(parents=True, exist_ok=True)
    return [(_write(authority, folder, as_at), as_at) for as_at in days or AS_AT if until is None or as_at <= until]


def _write(authority: Authority, folder: Path, as_at: date) -> Path:
    path = folder / f"cin-census-{authority.code}-as-at-{as_at.isoformat()}.xml"
    year_start = date(as_at.year - (as_at.month < 4), 4, 1)
    write_cin_census(authority, path, as_at=as_at, year_start=year_start)
    return path
