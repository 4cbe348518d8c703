"""Commands about agreements: which version of what is in force, and who is waited for."""

from datetime import datetime
from typing import Annotated, Any

import typer

from holdfast.web.commands.options import (
    DAY,
    AsOption,
    JsonOption,
    ProgrammeOption,
    actor_named,
    asking,
    day_of,
    programme_chosen,
    say,
    start,
)

app = typer.Typer()
agreements_app = typer.Typer(rich_markup_mode=None, help="What is agreed, by whom, and which version is in force.")
app.add_typer(agreements_app, name="agreements")
OnOption = Annotated[
    datetime | None, typer.Option("--on", formats=DAY, metavar="DAY", help="As it was on a day (default: today)")
]


@agreements_app.callback(invoke_without_command=True)
def agreements(
    context: typer.Context,
    programme: ProgrammeOption = "",
    user: AsOption = "",
    on: OnOption = None,
    as_json: JsonOption = False,
) -> None:
    """Everything to be agreed: the version in force on a day, and who is waited for."""
    if context.invoked_subcommand is not None:
        return
    by, code, _ = asking(user, programme)
    from holdfast.access import clock
    from holdfast.agreements import selectors

    day = day_of(on) or clock.today()
    found = selectors.as_data(by, code, day)
    if as_json:
        say({"agreements": found})
        return
    for one in found:
        in_force = f"version {one['in_force']} since {one['since']}" if one["in_force"] else "nothing in force"
        typer.echo(f"{one['code']:<24} {in_force:<32} {one['state'] or 'nothing put forward'}")
        for waited in one["waiting_for"]:
            overdue = f", {waited['days_overdue']} overdue" if waited["days_overdue"] else ""
            typer.echo(f"{'':<24} waits for {waited['party']}: {waited['days_waiting']} days{overdue}")


@agreements_app.command("show")
def agreements_show(
    code: Annotated[str, typer.Argument(help="The code of what is to be agreed")],
    programme: ProgrammeOption = "",
    user: AsOption = "",
    on: OnOption = None,
    as_json: JsonOption = False,
) -> None:
    """One thing to be agreed: its versions, and what every party answered by a day."""
    start()
    from holdfast.access import clock
    from holdfast.agreements import selectors

    day = day_of(on) or clock.today()
    found = selectors.history_as_data(actor_named(user), programme_chosen(programme).code, code, day)
    if as_json:
        say(found)
        return
    typer.echo(f"{found['title']} ({found['kind']})")
    for version in found["versions"]:
        typer.echo(f"  version {version['number']}, put forward {version['proposed_on']}: {version['state']}")
        for party in version["parties"]:
            typer.echo(f"    {_answer_words(party)}")


def _answer_words(party: dict[str, Any]) -> str:
    if party["answer"] is None:
        return f"{party['party']}: no answer yet"
    through = f", minute {party['minute']}" if party["minute"] else ""
    return f"{party['party']}: {party['answer']} on {party['said_on']}{through}"
