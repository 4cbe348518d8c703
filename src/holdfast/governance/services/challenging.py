"""Raising a challenge, answering it, and closing it with what changed for children.

Rule: the challenged answers; whoever raised it closes it, or their body, once there is an answer.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import Max

from holdfast.access import clock
from holdfast.access.doors import Actor, Refused, account_of, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.governance import stopping
from holdfast.governance.days import day_up_to_today
from holdfast.governance.entitled import check_somewhere, may_answer
from holdfast.governance.models import Challenge, ChallengeAnswer, ChallengeClosing, Meeting
from holdfast.organisation.models import Body, Post, Programme


class NotAChallenge(NotDone):
    """What was typed cannot be kept as a challenge, an answer or an end, and why."""


class ClosedByTheChallenged(Forbidden):
    """Whoever was challenged, or answered, was to say that the challenge is met."""


class ClosedFromOutside(Forbidden):
    """Another body, or somebody who did not raise it, was to say that the challenge is met."""


@service
def raise_challenge(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    challenged: Post,
    about: str,
    evidence: str,
    body: Body | None = None,
    post: Post | None = None,
    meeting: Meeting | None = None,
    requirement: str = "",
    indicator: str = "",
    raised_on: date | None = None,
) -> Challenge:
    """A body, or a post, challenges a post. Raises Refused or NotAChallenge."""
    check_somewhere(by, Permission.RAISE_CHALLENGE, programme.code)
    day = day_up_to_today(at, raised_on, "raised_on", NotAChallenge, programme)
    if body is None and post is None:
        raise NotAChallenge("Choose who challenges: a body or a post.", field="body")
    if post is not None and post == challenged:
        raise NotAChallenge("Nobody challenges their own post.", field="challenged")
    for words, field, ask in ((about, "about", "what it is about"), (evidence, "evidence", "what it rests on")):
        if not words.strip():
            raise NotAChallenge(f"Enter {ask}.", field=field)
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = Challenge.objects.filter(programme=programme).aggregate(Max("number"))["number__max"] or 0
    who: dict[str, Any] = {"body": body, "post": post, "challenged": challenged, "meeting": meeting}
    what = {"about": about.strip(), "evidence": evidence.strip(), "requirement": requirement, "indicator": indicator}
    challenge = Challenge(programme=programme, number=last + 1, raised_on=day, **who, **what)
    challenge.raised_by = account_of(by)
    challenge.save()
    subject = f"challenge {challenge.number} of {challenged}"
    record("challenge raised", programme=programme.code, subject=subject)
    return challenge


@service
def answer_challenge(*, by: Actor, at: datetime, challenge: Challenge, words: str) -> ChallengeAnswer:
    """The challenged answers, or the programme office writes down what they answered. Raises Refused, NotAChallenge."""
    code = challenge.programme.code
    check(by, Permission.SEE_PROGRAMME, code)
    if not may_answer(by, challenge):
        raise Refused(Permission.MANAGE_MEETINGS, code)
    if stopped := stopping.answering(challenge):
        raise NotAChallenge(stopped)
    if not words.strip():
        raise NotAChallenge("Enter the answer.", field="words")
    answer = ChallengeAnswer(challenge=challenge, words=words.strip(), answered_on=clock.day_of(at))
    answer.answered_by = account_of(by)
    answer.save()
    record("challenge answered", programme=code, subject=f"challenge {challenge.number}")
    return answer


@service
def close_challenge(*, by: Actor, at: datetime, challenge: Challenge, outcome: str) -> ChallengeClosing:
    """Say what changed for children, and close it: whoever raised it does, or a member of the body that did.

    Raises Refused, ClosedByTheChallenged, ClosedFromOutside or NotAChallenge.
    """
    code = challenge.programme.code
    check_somewhere(by, Permission.RAISE_CHALLENGE, code)
    if words := stopping.involved(by, challenge):
        raise ClosedByTheChallenged(words, programme=code)
    if words := stopping.outside(by, challenge, clock.day_of(at)):
        raise ClosedFromOutside(words, programme=code)
    if stopped := stopping.closing(challenge):
        raise NotAChallenge(stopped)
    if not outcome.strip():
        raise NotAChallenge("Enter what changed for children, or that nothing did.", field="outcome")
    closing = ChallengeClosing(challenge=challenge, outcome=outcome.strip(), closed_on=clock.day_of(at))
    closing.closed_by = account_of(by)
    closing.save()
    record("challenge closed", programme=code, subject=f"challenge {challenge.number}")
    return closing
