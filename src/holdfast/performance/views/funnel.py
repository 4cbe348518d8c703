"""The page of the funnel: how far the referrals of a period went, drawn, as a table, and by team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.pages.crumbs import crumbs
from holdfast.pages.tables import Cell, Column, Table, link, table
from holdfast.performance.forms import PeriodForm
from holdfast.performance.selectors import funnel as selectors
from holdfast.performance.selectors.funnel import STEPS, Funnel, Step
from holdfast.performance.selectors.unanswerable import Unanswerable
from holdfast.performance.views.indicators import NO_RELEASE


@requires(Permission.SEE_INDICATORS)
def funnel(request: HttpRequest, programme: str) -> HttpResponse:
    context = {
        "heading": "How far referrals go",
        "lede": "Of the referrals of a month or a year: how many came again, needed nothing more, and how far they "
        "went within three months.",
        "breadcrumbs": crumbs(programme, ("Scorecard", "scorecard")),
    }
    try:
        seen = selectors.funnel(request.user, programme, request.GET.get("period", ""))
    except Unanswerable as none:
        return render(request, NO_RELEASE, context | {"problem": str(none)})
    form = PeriodForm(initial={"period": seen.period.id}, periods=[(one.id, one.words) for one in seen.periods])
    context |= {"seen": seen, "form": form, "table": steps_table(seen, programme), "teams": teams_table(seen)}
    return render(request, "performance/funnel.html", context | {"without_contacts": selectors.WITHOUT_CONTACTS})


def steps_table(seen: Funnel, programme: str) -> Table:
    columns = [
        Column[Step]("Step", lambda step: link(step.words, "indicator", programme, step.indicator)),
        Column("Share of referrals", _share, numeric=True),
        Column("Number", lambda step: step.figure.n_in_words, numeric=True),
        Column("Out of", lambda step: step.figure.denominator_words, numeric=True),
        Column("Not known", lambda step: step.figure.unknown_words, numeric=True),
        Column("95% interval", lambda step: step.interval, numeric=True),
    ]
    return table(f"All teams together, {seen.period.words}", columns, seen.steps)


def teams_table(seen: Funnel) -> Table:
    """A row for each team, a column for each step: its share with its counts, and under it its interval and range."""
    columns = [Column[tuple[str, dict[str, Step]]]("Team that took the referral", lambda team: team[0])]
    columns += [Column(words, _of_team(indicator), numeric=True) for indicator, words in STEPS.items()]
    teams = [(name, {step.indicator: step for step in steps}) for name, steps in seen.teams.items()]
    return table(f"By team, {seen.period.words}", columns, teams)


def _of_team(indicator: str):  # type: ignore[no-untyped-def]
    def cell(team: tuple[str, dict[str, Step]]) -> Cell:
        step = team[1].get(indicator)
        if step is None:
            return "not held"
        said = [f"95% interval {step.interval}" if " to " in step.interval else "", step.unsure]
        return {"text": step.figure.words("per cent"), "hint": ". ".join(filter(None, said))}

    return cell


def _share(step: Step) -> Cell:
    return {"text": step.figure.share_words, "hint": step.unsure}
