"""Writing a version of the programme of audits. Agreeing it is for both boards, in the agreements room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.doors import Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.audits.models import AuditPlan, PlannedAudits
from holdfast.organisation.models import Programme


@dataclass(frozen=True)
class Line:
    """So many audits of a kind in each month or quarter, over a scope in words."""

    kind: str
    title: str
    every: str
    n: int
    scope: str


@service
def write_audit_plan(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    from_on: date,
    lines: Sequence[Line],
    moderated_percent: int,
    oversight: str,
    to_on: date | None = None,
) -> AuditPlan:
    """Keep a version of the programme of audits. It binds nobody until all have agreed its words."""
    check(by, Permission.MANAGE_AUDITS, programme.code)
    if not lines:
        raise NotDone("Say how many audits of at least one kind are to be done.")
    if to_on is not None and to_on < from_on:
        raise NotDone("Enter a last day after the first.", field="to_on")
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = AuditPlan.objects.filter(programme=programme).order_by("-number").first()
    plan = AuditPlan(programme=programme, number=last.number + 1 if last else 1, from_on=from_on, to_on=to_on)
    plan.moderated_percent, plan.oversight = moderated_percent, oversight.strip()
    plan.written_on, plan.written_by = clock.day_of(at), account_of(by)
    plan.save()
    for line in lines:
        scope = line.scope.strip().rstrip(".") + "."
        PlannedAudits(plan=plan, kind=line.kind, title=line.title, every=line.every, n=line.n, scope=scope).save()
    record("programme of audits written", programme=programme.code, subject=str(plan))
    return plan
