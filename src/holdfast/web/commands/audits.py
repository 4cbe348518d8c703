"""Commands about audits: drawing a sample, drawing it again, and the samples that there are."""

from typing import Annotated

import typer

from holdfast.web.commands.options import (
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
audits_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Audits of cases.")
sample_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Samples, which anybody can draw again.")
app.add_typer(audits_app, name="audits")
audits_app.add_typer(sample_app, name="sample")


STRATA = (
    "The breakdown whose groups each give their share: referral_source, primary_need, age_band, sex, ethnicity, "
    "referral_team, case_team, or another that the release can give, by its name or in words"
)


@sample_app.command("draw")
def sample_draw(
    indicator: Annotated[str, typer.Argument(help="The indicator behind which the children are, like I60-3")],
    n: Annotated[int, typer.Option("--n", help="How many cases")],
    questions: Annotated[str, typer.Option("--questions", help="The question set that the audits ask")],
    purpose: Annotated[str, typer.Option("--for", help="What it is drawn for")],
    chosen: Annotated[str, typer.Option("--chosen", help="random, risk or theme")] = "random",
    period: Annotated[str, typer.Option("--period", help="The month, like 2014-01 (default: the last)")] = "",
    outcome: Annotated[str, typer.Option("--outcome", help="in, not or unknown (default: any)")] = "",
    also: Annotated[str, typer.Option("--also", help="Only those behind this indicator too")] = "",
    also_outcome: Annotated[str, typer.Option("--also-outcome", help="Its outcome")] = "",
    strata: Annotated[str, typer.Option("--strata", help=STRATA)] = "",
    again: Annotated[str, typer.Option("--again", help="Why, where this was drawn from before")] = "",
    show: Annotated[bool, typer.Option("--show", help="Only say what such a sample can show")] = False,
    programme: ProgrammeOption = "",
    user: AsOption = "",
) -> None:
    """Draw a sample from the children behind a figure of the last release; first says what it can show."""
    start()
    from holdfast.access import clock
    from holdfast.audits.services import sampling
    from holdfast.performance.selectors import frames
    from holdfast.questions import selectors

    by, owner = actor_named(user), programme_chosen(programme)
    asked = frames.FrameAsked(indicator, period, outcome, also, also_outcome, frames.strata_named(strata))
    version = selectors.newest_version(by, owner.code, questions)
    found = frames.frame(by, owner.code, asked)
    typer.echo(f"{found.words}: {found.n:,} cases, hash {found.hash}")
    for line in frames.can_show(n, found.n).lines:
        typer.echo(f"  {line}")
    if show:
        return
    facts = {"programme": owner, "version": version, "chosen": chosen, "purpose": purpose}
    sample = sampling.draw_sample(by=by, at=clock.now(), asked=asked, n=n, again_why=again, **facts)
    typer.echo(f"Sample {sample.number}: {sum(sample.wanted.values()):,} cases drawn with the seed {sample.seed}")


@sample_app.command("verify")
def sample_verify(
    number: Annotated[int, typer.Argument(help="The sample")],
    release: Annotated[int, typer.Option("--release", help="Draw it from this release (default: its own)")] = 0,
    programme: ProgrammeOption = "",
    user: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Draw a sample again from its frame and seed, and say what differs. Status 1 where anything does."""
    by, code, _ = asking(user, programme)
    from holdfast.audits import sampling
    from holdfast.audits.selectors import samples

    sample = samples.one_sample(by, code, number)
    found = sampling.verify(by, sample, samples.cases_of(sample), release or None)
    if as_json:
        print_json(found.as_data())
    else:
        typer.echo(f"Sample {number}, seed {sample.seed}, drawn again from {found.release}")
        typer.echo(f"  frame recorded {sample.frame_hash} ({sample.n_frame:,} cases)")
        typer.echo(f"  frame now      {found.frame_hash} ({found.n_frame:,} cases)")
        for ref in found.drawn:
            typer.echo(f"  {ref}")
        for problem in found.problems or ["The same frame, the same seed, the same cases."]:
            typer.echo(problem)
    if not found.is_same:
        raise typer.Exit(1)


@audits_app.command("samples")
def samples_listed(programme: ProgrammeOption = "", user: AsOption = "") -> None:
    """Every sample, the newest first: from what it was drawn, and how often that was drawn from."""
    by, code, _ = asking(user, programme)
    from holdfast.audits.selectors import samples

    for sample in samples.samples(by, code):
        drawn = f"{sum(sample.wanted.values()):,} of {sample.n_frame:,}"
        again = f"  draw {sample.draw}: {sample.again_why}" if sample.draw > 1 else ""
        typer.echo(
            f"{sample.number:<4} {sample.drawn_on}  {drawn:<14} {sample.get_chosen_display()}, {sample.seed}{again}"
        )
