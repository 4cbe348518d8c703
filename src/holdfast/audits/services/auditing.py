"""An audit's life until its grade: added, allocated, begun, handed in, withdrawn; and conflicts declared.

Rule: who may not audit a case is refused, by name and reason, whoever asks; a grade is the auditor's answer as it was
handed in, and whether it is graded again follows from the grade and the seed, not from anybody's wish.
"""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Q

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, account_of, check
from holdfast.access.due import refuse_odd_due
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.audits import programming
from holdfast.audits.grading import drawn_for_moderation, judged, whole_question
from holdfast.audits.independence import fairest, why_not_auditor
from holdfast.audits.models import Audit, AuditPlan, Conflict, Grading, Moderation, SampledCase
from holdfast.audits.references import why_no_reference
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.selectors import criticals
from holdfast.organisation.models import Programme, Team
from holdfast.pages.words import upper_first
from holdfast.questions import selectors as questions
from holdfast.questions import services as asking
from holdfast.questions.models import SetVersion
from holdfast.questions.naming import seems
from holdfast.questions.wording import Answers

DAYS_TO_DO_IT: Final = 21
MODERATED_PERCENT: Final = 20
"""Of audits, graded again by chance while no programme of audits is in force. Sector practice: 10 to 20 per cent."""


class NoReference(NotDone):
    """What was given is no case reference."""

    def __init__(self, words: str) -> None:
        super().__init__(words, field="case_ref")


class NotIndependent(Forbidden):
    """The account may not audit or moderate the case."""

    def __init__(self, words: str, programme: str, field: str = "account") -> None:
        super().__init__(f"{upper_first(words)}. Choose somebody else.", programme=programme, field=field)


class NobodyMay(NotDone):
    """Nobody is independent of the case."""

    def __init__(self, verb: str) -> None:
        super().__init__(f"Nobody here may {verb} this case. Give somebody the role, or ask another service to.")


class NotOpen(NotDone):
    """The audit was handed in or withdrawn."""

    def __init__(self, audit: Audit) -> None:
        state = "withdrawn" if audit.withdrawn_on else "handed in"
        super().__init__(f"Audit {audit.number} was {state} already.")


class NotTold(NotDone):
    """A child may not be safe, and whoever must be told has not been."""

    def __init__(self) -> None:
        super().__init__("A child may not be safe, and nobody is recorded as told. Tell them now, and record it first.")


@service
def add_audit(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    version: SetVersion,
    case_ref: str,
    team: Team,
    chosen: str,
    worker: Account | None = None,
    due_on: date | None = None,
    audits_again: Audit | None = None,
    sampled: SampledCase | None = None,
    is_invented: bool = False,
) -> Audit:
    """Add one audit of one case, for somebody to be found. Raises Refused, NoReference or ValueError (`chosen`).

    `sampled`: the case of a sample that it is of, whose reference a release gave, so that nothing of it was typed.
    """
    check(by, Permission.MANAGE_AUDITS, programme.code)
    reference = sampled.case_ref if sampled else case_ref.strip().upper()
    problem = "" if sampled else why_no_reference(reference)
    if problem:
        raise NoReference(problem)
    if sampled is None:  # a sample's day may pass before its audits are made
        refuse_odd_due(at, due_on)
    Programme.objects.select_for_update().get(pk=programme.pk)  # one at a time, so that numbers never collide
    last = Audit.objects.filter(programme=programme).order_by("-number").first()
    audit = Audit(programme=programme, number=last.number + 1 if last else 1, version=version, team=team)
    audit.case_ref, audit.worker, audit.chosen = reference, worker, Audit.Chosen(chosen)
    audit.audits_again, audit.is_invented = audits_again, is_invented
    audit.added_on = clock.day_of(at)
    audit.due_on = due_on or audit.added_on + timedelta(days=DAYS_TO_DO_IT)
    audit.save()
    if sampled:
        sampled.audit = audit
        sampled.save()
    detail = {"asks": str(version), "team": team.code, "chosen": str(audit.chosen)}
    record("audit added", programme=programme.code, subject=str(audit), detail=detail)
    return audit


@service
def allocate_audit(*, by: Actor, at: datetime, audit: Audit, auditor: int | None = None) -> Audit:
    """Give an audit to somebody independent of the case: the account with this key, or whoever has the fewest in hand.

    Raises Refused, NotOpen, NotIndependent or NobodyMay. One that was begun starts anew with its new auditor.
    """
    code = audit.programme.code
    check(by, Permission.MANAGE_AUDITS, code)
    kept = _held(audit)
    _refuse_closed(kept)
    every, case = selectors.candidates(code), selectors.case_of(kept)
    if auditor is None:
        found = fairest([one for one in every if not why_not_auditor(one, case)])
        if found is None:
            raise NobodyMay("audit")
        auditor = found.account
    chosen = next((one for one in every if one.account == auditor), None)
    problem = why_not_auditor(chosen, case) if chosen else "they have no part in this programme"
    if problem:
        raise NotIndependent(problem, code)
    if kept.auditor_id != auditor:
        kept.auditor_id, kept.allocated_on, kept.sheet = auditor, clock.day_of(at), None
        kept.save()
    record("audit allocated", programme=code, subject=str(kept), detail={"to": chosen.name if chosen else ""})
    return kept


@service
def begin_audit(*, by: Actor, at: datetime, audit: Audit) -> Audit:
    """Open the sheet of an audit for its auditor. Raises NotOpen, or NotIndependent when that has changed since."""
    kept = _held(audit)
    _refuse_others(by, kept)
    if kept.sheet is None:
        about = f"audit {kept.number}"
        kept.sheet = asking.begin_sheet(by=by, at=at, version=kept.version, about=about, answerer=account_of(by))
        kept.save()
    record("audit begun", programme=kept.programme.code, subject=str(kept), detail={"asks": str(kept.version)})
    return kept


def _refuse_others(by: Actor, audit: Audit) -> None:
    """Raises NotOpen or NotIndependent."""
    _refuse_closed(audit)
    code = audit.programme.code
    if by is SYSTEM:
        return
    if audit.auditor_id != by.pk:
        raise NotIndependent("somebody else audits this case", code)
    own = next((one for one in selectors.candidates(code) if one.account == by.pk), None)
    problem = why_not_auditor(own, selectors.case_of(audit)) if own else "you have no part in this programme"
    if problem:
        raise NotIndependent(problem, code)


@service
def hand_in_audit(*, by: Actor, at: datetime, audit: Audit) -> Audit:
    """Close an audit that is whole: its grade is kept apart, and whether it is graded again is drawn.

    Raises NotOpen, NotIndependent, NotTold, or Unfinished (questions).
    """
    kept = _held(audit)
    _refuse_others(by, kept)
    if kept.sheet is None:
        raise NotDone("Nothing has been answered yet. Begin the audit first.")
    if any(criticals.is_untold(critical) for critical in criticals.of_audit(kept)):
        raise NotTold
    asking.hand_in(by=by, at=at, sheet=kept.sheet)
    kept.handed_in_on = clock.day_of(at)
    kept.save()
    answers = questions.answers(questions.with_answers([kept.sheet.pk]).get())
    plan = programming.in_force(SYSTEM, kept.programme.code, kept.handed_in_on)
    grading, moderation = first_grade(kept, answers, account_of(by), plan)
    for row in (grading, moderation):
        if row is not None:
            row.save()
    detail: dict[str, Any] = {"asks": str(kept.version), "graded again": "yes" if moderation else "no"}
    record("audit handed in", programme=kept.programme.code, subject=str(kept), detail=detail)
    return kept


def first_grade(
    audit: Audit, answers: Answers, auditor: Account | None, plan: AuditPlan | None
) -> tuple[Grading | None, Moderation | None]:
    """The auditor's grade of an audit handed in, and its moderation where it is drawn; neither is saved yet.

    `plan`: the programme of audits in force on that day. None where the questions give no grade, or none is drawn.
    """
    wording = questions.wording(audit.version)
    whole = whole_question(wording)
    if whole is None or whole.scale is None or audit.handed_in_on is None:
        return None, None
    grade = answers[whole.code]["value"]
    grades = {one.code: answers[one.code]["value"] for one in judged(wording) if one.code in answers}
    grading = Grading(audit=audit, part=Grading.Part.AUDITOR, whole=grade, grades=grades)
    grading.given_on, grading.given_by = audit.handed_in_on, auditor
    percent = plan.moderated_percent if plan else MODERATED_PERCENT
    seed = f"{audit.programme.code}/{plan.number if plan else 0}"
    why = drawn_for_moderation(grade, whole.scale, percent, seed, audit.number)
    return grading, Moderation(audit=audit, why=why, drawn_on=audit.handed_in_on) if why else None


@service
def withdraw_audit(*, by: Actor, at: datetime, audit: Audit, reason: str) -> Audit:
    """Take back an audit that was drawn or added by mistake, or whose file cannot be read. It stays, with why."""
    check(by, Permission.MANAGE_AUDITS, audit.programme.code)
    kept = _held(audit)
    _refuse_closed(kept)
    if not reason.strip():
        raise NotDone("Say why it is withdrawn, in a sentence or two.", field="reason")
    kept.withdrawn_on, kept.withdrawn_why = clock.day_of(at), reason.strip()
    kept.save()
    record("audit withdrawn", programme=kept.programme.code, subject=str(kept), detail=seems(reason))
    return kept


@service
def declare_conflict(
    *, by: Actor, at: datetime, programme: Programme, case_ref: str = "", team: Team | None = None
) -> Conflict:
    """That the account itself must not audit a case or a team's cases. Why is theirs, and is not asked.

    What they had in hand of it waits for somebody else, and starts anew with them. Raises Refused, or NoReference when
    it is about nothing.
    """
    check(by, Permission.SEE_AUDITS, programme.code)
    reference = case_ref.strip().upper()
    if reference and why_no_reference(reference):
        raise NoReference(why_no_reference(reference))
    if not reference and team is None:
        raise NoReference("Enter a case reference, or choose a team")
    conflict = Conflict(programme=programme, account=by, case_ref=reference, team=team, declared_on=clock.day_of(at))
    conflict.save()
    n_taken = _take_from(conflict)
    what = f"a case of {team}" if team else "a case"
    detail = {"audits to give to others": n_taken, **seems(reference)}
    record("conflict declared", programme=programme.code, subject=what, detail=detail)
    return conflict


def _take_from(conflict: Conflict) -> int:
    """Take from an account the audits and second grades in hand that its conflict is about. How many there were."""
    about = Q(case_ref__iexact=conflict.case_ref) if conflict.case_ref else Q()
    about = about | Q(team=conflict.team) if conflict.team else about
    audits = Audit.objects.filter(about, programme=conflict.programme, withdrawn_on=None)
    in_hand = audits.filter(auditor=conflict.account, handed_in_on=None)
    theirs = list(in_hand.select_for_update(of=("self",)))
    for audit in theirs:
        audit.auditor, audit.allocated_on, audit.sheet = None, None, None
        audit.save()
    graded = Grading.objects.filter(part=Grading.Part.MODERATOR).values("audit")
    blind = Moderation.objects.filter(audit__in=audits, moderator=conflict.account).exclude(audit__in=graded)
    waiting = list(blind.select_for_update(of=("self",)))
    for moderation in waiting:
        moderation.moderator, moderation.allocated_on = None, None
        moderation.save()
    return len(theirs) + len(waiting)


def _held(audit: Audit) -> Audit:
    """The audit as it is now, held until the end of the transaction."""
    Audit.objects.select_for_update().get(pk=audit.pk)
    return selectors.every_audit(SYSTEM, audit.programme.code).get(pk=audit.pk)


def _refuse_closed(audit: Audit) -> None:
    if audit.withdrawn_on is not None or audit.handed_in_on is not None:
        raise NotOpen(audit)
