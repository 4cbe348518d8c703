"""The pages of audits by several agencies: which there are, one, a return answered and read, the panel, the lessons.

Rule: a return is fetched by its own selector, which refuses it to all but whoever answers it until the panel opens.
"""

from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import Actor, may, requires
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone
from holdfast.audits import written_joint as written
from holdfast.audits.joint_forms import AskAgencyForm, JointAuditForm, JudgementForm, LessonForm
from holdfast.audits.learning_forms import ActionForm
from holdfast.audits.models import JointAudit, JointReturn
from holdfast.audits.selectors import criticals
from holdfast.audits.selectors import joint as selectors
from holdfast.audits.services import joint as services
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import Crumb, crumbs
from holdfast.plan import selectors as plan
from holdfast.questions import filling
from holdfast.questions import selectors as questions
from holdfast.questions.warning import ask_in_words

JOINT = ("Multi-agency audits", "joint_audits")
RUN = Permission.RUN_JOINT_AUDITS


def _under(programme: str, joint: JointAudit) -> list[Crumb]:
    return [*crumbs(programme, JOINT), (f"Multi-agency audit {joint.number}", selectors.page_of(joint))]


@requires(Permission.SEE_PROGRAMME)
def joint_audits(request: HttpRequest, programme: str) -> HttpResponse:
    found = list(selectors.joint_audits(request.user, programme))
    context = {
        "heading": "Multi-agency audits",
        "lede": "One child whom several agencies know: each reads its own record, then all judge together.",
        "breadcrumbs": crumbs(programme),
        "table": written.joint_table(found),
        "lessons": written.waiting_table(selectors.lessons_waiting(request.user, programme))
        if may(request.user, Permission.MANAGE_PLAN, programme)
        else None,
        "may_run": may(request.user, RUN, programme),
    }
    return render(request, "audits/joint_audits.html", context)


@requires(Permission.SEE_PROGRAMME)
def joint_audit(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    user, joint = request.user, selectors.one_joint(request.user, programme, number)
    own = next((each for each in joint.returns.all() if each.answerer_id == user.pk), None)
    context = {
        "heading": joint.title,
        "caption": f"Multi-agency audit {number}",
        "breadcrumbs": crumbs(programme, JOINT),
        "joint": joint,
        "facts": written.joint_facts(joint),
        "returns": written.returns_table(joint, user),
        "judgement": written.judgement_facts(joint),
        "lessons": written.lessons_table(joint, may_act=may(user, Permission.MANAGE_PLAN, programme)),
        "answers": own is not None and own.handed_in_on is None,
        "may_run": may(user, RUN, programme),
    }
    return render(request, "audits/joint_audit.html", context)


@requires(RUN)
def add_joint_audit(request: HttpRequest, programme: str) -> HttpResponse:
    user, owner = request.user, organisation.programme(request.user, programme)
    versions = questions.newest_versions(user, programme).filter(question_set__kind="multi-agency-audit")
    return ask_in_words(
        request,
        JointAuditForm(sent(request), versions=versions, teams=organisation.teams(user, programme)),
        partial(services.add_joint_audit, programme=owner),
        then=selectors.page_of,
        said="It is begun. Ask each agency that knows the child for its return.",
        heading="Begin a multi-agency audit",
        inset="The child is a case reference, and nothing else: no name, no date of birth.",
        submit="Begin it",
        breadcrumbs=crumbs(programme, JOINT),
    )


@requires(RUN)
def ask_agency(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    user, joint = request.user, selectors.one_joint(request.user, programme, number)
    people = organisation.people_who_may(user, programme, Permission.AUDIT_CASES)
    return ask(
        request,
        AskAgencyForm(sent(request), agencies=organisation.agencies(user, programme), people=people),
        partial(services.ask_agency, joint=joint),
        then=selectors.page_of(joint),
        said=lambda asked: f"{asked.agency} is asked. Nobody else reads what it answers until the panel opens.",
        heading="Ask an agency",
        caption=str(joint),
        submit="Ask it",
        breadcrumbs=_under(programme, joint),
    )


def _leads(user: Actor, programme: str, number: int) -> filling.Leads:
    return filling.Leads(
        section=lambda section: reverse("answer_return", args=[programme, number, section]),
        tasks=reverse("own_return", args=[programme, number]),
        stopped=reverse("return_stopped", args=[programme, number]),
        ring=partial(criticals.out_of_hours, user, programme),
    )


@requires(Permission.AUDIT_CASES)
def own_return(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.own_return(request.user, programme, number)
    if found.handed_in_on is not None:
        return redirect(selectors.page_of(found.joint))
    refused = ""
    if request.method == "POST":
        try:
            if found.sheet_id is None:
                services.begin_return(by=request.user, at=clock.now(), found=found)
                return redirect("own_return", programme, number)
            services.hand_in_return(by=request.user, at=clock.now(), found=found)
            messages.success(request, "Your agency’s return is handed in. The panel opens when every return is.")
            return redirect(selectors.page_of(found.joint))
        except NotDone as refusal:
            refused = str(refusal)
    context = {
        "heading": f"Answer for {found.agency}",
        "caption": f"Multi-agency audit {number}, case {found.joint.case_ref}",
        "breadcrumbs": _under(programme, found.joint),
        "guidance": questions.wording(found.joint.version).guidance,
        "refused": refused,
    }
    if found.sheet_id is not None:
        context |= _begun(request.user, programme, found)
    return render(request, "audits/own_return.html", context)


def _begun(user: Actor, programme: str, found: JointReturn) -> dict[str, Any]:
    """What there is to answer of a return once it is begun."""
    sheet = questions.with_answers([found.sheet_id]).get()
    items = filling.tasks(sheet, _leads(user, programme, found.joint.number))
    return {
        "items": items,
        "sections": filling.to_check(sheet),
        "set_aside": filling.set_aside(sheet),
        "is_whole": all(item["status"] == filling.DONE for item in items),
        "criticals": [one for one in selectors.found_unsafe(found) if criticals.is_untold(one)],
    }


@requires(Permission.AUDIT_CASES)
def answer_return(request: HttpRequest, programme: str, number: int, section: str) -> HttpResponse:
    found = selectors.own_return(request.user, programme, number)
    if found.sheet_id is None or found.handed_in_on is not None:
        return redirect("own_return", programme, number)
    sheet, leads = questions.with_answers([found.sheet_id]).get(), _leads(request.user, programme, number)
    caption = f"{found.agency}, case {found.joint.case_ref}"
    steps = [*_under(programme, found.joint), ("Answer", leads.tasks)]
    return filling.fill(request, sheet, section, leads, caption=caption, breadcrumbs=steps)


@requires(Permission.AUDIT_CASES)
def return_stopped(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    own = selectors.found_unsafe(selectors.own_return(request.user, programme, number))
    waiting = next((one for one in own if criticals.is_untold(one)), None)
    return redirect("critical", programme, waiting.pk) if waiting else redirect("own_return", programme, number)


@requires(Permission.SEE_PROGRAMME)
def agency_return(request: HttpRequest, programme: str, number: int, agency: str) -> HttpResponse:
    found = selectors.one_return(request.user, programme, number, agency)
    if found.sheet_id is None:
        raise Http404("This agency has not begun its return.")
    context = {
        "heading": f"The return of {found.agency}",
        "caption": f"Multi-agency audit {number}, case {found.joint.case_ref}",
        "breadcrumbs": _under(programme, found.joint),
        "sections": filling.to_check(questions.with_answers([found.sheet_id]).get()),
    }
    return render(request, "audits/agency_return.html", context)


@requires(RUN)
def open_panel(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    joint = selectors.one_joint(request.user, programme, number)
    return ask(
        request,
        Form(sent(request)),
        partial(services.open_panel, joint=joint),
        then=selectors.page_of(joint),
        said="The panel is open: each agency reads the others’ returns now.",
        heading="Open the panel",
        caption=str(joint),
        inset="From then on every agency reads every return, and no return changes.",
        submit="Open it",
        breadcrumbs=_under(programme, joint),
    )


@requires(RUN)
def judge_joint(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    joint = selectors.one_joint(request.user, programme, number)
    question, scale = selectors.asked_of(joint)
    return ask_in_words(
        request,
        JudgementForm(sent(request), grades=[(choice.code, choice.label) for choice in scale.choices]),
        partial(services.judge, joint=joint),
        then=selectors.page_of(joint),
        said="The panel’s judgement is kept, and stays.",
        heading="Record the panel’s judgement",
        caption=str(joint),
        inset=f"One judgement of what all did together, beside each agency’s own. Each was asked: {question.ask}",
        submit="Record it",
        breadcrumbs=_under(programme, joint),
    )


@requires(RUN)
def add_lesson(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    joint = selectors.one_joint(request.user, programme, number)
    agencies = organisation.agencies(request.user, programme).filter(
        pk__in=[each.agency_id for each in joint.returns.all()]
    )
    return ask_in_words(
        request,
        LessonForm(sent(request), agencies=agencies),
        partial(services.add_lesson, joint=joint),
        then=selectors.page_of(joint),
        said="The lesson is kept. Whoever keeps the plan makes it an action of that agency’s.",
        heading="Record a lesson for an agency",
        caption=str(joint),
        submit="Record it",
        breadcrumbs=_under(programme, joint),
    )


@requires(Permission.MANAGE_PLAN)
def act_on_lesson(request: HttpRequest, programme: str, key: int) -> HttpResponse:
    user, lesson = request.user, selectors.one_lesson(request.user, programme, key)
    posts = organisation.posts(user, programme).filter(agency=lesson.agency)
    return ask(
        request,
        ActionForm(sent(request), objectives=plan.objectives(user, programme), posts=posts),
        partial(services.act_on_lesson, lesson=lesson),
        then=lambda kept: reverse("plan_action", args=[programme, kept.plan_ref]),
        said=lambda kept: f"It is action {kept.plan_ref} of the plan, which says from now on how it goes.",
        heading=f"Add an action for {lesson.agency}",
        caption=lesson.words,
        submit="Add the action",
        breadcrumbs=crumbs(programme),
    )
