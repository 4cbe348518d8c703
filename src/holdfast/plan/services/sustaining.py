"""Saying who takes over a requirement when the notice ends, and by what control it is kept."""

from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.notice.models import Requirement
from holdfast.organisation.days import refuse_before
from holdfast.organisation.models import Post
from holdfast.plan.models import Handover
from holdfast.plan.services.progress import NothingSaid


class AnotherProgramme(NotDone):
    """The post and the requirement are of two programmes."""

    def __init__(self) -> None:
        super().__init__("Choose a post of this programme.", field="post")


@service
def hand_over(
    *, by: Actor, at: datetime, requirement: Requirement, post: Post, control: str, from_on: date
) -> Handover:
    """Name the post that takes over a requirement, its control, and the day from which it does. A newer one counts.

    Raises Refused, NothingSaid or AnotherProgramme.
    """
    programme = requirement.notice.programme
    check(by, Permission.MANAGE_PLAN, programme.code)
    if not control.strip():
        raise NothingSaid("by what control it is kept", "control")
    if post.programme_id != programme.pk:
        raise AnotherProgramme
    refuse_before(programme, from_on, "from_on")
    said = Handover(requirement=requirement, post=post, control=control.strip(), from_on=from_on)
    said.said_on, said.said_by = clock.day_of(at), None if by is SYSTEM else by
    said.save()
    detail = {"post": post.code, "from": from_on}
    record("requirement handed over", programme=programme.code, subject=str(requirement), detail=detail)
    return said
