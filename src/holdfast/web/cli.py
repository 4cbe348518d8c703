"""The command line. Thin: parse arguments, call one service or selector, print.

Exit status: 0 done; 1 refused, with a plain sentence on stderr; 2 usage. Django and the analytical libraries are
imported inside the commands, so that `holdfast --help` answers at once. What `--json` prints is documented in
docs/formats/ and stable.
"""

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from holdfast.web.upkeep import app as upkeep_app

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
report_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Freeze a report and write it to a file.")
notice_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Load a notice, or attach its own text.")
programme_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Add a programme, or list them.")
app.add_typer(report_app, name="report")
app.add_typer(notice_app, name="notice")
app.add_typer(programme_app, name="programme")
app.add_typer(upkeep_app)

ProgrammeOption = Annotated[
    str,
    typer.Option("--programme", metavar="CODE", help="The programme (default: HOLDFAST_PROGRAMME, or the only one)"),
]
AsOption = Annotated[str, typer.Option("--as", metavar="USER", help="Act as this account (default: the system)")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, as docs/formats describes")]
DAY = ["%Y-%m-%d"]


def _start() -> None:
    """Settings and the room list; everything that needs Django calls this first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.web.settings")
    import django

    django.setup()


def _programme(code: str) -> Any:
    from django.conf import settings

    from holdfast.organisation.selectors import programme_choice

    return programme_choice(code or settings.HOLDFAST_PROGRAMME or None)


def _actor(username: str) -> Any:
    from holdfast.access.doors import SYSTEM
    from holdfast.organisation.selectors import account_named

    return account_named(username) if username else SYSTEM


def _say(value: Any) -> None:
    """Print a value as JSON: dates in ISO form, keys as documented."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def _day(when: datetime | None) -> date | None:
    return when.date() if when else None


@app.command()
def ingest(
    files: Annotated[list[Path], typer.Argument(help="Return files, oldest first", exists=True, dir_okay=False)],
    programme: ProgrammeOption = "",
    as_at: Annotated[datetime | None, typer.Option(formats=DAY, help="The date the data describes")] = None,
    confirm_authority: Annotated[
        bool, typer.Option("--confirm-authority", help="Accept a file that names another authority")
    ] = False,
    user: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Submit return files, read them at once and calculate a draft release."""
    _start()
    from holdfast.access import clock
    from holdfast.performance import services
    from holdfast.web.ingested import lines

    actor, chosen = _actor(user), _programme(programme)
    results = services.ingest_now(
        by=actor,
        at=clock.now(),
        programme=chosen,
        files=files,
        as_at=_day(as_at),
        confirm_authority=confirm_authority,
    )
    if as_json:
        _say([result.as_data() for result in results])
    else:
        for line in lines(actor, chosen.code, results):
            typer.echo(line)
    if any(result.was_refused for result in results):
        raise typer.Exit(1)


@app.command()
def release(
    programme: ProgrammeOption = "",
    engine: Annotated[str, typer.Option(help="duckdb, or postgresql://... (default: HOLDFAST_ENGINE)")] = "",
    user: AsOption = "",
) -> None:
    """Calculate a draft release from every return that has been kept."""
    _start()
    from holdfast.access import clock
    from holdfast.pages.words import date_words
    from holdfast.performance import services

    made = services.calculate_release(
        by=_actor(user), at=clock.now(), programme=_programme(programme), engine=engine or None
    )
    typer.echo(f"Draft {made.in_words}. Data as at {date_words(made.as_at)}.")


@app.command()
def publish(
    number: Annotated[int | None, typer.Argument(help="The release's number (default: the latest draft)")] = None,
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Publish a draft release. A published release never changes."""
    _start()
    from holdfast.access import clock
    from holdfast.performance import selectors, services

    actor, chosen = _actor(user), _programme(programme)
    draft = selectors.release_to_publish(actor, chosen.code, number)
    published = services.publish_release(by=actor, at=clock.now(), release=draft)
    typer.echo(f"Published {published.in_words}.")


@app.command()
def indicators(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """List the indicators with their latest figures."""
    _start()
    from holdfast.performance import selectors

    lines = selectors.scorecard(_actor(user), _programme(programme).code)
    if as_json:
        _say([line.as_data() for line in lines])
        return
    for line in lines:
        typer.echo(line.in_words())


@app.command()
def series(
    indicator: Annotated[str, typer.Argument(help="An indicator, such as I04")],
    by: Annotated[
        str, typer.Option(help="Break down by: referral_source, primary_need, age_band, sex, ethnicity")
    ] = "",
    programme: ProgrammeOption = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV")] = False,
    as_json: JsonOption = False,
    user: AsOption = "",
) -> None:
    """Print an indicator's series from the latest published release."""
    _start()
    from holdfast.performance import selectors

    found = selectors.series_data(_actor(user), _programme(programme).code, indicator, breakdown=by)
    if as_json:
        _say(found.as_data())
    elif as_csv:
        typer.echo(found.as_csv(), nl=False)
    else:
        typer.echo(found.in_words())


@app.command()
def cases(
    indicator: Annotated[str, typer.Argument(help="An indicator, such as I20")],
    user: Annotated[str, typer.Option("--as", metavar="USER", help="The account that looks; each look is trailed")],
    period: Annotated[str, typer.Option(help="A month (2014-01) or year (FY2014); default the latest month")] = "",
    outcome: Annotated[str, typer.Option(help="in, not or unknown; default all")] = "",
    programme: ProgrammeOption = "",
    as_json: JsonOption = False,
) -> None:
    """List the records behind a figure, for those permitted. Every look is written to the trail."""
    _start()
    from holdfast.performance import selectors

    found = selectors.cases_data(_actor(user), _programme(programme).code, indicator, period=period, outcome=outcome)
    _say(found.as_data()) if as_json else typer.echo(found.in_words())


@app.command()
def position(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """Where the council stands against every requirement of its notice."""
    _start()
    from holdfast.notice import selectors

    found = selectors.positions(_actor(user), _programme(programme).code)
    if as_json:
        _say(found)
        return
    for one in found:
        typer.echo(f"{one['ref']}  {one['position']:<12} {one['modality']:<9} {one['name']}")


@report_app.command("ministers")
def report_ministers(
    on: Annotated[datetime, typer.Option("--date", formats=DAY, help="The date the report is for")],
    out: Annotated[Path, typer.Option(help="Where to write it: .pdf, .html or .json")],
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """The report to Ministers for one date: frozen once, the same bytes every time it is written."""
    kind = out.suffix.lstrip(".").lower()
    if kind not in ("pdf", "html", "json"):
        raise typer.BadParameter("must end in .pdf, .html or .json", param_hint="--out")
    _start()
    import hashlib

    from holdfast.access import clock
    from holdfast.reports import selectors, services

    actor, chosen = _actor(user), _programme(programme)
    edition = services.freeze_edition(by=actor, at=clock.now(), programme=chosen, kind="ministers", on=on.date())
    content = selectors.render(actor, edition, kind)
    out.write_bytes(content)
    typer.echo(f"{edition.in_words} written to {out} ({len(content):,} bytes).")
    typer.echo(f"sha256 {hashlib.sha256(content).hexdigest()}")


@notice_app.command("attach")
def notice_attach(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="The notice's own text, as a plain text file")
    ],
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Attach the notice's own text: clauses are matched to requirements by their place."""
    _start()
    from holdfast.access import clock
    from holdfast.notice import services

    attached = services.attach_text(
        by=_actor(user), at=clock.now(), programme=_programme(programme), name=file.name, content=file.read_bytes()
    )
    typer.echo(attached.in_words())


@notice_app.command("load")
def notice_load(
    file: Annotated[Path, typer.Argument(help="A notice as data (YAML): a path, or the name of one that ships")],
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Load a notice's requirements from a file of data."""
    _start()
    from holdfast.access import clock
    from holdfast.notice import services

    loaded = services.load_notice(by=_actor(user), at=clock.now(), programme=_programme(programme), file=file)
    typer.echo(f"{loaded.title}: {loaded.requirements.count()} requirements.")


@programme_app.command("add")
def programme_add(
    code: Annotated[str, typer.Argument(help="A short code, such as westmere-2031")],
    council: Annotated[str, typer.Option(help="The council's name")],
    authority: Annotated[str, typer.Option(help="The council's three-digit local authority code")],
    name: Annotated[str, typer.Option(help="The programme's name (default: the council's name and the code)")] = "",
    starts_on: Annotated[datetime | None, typer.Option(formats=DAY, help="When it starts (default: today)")] = None,
) -> None:
    """Add a programme, and its council where it is new."""
    _start()
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.organisation import services
    from holdfast.organisation.models import Council

    write: dict[str, Any] = {"by": SYSTEM, "at": clock.now()}
    held = Council.objects.filter(code=authority).first()
    services.create_programme(
        **write,
        code=code,
        name=name or f"{council}: {code}",
        council=held or services.create_council(**write, code=authority, name=council),
        starts_on=_day(starts_on) or clock.today(),
    )
    of = f" It is {held.name}'s, whose code {authority} is." if held and held.name != council else ""
    typer.echo(f"Added the programme {code}.{of}")


@programme_app.command("list")
def programme_list() -> None:
    """List the programmes."""
    _start()
    from holdfast.access.doors import SYSTEM
    from holdfast.organisation import selectors

    for each in selectors.programmes(SYSTEM):
        typer.echo(f"{each.code}  {each.name}")


@app.command()
def worker(
    until_empty: Annotated[bool, typer.Option("--until-empty", help="Stop when there is nothing left to do")] = False,
) -> None:
    """Do queued jobs: read returns and calculate releases."""
    _start()
    from holdfast.jobs import queue

    queue.work(until_empty=until_empty)


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="The port to answer on")] = 8000,
    host: Annotated[str, typer.Option(help="The address to answer on")] = "127.0.0.1",
) -> None:
    """Serve the pages."""
    _start()
    from holdfast.web.server import serve as start_server

    start_server(host, port)


@app.command()
def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop after building")] = False,
    port: Annotated[int, typer.Option(help="The port to answer on")] = 8000,
) -> None:
    """Build the demonstration programme from invented returns, through the real path, and serve it."""
    os.environ["HOLDFAST_MODE"] = "demo"
    from holdfast.web.demo import run

    run(serve_pages=not no_serve, port=port)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage(context: typer.Context) -> None:
    """Django's own commands, such as `manage migrate`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["holdfast manage", *context.args])


def main() -> None:
    """Run a command. A refusal by the product is a sentence on stderr and status 1, never a traceback."""
    try:
        app(prog_name="holdfast")
    except Exception as problem:  # whatever it is, a reader of stderr gets a sentence
        from holdfast.web.refusing import in_words

        typer.echo(in_words(problem), err=True)
        sys.exit(1)
