"""Reading findings and what came of them. The first argument is the account; everything is for who sees every audit."""

from django.db.models import QuerySet
from django.urls import reverse

from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.audits.models import Finding


class NoSuchFinding(Missing):
    """The programme has no finding of that number."""

    def __init__(self, number: int | str) -> None:
        super().__init__(f"There is no finding {number} here.")


def every_finding(user: Actor, code: str) -> QuerySet[Finding]:
    """Every finding, the newest first, with its actions and the samples that ask about it again."""
    check(user, Permission.SEE_EVERY_AUDIT, code)
    related = ("programme", "question_set", "sample", "found_by", "replaces", "replaced_by")
    found = Finding.objects.filter(programme__code=code).select_related(*related)
    return found.prefetch_related("actions", "samples")


def one_finding(user: Actor, code: str, number: int) -> Finding:
    """One of them. Raises Refused or NoSuchFinding."""
    found = every_finding(user, code).filter(number=number).first()
    if found is None:
        raise NoSuchFinding(number)
    return found


def finding_asked(user: Actor, code: str, typed: str) -> Finding | None:
    """The finding whose number an address names; None where it names none. Raises Refused or NoSuchFinding."""
    if not typed:
        return None
    if not typed.isdigit():
        raise NoSuchFinding(typed)
    return one_finding(user, code, int(typed))


def page_of(finding: Finding) -> str:
    return reverse("audit_finding", args=[finding.programme.code, finding.number])
