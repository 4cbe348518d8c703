"""Commands about the plan: as a spreadsheet out and back in, and what was not done as first promised."""

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
plan_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The plan: as a spreadsheet, and exceptions.")
app.add_typer(plan_app, name="plan")


@plan_app.command("export")
def plan_export(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="Where to write it: a name that ends in .xlsx or .csv")],
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Write the whole plan as a spreadsheet, which can be changed and imported."""
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise typer.BadParameter("give a name that ends in .xlsx or .csv")
    by, code, _ = asking(user, programme)
    from holdfast.plan.selectors.sheets import exported

    file.write_bytes(exported(by, code, file.suffix.lower()[1:]))
    typer.echo(f"The plan is in {file}.")


@plan_app.command("import")
def plan_import(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A plan as .xlsx or .csv")],
    programme: ProgrammeOption = "",
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Change the plan as shown (default: only show it)")
    ] = False,
    user: AsOption = "",
) -> None:
    """Show what a spreadsheet would change in the plan, with every fault; with --confirm, change it."""
    start()
    from holdfast.access import clock
    from holdfast.plan.selectors.sheets import preview_of
    from holdfast.plan.services.importing import import_sheet
    from holdfast.plan.spreadsheet.reading import LARGEST_BYTES, read

    actor, chosen = actor_named(user), programme_chosen(programme)
    with file.open("rb") as source:
        sheet = read(source.read(LARGEST_BYTES + 1))
    preview = preview_of(actor, chosen.code, sheet)
    for line in preview.lines():
        typer.echo(line)
    if confirm:
        import_sheet(by=actor, at=clock.now(), programme=chosen, sheet=sheet, fingerprint=preview.fingerprint)
        typer.echo("The plan is changed as shown.")
    elif preview.faults:
        raise typer.Exit(1)


@plan_app.command("exceptions")
def plan_exceptions(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """What is not done by the date first promised, or was moved: decisions, cause and recovery."""
    by, code, _ = asking(user, programme)
    from holdfast.plan.selectors import exceptions

    found = exceptions.exceptions(by, code)
    if as_json:
        say({"exceptions": exceptions.as_data(found)})
        return
    for one in found:
        row = dict(zip(exceptions.HEAD, one.as_row(), strict=True))
        moved = f"  {row['decisions']}" if one.decisions else ""
        typer.echo(f"{row['ref']:<8}{row['state']:<26}{row['days_after_first_date']:>4} days{moved}  {row['title']}")
