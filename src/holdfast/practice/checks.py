"""The checks that practice can answer: is everybody told of what is agreed, and do agencies decide alike.

Each is `check(asking, requirement, **params)`, registered with the notice room under its own name, and answers for a
past day from dates alone. Rule: agreement on a few cases is met only when its whole interval is.
"""

from collections.abc import Callable
from typing import Any, Final

from django.urls import reverse

from holdfast.access.days import year_to
from holdfast.access.doors import SYSTEM
from holdfast.notice.agreement_checks import subjects_on_record
from holdfast.notice.answers import Asking, CheckAnswer, register_check
from holdfast.notice.checks import agencies_on_record
from holdfast.organisation.models import Agency
from holdfast.pages.words import counted, date_words, listed, lower_first
from holdfast.practice.selectors import early_help, exercises, thresholds
from holdfast.practice.whose import working_with_children


def _page(asking: Asking, name: str, words: str) -> tuple[tuple[str, str], ...]:
    return ((words, reverse(name, args=[asking.programme.code])),)


def _partners(asking: Asking) -> list[Agency]:
    return working_with_children(agencies_on_record(asking))


def everybody_told(asking: Asking, requirement: Any, *, kind: str) -> CheckAnswer:
    """Have people of every agency that works with children been told of the version in force?"""
    link = _page(asking, "thresholds", "Who was told")
    subjects = [subject for subject in subjects_on_record(asking) if subject.kind == kind]
    held = [one for one in thresholds.as_in_force(subjects, asking.on) if one.version is not None]
    if not held:
        return CheckAnswer("no evidence", f"No version is in force of what everybody is to be told of ({kind}).", link)
    worst, said = "met", []
    for one in held:
        assert one.version is not None
        told = thresholds.every_told(_partners(asking), one.version, asking.on)
        missing = [each.agency.name for each in told if not each.n_people]
        n = sum(each.n_people for each in told)
        words = f"{counted(n, 'person was', 'people were')} told of version {one.version.number} of "
        words += f"{lower_first(one.subject.title)} by {date_words(asking.on)}"
        if not told:
            return CheckAnswer("no evidence", "No agency is set up here to be told.", link)
        if missing:
            worst = "not met"
            words += f"; nobody of {listed(missing)}"
        said.append(f"{words}.")
    return CheckAnswer(worst, " ".join(said), link)


def invented_cases_agreed(asking: Asking, requirement: Any, *, at_least: float, standard: str) -> CheckAnswer:
    """In the last exercise closed in the year to the day: did the agencies decide as the thresholds mean it?"""
    code, link = asking.programme.code, _page(asking, "thresholds", "Exercises of invented cases")
    last = exercises.last_closed(SYSTEM, code, asking.on)
    if last is None or last.closed_on is None or last.closed_on < year_to(asking.on):
        return CheckAnswer("no evidence", "No exercise of invented cases was closed in the year.", link)
    found = exercises.outcome(SYSTEM, last)
    link = (("The exercise", exercises.page_of(last)),)
    if found is None or not found.every.same.n or found.every.same.low is None or found.every.same.high is None:
        return CheckAnswer("no evidence", "Too few people of any agency took part in the last exercise.", link)
    words = f"{last.title}, closed on {date_words(last.closed_on)}: the decision was the one meant in "
    words += f"{found.every.same.words}, held against {standard}"
    without = [*found.absent, *found.left_out]
    if without:
        words += f"; {listed(without)} took no part, or too few did"
    if found.every.same.high < at_least:
        return CheckAnswer("not met", f"{words}.", link)
    is_sure = found.every.same.low >= at_least and not without
    return CheckAnswer("met" if is_sure else "at risk", f"{words}.", link)


def early_help_reported(asking: Asking, requirement: Any, *, months: int) -> CheckAnswer:
    """Did every agency report early help for each of the last months whose time to report is over, and use it?"""
    link = _page(asking, "early_help", "Early help by agency")
    found = early_help.of_every_agency(_partners(asking), asking.on, months)
    if not any(one.months for one in found):
        return CheckAnswer("no evidence", "No agency has reported early help in these months.", link)
    silent = [one.agency.name for one in found if one.missing]
    unused = [one.agency.name for one in found if not one.missing and not one.total("n_begun")]
    n_full = len(found) - len(silent)
    words = f"{n_full:,} of {counted(len(found), 'agency', 'agencies')} reported early help for each of the last "
    words += f"{counted(months, 'month')} due by {date_words(asking.on)}"
    if silent:
        words += f"; {listed(silent)} did not"
    if unused:
        words += f"; {listed(unused)} began no assessment in them"
    return CheckAnswer("not met" if silent or unused else "met", f"{words}.", link)


CHECKS: Final[dict[str, Callable[..., CheckAnswer]]] = {
    "everybody_told": everybody_told,
    "invented_cases_agreed": invented_cases_agreed,
    "early_help_reported": early_help_reported,
}


def register() -> None:
    """Called once, when the application starts."""
    for name, check in CHECKS.items():
        register_check(name, check)
