"""Commands that print figures, and the records behind one."""

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
    say_found,
    start,
)

app = typer.Typer()


@app.command()
def indicators(
    indicator: Annotated[str, typer.Argument(help="One to see the card of, such as I20; none lists them all")] = "",
    programme: ProgrammeOption = "",
    user: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """List the indicators with their latest figures; or print how one is counted, with its worked examples."""
    start()
    from holdfast.performance.selectors.indicators import definition_card, scorecard

    if indicator:
        card = definition_card(indicator)
        facts = {"id": card.id, "version": card.version, "title": card.title, "card": dict(card.card)}
        say(facts) if as_json else typer.echo(card.as_text)
        return
    by, code, _ = asking(user, programme)
    lines = scorecard(by, code)
    if as_json:
        say({"indicators": [line.as_data() for line in lines]})
        return
    for line in lines:
        typer.echo(line.in_words())


@app.command()
def funnel(
    period: Annotated[str, typer.Option(help="A month (2013-04) or year (FY2013); default the latest known")] = "",
    programme: ProgrammeOption = "",
    user: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Say how far the referrals of a period went within three months, all together and by team."""
    by, code, _ = asking(user, programme)
    from holdfast.performance.selectors.funnel import funnel as funnel_of

    say_found(funnel_of(by, code, period), as_json)


@app.command()
def closures(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """Say what the records of a year's closures show, what they do not hold, and what audits of closures found."""
    by, code, _ = asking(user, programme)
    from holdfast.practice.selectors.closures import closures as closures_of

    say_found(closures_of(by, code), as_json)


@app.command()
def consistency(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """Set what became of referrals side by side, by who referred and by the team that took the referral."""
    by, code, _ = asking(user, programme)
    from holdfast.performance.selectors.consistency import consistency as consistency_of

    say_found(consistency_of(by, code), as_json)


@app.command()
def oversight(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """Say how far cases met the standards for oversight in force on their day: by records, and by audit."""
    by, code, _ = asking(user, programme)
    from holdfast.practice.selectors.oversight import oversight as oversight_of

    say_found(oversight_of(by, code), as_json)


@app.command()
def series(
    indicator: Annotated[str, typer.Argument(help="An indicator, such as I04")],
    by: Annotated[str, typer.Option(help="Break down by, such as age_band; what a release can give it says")] = "",
    programme: ProgrammeOption = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV")] = False,
    as_json: JsonOption = False,
    user: AsOption = "",
) -> None:
    """Print an indicator's series from the latest published release."""
    start()
    from holdfast.performance.selectors.indicators import series as series_of

    found = series_of(actor_named(user), programme_chosen(programme).code, indicator, breakdown=by)
    if as_json:
        say(found.as_data())
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
    by, code, _ = asking(user, programme)
    from holdfast.performance.selectors.cases import cases_data

    say_found(cases_data(by, code, indicator, period=period, outcome=outcome), as_json)
