"""The disclosure policy for what an account sees of a programme's figures.

Returns do not say which team or agency a record belongs to, so nothing here is narrowed to one: a role held over one
team or agency gives no small count and no child's record, which is the doors' own rule (access). Fails closed.
"""

from holdfast.access.doors import Actor, may
from holdfast.access.permissions import Permission


def policy_for(user: Actor, code: str) -> str:
    """The disclosure policy for what an account sees: "inside" only for those permitted, "publish" for all others."""
    return "inside" if may(user, Permission.SEE_SMALL_COUNTS, code) else "publish"
