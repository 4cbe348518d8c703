"""What `holdfast ingest --watch` and `--database` do: look again and again, or once, and say what came of it.

Not here: taking in (performance/services/watching.py). Rule: it ends well when it is told to, between two things.
"""

import signal
import threading
from pathlib import Path
from typing import Any

import typer


def watch_folder(actor: Any, programme: Any, folder: Path, *, every: int, once: bool) -> None:
    """Take in what arrives until the process is told to stop; with `once`, what is there and stands still."""
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
        seen, taken = watching.take_in_folder(
            by=actor, at=clock.now(), programme=programme, folder=folder, before=seen, watch=in_terminal()
        )
        for one in taken:
            typer.echo(f"{one.name}: {one.words}")
        n_looks, n_refused = n_looks + 1, n_refused + sum(not one.was_read for one in taken)
        if once and n_looks == 2:
            break
        stop.wait(every)
    if n_refused:
        raise typer.Exit(1)


def pull_database(actor: Any, programme: Any, name: str) -> None:
    """Copy a database's SSD and take it in, once: schedule it as often as it is wanted."""
    from holdfast.access import clock
    from holdfast.performance.services import watching
    from holdfast.web.progress_bar import in_terminal

    one = watching.take_in_database(by=actor, at=clock.now(), programme=programme, name=name, watch=in_terminal())
    typer.echo(f"{one.name}: {one.words}")
    if not one.was_read:
        raise typer.Exit(1)
