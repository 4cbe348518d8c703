"""What people say of a requirement: a judgement, its acceptance by somebody else, evidence, a condition that is met.

Rule: whoever judged never accepts; nothing said is changed, only followed by something newer.
"""

from collections.abc import Sequence
from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.notice.models import (
    Acceptance,
    EvidenceLink,
    EvidenceOpening,
    EvidenceWithdrawal,
    Judgement,
    JudgementWithdrawal,
    Requirement,
)
from holdfast.notice.services.taking import NotEvidence, take
from holdfast.organisation.days import refuse_before


class NeedsAPerson(NotDone):
    """The product cannot judge or accept: a person must."""

    def __init__(self) -> None:
        super().__init__("A judgement is a person's. Sign in, or say who you are with --as.")


class NeedsAReason(NotDone):
    """A judgement, or a refusal to accept one, without a reason."""

    def __init__(self) -> None:
        super().__init__("Give the reason, in a sentence or two.")


class SamePerson(NotDone):
    """Whoever judged tried to accept it."""

    def __init__(self) -> None:
        super().__init__("You made this judgement, so somebody else must accept or decline it.")


class AlreadyDecided(NotDone):
    """The judgement has been accepted or declined already."""

    def __init__(self) -> None:
        super().__init__("This judgement has been accepted or declined already. Record a new judgement to change it.")


class Superseded(NotDone):
    """A newer judgement has taken this one's place."""

    def __init__(self) -> None:
        super().__init__("A newer judgement has taken this one's place. Read that one and decide on it.")


class NotConditional(NotDone):
    """Only a requirement with a condition can have it recorded as met."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} has no condition: it applies already.")


class NeedsEvidence(NotDone):
    """A judgement of met that names no evidence, or evidence that is not this requirement's or no longer counts."""

    def __init__(self) -> None:
        super().__init__(
            "A judgement of met names the evidence it rests on. Link the evidence to this requirement, then choose it."
        )


class NotOpened(NotDone):
    """Somebody tried to accept a judgement without having opened all the evidence that it names."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(f"Open the evidence before you accept. You have not opened yet: {'; '.join(titles)}.")


class WithdrawnAlready(NotDone):
    """It has been withdrawn already."""

    def __init__(self) -> None:
        super().__init__("This has been withdrawn already.")


@service
def judge(
    *,
    by: Actor,
    at: datetime,
    requirement: Requirement,
    says: str,
    reason: str,
    evidence: Sequence[EvidenceLink] = (),
) -> Judgement:
    """A person's judgement of a requirement, with its reason; it takes the place of the last one, which is kept.

    `evidence` is what it rests on, of this requirement's own links; a judgement of met names some. Raises Refused,
    NeedsAPerson, NeedsAReason, NeedsEvidence, or ValueError for a word that is not a judgement.
    """
    check(by, Permission.JUDGE_REQUIREMENT, _code(requirement))
    if by is SYSTEM:
        raise NeedsAPerson
    if not reason.strip():
        raise NeedsAReason
    if any(link.requirement_id != requirement.pk or not link.counts(clock.day_of(at)) for link in evidence):
        raise NeedsEvidence
    if says == Judgement.Says.MET and not evidence:
        raise NeedsEvidence
    judgement = Judgement(
        requirement=requirement,
        says=Judgement.Says(says),
        reason=reason.strip(),
        judged_by=by,
        judged_on=clock.day_of(at),
        judged_at=at,
    )
    judgement.save()
    judgement.evidence.set(evidence)
    detail = {"says": says, "evidence": [link.title for link in evidence]}
    record("requirement judged", programme=_code(requirement), subject=str(requirement), detail=detail)
    return judgement


@service
def accept(*, by: Actor, at: datetime, judgement: Judgement, is_accepted: bool, reason: str = "") -> Acceptance:
    """Somebody else's acceptance of a judgement, or their declining it with a reason.

    Accepting takes having opened all the evidence that it names. Raises Refused, NeedsAPerson, SamePerson,
    AlreadyDecided, Superseded, NeedsAReason, NeedsEvidence (what it named counts no more) or NotOpened.
    """
    requirement = judgement.requirement
    check(by, Permission.ACCEPT_JUDGEMENT, _code(requirement))
    if by is SYSTEM:
        raise NeedsAPerson
    if judgement.judged_by_id == by.pk:
        raise SamePerson
    standing = Judgement.objects.select_for_update(of=("self",)).filter(requirement=requirement)
    newest = standing.filter(withdrawal__isnull=True).first()
    if newest != judgement:
        raise Superseded
    if Acceptance.objects.filter(judgement=judgement).exists():
        raise AlreadyDecided
    if not is_accepted and not reason.strip():
        raise NeedsAReason
    if is_accepted:
        _refuse_unopened(by, at, judgement)
    facts = {"decided_by": by, "decided_on": clock.day_of(at), "decided_at": at, "reason": reason.strip()}
    acceptance = Acceptance(judgement=judgement, is_accepted=is_accepted, **facts)
    acceptance.save()
    action = "judgement accepted" if is_accepted else "judgement declined"
    record(action, programme=_code(requirement), subject=str(requirement), detail={"says": judgement.says})
    return acceptance


def _refuse_unopened(by: Actor, at: datetime, judgement: Judgement) -> None:
    """Raises NeedsEvidence when a judgement of met rests on nothing that counts, NotOpened when `by` has not looked."""
    counting = [link for link in judgement.evidence.select_related("withdrawal") if link.counts(clock.day_of(at))]
    if judgement.says == Judgement.Says.MET and not counting:
        raise NeedsEvidence
    opened = set(EvidenceOpening.objects.filter(opened_by=by).values_list("evidence_id", flat=True))
    unopened = [link.title for link in counting if link.pk not in opened]
    if unopened:
        raise NotOpened(unopened)


@service
def link_evidence(
    *,
    by: Actor,
    at: datetime,
    requirement: Requirement,
    title: str,
    chosen: str = "",
    address: str = "",
    file: tuple[str, bytes] | None = None,
) -> EvidenceLink:
    """Link a piece of evidence: `chosen` ("kind:key", from evidencing), an http(s) address, or a file's name and bytes.

    Exactly one of the three. Raises Refused, NeedsAReason (no title) or NotEvidence.
    """
    code = _code(requirement)
    check(by, Permission.JUDGE_REQUIREMENT, code)
    if not title.strip():
        raise NeedsAReason
    link = EvidenceLink(requirement=requirement, title=title.strip(), added_on=clock.day_of(at))
    link.added_by = None if by is SYSTEM else by
    take(by, code, link, chosen=chosen, address=address, file=file)
    link.save()
    detail = {"title": link.title, "kind": str(link.kind), "sha256": link.sha256}
    record("evidence linked", programme=code, subject=str(requirement), detail=detail)
    return link


@service
def open_evidence(*, by: Actor, at: datetime, evidence: EvidenceLink) -> EvidenceLink:
    """Record that somebody opened a piece of evidence; the first time is kept, and every time is trailed.

    Raises Refused, NeedsAPerson, or NotEvidence for what leads nowhere.
    """
    code = _code(evidence.requirement)
    check(by, Permission.SEE_PROGRAMME, code)
    if by is SYSTEM:
        raise NeedsAPerson
    if evidence.kind == EvidenceLink.Kind.UNUSABLE:
        raise NotEvidence("This was kept from before and leads nowhere, so it cannot be opened.")
    if not EvidenceOpening.objects.filter(evidence=evidence, opened_by=by).exists():
        EvidenceOpening(evidence=evidence, opened_by=by, opened_on=clock.day_of(at), opened_at=at).save()
    subject = str(evidence.requirement)
    record("evidence opened", programme=code, subject=subject, detail={"title": evidence.title})
    return evidence


@service
def withdraw_judgement(*, by: Actor, at: datetime, judgement: Judgement, reason: str) -> JudgementWithdrawal:
    """Take back a judgement made by mistake. It is kept and shown as withdrawn; the one before it counts again.

    Raises Refused, NeedsAReason or WithdrawnAlready.
    """
    requirement = judgement.requirement
    check(by, Permission.JUDGE_REQUIREMENT, _code(requirement))
    if JudgementWithdrawal.objects.filter(judgement=judgement).exists():
        raise WithdrawnAlready
    withdrawal = JudgementWithdrawal(judgement=judgement, **_withdrawn(by, at, reason))
    withdrawal.save()
    detail = {"says": judgement.says, "judged_on": judgement.judged_on, "reason": withdrawal.reason}
    record("judgement withdrawn", programme=_code(requirement), subject=str(requirement), detail=detail)
    return withdrawal


@service
def withdraw_evidence(*, by: Actor, at: datetime, evidence: EvidenceLink, reason: str) -> EvidenceWithdrawal:
    """Take back a link made by mistake. It is kept and shown as withdrawn. Raises as withdraw_judgement does."""
    requirement = evidence.requirement
    check(by, Permission.JUDGE_REQUIREMENT, _code(requirement))
    if EvidenceWithdrawal.objects.filter(evidence=evidence).exists():
        raise WithdrawnAlready
    withdrawal = EvidenceWithdrawal(evidence=evidence, **_withdrawn(by, at, reason))
    withdrawal.save()
    detail = {"title": evidence.title, "reason": withdrawal.reason}
    record("evidence withdrawn", programme=_code(requirement), subject=str(requirement), detail=detail)
    return withdrawal


def _withdrawn(by: Actor, at: datetime, reason: str) -> dict[str, object]:
    if not reason.strip():
        raise NeedsAReason
    account = None if by is SYSTEM else by
    return {"reason": reason.strip(), "withdrawn_by": account, "withdrawn_on": clock.day_of(at), "withdrawn_at": at}


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
    refuse_before(requirement.notice.programme, on, "on")
    before = requirement.triggered_on
    requirement.triggered_on = on
    requirement.save(update_fields=["triggered_on"])
    detail = {"on": on, "before": before, "reason": reason.strip()}
    record("condition recorded as met", programme=_code(requirement), subject=str(requirement), detail=detail)
    return requirement


def _code(requirement: Requirement) -> str:
    return requirement.notice.programme.code
