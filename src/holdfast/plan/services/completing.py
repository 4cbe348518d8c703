"""From done to complete: evidence offered by one person and answered by another, what it changed, closing, reopening.

Rule: nobody near the action (plan.owning) accepts its evidence or reviews it; it is complete only with accepted
evidence and a review, and while its owner is a live one.
"""

from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.notice.services.taking import take
from holdfast.plan.doubts import refuse_withdrawn
from holdfast.plan.models import Action, Closure, EvidenceAnswer, EvidenceItem, ImpactReview, Reopening
from holdfast.plan.owning import LINE, is_in_line, refuse_strangers
from holdfast.plan.selectors.impact import claim_on, is_better
from holdfast.plan.services.progress import ClosedAlready, NothingSaid


class NeedsAPerson(NotDone):
    """The product cannot offer, answer or review: a person must."""

    def __init__(self) -> None:
        super().__init__("Somebody has to say this: sign in, or say who you are with --as.")


class TooNear(Forbidden):
    """Whoever offered the evidence, owns the action or is accountable for it wanted to answer it, or to review."""


class NotComplete(Forbidden):
    """Something still stands between the action and its closing; each of `blocks` says what."""

    def __init__(self, programme: str, ref: str, blocks: list[str]) -> None:
        super().__init__(f"{ref} cannot be closed yet. {' '.join(blocks)}", programme=programme)
        self.blocks = blocks


class AnsweredAlready(NotDone):
    """The evidence has been accepted or returned already."""

    def __init__(self) -> None:
        super().__init__("This evidence has been accepted or returned already. Further evidence is offered anew.")


class NotDoneYet(NotDone):
    """An action that is not done has changed nothing yet."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} is not done yet, so what it changed cannot be reviewed.")


class NotClosed(NotDone):
    """The action is not closed, so there is nothing to reopen."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} is not closed.")


@service
def offer_evidence(
    *,
    by: Actor,
    at: datetime,
    action: Action,
    title: str,
    chosen: str = "",
    address: str = "",
    file: tuple[str, bytes] | None = None,
) -> EvidenceItem:
    """Offer evidence that an action was done: something here ("kind:key"), an http(s) address, or a file (name, bytes).

    Exactly one of the three. Raises Refused, Withdrawn, ClosedAlready, NothingSaid, NeedsAPerson or NotEvidence.
    """
    refuse_strangers(by, action)
    _refuse_the_product(by)
    refuse_offering(action, clock.day_of(at))
    if not title.strip():
        raise NothingSaid("what the evidence is", "title")
    item = EvidenceItem(action=action, title=title.strip(), offered_by=by, offered_on=clock.day_of(at), offered_at=at)
    take(by, action.programme.code, item, chosen=chosen, address=address, file=file)
    item.save()
    detail = {"title": item.title, "kind": str(item.kind), "sha256": item.sha256}
    record("evidence offered", programme=action.programme.code, subject=str(action), detail=detail)
    return item


@service
def answer_evidence(
    *, by: Actor, at: datetime, item: EvidenceItem, is_accepted: bool, reason: str = ""
) -> EvidenceAnswer:
    """Accept a piece of evidence, or return it with a reason. Not by whoever offered it, nor in the owner's line.

    Raises Refused, TooNear, NeedsAPerson, NothingSaid or AnsweredAlready.
    """
    action = item.action
    check(by, Permission.ACCEPT_EVIDENCE, action.programme.code)
    _refuse_the_product(by)
    refuse_answering(by, item)
    if not is_accepted and not reason.strip():
        raise NothingSaid("why it is returned", "reason")
    answer = EvidenceAnswer(item=item, is_accepted=is_accepted, reason=reason.strip(), answered_by=by)
    answer.answered_on = clock.day_of(at)
    answer.save()
    what = "evidence accepted" if is_accepted else "evidence returned"
    detail = {"title": item.title, "reason": answer.reason}
    record(what, programme=action.programme.code, subject=str(action), detail=detail)
    return answer


@service
def review_impact(*, by: Actor, at: datetime, action: Action, says: str, reason: str) -> ImpactReview:
    """What an action changed: a person's judgement, kept beside what the last release allows of its indicator.

    Raises Refused, TooNear, NeedsAPerson, Withdrawn, NotDoneYet, NothingSaid, or ValueError for an unknown judgement.
    """
    code, today = action.programme.code, clock.day_of(at)
    check(by, Permission.ACCEPT_EVIDENCE, code)
    _refuse_the_product(by)
    refuse_reviewing(by, action, today)
    if not reason.strip():
        raise NothingSaid("why you say so", "reason")
    review = ImpactReview(action=action, says=ImpactReview.Says(says), reason=reason.strip(), reviewed_by=by)
    review.reviewed_on, review.reviewed_at, review.indicator = today, at, action.indicator
    said = claim_on(code, action.indicator, today)
    if said is not None:
        review.release, review.claim, review.is_in_the_figures = said.release, said.claim, is_better(said)
    review.save()
    detail = {"says": review.says, "claim": review.claim, "release": review.release}
    record("impact reviewed", programme=code, subject=str(action), detail=detail)
    return review


def what_blocks_closing(action: Action, on: date) -> list[str]:
    """What still stands between an action and its closing, a sentence each. Nothing: it can be closed."""
    blocks = []
    if not action.was_done(on):
        blocks.append("It is not marked as done.")
    if not action.is_evidenced(on):
        waits = any(item.answer_by(on) is None for item in action.counting_evidence(on))
        last = "what was offered still waits for an answer" if waits else "none has been accepted"
        blocks.append(f"It has no accepted evidence: {last}.")
    if action.review_by(on) is None:
        blocks.append("Nobody has reviewed what it changed.")
    if not action.has_live_owner:
        blocks.append(f"It has no live owner: nobody who can sign in holds the post of {action.owner.title}.")
    return blocks


@service
def close_action(*, by: Actor, at: datetime, action: Action, note: str) -> Closure:
    """Close an action as complete. Raises Refused, Withdrawn, ClosedAlready, NothingSaid, or NotComplete and why."""
    code, today = action.programme.code, clock.day_of(at)
    check(by, Permission.MANAGE_PLAN, code)
    kept: Action = Action.objects.select_for_update().get(pk=action.pk)
    refuse_closing(kept, today)
    if not note.strip():
        raise NothingSaid("what was achieved", "note")
    closure = Closure(action=kept, note=note.strip(), closed_by=None if by is SYSTEM else by, closed_on=today)
    closure.done_on = kept.done_on  # type: ignore[assignment]
    closure.save()
    record("action closed", programme=code, subject=str(kept), detail={"note": closure.note})
    return closure


@service
def reopen_action(*, by: Actor, at: datetime, action: Action, reason: str) -> Reopening:
    """Reopen a closed action: it is to be done, evidenced and reviewed again. Its dates stay as they are.

    Raises Refused, NothingSaid or NotClosed.
    """
    check(by, Permission.MANAGE_PLAN, action.programme.code)
    if not reason.strip():
        raise NothingSaid("why it is reopened", "reason")
    kept: Action = Action.objects.select_for_update().get(pk=action.pk)
    today = clock.day_of(at)
    closure = refuse_reopening(kept, today)
    again = Reopening(closure=closure, reason=reason.strip(), reopened_on=today, reopened_at=at)
    again.reopened_by = None if by is SYSTEM else by
    again.save()
    kept.done_on, kept.done_note = None, ""
    kept.save(update_fields=["done_on", "done_note"])
    detail = {"reason": again.reason, "was_closed_on": closure.closed_on}
    record("action reopened", programme=kept.programme.code, subject=str(kept), detail=detail)
    return again


# What stops each of them before anything is typed: asked by the service, and by the page before it shows a form


def refuse_offering(action: Action, on: date) -> None:
    """Raises Withdrawn or ClosedAlready."""
    refuse_withdrawn(action)
    if action.closure_by(on) is not None:
        raise ClosedAlready(action.ref)


def refuse_answering(by: Actor, item: EvidenceItem) -> None:
    """Raises TooNear or AnsweredAlready."""
    if item.offered_by_id == getattr(by, "pk", None):
        words = "You offered this evidence, so somebody else must accept or return it."
        raise TooNear(words, programme=item.action.programme.code)
    _refuse_the_line(by, item.action)
    if EvidenceAnswer.objects.filter(item=item).exists():
        raise AnsweredAlready


def refuse_reviewing(by: Actor, action: Action, on: date) -> None:
    """Raises TooNear, Withdrawn or NotDoneYet."""
    _refuse_the_line(by, action)
    refuse_withdrawn(action)
    if not action.was_done(on):
        raise NotDoneYet(action.ref)


def refuse_closing(action: Action, on: date) -> None:
    """Raises Withdrawn, ClosedAlready, or NotComplete and why."""
    refuse_offering(action, on)
    blocks = what_blocks_closing(action, on)
    if blocks:
        raise NotComplete(action.programme.code, action.ref, blocks)


def refuse_reopening(action: Action, on: date) -> Closure:
    """The closing that would be undone. Raises NotClosed."""
    closure = action.closure_by(on)
    if closure is None:
        raise NotClosed(action.ref)
    return closure


def _refuse_the_product(by: Actor) -> None:
    if by is SYSTEM:
        raise NeedsAPerson


def _refuse_the_line(by: Actor, action: Action) -> None:
    if is_in_line(by, action):
        words = f"You are in the owner’s line of {action.ref}. {LINE} Ask somebody else."
        raise TooNear(words, programme=action.programme.code)
