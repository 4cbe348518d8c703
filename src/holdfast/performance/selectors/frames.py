"""Sampling frames: the children behind a figure of a release, to draw from, and what a sample of a size can show.

Not here: which sample was drawn, and why (the room that audits). Rule: a frame is for whoever may see the records of
the whole council's children; it is known by its hash, and a frame that has changed is another frame.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from holdfast import analytics
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone
from holdfast.pages.words import counted, lower_first
from holdfast.performance.keeping import store
from holdfast.performance.models import Release
from holdfast.performance.selectors.cover import latest_month, periods_given
from holdfast.performance.selectors.indicators import definition_card
from holdfast.performance.selectors.outcomes import OTHERWISE, OUTCOMES, RECORDS
from holdfast.performance.selectors.releases import chosen_release
from holdfast.performance.selectors.shares import Share, share_of
from holdfast.performance.selectors.unanswerable import NoSuchPeriod, NotCounted
from holdfast.performance.selectors.whose import NO_TEAM, TEAM

ANSWERS: Final = ("", "in", "not", "unknown")
"""What a record's answer may be asked to be; "": whatever it is."""
NOBODY: Final = "No child is behind that figure in that period, so nothing can be drawn from it."
AUDITED: Final = (
    "Those records are cases that audits have drawn already, so a sample of them would speak for no other case. "
    "Choose an indicator of the returns."
)


class NoFrame(NotDone):
    """Nothing can be drawn from what was asked for, and why."""

    def __init__(self, words: str = NOBODY, field: str = "indicator") -> None:
        super().__init__(words, field=field)


@dataclass(frozen=True)
class FrameAsked:
    """Which children to draw from: those behind an indicator in a period ("" its last month), with an outcome ("" any).

    `and_indicator`: only those behind that one too, in the same period, with `and_outcome`; where both count the same
    records, by one record of theirs. `strata`: the breakdown that tells them apart, "" none.
    """

    indicator: str
    period: str = ""
    outcome: str = ""
    and_indicator: str = ""
    and_outcome: str = ""
    strata: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is every child behind the figure, whatever became of them: only that speaks for all of them."""
        return not (self.outcome or self.and_indicator)


@dataclass(frozen=True)
class Frame:
    """The children of a frame: reference to stratum, and to what the release calls the team that holds the case."""

    release: Release
    asked: FrameAsked
    period_words: str
    cases: Mapping[str, str]
    team_names: Mapping[str, str]

    @cached_property
    def hash(self) -> str:
        return analytics.frame_hash(self.cases)

    @property
    def n(self) -> int:
        return len(self.cases)

    @property
    def words(self) -> str:
        return frame_words(self.asked, self.period_words, self.release)


def frame_words(asked: FrameAsked, period: str, release: Release) -> str:
    """A frame in words: the figure, the period, the outcome, and the release that it is of."""
    words = _part_words(asked.indicator, asked.outcome)
    if asked.and_indicator:
        words += f"; of these, {_part_words(asked.and_indicator, asked.and_outcome)}"
    return f"{words}; {period}; {release.reference}"


def _part_words(indicator: str, outcome: str) -> str:
    """ "I20 Assessments within 45 working days of referral: in time"; without an outcome, the title alone."""
    is_in, is_not = OUTCOMES.get(indicator, OTHERWISE)
    said = {"": "", "in": f": {lower_first(is_in)}", "not": f": {lower_first(is_not)}", "unknown": ": not known"}
    return f"{indicator} {definition_card(indicator).title}{said[outcome]}"


def indicators_of_children(user: Actor, code: str) -> list[tuple[str, str]]:
    """The indicators of the last release that a frame may be of, as choices: code and title. None is of audits."""
    check(user, Permission.SEE_CHILD_RECORDS, code)
    found = _facts(chosen_release(user, code))
    given = [definition_card(name) for name in found.versions if found.given[name] and name not in RECORDS]
    return [(card.id, f"{card.id} {card.title}") for card in given if not card.is_of_audits]


def months_held(user: Actor, code: str) -> list[tuple[str, str]]:
    """The months of the last release, the newest first, as choices."""
    check(user, Permission.SEE_CHILD_RECORDS, code)
    periods = _facts(chosen_release(user, code)).periods.values()
    return [(period.id, period.words) for period in reversed(list(periods)) if period.kind == "month"]


def strata_held(user: Actor, code: str) -> list[tuple[str, str]]:
    """The breakdowns that the last release can tell children apart by, as choices."""
    check(user, Permission.SEE_CHILD_RECORDS, code)
    names = _facts(chosen_release(user, code)).can_break_down
    return [(name, analytics.breakdown_words(name)) for name in names]


def stratum_words(strata: str, stratum: str) -> str:
    """A group of a frame in words, told apart by the breakdown `strata`."""
    return analytics.group_words(strata, stratum)


def strata_named(asked: str) -> str:
    """The breakdown that somebody typed: its name, or the words in which a release offers it."""
    return analytics.breakdown_named(asked)


def frame(user: Actor, code: str, asked: FrameAsked, *, release: int | None = None) -> Frame:
    """The children to draw from, in the last release or the one asked for. Nothing here is shown: the caller trails it.

    An indicator of audits is refused for a new draw; a sample that was drawn from one before can still be checked.
    Raises Refused, NoRelease, NoSuchIndicator, ValueError (an outcome) or NoFrame.
    """
    check(user, Permission.SEE_CHILD_RECORDS, code)
    chosen = chosen_release(user, code, release)
    if {asked.outcome, asked.and_outcome} - set(ANSWERS):
        raise ValueError("an outcome is in, not or unknown")
    if release is None:
        _refuse_audited(asked)
    _refuse_unheld(chosen, asked)
    period = asked.period or latest_month(chosen, asked.indicator).id
    has_teams = TEAM in _facts(chosen).can_break_down
    by = list(dict.fromkeys(name for name in (asked.strata, TEAM if has_teams else "") if name))
    found, words = _children(chosen, asked.indicator, period, asked.outcome, by)
    if asked.and_indicator:
        found = _of_both(chosen, asked, period, found, by)
    if not found:
        raise NoFrame
    cases = {child: (groups[0] or NO_TEAM) if asked.strata else "" for child, groups in found.items()}
    at = by.index(TEAM) if has_teams else 0
    teams = {child: groups[at] or "" for child, groups in found.items()} if has_teams else {}
    told = replace(asked, period=period, and_outcome=asked.and_outcome if asked.and_indicator else "")
    return Frame(chosen, told, words, cases, teams)


def _refuse_audited(asked: FrameAsked) -> None:
    """Raises NoFrame where the records are cases that audits drew: a sample of a sample speaks for nobody else."""
    for field, indicator in (("indicator", asked.indicator), ("and_indicator", asked.and_indicator)):
        if indicator and indicator not in RECORDS and definition_card(indicator).is_of_audits:
            raise NoFrame(AUDITED, field)


def _refuse_unheld(release: Release, asked: FrameAsked) -> None:
    """Raises NoSuchIndicator, or NoFrame where the release does not count what is asked for, or break it down."""
    held = _facts(release)
    for field, indicator in (("indicator", asked.indicator), ("and_indicator", asked.and_indicator)):
        if indicator and definition_card(indicator).id in RECORDS:
            raise NoFrame("The records of that indicator are no children’s. Choose another.", field)
        if indicator and indicator not in held.versions:
            raise NoFrame(str(NotCounted(release.reference, indicator)), field)
    if asked.strata and asked.strata not in held.can_break_down:
        raise NoFrame(str(analytics.BreakdownNotHeld(asked.strata, held.can_break_down)), "strata")


def _facts(release: Release) -> Any:
    return analytics.release(store(), release.calculation_id)


def _children(
    release: Release,
    indicator: str,
    period: str,
    outcome: str,
    by: Sequence[str] = (),
    records: Collection[str] | None = None,
) -> tuple[dict[str, tuple[str | None, ...]], str]:
    """The children behind a figure with their groups, and the period in words. Raises NoFrame for one not held."""
    given = periods_given(release, indicator)
    if period not in given:
        raise NoFrame(str(NoSuchPeriod(given)), "period")
    asked: dict[str, Any] = {"period": period, "outcome": outcome or None, "records": records}
    return analytics.children_of(store(), release.calculation_id, indicator, by=by, **asked), given[period].words


def _of_both(
    release: Release, asked: FrameAsked, period: str, found: dict[str, tuple[str | None, ...]], by: Sequence[str]
) -> dict[str, tuple[str | None, ...]]:
    """Those of a frame that are behind the second figure too: by record where the two count any record in common, so
    that an assessment in time and another not seen are not taken for one; else by child. Raises NoFrame."""
    others, _ = _children(release, asked.and_indicator, period, asked.and_outcome)
    if _records(release, asked.indicator, period).isdisjoint(_records(release, asked.and_indicator, period)):
        return {child: groups for child, groups in found.items() if child in others}
    records = _records(release, asked.and_indicator, period, asked.and_outcome)
    return _children(release, asked.indicator, period, asked.outcome, by, records)[0]


def _records(release: Release, indicator: str, period: str, outcome: str = "") -> frozenset[str]:
    return analytics.records_of(store(), release.calculation_id, indicator, period=period, outcome=outcome or None)


def in_proportion(found: Frame, n: int) -> dict[str, int]:
    """How many of n each stratum gives, by its share of the frame, so that the sample needs no weights."""
    return analytics.in_proportion(found.cases, n)


def drawn(found: Frame, wanted: Mapping[str, int], seed: str) -> list[tuple[str, int, str]]:
    """The sample that a seed draws: stratum, place in its order from 1, and reference."""
    order = analytics.first_drawn(found.cases, wanted, seed)
    return [(stratum, place, ref) for stratum, refs in order.items() for place, ref in enumerate(refs, start=1)]


def next_drawn(found: Frame, stratum: str, place: int, seed: str) -> str:
    """The reference at a place of a stratum's order; "" past its end."""
    order = analytics.drawn_order(found.cases, seed).get(stratum, [])
    return order[place - 1] if place <= len(order) else ""


@dataclass(frozen=True)
class CanShow:
    """What a sample of n out of n_frame can show and what not, before anybody draws it."""

    n: int
    n_frame: int
    examples: Sequence[Share]
    none_found: Share
    smallest_change: int | None
    n_for_twenty: int

    @property
    def is_every_case(self) -> bool:
        return self.n >= self.n_frame

    @property
    def lines(self) -> list[str]:
        """A sentence each, the plainest first."""
        if self.is_every_case:
            return [f"Every one of the {counted(self.n_frame, 'case')} is read: what is found is so, of these cases."]
        said = [f"If {one.of} meet what is looked for, the 95% interval is {one.interval}." for one in self.examples]
        most = f"up to {self.none_found.most_percent}% of the {self.n_frame:,} may still have it"
        said.append(f"If none of {self.n:,} shows a fault, {most}.")
        if self.smallest_change is not None:
            said.append(
                f"A later sample of as many shows a change from 50% only if it is {self.smallest_change} points."
            )
        else:
            said.append("A later sample of as many can hardly show any change from 50%.")
        said.append(f"To see 45% become 65%, read {self.n_for_twenty:,} now and as many again.")
        return said


def can_show(n: int, n_frame: int) -> CanShow:
    """What n of a frame can show. Raises ValueError below 1.

    The intervals are Wilson's, for a frame much larger than the sample: of a small frame they are a little too wide.
    """
    if n < 1:
        raise ValueError("at least one case")
    examples = [share_of(n_in, n) for n_in in sorted({n // 2, (3 * n) // 4} - {0, n})]
    points = (change for change in range(1, 50) if analytics.size_for_change(0.5, 0.5 + change / 100) <= n)
    return CanShow(n, n_frame, examples, share_of(0, n), next(points, None), analytics.size_for_change(0.45, 0.65))
