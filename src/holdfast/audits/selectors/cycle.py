"""What a report of one cycle of audits is made of, read once: frames, grades, agreement, answers, what came of it.

A cycle is some days; its audits are told apart by question set and by how they were chosen, and each such group stands
alone. For a report alone: SYSTEM asks, and reports/audit_report.py says what either reader may have.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.audits.grading import judged
from holdfast.audits.models import Audit, Critical, CriticalStep, Grading, JointAudit, Sample, SampledCase
from holdfast.audits.selectors import done, findings, learning
from holdfast.audits.selectors.audits import standing
from holdfast.audits.selectors.findings import AuditRead, Drift, Findings
from holdfast.audits.selectors.joint import judged_between
from holdfast.audits.selectors.learning import Loop
from holdfast.organisation.models import Team
from holdfast.performance.selectors.agreeing import AgreementWords
from holdfast.performance.selectors.shares import Share, share_of
from holdfast.questions import selectors as questions
from holdfast.questions.models import QuestionSet


@dataclass(frozen=True)
class Drawn:
    """A sample with how many of its cases were left out, and how many of the group's audits are of it."""

    sample: Sample
    n_left_out: int
    n_audits: int


@dataclass(frozen=True)
class Graded:
    """One judged question: the share that is good or better of those that gave it a grade, and how many moderated."""

    ask: str
    good: Share
    n_moderated: int


@dataclass(frozen=True)
class Group:
    """The audits of one question set that were chosen in one way. `domains` has each judged question but the whole."""

    question_set: QuestionSet
    chosen: str
    drawn: Sequence[Drawn]
    found: Findings
    domains: Sequence[Graded]
    random: AgreementWords | None
    every: AgreementWords | None
    drift: Sequence[Drift]

    @property
    def n_not_drawn(self) -> int:
        """How many of its audits no sample holds, so that nobody can draw them again."""
        return self.found.n - sum(each.n_audits for each in self.drawn)


@dataclass(frozen=True)
class TeamGrades:
    """A team's audits of one group, with those good or better of those graded."""

    team: str
    n: int
    good: Share


@dataclass(frozen=True)
class Cycle:
    """All that a report says, from which each copy takes what its reader may have. `teams`: by the group's place."""

    since: date
    until: date
    groups: Sequence[Group]
    teams: Sequence[Sequence[TeamGrades]]
    periods: Sequence[done.PeriodDone]
    n_criticals: int
    n_criticals_closed: int
    n_criticals_told: int
    """Of which a manager of the team was told on the day itself."""
    loops: Sequence[Loop]
    joint: Sequence[JointAudit]


def cycle(user: Actor, code: str, since: date, until: date) -> Cycle:
    """Everything a report of these days (both included) says, as known at their end. For who sees every audit."""
    check(user, Permission.SEE_EVERY_AUDIT, code)
    rows = Audit.objects.filter(programme__code=code, handed_in_on__gte=since, handed_in_on__lte=until)
    keys = set(rows.values_list("version__question_set", "chosen"))
    sets = QuestionSet.objects.in_bulk({pk for pk, _ in keys})
    order = list(Audit.Chosen.values)
    wanted = sorted(keys, key=lambda key: (order.index(key[1]), sets[key[0]].title))
    read = [
        (sets[pk], chosen, findings.audits_found(user, code, sets[pk], chosen, since, until)) for pk, chosen in wanted
    ]
    read = [group for group in read if group[2]]
    raised = Critical.objects.filter(audit__in=standing(Audit.objects.filter(programme__code=code), until))
    criticals = [one for one in raised.prefetch_related("steps") if since <= clock.day_of(one.raised_at) <= until]
    _, periods = done.planned_and_done(user, code, until)
    return Cycle(
        since,
        until,
        [_group(code, *each) for each in read],
        [_teams(code, audits) for _, _, audits in read],
        [period for period in periods if since <= period.ends_on <= until],
        len(criticals),
        sum(any(step.step == "closed" for step in one.steps.all()) for one in criticals),
        sum(_told_on_the_day(one) for one in criticals),
        [loop for loop in learning.loops(user, code, until) if loop.finding.found_on <= until],
        judged_between(code, since, until),
    )


def _told_on_the_day(critical: Critical) -> bool:
    told = [step for step in critical.steps.all() if step.step == CriticalStep.Step.MANAGER_TOLD]
    return any(clock.day_of(step.at) == clock.day_of(critical.raised_at) for step in told)


def _group(code: str, question_set: QuestionSet, chosen: str, audits: Sequence[AuditRead]) -> Group:
    return Group(
        question_set,
        chosen,
        _drawn(code, audits),
        findings.findings(audits),
        _domains(code, audits),
        findings.agreement(audits, at_random=True),
        findings.agreement(audits, at_random=False),
        findings.drift(audits),
    )


def _drawn(code: str, audits: Sequence[AuditRead]) -> list[Drawn]:
    numbers = {audit.number for audit in audits}
    rows = SampledCase.objects.filter(sample__programme__code=code, audit__isnull=False)
    of_sample = Counter(pk for pk, number in rows.values_list("sample", "audit__number") if number in numbers)
    left = Counter(
        SampledCase.objects.filter(sample__in=of_sample, audit=None)
        .exclude(left_out_on=None)
        .values_list("sample", flat=True)
    )
    samples = Sample.objects.select_related("release").in_bulk(list(of_sample))
    return [Drawn(sample, left[pk], of_sample[pk]) for pk, sample in sorted(samples.items())]


def _domains(code: str, audits: Sequence[AuditRead]) -> list[Graded]:
    """Each judged question of the newest version, the grade that stands of each audit; another scale is left out."""
    newest = max(audits, key=lambda audit: audit.version.number).version
    numbers = {audit.number: audit.version for audit in audits}
    given: dict[int, dict[str, dict[str, str]]] = {}
    rows = Grading.objects.filter(audit__programme__code=code, audit__number__in=numbers)
    for number, part, grades in rows.values_list("audit__number", "part", "grades"):
        given.setdefault(number, {})[part] = grades
    read_as = {
        (version.pk, question.code, choice.code): choice.stands_for
        for version in {version.pk: version for version in numbers.values()}.values()
        for question in judged(questions.wording(version))
        if question.scale
        for choice in question.scale.choices
    }
    found = []
    for question in judged(questions.wording(newest)):
        if question.judges == "whole" or question.scale is None:
            continue
        good = {choice.stands_for for choice in question.scale.choices[: findings.GOOD_OR_BETTER]}
        known = {choice.stands_for for choice in question.scale.choices}
        stand = []
        for number, parts in given.items():
            part = "final" if "final" in parts else "auditor"
            grade = read_as.get((numbers[number].pk, question.code, parts.get(part, {}).get(question.code, "")), "")
            if grade in known:
                stand.append((grade in good, part == "final"))
        share = share_of(sum(is_good for is_good, _ in stand), len(stand))
        found.append(Graded(question.ask, share, sum(is_final for _, is_final in stand)))
    return found


def _teams(code: str, audits: Sequence[AuditRead]) -> list[TeamGrades]:
    of_team: dict[int, list[AuditRead]] = {}
    by_number = {audit.number: audit for audit in audits}
    rows = Audit.objects.filter(programme__code=code, number__in=by_number).values_list("number", "team")
    for number, team in rows:
        of_team.setdefault(team, []).append(by_number[number])
    names = Team.objects.in_bulk(list(of_team))
    found = []
    for pk, own in sorted(of_team.items(), key=lambda item: names[item[0]].name):
        grades = findings.grades_of(own)
        found.append(TeamGrades(names[pk].name, len(own), grades.good if grades else share_of(0, 0)))
    return found
