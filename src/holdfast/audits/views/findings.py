"""The page of what audits found. Rule: audits chosen in different ways are never counted together, so one is asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access import clock
from holdfast.access.days import quarter_to
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.audits import written_findings as written
from holdfast.audits.forms import FindingsForm
from holdfast.audits.selectors import findings as selectors
from holdfast.pages.crumbs import crumbs
from holdfast.questions import selectors as questions

AUDITS = ("Audits", "audits")
MANAGE = Permission.MANAGE_AUDITS


@requires(Permission.SEE_EVERY_AUDIT)
def audit_findings(request: HttpRequest, programme: str) -> HttpResponse:
    user, today = request.user, clock.today()
    selectors.refuse_several(programme, request.GET.getlist("of"), request.GET.getlist("chosen"))
    sets = list(questions.question_sets(user, programme))
    form = FindingsForm(request.GET or None, sets=sets)
    asked = form.asked(since=quarter_to(today), until=today)
    whole = selectors.what_was_found(user, programme, **asked) if asked else selectors.nothing_found()
    found, every = whole.findings, whole.every
    context = {
        "heading": "What audits found",
        "lede": written.lede(found, asked),
        "breadcrumbs": crumbs(programme, AUDITS),
        "form": form,
        "found": found,
        "grades": written.grades_table(found.grades) if found.grades else None,
        "said": written.grades_words(found.grades)[1:] if found.grades else [],
        "themes": written.theme_tables(found, programme, request.GET, may_record=may(user, MANAGE, programme)),
        "frames": written.frames_words(whole.frames),
        "drawn": written.agreement_facts(whole.drawn),
        "every": written.agreement_facts(every),
        "matrix": written.matrix_table(every, found.grades.choices) if every and found.grades else None,
        "drift": written.drift_table(whole.drift),
    }
    return render(request, "audits/audit_findings.html", context)
