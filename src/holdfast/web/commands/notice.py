"""Commands about the notice: where each requirement stands, the notice as data, its own text."""

from pathlib import Path
from typing import Annotated

import typer

from holdfast.web.commands.options import (
    AsOption,
    JsonOption,
    ProgrammeOption,
    actor_named,
    asking,
    programme_chosen,
    say,
    start,
)

app = typer.Typer()
notice_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Load a notice, or attach its own text.")
app.add_typer(notice_app, name="notice")


@app.command()
def position(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """Where the council stands against every requirement of its notice."""
    by, code, _ = asking(user, programme)
    from holdfast.notice.selectors import positions

    found = positions.positions(by, code)
    if as_json:
        say({"requirements": found})
        return
    for one in found:
        typer.echo(f"{one['ref']}  {one['position']:<12} {one['modality']:<9} {one['name']}")


@notice_app.command("attach")
def notice_attach(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="The notice's own text, as a plain text file")
    ],
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Attach the notice's own text: clauses are matched to requirements by their place."""
    start()
    from holdfast.access import clock
    from holdfast.notice.services import loading

    attached = loading.attach_text(
        by=actor_named(user),
        at=clock.now(),
        programme=programme_chosen(programme),
        name=file.name,
        content=file.read_bytes(),
    )
    typer.echo(attached.in_words())


@notice_app.command("load")
def notice_load(
    file: Annotated[Path, typer.Argument(help="A notice as data (YAML): a path, or the name of one that ships")],
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Load a notice's requirements from a file of data."""
    start()
    from holdfast.access import clock
    from holdfast.notice.services import loading

    loaded = loading.load_notice(by=actor_named(user), at=clock.now(), programme=programme_chosen(programme), file=file)
    typer.echo(f"{loaded.title}: {loaded.requirements.count()} requirements.")
