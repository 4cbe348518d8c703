"""The checks that audits can answer: are they done as agreed, by every manager, and independently moderated.

Each is `check(asking, requirement, **params)`, registered with the notice room under its own name, and answers for a
past day from dates alone. Rule: how good practice is stands in a figure with its interval, never in a check.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from django.urls import reverse

from holdfast.access.doors import SYSTEM
from holdfast.audits.independence import TEAM_MANAGER
from holdfast.audits.models import Audit, Moderation
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.selectors import done
from holdfast.notice.answers import Asking, CheckAnswer, register_check
from holdfast.notice.checks import holders_on_the_day
from holdfast.pages.kept import keep
from holdfast.pages.words import counted, date_words
from holdfast.performance.selectors.shares import share_of
from holdfast.questions import selectors as questions

A_QUARTER: Final = timedelta(days=91)
A_YEAR: Final = timedelta(days=365)
MANAGERS: Final = frozenset({"practice-manager", TEAM_MANAGER})
"""The roles whose holders the requirement that everybody takes part is asked of."""
DAYS_TO_MODERATE: Final = 28
"""How long a drawn audit may wait for its second grade before that is late. Local practice: the next month."""


def _page(asking: Asking, name: str, words: str) -> tuple[tuple[str, str], ...]:
    return ((words, reverse(name, args=[asking.programme.code])),)


def _handed_in(asking: Asking) -> list[Audit]:
    """The audits handed in in the quarter to the day, with their grades and moderation."""
    return [audit for audit in of_the_year(asking) if audit.handed_in_on and audit.handed_in_on > asking.on - A_QUARTER]


def of_the_year(asking: Asking) -> list[Audit]:
    """The audits handed in in the year to the day, with their grades and moderation: read once for all checks."""

    def find() -> list[Audit]:
        found = selectors.standing(selectors.every_audit(SYSTEM, asking.programme.code), asking.on)
        audits = list(found.filter(handed_in_on__gt=asking.on - A_YEAR, handed_in_on__lte=asking.on))
        for version in {audit.version_id: audit.version for audit in audits}.values():
            questions.wording(version)  # what is kept leaves nothing to be read later
        return audits

    kept = partial(keep, "audits of the year", SYSTEM, asking.programme.code, find, also=asking.on, reads_all=True)
    return asking.once("audits of the year", kept)


def audits_as_agreed(asking: Asking, requirement: Any) -> CheckAnswer:
    """Were as many audits handed in, kind by kind, as the programme of audits in force asks for? Ended periods only."""
    code, link = asking.programme.code, _page(asking, "audit_programme", "The programme of audits")
    plan, periods = asking.once("audits planned", lambda: done.planned_and_done(SYSTEM, code, asking.on))
    n = len(_handed_in(asking))
    if plan is None:
        if not n:
            return CheckAnswer("no evidence", "No programme of audits is in force, and no audit was handed in.", link)
        words = f"{counted(n, 'audit was', 'audits were')} handed in in the quarter to {date_words(asking.on)}"
        words += ", whenever they were due"
        return CheckAnswer("at risk", f"{words}, and no programme of audits is in force to hold them against.", link)
    if not periods:
        words = f"The programme of audits has been in force since {date_words(plan.from_on)}: no period has ended yet."
        return CheckAnswer("no evidence", words, link)
    short = [one for one in periods if one.n_short]
    if not short:
        words = f"Every audit asked for in {counted(len(periods), 'ended period')} was handed in"
        return CheckAnswer("met", f"{words}, up to {date_words(max(one.ends_on for one in periods))}.", link)
    newest = max(one.ends_on for one in periods)
    worst = max(short, key=lambda one: (one.ends_on, one.n_short))
    words = f"{worst.line.title}: {worst.n_done:,} of {worst.n_planned:,} were handed in, {worst.words}"
    state = "not met" if any(one.ends_on == newest for one in short) else "at risk"
    return CheckAnswer(state, f"{words}. {len(short)} of {len(periods)} ended periods fell short.", link)


def audits_by_all(asking: Asking, requirement: Any) -> CheckAnswer:
    """Is every audit that was due by the day handed in, and did every manager hand one in in the quarter?"""
    link = _page(asking, "audits", "Audits")
    given = Audit.objects.filter(programme=asking.programme, allocated_on__lte=asking.on, due_on__lt=asking.on)
    rows = selectors.standing(given.filter(due_on__gt=asking.on - A_QUARTER), asking.on)
    days = list(rows.values_list("handed_in_on", flat=True))
    if not days:
        return CheckAnswer("no evidence", "No audit was due in the quarter.", link)
    n_in = sum(day is not None and day <= asking.on for day in days)
    state, took_part = _managers_take_part(asking)
    words = f"{n_in:,} of {len(days):,} audits due in the quarter to {date_words(asking.on)} are handed in. {took_part}"
    return CheckAnswer(state if n_in == len(days) else "not met", words, link)


def _managers_take_part(asking: Asking) -> tuple[str, str]:
    """Whether each practice and team manager of the day handed an audit in in the quarter: a state, and a sentence."""
    managers = {held.account_id for held in holders_on_the_day(asking) if held.role in MANAGERS}
    if not managers:
        return "no evidence", "Nobody is on record as a manager, so nothing shows that managers take part."
    n = len(managers & {audit.auditor_id for audit in _handed_in(asking)})
    words = f"{n:,} of {counted(len(managers), 'manager')} (of practice or of a team) handed one in in that quarter."
    return "met" if n == len(managers) else "at risk", words


def audits_moderated(asking: Asking, requirement: Any) -> CheckAnswer:
    """Was every audit that was drawn graded again by somebody outside the line, within the time for it?"""
    link = _page(asking, "audits", "Audits")
    audits = _handed_in(asking)
    if not audits:
        return CheckAnswer("no evidence", "No audit was handed in in the quarter.", link)
    drawn = [audit for audit in audits if hasattr(audit, "moderation") and audit.moderation.drawn_on <= asking.on]
    graded = [audit for audit in drawn if _second_by(audit, asking.on)]
    late = [audit for audit in drawn if audit not in graded and _waits_too_long(audit.moderation, asking.on)]
    words = f"Of {counted(len(audits), 'audit')} handed in in the quarter to {date_words(asking.on)}, "
    words += f"{share_of(len(graded), len(audits)).of} were graded again by somebody who had not seen the first grade"
    if late:
        return CheckAnswer("not met", f"{words}; {len(late):,} have waited over {DAYS_TO_MODERATE} days.", link)
    waiting = len(drawn) - len(graded)
    if waiting or not drawn:
        more = f"{waiting:,} wait" if waiting else "none was drawn"
        return CheckAnswer("at risk", f"{words}; {more}.", link)
    return CheckAnswer("met", f"{words}, every one that was drawn.", link)


def _second_by(audit: Audit, on: date) -> bool:
    return any(each.part == "moderator" and each.given_on <= on for each in audit.gradings.all())


def _waits_too_long(moderation: Moderation, on: date) -> bool:
    return (on - moderation.drawn_on).days > DAYS_TO_MODERATE


CHECKS: Final[dict[str, Callable[..., CheckAnswer]]] = {
    "audits_as_agreed": audits_as_agreed,
    "audits_by_all": audits_by_all,
    "audits_moderated": audits_moderated,
}


def register() -> None:
    """Called once, when the application starts."""
    for name, check in CHECKS.items():
        register_check(name, check)
