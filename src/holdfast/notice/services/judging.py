"""What people say of a requirement: a judgement, its acceptance by somebody else, evidence, a condition that is met.

Rule: whoever judged never accepts; nothing said is changed, only followed by something newer.
"""

from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import record, service
from holdfast.notice.models import Acceptance, EvidenceLink, Judgement, Requirement


class NeedsAPerson(Exception):
    """The product cannot judge or accept: a person must."""

    def __init__(self) -> None:
        super().__init__("A judgement is a person's. Sign in, or say who you are with --as.")


class NeedsAReason(Exception):
    """A judgement, or a refusal to accept one, without a reason."""

    def __init__(self) -> None:
        super().__init__("Give the reason, in a sentence or two.")


class SamePerson(Exception):
    """Whoever judged tried to accept it."""

    def __init__(self) -> None:
        super().__init__("You made this judgement, so somebody else must accept or decline it.")


class AlreadyDecided(Exception):
    """The judgement has been accepted or declined already."""

    def __init__(self) -> None:
        super().__init__("This judgement has been accepted or declined already. Record a new judgement to change it.")


class Superseded(Exception):
    """A newer judgement has taken this one's place."""

    def __init__(self) -> None:
        super().__init__("A newer judgement has taken this one's place. Read that one and decide on it.")


class NotConditional(Exception):
    """Only a requirement with a condition can have it recorded as met."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} has no condition: it applies already.")


@service
def judge(*, by: Actor, at: datetime, requirement: Requirement, says: str, reason: str) -> Judgement:
    """A person's judgement of a requirement, with its reason; it takes the place of the last one, which is kept.

    Raises Refused, NeedsAPerson, NeedsAReason, or ValueError for a word that is not a judgement.
    """
    check(by, Permission.JUDGE_REQUIREMENT, _code(requirement))
    if by is SYSTEM:
        raise NeedsAPerson
    if not reason.strip():
        raise NeedsAReason
    judgement = Judgement(
        requirement=requirement,
        says=Judgement.Says(says),
        reason=reason.strip(),
        judged_by=by,
        judged_on=clock.day_of(at),
        judged_at=at,
    )
    judgement.save()
    record("requirement judged", programme=_code(requirement), subject=str(requirement), detail={"says": says})
    return judgement


@service
def accept(*, by: Actor, at: datetime, judgement: Judgement, is_accepted: bool, reason: str = "") -> Acceptance:
    """Somebody else's acceptance of a judgement, or their declining it with a reason.

    Raises Refused, NeedsAPerson, SamePerson, AlreadyDecided, Superseded or NeedsAReason.
    """
    requirement = judgement.requirement
    check(by, Permission.ACCEPT_JUDGEMENT, _code(requirement))
    if by is SYSTEM:
        raise NeedsAPerson
    if judgement.judged_by_id == by.pk:
        raise SamePerson
    newest = Judgement.objects.select_for_update().filter(requirement=requirement).first()
    if newest != judgement:
        raise Superseded
    if Acceptance.objects.filter(judgement=judgement).exists():
        raise AlreadyDecided
    if not is_accepted and not reason.strip():
        raise NeedsAReason
    facts = {"decided_by": by, "decided_on": clock.day_of(at), "decided_at": at, "reason": reason.strip()}
    acceptance = Acceptance(judgement=judgement, is_accepted=is_accepted, **facts)
    acceptance.save()
    action = "judgement accepted" if is_accepted else "judgement declined"
    record(action, programme=_code(requirement), subject=str(requirement), detail={"says": judgement.says})
    return acceptance


@service
def link_evidence(*, by: Actor, at: datetime, requirement: Requirement, title: str, where: str) -> EvidenceLink:
    """A link from a requirement to where evidence can be seen: an address of this product, or a reference elsewhere.

    Raises Refused or NeedsAReason (no title, or no place).
    """
    check(by, Permission.JUDGE_REQUIREMENT, _code(requirement))
    if not title.strip() or not where.strip():
        raise NeedsAReason
    link = EvidenceLink(requirement=requirement, title=title.strip(), where=where.strip(), added_on=clock.day_of(at))
    link.added_by = None if by is SYSTEM else by
    link.save()
    record("evidence linked", programme=_code(requirement), subject=str(requirement), detail={"title": link.title})
    return link


@service
def record_trigger(*, by: Actor, at: datetime, requirement: Requirement, on: date, reason: str) -> Requirement:
    """The day from which a conditional requirement applies, and why. A later call corrects it; the trail keeps both.

    Raises Refused, NotConditional or NeedsAReason.
    """
    check(by, Permission.JUDGE_REQUIREMENT, _code(requirement))
    if not requirement.is_conditional:
        raise NotConditional(requirement.ref)
    if not reason.strip():
        raise NeedsAReason
    before = requirement.triggered_on
    requirement.triggered_on = on
    requirement.save(update_fields=["triggered_on"])
    detail = {"on": on, "before": before, "reason": reason.strip()}
    record("condition recorded as met", programme=_code(requirement), subject=str(requirement), detail=detail)
    return requirement


def _code(requirement: Requirement) -> str:
    return requirement.notice.programme.code
