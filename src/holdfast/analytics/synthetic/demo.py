"""The files that the demonstration ingests: an annual return for each year, two part-year files between them, and
lists of Annex A where they are asked for.

Which council's code they carry is the caller's to say. Figures for the years that `county.yaml` marks unpublished are
invented.
"""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from holdfast.analytics.synthetic.annex_a import write_monthly_lists
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
    lists_on: Collection[date] = (),
) -> list[tuple[Path, date]]:
    """Write the invented authority's returns into a folder, oldest first; each with the day it is as at.

    `days` are those that there is a file as at (None: AS_AT); `until` leaves out later ones. `code` is the local
    authority code that the files carry. On the days of `lists_on` two lists of Annex A follow the census, a folder of
    CSV files.
    """
    authority = invent(seed, children_scale, code=code, shape=shape, with_mess=with_mess)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[tuple[Path, date]] = []
    for as_at in days or AS_AT:
        if until is None or as_at <= until:
            written.append((_write(authority, folder, as_at), as_at))
            if as_at in lists_on:
                lists = folder / f"annex-a-{authority.code}-as-at-{as_at.isoformat()}"
                write_monthly_lists(authority, lists, as_at=as_at)
                written.append((lists, as_at))
    return written


def _write(authority: Authority, folder: Path, as_at: date) -> Path:
    path = folder / f"cin-census-{authority.code}-as-at-{as_at.isoformat()}.xml"
    year_start = date(as_at.year - (as_at.month < 4), 4, 1)
    write_cin_census(authority, path, as_at=as_at, year_start=year_start)
    return path
