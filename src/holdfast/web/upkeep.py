"""Commands for whoever runs the machine: is everything as it was written; seal, back up, restore; accounts.

Thin, as cli.py is: parse, call, print. They act for the machine's owner, and take no --as.
"""

from pathlib import Path
from typing import Annotated

import typer

from holdfast.web.commands.options import start

app = typer.Typer()
account_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Add an account, grant a role, make a link."
)
app.add_typer(account_app, name="account")


@app.command()
def verify(
    since: Annotated[
        tuple[int, str] | None,
        typer.Option(metavar="NUMBER DIGEST", help="A row of the trail and its digest, as noted on another machine"),
    ] = None,
) -> None:
    """Find whatever was changed, added or removed behind the services: the trail, records, files."""
    start()
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.access.trail import head
    from holdfast.access.upkeep import note_verified
    from holdfast.web.verify import clear_what_was_left, problems

    clear_what_was_left()
    found = list(problems(since))
    note_verified(by=SYSTEM, at=clock.now(), n_problems=len(found))
    for problem in found:
        typer.echo(problem, err=True)
    if found:
        raise typer.Exit(1)
    number, digest = head()
    typer.echo(f"Everything is as it was written. The trail has {number:,} rows and ends {digest}.")


@app.command()
def seal(
    because: Annotated[str, typer.Option(help="Why records differ from what the trail left, such as an upgrade")] = "",
) -> None:
    """Seal the records as they stand: once when sealing begins, or with a reason after an upgrade changed them."""
    start()
    from holdfast.access import clock
    from holdfast.access.checking import seal_what_stands
    from holdfast.access.doors import SYSTEM

    counted = seal_what_stands(by=SYSTEM, at=clock.now(), because=because)
    typer.echo(f"Sealed {sum(counted.values()):,} records as they stand, unexamined; the trail says so.")


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where to write it: a new file, such as monday.tar")]) -> None:
    """Copy the database and every kept file into one file, while people go on working."""
    start()
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.access.upkeep import note_backup
    from holdfast.web.backup import back_up, is_sqlite

    n_files, sha256 = back_up(file)
    note_backup(by=SYSTEM, at=clock.now(), n_files=n_files, sha256=sha256)
    typer.echo(f"{file} holds {n_files:,} files. It is as secret as the records: keep it on an encrypted disk.")
    if not is_sqlite():
        typer.echo(
            "The database is PostgreSQL's: copy it with pg_dump BEFORE this, so that every file it names is here."
        )
    typer.echo(f"sha256 {sha256}")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A backup", exists=True, dir_okay=False)]) -> None:
    """Put a backup back into HOLDFAST_DATA, which must be empty. Then run migrate, collectstatic and verify."""
    start()
    from holdfast.web.backup import restore as put_back

    typer.echo(f"{put_back(file):,} files are back. Run holdfast manage migrate, then holdfast verify.")


@account_app.command("add")
def account_add(
    username: Annotated[str, typer.Argument(help="What they will sign in as")],
    first_name: Annotated[str, typer.Option(help="Their first name")],
    last_name: Annotated[str, typer.Option(help="Their last name")],
    email: Annotated[str, typer.Option(help="Their work email address")] = "",
) -> None:
    """Add an account, such as the first administrator's."""
    start()
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.organisation import services

    names = {"username": username, "first_name": first_name, "last_name": last_name, "email": email}
    services.create_account(by=SYSTEM, at=clock.now(), **names)
    typer.echo(f"Added the account {username}. It has no role, and no password: holdfast account link {username}.")


@account_app.command("grant")
def account_grant(
    username: Annotated[str, typer.Argument(help="Who")],
    role: Annotated[str, typer.Argument(help="A role's code, such as administrator")],
    programme: Annotated[str, typer.Option(metavar="CODE", help="Over which programme (default: all)")] = "",
) -> None:
    """Grant a role, where there are not two administrators to do it."""
    start()
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.organisation import services
    from holdfast.organisation.selectors import account_named, programme_choice

    over = programme_choice(programme) if programme else None
    services.grant_role(by=SYSTEM, at=clock.now(), account=account_named(username), role=role, programme=over)
    typer.echo(f"{username} is {role} over {programme or 'the installation'}.")


@account_app.command("link")
def account_link(username: Annotated[str, typer.Argument(help="Whose password is to be chosen")]) -> None:
    """Print a link to choose a password, where no mail is sent: for its person, and for nobody else."""
    start()
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.access.links import print_link
    from holdfast.organisation.selectors import account_named

    typer.echo(print_link(by=SYSTEM, at=clock.now(), account=account_named(username)))
