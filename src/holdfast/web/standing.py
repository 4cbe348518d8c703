"""Where we stand: which home each role is given, and the places an account may begin at.

Not here: what a home says (home/) or how a position, figure or date comes about (the rooms' selectors).
"""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from holdfast.access.doors import INSTALLATION, Actor, grants
from holdfast.access.roles import ROLES, Role
from holdfast.organisation.selectors import administered, programmes
from holdfast.web.home import leading, looking_on, measuring, practising, running, taking_part
from holdfast.web.home.answer import Home
from holdfast.web.home.asked import Asked
from holdfast.web.home.things import missing

HOMES: dict[str, Callable[[Asked], Home]] = {
    "programme-office": leading.programme_office,
    "director": leading.director,
    "practice-manager": practising.practice_manager,
    "team-manager": practising.team_manager,
    "auditor": practising.auditor,
    "moderator": practising.moderator,
    "performance-analyst": measuring.performance_analyst,
    "board-chair": leading.chair,
    "partner-member": taking_part.partner_member,
    "dfe-observer": looking_on.dfe_observer,
    "dscb-member": taking_part.dscb_member,
    "elected-member": looking_on.elected_member,
}


def places_to_start(user: Actor) -> list[dict[str, str]]:
    """The programmes an account may open, and where each leads: its home, or the service's for an administrator."""
    seen = {one.code: one for one in programmes(user)}
    places = [
        {"text": one.name, "hint": one.council.name, "url": reverse("home", args=[code])} for code, one in seen.items()
    ]
    for one in administered(user):
        if one.code not in seen:
            places.append({"text": one.name, "hint": "The service", "url": reverse("service", args=[one.code])})
    return places


def standing(user: Actor, code: str) -> dict[str, Any]:
    """The home of somebody who may see the programme: their question, and what answers it."""
    role, asked = _first_role(user, code), Asked(user, code)
    home = HOMES[role.code](asked) if role and role.code in HOMES else taking_part.dscb_member(asked)
    return _page(role, home) | {"missing": missing(asked)}


def service(user: Actor, code: str) -> dict[str, Any]:
    """Whether the service is well, for an administrator."""
    return _page(ROLES["administrator"], running.administrator(user, code))


def _page(role: Role | None, home: Home) -> dict[str, Any]:
    return {
        "heading": role.home_question if role else "Where do we stand?",
        "caption": f"Home · {role.name}" if role else "Home",
        "lede": home.sentence,
        "home": home,
    }


def _first_role(user: Actor, code: str) -> Role | None:
    """The role whose question the page asks: the first, in the order of ROLES, that the account holds here."""
    held = {grant.role for grant in grants(user) if grant.programme in (code, INSTALLATION)}
    return next((role for role in ROLES.values() if role.code in held), None)
