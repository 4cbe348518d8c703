"""Reading panels and calibration cases: one's own, and how far each auditor is from what was agreed.

The first argument is the account. Rule: before a calibration case is closed nobody is given another's grade of it, nor
how many gave which.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse

from holdfast.access.doors import SYSTEM, Actor, Missing, Refused, account_of, check, may
from holdfast.access.permissions import Permission
from holdfast.audits.grading import whole_question
from holdfast.audits.models import Audit, Calibration, CalibrationGrade, Grading, Panel, PanelMember
from holdfast.audits.selectors.audits import one_audit
from holdfast.performance.selectors.agreeing import AgreementWords, agreement_words
from holdfast.questions import selectors as questions
from holdfast.questions.wording import Choice, Question, Scale


class NoSuchCalibration(Missing):
    """The programme has no calibration case of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no calibration case {number} here.")


def panel_of(audit: Audit) -> Panel | None:
    """The panel of an audit that was fetched for the account, with its members; None where none was called."""
    found = Panel.objects.filter(audit=audit).select_related("chair", "called_by", "audit__programme")
    return found.prefetch_related("members__account").first()


def own_place(user: Actor, panel: Panel | None) -> PanelMember | None:
    """One's own place on a panel; None without one."""
    if panel is None or user is SYSTEM:
        return None
    return next((member for member in panel.members.all() if member.account_id == user.pk), None)


def to_declare(user: Actor, code: str) -> list[PanelMember]:
    """The places on panels where the account has not said yet whether it has a conflict, of grades not decided."""
    theirs = PanelMember.objects.filter(panel__audit__programme__code=code, account=account_of(user), declared_on=None)
    undecided = theirs.exclude(panel__audit__gradings__part=Grading.Part.FINAL)
    return list(undecided.select_related("panel__audit__programme"))


def own_panel(user: Actor, audit: Audit) -> Panel:
    """The panel of an audit, for one of its members. Raises Refused."""
    panel = panel_of(audit)
    if panel is None or own_place(user, panel) is None:
        raise Refused(Permission.AUDIT_CASES, audit.programme.code)
    return panel


def to_decide(user: Actor, code: str, number: int) -> Audit:
    """An audit whose final grade the account may decide: as the panel's chair, or who leads where there is no panel.

    Raises Refused, and as one_audit.
    """
    audit = one_audit(user, code, number)
    panel = panel_of(audit)
    is_theirs = panel.chair_id == getattr(user, "pk", None) if panel else may(user, Permission.MANAGE_AUDITS, code)
    if user is not SYSTEM and not is_theirs:
        raise Refused(Permission.MANAGE_AUDITS, code)
    return audit


def calibrations(user: Actor, code: str) -> QuerySet[Calibration]:
    """Every calibration case, the newest first, with how many have graded it."""
    check(user, Permission.SEE_AUDITS, code)
    found = Calibration.objects.filter(programme__code=code)
    related = ("programme", "version__question_set", "set_by", "closed_by")
    return found.select_related(*related).annotate(n_grades=Count("grades"))


def one_calibration(user: Actor, code: str, number: int) -> Calibration:
    """One of them. Raises Refused or NoSuchCalibration."""
    found = calibrations(user, code).filter(number=number).first()
    if found is None:
        raise NoSuchCalibration(number)
    return found


def asked_of(calibration: Calibration) -> tuple[Question, Scale]:
    """The question that a calibration case is graded by, and its scale."""
    question = whole_question(questions.wording(calibration.version))
    assert question is not None
    assert question.scale is not None
    return question, question.scale


def own_labels(user: Actor, code: str) -> dict[int, str] | None:
    """What the account graded each calibration case as, by the case's key; None for who grades none."""
    if user is SYSTEM or not any(may(user, one, code) for one in (Permission.AUDIT_CASES, Permission.MODERATE_AUDITS)):
        return None
    given = CalibrationGrade.objects.filter(account=user, calibration__programme__code=code)
    found = {}
    for grade in given.select_related("calibration__version"):
        choice = asked_of(grade.calibration)[1].choice(grade.whole)
        found[grade.calibration_id] = choice.label if choice else grade.whole
    return found


def own_grade(user: Actor, calibration: Calibration) -> CalibrationGrade | None:
    return None if user is SYSTEM else CalibrationGrade.objects.filter(calibration=calibration, account=user).first()


def may_grade(user: Actor, calibration: Calibration) -> bool:
    """Whether the account may still grade it: an auditor or moderator who has not, before it is closed."""
    code = calibration.programme.code
    is_grader = may(user, Permission.AUDIT_CASES, code) or may(user, Permission.MODERATE_AUDITS, code)
    return is_grader and calibration.closed_on is None and own_grade(user, calibration) is None


def to_grade(user: Actor, code: str, number: int) -> Calibration:
    """A calibration case that the account may still grade. Raises Refused or NoSuchCalibration."""
    found = one_calibration(user, code, number)
    if not may_grade(user, found):
        raise Refused(Permission.AUDIT_CASES, code)
    return found


def grades_given(calibration: Calibration) -> list[tuple[Choice, int]]:
    """How many gave each grade of a closed case; [] before it is closed."""
    if calibration.closed_on is None:
        return []
    counts = Counter(CalibrationGrade.objects.filter(calibration=calibration).values_list("whole", flat=True))
    return [(choice, counts[choice.code]) for choice in asked_of(calibration)[1].choices]


@dataclass(frozen=True)
class Calibrated:
    """One account's grades of closed calibration cases on one family of scales, beside what was agreed of each."""

    name: str
    family: str
    words: AgreementWords


def calibrated(user: Actor, code: str) -> list[Calibrated]:
    """Everybody who graded a closed case, by name: how often theirs was the agreed grade. For who sees every audit."""
    check(user, Permission.SEE_EVERY_AUDIT, code)
    given = CalibrationGrade.objects.filter(calibration__programme__code=code, calibration__closed_on__isnull=False)
    pairs: dict[tuple[str, str], list[tuple[int, int]]] = {}
    points: dict[str, int] = {}
    for grade in given.select_related("account", "calibration__version"):
        scale = asked_of(grade.calibration)[1]
        place = {choice.code: at for at, choice in enumerate(scale.choices)}
        own = (place[grade.whole], place[grade.calibration.agreed])
        pairs.setdefault((grade.account.display_name, scale.family), []).append(own)
        points[scale.family] = len(scale.choices)
    return [
        Calibrated(name, family, agreement_words(own, points[family])) for (name, family), own in sorted(pairs.items())
    ]


def page_of(calibration: Calibration) -> str:
    return reverse("calibration", args=[calibration.programme.code, calibration.number])
