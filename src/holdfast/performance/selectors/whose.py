"""Whose records an account may see: the whole council's, or those of the teams that its role is over.

A record is the team's that holds its case, as the last release has it. What a release calls a team means the team of
the programme that somebody said (own_teams.py), or else that has it for a code or a name, and no other. Rule: fails
closed. A record that names no team, or one that the programme does not have, is shown to nobody whose role is over a
team, and how many those are is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import OuterRef, Subquery

from holdfast import analytics
from holdfast.access.doors import Actor, Refused, may, teams_over
from holdfast.access.permissions import Permission
from holdfast.organisation import selectors as organisation
from holdfast.organisation.models import Team
from holdfast.pages.words import counted, listed
from holdfast.performance.models import OwnTeams, Release
from holdfast.performance.selectors.figures import breakdowns_held

TEAM: Final = "case_team"
NO_TEAM: Final = "not known"
FEWEST_SAID: Final = 6
WHY_NONE: Final = (
    "This release names no teams: the returns it was made from do not say which team holds a case. "
    "The yearly children in need census has no team in it; Annex A and the Standard Safeguarding Dataset have."
)


@dataclass(frozen=True)
class Whose:
    """`own_names`: what a release may call the account's own teams; None: it may see the whole council's.

    `names`: what it may call any team of the programme. Names are as `plain` makes them. `own`: its teams, in words.
    """

    own_names: frozenset[str] | None
    names: frozenset[str]
    own: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return self.own_names is None

    def may_see(self, team: str | None) -> bool:
        """Whether a record may be shown whose case the team holds. None: it names none."""
        return self.own_names is None or (bool(team) and plain(team or "") in self.own_names)


def plain(name: str) -> str:
    """A team's name or code without what does not tell teams apart: capitals, and spaces around and between words."""
    return " ".join(name.split()).casefold()


def whose_records(user: Actor, permission: Permission, code: str) -> Whose:
    """Over whose records an account holds a permission. Raises Refused when over nobody's."""
    is_whole = may(user, permission, code)
    own = frozenset() if is_whole else teams_over(user, permission, code)
    if not is_whole and not own:
        raise Refused(permission, code)
    teams, said = teams_and_said(user, code)
    sure = team_by_name(teams, said)
    own_names = None if is_whole else frozenset(name for name, team in sure.items() if team in own)
    return Whose(own_names, frozenset(sure), tuple(team.name for team in teams if team.code in own))


def teams_and_said(user: Actor, code: str) -> tuple[list[Team], dict[str, str]]:
    """A programme's teams, and by a name that returns use the code of the team somebody said it means ("": none).

    Asked as one, since a page asks it that may ask nothing more.
    """
    newest = OwnTeams.objects.filter(programme=OuterRef("programme")).order_by("-version").values("teams")[:1]
    teams: list[Team] = [*organisation.teams(user, code).annotate(said=Subquery(newest))]
    return teams, dict(getattr(teams[0], "said", None) or {}) if teams else {}


def team_by_name(teams: Iterable[Team], said: Mapping[str, str]) -> dict[str, str]:
    """By a name as `plain` makes it, the code of the one team it means: as was said, else by its code or its name."""
    meant: dict[str, set[str]] = {}
    for team in teams:
        for name in (team.code, team.name):
            meant.setdefault(plain(name), set()).add(team.code)
    sure = {name: next(iter(codes)) for name, codes in meant.items() if len(codes) == 1}
    sure |= {plain(name): team for name, team in said.items()}
    return {name: team for name, team in sure.items() if team}


def teams_meant(user: Actor, code: str) -> dict[str, Team]:
    """By a name as `plain` makes it, the one team of a programme that it means. A name of none or of two is not in."""
    teams, said = teams_and_said(user, code)
    by_code = {team.code: team for team in teams}
    return {name: by_code[meant] for name, meant in team_by_name(teams, said).items() if meant in by_code}


def names_teams(release: Release, indicator: str) -> bool:
    """Whether a release says of the records behind an indicator which team holds the case."""
    return TEAM in breakdowns_held(release, indicator)


def team_of(row: "analytics.Row") -> str | None:
    """The team that holds a record's case, as the release calls it; None: it names none."""
    return row.groups.get(TEAM) or None


def whose_words(whose: Whose, *, has_teams: bool, teams: Sequence[str | None] = ()) -> str:
    """What a page says of whose records it shows. `teams`: the team of every record that there is, shown or not."""
    if not has_teams:
        nobody = "" if whose.is_whole else " So nobody whose role is over a team is shown any record."
        return f"{'The whole council. ' if whose.is_whole else ''}{WHY_NONE}{nobody}"
    shown = "The whole council." if whose.is_whole else f"Only the records whose case {listed(whose.own)} holds."
    n_without = sum(team is None for team in teams)
    n_unmet = sum(team is not None and plain(team) not in whose.names for team in teams)
    said = (
        _left_out(whose, n_without, "names no team", "name no team"),
        _left_out(whose, n_unmet, "names a team that is not set up here", "name a team that is not set up here"),
    )
    return " ".join([shown, *filter(None, said)])


def _left_out(whose: Whose, n: int, has: str, have: str) -> str:
    """How many records no role over a team is shown, and why; a role over one team is not told a small count of them.

    Nor an exact one, which could be taken from what is published of all teams together.
    """
    if not n:
        return ""
    to_nobody = "shown to nobody whose role is over a team."
    if whose.is_whole:
        return f"{counted(n, 'record')} {has if n == 1 else have}, {to_nobody}"
    about = f"Fewer than {FEWEST_SAID}" if n < FEWEST_SAID else f"About {round(n / 5) * 5:,}"
    return f"{about} records {have}, {to_nobody}"


def teams_shown(whose: Whose, teams: Iterable[str | None]) -> dict[str, int]:
    """How many of the records that may be seen each team holds, in order; those that name none come last."""
    counts: dict[str, int] = {}
    for team in teams:
        if whose.may_see(team):
            counts[team or NO_TEAM] = counts.get(team or NO_TEAM, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: (pair[0] == NO_TEAM, pair[0])))
