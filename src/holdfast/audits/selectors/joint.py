"""Reading audits by several agencies: which there are, one of them, a return. The first argument is the account.

Rule: until the panel opens, a return is read by whoever answers it and by nobody else, whatever their role: anybody
else is refused, and the trail keeps the refusal.
"""

from datetime import date
from typing import Any

from django.db.models import Case, F, FilteredRelation, Q, QuerySet, When
from django.urls import reverse

from holdfast.access.doors import SYSTEM, Actor, Missing, Refused, account_of, check, may
from holdfast.access.permissions import Permission
from holdfast.audits.grading import whole_question
from holdfast.audits.models import Critical, JointAudit, JointJudgement, JointReturn, Lesson
from holdfast.audits.selectors import criticals
from holdfast.questions import selectors as questions
from holdfast.questions.wording import Question, Scale


class NoSuchJointAudit(Missing):
    """The programme has no audit by several agencies of that number, or none that the account may know of."""

    def __init__(self) -> None:
        super().__init__("There is no such multi-agency audit here that is yours to see.")


class PanelNotOpen(Refused):
    """Somebody asked for what another agency answered, before the panel opened."""

    def __init__(self, programme: str) -> None:
        super().__init__(Permission.RUN_JOINT_AUDITS, programme)
        self.args = ("An agency reads its own return alone until the panel opens, and so does everybody else.",)


def joint_audits(user: Actor, code: str) -> QuerySet[JointAudit]:
    """Those the account runs, answers in, or may read since their panel opened; the newest first."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = JointAudit.objects.filter(programme__code=code)
    if not may(user, Permission.RUN_JOINT_AUDITS, code):
        own = Q(returns__answerer=user)
        if may(user, Permission.SEE_EVERY_AUDIT, code):
            own |= Q(opened_on__isnull=False)
        found = found.filter(own).distinct()
    related = ("programme", "version__question_set", "team", "judgement__judged_by", "safety")
    return found.select_related(*related).prefetch_related("returns__agency", "returns__answerer", "lessons__agency")


def one_joint(user: Actor, code: str, number: int) -> JointAudit:
    """One of them. Raises Refused or NoSuchJointAudit."""
    found = joint_audits(user, code).filter(number=number).first()
    if found is None:
        raise NoSuchJointAudit
    return found


def one_return(user: Actor, code: str, number: int, agency: str) -> JointReturn:
    """One agency's return, to be read. Raises Refused, PanelNotOpen or NoSuchJointAudit."""
    check(user, Permission.SEE_PROGRAMME, code)
    related = ("joint__programme", "joint__version__question_set", "joint__team", "agency", "answerer")
    every = JointReturn.objects.filter(joint__programme__code=code, joint__number=number, agency__code=agency)
    found = every.select_related(*related).first()
    if found is None:
        raise NoSuchJointAudit
    if user is SYSTEM or found.answerer_id == user.pk:
        return found
    if found.joint.opened_on is None:
        raise PanelNotOpen(code)
    one_joint(user, code, number)
    return found


def own_return(user: Actor, code: str, number: int) -> JointReturn:
    """The return that the account is to answer. Raises Refused or NoSuchJointAudit."""
    joint = one_joint(user, code, number)
    found = next((each for each in joint.returns.all() if user is not SYSTEM and each.answerer_id == user.pk), None)
    if found is None:
        raise Refused(Permission.AUDIT_CASES, code)
    return one_return(user, code, number, found.agency.code)


def found_unsafe(found: JointReturn) -> list[Critical]:
    """What a return's answerer said of a child who may not be safe, not closed: kept with the council's own audit."""
    code, safety = found.joint.programme.code, found.joint.safety_id
    own = criticals.criticals(SYSTEM, code).filter(audit=safety, raised_by=found.answerer_id) if safety else ()
    return [critical for critical in own if criticals.is_open(critical)]


def returns_to_give(user: Actor, code: str) -> list[JointReturn]:
    """The returns that the account is asked for and has not handed in, the one due first first."""
    check(user, Permission.SEE_PROGRAMME, code)
    asked = JointReturn.objects.filter(joint__programme__code=code, answerer=account_of(user), handed_in_on=None)
    return list(asked.select_related("joint__programme", "agency").order_by("joint__due_on", "joint__number"))


def one_lesson(user: Actor, code: str, key: int) -> Lesson:
    """One lesson, for who runs the audit, took part, or keeps the plan. Raises Refused or NoSuchJointAudit."""
    related = ("joint__programme", "agency")
    found = Lesson.objects.filter(joint__programme__code=code, pk=key).select_related(*related).first()
    if found is None:
        raise NoSuchJointAudit
    if not may(user, Permission.MANAGE_PLAN, code):
        one_joint(user, code, found.joint.number)
    return found


def lessons_waiting(user: Actor, code: str) -> list[Lesson]:
    """The lessons that no action of the plan answers, for who keeps the plan."""
    check(user, Permission.MANAGE_PLAN, code)
    waiting = Lesson.objects.filter(joint__programme__code=code, plan_ref="")
    return list(waiting.select_related("agency", "joint__programme"))


def asked_of(joint: JointAudit) -> tuple[Question, Scale]:
    """The question whose answer is an agency's grade of its own part, on whose scale the panel judges the whole."""
    question = whole_question(questions.wording(joint.version))
    if question is None or question.scale is None:
        raise NoSuchJointAudit
    return question, question.scale


def judged_between(code: str, since: date, until: date) -> list[JointAudit]:
    """Those whose panel judged on some days (both included), for a report."""
    rows = joint_audits(SYSTEM, code).filter(judgement__judged_on__gte=since, judgement__judged_on__lte=until)
    return list(rows.order_by("number"))


def lessons_of_panels(code: str, since: date, until: date) -> QuerySet[JointJudgement, tuple[Any, ...]]:
    """Each lesson added by the last day of the panels that judged on some days (both included), for a check.

    Its number, the judgement's, the day it was added and, where it has an action, that day again. A judgement without
    a lesson is one row with neither day, as a lesson that was added later is.
    """
    judged = JointJudgement.objects.filter(
        joint__programme__code=code, judged_on__gte=since, judged_on__lte=until
    ).order_by()
    lesson = FilteredRelation("joint__lessons", condition=Q(joint__lessons__added_on__lte=until))
    rows = judged.annotate(lesson=lesson)
    acted_on = Case(When(~Q(lesson__plan_ref=""), then=F("lesson__added_on")), default=None)
    return rows.values_list("lesson__pk", "pk", "lesson__added_on", acted_on)


def page_of(joint: JointAudit) -> str:
    return reverse("joint_audit", args=[joint.programme.code, joint.number])
