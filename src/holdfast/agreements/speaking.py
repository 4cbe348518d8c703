"""Whom an account may answer for: itself, the agency its role is over, the council, the body its role speaks for.

Pure, over grants and what the organisation holds. Rule: a role over the whole programme answers for no partner agency,
and who may agree to nothing answers for nobody.
"""

from collections.abc import Iterable
from typing import Protocol

from holdfast.access.permissions import Permission
from holdfast.access.roles import ROLES, STAFF
from holdfast.agreements.models import Party
from holdfast.organisation.models import COUNCIL, Agency, Body

Named = tuple[str, str]
"""The kind and the key of a party."""


class Held(Protocol):
    """A role held over something: a grant of today's, or a row of who held what."""

    @property
    def role(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...


def may_agree(held: Iterable[Held]) -> bool:
    """Whether any of the roles may agree to anything at all."""
    return any(Permission.AGREE in ROLES[one.role].permissions for one in held if one.role in ROLES)


def parties_spoken_for(
    username: str, held: Iterable[Held], bodies: Iterable[Body], agencies: Iterable[Agency]
) -> frozenset[Named]:
    """Every party that an account with these roles in one programme may answer for."""
    held = [one for one in held if may_agree([one])]
    if not held:
        return frozenset()
    roles = {one.role for one in held}
    spoken: set[Named] = {(Party.Kind.PERSON, username)}
    spoken |= {(Party.Kind.AGENCY, one.key) for one in held if one.kind == "agency"}
    spoken |= {(Party.Kind.BODY, body.code) for body in bodies if body.spoken_for_by in roles}
    if roles & STAFF:
        spoken |= {(Party.Kind.AGENCY, agency.code) for agency in agencies if agency.kind == COUNCIL}
    return frozenset((str(kind), key) for kind, key in spoken)
