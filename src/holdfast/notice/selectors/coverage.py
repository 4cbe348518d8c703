"""The coverage matrix: requirement -> action -> indicator -> evidence, the recommendations too, and the gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from holdfast.access import clock
from holdfast.access.doors import Actor
from holdfast.notice.covering import CoveringAction, covering_actions
from holdfast.notice.models import EvidenceLink, Notice, Recommendation, Requirement
from holdfast.notice.selectors.notices import notice_of
from holdfast.performance.selectors.indicators import definition_cards

NO_ACTION = "No action answers it"
NO_INDICATOR = "No indicator measures it yet"
NO_EVIDENCE = "Nobody has linked evidence to the requirement"


@dataclass(frozen=True)
class CoverageRow:
    """One requirement or recommendation: what answers it, what measures it, how much evidence, and what is missing.

    `indicators` are those calculated here. A requirement that is not for the council's plan lacks nothing by having no
    action.
    """

    subject: Requirement | Recommendation
    actions: Sequence[CoveringAction]
    indicators: Sequence[str]
    n_evidence: int
    gaps: Sequence[str]


@dataclass(frozen=True)
class Coverage:
    """The matrix. `adrift` are actions that answer nothing in the notice or the inspection, and that nothing raised;
    `raised_elsewhere` answer nothing there either, and a meeting, an audit or the like raised them.
    """

    requirements: Sequence[CoverageRow]
    recommendations: Sequence[CoverageRow]
    adrift: Sequence[CoveringAction]
    raised_elsewhere: Sequence[CoveringAction]

    @property
    def gap_counts(self) -> list[tuple[str, int]]:
        """Each kind of gap and how many requirements have it."""
        kinds = (NO_ACTION, NO_INDICATOR, NO_EVIDENCE)
        return [(kind, sum(1 for row in self.requirements if kind in row.gaps)) for kind in kinds]


def coverage(user: Actor, code: str, on: date | None = None) -> Coverage:
    """The coverage matrix of a programme's notice on a day (today unless given). Raises Refused or NoNotice."""
    day = on or clock.today()
    notice = notice_of(user, code)
    actions = covering_actions(user, code, day)
    live = {card.id for card in definition_cards()}
    counts = ~Q(evidence__kind=EvidenceLink.Kind.UNUSABLE) & Q(evidence__added_on__lte=day)
    counts &= Q(evidence__withdrawal__isnull=True) | Q(evidence__withdrawal__withdrawn_on__gt=day)
    requirements = notice.requirements.annotate(n_evidence=Count("evidence", filter=counts))
    return Coverage(
        requirements=[_requirement_row(one, one.n_evidence, actions, live) for one in requirements],
        recommendations=_recommendation_rows(notice, actions, live),
        adrift=[action for action in actions if _answers_nothing(action) and not action.raised_from],
        raised_elsewhere=[action for action in actions if _answers_nothing(action) and action.raised_from],
    )


def _answers_nothing(action: CoveringAction) -> bool:
    """Whether it answers nothing in the notice or the inspection."""
    return not (action.requirements or action.recommendations)


def _requirement_row(
    requirement: Requirement, n_evidence: int, actions: Sequence[CoveringAction], live: set[str]
) -> CoverageRow:
    answering = [action for action in actions if requirement.ref in action.requirements]
    measured = _measures([*requirement.indicators, *(code for one in answering for code in one.indicators)], live)
    gaps = []
    if requirement.is_for_the_plan and not answering:
        gaps.append(NO_ACTION)
    if requirement.indicators and not measured:
        gaps.append(NO_INDICATOR)
    if not n_evidence:
        gaps.append(NO_EVIDENCE)
    return CoverageRow(requirement, answering, measured, n_evidence, gaps)


def _recommendation_rows(notice: Notice, actions: Sequence[CoveringAction], live: set[str]) -> list[CoverageRow]:
    rows = []
    for one in notice.recommendations.all():
        answering = [action for action in actions if one.ref in action.recommendations]
        measured = _measures([code for action in answering for code in action.indicators], live)
        gaps = ([] if answering else [NO_ACTION]) + ([] if measured else [NO_INDICATOR])
        rows.append(CoverageRow(one, answering, measured, 0, gaps))
    return rows


def _measures(codes: Sequence[str], live: set[str]) -> list[str]:
    return [code for code in dict.fromkeys(codes) if code in live]
