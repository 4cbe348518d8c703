"""What pages are made of, kept between requests by what it was made from, for whoever may see as much (decision 70).

    every = keep("the plan's actions", SYSTEM, code, lambda: list(read_them_all()))

Rule: what is kept follows from its name, the day, what the reader may see and what services have written, and from
nothing else: no name of the reader is in it. Whoever is given it reads it and changes nothing of it.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from holdfast.access import changes, clock
from holdfast.access.doors import SYSTEM, Actor, grants, permissions

Made = TypeVar("Made")
MOST_KEPT = 128


@dataclass(frozen=True)
class _Held:
    """What was made, and the tables it was made from as they then were."""

    made: Any
    tables: frozenset[str]
    stamp: changes.Stamp


_kept: OrderedDict[Any, _Held] = OrderedDict()
"""By what it is and who may see it. The oldest go first."""
_parts: OrderedDict[Any, _Held] = OrderedDict()
"""The same of small parts, of which there are many: one answer, never a table."""


def keep(
    what: str,
    user: Actor,
    code: str,
    make: Callable[[], Made],
    *,
    also: Any = None,
    unless: Callable[[Made], bool] | None = None,
    reads_all: bool = False,
    is_part: bool = False,
    may_be_shared: bool = False,
) -> Made:
    """What `make` gives, worked out anew only when something in the programme, or over the installation, has changed.

    `also`: what else it follows from, hashable. What `make` raises is raised, and not kept; nor is what `unless` says
    yes of. `reads_all`: it is given nothing that was read before and leaves nothing to be read later, so it follows
    from the tables that it reads alone (decision 150). `is_part`: it is small. `may_be_shared`: it says whether it
    looked at who asks (changes.READER); where it did not it is kept once, for every reader.
    """
    kept, key, for_all = _parts if is_part else _kept, _key(what, user, code, also), _key(what, SYSTEM, code, also)
    now = changes.followed()

    def holding(key: Any) -> _Held | None:
        held = kept.get(key)
        return held if held is not None and held.stamp == now.stamp(code, held.tables) else None

    held = holding(for_all) if may_be_shared else None
    if held is None or changes.READER in held.tables:
        held = holding(key)
    if held is None:
        with changes.noting() as read:
            made = make()
        tables = frozenset(read if reads_all else {changes.ANY})
        held = _Held(made, tables, now.stamp(code, tables))
        if may_be_shared and changes.READER not in read:
            key = for_all
        if unless is None or not unless(made):
            kept.pop(key, None)
            kept[key] = held
            while len(kept) > (16 * MOST_KEPT if is_part else MOST_KEPT):
                kept.popitem(last=False)
    changes.note(held.tables)
    return cast(Made, held.made)


def kept_already(what: str, user: Actor, code: str, *, also: Any = None) -> Any:
    """What `keep` would give without making anything. None where nothing is kept that still holds."""
    held = _kept.get(_key(what, user, code, also))
    return held.made if held is not None and held.stamp == changes.followed().stamp(code, held.tables) else None


def _key(what: str, user: Actor, code: str, also: Any) -> tuple[Any, ...]:
    """Everything that a thing kept follows from, but for what is written meanwhile."""
    seen = "everything" if user is SYSTEM else (grants(user) or repr(user), permissions(user, code))
    return (what, seen, code, clock.today(), also)


_for_good: OrderedDict[Any, Any] = OrderedDict()


def keep_for_good(what: str, made_of: Any, make: Callable[[], Made]) -> Made:
    """What `make` gives of rows that never change again: `made_of` names them, hashable. Counts, never a record.

    So what `keep` makes with it does not follow from the tables of those rows.
    """
    if (what, made_of) in _for_good:
        return cast(Made, _for_good[what, made_of])
    with changes.not_noting():
        made = make()
    _for_good[what, made_of] = made
    while len(_for_good) > 16 * MOST_KEPT:
        _for_good.popitem(last=False)
    return made
