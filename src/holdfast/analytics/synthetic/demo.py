"""The files that the demonstration ingests: an annual return for each year, two part-year files between them, and
the lists of Annex A, oversight extracts, workforce and looked after returns that are asked for.

Which council's code they carry is the caller's to say. Figures for the years that `county.yaml` marks unpublished are
invented.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from holdfast.analytics.synthetic.annex_a import TEAMS, write_monthly_lists
from holdfast.analytics.synthetic.authority import INVENTED_CODE, Authority, invent
from holdfast.analytics.synthetic.calibration import Shape
from holdfast.analytics.synthetic.cin_xml import write_cin_census
from holdfast.analytics.synthetic.looked_after import write_ssda903
from holdfast.analytics.synthetic.oversight_csv import write_oversight
from holdfast.analytics.synthetic.workforce_xml import write_workforce

AS_AT = (
    date(2011, 3, 31),
    date(2012, 3, 31),
    date(2013, 3, 31),
    date(2014, 1, 31),
    date(2014, 3, 31),
    date(2014, 9, 30),
)


@dataclass(frozen=True)
class Besides:
    """What is sent beside the census, by the days it is as at. `teams`: what the lists of Annex A call the teams."""

    lists_on: Collection[date] = ()
    teams: Sequence[str] = TEAMS
    oversight_on: Collection[date] = ()
    looked_after_on: Collection[date] = ()
    workforce_on: Collection[date] = ()
    n_workers: int = 240

    @property
    def days(self) -> set[date]:
        return {*self.lists_on, *self.oversight_on, *self.looked_after_on, *self.workforce_on}


NOTHING_BESIDES = Besides()


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
    besides: Besides = NOTHING_BESIDES,
) -> list[tuple[Path, date]]:
    """Write the invented authority's returns into a folder, oldest first; each with the day it is as at.

    `days` are those that there is a census as at (None: AS_AT); `until` leaves out later ones. `code` is the local
    authority code that the files carry. What is `besides` follows the census of its day.
    """
    authority = invent(seed, children_scale, code=code, shape=shape, with_mess=with_mess)
    folder.mkdir(parents=True, exist_ok=True)
    censuses = days or AS_AT
    written: list[tuple[Path, date]] = []
    for as_at in sorted({*censuses, *besides.days}):
        if until is None or as_at <= until:
            files = [_census(authority, folder, as_at)] if as_at in censuses else []
            written += [(path, as_at) for path in (*files, *_beside(authority, folder, as_at, besides))]
    return written


def _census(authority: Authority, folder: Path, as_at: date) -> Path:
    path = folder / f"cin-census-{authority.code}-as-at-{as_at.isoformat()}.xml"
    write_cin_census(authority, path, as_at=as_at, year_start=_year_start(as_at))
    return path


def _year_start(as_at: date) -> date:
    return date(as_at.year - (as_at.month < 4), 4, 1)


def _beside(authority: Authority, folder: Path, as_at: date, besides: Besides) -> Iterator[Path]:
    named = f"{authority.code}-as-at-{as_at.isoformat()}"
    if as_at in besides.lists_on:
        path = folder / f"annex-a-{named}.xlsx"
        write_monthly_lists(authority, path, as_at=as_at, teams=besides.teams)
        yield path
    if as_at in besides.oversight_on:
        path = folder / f"oversight-{named}"
        write_oversight(authority, path, as_at=as_at, n_teams=len(besides.teams))
        yield path
    if as_at in besides.looked_after_on:
        path = folder / f"ssda903-{named}"
        write_ssda903(authority, path, as_at=as_at, year_start=_year_start(as_at), with_mess=True)
        yield path
    if as_at in besides.workforce_on:
        path = folder / f"workforce-{named}.xml"
        n_workers, code = besides.n_workers, authority.code
        write_workforce(path, seed=authority.seed, n_workers=n_workers, on=as_at, code=code, with_mess=True)
        yield path
