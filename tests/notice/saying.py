"""What the notice room's tests say of a requirement: evidence linked, a judgement that names it, opened, accepted."""

from holdfast.access.doors import SYSTEM
from holdfast.notice.models import Judgement
from holdfast.notice.services import judging

JUDGED_MET = "judged met, records do not show it"


def linked(requirement, at, by=SYSTEM, title="Minute 12", address="https://example.org/minute-12"):
    return judging.link_evidence(by=by, at=at, requirement=requirement, title=title, address=address)


def judged(people, requirement, says="met", by="programme-office", *, at, reason="Seen in the minutes.") -> Judgement:
    """A judgement; one of met names the requirement's own evidence, linked now when there is none."""
    evidence = [link for link in requirement.evidence.all() if link.counts(at.date())]
    if says == "met" and not evidence:
        evidence = [linked(requirement, at)]
    facts = {"requirement": requirement, "says": says, "reason": reason}
    return judging.judge(by=people[by], at=at, evidence=evidence if says == "met" else (), **facts)


def accepted(people, judgement, by="board-chair", *, at, is_accepted=True, reason="So it is."):
    """Somebody's decision on a judgement, once they have opened what it names."""
    for link in judgement.evidence.all():
        judging.open_evidence(by=people[by], at=at, evidence=link)
    return judging.accept(by=people[by], at=at, judgement=judgement, is_accepted=is_accepted, reason=reason)
