"""Who may speak for an action, and who is too near to it to accept its evidence.

The owner's line is two posts: the one that owns the action and the one that is accountable for it. Rule: it is stated
on the page, and asked of whoever holds the posts on the day.
"""

from holdfast.access.doors import Actor, Refused, may
from holdfast.access.permissions import Permission
from holdfast.plan.models import Action

LINE = "The owner’s line is whoever holds the post that owns the action or the post that is accountable for it."


def is_in_line(user: Actor, action: Action) -> bool:
    """Whether an account holds the post that owns the action, or the one that is accountable for it."""
    posts = (action.owner, action.accountable)
    return any(post is not None and post.holder_id is not None and post.holder_id == _key(user) for post in posts)


def speaks_for(user: Actor, action: Action) -> bool:
    """Whether an account may say how the action is going and offer evidence of it.

    The programme office may of every action; the holder of its posts of their own; a partner of what their agency leads
    or contributes to.
    """
    code = action.programme.code
    if may(user, Permission.MANAGE_PLAN, code):
        return True
    if may(user, Permission.OFFER_EVIDENCE, code) and is_in_line(user, action):
        return True
    agencies = {action.agency.code, *(agency.code for agency in action.contributing.all())}
    return any(
        may(user, Permission.OFFER_EVIDENCE, code, over=("agency", agency))
        and not may(user, Permission.OFFER_EVIDENCE, code)
        for agency in agencies
    )


def refuse_strangers(user: Actor, action: Action) -> None:
    """Raises Refused when an account may not speak for the action."""
    if not speaks_for(user, action):
        raise Refused(Permission.OFFER_EVIDENCE, action.programme.code)


def may_answer(user: Actor, action: Action) -> bool:
    """Whether an account may accept evidence of the action, unless it is what they offered themselves."""
    return may(user, Permission.ACCEPT_EVIDENCE, action.programme.code) and not is_in_line(user, action)


def _key(user: Actor) -> int | None:
    key: int | None = getattr(user, "pk", None)
    return key
