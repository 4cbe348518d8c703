"""Who may see what of a programme's figures and records, stricter than a role's permission where the data demands it.

Rule: returns do not say which team or agency a record belongs to. So a role held over one team or agency of the
programme gives no child's record and no small count: it could not be narrowed to that team. Fails closed.
"""

from holdfast.access.doors import INSTALLATION, SYSTEM, Actor, Refused, check, grants
from holdfast.access.permissions import Permission
from holdfast.access.roles import ROLES


def may_over_all(user: Actor, permission: Permission, code: str) -> bool:
    """Whether the account holds the permission over the whole programme, not over a part of it."""
    if user is SYSTEM:
        return True
    return any(
        permission in ROLES[grant.role].permissions
        for grant in grants(user)
        if grant.programme in (code, INSTALLATION) and grant.kind in ("programme", "installation")
    )


def check_over_all(user: Actor, permission: Permission, code: str) -> None:
    """Raise Refused unless the account holds the permission over the whole programme."""
    check(user, permission, code)
    if not may_over_all(user, permission, code):
        raise Refused(permission, code)


def policy_for(user: Actor, code: str) -> str:
    """The disclosure policy for what an account sees: "inside" only for those permitted, "publish" for all others."""
    return "inside" if may_over_all(user, Permission.SEE_SMALL_COUNTS, code) else "publish"
