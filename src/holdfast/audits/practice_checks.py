"""The checks of what audits found: of released measures of random cases, and of what audits kept here lead to.

Each is `check(asking, requirement, **params)`, and answers for a past day from dates alone. Rule: a sample shows what
is within its interval and no more: met is the whole of it at the standard, and none found is not none. Decided on
whole counts; a small one is printed only for whoever may see small counts, and a report to Ministers is for everybody.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import BigIntegerField, Case, F, Min, Q, When
from django.db.models.functions import Cast
from django.urls import reverse

from holdfast.access.days import come_by, quarter_to, year_to
from holdfast.access.doors import SYSTEM, may
from holdfast.access.permissions import Permission
from holdfast.audits.checks import AuditOfTheYear, of_the_year
from holdfast.audits.grading import standing_grade
from holdfast.audits.models import Audit, Critical, Finding, Remedy
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.selectors import joint
from holdfast.audits.selectors.remedies import OF_MANY
from holdfast.notice.answers import Asking, CheckAnswer, register_check, worst
from holdfast.notice.checks import not_counted
from holdfast.notice.figures import HIDDEN, IndicatorFact, fact
from holdfast.pages.kept import keep_for_good
from holdfast.pages.words import counted, date_words
from holdfast.performance.selectors.shares import Share, share_of
from holdfast.questions import selectors as questions
from holdfast.questions.counting import Counted, counts_of, together
from holdfast.questions.models import SetVersion, Sheet

CLOSURES: Final = "closure-audit"
DAYS_TO_ACT: Final = 28
"""How long a finding may be without an action before that is a failing. Local practice: the next month."""


def sampled_share(
    asking: Asking, requirement: Any, *, indicators: Sequence[str], at_least: float, standard: str, caution: str = ""
) -> CheckAnswer:
    """Does each measure of random cases reach a standard, whatever the luck of the draw? The worst answers for all.

    Of the year so far. Met needs the whole interval at the standard with every unknown a no; not met, the whole of it
    below with every unknown a yes.
    """
    found = [fact(asking, indicator) for indicator in indicators]
    known = [one for one in found if one is not None]
    if not known:
        return CheckAnswer("no evidence", "No published release holds what audits found yet.")
    states = [_of_sample(one, at_least) for one in known] + ["no evidence"] * (len(found) - len(known))
    each = tuple(_figure_said(one) for one in known)
    lead = f"{not_counted(indicators, known)}The standard is {standard}, and these are samples. {caution}".strip()
    links = tuple(one.link for one in known)
    return CheckAnswer(worst(states), f"{' '.join(each)} {lead}", links, lead=lead, each=each)


def _bounds(one: IndicatorFact) -> tuple[Share, Share] | None:
    """The share with every unknown a no, and with every unknown a yes; None where nothing was audited."""
    figure = one.figure
    if figure is None or figure.n_in is None or figure.denominator is None:
        return None
    unknown = figure.n_unknown or 0
    whole = figure.denominator + unknown
    return (share_of(figure.n_in, whole), share_of(figure.n_in + unknown, whole)) if whole else None


def _of_sample(one: IndicatorFact, at_least: float) -> str:
    bounds = _bounds(one)
    if bounds is None or bounds[0].low is None or bounds[1].high is None:
        return "no evidence"
    if bounds[0].low >= at_least:
        return "met"
    return "not met" if bounds[1].high < at_least else "at risk"


def _figure_said(one: IndicatorFact) -> str:
    """The figure as the reader may see it, and how far a sample of that size can be off."""
    figure = one.figure
    is_hidden = HIDDEN in one.figure_words  # an interval of it would give it away, and is not of the month beside it
    if figure is None or figure.n_in is None or not figure.denominator or "%" not in one.figure_words or is_hidden:
        return one.figure_words
    return f"{one.figure_words} 95% interval {share_of(figure.n_in, figure.denominator).interval}."


def _random_audits(asking: Asking, kind: str) -> list[AuditOfTheYear]:
    """The audits of a kind, drawn at random and handed in in the quarter to the day, of which something is told."""
    return [audit for audit in of_kind(asking, kind) if _is_random_of_quarter(asking, audit) and not audit.waits]


def _is_random_of_quarter(asking: Asking, audit: AuditOfTheYear) -> bool:
    return audit.handed_in_on >= quarter_to(asking.on) and audit.chosen == Audit.Chosen.RANDOM


def left_out(asking: Asking, kind: str = "") -> str:
    """How many random audits of the quarter, of a kind, still wait to be graded again and are in no count; "" none."""
    every = of_kind(asking, kind) if kind else of_the_year(asking)
    n = sum(audit.waits and _is_random_of_quarter(asking, audit) for audit in every)
    said = counted(n, "more audit waits", "more audits wait")
    return f" {said} to be graded again, and counts from then." if n else ""


def of_kind(asking: Asking, kind: str) -> list[AuditOfTheYear]:
    """The audits of a kind handed in in the year to the day."""
    return [audit for audit in of_the_year(asking) if audit.kind == kind]


class _Lot(NamedTuple):
    """The random audits of one question set that were handed in on one day."""

    kind: str
    question_set: str
    on: date


def _counts(asking: Asking) -> Mapping[_Lot, Mapping[str, Counted]]:
    """What the random audits of the quarter answered: read once for all checks, and counted for good."""

    def find() -> Mapping[_Lot, Mapping[str, Counted]]:
        lots: dict[_Lot, dict[int, SetVersion]] = {}
        for audit in of_the_year(asking):
            if _is_random_of_quarter(asking, audit) and not audit.waits:
                lot = _Lot(audit.kind, audit.version.question_set.code, audit.handed_in_on)
                lots.setdefault(lot, {})[audit.sheet] = audit.version
        made_of = tuple(sheet for own in lots.values() for sheet in own)
        return keep_for_good("answers by day", made_of, lambda: counts_of(lots))

    return asking.once("answers of random audits", find)


def _counted(asking: Asking, kind: str) -> list[Counted]:
    lots = _counts(asking).items()
    return asking.once(("answers of", kind), lambda: together(own for lot, own in lots if lot.kind == kind))


def _page(asking: Asking, name: str, words: str) -> tuple[tuple[str, str], ...]:
    return ((words, reverse(name, args=[asking.programme.code])),)


def _sees_small(asking: Asking) -> bool:
    return may(asking.user, Permission.SEE_SMALL_COUNTS, asking.programme.code)


def words_for(asking: Asking, share: Share) -> str:
    """The share as the reader may see it: a small count, or one that leaves a small count, is hidden with all of it."""
    return HIDDEN if share.is_small and not _sees_small(asking) else share.words


def state_of(share: Share, at_least: float) -> str:
    if share.low is None or share.high is None:
        return "no evidence"
    return "met" if share.low >= at_least else "not met" if share.high < at_least else "at risk"


def audited_answers(
    asking: Asking, requirement: Any, *, kind: str, asked: Sequence[str], at_least: float, standard: str
) -> CheckAnswer:
    """Of random audits of a kind in the quarter, how many met what each question looks for? The worst answers."""
    link = _page(asking, "audits", "Audits")
    found = [one for one in _counted(asking, kind) if one.question.code in asked and one.met is not None]
    shares = [(one.question.ask, one.met) for one in found if one.met is not None and one.met.n]
    if not shares:
        words = "No audit that asks this was handed in in the quarter."
        return CheckAnswer("no evidence", f"{words}{left_out(asking, kind)}", link)
    each = tuple(f"{ask} {words_for(asking, share)}." for ask, share in shares)
    lead, when = f"The standard is {standard}, and these are samples.", f"In the quarter to {date_words(asking.on)}"
    lead += left_out(asking, kind)
    state = worst([state_of(share, at_least) for _, share in shares])
    return CheckAnswer(state, f"{when}: {' '.join(each)} {lead}", link, lead=f"{when}. {lead}", each=each)


def principles_met(asking: Asking, requirement: Any, *, kind: str, section: str, at_least: float) -> CheckAnswer:
    """Of what random audits looked for in a section, how much was there, by the principle of the guidance it serves?"""
    link = _page(asking, "audits", "Audits")
    audits = _random_audits(asking, kind)
    in_all: dict[str, tuple[int, int]] = {}
    words_of = {code: words for audit in audits for code, words in questions.wording(audit.version).principles.items()}
    for one in _counted(asking, kind):
        if one.question.section == section and one.met is not None:
            n_in, n = in_all.get(one.question.principle, (0, 0))
            in_all[one.question.principle] = (n_in + one.met.n_in, n + one.met.n)
    if not any(n for _, n in in_all.values()):
        words = "No random audit that looks at this was handed in in the quarter."
        return CheckAnswer("no evidence", f"{words}{left_out(asking, kind)}", link)
    shares = [(words_of.get(code, code), n_in, n) for code, (n_in, n) in sorted(in_all.items()) if n]
    states = ["at risk" if n_in >= at_least * n else "not met" for _, n_in, n in shares]
    worst_first = sorted(zip(states, shares, strict=True), key=lambda pair: pair[0] != "not met")
    each = tuple(_principle_said(asking, words, share_of(n_in, n)) for _, (words, n_in, n) in worst_first)
    drawn = f"Counted in {counted(len(audits), 'random audit')} in the quarter to {date_words(asking.on)}."
    drawn += left_out(asking, kind)
    standard = f"The standard is {at_least:.0%} of the answers to each."
    doubt = "Answers of one audit hang together, so this has no interval, and never says met by itself."
    lead = f"{drawn} {standard} {doubt}"
    return CheckAnswer(worst(states), f"{' '.join(each)} {lead}", link, lead=lead, each=each)


def _principle_said(asking: Asking, words: str, answers: Share) -> str:
    if answers.is_small and not _sees_small(asking):
        return f"{words.rstrip('.')}: how many answers met it is {HIDDEN}."
    return f"{words.rstrip('.')}: {answers.of} answers met it."


def met_by_random_audits(asking: Asking, question_set: str, question: str, first: date) -> Share:
    """Of the random audits of the quarter handed in since a day, those that meet what a question of a set looks for."""
    lots = _counts(asking).items()
    counts = together(own for lot, own in lots if lot.question_set == question_set and lot.on >= first)
    met = [one.met for one in counts if one.question.code == question]
    shares = [share for share in met if share is not None]
    return share_of(sum(share.n_in for share in shares), sum(share.n for share in shares))


def closures_left_nobody_at_risk(asking: Asking, requirement: Any, *, kind: str) -> CheckAnswer:
    """Did any audited closure of the year leave a child at risk? However it was chosen; none found is not none."""
    link = _page(asking, "audits", "Audits")
    audits = of_kind(asking, kind)
    if not audits:
        return CheckAnswer("no evidence", "No closure was audited in the year.", link)
    criticals = set(
        Critical.objects.filter(audit__in=[audit.pk for audit in audits]).values_list("audit_id", flat=True)
    )
    sheets = Sheet.objects.filter(pk__in=[audit.sheet for audit in audits])
    at_risk = {sheet for sheet, answers in questions.answered(sheets) if _left_at_risk(answers)}
    n = sum(audit.pk in criticals or audit.sheet in at_risk for audit in audits)
    lead = f"Of {counted(len(audits), 'audited closure')} in the year to {date_words(asking.on)}, "
    if n:
        is_hidden = share_of(n, len(audits)).is_small and not _sees_small(asking)
        some = f"some left a child at risk; how many is {HIDDEN}." if is_hidden else f"{n:,} left a child at risk."
        return CheckAnswer("not met", f"{lead}{some}", link)
    high = share_of(0, len(audits)).interval.rpartition(" to ")[2]
    return CheckAnswer("at risk", f"{lead}none left a child at risk. So small a sample leaves room for {high}.", link)


def _left_at_risk(answers: Any) -> bool:
    return bool(answers.get("closed-rightly", {}).get("value") == "left-at-risk")


@dataclass(frozen=True)
class _AskedFor:
    """A thing that audits asked somebody to do: since when (None: a panel's judgement without a lesson), since when it
    has an action (None: none). `judgement`: the panel's that a lesson comes from; None for findings and remedies."""

    judgement: int | None
    since: date | None
    acted_on: date | None


def _asked_for(asking: Asking) -> list[_AskedFor]:
    """What findings, remedies for many and panels' lessons asked for by the day: one question for both checks of it.

    A remedy or lesson that is in the plan keeps no day of that, and counts as acted on since it was asked for.
    """
    code, on = asking.programme.code, asking.on

    def find() -> list[_AskedFor]:
        found = Finding.objects.filter(programme__code=code, found_on__lte=on, replaced_by__isnull=True)
        nobody = Cast(None, BigIntegerField())  # PostgreSQL takes an untyped NULL of a union for text
        findings = found.order_by().values_list("pk", nobody, "found_on", Min("actions__linked_on"))
        in_plan = Case(When(~Q(plan_ref=""), then=F("added_on")), default=F("done_on"))
        stand = selectors.standing(Audit.objects.filter(programme__code=code), on)
        asked = Remedy.objects.filter(audit__in=stand, level__in=OF_MANY, added_on__lte=on)
        remedies = asked.order_by().values_list("pk", nobody, "added_on", in_plan)
        lessons = joint.lessons_of_panels(code, year_to(on), on)
        rows = findings.union(remedies, lessons, all=True)
        return [_AskedFor(panel, since, come_by(acted_on, on)) for _, panel, since, acted_on in rows]

    return asking.once("asked for by audits", find)


def findings_have_actions(asking: Asking, requirement: Any) -> CheckAnswer:
    """Has each finding of audits, and each thing asked of a team or the system, an action with an owner?"""
    link = _page(asking, "audits", "Audits")
    asked = [one for one in _asked_for(asking) if one.judgement is None]
    if not asked:
        return CheckAnswer("no evidence", "Audits have recorded no finding that somebody must act on.", link)
    without = [one.since for one in asked if one.acted_on is None and one.since]
    words = f"{len(asked) - len(without):,} of {counted(len(asked), 'finding')} of audits have an action"
    if not without:
        return CheckAnswer("met", f"{words}, each with its owner.", link)
    waits = (asking.on - min(without)).days
    state = "not met" if waits > DAYS_TO_ACT else "at risk"
    return CheckAnswer(state, f"{words}; the oldest without one has waited {counted(waits, 'day')}.", link)


def audited_again(asking: Asking, requirement: Any) -> CheckAnswer:
    """Were cases audited again in the year, and is practice better? Never met by that alone: the worst look better."""
    link = _page(asking, "audits", "Audits")
    again = [audit for audit in of_the_year(asking) if audit.audits_again and not audit.waits]
    if not again:
        return CheckAnswer("no evidence", "No case was audited again in the year.", link)
    keys = {audit.pk for audit in again} | {audit.audits_again for audit in again}
    both_times = selectors.every_audit(SYSTEM, asking.programme.code).filter(pk__in=keys)
    place_of = {audit.pk: _place(audit) for audit in both_times}
    places = [(place_of.get(audit.audits_again or 0, 0), place_of[audit.pk]) for audit in again]
    both = [(before, after) for before, after in places if before and after]
    better = share_of(sum(after < before for before, after in both), len(both))
    worse = sum(after > before for before, after in both)
    words = f"{counted(len(again), 'case')} audited again in the year to {date_words(asking.on)}: better in "
    is_hidden = (better.is_small or share_of(worse, len(both)).is_small) and not _sees_small(asking)
    words += f"some; how many is {HIDDEN}" if is_hidden else f"{better.words}, worse in {worse:,}"
    words += ". They were the poorest, which may look better by chance alone."
    return CheckAnswer("not met" if worse > better.n_in else "at risk", words, link)


def _place(audit: Audit) -> int:
    """The place of the grade that stands, 1 the best; 0 where there is none on the scale of inspection."""
    order = ("outstanding", "good", "requires-improvement", "inadequate")
    grade = standing_grade(audit).grade
    return order.index(grade) + 1 if grade in order else 0


def joint_audits_learnt_from(asking: Asking, requirement: Any, *, caution: str) -> CheckAnswer:
    """Were audits by several agencies judged in the year, and has each lesson of them an action of its agency's?"""
    link = _page(asking, "joint_audits", "Multi-agency audits")
    asked = [one for one in _asked_for(asking) if one.judgement is not None]
    if not asked:
        words = f"No panel of agencies judged a multi-agency audit in the year to {date_words(asking.on)}."
        return CheckAnswer("no evidence", words, link)
    lessons = [one for one in asked if one.since is not None]
    without = [one.since for one in lessons if one.acted_on is None and one.since]
    n_judged = len({one.judgement for one in asked})
    n_audits = counted(n_judged, "multi-agency audit was", "multi-agency audits were")
    words = f"{n_audits} judged by a panel in the year to {date_words(asking.on)}: "
    n = len(lessons) - len(without)
    words += f"{n:,} of {counted(len(lessons), 'lesson')} have an action." if lessons else "no lesson was recorded."
    waits = (asking.on - min(without)).days if without else 0
    state = "not met" if waits > DAYS_TO_ACT else "at risk"
    return CheckAnswer(state, f"{words} {caution}", link)


CHECKS: Final[dict[str, Callable[..., CheckAnswer]]] = {
    "sampled_share": sampled_share,
    "audited_answers": audited_answers,
    "principles_met": principles_met,
    "closures_left_nobody_at_risk": closures_left_nobody_at_risk,
    "findings_have_actions": findings_have_actions,
    "audited_again": audited_again,
    "joint_audits_learnt_from": joint_audits_learnt_from,
}


def register() -> None:
    """Called once, when the application starts."""
    for name, check in CHECKS.items():
        register_check(name, check)
