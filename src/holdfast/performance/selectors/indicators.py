"""Reads of indicators: the scorecard, one indicator's series, and how each is counted. Protected for whoever asks.

Not here: the records behind a figure (cases.py). Rules: the word is decided on whole figures and is the same for
every account; the sentence, the chart and the table are made from the same protected figures.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, TypeVar

from holdfast import analytics
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.pages.words import lower_first, upper_first
from holdfast.performance.models import Release
from holdfast.performance.selectors.cover import is_held, not_held
from holdfast.performance.selectors.decided import Aim, adopted_versions, aim_for, aims_of, next_aim
from holdfast.performance.selectors.figures import (
    answers_for,
    breakdowns_held,
    judging_of,
    policy_for,
    scorecard_answers,
    versions,
)
from holdfast.performance.selectors.recording import Recording, recording
from holdfast.performance.selectors.releases import chosen_release
from holdfast.performance.selectors.unanswerable import BreakdownNotHeld, NoSuchGroup, NoSuchIndicator
from holdfast.performance.selectors.written import (
    OPEN_AND_OVER,
    csv_text,
    figure_data,
    not_held_data,
    open_briefly,
    open_count_words,
    open_words,
    printed_words,
    trust_words,
    unsure_words,
    when_words,
)

NEVER_HELD: Final = "Nothing that it needs was sent or given."


@dataclass(frozen=True)
class ScorecardLine:
    """One indicator on the scorecard. A figure is None when the release has none of that kind."""

    definition: "analytics.Definition"
    version: int
    latest_month: "analytics.Protected | None"
    latest_year: "analytics.Protected | None"
    assessment: "analytics.Said"
    so_far: "analytics.Protected | None" = None
    """The financial year so far, its whole months added up (of a stock, the last day). Never all before the notice."""
    before_notice: "analytics.Protected | None" = None
    """The last full year that ended before the notice. None where there is none, or no notice."""
    is_held: bool = True
    """False: nothing that it needs was sent or given, so it has no figure at all."""
    aim: Aim | None = None
    """The target that held in the latest month. None where no decision has set one."""
    coming: Aim | None = None
    """The target, or the step of one, that starts to hold after the latest month. None where none was decided."""
    adopted: int | None = None
    """The version of the definition that the Board adopted. None where it has adopted none."""
    waiting: "ScorecardLine | None" = None
    """The line of what is still open and over the same limit, where this one is of what was finished in time."""

    @property
    def open_words(self) -> str:
        """What always stands beside a share of what was finished in time; "" of any other."""
        if not self.definition.still_open:
            return ""
        latest = self.waiting.latest_month if self.waiting else None
        return open_words(latest, definition_card(self.definition.still_open), self.definition.still_open_differs)

    @property
    def open_briefly(self) -> str:
        """The same as long as it fits in a line, beside the latest month; "" of any other, or without a month."""
        card, latest = self.definition, self.waiting.latest_month if self.waiting else None
        if not card.still_open or self.latest_month is None:
            return self.open_words
        return open_briefly(latest, definition_card(card.still_open), self.latest_month, card.still_open_differs)

    @property
    def near_words(self) -> str:
        """How near the latest month is to its target. "" without a target."""
        return self.aim.near_words(self.latest_month, self.definition.unit) if self.aim else ""

    @property
    def set_after_words(self) -> str:
        """That the target was set when the latest month was over; "" where it was known in time, or there is none."""
        return self.aim.set_after_words(self.latest_month) if self.aim else ""

    @property
    def is_off_target(self) -> bool:
        return self.aim is not None and self.aim.is_missed(self.latest_month, self.definition.unit)

    @property
    def none_words(self) -> str:
        """What stands in place of a figure that there is none of."""
        return "none yet" if self.is_held else "not held"

    @property
    def polarity_words(self) -> str:
        return self.definition.polarity_words

    def as_data(self) -> dict[str, Any]:
        """For --json: documented keys."""
        return {
            "indicator": self.definition.id,
            "version": self.version,
            "title": self.definition.title,
            "unit": self.definition.unit,
            "polarity": self.definition.polarity,
            "latest_month": figure_data(self.latest_month) if self.latest_month else None,
            "latest_year": figure_data(self.latest_year) if self.latest_year else None,
            "held": self.is_held,
            "claim": self.assessment.claim,
            "sentence": self.assessment.sentence,
            "target": self.aim.as_data() if self.aim else None,
            "next_target": self.coming.as_data() if self.coming else None,
            "near": self.near_words,
            "target_set_afterwards": bool(self.set_after_words),
            "still_open": self._still_open(),
        }

    def _still_open(self) -> dict[str, Any] | None:
        if not self.definition.still_open:
            return None
        latest = self.waiting.latest_month if self.waiting else None
        return {"indicator": self.definition.still_open, "latest_month": figure_data(latest) if latest else None}

    def in_words(self) -> str:
        month = printed_words(self.latest_month, self.definition) if self.latest_month else self.none_words
        trust = trust_words(self.latest_month, self.definition) if self.latest_month else ""
        still = f"{self.open_words}." if self.open_words else ""
        said = " ".join(filter(None, (trust, still, self.assessment.sentence)))
        return f"{self.definition.id:<7}{self.definition.title}: {month}. {said}"


@dataclass(frozen=True)
class Series:
    """One indicator over time, for one account: every figure protected, with the sentence and drawing made from them.

    `figures` are the months and years of `group` ("" is everybody), or of every group when only a breakdown is chosen;
    then there is one line per group and period, and no drawing. `n_not_yet_known` counts the last months of which
    little is known yet: they are in the figures, and not in the chart or the sentence.
    """

    definition: "analytics.Definition"
    release: Release
    breakdown: str
    group: str
    figures: Sequence["analytics.Protected"]
    assessment: "analytics.Said | None"
    drawing: "analytics.Drawing | None"
    breakdowns: tuple[str, ...]
    policy: str
    n_not_yet_known: int
    version: int
    """The version of the definition that the release counted by, which may be older than the card's."""
    so_far: "analytics.Protected | None" = None
    """As of ScorecardLine. None where a breakdown's groups are given together."""
    notice_on: date | None = None
    waiting: Mapping[tuple[str, str], "analytics.Protected"] = field(default_factory=dict)
    """By period and group, what is open and over the same limit, where this is of what was finished in time."""
    latest_waiting: "analytics.Protected | None" = None
    recording: Recording | None = None
    """What of it came late with this release. None where nothing did, or that is not for this account."""

    @property
    def open_words(self) -> str:
        """What always stands beside a share of what was finished in time; "" of any other."""
        card = self.definition
        if not card.still_open:
            return ""
        if self.latest_waiting is None and self.waiting:
            return f"{OPEN_AND_OVER}: for each group, in the table"
        return open_words(self.latest_waiting, definition_card(card.still_open), card.still_open_differs)

    @property
    def not_held(self) -> Sequence["analytics.NotHeld"]:
        """The periods in which the indicator is not held, or not given by the breakdown, each with the words for it."""
        return not_held(self.release, self.definition.id, breakdown=self.breakdown)

    latest_month: "analytics.Protected | None" = None

    @property
    def never_held(self) -> str:
        """What is said in place of a verdict where the release holds no period of the indicator; "" where it does."""
        return "" if self.figures or is_held(self.release, self.definition.id) else NEVER_HELD

    @property
    def is_suppressed(self) -> bool:
        return self.policy != "inside"

    def of_kind(self, kind: str) -> list["analytics.Protected"]:
        """The figures of months, or of years, oldest first."""
        return [one for one in self.figures if one.period.kind == kind]

    def as_data(self) -> dict[str, Any]:
        """For --json and other rooms: documented keys."""
        return {
            "programme": self.release.programme.code,
            "release": {
                "number": self.release.number,
                "reference": self.release.reference,
                "calculation": self.release.calculation_id,
                "as_at": self.release.as_at.isoformat(),
            },
            "indicator": self.definition.id,
            "version": self.version,
            "title": self.definition.title,
            "unit": self.definition.unit,
            "polarity": self.definition.polarity,
            "breakdown": self.breakdown,
            "group": self.group,
            "suppressed": self.is_suppressed,
            "claim": self.assessment.claim if self.assessment and not self.never_held else None,
            "sentence": self.never_held or (self.assessment.sentence if self.assessment else None),
            "still_open": self.definition.still_open or None,
            "figures": [figure_data(one) | self._waiting_data(one) for one in self.figures],
            "not_held": [not_held_data(one) for one in self.not_held],
            "recording": self.recording.as_data() if self.recording else None,
        }

    def as_csv(self) -> str:
        """The same figures, one row each, every row with its release, indicator and version."""
        made_by = (self.definition, self.version, self.release, self.breakdown)
        return csv_text(*made_by, self.figures, self.not_held, self.waiting)

    def _waiting_data(self, figure: "analytics.Protected") -> dict[str, Any]:
        if not self.definition.still_open:
            return {}
        beside = self.waiting.get((figure.period.id, figure.group))
        counts = ("n_in", "denominator", "n_unknown")
        return {"open_and_over": {name: getattr(beside, name) for name in counts} if beside else None}

    @property
    def trust(self) -> str:
        """How far the latest month may be trusted, with its month. "" where there is none, or of a count."""
        if self.latest_month is None or not (words := trust_words(self.latest_month, self.definition)):
            return ""
        return upper_first(f"{when_words(self.latest_month, self.definition)}: {lower_first(words)}")

    def _unsure(self, figure: "analytics.Protected") -> str:
        parts = [lower_first(unsure_words(figure, self.definition)).rstrip(".")]
        if self.definition.still_open:
            beside = self.waiting.get((figure.period.id, figure.group))
            counted = open_count_words(beside)
            parts.append(f"{lower_first(OPEN_AND_OVER)}: {counted}")
        return "".join(f"; {part}" for part in parts if part)

    def in_words(self) -> str:
        by = f" by {analytics.breakdown_words(self.breakdown)}" if self.breakdown else ""
        lines = [f"{self.definition.id} {self.definition.title}{by}, {self.release.reference}"]
        lines += [
            f"  {one.period.words:<40}{analytics.group_words(self.breakdown, one.group):<24}"
            f"{printed_words(one, self.definition)}{self._unsure(one)}"
            for one in self.figures
        ]
        lines += [f"  {one.period.words:<40}{'':<24}{one.words}" for one in self.not_held]
        lines += [self.recording.words] if self.recording else []
        said = self.never_held or (self.assessment.sentence if self.assessment else "")
        return "\n".join([*lines, said] if said else lines)


Line = TypeVar("Line", ScorecardLine, Series)


def definition_cards() -> Sequence["analytics.Definition"]:
    """Every indicator's definition, in the order of their codes. Open to all: it holds no figure."""
    return list(analytics.INDICATORS.values())


def definition_card(indicator: str) -> "analytics.Definition":
    """One indicator's definition. Raises NoSuchIndicator."""
    if indicator not in analytics.INDICATORS:
        raise NoSuchIndicator(indicator)
    return analytics.INDICATORS[indicator]


def scorecard(
    user: Actor, code: str, release: int | None = None, until: date | None = None, *, is_public: bool = False
) -> list[ScorecardLine]:
    """Every indicator's latest month and year and what may be said of it. Raises Refused or NoRelease.

    Left out are those that are part of another page, such as the steps of the funnel.
    `until` leaves out every period that ends after that day, and reads the release that was the last by then.
    `is_public`: as everybody may see it, whoever asks.
    """
    check(user, Permission.SEE_INDICATORS, code)
    chosen = chosen_release(user, code, release, until)
    found = scorecard_answers(user, chosen, until, is_public=is_public)
    lines = [
        _line(chosen, card, found[card.id]) for card in definition_cards() if card.id in found and not card.part_of
    ]
    aims, adopted = aims_of(chosen.programme, until), adopted_versions(chosen.programme, until)
    by_id = {line.definition.id: line for line in lines}
    return [
        replace(
            line,
            waiting=by_id.get(line.definition.still_open),
            aim=aim_for(aims.get(line.definition.id, ()), line.latest_month),
            coming=next_aim(aims.get(line.definition.id, ()), line.latest_month),
            adopted=adopted[line.definition.id].version if line.definition.id in adopted else None,
        )
        for line in lines
    ]


def luck_words(lines: Sequence[ScorecardLine]) -> str:
    """What luck alone would do to as many indicators as are judged; said wherever many of them are judged at once."""
    return analytics.by_luck_words(sum(line.assessment.chance is not None for line in lines))


def headline(lines: Sequence[Line]) -> tuple[list[Line], str]:
    """The indicators whose better or worse still stands among so many, and what a list of them says of the rest.

    The same for every account: what it rests on is in whole figures.
    """
    said = {line.definition.id: line.assessment for line in lines if line.assessment}
    kept = analytics.headline_list(said)
    return [line for line in lines if line.definition.id in kept], analytics.headline_words(said)


def _line(release: Release, definition: "analytics.Definition", answer: "analytics.Answer") -> ScorecardLine:
    held = is_held(release, definition.id)
    latest = (answer.latest_month, answer.latest_year, answer.said, answer.so_far, answer.before_notice)
    return ScorecardLine(definition, answer.version, *latest, is_held=held)


def series(
    user: Actor,
    code: str,
    indicator: str,
    breakdown: str = "",
    group: str = "",
    release: int | None = None,
    until: date | None = None,
) -> Series:
    """One indicator over time. Raises Refused, NoRelease, NoSuchIndicator or BreakdownNotHeld, each in words.

    `breakdown` without `group` gives every group; with `group`, that group's own series, sentence and drawing.
    `until` leaves out every period that ends after that day, and reads the release that was the last by then: a paper
    for a date shows nothing later.
    """
    check(user, Permission.SEE_INDICATORS, code)
    chosen = chosen_release(user, code, release, until)
    definition = definition_card(indicator)
    judging = judging_of(chosen, until)
    lines = list(answers_for(user, chosen, indicator, breakdown, group, until, judging).values())
    answer = lines[0] if group or not breakdown else None
    still = _still_open(user, chosen, definition, breakdown, group, until, judging)
    return Series(
        definition=definition,
        release=chosen,
        breakdown=breakdown,
        group=group,
        figures=[figure for period in zip(*(line.figures for line in lines), strict=True) for figure in period],
        assessment=answer.said if answer else None,
        drawing=_captioned(answer.drawing, definition, chosen) if answer and answer.drawing else None,
        breakdowns=breakdowns_held(chosen, indicator),
        policy=policy_for(user, code) if definition.is_of_children else "inside",
        n_not_yet_known=answer.n_not_yet_known if answer else 0,
        version=lines[0].version if lines else definition.version,
        so_far=answer.so_far if answer else None,
        latest_month=answer.latest_month if answer else None,
        notice_on=judging.get("notice_on"),
        waiting={(figure.period.id, figure.group): figure for line in still for figure in line.figures},
        latest_waiting=still[0].latest_month if len(still) == 1 else None,
        recording=None if breakdown or until else recording(user, code, chosen, indicator),
    )


def _still_open(
    user: Actor, release: Release, definition: "analytics.Definition", *asked: Any
) -> Sequence["analytics.Answer"]:
    """What is open and over the limit, in the same groups as they may be seen. () where there is none, or not held."""
    if definition.still_open not in versions(release):
        return ()
    with suppress(NoSuchGroup, BreakdownNotHeld):
        return list(answers_for(user, release, definition.still_open, *asked).values())
    return ()


def _captioned(
    drawing: "analytics.Drawing", definition: "analytics.Definition", release: Release
) -> "analytics.Drawing":
    """The drawing as it was kept, with where its figures come from."""
    return replace(drawing, caption=f"{drawing.caption} {definition.id}, {release.reference}".strip())
