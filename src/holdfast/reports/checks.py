"""The check that reports can answer: did the chair report to Ministers in each month in which a report was due?

Registered with the notice room under its own name. Rule: what the chair sent, by the day it was sent, answers; an
edition that was frozen for the month shows that figures were ready, and not that anybody wrote to Ministers.
"""

from typing import Any

from holdfast.access.doors import SYSTEM
from holdfast.notice.answers import Asking, CheckAnswer, register_check
from holdfast.notice.due import end_of_month
from holdfast.pages.addresses import address
from holdfast.pages.words import counted, date_words, listed, month_words
from holdfast.reports.models import ChairReport
from holdfast.reports.selectors import chair_reports


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


def register() -> None:
    register_check("ministers_reports", ministers_reports)
