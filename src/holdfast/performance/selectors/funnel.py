"""The funnel: of the referrals of a month or a year, how many came again, needed nothing, and how far the others went.

Each step is an indicator of the release, of the same referrals, protected as every figure is; by the team that took the
referral where the release names teams. Not here: how a step is counted (analytics). Rule: no number is worked out here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from holdfast import analytics
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.pages.words import listed, lower_first
from holdfast.performance.models import Release
from holdfast.performance.selectors.cover import is_held, periods_given
from holdfast.performance.selectors.figures import answers_for, breakdowns_held, policy_for, versions
from holdfast.performance.selectors.releases import chosen_release
from holdfast.performance.selectors.unanswerable import (
    BreakdownOfAnEarlierRelease,
    NoSuchPeriod,
    NotCounted,
)
from holdfast.performance.selectors.written import figure_data, interval_words, unsure_words

TEAM: Final = "referral_team"
FIRST: Final = "I111-assessed"
STEPS: Final[Mapping[str, str]] = {
    "I04": "Referred again within 12 months",
    "I06": "No further action",
    FIRST: "Assessed",
    "I111-enquired": "Section 47 enquiry",
    "I111-conferenced": "Initial conference",
    "I111-planned": "Child protection plan",
}
"""Indicator -> what its share is of the referrals of a period; the last four within three months of the referral."""
WITHOUT_CONTACTS: Final = (
    "It begins at the referral. How many contacts became one is another count, of contacts (I02), beside who made "
    "them; "
    "no return says which team took a contact."
)
WITHHELD: Final = (
    "The steps after that are shown to those who may see small counts, since two may differ by a few children."
)
NO_TEAMS: Final = (
    "This release names no teams, so the funnel is of all teams together: the yearly census has no team in it; Annex A "
    "and the Standard Safeguarding Dataset have."
)


@dataclass(frozen=True)
class Step:
    """One step of one group, as it may be seen."""

    indicator: str
    words: str
    figure: "analytics.Protected"

    @property
    def interval(self) -> str:
        return interval_words(self.figure)

    @property
    def unsure(self) -> str:
        """The range that the share could take, and why; "" where all are known."""
        return unsure_words(self.figure, analytics.INDICATORS[self.indicator])


@dataclass(frozen=True)
class Funnel:
    """The referrals of a period, all together and by team. `teams` is {} where the release gives none: `no_teams` says
    why. `withheld` says which steps the account may not see, or is "". `periods`: those that may be asked for, the
    latest first."""

    release: Release
    period: "analytics.Period"
    periods: Sequence["analytics.Period"]
    steps: Sequence[Step]
    teams: Mapping[str, Sequence[Step]]
    no_teams: str
    withheld: str = ""

    @property
    def sentence(self) -> str:
        """The whole funnel in words."""
        said = [f"{lower_first(step.words)} {step.figure.words('per cent')}" for step in self.steps]
        return f"Of the referrals of {self.period.words}: {listed(said)}."

    @property
    def drawing(self) -> "analytics.Drawing":
        """The steps as bars, with the table and the sentence."""
        return analytics.draw_bars(
            f"How far referrals went, {self.period.words}",
            [(step.words, step.figure) for step in self.steps],
            sentence=self.sentence,
            caption=f"From {self.release.reference}. Each bar is a share of the same referrals of which it is known.",
        )

    def as_data(self) -> dict[str, Any]:
        """For --json: documented keys (docs/formats/figures.md)."""
        return {
            "programme": self.release.programme.code,
            "release": self.release.reference,
            "period": self.period.id,
            "period_words": self.period.words,
            "steps": [_step_data(step) for step in self.steps],
            "teams": {team: [_step_data(step) for step in steps] for team, steps in self.teams.items()},
            "no_teams": self.no_teams,
            "withheld": self.withheld,
        }

    def in_words(self) -> str:
        lines = [f"How far the referrals of {self.period.words} went, {self.release.reference}"]
        for name, steps in (("All teams", self.steps), *self.teams.items()):
            lines.append(name)
            lines += [
                f"  {step.words:<34}{step.figure.words('per cent'):<28}{step.interval:<22}{step.unsure}".rstrip()
                for step in steps
            ]
        return "\n".join([*lines, *filter(None, (self.withheld, self.no_teams)), WITHOUT_CONTACTS])


def _step_data(step: Step) -> dict[str, Any]:
    return {"indicator": step.indicator, "words": step.words, **figure_data(step.figure)}


def funnel(user: Actor, code: str, period: str = "") -> Funnel:
    """The funnel of a period of the last published release; without one, of the latest of which most is known.

    Raises Refused, NoRelease, NotCounted for a release from before the steps were counted, or NoSuchPeriod.
    """
    check(user, Permission.SEE_INDICATORS, code)
    release = chosen_release(user, code)
    held = [name for name in STEPS if name in versions(release) and is_held(release, name)]
    if FIRST not in held:
        raise NotCounted(release.reference, "how far referrals go")
    withheld = ""
    if policy_for(user, code) != "inside":
        held, withheld = [name for name in held if not analytics.INDICATORS[name].part_of], WITHHELD
    given = periods_given(release, FIRST)
    if period and period not in given:
        raise NoSuchPeriod(given)
    whole = {name: _by_period(user, release, name)[""] for name in held}
    wanted = period or _latest_known(whole[held[-1]])
    teams, no_teams = _by_team(user, release, held, wanted)
    return Funnel(
        release=release,
        period=given[wanted],
        periods=sorted(given.values(), key=lambda one: (one.kind == "month", one.ends_on.toordinal() * -1)),
        steps=[Step(name, STEPS[name], whole[name][wanted]) for name in held if wanted in whole[name]],
        teams=teams,
        no_teams=no_teams,
        withheld=withheld,
    )


def _by_period(
    user: Actor, release: Release, indicator: str, breakdown: str = ""
) -> Mapping[str, Mapping[str, "analytics.Protected"]]:
    """Group -> period -> figure, as the account may see it."""
    found = answers_for(user, release, indicator, breakdown)
    return {group: {figure.period.id: figure for figure in answer.figures} for group, answer in found.items()}


def _latest_known(figures: Mapping[str, "analytics.Protected"]) -> str:
    """The last whole year of which most is known; else the last month; else the last period of all."""
    known = [figure for figure in figures.values() if figure.denominator and not figure.is_mostly_unknown]
    years = [figure.period for figure in known if figure.period.kind == "year" and not figure.period.is_part]
    months = [figure.period for figure in known if figure.period.kind == "month"]
    return str([*months, *years][-1].id) if known else list(figures)[-1]


def _by_team(user: Actor, release: Release, held: Sequence[str], period: str) -> tuple[dict[str, Sequence[Step]], str]:
    """Team -> its steps, in the order of their names; and why there are none."""
    if not all(TEAM in breakdowns_held(release, name) for name in held):
        return {}, NO_TEAMS
    try:
        found = {name: _by_period(user, release, name, TEAM) for name in held}
    except BreakdownOfAnEarlierRelease as problem:
        return {}, str(problem)
    groups = analytics.BREAKDOWNS[TEAM].in_order({group for of_step in found.values() for group in of_step if group})
    return {
        analytics.group_words(TEAM, group): [
            Step(name, STEPS[name], found[name][group][period]) for name in held if period in found[name].get(group, {})
        ]
        for group in groups
    }, ""
