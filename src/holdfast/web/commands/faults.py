"""Commands about faults by the Department's rules: what a return has, and what somebody does about one."""

from typing import Annotated, Any

import typer

from holdfast.web.commands.options import (
    AsOption,
    JsonOption,
    ProgrammeOption,
    actor_named,
    programme_chosen,
    say,
    start,
)

app = typer.Typer()
fault = typer.Typer(help="Work on one fault, or on all of a rule: assign, explain, fixed.")
app.add_typer(fault, name="fault")

ReturnOption = Annotated[int, typer.Option("--return", help="The return's number (default: the newest held to rules)")]
RuleArgument = Annotated[str, typer.Argument(help="The Department's code of the rule, such as 8825Q")]
KeyOption = Annotated[
    str, typer.Option("--key", help="The fault's key, from `faults --json` (default: all of the rule)")
]
WordsOption = Annotated[str, typer.Option("--words", help="The reason or note, in words that name no child")]


@app.command()
def faults(
    number: ReturnOption = 0,
    rule: Annotated[str, typer.Option("--rule", help="Only this rule, row by row")] = "",
    mine: Annotated[bool, typer.Option("--mine", help="Only what was given to --as and is still to do")] = False,
    team: Annotated[str, typer.Option("--team", help="Only faults of children of this team")] = "",
    programme: ProgrammeOption = "",
    user: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Say what the Department's rules found in a return, and how each stands."""
    start()
    from holdfast.performance.selectors.faults import faults_data

    actor, chosen = actor_named(user), programme_chosen(programme)
    found = faults_data(actor, chosen.code, number, rule, is_mine=mine, team=team)
    if as_json:
        say(found)
        return
    typer.echo(f"Return {found['return']}, held to the rules of {found['year']}:")
    if found["why"]:
        typer.echo(f"  {found['why']}")
    if found["closed"]:
        typer.echo(f"  {found['closed']}")
    for one in found["rules"]:
        touched = f" Touches {', '.join(one['indicators'])}." if one["indicators"] else ""
        counts = f"{one['rows']:,} rows, {one['left']:,} left"
        typer.echo(f"  {one['rule']} {one['severity']}, {one['module']}, {counts}: {one['message']}{touched}")
    for row in found["named"]:
        said = f"{row['state']}: {row['words']}" if row["words"] else row["state"]
        typer.echo(f"  {row['rule']} line {row['line']}, {said} ({row['key'][:12]})")


@fault.command()
def assign(
    rule: RuleArgument,
    to: Annotated[str, typer.Option("--to", metavar="USER", help="Who is to look into it")],
    key: KeyOption = "",
    words: WordsOption = "",
    number: ReturnOption = 0,
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Give a fault, or all of a rule's, to a person."""
    start()
    from holdfast.performance.services.faults import assign_fault

    typer.echo(_done(assign_fault, rule, key, number, programme, user, assigned_to=actor_named(to), words=words))


@fault.command()
def explain(
    rule: RuleArgument,
    words: WordsOption,
    key: KeyOption = "",
    number: ReturnOption = 0,
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Say why a fault, or all of a rule's, is right as it stands: kept for the statutory return."""
    start()
    from holdfast.performance.services.faults import explain_fault

    typer.echo(_done(explain_fault, rule, key, number, programme, user, words=words))


@fault.command()
def fixed(
    rule: RuleArgument,
    words: WordsOption,
    key: KeyOption = "",
    number: ReturnOption = 0,
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Mark a fault, or all of a rule's, as put right in the case system, and say what was done there.

    What the next return of the census year no longer holds is closed by itself.
    """
    start()
    from holdfast.performance.services.faults import mark_fault_fixed

    typer.echo(_done(mark_fault_fixed, rule, key, number, programme, user, words=words))


def _done(service: Any, rule: str, key: str, number: int, programme: str, user: str, **more: Any) -> str:
    from holdfast.access import clock
    from holdfast.performance.selectors.faults import key_meant, validation_asked

    actor, chosen = actor_named(user), programme_chosen(programme)
    validation = validation_asked(actor, chosen.code, number)
    own = key_meant(validation, rule, key) if key else ""
    work = service(by=actor, at=clock.now(), validation=validation, rule=rule, key=own, **more)
    return f"Rule {work.rule} in return {work.returned.number}: {work.in_words.rstrip('.')}."
