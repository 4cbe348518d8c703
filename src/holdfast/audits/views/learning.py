"""The pages of findings and what came of them: recording, acting, asking again, the loop, lessons briefings.

Rule: what is counted on the page is what is kept; a page that only asks has no template.
"""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.audits import written_learning as written
from holdfast.audits.forms import FindingsForm
from holdfast.audits.learning_forms import ActionForm, BriefingForm, FindingForm, LinkForm, ReplacingForm
from holdfast.audits.models import Finding
from holdfast.audits.selectors import findings as counting
from holdfast.audits.selectors import learning as selectors
from holdfast.audits.selectors import samples
from holdfast.audits.services import learning as services
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import Crumb, crumbs
from holdfast.plan import selectors as plan
from holdfast.questions import selectors as questions
from holdfast.questions.warning import ask_in_words

AUDITS, FINDINGS = ("Audits", "audits"), ("What audits found", "audit_findings")
LOOP, BRIEFINGS = ("What came of it", "learning_loop"), ("Lessons briefings", "briefings")


def under(request: HttpRequest, programme: str, finding: Finding) -> list[Crumb]:
    return [*_from_audits(request, programme, LOOP), (f"Finding {finding.number}", selectors.page_of(finding))]


def _from_audits(request: HttpRequest, programme: str, *steps: tuple[str, str]) -> list[Crumb]:
    """The way here from the audits, or without them for who has no part in any."""
    return crumbs(programme, *((AUDITS,) if may(request.user, Permission.SEE_AUDITS, programme) else ()), *steps)


@requires(Permission.SEE_PROGRAMME)
def learning_loop(request: HttpRequest, programme: str) -> HttpResponse:
    today = clock.today()
    loops = selectors.loops(request.user, programme, today)
    without, answered = written.loop_tables(loops, today)
    context = {
        "heading": "What came of what audits found",
        "lede": "Each finding, what is done about it, and what was found when it was asked again.",
        "breadcrumbs": _from_audits(request, programme),
        "loops": answered,
        "without": without,
        "late": sum(loop.is_late(today) for loop in loops),
    }
    return render(request, "audits/learning_loop.html", context)


@requires(Permission.SEE_PROGRAMME)
def audit_finding(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    user, today = request.user, clock.today()
    finding = selectors.one_finding(user, programme, number)
    loop = selectors.loop_of(user, programme, finding, today)
    context = {
        "heading": f"Finding {number}",
        "breadcrumbs": _from_audits(request, programme, LOOP),
        "finding": finding,
        "facts": written.finding_facts(finding),
        "actions": written.actions_table(loop, today),
        "again": written.again_table(loop, sees_samples=may(user, Permission.SEE_EVERY_AUDIT, programme)),
        "again_words": written.again_words(loop, today),
        "may_manage": may(user, Permission.MANAGE_AUDITS, programme),
        "may_plan": may(user, Permission.MANAGE_PLAN, programme),
    }
    return render(request, "audits/audit_finding.html", context)


@requires(Permission.MANAGE_AUDITS)
def record_finding(request: HttpRequest, programme: str) -> HttpResponse:
    user, question = request.user, request.GET.get("question", "")
    counting.refuse_several(programme, request.GET.getlist("of"), request.GET.getlist("chosen"))
    form = FindingsForm(request.GET, sets=list(questions.question_sets(user, programme)))
    asked = form.asked(since=clock.today(), until=clock.today())
    audits = counting.audits_found(user, programme, **asked) if asked else []
    own = [one for one in counting.findings(audits).counted if one.question.code == question]
    if not own or own[-1].short is None:
        return redirect("audit_findings", programme)
    sample = samples.one_sample(user, programme, asked["sample"]) if asked["sample"] else None
    owner = organisation.programme(user, programme)
    return ask_in_words(
        request,
        FindingForm(sent(request)),
        partial(services.record_finding, programme=owner, question=question, **{**asked, "sample": sample}),
        then=selectors.page_of,
        said=lambda kept: f"Finding {kept.number} is recorded. Say next what is done about it.",
        heading="Record a finding",
        caption=own[-1].question.ask,
        inset=f"Short of what is looked for in {own[-1].short.words}. {written.CHOSEN_WORDS[asked['chosen']]}",
        submit="Record it",
        breadcrumbs=crumbs(programme, AUDITS, FINDINGS),
    )


@requires(Permission.MANAGE_AUDITS)
def change_finding(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    finding = selectors.one_finding(request.user, programme, number)
    return ask_in_words(
        request,
        FindingForm(sent(request), initial={"words": finding.words}),
        partial(services.change_finding, finding=finding),
        then=selectors.page_of(finding),
        said="It is said in other words. Its numbers stay.",
        heading=f"Say finding {number} in other words",
        submit="Say it so",
        breadcrumbs=under(request, programme, finding),
    )


@requires(Permission.MANAGE_AUDITS)
def replace_finding(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    finding = selectors.one_finding(request.user, programme, number)
    return ask_in_words(
        request,
        ReplacingForm(sent(request), initial={"words": finding.words}),
        partial(services.replace_finding, finding=finding),
        then=selectors.page_of,
        said=lambda kept: f"Finding {kept.number} replaces it, counted again. Both stay to be read.",
        heading=f"Replace finding {number}",
        inset="What reported it keeps what it said. The new finding is counted again and says what it replaces.",
        submit="Replace it",
        breadcrumbs=under(request, programme, finding),
    )


@requires(Permission.MANAGE_PLAN)
def act_on_finding(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    user, finding = request.user, selectors.one_finding(request.user, programme, number)
    may_be = {"objectives": plan.objectives(user, programme), "posts": organisation.posts(user, programme)}
    return ask_in_words(
        request,
        ActionForm(sent(request), **may_be),
        partial(services.act_on_finding, finding=finding),
        then=selectors.page_of(finding),
        said=lambda linked: f"It is action {linked.plan_ref} of the plan, which says from now on how it goes.",
        heading="Add an action for it to the plan",
        caption=finding.words,
        submit="Add the action",
        breadcrumbs=under(request, programme, finding),
    )


@requires(Permission.MANAGE_AUDITS)
def link_action(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    finding = selectors.one_finding(request.user, programme, number)
    actions = [(action.ref, str(action)) for action in plan.whole_actions(request.user, programme)]
    return ask(
        request,
        LinkForm(sent(request), actions=actions),
        partial(services.link_action, finding=finding),
        then=selectors.page_of(finding),
        said="That action answers it. Once somebody else has verified it, the question is asked again a quarter later.",
        heading="Say which action answers it",
        caption=finding.words,
        submit="Say so",
        breadcrumbs=under(request, programme, finding),
    )


@requires(Permission.SEE_PROGRAMME)
def briefings(request: HttpRequest, programme: str) -> HttpResponse:
    context = {
        "heading": "Lessons briefings",
        "lede": "What audits taught, for everybody who works with children. No child is in them.",
        "breadcrumbs": _from_audits(request, programme),
        "briefings": written.briefings_table(list(selectors.briefings(request.user, programme))),
        "may_make": may(request.user, Permission.MANAGE_AUDITS, programme),
    }
    return render(request, "audits/briefings.html", context)


@requires(Permission.SEE_PROGRAMME)
def briefing(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.one_briefing(request.user, programme, number)
    context = {
        "heading": found.title,
        "breadcrumbs": crumbs(programme, BRIEFINGS),
        "briefing": found,
        "themes": written.briefed(found),
    }
    return render(request, "audits/briefing.html", context)


@requires(Permission.MANAGE_AUDITS)
def make_briefing(request: HttpRequest, programme: str) -> HttpResponse:
    user = request.user
    standing = [finding for finding in selectors.every_finding(user, programme) if not hasattr(finding, "replaced_by")]
    return ask_in_words(
        request,
        BriefingForm(sent(request), findings=[(str(one.number), f"{one.number}. {one.words}") for one in standing]),
        partial(services.make_briefing, programme=organisation.programme(user, programme)),
        then=lambda made: reverse("briefing", args=[programme, made.number]),
        said="It is made. Everybody with a part in the programme can read it, and print it.",
        heading="Make a lessons briefing",
        warning="What it says is kept as it is now, and its findings can no longer be changed.",
        submit="Make it",
        breadcrumbs=crumbs(programme, AUDITS, BRIEFINGS),
    )
