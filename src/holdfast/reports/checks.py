"""The checks that reports can answer: did the chair report to Ministers when due, and audits to each board?

And what rests on two rooms beside each other: do audits find oversight as the standards in force ask for it?
Registered with the notice room under its own name. Rule: what the chair sent, by the day it was sent, answers; an
edition that was frozen for the month shows that figures were ready, and not that anybody wrote to Ministers.
"""

from datetime import date, timedelta
from typing import Any, Final

from holdfast.access.doors import SYSTEM
from holdfast.audits.models import Audit
from holdfast.audits.practice_checks import left_out, met_by_random_audits, state_of, words_for
from holdfast.notice.agreement_checks import subjects_on_record
from holdfast.notice.answers import Asking, CheckAnswer, register_check, worst
from holdfast.notice.due import end_of_month
from holdfast.organisation.models import Body
from holdfast.organisation.selectors import body_named
from holdfast.pages.addresses import address
from holdfast.pages.words import counted, date_words, listed, month_words
from holdfast.performance.selectors.compliance import AUDIT
from holdfast.performance.selectors.shares import Share
from holdfast.practice.selectors import oversight
from holdfast.reports.audit_reports import audit_reports
from holdfast.reports.models import AuditReport, ChairReport
from holdfast.reports.selectors import chair_reports

DAYS_OF_A_CYCLE: Final = 92
DAYS_TO_REPORT: Final = 28


def ministers_reports(asking: Asking, requirement: Any, /, **params: Any) -> CheckAnswer:
    """Was a report sent by the last day of each month that was due before the day asked about? Late is not met.

    Months due on that day or later are left out, so that a paper for the day never changes what it says.
    """
    due = [end_of_month(month) for month in requirement.when.get("months", ())]
    past = [day for day in due if day < asking.on]
    page = ("The chair’s reports", address("chair_reports", asking.programme.code))
    if not past:
        if asking.on in due:
            return CheckAnswer("no evidence", f"A report of the chair is due by {date_words(asking.on)}.", (page,))
        return CheckAnswer("no evidence", "No report to Ministers has fallen due yet.", (page,))
    sent = asking.once("chair reports", lambda: list(chair_reports(SYSTEM, asking.programme.code)))
    first = {one.due_on: one for one in sent if one.corrects_id is None and one.sent_on <= asking.on}
    links = tuple(_link(asking, first[day]) for day in past if day in first)
    missing = [month_words(day) for day in past if day not in first]
    late = [first[day] for day in past if day in first and first[day].days_late]
    if missing:
        words = f"The chair sent no report for {listed(missing, 'or')}, due by the last day of the month."
        return CheckAnswer("not met", words, links or (page,))
    if late:
        words = listed([f"{one.in_words} was sent {counted(one.days_late, 'day')} late" for one in late])
        return CheckAnswer("not met", f"{words}.", links)
    return CheckAnswer("met", "The chair sent a report in each month that has fallen due.", links)


def _link(asking: Asking, report: ChairReport) -> tuple[str, str]:
    return (report.in_words, address("chair_report", asking.programme.code, report.number))


def audit_reports_sent(asking: Asking, requirement: Any, /, *, caution: str = "") -> CheckAnswer:
    """Was each cycle of audits reported in time, and did every report go to each body that the notice names?

    A quarter may pass, and 28 days for the report of it; as many again until each body has it. Local practice.
    """
    page = (("Reports of audits", address("audit_reports", asking.programme.code)),)
    first = asking.once("first audit handed in", lambda: _first_audit(asking))
    made = [each for each in _audit_reports(asking) if each.frozen_on <= asking.on]
    if first is None or first.handed_in_on is None:
        return CheckAnswer("no evidence", "No audit has been handed in, so there is nothing to report yet.", page)
    reported = max((each.until for each in made), default=first.handed_in_on - timedelta(days=1))
    n_late = (asking.on - reported).days - DAYS_OF_A_CYCLE - DAYS_TO_REPORT
    if n_late > 0:
        words = (
            f"No report holds the audits handed in since {date_words(reported)}: it is {counted(n_late, 'day')} late."
        )
        return CheckAnswer("not met", words, page)
    if not made:
        return CheckAnswer("no evidence", "No report of audits has been made, and none is late yet.", page)
    bodies = [body_named(SYSTEM, asking.programme.code, name) for name in requirement.receives]
    lacking = [(each, body) for each in made for body in bodies if not _had(each, body, asking.on)]
    if lacking:
        report, body = lacking[-1]
        state = "not met" if (asking.on - report.frozen_on).days > DAYS_TO_REPORT else "at risk"
        return CheckAnswer(state, f"{report} is not recorded as sent to {body}.", page)
    words = f"{counted(len(made), 'report')} of audits went to {listed([str(body) for body in bodies])}"
    return CheckAnswer(
        "at risk" if caution else "met", f"{words}, up to {date_words(reported)}. {caution}".strip(), page
    )


def _first_audit(asking: Asking) -> Audit | None:
    handed_in = Audit.objects.filter(programme=asking.programme, handed_in_on__lte=asking.on)
    return handed_in.order_by("handed_in_on").first()


def _audit_reports(asking: Asking) -> list[AuditReport]:
    """The reports of audits, the first first."""

    def find() -> list[AuditReport]:
        return sorted(audit_reports(SYSTEM, asking.programme.code), key=lambda report: report.number)

    return asking.once("reports of audits", find)


def _had(report: AuditReport, body: Body, on: date) -> bool:
    return any(each.body_id == body.pk and each.sent_on <= on for each in report.sent.all())


def oversight_as_agreed(asking: Asking, requirement: Any, /, **params: Any) -> CheckAnswer:
    """Of random audits of the quarter, how many met each clause of the standards in force when they were handed in?

    Only clauses that an audit asks about; what records show of the others is on the page of oversight.
    """
    link = (("Management oversight", address("oversight", asking.programme.code)),)
    agreed = oversight.in_force(SYSTEM, asking.programme.code, subjects_on_record(asking), asking.on)
    if agreed is None or agreed.standard is None:
        words = "in force" if agreed is None else "in force as clauses"
        return CheckAnswer("no evidence", f"No standards for management oversight are {words}.", link)
    clauses = list(agreed.standard.clauses.all())
    shares = [(clause, _clause_met(asking, clause.audits, agreed.first)) for clause in clauses if clause.audits]
    told = [(clause, share) for clause, share in shares if share.n]
    if not told:
        words = "No random audit of the quarter asks about a clause in force."
        return CheckAnswer("no evidence", f"{words}{left_out(asking)}", link)
    each = tuple(f"{clause.words} (at least {clause.at_least}%): {words_for(asking, share)}." for clause, share in told)
    lead = f"By the standards in force since {date_words(agreed.first)}, of random audits in the quarter"
    rest = f"Audits say nothing of {len(clauses) - len(told)} of {counted(len(clauses), 'clause')}.{left_out(asking)}"
    states = [state_of(share, clause.at_least / 100) for clause, share in told]
    states += ["at risk"] * (len(told) < len(clauses))  # what nobody looked at is not known to be met
    said = f"{lead}: {' '.join(each)} {rest}"
    return CheckAnswer(worst(states), said, link, lead=f"{lead}. {rest}", each=each)


def _clause_met(asking: Asking, measure: str, first: date) -> Share:
    question_set, _, question = measure.removeprefix(AUDIT).partition("/")
    return met_by_random_audits(asking, question_set, question, first)


def register() -> None:
    register_check("oversight_as_agreed", oversight_as_agreed)
    register_check("ministers_reports", ministers_reports)
    register_check("audit_reports_sent", audit_reports_sent)
