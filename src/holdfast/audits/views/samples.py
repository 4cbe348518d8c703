"""The pages of samples: which were drawn, one of them, drawing one, leaving a case out, making audits.

Rule: what a size can show stands on the page before anything is drawn, and no case does.
"""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone
from holdfast.audits import written_samples as written
from holdfast.audits.forms import VerifyForm
from holdfast.audits.models import Sample
from holdfast.audits.sample_forms import LeaveOutForm, SampleForm, TeamForm
from holdfast.audits.selectors import learning
from holdfast.audits.selectors import samples as selectors
from holdfast.audits.services import sampling
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, refuse, sent
from holdfast.pages.crumbs import Crumb, crumbs
from holdfast.performance.selectors import frames
from holdfast.questions import selectors as questions
from holdfast.questions.warning import ask_in_words, warning_of

AUDITS, SAMPLES = ("Audits", "audits"), ("Samples", "audit_samples")


def under(programme: str, sample: Sample) -> list[Crumb]:
    return [*crumbs(programme, AUDITS, SAMPLES), (f"Sample {sample.number}", selectors.page_of(sample))]


@requires(Permission.SEE_EVERY_AUDIT)
def audit_samples(request: HttpRequest, programme: str) -> HttpResponse:
    context = {
        "heading": "Samples of cases",
        "lede": "What was drawn from which figure, so that anybody can draw it again.",
        "breadcrumbs": crumbs(programme, AUDITS),
        "samples": written.samples_table(list(selectors.samples(request.user, programme))),
        "may_draw": may(request.user, Permission.MANAGE_AUDITS, programme),
    }
    return render(request, "audits/audit_samples.html", context)


@requires(Permission.SEE_EVERY_AUDIT)
def audit_sample(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    sample = selectors.one_sample(request.user, programme, number)
    may_manage, cases = may(request.user, Permission.MANAGE_AUDITS, programme), selectors.cases_of(sample)
    waiting = [case for case in cases if case.audit is None and case.left_out_on is None]
    context = {
        "heading": f"Sample {number}",
        "caption": sample.purpose,
        "breadcrumbs": crumbs(programme, AUDITS, SAMPLES),
        "sample": sample,
        "facts": written.sample_facts(sample),
        "can_show": frames.can_show(max(sum(sample.wanted.values()), 1), sample.n_frame).lines,
        "cases": written.cases_table(cases, may_manage=may_manage),
        "n_without_team": sum(case.team is None for case in waiting),
        "may_make": may_manage and any(case.team is not None for case in waiting),
    }
    return render(request, "audits/audit_sample.html", context)


@requires(Permission.MANAGE_AUDITS)
def draw_sample(request: HttpRequest, programme: str) -> HttpResponse:
    user, finding = request.user, learning.finding_asked(request.user, programme, request.GET.get("finding", ""))
    may_be = {"versions": questions.newest_versions(user, programme), "strata": frames.strata_held(user, programme)}
    may_be |= {"indicators": frames.indicators_of_children(user, programme)}
    may_be |= {"months": frames.months_held(user, programme)}
    form = SampleForm(sent(request) or (request.GET if "n" in request.GET else None), **may_be)
    context = {"heading": "Draw a sample", "breadcrumbs": crumbs(programme, AUDITS, SAMPLES), "finding": finding}
    if form.is_valid():
        try:
            context |= _shown(request, programme, form)
            if request.method == "POST":
                own = {name: form.cleaned_data[name] for name in ("version", "chosen", "purpose", "n", "again_why")}
                own |= {"programme": organisation.programme(user, programme), "asked": form.asked, "finding": finding}
                sample = sampling.draw_sample(by=user, at=clock.now(), **own)
                messages.success(request, f"Sample {sample.number} is drawn. Make audits of its cases next.")
                return redirect(selectors.page_of(sample))
        except NotDone as refusal:
            refuse(form, refusal)
    return render(request, "audits/draw_sample.html", context | {"form": form})


def _shown(request: HttpRequest, programme: str, form: SampleForm) -> dict[str, Any]:
    """What the page says of a sample before it is drawn. Raises NoFrame."""
    found, n = frames.frame(request.user, programme, form.asked), form.cleaned_data["n"]
    owner = organisation.programme(request.user, programme)
    figure = (form.asked.indicator, found.asked.period)
    before = selectors.drawn_before(owner, form.cleaned_data["version"], *figure)
    form.fields["again_why"].required = bool(before)
    return {
        "drawn_from": found,
        "warning": warning_of(form),
        "strata": written.strata_table(found, frames.in_proportion(found, n)),
        "can_show": frames.can_show(n, found.n).lines,
        "before": written.before_words(before),
    }


@requires(Permission.MANAGE_AUDITS)
def leave_out(request: HttpRequest, programme: str, number: int, key: int) -> HttpResponse:
    case = selectors.one_case(request.user, programme, number, key)
    return ask_in_words(
        request,
        LeaveOutForm(sent(request)),
        partial(sampling.leave_out, case=case),
        then=selectors.page_of(case.sample),
        said=lambda other: (
            f"It is left out, with why. Case {other.case_ref} is the next drawn, and stands for it."
            if other
            else "It is left out, with why. No other case of its group is left to stand for it."
        ),
        heading=f"Leave case {case.case_ref} out",
        inset="The next case of the drawn order stands for it. Nobody chooses which that is.",
        submit="Leave it out",
        breadcrumbs=under(programme, case.sample),
    )


@requires(Permission.MANAGE_AUDITS)
def say_team(request: HttpRequest, programme: str, number: int, key: int) -> HttpResponse:
    case = selectors.one_case(request.user, programme, number, key)
    return ask(
        request,
        TeamForm(sent(request), teams=organisation.teams(request.user, programme)),
        partial(sampling.say_team, case=case),
        then=selectors.page_of(case.sample),
        said="That is recorded. Nobody of that team is asked to audit the case.",
        heading=f"Say which team holds case {case.case_ref}",
        submit="Record it",
        breadcrumbs=under(programme, case.sample),
    )


@requires(Permission.MANAGE_AUDITS)
def make_audits(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    sample = selectors.one_sample(request.user, programme, number)
    return ask(
        request,
        VerifyForm(sent(request)),
        partial(sampling.make_audits, sample=sample),
        then=selectors.page_of(sample),
        said=_made_words,
        heading=f"Make audits of sample {number}",
        inset="Each case whose team is known is given to whoever is independent of it and has the fewest in hand.",
        submit="Make the audits",
        breadcrumbs=under(programme, sample),
    )


def _made_words(made: list[Any]) -> str:
    alone = sum(audit.auditor_id is None for audit in made)
    waits = f"{alone:,} wait for an auditor: nobody here may do them." if alone else "Each has an auditor."
    return f"{len(made):,} audits are made. {waits}"
