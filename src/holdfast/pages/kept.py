"""What pages are made of, kept between requests by what it was made from, for whoever may see as much (decision 70).

    every = keep("the plan's actions", SYSTEM, code, lambda: list(read_them_all()))

Rule: what is kept follows from its name, the day, what the reader may see and what services have written to the trail,
and from nothing else: no name of the reader is in it. Whoever is given it reads it and changes nothing of it.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar, cast

from holdfast.access import clock, trail
from holdfast.access.doors import SYSTEM, Actor, grants, permissions

Made = TypeVar("Made")
MOST_KEPT = 128
_kept: OrderedDict[Any, Any] = OrderedDict()
"""By everything that it follows from. The oldest go first."""


def keep(
    what: str,
    user: Actor,
    code: str,
    make: Callable[[], Made],
    *,
    also: Any = None,
    unless: Callable[[Made], bool] | None = None,
) -> Made:
    """What `make` gives, worked out anew only when something in the programme, or over the installation, has changed.

    `also`: what else it follows from, hashable. What `make` raises is raised, and not kept; nor is what `unless` says
    yes of.
    """
    made_from = _made_from(what, user, code, also)
    if made_from in _kept:
        return cast(Made, _kept[made_from])
    made = make()
    if unless is not None and unless(made):
        return made
    _kept[made_from] = made
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return made


def kept_already(what: str, user: Actor, code: str, *, also: Any = None) -> Any:
    """What `keep` would give without making anything. None where nothing is kept that still holds."""
    return _kept.get(_made_from(what, user, code, also))


def _made_from(what: str, user: Actor, code: str, also: Any) -> tuple[Any, ...]:
    """Everything that a thing kept follows from."""
    seen = "everything" if user is SYSTEM else (grants(user) or repr(user), permissions(user, code))
    return (what, seen, code, clock.today(), also, trail.last_change(code))


_for_good: OrderedDict[Any, Any] = OrderedDict()


def keep_for_good(what: str, made_of: Any, make: Callable[[], Made]) -> Made:
    """What `make` gives of rows that never change again: `made_of` names them, hashable. Counts, never a record."""
    if (what, made_of) in _for_good:
        return cast(Made, _for_good[what, made_of])
    made = make()
    _for_good[what, made_of] = made
    while len(_for_good) > 4 * MOST_KEPT:
        _for_good.popitem(last=False)
    return made
