"""Reading what audits ask for. The first argument is the account; an audit's own follow who may see the audit."""

from django.db.models import QuerySet

from holdfast.access.doors import Actor, Missing
from holdfast.audits.models import Audit, Remedy
from holdfast.audits.selectors.audits import one_audit


class NoSuchRemedy(Missing):
    """The audit asks for no such thing."""

    def __init__(self) -> None:
        super().__init__("This audit does not ask for that.")


def of_audit(audit: Audit) -> QuerySet[Remedy]:
    """What an audit that was fetched for the account asks for, what is due first first."""
    return Remedy.objects.filter(audit=audit).select_related("owner", "audit__programme", "done_by", "verified_by")


def one_remedy(user: Actor, code: str, number: int, key: int) -> Remedy:
    """One of them. Raises as one_audit, or NoSuchRemedy."""
    found = of_audit(one_audit(user, code, number)).filter(pk=key).first()
    if found is None:
        raise NoSuchRemedy
    return found
