"""What the last release allows to be said of the indicators that actions were meant to move.

Rule: the word is decided on whole figures and is the same for everybody; no figure is given here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.notice.figures import BETTER, WORSE
from holdfast.performance.selectors.indicators import scorecard
from holdfast.performance.selectors.releases import chosen_release
from holdfast.performance.selectors.unanswerable import NoRelease
from holdfast.plan.models import Action


@dataclass(frozen=True)
class ClaimOn:
    """The fair claim of one indicator as it stood on a day, the release that holds it, and the day its data goes to."""

    indicator: str
    title: str
    claim: str
    release: int
    as_at: date


def claims_on(code: str, on: date) -> dict[str, ClaimOn]:
    """By indicator, what may be said to a day. Empty before the first release, or where it has no answers yet."""
    try:
        release = chosen_release(SYSTEM, code)
        lines = scorecard(SYSTEM, code, until=on)
    except NoRelease:
        return {}
    facts = (release.number, release.as_at)
    return {
        line.definition.id: ClaimOn(line.definition.id, line.definition.title, line.assessment.claim, *facts)
        for line in lines
    }


def claim_on(code: str, indicator: str, on: date) -> ClaimOn | None:
    """One indicator's; None where nothing measures it or nothing is published."""
    return claims_on(code, on).get(indicator) if indicator else None


def is_better(said: ClaimOn) -> bool:
    return said.claim in BETTER


@dataclass(frozen=True)
class ToReopen:
    """A closed action whose indicator has got worse since: proposed for reopening, which only a person does."""

    action: Action
    said: ClaimOn

    @property
    def words(self) -> str:
        said = self.said
        return f"{said.title} is {said.claim} in release {said.release}, after {self.action.ref} was closed."


def to_reopen(user: Actor, code: str, actions: Sequence[Action], on: date) -> list[ToReopen]:
    """Of these actions, those closed by a day whose indicator worsened by special cause in data past their closing."""
    check(user, Permission.SEE_PROGRAMME, code)
    closed = [(action, action.closure_by(on)) for action in actions if action.indicator]
    standing = [(action, closure) for action, closure in closed if closure is not None]
    if not standing:
        return []
    claims = claims_on(code, on)
    found = [(action, closure, claims.get(action.indicator)) for action, closure in standing]
    return [
        ToReopen(action, said)
        for action, closure, said in found
        if said is not None and said.claim in WORSE and said.as_at > closure.closed_on
    ]
