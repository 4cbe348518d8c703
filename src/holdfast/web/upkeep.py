"""Commands for whoever runs the machine: is everything as it was written; begin to seal what is there.

Thin, as cli.py is: parse, call, print. They act for the machine's owner, and take no --as.
"""

from typing import Annotated

import typer

from holdfast.web.commands.options import start

app = typer.Typer()


@app.command()
def verify(
    since: Annotated[
        tuple[int, str] | None,
        typer.Option(metavar="NUMBER DIGEST", help="A row of the trail and its digest, as noted on another machine"),
    ] = None,
) -> None:
    """Find whatever was changed, added or removed behind the services: the trail, records, files."""
    start()
    from holdfast.access.trail import head
    from holdfast.web.verify import problems

    found = list(problems(since))
    for problem in found:
        typer.echo(problem, err=True)
    if found:
        raise typer.Exit(1)
    number, digest = head()
    typer.echo(f"Everything is as it was written. The trail has {number:,} rows and ends {digest}.")


@app.command()
def seal(
    because: Annotated[str, typer.Option(help="Why records differ from what the trail left, such as an upgrade")] = "",
) -> None:
    """Seal the records as they stand: once when sealing begins, or with a reason after an upgrade changed them."""
    start()
    from holdfast.access import clock
    from holdfast.access.checking import seal_what_stands
    from holdfast.access.doors import SYSTEM

    counted = seal_what_stands(by=SYSTEM, at=clock.now(), because=because)
    typer.echo(f"Sealed {sum(counted.values()):,} records as they stand, unexamined; the trail says so.")
