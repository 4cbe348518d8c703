"""Reports of audits: freezing one, recording to which body it went, reading either copy. The account comes first.

Rule: a cycle is reported once, and no day is in two reports; from then on the findings in it stay as they are, and a
correction is a finding of the next. Who may not see the boards' copy is refused it, and the trail keeps the refusal.
"""

import json
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, Missing, account_of, check, may
from holdfast.access.models import TrailRow
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.audits.models import Audit
from holdfast.audits.services.learning import report_findings
from holdfast.jobs import kept
from holdfast.organisation.models import Body, Programme
from holdfast.pages.words import date_words
from holdfast.reports import keeping, rendering
from holdfast.reports.audit_report import audit_report
from holdfast.reports.models import AuditReport, AuditReportSent
from holdfast.reports.selectors import FILES, NoSuchForm

COPIES: Final = {"boards": "For both boards", "members": "For members and the public"}
RECORD: Final = "audit-report"
SHELF: Final = "audit-reports"


class NoSuchAuditReport(Missing):
    """The programme has no report of audits of that number."""

    def __init__(self) -> None:
        super().__init__("There is no such report of audits in this programme.")


class CycleReported(Forbidden):
    """A day of the cycle is in another report, so that the two together would give small counts away."""

    def __init__(self, report: AuditReport) -> None:
        super().__init__(
            f"{report} holds some of these days, and stays as it is. Begin the day after it: what has come to light "
            "since is in the next report.",
            programme=report.programme.code,
            field="since",
        )


class NotOver(NotDone):
    """The cycle has not ended."""

    def __init__(self, today: date) -> None:
        super().__init__(f"Enter a last day that is over: before today, {date_words(today)}", field="until")


class NothingAudited(NotDone):
    """No audit was handed in in the cycle."""

    def __init__(self) -> None:
        super().__init__("No audit was handed in on these days, so there is nothing to report.", field="until")


def audit_reports(user: Actor, code: str) -> QuerySet[AuditReport]:
    """Every report of audits, the last first, with the bodies that it went to."""
    check(user, Permission.SEE_REPORTS, code)
    found = AuditReport.objects.filter(programme__code=code)
    return found.select_related("programme", "frozen_by").prefetch_related("sent__body")


def one_audit_report(user: Actor, code: str, number: int) -> AuditReport:
    """One of them. Raises Refused or NoSuchAuditReport."""
    found = audit_reports(user, code).filter(number=number).first()
    if found is None:
        raise NoSuchAuditReport
    return found


def next_cycle(programme: Programme, today: date) -> dict[str, date]:
    """The days that the next report would be of: from the day after the last one to the end of the last month."""
    until = today.replace(day=1) - timedelta(days=1)
    last = AuditReport.objects.filter(programme=programme).order_by("-until").first()
    first = Audit.objects.filter(programme=programme, handed_in_on__isnull=False).order_by("handed_in_on").first()
    if last is not None:
        return {"since": last.until + timedelta(days=1), "until": until}
    return {"since": first.handed_in_on, "until": until} if first and first.handed_in_on else {}


def copies_for(user: Actor, code: str) -> list[str]:
    """The copies that the account may read, the fullest first."""
    return [copy for copy in COPIES if copy == "members" or may(user, Permission.SEE_AUDIT_REPORTS, code)]


def read_audit_report(user: Actor, report: AuditReport, copy: str, form: str) -> bytes:
    """One copy as "pdf", "html" or "json": the bytes frozen. Raises Refused, NoSuchForm or kept.NotAsKept."""
    boards = copy == "boards"
    check(user, Permission.SEE_AUDIT_REPORTS if boards else Permission.SEE_REPORTS, report.programme.code)
    if form not in FILES or copy not in COPIES:
        raise NoSuchForm(form)
    sha256, files = report.kept(copy)
    name = FILES[form]
    return kept.read(kept.path_of(SHELF, sha256) / name, files[name], keeping.SINCE, f"{report}: the file {name}")


def document_of(user: Actor, report: AuditReport, copy: str) -> dict[str, Any]:
    """What a copy says. Raises as read_audit_report."""
    return dict(json.loads(read_audit_report(user, report, copy, "json")))


def verify_audit_reports(user: Actor = SYSTEM) -> list[str]:
    """A sentence naming each file of a report of audits that is missing or changed. [] when all is as it was frozen."""
    check(user, Permission.SEE_REPORTS)
    rows = TrailRow.objects.filter(action="report of audits frozen").values_list("programme", "detail")
    known = {(code, detail.get("sha256"), detail.get("for members")) for code, detail in rows}
    problems = []
    for report in AuditReport.objects.select_related("programme").order_by("pk"):
        code = report.programme.code
        for copy in COPIES:
            sha256, files = report.kept(copy)
            for name, expected in sorted(files.items()):
                problem = kept.problem_with(SHELF, sha256, keeping.SINCE, file=name, expected=expected)
                if problem:
                    problems.append(f"{report} ({code}): the file {name}, {COPIES[copy].lower()}, {problem}.")
        if (code, report.sha256, report.open_sha256) not in known:
            problems.append(f"{report} ({code}) is not one that the trail says was frozen.")
    return problems


def audit_report_records(user: Actor, code: str) -> list[tuple[str, str]]:
    """The reports that a paper of a meeting may be made from, or evidence name, as "audit-report/1" and its words."""
    if not may(user, Permission.SEE_REPORTS, code):
        return []
    frozen = AuditReport.objects.filter(programme__code=code)
    return [(f"{RECORD}/{made.number}", str(made)) for made in frozen]


def audit_report_address(code: str, key: str) -> str:
    return reverse("audit_report", args=[code, key.partition("/")[2]])


@service
def freeze_audit_report(*, by: Actor, at: datetime, programme: Programme, since: date, until: date) -> AuditReport:
    """Freeze both copies of the report of a cycle that is over, and so the findings in it.

    Raises Refused, NotDone (the days), NotOver, CycleReported or NothingAudited.
    """
    check(by, Permission.MAKE_AUDIT_REPORT, programme.code)
    today = clock.day_of(at)
    if until < since:
        raise NotDone("Enter a last day after the first", field="until")
    if until >= today:
        raise NotOver(today)
    Programme.objects.select_for_update().get(pk=programme.pk)
    others = AuditReport.objects.filter(programme=programme).order_by("-number")
    within = others.filter(Q(since__lte=until) & Q(until__gte=since)).first()
    if within is not None:
        raise CycleReported(within)
    last, account = others.first(), account_of(by)
    number = last.number + 1 if last else 1
    report = AuditReport(programme=programme, number=number, since=since, until=until)
    report.frozen_on, report.frozen_at, report.frozen_by = today, at, account
    maker = account.display_name if account else "the system"
    copies = audit_report(programme, since, until, today, number, maker)
    if not copies["boards"]["n_audits"]:
        raise NothingAudited
    report.sha256, report.files = _keep(copies["boards"])
    report.open_sha256, report.open_files = _keep(copies["members"])
    report.save()
    report_findings(by=by, at=at, programme=programme, numbers=copies["boards"]["findings"], named=str(report))
    detail = {"sha256": report.sha256, "for members": report.open_sha256}
    record("report of audits frozen", programme=programme.code, subject=str(report), detail=detail)
    return report


def _keep(document: dict[str, Any]) -> tuple[str, dict[str, str]]:
    content = keeping.canonical(document)
    sha256 = kept.digest(content)
    files = {
        FILES["json"]: content,
        FILES["html"]: rendering.audit_report_as_html(document, sha256),
        FILES["pdf"]: rendering.audit_report_as_pdf(document, sha256),
    }
    return sha256, kept.keep_folder(SHELF, sha256, files)


@service
def send_audit_report(*, by: Actor, at: datetime, report: AuditReport, body: Body) -> AuditReportSent:
    """Record that a report went to a body today. Raises Refused, or NotDone where it went there already."""
    check(by, Permission.MAKE_AUDIT_REPORT, report.programme.code)
    if report.sent.filter(body=body).exists():
        raise NotDone(f"It went to {body} already.", field="body")
    sent = AuditReportSent(report=report, body=body, sent_on=clock.day_of(at), sent_by=account_of(by))
    sent.save()
    record("report of audits sent", programme=report.programme.code, subject=str(report), detail={"to": str(body)})
    return sent
