"""Commands about releases: take what rooms give, calculate a draft, publish it, set two beside each other."""

from typing import Annotated

import typer

from holdfast.web.commands.options import (
    AsOption,
    JsonOption,
    ProgrammeOption,
    actor_named,
    asking,
    programme_chosen,
    say_found,
    start,
)

app = typer.Typer()


@app.command()
def release(
    programme: ProgrammeOption = "",
    engine: Annotated[str, typer.Option(help="duckdb, or postgresql://... (default: HOLDFAST_ENGINE)")] = "",
    user: AsOption = "",
) -> None:
    """Calculate a draft release from every return that has been kept and what the rooms give."""
    start()
    from holdfast.access import clock
    from holdfast.pages.words import date_words
    from holdfast.performance.services import calculation

    made = calculation.calculate_release(
        by=actor_named(user), at=clock.now(), programme=programme_chosen(programme), engine=engine or None
    )
    typer.echo(f"Draft {made.in_words}. Data as at {date_words(made.as_at)}.")


@app.command()
def extract(programme: ProgrammeOption = "", user: AsOption = "") -> None:
    """Take what the rooms give to be measured (the plan, the notice), as a release would, and say what it is."""
    start()
    from holdfast.access import clock
    from holdfast.performance.services import extracting

    for taken in extracting.extract_now(by=actor_named(user), at=clock.now(), programme=programme_chosen(programme)):
        typer.echo(taken.in_words())


@app.command()
def publish(
    number: Annotated[int | None, typer.Argument(help="The release's number (default: the latest draft)")] = None,
    programme: ProgrammeOption = "",
    accept_loss: Annotated[
        bool, typer.Option("--accept-loss", help="Publish a release that loses figures of the last one")
    ] = False,
    user: AsOption = "",
) -> None:
    """Publish a draft release. A published release never changes."""
    start()
    from holdfast.access import clock
    from holdfast.performance.selectors.releases import release_to_publish
    from holdfast.performance.services import releases

    actor, chosen = actor_named(user), programme_chosen(programme)
    draft = release_to_publish(actor, chosen.code, number)
    published = releases.publish_release(by=actor, at=clock.now(), release=draft, accept_loss=accept_loss)
    typer.echo(f"Published {published.in_words}.")


@app.command()
def compare(
    older: Annotated[int, typer.Argument(help="The older release's number")],
    newer: Annotated[int, typer.Argument(help="The newer release's number")],
    programme: ProgrammeOption = "",
    as_json: JsonOption = False,
    user: AsOption = "",
) -> None:
    """What moved between two releases, figure by figure, and why: by how many records of each cause."""
    by, code, _ = asking(user, programme)
    from holdfast.performance.selectors.revisions import revisions

    found = revisions(by, code, older, newer)
    say_found(found, as_json)
