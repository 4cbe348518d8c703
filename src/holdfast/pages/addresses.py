"""Where each page is, by its URL name, and whether an account may open it: the page's own door is asked.

Which address a name has, and which door stands there, are facts of the product: each is looked up once a process.
Rule: nothing that depends on who asks is kept here.
"""

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, resolve, reverse

from holdfast.access.doors import Actor, opens
from holdfast.access.permissions import Permission

MOST_KEPT = 8192


def address(name: str, *args: Any) -> str:
    """The address of the page with this URL name. Raises NoReverseMatch, as reverse does, where there is none."""
    return _address(get_script_prefix(), get_urlconf(), name, args)


def open_address(user: Actor, programme: str, name: str, *args: Any) -> str:
    """The address of a page of a programme; "" where the account may not open it."""
    found = address(name, programme, *args)
    door, or_team = _door(get_urlconf(), found)
    return found if door is not None and opens(user, door, programme, or_team=or_team) else ""


@lru_cache(maxsize=MOST_KEPT)
def _address(prefix: str, urlconf: str | None, name: str, args: tuple[Any, ...]) -> str:
    return reverse(name, urlconf, args)


@lru_cache(maxsize=MOST_KEPT)
def _door(urlconf: str | None, found: str) -> tuple[Permission | None, bool]:
    """The permission that a page requires (None: none), and whether it opens to a role over a team that gives it."""
    view = resolve(found, urlconf).func
    door = getattr(view, "door", None)
    return (door if isinstance(door, Permission) else None), bool(getattr(view, "or_team", False))
