"""Commands about question sets: which there are, and loading those that ship or a file of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from holdfast.web.commands.options import (
    AsOption,
    ProgrammeOption,
    actor_named,
    asking,
    programme_chosen,
    start,
)

app = typer.Typer()
questions_app = typer.Typer(rich_markup_mode=None, help="What audits and surveys ask, in versions that never change.")
app.add_typer(questions_app, name="questions")


@questions_app.callback(invoke_without_command=True)
def questions(context: typer.Context, programme: ProgrammeOption = "", user: AsOption = "") -> None:
    """Every question set, with its newest version."""
    if context.invoked_subcommand is not None:
        return
    by, code, _ = asking(user, programme)
    from holdfast.questions import selectors

    for found in selectors.question_sets(by, code):
        latest = selectors.latest(found)
        typer.echo(f"{found.code:<28} version {latest.number if latest else 0:<4} {found.title}")


@questions_app.command("load")
def questions_load(
    files: Annotated[list[Path] | None, typer.Argument(help="Files of question sets (default: all that ship)")] = None,
    change: Annotated[str, typer.Option("--change", help="What is new in them")] = "",
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Keep question sets from files; one whose newest version says the same is left as it is."""
    start()
    from holdfast.access import clock
    from holdfast.questions import reading, services

    chosen, by = programme_chosen(programme), actor_named(user)
    for file in files or reading.shipped():
        try:
            content = reading.from_file(file)
            version = services.write_version(by=by, at=clock.now(), programme=chosen, content=content, change=change)
        except services.NothingNew as same:
            typer.echo(f"{file.stem}: {same}")
        else:
            typer.echo(f"{version}: {version.content_hash[:12]}")


@questions_app.command("show")
def questions_show(
    code: Annotated[str, typer.Argument(help="The question set, like closure-audit")],
    number: Annotated[int, typer.Option("--version", help="A version of it (default: the newest)")] = 0,
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Print a version of a question set as the file that loads it: wording, conditions, scales, what each serves."""
    by, owner, _ = asking(user, programme)
    from holdfast.questions import reading, selectors

    found = selectors.newest_version(by, owner, code)
    version = selectors.one_version(by, owner, code, number) if number else found
    typer.echo(reading.as_text(version.content), nl=False)
