"""Taking in many audits that were done elsewhere, on paper or in another system: whole, or none of them.

Rule: what is refused of an audit done here is refused of one done elsewhere: who may not audit or moderate a case did
not, nothing is unanswered, and the seed says what is graded again. A child who may not be safe is never taken in by the
hundred: that audit is answered here, where its clock begins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.access.sealing import save_new
from holdfast.access.writes import NotDone, record, service
from holdfast.audits import programming
from holdfast.audits.grading import gradings
from holdfast.audits.independence import Candidate, why_not_auditor, why_not_moderator
from holdfast.audits.models import Audit, Grading, SampledCase
from holdfast.audits.references import why_no_reference
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.services.auditing import DAYS_TO_DO_IT, NoReference, NotIndependent, first_grade
from holdfast.audits.services.moderating import THE_SAME, GradedAlready, NotDrawn, grading_of
from holdfast.organisation.models import Programme, Team
from holdfast.questions import services as asking
from holdfast.questions.models import SetVersion
from holdfast.questions.wording import Answers


class ToCome(NotDone):
    """Something is said to have been done elsewhere on a day that has not come."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is said to have been done on a day that has not come.")


class NotOfTheSample(NotDone):
    """A drawn case has an audit or was left out, or its sample asks other questions or was chosen in another way."""

    def __init__(self, case: SampledCase) -> None:
        super().__init__(
            f"One case is not what {case.sample} drew: it has an audit already, was left out, or was to be asked "
            "other questions."
        )


@dataclass(frozen=True)
class DoneElsewhere:
    """One audit, handed in elsewhere. `auditor`: the account's key; `answers`: question code to {"value", "why"}.

    `sampled`: the drawn case that it is of, whose reference it has; None for one that no sample here drew.
    """

    version: SetVersion
    case_ref: str
    team: Team
    chosen: str
    auditor: int
    begun_at: datetime
    handed_in_at: datetime
    answers: Answers
    worker: Account | None = None
    audits_again: Audit | None = None
    sampled: SampledCase | None = None


@dataclass(frozen=True)
class GradedElsewhere:
    """The second grades of one audit, given blind elsewhere. `grades`: question code to choice, of every judged one."""

    audit: Audit
    moderator: int
    given_on: date
    grades: Mapping[str, str]
    why: str


@service
def take_in_audits(
    *, by: Actor, at: datetime, programme: Programme, done: Sequence[DoneElsewhere], is_invented: bool = False
) -> list[Audit]:
    """Keep audits that were done elsewhere, each answered and graded; which are graded again is drawn as ever.

    All or none. Raises Refused, NoReference, NotOfTheSample, NotIndependent, ToCome, Unfinished, OffScale, StopsHere
    or ValueError.
    """
    check(by, Permission.MANAGE_AUDITS, programme.code)
    if not done:
        raise NotDone("There is no audit to take in.")
    Programme.objects.select_for_update().get(pk=programme.pk)  # one at a time, so that numbers never collide
    last = Audit.objects.filter(programme=programme).order_by("-number").first()
    first = last.number + 1 if last else 1
    audits = [_audit(programme, first + place, each, is_invented=is_invented) for place, each in enumerate(done)]
    _refuse_unfit(programme.code, at, audits, done)
    filled = [
        asking.Filled(
            each.version, f"audit {audit.number}", each.auditor, each.begun_at, each.handed_in_at, each.answers
        )
        for audit, each in zip(audits, done, strict=True)
    ]
    sheets = asking.take_in_sheets(by=by, at=at, programme=programme, filled=filled)
    for audit, sheet in zip(audits, sheets, strict=True):
        audit.sheet = sheet
    save_new(audits)
    _keep_sampled(audits, done)
    _grade(audits, done)
    detail = {"numbers": f"{first} to {audits[-1].number}"}
    record("audits taken in", programme=programme.code, subject=f"{len(audits):,} audits", detail=detail)
    return audits


def _keep_sampled(audits: Sequence[Audit], done: Sequence[DoneElsewhere]) -> None:
    for audit, each in zip(audits, done, strict=True):
        if each.sampled is not None:
            each.sampled.audit = audit
            each.sampled.save()


def _audit(programme: Programme, number: int, each: DoneElsewhere, *, is_invented: bool) -> Audit:
    begun_on = clock.day_of(each.begun_at)
    return Audit(
        programme=programme,
        number=number,
        version=each.version,
        case_ref=each.sampled.case_ref if each.sampled else each.case_ref.strip().upper(),
        team=each.team,
        worker=each.worker,
        chosen=Audit.Chosen(each.chosen),
        audits_again=each.audits_again,
        added_on=begun_on,
        due_on=begun_on + timedelta(days=DAYS_TO_DO_IT),
        auditor_id=each.auditor,
        allocated_on=begun_on,
        handed_in_on=clock.day_of(each.handed_in_at),
        is_invented=is_invented,
    )


def _refuse_unfit(code: str, at: datetime, audits: Sequence[Audit], done: Sequence[DoneElsewhere]) -> None:
    """Raises NoReference, NotOfTheSample, ToCome or NotIndependent for the first that could not have been done here."""
    every = _accounts(code)
    for audit, each in zip(audits, done, strict=True):
        problem = "" if each.sampled else why_no_reference(audit.case_ref)
        if problem:
            raise NoReference(problem)
        _refuse_other_sample(audit, each.sampled)
        if not each.begun_at <= each.handed_in_at <= at:
            raise ToCome(f"The audit of case {audit.case_ref}")
        auditor = every.get(each.auditor)
        problem = why_not_auditor(auditor, selectors.case_of(audit)) if auditor else "they have no part in this"
        if problem:
            raise NotIndependent(problem, code)


def _refuse_other_sample(audit: Audit, case: SampledCase | None) -> None:
    """Raises NotOfTheSample for an audit that is not the one that its sample asks for."""
    if case is None:
        return
    is_free = case.audit_id is None and case.left_out_on is None
    sample, asked = case.sample, (audit.programme_id, audit.version_id, audit.chosen)
    if not is_free or (sample.programme_id, sample.version_id, sample.chosen) != asked:
        raise NotOfTheSample(case)


def _accounts(code: str) -> dict[int, Candidate]:
    return {one.account: one for one in selectors.candidates(code)}


def _grade(audits: Sequence[Audit], done: Sequence[DoneElsewhere]) -> None:
    """Keep each audit's first grade, and draw which are graded again."""
    plan_on = programming.in_force_by_day(SYSTEM, audits[0].programme.code)
    drawn, given = [], []
    for audit, each in zip(audits, done, strict=True):
        plan = plan_on(audit.handed_in_on) if audit.handed_in_on else None
        grading, moderation = first_grade(audit, each.answers, None, plan)
        if grading is not None:
            grading.given_by_id = each.auditor
            given.append(grading)
        if moderation is not None:
            drawn.append(moderation)
    save_new(given)
    save_new(drawn)


@service
def take_in_second_grades(
    *, by: Actor, at: datetime, programme: Programme, graded: Sequence[GradedElsewhere]
) -> list[Grading]:
    """Keep second grades that were given blind elsewhere. Where one is the auditor's, it is final.

    All or none. Raises Refused, NotDrawn, GradedAlready, NotIndependent, ToCome or NoGrade.
    """
    code = programme.code
    check(by, Permission.MANAGE_AUDITS, code)
    every = _accounts(code)
    keys = [each.audit.pk for each in graded]
    held = {audit.pk: audit for audit in selectors.every_audit(SYSTEM, code).filter(pk__in=keys)}
    rows: list[Grading] = []
    for each in graded:
        kept = held.pop(each.audit.pk, None)
        if kept is None:
            raise GradedAlready  # twice in what was sent
        _refuse_second(code, at, kept, each, every)
        kept.moderation.moderator_id, kept.moderation.allocated_on = each.moderator, each.given_on
        kept.moderation.save()
        rows += _second(kept, each)
    save_new(rows)
    record("second grades taken in", programme=code, subject=f"{len(graded):,} second grades")
    return rows


def _second(audit: Audit, graded: GradedElsewhere) -> list[Grading]:
    """The second grades, and the final ones where the whole is graded the same; not saved yet."""
    second = grading_of(audit, Grading.Part.MODERATOR, graded.grades, graded.why, graded.given_on)
    rows = [second]
    if second.whole == gradings(audit)["auditor"].whole:
        rows.append(grading_of(audit, Grading.Part.FINAL, graded.grades, THE_SAME, graded.given_on))
    for row in rows:
        row.given_by_id = graded.moderator
    return rows


def _refuse_second(
    code: str, at: datetime, audit: Audit, graded: GradedElsewhere, every: Mapping[int, Candidate]
) -> None:
    if not hasattr(audit, "moderation"):
        raise NotDrawn
    if "moderator" in gradings(audit):
        raise GradedAlready
    if audit.handed_in_on is None or not audit.handed_in_on <= graded.given_on <= clock.day_of(at):
        raise ToCome(f"The second grade of audit {audit.number}")
    moderator = every.get(graded.moderator)
    words = "they have no part in this programme"
    problem = why_not_moderator(moderator, selectors.case_of(audit), audit.auditor_id) if moderator else words
    if problem:
        raise NotIndependent(problem, code)
