"""The crosswalk from the plan's side: what each action and objective serves, and what answers nothing or is unmeasured.

From the notice's side it is the notice room's coverage. Rule: an objective serves what its actions serve, and no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.access import clock
from holdfast.access.doors import Actor
from holdfast.notice.selectors.coverage import NO_ACTION, coverage
from holdfast.notice.selectors.notices import NoNotice
from holdfast.pages.addresses import address
from holdfast.pages.words import lower_first
from holdfast.plan import selectors
from holdfast.plan.models import Action

ANSWERS_NOTHING = "It answers no requirement and no recommendation"
NO_INDICATOR = "No indicator measures its effect"
NO_ACTIONS = "It has no action"


@dataclass(frozen=True)
class Crossed:
    """One action or objective: the references that it serves, in order, and what is missing in words."""

    words: str
    url: str
    requirements: Sequence[str]
    recommendations: Sequence[str]
    indicators: Sequence[str]
    gaps: Sequence[str]


@dataclass(frozen=True)
class Crosswalk:
    """Both ways: what the plan serves, and in `gaps` a sentence for each kind of thing that nothing serves."""

    objectives: Sequence[Crossed]
    actions: Sequence[Crossed]
    gaps: Sequence[str]


def crossed(user: Actor, code: str) -> Crosswalk:
    """The crosswalk of the plan as it stands today. Raises Refused."""
    found = selectors.plan(user, code)
    actions = [_action(action) for each in found for action in sorted(each.actions, key=lambda action: action.ref)]
    objectives = []
    for each in found:
        own = [_action(action) for action in each.actions]
        answered, recommended, measured = (_joined([getattr(one, part) for one in own]) for part in PARTS)
        gaps = [] if measured else [NO_INDICATOR if own else NO_ACTIONS]
        objectives.append(Crossed(str(each.objective), "", answered, recommended, measured, gaps))
    return Crosswalk(objectives, actions, _gaps(user, code, actions))


PARTS = ("requirements", "recommendations", "indicators")


def _action(action: Action) -> Crossed:
    on = clock.today()
    requirements, recommendations = (action.refs_on(part, on) for part in PARTS[:2])
    indicators = [action.indicator] if action.indicator else []
    is_raised = bool(requirements or recommendations or action.raised_kind)
    gaps = [] if is_raised else [ANSWERS_NOTHING]
    gaps += [] if indicators else [_unmeasured(action)]
    url = address("plan_action", action.programme.code, action.ref)
    return Crossed(str(action), url, requirements, recommendations, indicators, gaps)


def _unmeasured(action: Action) -> str:
    """That no indicator measures it, with what it is meant to change, where that was said."""
    return f"{NO_INDICATOR}. Meant: {lower_first(action.intended_impact)}" if action.intended_impact else NO_INDICATOR


def _joined(lists: Sequence[Sequence[str]]) -> list[str]:
    return sorted({one for each in lists for one in each})


def _gaps(user: Actor, code: str, actions: Sequence[Crossed]) -> list[str]:
    """What no action answers, and which actions answer nothing or are not measured: [] where nothing is missing."""
    try:
        found = coverage(user, code)
    except NoNotice:
        return []
    unanswered = [row.subject.ref for row in found.requirements if NO_ACTION in row.gaps]
    unmet = [row.subject.ref for row in found.recommendations if NO_ACTION in row.gaps]
    unshown = [row.subject.ref for row in found.recommendations if row.actions and not row.indicators]
    adrift = [one.words for one in actions if ANSWERS_NOTHING in one.gaps]
    unmeasured = [one.words.split()[0] for one in actions if any(gap.startswith(NO_INDICATOR) for gap in one.gaps)]
    kinds = (
        ("No action answers these requirements", unanswered),
        ("No action answers these recommendations", unmet),
        ("These actions answer nothing", adrift),
        ("Nothing measures the effect of these actions", unmeasured),
        ("Nothing measures what was done about these recommendations", unshown),
    )
    return [f"{words}: {', '.join(refs)}." for words, refs in kinds if refs]
