"""Pages of the reports of audits: which there are, one in either copy, its files, freezing one, saying where it went.

Rule: whoever may not read the boards' copy is shown the one for members, and is refused the other at its address.
"""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, may, requires
from holdfast.access.permissions import Permission
from holdfast.jobs import kept
from holdfast.jobs.attachments import download
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import ask, sent
from holdfast.pages.confirming import confirm
from holdfast.pages.crumbs import crumbs
from holdfast.pages.tables import Column, facts, link, table
from holdfast.pages.words import date_words, days_words, listed
from holdfast.reports import audit_reports as reports
from holdfast.reports.forms import AuditReportForm, SentForm
from holdfast.reports.models import AuditReport
from holdfast.reports.written import CONTENT_TYPES, FORMS

REPORTS, AUDIT_REPORTS = ("Reports", "editions"), ("Reports of audits", "audit_reports")


@requires(Permission.SEE_REPORTS)
def audit_reports(request: HttpRequest, programme: str) -> HttpResponse:
    columns = [
        Column[AuditReport]("Report", lambda made: link(str(made), "audit_report", programme, made.number)),
        Column("Frozen on", lambda made: date_words(made.frozen_on)),
        Column("Went to", _went_to),
    ]
    context = {
        "heading": "Reports of audits",
        "lede": "What audits found in each cycle, for both boards, as it was on the day it was frozen.",
        "breadcrumbs": crumbs(programme, REPORTS),
        "table": table("Reports of audits", columns, reports.audit_reports(request.user, programme)),
        "may_make": may(request.user, Permission.MAKE_AUDIT_REPORT, programme),
        "make_url": reverse("freeze_audit_report", args=[programme]),
        "loop_url": reverse("learning_loop", args=[programme]) if _reads_findings(request, programme) else "",
    }
    return render(request, "reports/audit_reports.html", context)


def _reads_findings(request: HttpRequest, programme: str) -> bool:
    given = (Permission.SEE_AUDIT_REPORTS, Permission.SEE_EVERY_AUDIT, Permission.MANAGE_PLAN)
    return any(may(request.user, permission, programme) for permission in given)


def _went_to(report: AuditReport) -> str:
    return listed([f"{each.body}, {date_words(each.sent_on)}" for each in report.sent.all()]) or "No board yet"


@requires(Permission.SEE_REPORTS)
def audit_report(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    return _shown(request, programme, number, reports.copies_for(request.user, programme)[0])


@requires(Permission.SEE_REPORTS)
def audit_report_copy(request: HttpRequest, programme: str, number: int, copy: str) -> HttpResponse:
    return _shown(request, programme, number, copy)


def _shown(request: HttpRequest, programme: str, number: int, copy: str) -> HttpResponse:
    report, user = reports.one_audit_report(request.user, programme, number), request.user
    others = [name for name in reports.copies_for(user, programme) if name != copy]
    own = [programme, number]
    context = {
        "heading": f"What audits found, report {number}",
        "caption": reports.COPIES.get(copy, ""),
        "breadcrumbs": crumbs(programme, REPORTS, AUDIT_REPORTS),
        "facts": _facts(report, copy),
        "other": {"text": f"Read the copy {reports.COPIES[others[0]].lower()}", "url": _copy(own, others[0])}
        if others
        else None,
        "files": [
            {"text": words, "url": reverse("audit_report_file", args=[*own, copy, form])}
            for form, words in FORMS.items()
        ],
        "may_send": may(user, Permission.MAKE_AUDIT_REPORT, programme),
        "send_url": reverse("send_audit_report", args=own),
    }
    try:
        context["document"] = reports.document_of(user, report, copy)
    except kept.NotAsKept as changed:
        return render(request, "reports/audit_report.html", {**context, "changed": changed}, status=500)
    return render(request, "reports/audit_report.html", context)


def _copy(own: list[str | int], copy: str) -> str:
    return reverse("audit_report_copy", args=[*own, copy])


def _facts(report: AuditReport, copy: str) -> list[dict[str, str]]:
    maker = report.frozen_by.display_name if report.frozen_by else "the system"
    return facts(
        ("Audits handed in", days_words(report.since, report.until)),
        ("Frozen on", f"{date_words(report.frozen_on)}, by {maker}"),
        ("Went to", _went_to(report)),
        ("Hash", report.kept(copy)[0][:8]),
    )


@requires(Permission.SEE_REPORTS)
def audit_report_file(request: HttpRequest, programme: str, number: int, copy: str, form: str) -> HttpResponse:
    report = reports.one_audit_report(request.user, programme, number)
    try:
        content = reports.read_audit_report(request.user, report, copy, form)
    except kept.NotAsKept:
        return redirect("audit_report", programme=programme, number=number)
    return download(content, f"{programme}-audits-{number}-for-{copy}.{form}", CONTENT_TYPES[form])


@requires(Permission.MAKE_AUDIT_REPORT)
def freeze_audit_report(request: HttpRequest, programme: str) -> HttpResponse:
    owner = organisation.programme(request.user, programme)
    form = AuditReportForm(sent(request), initial=reports.next_cycle(owner, clock.today()))
    frame = {"heading": "Freeze the report of a cycle", "breadcrumbs": crumbs(programme, REPORTS, AUDIT_REPORTS)}
    words = "The report is frozen in two copies, and every finding recorded by then stays as it is, for good."
    sure = confirm(request, form, words, submit="Freeze the report", **frame)
    if sure is not None:
        return sure
    return ask(
        request,
        form,
        partial(reports.freeze_audit_report, programme=owner),
        then=lambda report: reverse("audit_report", args=[programme, report.number]),
        said=lambda report: f"{report} is frozen. Put it before both boards, and record when it went.",
        submit="Go on",
        inset="A cycle is reported once, and no day is in two reports. What comes to light later is in the next one.",
        **frame,
    )


@requires(Permission.MAKE_AUDIT_REPORT)
def send_audit_report(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    report = reports.one_audit_report(request.user, programme, number)
    trail = [*crumbs(programme, REPORTS, AUDIT_REPORTS), (f"Report {number}", _page(programme, number))]
    return ask(
        request,
        SentForm(sent(request), bodies=organisation.bodies(SYSTEM, programme)),
        partial(reports.send_audit_report, report=report),
        then=_page(programme, number),
        said=lambda sent: f"It is recorded that the report went to {sent.body} today.",
        heading="Record that it went to a board",
        caption=str(report),
        submit="Record it",
        inset="Holdfast sends it to nobody. Put it into the pack of a meeting, or hand it over, then record it here.",
        breadcrumbs=trail,
    )


def _page(programme: str, number: int) -> str:
    return reverse("audit_report", args=[programme, number])
