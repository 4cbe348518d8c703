"""Commands about files that come in: returns, read at once, and figures that others published."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from holdfast.web.commands import watching
from holdfast.web.commands.options import (
    DAY,
    AsOption,
    JsonOption,
    ProgrammeOption,
    actor_named,
    day_of,
    programme_chosen,
    say,
    start,
)

app = typer.Typer()
FilesArgument = Annotated[
    list[Path] | None,
    typer.Argument(help="Return files, or folders of files that are one return, oldest first", exists=True),
]
ConfirmOption = Annotated[
    bool,
    typer.Option("--confirm-authority", help="Accept a file that names another authority; with --watch, one of none"),
]
LossOption = Annotated[
    bool, typer.Option("--accept-loss", help="Accept a file of which all or most of a column is lost")
]
WatchOption = Annotated[
    Path | None,
    typer.Option("--watch", help="Take in whatever arrives in this folder, until stopped", file_okay=False),
]


@app.command()
def ingest(
    files: FilesArgument = None,
    programme: ProgrammeOption = "",
    as_at: Annotated[datetime | None, typer.Option(formats=DAY, help="The date the data describes")] = None,
    confirm_authority: ConfirmOption = False,
    accept_loss: LossOption = False,
    watch: WatchOption = None,
    every: Annotated[int, typer.Option(help="With --watch: seconds between two looks", min=1)] = 30,
    once: Annotated[bool, typer.Option("--once", help="With --watch: look twice, and stop")] = False,
    database: Annotated[str, typer.Option(metavar="NAME", help="Copy the SSD of this database, read-only")] = "",
    user: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Submit return files, read them at once and calculate a draft release. Nothing is ever published by it."""
    start()
    if sum(map(bool, (files, watch, database))) != 1:
        raise typer.BadParameter("Give files, or --watch with a folder, or --database with a name.")
    actor, chosen = actor_named(user), programme_chosen(programme)
    if watch is not None:
        told = {"every": every, "once": once, "confirm_none": confirm_authority, "as_json": as_json}
        return watching.watch_folder(actor, chosen, watch, **told)
    if database:
        return watching.pull_database(actor, chosen, database, as_json=as_json)
    from holdfast.access import clock
    from holdfast.performance.services import intake
    from holdfast.web.progress_bar import in_terminal

    results = intake.ingest_now(
        by=actor,
        at=clock.now(),
        programme=chosen,
        files=files or [],
        as_at=day_of(as_at),
        confirm_authority=confirm_authority,
        accept_loss=accept_loss,
        watch=in_terminal(),
    )
    return _say(actor, chosen.code, results, as_json=as_json)


def _say(actor: Any, code: str, results: list[Any], *, as_json: bool) -> None:
    """What became of each file; status 1 where one of them was refused."""
    from holdfast.web.ingested import lines, release_data

    if as_json:
        made = release_data(actor, code)
        say({"returns": [result.as_data() | {"release": made} for result in results]})
    else:
        for line in lines(actor, code, results):
            typer.echo(line)
    if any(result.was_refused for result in results):
        raise typer.Exit(1)


@app.command()
def published(
    files: Annotated[list[Path], typer.Argument(help="CSV files as the Department publishes them", exists=True)],
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Submit published figures: tables as they are published, and models of statistical neighbours."""
    start()
    from holdfast.access import clock
    from holdfast.performance.services import publishing

    actor, chosen = actor_named(user), programme_chosen(programme)
    for file in files:
        kept = publishing.submit_published(by=actor, at=clock.now(), programme=chosen, file=file, name=file.name)
        typer.echo(f"{kept.name}: {kept.title}, {kept.release}. {publishing.counted_words(kept)}")


@app.command()
def validate(
    file: Annotated[Path, typer.Argument(help="A children in need census file (XML)", exists=True, dir_okay=False)],
    year: Annotated[str, typer.Option("--year", help="The census year, such as 2025/26 (default: its own)")] = "",
    as_json: JsonOption = False,
) -> None:
    """Hold a census file to the Department's validation rules of its year. Nothing is stored."""
    start()
    from holdfast.performance.selectors.validation import validated_data, validated_file, validated_words

    found = validated_file(file, year)
    if as_json:
        say(validated_data(found))
        return
    for line in validated_words(found):
        typer.echo(line)


@app.command()
def headings(
    file: Annotated[Path, typer.Argument(help="A workbook or CSV list, or a folder of them", exists=True)],
    sheet: Annotated[list[str] | None, typer.Option(help="Which list a sheet is, like “Duty=3” (0: none)")] = None,
    means: Annotated[
        list[str] | None,
        typer.Option(
            help="What a heading means, like “3:From=Referral Source” or “3:column B=Referral Source”; nothing after "
            "the “=” leaves it out"
        ),
    ] = None,
    row: Annotated[
        list[str] | None, typer.Option(help="Which row of a sheet has its headings, like “Duty=4” (0: as found)")
    ] = None,
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Show what each sheet and heading means in Annex A, and say what those mean that mean nothing yet."""
    start()
    from holdfast.access import clock
    from holdfast.performance.selectors import own_headings
    from holdfast.performance.services import naming

    actor, chosen = actor_named(user), programme_chosen(programme)
    if sheet or means or row:
        lists = {name: _number(said) for name, _, said in (one.rpartition("=") for one in sheet or [])}
        rows = {name: _number(said) for name, _, said in (one.rpartition("=") for one in row or [])}
        meant: dict[int, dict[str, str]] = {}
        for said in means or []:
            number, _, pair = said.partition(":")
            heading, _, own = pair.rpartition("=")
            called = own_headings.called(actor, chosen, file, _number(number), heading, lists, rows)
            meant.setdefault(_number(number), {})[called] = own
        given = {"sheets": lists, "headings": meant, "rows": rows}
        made = naming.name_headings(by=actor, at=clock.now(), programme=chosen, **given)
        typer.echo(f"Kept as version {made.version}.")
    for seen in own_headings.sheets_of(actor, chosen, file):
        for line in _sheet_lines(seen):
            typer.echo(line)


def _sheet_lines(seen: Any) -> Iterator[str]:
    """A sheet as its headings are understood."""
    lists = {None: "not known which list it is", 0: "none of the lists"}
    yield f"{seen.name}: {lists.get(seen.number, f'list {seen.number}')}"
    if seen.problem and seen.is_list:
        yield f"  {seen.problem}"
    for heading, like in seen.unknown.items():
        yield f"  {heading}: means nothing yet{f' (surely {like.heading}: {like.why})' if like else ''}"
    for letter in seen.unsaid.values():
        yield f"  column {letter}, which looks like a value and is not shown: means nothing yet"


@app.command()
def teams(
    means: Annotated[
        list[str] | None,
        typer.Option(help="Which team a name means, by its code, like “Sth duty=south”; “Sth duty=” for none here"),
    ] = None,
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Show which team each name in the newest returns means, and say it of those that mean none yet."""
    start()
    from holdfast.access import clock
    from holdfast.performance.selectors import own_teams
    from holdfast.performance.services import naming

    actor, chosen = actor_named(user), programme_chosen(programme)
    if means:
        said = {name: team for name, _, team in (one.rpartition("=") for one in means)}
        made = naming.name_teams(by=actor, at=clock.now(), programme=chosen, teams=said)
        typer.echo(f"Kept as version {made.version}.")
    named, _ = own_teams.teams_named(actor, chosen)
    for one in named:
        typer.echo(f"{one.name}: {'means nothing yet' if one.team is None else one.team or 'none of the teams here'}")
    if not named:
        typer.echo("No return names a team yet.")


def _number(said: str) -> int:
    if not said.strip().isdecimal():
        raise typer.BadParameter("Give the list by its number, like “Front door=3” or “3:Person no=Child Unique ID”.")
    return int(said)
