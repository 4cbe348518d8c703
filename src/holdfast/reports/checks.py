"""The check that reports can answer: was there a report to Ministers for each month in which one was due?

Registered with the notice room under its own name. Rule: a frozen report shows that one was ready, with the figures
it rests on; that it was sent is for a person to say.
"""

from datetime import date
from typing import Any

from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.notice.answers import Asking, CheckAnswer, register_check
from holdfast.notice.due import end_of_month
from holdfast.pages.words import date_words
from holdfast.reports.models import Edition
from holdfast.reports.selectors import document, editions


def ministers_reports(asking: Asking, requirement: Any, /, **params: Any) -> CheckAnswer:
    """Is there an edition, with the chair's own words, for each month that was due before the day asked about?

    Months due on that day or later are left out, so that freezing a report never changes what that report says.
    """
    due = [end_of_month(month) for month in requirement.when.get("months", ())]
    past = [day for day in due if day < asking.on]
    if not past:
        if asking.on in due:
            words = f"A report is due by {date_words(asking.on)}. A report for that day is the one that is due."
            return CheckAnswer("no evidence", words)
        return CheckAnswer("no evidence", "No report to Ministers has fallen due yet.")
    frozen = asking.once("editions", lambda: _last_by_month(asking.programme.code, asking.on))
    found = {day: frozen.get((day.year, day.month)) for day in past}
    links = tuple(
        (edition.in_words, reverse("edition", args=[asking.programme.code, edition.kind, edition.on, edition.number]))
        for edition in found.values()
        if edition is not None
    )
    missing = [date_words(day) for day, edition in found.items() if edition is None]
    if missing:
        return CheckAnswer("not met", f"No report was frozen for the month to {' or '.join(missing)}.", links)
    wordless = [edition for edition in found.values() if edition and not document(SYSTEM, edition)["covering"]]
    if wordless:
        said = " and ".join(edition.in_words for edition in wordless)
        return CheckAnswer("at risk", f"The chair has not written in {said}.", links)
    return CheckAnswer("met", "A report in the chair's own words was frozen for each month that has fallen due.", links)


def _last_by_month(code: str, on: date) -> dict[tuple[int, int], Edition]:
    """The last edition for any day of each month, of those frozen by a day. One query, however many are due."""
    made = editions(SYSTEM, code).filter(kind=Edition.Kind.MINISTERS).order_by("on", "number")
    return {(one.on.year, one.on.month): one for one in made if clock.day_of(one.frozen_at) <= on}


def register() -> None:
    register_check("ministers_reports", ministers_reports)
