"""The checks that audits can answer: are they done as agreed, by every manager, and independently moderated.

Each is `check(asking, requirement, **params)`, registered with the notice room under its own name, and answers for a
past day from dates alone. Rule: how good practice is stands in a figure with its interval, never in a check.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

from django.urls import reverse

from holdfast.access.days import quarter_to, year_to
from holdfast.access.doors import SYSTEM
from holdfast.audits.independence import TEAM_MANAGER
from holdfast.audits.models import Audit, Grading
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.selectors import done
from holdfast.notice.answers import Asking, CheckAnswer, register_check
from holdfast.notice.checks import holders_on_the_day
from holdfast.pages.kept import keep
from holdfast.pages.words import counted, date_words
from holdfast.questions import selectors as questions
from holdfast.questions.models import SetVersion

MANAGERS: Final = frozenset({"practice-manager", TEAM_MANAGER})
"""The roles whose holders the requirement that everybody takes part is asked of."""
DAYS_TO_MODERATE: Final = 28
"""How long a drawn audit may wait for its second grade before that is late. Local practice: the next month."""


def _page(asking: Asking, name: str, words: str) -> tuple[tuple[str, str], ...]:
    return ((words, reverse(name, args=[asking.programme.code])),)


class AuditOfTheYear(NamedTuple):
    """What checks ask of an audit that was handed in; a tuple, since a year may have thousands.

    `drawn_on` None: it was not drawn to be graded again. `second_on`: when it was; None: not yet. `auditor` and
    `audits_again` are keys.
    """

    pk: int
    version: SetVersion
    chosen: str
    sheet: int
    handed_in_on: date
    auditor: int | None
    audits_again: int | None
    drawn_on: date | None
    second_on: date | None

    @property
    def kind(self) -> str:
        return self.version.question_set.kind

    @property
    def waits(self) -> bool:
        """Whether it is still to be graded again blind: whoever is to reads what checks say, so none tells of it."""
        return self.drawn_on is not None and self.second_on is None


def _handed_in(asking: Asking) -> list[AuditOfTheYear]:
    """The audits handed in in the quarter to the day."""
    return [audit for audit in of_the_year(asking) if audit.handed_in_on >= quarter_to(asking.on)]


def of_the_year(asking: Asking) -> list[AuditOfTheYear]:
    """The audits handed in in the year to the day: read once for all checks, whoever asks."""

    def find() -> list[AuditOfTheYear]:
        found = selectors.standing(Audit.objects.filter(programme=asking.programme), asking.on)
        found = found.filter(handed_in_on__gte=year_to(asking.on), handed_in_on__lte=asking.on).order_by("number")
        again = Grading.objects.filter(audit__in=found, part=Grading.Part.MODERATOR, given_on__lte=asking.on)
        second = dict(again.values_list("audit_id", "given_on"))
        own = ("pk", "version_id", "chosen", "sheet_id", "handed_in_on", "auditor_id", "audits_again_id")
        rows = list(found.values_list(*own, "moderation__drawn_on"))
        versions = SetVersion.objects.select_related("question_set").in_bulk({row[1] for row in rows})
        for version in versions.values():
            questions.wording(version)  # what is kept leaves nothing to be read later
        return [
            AuditOfTheYear(pk, versions[version], *others, second_on=second.get(pk)) for pk, version, *others in rows
        ]

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
    rows = selectors.standing(given.filter(due_on__gte=quarter_to(asking.on)), asking.on)
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
    n = len(managers & {audit.auditor for audit in _handed_in(asking)})
    words = f"{n:,} of {counted(len(managers), 'manager')} (of practice or of a team) handed one in in that quarter."
    return "met" if n == len(managers) else "at risk", words


def audits_moderated(asking: Asking, requirement: Any) -> CheckAnswer:
    """Was every audit that was drawn graded again by somebody outside the line, within the time for it?"""
    link = _page(asking, "audits", "Audits")
    audits = _handed_in(asking)
    if not audits:
        return CheckAnswer("no evidence", "No audit was handed in in the quarter.", link)
    drawn = [audit for audit in audits if audit.drawn_on is not None and audit.drawn_on <= asking.on]
    waiting = [audit for audit in drawn if audit.second_on is None]
    late = [one for one in waiting if one.drawn_on and (asking.on - one.drawn_on).days > DAYS_TO_MODERATE]
    words = f"Of {counted(len(audits), 'audit')} handed in in the quarter to {date_words(asking.on)}, "
    words += f"{len(drawn) - len(waiting):,} were graded again by somebody who had not seen the first grade"
    if late:
        return CheckAnswer("not met", f"{words}; {len(late):,} have waited over {DAYS_TO_MODERATE} days.", link)
    if waiting or not drawn:
        more = f"{len(waiting):,} wait" if waiting else "none was drawn"
        return CheckAnswer("at risk", f"{words}; {more}.", link)
    return CheckAnswer("met", f"{words}: every one that was drawn for it.", link)


CHECKS: Final[dict[str, Callable[..., CheckAnswer]]] = {
    "audits_as_agreed": audits_as_agreed,
    "audits_by_all": audits_by_all,
    "audits_moderated": audits_moderated,
}


def register() -> None:
    """Called once, when the application starts."""
    for name, check in CHECKS.items():
        register_check(name, check)
