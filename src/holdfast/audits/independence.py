"""Who may audit or moderate which case. Pure, over what is known of an account.

Rule: nobody audits their own case, their team's, or one they declared a conflict about; whoever moderates, or decides
on a panel, is somebody else, outside the line that answers for the case; a moderator has seen neither the first grade
nor an answer. Whoever works for a partner agency answers from that agency's record in an audit by several, and from no
other's, and reads no case file of the council's.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from holdfast.access.permissions import Permission
from holdfast.access.roles import ROLES
from holdfast.organisation.models import RoleHolding

TEAM_MANAGER: Final = "team-manager"
NOT_ON_RECORD: Final = "an agency that is not on record"
IN_THE_LINE: Final = frozenset({TEAM_MANAGER, "director"})
"""Roles that answer for a team's work: over the whole programme, for every team's."""


@dataclass(frozen=True)
class Candidate:
    """An account, by its key, with the roles it holds, and the cases and teams it declared a conflict about.

    `partner`: the agency that it works for, where that is not the council, or NOT_ON_RECORD; "" for the council's own.
    """

    account: int
    name: str
    roles: frozenset[tuple[str, str, str]]
    cases: frozenset[str]
    teams: frozenset[str]
    n_open: int
    partner: str = ""

    def may(self, permission: Permission) -> bool:
        return any(role in ROLES and permission in ROLES[role].permissions for role, _, _ in self.roles)


@dataclass(frozen=True)
class Case:
    """What independence is judged by: the case, its team, and whose it is (None: no account).

    `knew`: who took a step for the child's safety, and so read an answer of its audit.
    """

    ref: str
    team: str
    worker: int | None
    knew: frozenset[int | None] = frozenset()


def candidate(
    account: int,
    name: str,
    holdings: Iterable[RoleHolding],
    conflicts: Iterable[tuple[str, str]],
    n_open: int,
    partner: str = "",
) -> Candidate:
    conflicts = list(conflicts)
    return Candidate(
        account,
        name,
        frozenset((held.role, held.kind, held.key) for held in holdings),
        frozenset(case.upper() for case, _ in conflicts if case),
        frozenset(team for _, team in conflicts if team),
        n_open,
        partner,
    )


def why_not_auditor(one: Candidate, case: Case) -> str:
    """Why an account may not audit a case, in words; "" when it may."""
    return why_not_answerer(one, case) or _partners(one)


def why_not_answerer(one: Candidate, case: Case) -> str:
    """Why an account may not answer from its agency's own record of a case, in words; "" when it may."""
    if not one.may(Permission.AUDIT_CASES):
        return f"{one.name} is not an auditor"
    return _not_independent(one, case)


def why_not_answer_for(one: Candidate, agency: str, *, is_council: bool) -> str:
    """Why an account may not answer from an agency's record, in words; "" when it may.

    Of whom nothing is on record may: being asked puts them on record as the agency's.
    """
    own = "" if is_council else agency
    if one.partner in (own, NOT_ON_RECORD):
        return ""
    whose = "the council’s" if is_council else f"that of {agency}"
    return f"{one.name} works for {one.partner or 'the council'}, and the record is {whose}"


def why_not_moderator(one: Candidate, case: Case, auditor: int | None) -> str:
    """Why an account may not grade an audited case again, in words; "" when it may."""
    if one.account == auditor:
        return f"{one.name} audited it"
    if not one.may(Permission.MODERATE_AUDITS):
        return f"{one.name} is not a moderator"
    if one.account in case.knew:
        return f"{one.name} read an answer of it, for the child’s safety"
    return _in_the_line(one) or _not_independent(one, case) or _partners(one) or _reads_grades(one)


def why_not_panellist(one: Candidate, case: Case, gave: Collection[int | None]) -> str:
    """Why an account may not sit on the panel that decides a case's grade, in words; "" when it may.

    `gave`: who gave the two grades.
    """
    if one.account in gave:
        return f"{one.name} gave one of the two grades"
    if not (
        one.may(Permission.AUDIT_CASES) or one.may(Permission.MODERATE_AUDITS) or one.may(Permission.MANAGE_AUDITS)
    ):
        return f"{one.name} neither audits nor moderates"
    return _in_the_line(one) or _not_independent(one, case) or _partners(one)


def _in_the_line(one: Candidate) -> str:
    if any(role in IN_THE_LINE and kind == "programme" for role, kind, _ in one.roles):
        return f"{one.name} stands in the line that answers for the case"
    return ""


def _reads_grades(one: Candidate) -> str:
    return f"{one.name} reads every audit, and so the grade that it has" if one.may(Permission.SEE_EVERY_AUDIT) else ""


def _partners(one: Candidate) -> str:
    if one.partner == NOT_ON_RECORD:
        return f"nothing on record says that {one.name} works for the council, whose the case file is: give them a post"
    return f"{one.name} works for {one.partner}, and the case file is the council’s" if one.partner else ""


def _not_independent(one: Candidate, case: Case) -> str:
    if one.account == case.worker:
        return f"it is {one.name}’s own case"
    if any(kind == "team" and key == case.team for _, kind, key in one.roles):
        return f"it is a case of {one.name}’s own team"
    if case.ref.upper() in one.cases or case.team in one.teams:
        return f"{one.name} has declared a conflict"
    return ""


def fairest(candidates: Collection[Candidate]) -> Candidate | None:
    """Of those who may, the one with the fewest audits in hand; the first by name of equals. None of nobody."""
    return min(candidates, key=lambda one: (one.n_open, one.name, one.account), default=None)
