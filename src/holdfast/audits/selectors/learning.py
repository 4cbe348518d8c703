"""Reading findings and what came of them: actions, re-audits, the change, briefings. The account comes first.

A re-audit plans itself: a quarter after the day on which somebody else accepted the evidence of an action, the same
question is due to be asked again. Nothing keeps that but the plan's own dates, so it cannot be forgotten or moved.
Rule: a finding is read by who sees every audit and by who keeps the plan; once it was reported, also by whoever reads
reports of audits as both boards have them. It names no case.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from holdfast.access.doors import SYSTEM, Actor, Missing, check, may
from holdfast.access.permissions import Permission
from holdfast.audits.models import Briefing, Finding, Sample
from holdfast.audits.selectors import findings as counting
from holdfast.performance.selectors.shares import Share, change_words, share_of
from holdfast.plan import selectors as plan
from holdfast.plan.models import Action

ASK_AGAIN_AFTER: Final = timedelta(days=91)
"""How long practice has to change before the same question is asked again. Local practice: the next quarter."""


class NoSuchFinding(Missing):
    """The programme has no finding of that number."""

    def __init__(self, number: int | str) -> None:
        super().__init__(f"There is no finding {number} here.")


class NoSuchBriefing(Missing):
    """The programme has no briefing of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no lessons briefing {number} here.")


def every_finding(user: Actor, code: str) -> QuerySet[Finding]:
    """Every finding that the account may read, the newest first, with its actions and the samples that ask again."""
    found = Finding.objects.filter(programme__code=code)
    if not any(may(user, one, code) for one in (Permission.MANAGE_PLAN, Permission.SEE_EVERY_AUDIT)):
        check(user, Permission.SEE_AUDIT_REPORTS, code)
        found = found.filter(reported_on__isnull=False)
    related = ("programme", "question_set", "sample__programme", "found_by", "replaces", "replaced_by")
    return found.select_related(*related).prefetch_related("actions", "samples__programme", "samples__version")


def one_finding(user: Actor, code: str, number: int) -> Finding:
    """One of them. Raises Refused or NoSuchFinding."""
    found = every_finding(user, code).filter(number=number).first()
    if found is None:
        raise NoSuchFinding(number)
    return found


def finding_asked(user: Actor, code: str, typed: str) -> Finding | None:
    """The finding whose number an address names; None where it names none. Raises Refused or NoSuchFinding."""
    if not typed:
        return None
    if not typed.isdigit():
        raise NoSuchFinding(typed)
    return one_finding(user, code, int(typed))


def page_of(finding: Finding) -> str:
    return reverse("audit_finding", args=[finding.programme.code, finding.number])


def share_found(finding: Finding) -> Share:
    return share_of(finding.n_short, finding.n)


@dataclass(frozen=True)
class Answering:
    """An action of the plan that answers a finding, and the day from which somebody else has accepted that it is done.

    `action` None: the plan has it no longer.
    """

    ref: str
    action: Action | None
    verified_on: date | None


@dataclass(frozen=True)
class AskedAgain:
    """A sample that asked a finding's question again: how many of its audits answered, and what may be said."""

    sample: Sample
    now: Share
    words: str


@dataclass(frozen=True)
class Loop:
    """One finding with what came of it. `again_on`: when it is due to be asked again; None: nothing is verified."""

    finding: Finding
    actions: Sequence[Answering]
    again_on: date | None
    again: Sequence[AskedAgain]

    def is_late(self, on: date) -> bool:
        """Whether it should have been asked again by a day, and no sample was drawn for it."""
        return self.again_on is not None and self.again_on < on and not self.again


def loops(user: Actor, code: str, on: date) -> list[Loop]:
    """Every finding that stands, the newest first: its actions, when it is asked again, and what was found then."""
    found = [finding for finding in every_finding(user, code) if not hasattr(finding, "replaced_by")]
    actions = {action.ref: action for action in plan.whole_actions(SYSTEM, code)} if found else {}
    return [_loop(finding, actions, on) for finding in found]


def late_to_ask_again(user: Actor, code: str, on: date, actions: Iterable[Action]) -> list[Loop]:
    """The findings that should have been asked again by a day and were not, the one due first first.

    `actions`: the plan's, whole.
    """
    known = {action.ref: action for action in actions}
    found = [one for one in every_finding(user, code) if not hasattr(one, "replaced_by") and not one.samples.all()]
    late = [loop for loop in (_loop(one, known, on) for one in found) if loop.is_late(on)]
    return sorted(late, key=lambda loop: loop.again_on or on)


def loop_of(user: Actor, code: str, finding: Finding, on: date) -> Loop:
    """One finding's."""
    check(user, Permission.SEE_PROGRAMME, code)
    return _loop(finding, {action.ref: action for action in plan.whole_actions(SYSTEM, code)}, on)


def _loop(finding: Finding, actions: Mapping[str, Action], on: date) -> Loop:
    answering = [
        Answering(linked.plan_ref, action, verified_on(action, on) if action else None)
        for linked in finding.actions.all()
        for action in (actions.get(linked.plan_ref),)
    ]
    days = [one.verified_on for one in answering if one.verified_on is not None]
    again = [_asked_again(finding, sample, on) for sample in finding.samples.all() if sample.drawn_on <= on]
    return Loop(finding, answering, min(days) + ASK_AGAIN_AFTER if days else None, again)


def verified_on(action: Action, on: date) -> date | None:
    """The day from which an action is done and somebody else accepted evidence of it, as known on a day; None: not."""
    if not action.was_done(on):
        return None
    answers = [item.answer_by(on) for item in action.counting_evidence(on)]
    return min((answer.answered_on for answer in answers if answer is not None and answer.is_accepted), default=None)


def _asked_again(finding: Finding, sample: Sample, on: date) -> AskedAgain:
    """What a sample's audits answered to a finding's question, in the same words; another wording is not set beside."""
    code = finding.programme.code
    asked = (finding.question_set, finding.chosen, sample.drawn_on, on)
    every = counting.audits_found(SYSTEM, code, *asked, sample=sample.number)
    audits = [audit for audit in every if not audit.waits]  # who reads this may be to grade one of them blind
    own = [one for one in counting.answers_counted(audits) if one.question.code == finding.question]
    same = next((one for one in own if one.question.ask == finding.asked), None)
    if same is None or same.short is None:
        words = "Asked in other words since, so not set beside it" if own else "No audit of it is handed in yet"
        return AskedAgain(sample, share_of(0, 0), "All wait to be graded again" if every and not audits else words)
    words, n = change_words(share_found(finding), same.short), len(every) - len(audits)
    return AskedAgain(sample, same.short, f"{words}; {n} more wait to be graded again" if n else words)


def briefings(user: Actor, code: str) -> QuerySet[Briefing]:
    """Every lessons briefing, the newest first: for everybody who has a part in the programme."""
    check(user, Permission.SEE_PROGRAMME, code)
    return Briefing.objects.filter(programme__code=code).select_related("programme", "made_by")


def one_briefing(user: Actor, code: str, number: int) -> Briefing:
    """One of them. Raises Refused or NoSuchBriefing."""
    found = briefings(user, code).filter(number=number).first()
    if found is None:
        raise NoSuchBriefing(number)
    return found
