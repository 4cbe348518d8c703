"""What services write is sealed row by row: the trail row of each write keeps a digest of every row it wrote.

Every concrete model of our rooms is sealed unless it says `not_sealed = "why"`; single fields are left out with
`not_sealed_fields = {"field": "why"}`. Signals note the rows as a service saves them; at its end they are read back
and digested once. `check_records` (checking.py) compares. Rule: inside a service a sealed table is written a row at a
time (save, delete, a set's add), or many new rows at once by `save_new`, so that nothing slips past; SQL that goes
round them is refused.
"""

import contextvars
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, Final, TypeVar

from django.apps import apps
from django.db import connection
from django.db.models import DateField, Model, TextField, TimeField
from django.db.models.functions import Cast
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

ELSEWHERE: Final = {
    "mfa.authenticator": {"last_used_at": "signing in writes it", "data": "only its secret is sealed (_secret_of)"}
}
"""Models of libraries that are sealed too, with the fields left out."""

Seals = Mapping[tuple[str, str], str]
"""(table, key) to the digest of the row: "" for a row that was removed."""
_WRITES: Final = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"([^"]+)"', re.IGNORECASE)


class UnsealedWrite(Exception):
    """A service changed rows of a sealed table without their being noted. The transaction was rolled back."""

    def __init__(self, table: str) -> None:
        super().__init__(
            f"{table} is sealed row by row, so a service saves or deletes its rows one at a time, or adds many with "
            "save_new(): update(), bulk_create() and bulk_update() would leave rows that no row of the trail seals."
        )


@dataclass
class Noting:
    """What one service has written so far. `open` and `seen` are shared with the services it calls."""

    rows: dict[type[Model], set[Any]] = field(default_factory=lambda: defaultdict(set))
    altered: list[str] = field(default_factory=list)
    open: Counter[str] = field(default_factory=Counter)
    seen: set[tuple[str, str]] = field(default_factory=set)


_noting: contextvars.ContextVar[Noting | None] = contextvars.ContextVar("holdfast_noting", default=None)


@contextmanager
def noting() -> Iterator[Noting]:
    """Note every sealed row written meanwhile, and refuse SQL that writes one unnoticed. May be nested."""
    outer = _noting.get()
    noted = Noting(open=outer.open, seen=outer.seen) if outer else Noting()
    token = _noting.set(noted)
    try:
        if outer is not None:
            yield noted
        else:
            with connection.execute_wrapper(_guard):
                yield noted
    finally:
        _noting.reset(token)


def _guard(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    written = _WRITES.match(sql)
    noted = _noting.get()
    if written and noted is not None and written[1] in _tables() and not noted.open[written[1]]:
        raise UnsealedWrite(written[1])
    return execute(sql, params, many, context)


# Which models and fields.


def is_sealed(model: type[Model]) -> bool:
    if model._meta.proxy or not model._meta.managed:
        return False
    ours = model.__module__.startswith("holdfast.") and not getattr(model, "not_sealed", "")
    return ours or model._meta.label_lower in ELSEWHERE


@cache
def sealed_models() -> tuple[type[Model], ...]:
    return tuple(model for model in apps.get_models() if is_sealed(model))


@cache
def _tables() -> frozenset[str]:
    """The tables that hold what is sealed: of the models, and of their sets."""
    sets = {each.remote_field.through._meta.db_table for model in sealed_models() for each in _sets(model)}
    return frozenset({model._meta.db_table for model in sealed_models()} | sets)


def _left_out(model: type[Model]) -> Mapping[str, str]:
    return ELSEWHERE.get(model._meta.label_lower) or getattr(model, "not_sealed_fields", {})


@cache
def _fields(model: type[Model]) -> tuple[Any, ...]:
    return tuple(each for each in model._meta.concrete_fields if each.name not in _left_out(model))


@cache
def _sets(model: type[Model]) -> tuple[Any, ...]:
    return tuple(each for each in model._meta.many_to_many if each.name not in _left_out(model))


# The digest of a row.


def digests(
    model: type[Model], keys: Collection[Any] | None = None, without: Collection[str] = ()
) -> Iterator[tuple[Any, str]]:
    """(primary key, digest) of the rows as the database holds them now: of these keys, or of every row.

    A value that is empty, or the field's default, is left out, so that a column added later changes no digest.
    """
    columns = [each.attname for each in _fields(model)]
    written = {f"{each.attname}_as_written": Cast(each.attname, TextField()) for each in _days(model)}
    rows = model._base_manager.order_by("pk").annotate(**written)
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    members = {each.name: _members(model, each, keys) for each in _sets(model)}
    extra = ["data"] if model._meta.label_lower == "mfa.authenticator" else []
    for key, *values in rows.values_list("pk", *columns, *extra, *written).iterator(chunk_size=500):
        held = list(zip(_fields(model), values, strict=False))
        shown = (pair for pair in held if pair[0].name not in without and not _is_usual(*pair))
        facts = {each.attname: _plain(value) for each, value in shown}
        facts |= _odd_days(dict(held), dict(zip(_days(model), values[-len(written) :], strict=False)))
        facts |= {name: sorted(map(str, of[key])) for name, of in members.items() if key in of}
        facts |= {"secret": _secret_of(values[len(columns)])} if extra else {}
        yield key, _sha256([model._meta.label_lower, str(key), facts])


def _members(model: type[Model], many: Any, keys: Collection[Any] | None) -> dict[Any, list[Any]]:
    """Of one set of a model: the members' keys by the key of the row that has them."""
    source, target = many.m2m_column_name(), many.m2m_reverse_name()
    rows = many.remote_field.through._base_manager.all()
    if keys is not None:
        rows = rows.filter(**{f"{source}__in": list(keys)})
    found: dict[Any, list[Any]] = defaultdict(list)
    for owner, member in rows.values_list(source, target):
        found[owner].append(member)
    return found


def _secret_of(data: Any) -> str:
    """What a second step is checked against. Which recovery codes are used up changes as they are used."""
    return _sha256({key: value for key, value in dict(data).items() if key != "used_mask"})


def _is_usual(each: Any, value: Any) -> bool:
    """Whether a column added later would hold it: the default of one that has any, else what is empty."""
    usual = each.default if each.has_default() and not callable(each.default) else None
    return value == usual if usual else value == usual or value in (None, "", {}, [])


@cache
def _days(model: type[Model]) -> tuple[Any, ...]:
    """The fields whose text SQLite compares and Django reads more kindly: another spelling, or no day at all, as None.

    So a role could be ended, or an action taken out, and every value look the same. Elsewhere the database refuses it.
    """
    days = (each for each in _fields(model) if isinstance(each, DateField | TimeField))
    return tuple(days) if connection.vendor == "sqlite" else ()


def _odd_days(held: Mapping[Any, Any], written: Mapping[Any, str | None]) -> dict[str, str]:
    """What stands in the database where it is not what Django writes for the value that it reads there."""
    usual = {each: each.get_db_prep_value(held[each], connection) for each in written}
    return {f"{each.attname} as written": text for each, text in written.items() if text and text != usual[each]}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value) if isinstance(value, Decimal) else value


def _sha256(facts: Any) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def seals_of(rows: Mapping[type[Model], Collection[Any]]) -> dict[tuple[str, str], str]:
    """The rows noted, as they are now, with their digests."""
    sealed: dict[tuple[str, str], str] = {}
    for model, keys in rows.items():
        table = model._meta.label_lower
        sealed |= {(table, str(key)): "" for key in keys}
        sealed |= {(table, str(key)): digest for key, digest in digests(model, keys)}
    return sealed


def digest_of_seals(seals: Iterable[tuple[str, str, str]]) -> str:
    """One digest over (table, key, digest) of every row that a trail row seals: the trail row itself holds it."""
    return _sha256(sorted(seals))


# Noting, as rows are saved.


def is_in_a_service() -> bool:
    return _noting.get() is not None


def note(model: type[Model], keys: Collection[Any]) -> None:
    """Note rows for the service that is running to seal at its end."""
    noted = _noting.get()
    if noted is not None:
        noted.rows[model].update(keys)


Row = TypeVar("Row", bound=Model)


def save_new(rows: Sequence[Row]) -> Sequence[Row]:
    """Add many new rows in few statements for each model, each noted as its own save would be. Only in a service.

    For what arrives by the hundred. Raises ValueError for a row that is there already; no other signal is sent.
    """
    noted = _noting.get()
    if noted is None or any(not row._state.adding for row in rows):
        raise ValueError("save_new() adds new rows, and only in a service")
    for model in {type(row) for row in rows}:
        table, own = model._meta.db_table, [row for row in rows if type(row) is model]
        noted.open[table] += 1
        try:
            model._base_manager.bulk_create(own, batch_size=500)
        finally:
            noted.open[table] -= 1
        for row in own:
            _note(noted, model, row.pk)
    return rows


def is_as_sealed(model: type[Model], key: Any) -> bool:
    """Whether a row is now as its last seal says."""
    from holdfast.access.models import SealedRow

    sealed = SealedRow.objects.filter(table=model._meta.label_lower, key=str(key)).order_by("-row_id")
    return sealed.values_list("digest", flat=True).first() == dict(digests(model, [key])).get(key)


def connect() -> None:
    """Listen to every sealed model. Called once, when the rooms are loaded."""
    for model in sealed_models():
        for signal, receiver in (
            (pre_save, _will_save),
            (post_save, _saved),
            (pre_delete, _will_delete),
            (post_delete, _deleted),
        ):
            signal.connect(receiver, sender=model, dispatch_uid=f"sealing:{model._meta.label}")
        for each in _sets(model):
            through = each.remote_field.through
            m2m_changed.connect(_set_changed, sender=through, dispatch_uid=f"sealing:{through._meta.label}")


def _will_save(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    noted = _noting.get()
    if noted is None:
        return
    noted.open[sender._meta.db_table] += 1
    if not instance._state.adding:
        _look_at(noted, sender, instance.pk)


def _saved(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    noted = _noting.get()
    if noted is not None:
        noted.open[sender._meta.db_table] -= 1
        _note(noted, sender, instance.pk)


def _will_delete(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    noted = _noting.get()
    if noted is None:
        return
    _look_at(noted, sender, instance.pk)
    for table in _with_sets(sender):
        noted.open[table] += 1
    for relation in sender._meta.related_objects:
        if relation.many_to_many and is_sealed(relation.related_model):
            owners = relation.related_model._base_manager.filter(**{relation.field.name: instance.pk})
            noted.rows[relation.related_model].update(owners.values_list("pk", flat=True))
            noted.open[relation.field.remote_field.through._meta.db_table] += 1


def _deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    noted = _noting.get()
    if noted is not None:
        for table in _with_sets(sender):
            noted.open[table] -= 1
        _note(noted, sender, instance.pk)


def _with_sets(model: type[Model]) -> list[str]:
    return [model._meta.db_table, *(each.remote_field.through._meta.db_table for each in _sets(model))]


def _set_changed(
    sender: type[Model], instance: Model, action: str, reverse: bool, model: type[Model], **kwargs: Any
) -> None:
    noted = _noting.get()
    if noted is None:
        return
    before, table = action.startswith("pre_"), sender._meta.db_table
    noted.open[table] += 1 if before else -1
    owner, keys = (model, kwargs["pk_set"] or ()) if reverse else (type(instance), (instance.pk,))
    for key in keys:
        if before:
            _look_at(noted, owner, key)
        _note(noted, owner, key)


def _note(noted: Noting, model: type[Model], key: Any) -> None:
    noted.rows[model].add(key)
    noted.seen.add((model._meta.label_lower, str(key)))


def _look_at(noted: Noting, model: type[Model], key: Any) -> None:
    """Before a row is first changed: is it as the trail left it? If not, the trail row says so for ever.

    Otherwise a row changed behind the services' back would be sealed as it is by the next service that saves it.
    """
    table, name = model._meta.label_lower, str(key)
    if (table, name) not in noted.seen:
        noted.seen.add((table, name))
        if not is_as_sealed(model, key):
            noted.altered.append(f"{table} {name}")
