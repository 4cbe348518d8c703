"""Where a version stands on a day: in force, waiting, declined, withdrawn, replaced. Pure, over rows fetched already.

A version is in force from the day on which the last party that must agree did, or from its effective day if that is
later, until a later version is. Rule: one party missing, and it is not in force; nothing else makes it so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from holdfast.agreements.models import Answer, Party, Subject, Version

IN_FORCE: Final = "In force"
AGREED: Final = "Agreed, not yet in force"
WAITING: Final = "Waiting"
DECLINED: Final = "Declined"
WITHDRAWN: Final = "Withdrawn"
REPLACED: Final = "Replaced"
NOT_YET: Final = "Not put forward"
TAG_COLOURS: Final = {
    IN_FORCE: "green",
    AGREED: "turquoise",
    WAITING: "yellow",
    DECLINED: "red",
    WITHDRAWN: "grey",
    REPLACED: "grey",
    NOT_YET: "grey",
}


@dataclass(frozen=True)
class Standing:
    """A version on a day. `since` is from when it is, or will be, in force; None while somebody is missing."""

    version: Version
    on: date
    state: str
    since: date | None
    answered: Sequence[Answer]
    missing: Sequence[Party]
    declined: Sequence[Party]

    @property
    def days_waiting(self) -> int:
        return (self.on - self.version.proposed_on).days

    @property
    def days_overdue(self) -> int:
        """Days past the day by which all were to agree; 0 before it, or where no day was set."""
        by = self.version.agree_by
        return max((self.on - by).days, 0) if by and self.state == WAITING else 0


def answer_of(party: Party, on: date | None = None) -> Answer | None:
    """What a party had answered by a day (ever, without one). None while it had not."""
    said: Answer | None = getattr(party, "answer", None)
    return said if said is not None and (on is None or said.said_on <= on) else None


def agreed_on(version: Version) -> date | None:
    """The day on which the last party that must agree did. None while one has not, or where one declined."""
    answers = [answer_of(party) for party in version.parties.all() if party.is_required]
    given = [said.said_on for said in answers if said is not None and said.is_agreement]
    return max(given) if given and len(given) == len(answers) else None


def starts_on(version: Version) -> date | None:
    """The first day on which it is in force, if nothing replaces it. None while somebody is missing."""
    agreed = agreed_on(version)
    return None if agreed is None else max(agreed, version.effective_on or agreed)


def is_withdrawn(version: Version, on: date) -> bool:
    withdrawal = getattr(version, "withdrawal", None)
    return withdrawal is not None and withdrawal.withdrawn_on <= on


def in_force_of(subject: Subject, on: date) -> Version | None:
    """The version of a subject that is in force on a day: the latest that all had agreed. None when none is."""
    begun = [version for version in subject.versions.all() if _has_begun(version, on)]
    return max(begun, key=lambda version: version.number, default=None)


def _has_begun(version: Version, on: date) -> bool:
    starts = starts_on(version)
    return starts is not None and starts <= on and not is_withdrawn(version, on)


def latest_of(subject: Subject, on: date) -> Version | None:
    """The last version that was put forward by a day and not withdrawn by it: the one to answer on. None before any."""
    forward = [one for one in subject.versions.all() if one.proposed_on <= on and not is_withdrawn(one, on)]
    return max(forward, key=lambda version: version.number, default=None)


def standing_of(subject: Subject, version: Version, on: date) -> Standing:
    """Where one of a subject's versions stands on a day."""
    parties = list(version.parties.all())
    required = [party for party in parties if party.is_required]
    answered = [said for party in parties if (said := answer_of(party, on)) is not None]
    declined = [party for party in required if (said := answer_of(party, on)) and not said.is_agreement]
    missing = [party for party in required if answer_of(party, on) is None]
    state = _state(subject, version, on, bool(declined), bool(missing))
    return Standing(version, on, state, starts_on(version), answered, missing, declined)


def _state(subject: Subject, version: Version, on: date, is_declined: bool, is_missing: bool) -> str:
    if version.proposed_on > on:
        return NOT_YET
    if is_withdrawn(version, on):
        return WITHDRAWN
    if in_force_of(subject, on) == version:
        return IN_FORCE
    latest = latest_of(subject, on)
    if latest is not None and latest.number > version.number:
        return REPLACED
    if is_declined:
        return DECLINED
    return WAITING if is_missing else AGREED


def review_due(subject: Subject, version: Version | None, on: date) -> date | None:
    """The day by which what is in force is to be reviewed next, as known on a day; None where none was set."""
    done = [review for review in subject.reviews.all() if review.reviewed_on <= on]
    if done:
        return done[-1].next_on
    return version.review_by if version else None
