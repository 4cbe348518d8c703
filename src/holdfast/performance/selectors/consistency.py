"""Whether contacts and referrals are answered alike wherever they come from: group beside group, of the last year.

By who referred (or made the contact), and by the team that took the referral, which is all of an area that returns name
(decision 127). Each
figure is one of the release, protected as everywhere. Rule: no number is worked out here; a group stands apart only by
its whole interval, and of many groups some do by chance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from holdfast import analytics
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.pages.words import counted
from holdfast.performance.models import Release
from holdfast.performance.selectors.cover import is_held
from holdfast.performance.selectors.figures import answers_for, breakdowns_held, policy_for, versions
from holdfast.performance.selectors.releases import chosen_release
from holdfast.performance.selectors.shares import share_of
from holdfast.performance.selectors.written import interval_words

MEASURES: Final[Mapping[str, str]] = {
    "I02": "Contacts that became a referral",
    "I06": "No further action",
    "I04": "Referred again within 12 months",
    "I111-assessed": "Assessed within three months",
}
BREAKDOWNS: Final = ("referral_source", "referral_team")
CONTACTS: Final = "I02"
NO_CONTACTS: Final = (
    "How many contacts become referrals is not held: no return of this release lists contacts. The yearly census does "
    "not; Annex A and the Standard Safeguarding Dataset do."
)
NO_LINK: Final = (
    "No return says which contact became which referral: it is counted as one where the child was referred on the day "
    "or the next working day."
)
NO_AREA: Final = "No return gives the area that a child lives in: the team is the nearest to it that is held."
BY_CHANCE: Final = "Of twenty groups that are alike, about one stands apart by chance: ask why before you conclude."


@dataclass(frozen=True)
class Beside:
    """One group's figure of a measure. `apart`: "higher" or "lower" than all together by its whole interval, or ""."""

    figure: "analytics.Protected"
    apart: str

    @property
    def words(self) -> str:
        return self.figure.words("per cent")

    @property
    def interval(self) -> str:
        return interval_words(self.figure)


@dataclass(frozen=True)
class Group:
    """One group, or all together, with its figure of each measure; without one that it has not."""

    name: str
    figures: Mapping[str, Beside]


@dataclass(frozen=True)
class SideBySide:
    """One breakdown: all together first, then its groups. `why_none` says why it has none."""

    breakdown: str
    words: str
    measures: Sequence[str]
    groups: Sequence[Group]
    why_none: str = ""

    @property
    def n_apart(self) -> int:
        return sum(bool(one.apart) for group in self.groups for one in group.figures.values())


@dataclass(frozen=True)
class Consistency:
    """A year of referrals, group beside group. `period_words`: the year of the figures; `other_periods`: of those
    measures whose return gives other days, the measure and its own."""

    release: Release
    period_words: str
    other_periods: Mapping[str, str]
    has_contacts: bool
    tables: Sequence[SideBySide]

    @property
    def of_other_days(self) -> str:
        """Which measures are of other days than the rest; "" where none is."""
        return " ".join(f"{MEASURES[name]}: {words}, the days held." for name, words in self.other_periods.items())

    @property
    def notes(self) -> Sequence[str]:
        """What is not held, a sentence each."""
        return [NO_LINK if self.has_contacts else NO_CONTACTS, NO_AREA]

    def as_data(self) -> list[dict[str, Any]]:
        """For --json: one object per group and measure; null where a number is hidden."""
        return [
            {
                "by": table.breakdown,
                "group": group.name,
                "indicator": measure,
                "n_in": one.figure.n_in,
                "denominator": one.figure.denominator,
                "apart": one.apart,
            }
            for table in self.tables
            for group in table.groups
            for measure, one in group.figures.items()
        ]

    def in_words(self) -> str:
        lines = [f"Are referrals answered alike? {self.period_words}, {self.release.reference}"]
        lines += filter(None, [self.of_other_days])
        for table in self.tables:
            lines.append(table.why_none or f"By {table.words}: {counted(table.n_apart, 'figure')} apart from the whole")
            lines += [
                f"  {group.name:<46}{MEASURES[measure]:<34}{one.words:<26}{one.interval} {one.apart}".rstrip()
                for group in table.groups
                for measure, one in group.figures.items()
            ]
        return "\n".join([*lines, BY_CHANCE, *self.notes])


def consistency(user: Actor, code: str) -> Consistency:
    """The last whole year of the last release. Raises Refused or NoRelease."""
    check(user, Permission.SEE_INDICATORS, code)
    release = chosen_release(user, code)
    held = [name for name in MEASURES if name in versions(release) and is_held(release, name)]
    if policy_for(user, code) != "inside":
        held = [name for name in held if not analytics.INDICATORS[name].part_of]
    whole = {name: figure for name in held if (figure := answers_for(user, release, name)[""].latest_year)}
    of_referrals = [figure.period.words for name, figure in whole.items() if name != CONTACTS]
    words = next(iter(of_referrals), "no whole year yet")
    others = {name: figure.period.words for name, figure in whole.items() if figure.period.words != words}
    tables = [_table(user, release, whole, breakdown) for breakdown in BREAKDOWNS]
    return Consistency(release, words, others, CONTACTS in whole, tables)


def _table(user: Actor, release: Release, whole: Mapping[str, "analytics.Protected"], breakdown: str) -> SideBySide:
    own = [name for name in whole if breakdown in breakdowns_held(release, name)]
    words = analytics.breakdown_words(breakdown)
    if not own:
        return SideBySide(breakdown, words, (), (), f"By {words}: not held. No return of this release names it.")
    found: dict[str, dict[str, Beside]] = {}
    for name in own:
        for group, answer in answers_for(user, release, name, breakdown).items():
            periods = {figure.period.id: figure for figure in answer.figures}
            figure = periods.get(whole[name].period.id)
            if group and figure is not None and figure.denominator != 0:
                found.setdefault(group, {})[name] = Beside(figure, apart_from(figure, whole[name]))
    every = Group("All together", {name: Beside(whole[name], "") for name in own})
    groups = analytics.BREAKDOWNS[breakdown].in_order(found)
    return SideBySide(breakdown, words, own, [every, *(Group(_name(breakdown, each), found[each]) for each in groups)])


def _name(breakdown: str, group: str) -> str:
    return analytics.group_words(breakdown, group)


def apart_from(figure: "analytics.Protected", whole: "analytics.Protected") -> str:
    """Whether a group's whole interval is above or below the share of all; "" where it is not, or cannot be told."""
    if figure.n_in is None or not figure.denominator or whole.share is None or figure.is_mostly_unknown:
        return ""
    own = share_of(figure.n_in, figure.denominator)
    if own.low is None or own.high is None:
        return ""
    return "higher" if own.low > whole.share else "lower" if own.high < whole.share else ""
