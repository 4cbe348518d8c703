"""The risk register as it stood on a day: each risk with its last score, its last review and its controls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from holdfast.access import clock
from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.governance.models import Risk, RiskControl, RiskLifting, RiskReview, RiskScore
from holdfast.pages.words import date_words


class NoSuchRisk(Missing):
    """The programme has no risk of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no risk {number} in this programme.")


@dataclass(frozen=True)
class RiskLine:
    """One risk as it stood on a day. Scores and reviews in the order they were made; `lifting` None while it stands."""

    risk: Risk
    scores: Sequence[RiskScore]
    reviews: Sequence[RiskReview]
    controls: Sequence[RiskControl]
    lifting: RiskLifting | None

    @property
    def score(self) -> RiskScore | None:
        return self.scores[-1] if self.scores else None

    @property
    def is_over(self) -> bool:
        """On the register, and above what it was agreed to come down to."""
        return self.lifting is None and self.score is not None and self.score.is_over

    @property
    def score_words(self) -> str:
        """ "12 (3 by 4)"; or that nobody has scored it."""
        score = self.score
        return f"{score.residual} ({score.likelihood} by {score.impact})" if score else "not scored"

    @property
    def inherent_words(self) -> str:
        score = self.score
        return f"{score.inherent} ({score.inherent_likelihood} by {score.inherent_impact})" if score else "not scored"

    @property
    def target_words(self) -> str:
        score = self.score
        if score is None:
            return "none"
        return str(score.target) if score.target is not None else f"Accepted: {score.accepted_because}"

    @property
    def looked_at(self) -> str:
        """When it was last reviewed and when last scored: two days, since a review is no score."""
        reviewed = f"Reviewed {date_words(self.reviews[-1].reviewed_on)}" if self.reviews else "Never reviewed"
        return f"{reviewed}; {f'scored {date_words(self.score.scored_on)}' if self.score else 'never scored'}"

    def as_data(self) -> dict[str, Any]:
        """For --json: documented keys."""
        score = self.score
        return {
            "number": self.risk.number,
            "title": self.risk.title,
            "owner": str(self.risk.owner),
            "requirement": self.risk.requirement,
            "inherent": score.inherent if score else None,
            "residual": score.residual if score else None,
            "target": score.target if score else None,
            "accepted_because": score.accepted_because if score else "",
            "scored_on": score.scored_on.isoformat() if score else None,
            "reviewed_on": self.reviews[-1].reviewed_on.isoformat() if self.reviews else None,
            "lifted_by": self.lifting.decision if self.lifting else None,
        }


def _risks(user: Actor, code: str) -> QuerySet[Risk]:
    check(user, Permission.SEE_PROGRAMME, code)
    every = Risk.objects.filter(programme__code=code).select_related("programme", "owner__agency", "lifting")
    return every.prefetch_related("scores", "reviews", "controls__owner")


def risks(user: Actor, code: str, on: date | None = None) -> list[RiskLine]:
    """The register on a day (today): what nobody has scored, then the largest first; what was lifted comes last."""
    day = on or clock.today()
    lines = [_line(each, day) for each in _risks(user, code).filter(raised_on__lte=day)]

    def place(line: RiskLine) -> tuple[bool, bool, int]:
        return line.lifting is not None, line.score is not None, -line.score.residual if line.score else 0

    return sorted(lines, key=place)


def one_risk(user: Actor, code: str, number: int) -> RiskLine:
    """One risk as it stands. Raises NoSuchRisk."""
    risk = _risks(user, code).filter(number=number).first()
    if risk is None:
        raise NoSuchRisk(number)
    return _line(risk, clock.today())


def _line(risk: Risk, day: date) -> RiskLine:
    lifting = getattr(risk, "lifting", None)
    return RiskLine(
        risk,
        [score for score in risk.scores.all() if score.scored_on <= day],
        [review for review in risk.reviews.all() if review.reviewed_on <= day],
        [control for control in risk.controls.all() if control.from_on <= day],
        lifting if lifting and lifting.lifted_on <= day else None,
    )
