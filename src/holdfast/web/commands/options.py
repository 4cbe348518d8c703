"""What many commands take, and how each begins: the programme, the account that acts, JSON, a day."""

import json
import os
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

import typer

ProgrammeOption = Annotated[
    str,
    typer.Option("--programme", metavar="CODE", help="The programme (default: HOLDFAST_PROGRAMME, or the only one)"),
]
AsOption = Annotated[str, typer.Option("--as", metavar="USER", help="Act as this account (default: the system)")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, as docs/formats describes")]
DAY = ["%Y-%m-%d"]


def start() -> None:
    """Settings and the room list; everything that needs Django calls this first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.web.settings")
    import django

    django.setup()


def programme_chosen(code: str) -> Any:
    """The programme with this code, or the one that is meant when none is given. Raises, in words, when unclear."""
    from django.conf import settings

    from holdfast.organisation.selectors import programme_choice

    return programme_choice(code or settings.HOLDFAST_PROGRAMME or None)


def actor_named(username: str) -> Any:
    """The account with this name; the system when none is given."""
    from holdfast.access.doors import SYSTEM
    from holdfast.organisation.selectors import account_named

    return account_named(username) if username else SYSTEM


def say(value: Mapping[str, Any], *, in_one_line: bool = False) -> None:
    """Print an object as JSON: dates in ISO form, keys as documented. A demonstration says that it is invented.

    Never a bare list, which has nowhere to say so.
    """
    from django.conf import settings

    if settings.MODE == "demo":
        value = {"invented": "Invented data of a demonstration. Nothing here is about a real child.", **value}
    typer.echo(json.dumps(value, indent=None if in_one_line else 2, ensure_ascii=False, default=str))


def day_of(when: datetime | None) -> date | None:
    """The day typed, which the parser gives as a moment."""
    return when.date() if when else None
