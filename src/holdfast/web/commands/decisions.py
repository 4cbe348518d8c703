"""Commands about what bodies decided, what was challenged, and the risk register."""

from typing import Annotated

import typer

from holdfast.web.commands.options import (
    AsOption,
    JsonOption,
    ProgrammeOption,
    asking,
)
from holdfast.web.commands.options import say as print_json

app = typer.Typer()


@app.command()
def decisions(
    body: Annotated[str, typer.Option(help="Only those of the body with this code")] = "",
    programme: ProgrammeOption = "",
    user: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Every decision, newest first, with what it changed and whether it stands."""
    actor, code, _ = asking(user, programme)
    from holdfast.governance.selectors import decisions as selectors

    made = [each for each in selectors.decisions(actor, code, body) if not selectors.is_withheld(actor, each)]
    if as_json:
        print_json({"decisions": [selectors.decision_data(each) for each in made]})
        return
    for each in made:
        typer.echo(f"{each.number}  {each.made_on}  {each.standing}. {each.text}")
        for effect in each.effects.all():
            typer.echo(f"    {effect.title}: {effect.before or 'nothing'} -> {effect.after}")


@app.command()
def challenges(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """Every challenge, the open ones first, with what came of it for children."""
    by, code, _ = asking(user, programme)
    from holdfast.governance.selectors import challenges as selectors

    lines = selectors.challenges(by, code)
    if as_json:
        print_json({"challenges": [line.as_data() for line in lines]})
        return
    for line in lines:
        raised = line.challenge
        typer.echo(f"{raised.number}  {line.state}, open for {line.age}. {raised.challenger}: {raised.about}")


@app.command()
def risks(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """The risk register, the largest first, with when each was last reviewed and last scored."""
    by, code, _ = asking(user, programme)
    from holdfast.governance.selectors import risks as selectors

    lines = selectors.risks(by, code)
    if as_json:
        print_json({"risks": [line.as_data() for line in lines]})
        return
    for line in lines:
        over = " Over its target." if line.is_over else ""
        typer.echo(f"{line.risk.number}  {line.score_words}  {line.risk.title}.{over} {line.looked_at}.")
