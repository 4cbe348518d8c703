"""Commands about bodies' meetings: listing them, planning a cycle of them, and the pack of one."""

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
    start,
)
from holdfast.web.commands.options import say as print_json

app = typer.Typer()
meetings_app = typer.Typer(rich_markup_mode=None, help="The meetings of the Board and of other bodies.")
app.add_typer(meetings_app, name="meetings")


@meetings_app.callback(invoke_without_command=True)
def list_meetings(
    context: typer.Context, programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False
) -> None:
    """Every meeting, with the day first planned, and any gap that is longer than the body's cycle."""
    if context.invoked_subcommand:
        return
    actor, code, _ = asking(user, programme)
    from holdfast.governance.selectors import bodies, meetings

    every, constitutions = list(meetings.meetings(actor, code)), list(bodies.constituted(actor, code))
    gaps = meetings.gap_words(actor, code, constitutions, every)
    if as_json:
        rows = [
            {
                "body": meeting.body.code,
                "number": meeting.number,
                "held_on": meeting.held_on,
                "planned_on": meeting.planned_on,
                "starts_at": f"{meeting.starts_at:%H:%M}" if meeting.starts_at else None,
                "ends_at": f"{meeting.ends_at:%H:%M}" if meeting.ends_at else None,
                "place": meeting.place,
                "state": meeting.state,
                "moved_because": meeting.moved_because,
                "cancelled_because": meeting.cancelled_because,
            }
            for meeting in every
        ]
        print_json({"meetings": rows, "gaps": gaps})
        return
    for meeting in every:
        moved = f" (planned for {meeting.planned_on}: {meeting.moved_because})" if meeting.is_moved else ""
        typer.echo(f"{meeting.held_on}  {meeting}: {meeting.get_state_display().lower()}{moved}")
    for words in gaps:
        typer.echo(words)


@meetings_app.command("make-cycle")
def make_cycle(
    body: Annotated[str, typer.Argument(help="The body's code, or a name it goes by")],
    first: Annotated[datetime, typer.Option(formats=DAY, help="The day of the first meeting")],
    until: Annotated[datetime, typer.Option(formats=DAY, help="Plan no meeting after this day")],
    place: Annotated[str, typer.Option(help="Where they are held")] = "",
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Plan a body's meetings by its cycle, counted in days; a day on which nobody can meet moves earlier."""
    actor, code, _ = asking(user, programme)
    from holdfast.access import clock
    from holdfast.governance.services import meetings
    from holdfast.organisation.selectors import body_named

    meant = body_named(actor, code, body)
    days = {"first_on": first.date(), "until_on": until.date()}
    for meeting in meetings.make_cycle(by=actor, at=clock.now(), body=meant, place=place, **days):
        moved = f" (counted to {meeting.planned_on}. {meeting.moved_because})" if meeting.is_moved else ""
        typer.echo(f"{meeting.held_on}  {meeting}{moved}")


@app.command("pack")
def pack(
    body: Annotated[str, typer.Argument(help="The body's code, or a name it goes by")],
    number: Annotated[int, typer.Argument(help="The number of the meeting")],
    out: Annotated[Path, typer.Option(help="Where to write the PDF")],
    supplement: Annotated[int, typer.Option(help="Which supplement: 0 is the pack itself")] = 0,
    restricted: Annotated[bool, typer.Option("--restricted", help="The one that prints reserved items")] = False,
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """The pack of a meeting as PDF: frozen once, the same bytes every time. Late papers make a supplement."""
    actor, code, _ = asking(user, programme)
    from holdfast.access import clock
    from holdfast.governance.selectors import meetings, packs
    from holdfast.organisation.selectors import body_named
    from holdfast.reports import packs as frozen

    meeting = meetings.one_meeting(actor, code, body_named(actor, code, body).code, number)
    if supplement >= packs.next_supplement(meeting):
        frozen.make_pack(by=actor, at=clock.now(), meeting=meeting)
    found = packs.one_pack(actor, code, meeting, supplement, is_restricted=restricted)
    content = frozen.read_pack(actor, found)
    out.write_bytes(content)
    typer.echo(f"{found} written to {out} ({len(content):,} bytes). sha256 {found.files[frozen.PDF]}")


@app.command("digest")
def digest(programme: ProgrammeOption = "", user: AsOption = "") -> None:
    """Mail everybody what is late or due for them, once a day. Schedule it every morning; it is safe to run again.

    Ends with 1 where a mail did not go.
    """
    start()
    from holdfast.access import clock
    from holdfast.governance.services import reminding

    said = reminding.send_digests(by=actor_named(user), at=clock.now(), programme=programme_chosen(programme))
    typer.echo("\n".join(said))
    if any(reminding.NOT_TAKEN in words for words in said):
        raise typer.Exit(1)
