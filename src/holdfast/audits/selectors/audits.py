"""Reading audits: which there are, one of them, who may do it. The first argument is the account (or SYSTEM).

Everybody with a part sees their own; who sees every audit holds that permission. Rule: whoever is to grade an audited
case again sees neither its grade nor its answers before they have: it is refused, and the trail keeps the refusal.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from holdfast.access.doors import SYSTEM, Actor, Missing, Refused, account_of, check, may
from holdfast.access.permissions import Permission
from holdfast.audits.grading import gradings
from holdfast.audits.independence import (
    Candidate,
    Case,
    candidate,
    why_not_auditor,
    why_not_moderator,
    why_not_panellist,
)
from holdfast.audits.models import Audit, Conflict, CriticalStep, Grading, Moderation, PanelMember
from holdfast.audits.selectors.partners import works_for
from holdfast.organisation import selectors as organisation
from holdfast.organisation.models import RoleHolding
from holdfast.pages.paging import PAGE_SIZE, Page, offset
from holdfast.questions import selectors as questions
from holdfast.questions.models import Sheet


class NoSuchAudit(Missing):
    """The programme has no audit with the number, or none that the account has a part in."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no audit {number} here that is yours to see.")


class Blind(Refused):
    """Whoever grades a case again asked for what the auditor wrote of it, before they had graded it."""

    def __init__(self, programme: str) -> None:
        super().__init__(Permission.SEE_EVERY_AUDIT, programme)
        self.args = ("You are to grade this case without having seen the auditor’s grade. Give yours first.",)


def every_audit(user: Actor, code: str) -> QuerySet[Audit]:
    """The audits the account has a part in, or all for who sees every one; with grades and moderation fetched.

    Without the content of their versions, which would come again with every audit (questions.wording asks for it).
    """
    check(user, Permission.SEE_AUDITS, code)
    found = Audit.objects.filter(programme__code=code)
    if not may(user, Permission.SEE_EVERY_AUDIT, code):
        on_panel = PanelMember.objects.filter(account=user, has_conflict=False).values("panel__audit")
        found = found.filter(Q(auditor=user) | Q(moderation__moderator=user) | Q(pk__in=on_panel))
    related = ("programme", "version__question_set", "team", "worker", "auditor", "moderation__moderator")
    found = found.select_related(*related).defer("version__content")
    return found.prefetch_related("gradings__given_by")


def audits_page(user: Actor, code: str, number: int) -> Page[Audit]:
    """One page of the audits that the account may see, the newest first."""
    found = every_audit(user, code).order_by("-number")
    start = offset(number)
    return Page(list(found[start : start + PAGE_SIZE]), number, found.count())


def to_do(user: Actor, code: str) -> list[Audit]:
    """What the account is to audit and has not handed in, due first first."""
    own = every_audit(user, code).filter(auditor=user, handed_in_on__isnull=True, withdrawn_on__isnull=True)
    return list(own.order_by("due_on", "number"))


def to_grade(user: Actor, code: str) -> list[Audit]:
    """What the account is to grade again and has not."""
    own = every_audit(user, code).filter(moderation__moderator=user)
    return list(own.exclude(pk__in=Grading.objects.filter(part=Grading.Part.MODERATOR).values("audit")))


def ungraded_again(user: Actor, code: str) -> list[Audit]:
    """What was drawn to be graded again and nobody has, drawn first first. For who sees every audit."""
    check(user, Permission.SEE_EVERY_AUDIT, code)
    drawn = every_audit(user, code).filter(moderation__isnull=False, withdrawn_on__isnull=True)
    return list(drawn.exclude(gradings__part="moderator").order_by("moderation__drawn_on", "number"))


def standing(audits: QuerySet[Audit], on: date) -> QuerySet[Audit]:
    """Those added by a day and not withdrawn by it."""
    return audits.filter(added_on__lte=on).filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))


def one_audit(user: Actor, code: str, number: int) -> Audit:
    """One audit, with its grades. Raises Refused, NoSuchAudit, or Blind for who is still to grade it again."""
    audit = _one(user, code, number)
    if is_blind(user, audit):
        raise Blind(code)
    return audit


def _one(user: Actor, code: str, number: int) -> Audit:
    audit = every_audit(user, code).filter(number=number).first()
    if audit is None:
        raise NoSuchAudit(number)
    return audit


def sheet_of(audit: Audit) -> Sheet | None:
    """What was answered in an audit that was fetched for the account; None before it is handed in."""
    return questions.with_answers([audit.sheet_id]).first() if audit.handed_in_on and audit.sheet_id else None


def is_blind(user: Actor, audit: Audit) -> bool:
    """Whether the account is the audit's moderator and has not graded it yet."""
    moderation: Moderation | None = getattr(audit, "moderation", None)
    is_theirs = moderation is not None and user is not SYSTEM and moderation.moderator_id == user.pk
    return is_theirs and "moderator" not in gradings(audit)


def blind_to(user: Actor, code: str) -> QuerySet[Audit]:
    """The audits that the account is the moderator of and has not graded yet."""
    theirs = Audit.objects.filter(programme__code=code, moderation__moderator=account_of(user))
    return theirs.exclude(gradings__part=Grading.Part.MODERATOR)


def to_answer(user: Actor, code: str, number: int) -> Audit:
    """An audit for its auditor to answer. Raises Refused for anybody else."""
    audit = one_audit(user, code, number)
    if user is not SYSTEM and audit.auditor_id != user.pk:
        raise Refused(Permission.AUDIT_CASES, code)
    return audit


def to_moderate(user: Actor, code: str, number: int) -> Audit:
    """An audit for its moderator to grade, which shows nothing of the first grade. Raises Refused for anybody else."""
    audit = _one(user, code, number)
    if not is_blind(user, audit):
        raise Refused(Permission.MODERATE_AUDITS, code)
    return audit


def case_of(audit: Audit) -> Case:
    return Case(audit.case_ref, audit.team.code, audit.worker_id)


def case_to_moderate(audit: Audit) -> Case:
    """As case_of, with who took a step for the child's safety."""
    steps = CriticalStep.objects.filter(critical__audit=audit)
    return replace(case_of(audit), knew=frozenset(steps.values_list("recorded_by", flat=True)))


def candidates(code: str) -> list[Candidate]:
    """Everybody with a role in the programme today, with their declared conflicts and audits in hand, by name."""
    holdings: dict[int, list[RoleHolding]] = {}
    every = list(organisation.role_holders(SYSTEM, code))
    for held in every:
        holdings.setdefault(held.account_id, []).append(held)
    conflicts: dict[int, list[tuple[str, str]]] = {}
    for declared in Conflict.objects.filter(programme__code=code).select_related("team"):
        own = (declared.case_ref, declared.team.code if declared.team else "")
        conflicts.setdefault(declared.account_id, []).append(own)
    waiting = Audit.objects.filter(programme__code=code, handed_in_on__isnull=True, withdrawn_on__isnull=True)
    employed = works_for(code, every)
    in_hand = Counter(waiting.exclude(auditor=None).values_list("auditor_id", flat=True))
    return sorted(
        (
            candidate(pk, held[0].account.display_name, held, conflicts.get(pk, ()), in_hand[pk], employed[pk])
            for pk, held in holdings.items()
        ),
        key=lambda one: one.name,
    )


def may_audit(audit: Audit) -> list[Candidate]:
    """Who may audit it."""
    every, case = candidates(audit.programme.code), case_of(audit)
    return [one for one in every if not why_not_auditor(one, case)]


def may_moderate(audit: Audit) -> list[Candidate]:
    """Who may grade it again."""
    every, case = candidates(audit.programme.code), case_to_moderate(audit)
    return [one for one in every if not why_not_moderator(one, case, audit.auditor_id)]


def may_sit(audit: Audit) -> list[Candidate]:
    """Who may sit on the panel that decides its grade."""
    given, every, case = gradings(audit), candidates(audit.programme.code), case_of(audit)
    gave = [each.given_by_id for each in given.values()]
    return [one for one in every if not why_not_panellist(one, case, gave)]


def accounts_named(candidates_: Iterable[Candidate]) -> list[tuple[str, str]]:
    """Choices of a form: the account's key, its name and how many audits it has in hand."""
    return [(str(one.account), f"{one.name} ({one.n_open} in hand)") for one in candidates_]


def page_of(audit: Audit) -> str:
    return reverse("audit", args=[audit.programme.code, audit.number])
