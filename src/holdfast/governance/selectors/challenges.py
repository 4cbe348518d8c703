"""Challenges: the log, and one with all that was answered. The user comes first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from holdfast.access import clock
from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.governance.models import Challenge, ChallengeAnswer, ChallengeClosing
from holdfast.pages.words import counted


class NoSuchChallenge(Missing):
    """The programme has no challenge of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no challenge {number} in this programme.")


@dataclass(frozen=True)
class ChallengeLine:
    """One challenge as it stood on a day: its answers by then, and how it was closed (None while open)."""

    challenge: Challenge
    answers: tuple[ChallengeAnswer, ...]
    closing: ChallengeClosing | None
    on: date

    @property
    def state(self) -> str:
        """ "Closed", "Answered, not closed" or "Not answered"."""
        if self.closing is not None:
            return "Closed"
        return "Answered, not closed" if self.answers else "Not answered"

    @property
    def age(self) -> str:
        """How long it has been open, or was."""
        until = self.closing.closed_on if self.closing else self.on
        return counted((until - self.challenge.raised_on).days, "day")

    def as_data(self) -> dict[str, Any]:
        """For --json: documented keys."""
        return {
            "number": self.challenge.number,
            "challenger": self.challenge.challenger,
            "challenged": str(self.challenge.challenged),
            "about": self.challenge.about,
            "evidence": self.challenge.evidence,
            "raised_on": self.challenge.raised_on.isoformat(),
            "state": self.state,
            "answers": [answer.words for answer in self.answers],
            "outcome": self.closing.outcome if self.closing else None,
            "closed_on": self.closing.closed_on.isoformat() if self.closing else None,
        }


def _challenges(user: Actor, code: str) -> QuerySet[Challenge]:
    check(user, Permission.SEE_PROGRAMME, code)
    raised = Challenge.objects.filter(programme__code=code)
    shown = raised.select_related("programme", "body", "post", "challenged", "closing__closed_by", "meeting__body")
    return shown.prefetch_related("answers__answered_by", "body__aliases")


def challenges(user: Actor, code: str, on: date | None = None) -> list[ChallengeLine]:
    """Every challenge raised by a day (today), as it stood then: the open ones first, the oldest of them first."""
    day = on or clock.today()
    lines = [_line(each, day) for each in _challenges(user, code).filter(raised_on__lte=day)]
    return sorted(lines, key=lambda line: (line.closing is not None, line.challenge.raised_on, line.challenge.number))


def one_challenge(user: Actor, code: str, number: int) -> ChallengeLine:
    """One challenge as it stands. Raises NoSuchChallenge."""
    challenge = _challenges(user, code).filter(number=number).first()
    if challenge is None:
        raise NoSuchChallenge(number)
    return _line(challenge, clock.today())


def _line(challenge: Challenge, day: date) -> ChallengeLine:
    closing = getattr(challenge, "closing", None)
    answers = tuple(answer for answer in challenge.answers.all() if answer.answered_on <= day)
    return ChallengeLine(challenge, answers, closing if closing and closing.closed_on <= day else None, day)
