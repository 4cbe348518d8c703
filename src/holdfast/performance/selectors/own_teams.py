"""Names that returns give teams, and which team of the programme each means so far.

Not here: whose records an account may see by them (whose.py). Rule: no record and no count of one is here.
"""

from dataclasses import dataclass

from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.organisation.models import Programme, Team
from holdfast.performance.selectors.faults import teams_of_children
from holdfast.performance.selectors.whose import plain, team_by_name, teams_and_said


@dataclass(frozen=True)
class NamedTeam:
    """A name, and the team it means: None where nobody said and no code or name is the same; NO_TEAM for none here."""

    name: str
    team: str | None
    is_said: bool


NO_TEAM = ""


def teams_named(user: Actor, programme: Programme) -> tuple[list[NamedTeam], list[Team]]:
    """Every name that the newest returns give a team, what means nothing first; and the teams set up here.

    Raises Refused.
    """
    check(user, Permission.SUBMIT_RETURN, programme.code)
    teams, said = teams_and_said(user, programme.code)
    sure, spoken = team_by_name(teams, said), {plain(name): team for name, team in said.items()}
    names = {plain(name): name for name in sorted(set(teams_of_children(programme).values()), reverse=True)}
    named = [
        NamedTeam(name, sure.get(key, NO_TEAM if key in spoken else None), key in spoken) for key, name in names.items()
    ]
    return sorted(named, key=lambda each: (each.team is not None, each.name)), teams
