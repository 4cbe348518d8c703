"""What `holdfast ingest --watch` and `--database` do: look again and again, or once, and say what came of it.

Not here: taking in (performance/services/watching.py). Rule: it ends well when it is told to, between two things.
"""

import signal
import threading
from pathlib import Path
from typing import Any

import typer

from holdfast.web.commands.options import say


def watch_folder(
    actor: Any, programme: Any, folder: Path, *, every: int, once: bool, confirm_none: bool, as_json: bool
) -> None:
    """Take in what arrives until the process is told to stop; with `once`, what is there and stands still.

    As JSON: one object on a line for each thing that arrived, as soon as it is taken in.
    """
    from holdfast.access import clock
    from holdfast.performance.services import watching
    from holdfast.web.progress_bar import in_terminal
    from holdfast.web.verify import clear_what_was_left

    clear_what_was_left()
    stop = threading.Event()
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, lambda *_: stop.set())
    seen: dict[str, Any] = {}
    n_looks, n_refused = 0, 0
    while not stop.is_set():
        given = {"folder": folder, "before": seen, "confirm_none": confirm_none, "watch": in_terminal()}
        seen, taken = watching.take_in_folder(by=actor, at=clock.now(), programme=programme, **given)
        for one in taken:
            _say(one, as_json=as_json)
        _say_draft(actor, programme, taken, as_json=as_json)
        n_looks, n_refused = n_looks + 1, n_refused + sum(not one.was_read for one in taken)
        if once and n_looks == 2:
            break
        stop.wait(every)
    if n_refused:
        raise typer.Exit(1)


def pull_database(actor: Any, programme: Any, name: str, *, as_json: bool) -> None:
    """Copy a database's SSD and take it in, once: schedule it as often as it is wanted."""
    from holdfast.access import clock
    from holdfast.performance.services import watching
    from holdfast.web.progress_bar import in_terminal

    one = watching.take_in_database(by=actor, at=clock.now(), programme=programme, name=name, watch=in_terminal())
    _say(one, as_json=as_json)
    _say_draft(actor, programme, [one], as_json=as_json)
    if not one.was_read:
        raise typer.Exit(1)


def _say_draft(actor: Any, programme: Any, taken: list[Any], *, as_json: bool) -> None:
    """The release that what arrived is part of now, where any of it was read."""
    from holdfast.web.ingested import release_words

    if not as_json and any(one.was_read for one in taken):
        typer.echo(release_words(actor, programme.code))


def _say(one: Any, *, as_json: bool) -> None:
    """What became of one thing that arrived."""
    if as_json:
        say({"name": one.name, "was_read": one.was_read, "words": one.words}, in_one_line=True)
    else:
        typer.echo(f"{one.name}: {one.words}")
