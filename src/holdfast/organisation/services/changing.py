"""What changes hands, or ends, on a day: who holds a post, who speaks for a body and whether it goes on.

Rule: who held a post, and which bodies there were, stays answerable for every day.
"""

from datetime import date, datetime, timedelta

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.organisation.appointing import check_appointment
from holdfast.organisation.models import Body, Post, PostHolding
from holdfast.organisation.services import _refuse_speaker
from holdfast.pages.words import date_words


class OddDay(NotDone):
    """A day that cannot be: it has not come, or is before what it follows."""


@service
def appoint(*, by: Actor, at: datetime, post: Post, holder: Account | None, from_on: date | None = None) -> Post:
    """Put somebody in a post from a day on (today unless given), or leave it vacant (None). What it owns stays with it.

    Whoever held it did so until the day before. Raises Refused, Forbidden where a rule of another room forbids it, or
    OddDay for a day to come or before the last change.
    """
    check(by, Permission.MANAGE_ORGANISATION, post.programme.code)
    on = from_on or clock.day_of(at)
    last = post.holdings.order_by("-id").first()
    if on > clock.day_of(at):
        raise OddDay("Enter a day that has come. Record a handover on its day.", field="from_on")
    first = last.free_from if last is not None else None
    if first is not None and on < first:
        raise OddDay(f"Enter {date_words(first)} or a later day.", field="from_on")
    if holder is not None:
        check_appointment(post, holder, on)
    if last is not None and last.to_on is None:
        last.to_on = on - timedelta(days=1)
        last.save(update_fields=["to_on"])
    if holder is not None:
        PostHolding(post=post, account=holder, from_on=on).save()
    before = post.holder.username if post.holder else ""
    post.holder = holder
    post.save(update_fields=["holder"])
    facts = {"before": before, "holder": holder.username if holder else "", "from": on}
    record("post holder changed", programme=post.programme.code, subject=post.title, detail=facts)
    return post


@service
def change_body(*, by: Actor, at: datetime, body: Body, spoken_for_by: str, to_on: date | None = None) -> Body:
    """Who speaks for a body from now on, and its last day. What it decided stays. Raises Refused, NotOurs or OddDay."""
    check(by, Permission.MANAGE_ORGANISATION, body.programme.code)
    _refuse_speaker(spoken_for_by)
    first = max(body.from_on or body.programme.starts_on, body.programme.starts_on)
    if to_on is not None and not first <= to_on <= clock.day_of(at):
        raise OddDay("Enter a day that has come, and on which there was such a body.", field="to_on")
    body.spoken_for_by, body.to_on = spoken_for_by, to_on
    body.save(update_fields=["spoken_for_by", "to_on"])
    detail = {"spoken for by": spoken_for_by, "last day": to_on}
    record("body changed", programme=body.programme.code, subject=body.name, detail=detail)
    return body
