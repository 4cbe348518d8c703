"""Commands that run the service: the worker, the pages, the demonstration, and Django's own."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from holdfast.web.commands.options import DAY, day_of, start

app = typer.Typer()


@app.command()
def worker(
    until_empty: Annotated[bool, typer.Option("--until-empty", help="Stop when there is nothing left to do")] = False,
) -> None:
    """Do queued jobs: read returns, calculate releases and freeze packs."""
    start()
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.jobs import queue
    from holdfast.performance.rehearsing import rehearse
    from holdfast.performance.services import calculation
    from holdfast.web.progress_bar import in_terminal
    from holdfast.web.verify import clear_what_was_left

    clear_what_was_left()
    calculation.answer_earlier_releases(by=SYSTEM, at=clock.now())
    queue.work(until_empty=until_empty, watch=in_terminal(), make_ready=rehearse)


def links_lead_here(port: int) -> None:
    """Links in mails and papers lead to the port that is served, unless HOLDFAST_ADDRESS says where readers come."""
    os.environ.setdefault("HOLDFAST_ADDRESS", f"http://localhost:{port}")


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="The port to answer on")] = 8000,
    host: Annotated[str, typer.Option(help="The address to answer on")] = "127.0.0.1",
) -> None:
    """Serve the pages."""
    links_lead_here(port)
    start()
    from holdfast.web.verify import clear_what_was_left

    clear_what_was_left()
    from holdfast.web.server import serve as start_server

    start_server(host, port)


@app.command()
def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop after building")] = False,
    port: Annotated[int, typer.Option(help="The port to answer on")] = 8000,
    notice_text: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="The 2013 notice's own words, as plain text, to attach"),
    ] = None,
    today: Annotated[
        datetime | None,
        typer.Option(formats=DAY, help="A day after the demonstration's own to look at it on, like 2014-04-10"),
    ] = None,
) -> None:
    """Build the demonstration programme from invented returns, through the real path, and serve it."""
    os.environ["HOLDFAST_MODE"] = "demo"
    links_lead_here(port)
    from holdfast.web.demo import run

    run(serve_pages=not no_serve, port=port, notice_text=notice_text, today=day_of(today))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage(context: typer.Context) -> None:
    """Django's own commands, such as `manage migrate`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["holdfast manage", *context.args])
