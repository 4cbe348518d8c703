"""Who may do a thing anywhere in a programme: by a role over all of it, or over one agency or team of it.

A partner's role is held over their own agency and gives them the right to challenge, whoever is challenged.
"""

from holdfast.access.doors import Actor, Refused, grants, may
from holdfast.access.permissions import Permission
from holdfast.governance.models import Challenge


def may_somewhere(user: Actor, permission: Permission, code: str) -> bool:
    """Whether some role that the account holds in the programme gives the permission, over whatever it is held."""
    over = [(grant.kind, grant.key) for grant in grants(user) if grant.programme == code]
    return may(user, permission, code) or any(may(user, permission, code, each) for each in over)


def check_somewhere(user: Actor, permission: Permission, code: str) -> None:
    """Raises Refused unless may_somewhere."""
    if not may_somewhere(user, permission, code):
        raise Refused(permission, code)


def may_answer(user: Actor, challenge: Challenge) -> bool:
    """Whoever holds the post that is challenged, or the programme office for them."""
    holds = challenge.challenged.holder_id is not None and challenge.challenged.holder_id == getattr(user, "pk", None)
    return holds or may(user, Permission.MANAGE_MEETINGS, challenge.programme.code)
