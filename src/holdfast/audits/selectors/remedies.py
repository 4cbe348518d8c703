"""Reading what audits ask for. The first argument is the account; an audit's own follow who may see the audit."""

from django.db.models import QuerySet

from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.audits.models import Audit, Remedy
from holdfast.audits.selectors.audits import one_audit

OF_MANY = (Remedy.Level.TEAM, Remedy.Level.SYSTEM)


class NoSuchRemedy(Missing):
    """The audit asks for no such thing."""

    def __init__(self) -> None:
        super().__init__("This audit does not ask for that.")


def of_audit(audit: Audit) -> QuerySet[Remedy]:
    """What an audit that was fetched for the account asks for, what is due first first."""
    return Remedy.objects.filter(audit=audit).select_related("owner", "audit__programme", "done_by", "verified_by")


def unplanned(user: Actor, code: str) -> list[Remedy]:
    """What audits ask of a team or the whole system that is neither done nor in the plan, due first first.

    For who sees every audit.
    """
    check(user, Permission.SEE_EVERY_AUDIT, code)
    asked = Remedy.objects.filter(audit__programme__code=code, level__in=OF_MANY, plan_ref="", done_on__isnull=True)
    return list(asked.filter(audit__withdrawn_on__isnull=True).select_related("audit", "owner__agency"))


def one_remedy(user: Actor, code: str, number: int, key: int) -> Remedy:
    """One of them. Raises as one_audit, or NoSuchRemedy."""
    found = of_audit(one_audit(user, code, number)).filter(pk=key).first()
    if found is None:
        raise NoSuchRemedy
    return found
