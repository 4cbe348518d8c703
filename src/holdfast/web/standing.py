"""Where we stand: what each role sees first on its home page, in that role's order.

Not here: how any position, figure or date comes about (the rooms' selectors say). Rule: nothing is worked out here but
order and counting, and what cannot be had is said to be missing, with who can make it happen.
"""

from typing import Any

from django.urls import reverse

from holdfast.access.doors import Actor
from holdfast.organisation.selectors import administered, programmes


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
    return {"heading": "Where do we stand?"}
