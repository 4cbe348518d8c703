"""Commands about programmes."""

from datetime import datetime
from typing import Annotated, Any

import typer

from holdfast.web.commands.options import DAY, day_of, start

app = typer.Typer()
programme_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Add a programme, or list them.")
app.add_typer(programme_app, name="programme")


@programme_app.command("add")
def programme_add(
    code: Annotated[str, typer.Argument(help="A short code, such as westmere-2031")],
    council: Annotated[str, typer.Option(help="The council's name")],
    authority: Annotated[str, typer.Option(help="The council's three-digit local authority code")],
    name: Annotated[str, typer.Option(help="The programme's name (default: the council's name and the code)")] = "",
    starts_on: Annotated[datetime | None, typer.Option(formats=DAY, help="When it starts (default: today)")] = None,
) -> None:
    """Add a programme, and its council where it is new."""
    start()
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
        starts_on=day_of(starts_on) or clock.today(),
    )
    of = f" It is {held.name}'s, whose code {authority} is." if held and held.name != council else ""
    kept = f" The name given, {council}, was not used." if of else ""
    typer.echo(f"Added the programme {code}.{of}{kept}")


@programme_app.command("list")
def programme_list() -> None:
    """List the programmes."""
    start()
    from holdfast.access.doors import SYSTEM
    from holdfast.organisation import selectors

    for each in selectors.programmes(SYSTEM):
        typer.echo(f"{each.code}  {each.name}")
