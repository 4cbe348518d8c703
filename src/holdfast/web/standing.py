"""Where we stand: what each role sees first on its home page, in that role's order.

Not here: how a position, figure or date comes about (the rooms' selectors), or how a block looks (templates/home).
Rule: nothing is worked out here but order and counting, and what cannot be had is said to be missing, with who can
make it happen.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse

from holdfast.access.doors import INSTALLATION, Actor, grants
from holdfast.access.roles import ROLES, Role
from holdfast.organisation.selectors import administered, programmes
from holdfast.web.home import indicators, plan, requirements, returns
from holdfast.web.home.asked import Asked
from holdfast.web.home.block import Block
from holdfast.web.home.summary import summary

Order = tuple[Callable[[Asked], Block], ...]

USUAL: Order = (
    requirements.counts,
    requirements.to_look_at,
    indicators.worsening,
    plan.late,
    plan.due_next,
    returns.moved,
)
ORDERS: dict[str, Order] = {
    "programme-office": (plan.late, requirements.without_evidence, plan.due_next, requirements.counts, returns.moved),
    "director": (requirements.counts, requirements.to_look_at, indicators.worsening, plan.late, plan.due_next),
    "practice-manager": (indicators.worsening, plan.late, requirements.counts, plan.due_next, returns.moved),
    "team-manager": (indicators.worsening, plan.late, plan.due_next, requirements.counts),
    "auditor": (plan.due_next, plan.late, requirements.counts),
    "moderator": (plan.due_next, plan.late, requirements.counts),
    "performance-analyst": (returns.moved, returns.faults, indicators.worsening, requirements.counts, plan.due_next),
    "board-chair": (indicators.worsening, plan.late, requirements.to_look_at, requirements.counts, plan.due_next),
    "partner-member": (plan.late, plan.due_next, indicators.worsening, requirements.counts),
    "dfe-observer": (requirements.counts, requirements.to_look_at, returns.moved, indicators.worsening, plan.late),
    "dscb-member": (indicators.worsening, requirements.counts, plan.late, plan.due_next),
    "elected-member": (indicators.said, requirements.counts, plan.due_next),
}


def places_to_start(user: Actor) -> list[dict[str, str]]:
    """The programmes an account may open, and where each leads: its home, or its accounts for an administrator."""
    seen = {one.code: one for one in programmes(user)}
    places = [
        {"text": one.name, "hint": one.council.name, "url": reverse("home", args=[code])} for code, one in seen.items()
    ]
    for one in administered(user):
        if one.code not in seen:
            places.append({"text": one.name, "hint": "Accounts", "url": reverse("accounts", args=[one.code])})
    return places


def standing(user: Actor, code: str) -> dict[str, Any]:
    """The home page of somebody who may see the programme: their question, and the blocks that answer it."""
    role, asked = _first_role(user, code), Asked(user, code)
    return {
        "heading": role.home_question if role else "Where do we stand?",
        "caption": f"Home · {role.name}" if role else "Home",
        "lede": summary(asked),
        "blocks": _without_repeats(block(asked) for block in (ORDERS.get(role.code, USUAL) if role else USUAL)),
    }


def _without_repeats(blocks: Iterable[Block]) -> list[Block]:
    """The blocks in order; what is missing is said once, by the first block that misses it."""
    shown: list[Block] = []
    for block in blocks:
        is_missing = block.nothing is not None and block.nothing.is_missing
        if not (is_missing and any(one.nothing == block.nothing for one in shown)):
            shown.append(block)
    return shown


def _first_role(user: Actor, code: str) -> Role | None:
    """The role whose question the page asks: the first, in the order of ROLES, that the account holds here."""
    held = {grant.role for grant in grants(user) if grant.programme in (code, INSTALLATION)}
    return next((role for role in ROLES.values() if role.code in held), None)
