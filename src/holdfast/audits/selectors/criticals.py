"""Reading critical findings: those open, one with its steps, whom to ring. The first argument is the account.

Rule: whoever found it, whoever may answer, for every team or the team whose case it is, and whoever sees every audit
read it, but for who is still to grade that audit blind; the trail keeps any other try.
"""

from django.db.models import Q, QuerySet

from holdfast.access.doors import SYSTEM, Actor, Missing, Refused, check, may, teams_over
from holdfast.access.permissions import Permission
from holdfast.audits.models import Audit, Critical, CriticalStep, OutOfHours
from holdfast.audits.selectors.audits import blind_to


class NoSuchCritical(Missing):
    """The programme has no such finding."""

    def __init__(self) -> None:
        super().__init__("There is no such finding about a child’s safety here.")


def criticals(user: Actor, code: str) -> QuerySet[Critical]:
    """The critical findings that the account may read, the newest first, with their steps."""
    teams = frozenset() if user is SYSTEM else teams_over(user, Permission.ANSWER_CRITICAL, code)
    if not teams:
        check(user, Permission.SEE_AUDITS, code)
    found = Critical.objects.filter(audit__programme__code=code)
    if not reads_every(user, code):
        found = found.filter(Q(raised_by=user) | Q(audit__team__code__in=teams))
    if user is not SYSTEM:
        found = found.exclude(audit__in=blind_to(user, code))
    related = ("audit__programme", "audit__team", "audit__version__question_set", "audit__auditor", "raised_by")
    return found.select_related(*related).prefetch_related("steps__recorded_by")


def reads_every(user: Actor, code: str) -> bool:
    """Whether the account reads those that others found too."""
    return may(user, Permission.ANSWER_CRITICAL, code) or may(user, Permission.SEE_EVERY_AUDIT, code)


def one_critical(user: Actor, code: str, key: int) -> Critical:
    """One of them. Raises Refused or NoSuchCritical."""
    found = criticals(user, code).filter(pk=key).first()
    if found is None:
        if Critical.objects.filter(pk=key, audit__programme__code=code).exists():
            raise Refused(Permission.ANSWER_CRITICAL, code)
        raise NoSuchCritical
    return found


def of_audit(audit: Audit) -> list[Critical]:
    """An audit's own, with their steps."""
    return list(criticals(SYSTEM, audit.programme.code).filter(audit=audit))


def taken(critical: Critical) -> set[str]:
    return {row.step for row in critical.steps.all()}


def is_open(critical: Critical) -> bool:
    return CriticalStep.Step.CLOSED not in taken(critical)


def is_untold(critical: Critical) -> bool:
    """Whether nobody who answers for the case is recorded as told yet."""
    return CriticalStep.Step.MANAGER_TOLD not in taken(critical)


def out_of_hours(user: Actor, code: str) -> str:
    """Whom to ring out of hours; "" where nobody has said."""
    check(user, Permission.SEE_PROGRAMME, code)
    newest = OutOfHours.objects.filter(programme__code=code).order_by("-pk").first()
    return newest.words if newest else ""
