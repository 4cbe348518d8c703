"""What was last changed, table by table, as the trail tells it; and which tables something is made from (decision 150).

    now = followed()
    with noting() as tables:
        made = make()
    now.stamp("devon-2013", tables)     # what is followed later gives another as soon as a service wrote to one of them

Rule: sign-ins, refusals and looks at a record change nothing. What a process has not followed it calls changed: a table
that is not sealed, a statement whose tables cannot be told, a trail that is not the one it followed until now.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any, Final

from django.db import connection
from django.db.models import FilteredRelation, Model, Q

from holdfast.access.actions import SEEN, SIGNING_IN
from holdfast.access.models import TrailRow
from holdfast.access.sealing import sealed_models

ANY: Final = ""
"""Stands for every table: it changes with any change at all."""
READER: Final = "who asks"
"""Noted as a table is, which no write changes: what was made looked at who asks, so it is theirs alone."""
Stamp = tuple[int, int]
_READS: Final = re.compile(r'(?:FROM|JOIN)\s+"([^"]+)"')


@dataclass(frozen=True)
class Followed:
    """The trail as far as this process has read it, from where it began. `changed`: (programme, table) to a number."""

    start: int
    number: int
    digest: str
    changed: Mapping[tuple[str, str], int]

    def stamp(self, programme: str, tables: Iterable[str]) -> Stamp:
        """The same as long as no service has changed any of the tables, in the programme or over the installation."""
        changes = (self.changed.get((whose, table), 0) for table in tables for whose in (programme, ANY))
        return (self.start, max(changes, default=0))


_followed: Followed | None = None
_starts = count(1)
_noted: ContextVar[set[str] | None] = ContextVar("holdfast_tables_read", default=None)
_read: ContextVar[list[Followed] | None] = ContextVar("holdfast_followed", default=None)
"""What one request has followed, once it has; None outside a request."""


@contextmanager
def one_reading() -> Iterator[None]:
    """For the length of one request: the trail is followed once, and again only after a write of its own.

    Within another it is the other: for what asks often, and is asked by commands too.
    """
    known = _read.get()
    token = _read.set([] if known is None else known)
    try:
        yield
    finally:
        _read.reset(token)


def written() -> None:
    """Something was written to the trail just now: whoever asks next follows it."""
    (_read.get() or []).clear()


def followed() -> Followed:
    """The trail as it is now, or was when this request first asked."""
    known = _read.get()
    if known:
        return known[0]
    with not_noting():  # nothing is made from the trail
        now = _follow()
    if known is not None:
        known.append(now)
    return now


def _follow() -> Followed:
    """Read on in the trail from where this process stopped. Where that row is no longer there, begin anew."""
    global _followed
    if (before := _followed) is None:
        return _begin()
    sealed = FilteredRelation("sealed", condition=Q(sealed__row__gt=before.number))
    rows = TrailRow.objects.filter(number__gte=before.number).annotate(written=sealed).distinct().order_by("number")
    found = list(rows.values_list("number", "digest", "programme", "action", "written__table"))
    if before.number and (not found or found.pop(0)[:2] != (before.number, before.digest)):
        return _begin()
    if not found:
        return before
    changed = dict(before.changed)
    for number, _, programme, action, table in found:
        if action not in SIGNING_IN and not action.startswith(SEEN):
            changed |= dict.fromkeys(((programme, ANY), (programme, table or ANY)), number)
    _followed = Followed(before.start, *found[-1][:2], changed)
    return _followed


def _begin() -> Followed:
    global _followed
    number, digest = TrailRow.objects.order_by("-number").values_list("number", "digest").first() or (0, "")
    _followed = Followed(next(_starts), number, digest, {})
    return _followed


# Which tables something is made from.


@contextmanager
def noting() -> Iterator[set[str]]:
    """Note the tables that are read meanwhile, by the names of their models. May be nested: the outer one has them too.

    With a table go all that its rows lead to, since a row that is kept may have fetched them when nobody was noting.
    """
    outer, own = _noted.get(), set[str]()
    token = _noted.set(own)
    try:
        with connection.execute_wrapper(_note) if outer is None else nullcontext():
            yield own
    finally:
        _noted.reset(token)
        if outer is not None:
            outer |= own


@contextmanager
def not_noting() -> Iterator[None]:
    """What is read meanwhile decides nothing of what is being made: it never changes again."""
    token = _noted.set(None)
    try:
        yield
    finally:
        _noted.reset(token)


def note(tables: Iterable[str]) -> None:
    """What is being made was made from these tables too, which were read before."""
    if (noted := _noted.get()) is not None:
        noted.update(tables)


def note_rows_of(*models: type[Model]) -> None:
    """What is being made was made from rows of these models too, which were given to it."""
    for model in models:
        note(_leads_to(model._meta.db_table))


def _note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    read = _READS.findall(sql)
    note({name for table in read for name in _leads_to(table)} if read else (ANY,))
    return execute(sql, params, many, context)


@cache
def _leads_to(table: str) -> frozenset[str]:
    """The models whose rows a row of the table may hold: its own, and whatever that points at. ANY if not sealed."""
    models = {model._meta.db_table: model for model in sealed_models()}
    sets = {
        field.remote_field.through._meta.db_table: (model, field.related_model)
        for model in models.values()
        for field in model._meta.many_to_many
    }
    found, to_do = set[Any](), list(sets.get(table) or filter(None, [models.get(table)]))
    if not to_do:
        return frozenset({ANY})
    while to_do:
        model = to_do.pop()
        if model not in found:
            found.add(model)
            to_do += [each.related_model for each in model._meta.get_fields() if each.many_to_one or each.one_to_one]
    sealed = set(models.values())
    return frozenset(model._meta.label_lower if model in sealed else ANY for model in found)
