"""Every column of every governed record: changed or removed in the database, it is named by `holdfast verify`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, models, transaction

from holdfast.access.checking import _differences
from holdfast.access.sealing import _fields, sealed_models

pytestmark = pytest.mark.django_db


class PutBack(Exception):
    pass


@contextmanager
def tampered(statement: str, *values: Any) -> Iterator[bool]:
    """The database changed behind the services for a while. False when the database itself refuses the change."""
    try:
        with transaction.atomic():
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement, values)
            except (IntegrityError, DataError):
                yield False
            else:
                yield True
            raise PutBack
    except PutBack:
        pass


def another(field: Any, value: Any) -> Any:
    """A value of the same kind that is not the one there is."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.JSONField):
        return '{"changed": 1}'
    if isinstance(field, models.DateTimeField):
        return "2001-02-03 04:05:06"
    if isinstance(field, models.DateField):
        return "2001-02-03"
    if isinstance(field, models.DecimalField):
        return str((value or 0) + 1)
    if isinstance(field, models.IntegerField | models.ForeignKey | models.AutoField):
        return (value or 0) + 1000
    return "changed"


def test_a_record_changed_or_removed_in_the_database_is_named(furnished: Any) -> None:
    """Promise: what is governed is sealed, every column and both ways."""
    tried, unnoticed = 0, []
    for model in sealed_models():
        first, before = model._base_manager.order_by("-pk").values().first(), set(_differences(model))
        if first is None:
            continue
        table, key = model._meta.db_table, first[model._meta.pk.attname]
        where = f'WHERE "{model._meta.pk.column}" = %s'
        changes = [(each.column, another(each, first[each.attname])) for each in _fields(model) if not each.primary_key]
        for column, value in [*changes, ("", None)]:
            statement = f'UPDATE "{table}" SET "{column}" = %s {where}' if column else f'DELETE FROM "{table}" {where}'
            with tampered(statement, *([value] if column else []), key) as done:
                if done:
                    tried += 1
                    if not set(_differences(model)) - before:
                        unnoticed.append(f"{table}.{column or '(removed)'}")
    assert not unnoticed, unnoticed
    assert tried > 100, "the walk has looked at too little to promise anything"


def test_what_people_typed_is_never_a_script(furnished: Any, pages_are_kept: None, client_for: Any) -> None:
    """Promise: a script stored in any text that a person may type stays text on every page. The client of the suite
    fails on a script of a page's own, so the walk is enough."""
    from house.test_every_page import walk

    typed = "<script>alert(1)</script>"
    for model in sealed_models():
        for field in _fields(model):
            is_text = type(field) in (models.CharField, models.TextField) and not field.choices and not field.unique
            wide = getattr(field, "max_length", None) is None or field.max_length >= 100
            if is_text and wide and model._meta.app_label in ("plan", "organisation", "notice"):
                for row in model._base_manager.all():
                    with tampered_for_good():
                        model._base_manager.filter(pk=row.pk).update(**{field.name: f"{typed} {row.pk}"})
    faults: list[str] = []
    seen = walk(client_for("programme-office"), faults)
    assert len(seen) > 30
    assert not [fault for fault in faults if "inline" in fault or "script" in fault]


@contextmanager
def tampered_for_good() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        pass  # a text that the database holds to a form is no text to type into


def test_a_role_that_ends_during_a_session_opens_nothing_more(client_for: Any, people: Any, programme: Any) -> None:
    """Promise: what an account may do is asked afresh at every request."""
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.organisation.models import RoleHolding
    from holdfast.organisation.services import end_role

    client = client_for("director")
    assert client.get("/westmere-2031/trail/").status_code == 200
    end_role(by=SYSTEM, at=clock.now(), holding=RoleHolding.objects.get(account=people["director"]))
    assert client.get("/westmere-2031/trail/").status_code == 403
