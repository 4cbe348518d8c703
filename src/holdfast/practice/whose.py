"""Whose side an account is on: the agencies that it answers for, and those whose records it is shown.

Rule: fails closed. A role over an agency is shown that agency's alone; the council's own people answer for the council.
"""

from collections.abc import Iterable

from holdfast.access.doors import SYSTEM, Actor, Grant, Refused, check, grants
from holdfast.access.permissions import Permission
from holdfast.access.roles import ROLES, STAFF
from holdfast.organisation import selectors as organisation
from holdfast.organisation.models import COUNCIL, Agency


def _held(user: Actor, code: str) -> list[Grant]:
    return [grant for grant in grants(user) if grant.programme == code]


def own_agencies(user: Actor, code: str) -> list[Agency]:
    """The agencies for which an account may decide and report: that of its role; the council's, for the council's own.

    A partner's role over the whole programme answers for no agency.
    """
    check(user, Permission.SEE_PROGRAMME, code)
    held = [grant for grant in _held(user, code) if Permission.ANSWER_FOR_AGENCY in ROLES[grant.role].permissions]
    keys = {grant.key for grant in held if grant.kind == "agency"}
    is_council = any(grant.role in STAFF for grant in held)
    every = organisation.agencies(user, code)
    return [agency for agency in every if agency.code in keys or (is_council and agency.kind == COUNCIL)]


def own_agency(user: Actor, code: str) -> Agency:
    """The one agency an account answers for; the first by name of several. Raises Refused where there is none."""
    own = own_agencies(user, code)
    if not own:
        raise Refused(Permission.ANSWER_FOR_AGENCY, code)
    return own[0]


def shown_agencies(user: Actor, code: str) -> list[Agency]:
    """The agencies whose records an account is shown: those of `partners`, or of its role where it is over some.

    Raises Refused.
    """
    check(user, Permission.SEE_PROGRAMME, code)
    every = partners(code)
    held = [] if user is SYSTEM else _held(user, code)
    if held and all(grant.kind == "agency" for grant in held):
        own = {grant.key for grant in held}
        return [agency for agency in every if agency.code in own]
    return every


def partners(code: str) -> list[Agency]:
    """Every agency that works with children here: not the Department, nor one of another kind, like the chair's own."""
    return working_with_children(organisation.agencies(SYSTEM, code))


def working_with_children(agencies: Iterable[Agency]) -> list[Agency]:
    return [agency for agency in agencies if agency.kind not in ("government", "other")]
