"""The standing programme and people of the suite. All invented: no council, programme or person here is real.

`people` holds one account per role (its key is the role's code), "nobody" with no role, and "elsewhere" whose every
role is in the second programme. Ask for `client_for` to fetch pages as one of them: each page's shape is checked.
They are made by the services once for each fixed date; afterwards the rows that those wrote are written again, and so
is what else `made_once` is asked for.
"""

import functools
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

if TYPE_CHECKING:
    from holdfast.access.models import Account
    from holdfast.organisation.models import Programme
    from page_client import PageClient


def _programme(council_code: str, council_name: str, code: str, name: str) -> "Programme":
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.organisation.services import create_council, create_programme

    at = clock.now()
    council = create_council(by=SYSTEM, at=at, code=council_code, name=council_name)
    return create_programme(by=SYSTEM, at=at, code=code, name=name, council=council, starts_on=date(2013, 9, 12))


PASSWORD = "three plain invented words"


@functools.cache
def _hashed() -> str:
    """Everybody's password, hashed once for the whole run: Argon2 is slow on purpose."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


_written: dict[Any, dict[str, list[Any]]] = {}


def made_once(what: str, make: Callable[[], Any]) -> None:
    """Run `make` the first time; the next time, write the rows that it wrote, when all before it is the same.

    The trail's head stands for all that services wrote before: ask for the standing people first where both are wanted.
    `make` removes no row and keeps no file.
    """
    from django.conf import settings
    from django.db import connection, transaction

    from holdfast.access import trail

    key = (what, settings.HOLDFAST_TODAY, trail.head())
    if key in _written:
        with transaction.atomic(), connection.cursor() as cursor:
            for table, rows in _written[key].items():
                _write_again(cursor, table, rows)
    else:
        before = _every_row()
        make()
        after = _every_row()
        assert all(len(rows) >= len(before[table]) for table, rows in after.items()), f"{what} removes rows"
        added = {table: list(rows - before[table]) for table, rows in after.items()}
        _written[key] = {table: rows for table, rows in added.items() if rows}


def _every_row() -> dict[str, set[Any]]:
    """Every row by table: its values, or on PostgreSQL the row as one text, which it reads back as it was."""
    from django.db import connection

    wanted = "*" if connection.vendor == "sqlite" else "kept::text"
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if table != "django_migrations"]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT {wanted} FROM "{table}" AS kept')
            rows = cursor.fetchall()
            found[table] = set(rows) if wanted == "*" else {row for (row,) in rows}
        return found


def _write_again(cursor: Any, table: str, rows: list[Any]) -> None:
    """In place of any row of the same key. No sequence falls behind: it gave these keys when the rows were made."""
    from django.db import connection

    if connection.vendor == "sqlite":
        marks = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f'REPLACE INTO "{table}" VALUES ({marks})', rows)
        return
    key = connection.introspection.get_primary_key_column(cursor, table)
    given = f'(SELECT (one::"{table}").* FROM unnest(%s::text[]) AS one)'
    cursor.execute(f'DELETE FROM "{table}" WHERE "{key}" IN (SELECT "{key}" FROM {given} AS given)', [rows])
    cursor.execute(f'INSERT INTO "{table}" {given}', [rows])


@pytest.fixture
def programme(db: None) -> "Programme":
    """An invented council's programme: Westmere County Council, code westmere-2031."""
    return _standing("westmere", "Westmere County Council", "westmere-2031", "Westmere improvement programme")


@pytest.fixture
def second_programme(db: None) -> "Programme":
    """Another invented council's programme on the same installation: code eastholt-2031."""
    return _standing("eastholt", "Eastholt Council", "eastholt-2031", "Eastholt improvement programme")


def _standing(council_code: str, council_name: str, code: str, name: str) -> "Programme":
    from holdfast.organisation.models import Programme

    made_once(code, lambda: _programme(council_code, council_name, code, name))
    return Programme.objects.select_related("council").get(code=code)


@pytest.fixture
def people(programme: "Programme", second_programme: "Programme") -> "dict[str, Account]":
    """One account per role over `programme`, by the role's code; the administrator's is over the installation."""
    from holdfast.access.models import Account

    made_once("people", lambda: _people(programme, second_programme))
    return {account.username: account for account in Account.objects.all()}


def _people(programme: "Programme", second_programme: "Programme") -> None:
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.access.roles import ROLES
    from holdfast.organisation.services import create_account, grant_role

    at = clock.now()
    first = date(2013, 9, 12)
    accounts = {}
    for name in (*ROLES, "nobody", "elsewhere"):
        words = name.replace("-", " ").capitalize()
        with patch("django.contrib.auth.base_user.make_password", lambda _: _hashed()):
            accounts[name] = create_account(by=SYSTEM, at=at, username=name, first_name=words, last_name="Invented")
    for code, role in ROLES.items():
        if "installation" in role.scopes:
            grant_role(by=SYSTEM, at=at, account=accounts[code], role=code, from_on=first)
            continue
        grant_role(by=SYSTEM, at=at, account=accounts[code], role=code, programme=programme, from_on=first)
        grant_role(
            by=SYSTEM, at=at, account=accounts["elsewhere"], role=code, programme=second_programme, from_on=first
        )


@pytest.fixture
def client_for(people: "dict[str, Account]") -> "Callable[[str], PageClient]":
    """A function from a role's code ("nobody", "elsewhere", or "" for a stranger) to a client signed in as them."""
    from page_client import PageClient

    def signed_in_as(role: str) -> PageClient:
        client = PageClient()
        if role:
            client.force_login(people[role], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in_as
