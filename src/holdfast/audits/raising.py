"""What the questions room calls when an answer of an audit says that a child may not be safe (registered in apps)."""

from collections.abc import Sequence
from datetime import datetime

from holdfast.access import clock
from holdfast.access.doors import Actor
from holdfast.audits.models import Audit, JointAudit, JointReturn
from holdfast.audits.services.critical import raise_critical
from holdfast.questions.models import Sheet
from holdfast.questions.wording import Question


def raise_critical_of(by: Actor, at: datetime, sheet: Sheet, questions: Sequence[Question]) -> None:
    """What the questions room calls, in the transaction that saves the answer. Sheets of other rooms are not ours."""
    audit = Audit.objects.filter(sheet=sheet).select_related("programme").first()
    asked = JointReturn.objects.filter(sheet=sheet).select_related("joint__programme", "joint__safety").first()
    if asked is not None:
        audit = _audit_for_safety(asked.joint, at)
    for question in questions if audit is not None else ():
        raise_critical(by=by, at=at, audit=audit, question=question)


def _audit_for_safety(joint: JointAudit, at: datetime) -> Audit:
    """The council's audit of the child, added because a return said that the child may not be safe; added once."""
    if joint.safety is None:
        last = Audit.objects.filter(programme=joint.programme).order_by("-number").first()
        audit = Audit(programme=joint.programme, number=last.number + 1 if last else 1, version=joint.version)
        audit.case_ref, audit.team, audit.chosen = joint.case_ref, joint.team, Audit.Chosen.RISK
        audit.added_on = audit.due_on = clock.day_of(at)
        audit.is_invented = joint.is_invented
        audit.save()
        joint.safety = audit
        joint.save()
    return joint.safety
