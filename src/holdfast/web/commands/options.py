"""What many commands take, and how each begins: the programme, the account that acts, JSON, a day."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import takewhile
from typing import Annotated, Any

import typer

ProgrammeOption = Annotated[
    str,
    typer.Option("--programme", metavar="CODE", help="The programme (default: HOLDFAST_PROGRAMME, or the only one)"),
]
AsOption = Annotated[str, typer.Option("--as", metavar="USER", help="Act as this account (default: the system)")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, as docs/formats describes")]
DAY = ["%Y-%m-%d"]
_acting: list[Any] = []
"""The account that the command of this process acts as, once it has been named: at most one."""


def start() -> None:
    """Settings and the room list; everything that needs Django calls this first."""
    _acting.clear()
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

    _acting[:] = [account_named(username) if username else SYSTEM]
    return _acting[0]


def asking(user: str, programme: str) -> tuple[Any, str, date]:
    """Who asks, of which programme, and today: what a command that reads begins with, `start` included."""
    start()
    from holdfast.access import clock

    return actor_named(user), programme_chosen(programme).code, clock.today()


def trail_refusal(problem: BaseException, words: Sequence[str]) -> None:
    """Keep in the trail that the account was refused, as a page's door does. `words`: the command, without what it was
    asked of, which may hold anything. Not a refusal, or nobody named: nothing."""
    if not _acting:
        return
    from holdfast.access.doors import Refused
    from holdfast.access.trail import record_refusal

    if isinstance(problem, Refused):
        named = list(takewhile(lambda word: not word.startswith("-"), words))[:2]
        record_refusal(_acting.pop(), problem, path=" ".join(["holdfast", *named]))


def say(value: Mapping[str, Any], *, in_one_line: bool = False) -> None:
    """Print an object as JSON: dates in ISO form, keys as documented. A demonstration says that it is invented.

    Never a bare list, which has nowhere to say so.
    """
    from django.conf import settings

    if settings.MODE == "demo":
        value = {"invented": "Invented data of a demonstration. Nothing here is about a real child.", **value}
    typer.echo(json.dumps(value, indent=None if in_one_line else 2, ensure_ascii=False, default=str))


def say_found(found: Any, as_json: bool) -> None:
    """What a selector gave that says itself: as data, or in words."""
    say(found.as_data()) if as_json else typer.echo(found.in_words())


def say_page(as_json: bool, said: Iterable[str], tables: Iterable[Any]) -> None:
    """What a page says, printed: its sentences, then its tables. `tables`: Table, or None for one that is not shown."""
    words, shown = [line for line in said if line], [table for table in tables if table is not None]
    if as_json:
        say({"said": words, "tables": [table.as_data() for table in shown]})
        return
    for part in [*words, *(table.in_words() for table in shown)]:
        typer.echo(part)


def day_of(when: datetime | None) -> date | None:
    """The day typed, which the parser gives as a moment."""
    return when.date() if when else None
