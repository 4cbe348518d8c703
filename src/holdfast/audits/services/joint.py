"""Audits of one child by several agencies: asked, answered, opened, judged together, and what each is to do otherwise.

Rule: the safeguarding board runs them; an agency's return is handed in before the panel opens, and stays. An answer
that the child may not be safe is told like any other audit's (critical.py).
"""

from datetime import date, datetime
from typing import Any

from holdfast.access import clock
from holdfast.access.doors import Actor, account_of, check
from holdfast.access.due import refuse_odd_due
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.audits.independence import Case, why_not_answer_for, why_not_answerer
from holdfast.audits.models import JointAudit, JointJudgement, JointReturn, Lesson
from holdfast.audits.references import why_no_reference
from holdfast.audits.selectors import audits, criticals
from holdfast.audits.selectors import joint as selectors
from holdfast.audits.services.auditing import NoReference, NotIndependent, NotTold
from holdfast.organisation.models import COUNCIL, Agency, Post, Programme, Team
from holdfast.plan.models import Objective
from holdfast.plan.services.adding import add_action
from holdfast.questions import services as asking
from holdfast.questions.models import SetVersion
from holdfast.questions.naming import seems

FEWEST = 2
"""How many agencies a panel needs: one alone is an audit."""


class PanelIsOpen(NotDone):
    """The panel has opened, so that nobody can be asked, and nothing answered, any more."""

    def __init__(self) -> None:
        super().__init__("The panel has opened, so the returns stay as they are.")


class PanelNotReady(NotDone):
    """A return is missing, or the panel has not opened."""


@service
def add_joint_audit(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    version: SetVersion,
    title: str,
    case_ref: str,
    team: Team,
    due_on: date,
    is_invented: bool = False,
) -> JointAudit:
    """Begin an audit of one child by several agencies. Raises Refused or NoReference."""
    check(by, Permission.RUN_JOINT_AUDITS, programme.code)
    reference = case_ref.strip().upper()
    if why_no_reference(reference):
        raise NoReference(why_no_reference(reference))
    refuse_odd_due(at, due_on)
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = JointAudit.objects.filter(programme=programme).order_by("-number").first()
    joint = JointAudit(programme=programme, number=last.number + 1 if last else 1, version=version, team=team)
    joint.title, joint.case_ref, joint.due_on, joint.is_invented = title.strip(), reference, due_on, is_invented
    joint.added_on = clock.day_of(at)
    selectors.asked_of(joint)
    joint.save()
    detail = {"asks": str(version), **seems(joint.title)}
    record("multi-agency audit begun", programme=programme.code, subject=str(joint), detail=detail)
    return joint


@service
def ask_agency(*, by: Actor, at: datetime, joint: JointAudit, agency: Agency, answerer: Account) -> JointReturn:
    """Ask an agency for its return, answered by somebody independent of the case who answers for no other.

    Raises Refused, PanelIsOpen, NotIndependent, or NotDone where the agency or the person is asked already.
    """
    code = joint.programme.code
    check(by, Permission.RUN_JOINT_AUDITS, code)
    kept = _held(joint)
    if any(each.agency_id == agency.pk for each in kept.returns.all()):
        raise NotDone(f"{agency} is asked already", field="agency")
    if any(each.answerer_id == answerer.pk for each in kept.returns.all()):
        raise NotDone(f"{answerer.display_name} answers for another agency", field="answerer")
    person = next((each for each in audits.candidates(code) if each.account == answerer.pk), None)
    case = Case(kept.case_ref, kept.team.code, None)
    problem = why_not_answerer(person, case) if person else "they have no part in this programme"
    if person and not problem:
        problem = why_not_answer_for(person, agency.name, is_council=agency.kind == COUNCIL)
    if problem:
        raise NotIndependent(problem, code, "answerer")
    asked = JointReturn(joint=kept, agency=agency, answerer=answerer, asked_on=clock.day_of(at))
    asked.save()
    record("agency asked for its return", programme=code, subject=str(kept), detail={"agency": agency.code})
    return asked


@service
def begin_return(*, by: Actor, at: datetime, found: JointReturn) -> JointReturn:
    """Open the sheet of a return for whoever answers it. Raises Refused or PanelIsOpen."""
    code = found.joint.programme.code
    check(by, Permission.AUDIT_CASES, code)
    joint = _held(found.joint)
    kept = selectors.one_return(by, code, joint.number, found.agency.code)
    if kept.sheet is None:
        about = f"multi-agency audit {joint.number}, {kept.agency}"
        kept.sheet = asking.begin_sheet(by=by, at=at, version=joint.version, about=about, answerer=account_of(by))
        kept.save()
    record("agency’s return begun", programme=code, subject=str(joint), detail={"agency": kept.agency.code})
    return kept


@service
def hand_in_return(*, by: Actor, at: datetime, found: JointReturn) -> JointReturn:
    """Close a return that is whole. Raises Refused, PanelIsOpen, NotTold, or a refusal of the questions room."""
    code = found.joint.programme.code
    check(by, Permission.AUDIT_CASES, code)
    joint = _held(found.joint)
    kept = selectors.one_return(by, code, joint.number, found.agency.code)
    if kept.sheet is None:
        raise NotDone("Nothing has been answered yet. Begin the return first.")
    if any(criticals.is_untold(critical) for critical in selectors.found_unsafe(kept)):
        raise NotTold
    asking.hand_in(by=by, at=at, sheet=kept.sheet)
    kept.handed_in_on = clock.day_of(at)
    kept.save()
    record("agency’s return handed in", programme=code, subject=str(joint), detail={"agency": kept.agency.code})
    return kept


@service
def open_panel(*, by: Actor, at: datetime, joint: JointAudit) -> JointAudit:
    """Open the panel: from now on each agency reads the others' returns. Raises Refused, PanelIsOpen, PanelNotReady."""
    check(by, Permission.RUN_JOINT_AUDITS, joint.programme.code)
    kept = _held(joint)
    waiting = [str(each.agency) for each in kept.returns.all() if each.handed_in_on is None]
    if waiting:
        raise PanelNotReady(f"Not handed in yet: {', '.join(waiting)}. The panel opens when every return is in.")
    if len(kept.returns.all()) < FEWEST:
        raise PanelNotReady("A panel needs the returns of at least two agencies.")
    kept.opened_on = clock.day_of(at)
    kept.save()
    record("panel of agencies opened", programme=kept.programme.code, subject=str(kept))
    return kept


@service
def judge(*, by: Actor, at: datetime, joint: JointAudit, whole: str, reasons: str, dissent: str = "") -> JointJudgement:
    """Keep what the panel judged, why, and who saw it otherwise. Raises Refused, PanelNotReady or NotDone."""
    code = joint.programme.code
    check(by, Permission.RUN_JOINT_AUDITS, code)
    kept = selectors.one_joint(by, code, joint.number)
    _refuse_unopened(kept)
    if JointJudgement.objects.filter(joint=kept).exists():
        raise NotDone("The panel has judged this, and its judgement stays.")
    if selectors.asked_of(kept)[1].choice(whole) is None:
        raise NotDone("Choose a grade of the scale", field="whole")
    if not reasons.strip():
        raise NotDone("Say why, in a sentence or two", field="reasons")
    judgement = JointJudgement(joint=kept, whole=whole, reasons=reasons.strip(), dissent=dissent.strip())
    judgement.judged_on, judgement.judged_by = clock.day_of(at), account_of(by)
    judgement.save()
    detail = {"dissent": "yes" if judgement.dissent else "no", **seems(judgement.reasons, judgement.dissent)}
    record("panel of agencies judged", programme=code, subject=str(kept), detail=detail)
    return judgement


@service
def add_lesson(*, by: Actor, at: datetime, joint: JointAudit, agency: Agency, words: str) -> Lesson:
    """What one of the agencies is to do otherwise. Raises Refused, PanelNotReady or NotDone."""
    code = joint.programme.code
    check(by, Permission.RUN_JOINT_AUDITS, code)
    kept = selectors.one_joint(by, code, joint.number)
    _refuse_unopened(kept)
    if agency.pk not in {each.agency_id for each in kept.returns.all()}:
        raise NotDone("Choose an agency that took part", field="agency")
    if not words.strip():
        raise NotDone("Say what it is to do otherwise", field="words")
    lesson = Lesson(joint=kept, agency=agency, words=words.strip(), added_on=clock.day_of(at))
    lesson.save()
    record(
        "lesson for an agency recorded",
        programme=code,
        subject=str(kept),
        detail={"agency": agency.code, **seems(words)},
    )
    return lesson


@service
def act_on_lesson(
    *, by: Actor, at: datetime, lesson: Lesson, objective: Objective, ref: str, title: str, owner: Post, due_on: date
) -> Lesson:
    """An action of the plan, by a post of the lesson's own agency. Raises Refused, NotDone, or as adding an action."""
    code = lesson.joint.programme.code
    check(by, Permission.MANAGE_PLAN, code)
    kept = Lesson.objects.select_for_update().get(pk=lesson.pk)
    if kept.plan_ref:
        raise NotDone("It has an action already.")
    if owner.agency_id != kept.agency_id:
        raise NotDone("Choose a post of the agency that is to learn it", field="owner")
    facts: dict[str, Any] = {"objective": objective, "ref": ref, "title": title, "owner": owner, "due_on": due_on}
    named = ("multi-agency audit", f"joint/{lesson.joint.number}", kept.words[:200])
    action = add_action(by=by, at=at, raised_from=named, **facts)
    kept.plan_ref = action.ref
    kept.save()
    record("lesson for an agency in the plan", programme=code, subject=str(lesson.joint), detail={"action": action.ref})
    return kept


def _held(joint: JointAudit) -> JointAudit:
    """The audit as it is now, held until the end of the transaction. Raises PanelIsOpen."""
    kept = (
        JointAudit.objects.select_for_update()
        .select_related("programme", "version__question_set", "team")
        .get(pk=joint.pk)
    )
    if kept.opened_on is not None:
        raise PanelIsOpen
    return kept


def _refuse_unopened(joint: JointAudit) -> None:
    if joint.opened_on is None:
        raise PanelNotReady("The panel has not opened yet: every agency's return comes first.")
