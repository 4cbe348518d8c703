"""What a council's own sheets, headings and teams' names mean, said once and kept for the next file.

Not here: what is suggested (analytics) or shown (selectors/own_headings.py, own_teams.py). Rule: each saying is a new
version that holds everything said so far; what was read before stays as it was read.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from holdfast import analytics
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.organisation.models import Programme, Team
from holdfast.performance.models import OwnHeadings, OwnTeams
from holdfast.performance.selectors.own_headings import latest


class NotNamed(NotDone):
    """What was said of a heading, or of a team's name, means nothing here."""


def _check_named(sheets: Mapping[str, int], headings: Mapping[int, Mapping[str, str]], rows: Mapping[str, int]) -> None:
    """Raises NotNamed for a list, a column or a row that there is not."""
    titles = analytics.list_titles()
    for number in {*sheets.values(), *headings} - {0}:
        if number not in titles:
            raise NotNamed(f"There is no list {number} that is read.")
    for number, named in headings.items():
        if not set(named.values()) <= {"", *analytics.headings_of(number)}:
            raise NotNamed(f"List {number} has no such column.")
    if min(rows.values(), default=0) < 0:
        raise NotNamed("A row is said by its number in the file; 0 is the one that is found.")


@service
def name_headings(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    sheets: Mapping[str, int],
    headings: Mapping[int, Mapping[str, str]],
    rows: Mapping[str, int] = MappingProxyType({}),
) -> OwnHeadings:
    """Say which list each sheet is, what each heading of a list means ("" to leave it out), and in which row of a sheet
    its headings stand (0: the one that is found). Raises NotNamed."""
    check(by, Permission.SUBMIT_RETURN, programme.code)
    _check_named(sheets, headings, rows)
    before = latest(programme)
    was = before.headings if before else {}
    said = {str(number): {**was.get(str(number), {}), **named} for number, named in headings.items()}
    made = OwnHeadings.objects.create(
        programme=programme,
        version=before.version + 1 if before else 1,
        sheets={**(before.sheets if before else {}), **sheets},
        headings={**was, **said},
        rows={**(before.rows if before else {}), **rows},
        set_at=at,
    )
    record(
        "headings named",
        programme=programme.code,
        subject=f"version {made.version}",
        detail={
            "sheets": dict(sheets),
            "headings": {str(number): dict(named) for number, named in headings.items()},
            **({"rows": dict(rows)} if rows else {}),
        },
    )
    return made


@service
def name_teams(*, by: Actor, at: datetime, programme: Programme, teams: Mapping[str, str]) -> OwnTeams:
    """Say which team each name in returns means, by its code ("" for none that is set up here). Raises NotNamed."""
    check(by, Permission.SUBMIT_RETURN, programme.code)
    there = set(Team.objects.filter(programme=programme).values_list("code", flat=True))
    if missing := sorted(set(teams.values()) - {"", *there}):
        raise NotNamed(f"There is no team {missing[0]}. There are: {', '.join(sorted(there)) or 'none'}.")
    before = OwnTeams.objects.filter(programme=programme).order_by("-version").first()
    made = OwnTeams.objects.create(
        programme=programme,
        version=before.version + 1 if before else 1,
        teams={**(before.teams if before else {}), **teams},
        set_at=at,
    )
    record("teams named", programme=programme.code, subject=f"version {made.version}", detail={"teams": dict(teams)})
    return made
