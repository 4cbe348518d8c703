"""The pages of panels and calibration cases.

Rule: a calibration case shows nobody's grade, nor how many gave which, before it is closed.
"""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access import clock
from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.audits import written_together as written
from holdfast.audits.selectors import audits
from holdfast.audits.selectors import grading_together as selectors
from holdfast.audits.selectors.audits import page_of
from holdfast.audits.services import grading_together as services
from holdfast.audits.together_forms import CalibrationForm, DeclarationForm, GradeForm, PanelForm
from holdfast.audits.views.auditing import AUDITS, under
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import crumbs
from holdfast.questions import selectors as questions
from holdfast.questions.warning import ask_in_words

CALIBRATIONS = ("Calibration cases", "calibrations")


@requires(Permission.MANAGE_AUDITS)
def call_panel(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = audits.one_audit(request.user, programme, number)
    people = [(str(one.account), one.name) for one in audits.may_sit(found)]
    return ask_in_words(
        request,
        PanelForm(sent(request), people=people),
        partial(services.call_panel, audit=found),
        then=page_of(found),
        said="The panel is called. Each member says next whether they have a conflict.",
        heading=f"Call a panel for audit {number}",
        inset="It gives the final grade where two differ. Its chair records it, once each member has declared.",
        submit="Call the panel",
        breadcrumbs=under(programme, found),
    )


@requires(Permission.SEE_AUDITS)
def declare_on_panel(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = audits.one_audit(request.user, programme, number)
    panel = selectors.own_panel(request.user, found)
    return ask(
        request,
        DeclarationForm(sent(request)),
        partial(services.declare_on_panel, panel=panel),
        then="../..",
        said="That is recorded, and nobody is told why.",
        heading=f"Say whether you have a conflict about audit {number}",
        caption=f"Case {found.case_ref}, {found.team}",
        submit="Record it",
        breadcrumbs=crumbs(programme, AUDITS),
    )


@requires(Permission.SEE_AUDITS)
def calibrations(request: HttpRequest, programme: str) -> HttpResponse:
    user = request.user
    sees_every = may(user, Permission.SEE_EVERY_AUDIT, programme)
    context = {
        "heading": "Calibration cases",
        "lede": "The same case, graded by every auditor alone, so that one grade means the same from each of them.",
        "breadcrumbs": crumbs(programme, AUDITS),
        "cases": written.calibrations_table(
            list(selectors.calibrations(user, programme)), selectors.own_labels(user, programme)
        ),
        "calibrated": written.calibrated_table(selectors.calibrated(user, programme)) if sees_every else None,
        "may_set": may(user, Permission.MANAGE_AUDITS, programme),
    }
    return render(request, "audits/calibrations.html", context)


@requires(Permission.SEE_AUDITS)
def calibration(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    user, found = request.user, selectors.one_calibration(request.user, programme, number)
    own, scale = selectors.own_grade(user, found), selectors.asked_of(found)[1]
    chosen = scale.choice(own.whole) if own else None
    context = {
        "heading": found.title,
        "breadcrumbs": crumbs(programme, AUDITS, CALIBRATIONS),
        "calibration": found,
        "own": own,
        "own_label": chosen.label if chosen else "",
        "may_grade": selectors.may_grade(user, found),
        "may_close": found.closed_on is None and may(user, Permission.MANAGE_AUDITS, programme),
        "given": written.given_table(found) if found.closed_on else None,
        "agreed": written.agreed_words(found) if found.closed_on else "",
        "is_late": found.closed_on is None and found.due_on < clock.today(),
    }
    return render(request, "audits/calibration.html", context)


@requires(Permission.MANAGE_AUDITS)
def set_calibration(request: HttpRequest, programme: str) -> HttpResponse:
    return ask_in_words(
        request,
        CalibrationForm(sent(request), versions=questions.newest_versions(request.user, programme)),
        partial(services.set_calibration, programme=organisation.programme(request.user, programme)),
        then=selectors.page_of,
        said="It is set. Every auditor and moderator grades it alone, and sees no other grade before it is closed.",
        heading="Set a calibration case",
        submit="Set it",
        breadcrumbs=crumbs(programme, AUDITS, CALIBRATIONS),
    )


@requires(Permission.SEE_AUDITS)
def grade_calibration(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.to_grade(request.user, programme, number)
    question, scale = selectors.asked_of(found)
    grades = [(choice.code, choice.label) for choice in scale.choices]
    return ask(
        request,
        GradeForm(sent(request), name="whole", label=question.ask, grades=grades),
        partial(services.grade_calibration, calibration=found),
        then=selectors.page_of(found),
        said="Your grade is kept. You see the others once the case is closed.",
        heading="Grade the case",
        caption=found.title,
        inset=found.case,
        warning="A grade is given once, and kept.",
        submit="Give this grade",
        breadcrumbs=crumbs(programme, AUDITS, CALIBRATIONS),
    )


@requires(Permission.MANAGE_AUDITS)
def close_calibration(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    found = selectors.one_calibration(request.user, programme, number)
    grades = [(choice.code, choice.label) for choice in selectors.asked_of(found)[1].choices]
    return ask(
        request,
        GradeForm(sent(request), name="agreed", label="Which grade was agreed?", grades=grades),
        partial(services.close_calibration, calibration=found),
        then=selectors.page_of(found),
        said="It is closed. Everybody sees how many gave which grade, and theirs beside the agreed one.",
        heading="Close the calibration case",
        caption=found.title,
        warning="No further grade can be given.",
        submit="Close it",
        breadcrumbs=crumbs(programme, AUDITS, CALIBRATIONS),
    )
