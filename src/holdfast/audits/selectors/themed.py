"""What audits say of one theme in a cycle, beside the cycle before: each question by itself, and which way it went.

Only audits drawn at random speak here, one question set at a time. Rule: a change is told only where the interval of
the difference leaves no doubt, after every question of the theme has had its part of what luck may do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.audits.models import Audit
from holdfast.audits.selectors import findings
from holdfast.audits.selectors.findings import AuditRead, Findings
from holdfast.performance.selectors.shares import Share, is_better, safe_together
from holdfast.questions import selectors as questions
from holdfast.questions.counting import Counted
from holdfast.questions.models import QuestionSet

Days = tuple[date, date]
"""The first and the last day of a cycle."""


@dataclass(frozen=True)
class Asked:
    """One question of a theme: how often it fell short now and before, and whether that is better.

    `before` None: it was not asked in the same words. `better` None: it cannot be told. `safe_now` and `safe_before`
    are what readers may have who may see no small count.
    """

    ask: str
    now: Share
    before: Share | None
    better: bool | None
    safe_now: str
    safe_before: str


@dataclass(frozen=True)
class SetAudited:
    """The random audits of one question set in a cycle, and what they say by theme, the most often short first."""

    question_set: QuestionSet
    n: int
    by_theme: dict[str, Sequence[Asked]]


def audited_by_theme(user: Actor, code: str, now: Days, before: Days | None) -> list[SetAudited]:
    """Each question set of which random audits were handed in in a cycle. `before`: the cycle to set it beside."""
    check(user, Permission.SEE_REPORTS, code)
    found = []
    for question_set in questions.question_sets(SYSTEM, code):
        audits = _random(code, question_set, now)
        if audits:
            earlier = _random(code, question_set, before) if before else []
            found.append(SetAudited(question_set, len(audits), _by_theme(audits, earlier)))
    return found


def _random(code: str, question_set: QuestionSet, days: Days) -> list[AuditRead]:
    return findings.audits_found(SYSTEM, code, question_set, Audit.Chosen.RANDOM, *days)


def _by_theme(audits: Sequence[AuditRead], earlier: Sequence[AuditRead]) -> dict[str, Sequence[Asked]]:
    now, was = findings.findings(audits), findings.findings(earlier)
    safe_now, safe_was = _safe(now), _safe(was)
    found: dict[str, Sequence[Asked]] = {}
    for theme, own in now.by_theme.items():
        found[theme] = []
        for counted in own:
            place = next((n for n, other in enumerate(was.counted) if other.question == counted.question), None)
            before = was.counted[place].short if place is not None else None
            better = is_better(before, counted.short, len(own)) if before and counted.short else None
            safe = safe_now[now.counted.index(counted)], safe_was[place] if place is not None else ""
            found[theme] = [*found[theme], Asked(counted.question.ask, _short(counted), before, better, *safe)]
    return found


def _short(counted: Counted) -> Share:
    return counted.short or Share(0, 0, None, None, None)


def _safe(found: Findings) -> list[str]:
    """The safe words of each question, in their order: decided on all that one set asks, whatever theme is read."""
    return safe_together([_short(counted) for counted in found.counted], found.n)
