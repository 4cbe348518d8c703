"""Commands that freeze a report and write it to a file, and what may be said of a theme."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from holdfast.web.commands.options import (
    DAY,
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
report_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Freeze a report and write it to a file.")
app.add_typer(report_app, name="report")


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
    start()
    import hashlib

    from holdfast.access import clock
    from holdfast.reports import selectors, services

    actor, chosen = actor_named(user), programme_chosen(programme)
    edition = services.freeze_edition(by=actor, at=clock.now(), programme=chosen, kind="ministers", on=on.date())
    content = selectors.render(actor, edition, kind)
    out.write_bytes(content)
    typer.echo(f"{edition.in_words} written to {out} ({len(content):,} bytes).")
    typer.echo(f"sha256 {hashlib.sha256(content).hexdigest()}")


@report_app.command("audits")
def report_audits(
    out: Annotated[Path, typer.Option(help="Where to write it: .pdf, .html or .json")],
    number: Annotated[int, typer.Option("--number", help="A report that is frozen already (default: freeze one)")] = 0,
    since: Annotated[datetime | None, typer.Option("--since", formats=DAY, help="The first day of its cycle")] = None,
    until: Annotated[datetime | None, typer.Option("--until", formats=DAY, help="The last day of its cycle")] = None,
    for_members: Annotated[bool, typer.Option("--for-members", help="The copy for members and the public")] = False,
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """The report of a cycle of audits: frozen once, in two copies; this writes one of them."""
    if not number and (since is None or until is None):
        raise typer.BadParameter("give it, or the first and the last day of a cycle to freeze", param_hint="--number")
    start()
    import hashlib

    from holdfast.access import clock
    from holdfast.reports import audit_reports

    actor, chosen = actor_named(user), programme_chosen(programme)
    if number:
        report = audit_reports.one_audit_report(actor, chosen.code, number)
    elif since is not None and until is not None:
        days = {"since": since.date(), "until": until.date()}
        report = audit_reports.freeze_audit_report(by=actor, at=clock.now(), programme=chosen, **days)
    copy = "members" if for_members else "boards"
    content = audit_reports.read_audit_report(actor, report, copy, out.suffix.lstrip(".").lower())
    out.write_bytes(content)
    typer.echo(f"{report}, {audit_reports.COPIES[copy].lower()}, written to {out} ({len(content):,} bytes).")
    typer.echo(f"sha256 {hashlib.sha256(content).hexdigest()}")


@app.command()
def theme(
    code: Annotated[str, typer.Argument(help="The theme, like voice (default: all)")] = "",
    programme: ProgrammeOption = "",
    user: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """What data, audits and voice say of a theme, and the one sentence that they allow together."""
    by, chosen, _ = asking(user, programme)
    from holdfast.reports import themes

    found = [themes.one_theme(by, chosen, code)] if code else themes.themes(by, chosen)
    if as_json:
        data = [read.as_data() for read in found]
        say(data[0] if code else {"themes": data})
        return
    for read in found:
        typer.echo(f"{read.code:<12} {read.state:<15} {read.sentence}")
