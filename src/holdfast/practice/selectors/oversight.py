"""Reading the standards for management oversight, and how far cases met them: by records and by audit, side by side.

The first argument is the account. Rule: a case is judged by the version that was in force on its own day, and one from
before any was by none; what nothing measures is said, and counts for nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from holdfast.access.days import year_to
from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.agreements import selectors as agreements
from holdfast.agreements.models import Subject, Version
from holdfast.agreements.standing import in_force_of, starts_on
from holdfast.organisation import selectors as organisation
from holdfast.pages.words import days_words
from holdfast.performance.models import Release
from holdfast.performance.selectors.compliance import Measured, Met, measured
from holdfast.performance.selectors.releases import chosen_release
from holdfast.performance.selectors.whose import teams_meant
from holdfast.practice.models import Standard, StandardClause
from holdfast.questions import selectors as questions

KIND: Final = Subject.Kind.OVERSIGHT_STANDARDS


class NoSuchStandard(Missing):
    def __init__(self, number: int) -> None:
        super().__init__(f"There are no standards {number} here.")


def words_of(standard: Standard) -> str:
    """Exactly what is agreed, a line for each clause: its words, edition, how many are enough, and what measures it."""
    return "\n".join(
        f"{clause.number}. {' '.join(clause.words.split()).rstrip('.')} ({clause.edition}). In at least "
        f"{clause.at_least}% of cases; by records: {clause.records or 'not held'}; by audit: "
        f"{clause.audits.removeprefix('audit:') or 'not asked'}."
        for clause in standard.clauses.all()
    )


def standards(user: Actor, code: str) -> QuerySet[Standard]:
    """Every version of the standards with its clauses, the newest first."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = Standard.objects.filter(programme__code=code).select_related("programme", "written_by")
    return found.prefetch_related("clauses")


def one_standard(user: Actor, code: str, number: int) -> Standard:
    """One of them. Raises Refused or NoSuchStandard."""
    found = standards(user, code).filter(number=number).first()
    if found is None:
        raise NoSuchStandard(number)
    return found


def clauses_to_keep(user: Actor, code: str) -> QuerySet[StandardClause]:
    """The clauses of the newest version, which the next may keep."""
    newest = standards(user, code).first()
    return StandardClause.objects.filter(standard=newest).select_related("standard")


def audit_choices(user: Actor, code: str) -> list[tuple[str, str]]:
    """The questions of audits that look for something, as choices."""
    found = []
    for version in questions.newest_versions(user, code):
        name = version.question_set.code
        for question in questions.wording(version).questions:
            if question.met_by:
                found.append((f"audit:{name}/{question.code}", f"{version.question_set.title}: {question.ask}"))
    return found


def is_put_forward(standard: Standard) -> bool:
    """Whether its words were put forward for agreement, so that it stays as it is."""
    words, subject = words_of(standard), Version.objects.filter(subject__programme_id=standard.programme_id)
    return bool(words) and subject.filter(subject__kind=KIND, words=words).exists()


def to_put_forward(user: Actor, code: str) -> tuple[Subject | None, list[tuple[str, str]]]:
    """What the standards are agreed as, None where nothing is set up for it, and the bodies that may agree them."""
    check(user, Permission.MANAGE_AGREEMENTS, code)
    found = agreements.subjects_of_kind(user, code, KIND)
    bodies = [(body.code, body.name) for body in organisation.bodies(user, code)]
    return (found[0] if found else None), bodies


@dataclass(frozen=True)
class InForce:
    """Days of one version: what was agreed, and the standards that have exactly its words; None: not as clauses."""

    version: Version
    standard: Standard | None
    first: date
    last: date


def spans(user: Actor, code: str, first: date, last: date) -> list[InForce]:
    """Which version was in force on which days from one to another, the latest first. Days of none are in no span."""
    written = {words_of(standard): standard for standard in standards(user, code)}
    found: list[InForce] = []
    for subject in agreements.subjects_of_kind(user, code, KIND):
        begins = {day for version in subject.versions.all() if (day := starts_on(version)) is not None}
        begins |= {one.withdrawal.withdrawn_on for one in subject.versions.all() if hasattr(one, "withdrawal")}
        days = sorted({first, *(day for day in begins if first < day <= last)})
        for day, following in zip(days, [*days[1:], last + timedelta(days=1)], strict=True):
            version = in_force_of(subject, day)
            if version is not None:
                found.append(InForce(version, written.get(version.words), day, following - timedelta(days=1)))
    return sorted(found, key=lambda span: span.first, reverse=True)


def in_force(user: Actor, code: str, subjects: Sequence[Subject], on: date) -> InForce | None:
    """What is in force on a day of these subjects, read already, from its first day to that one; None: nothing is."""
    own = [subject for subject in subjects if subject.kind == KIND]
    version = next((found for subject in own if (found := in_force_of(subject, on)) is not None), None)
    began = starts_on(version) if version is not None else None
    if version is None or began is None:
        return None
    written = {words_of(standard): standard for standard in standards(user, code)}
    return InForce(version, written.get(version.words), began, on)


@dataclass(frozen=True)
class ClauseMet:
    """A clause over the days of its version: by records and by audit. None: nothing of that kind measures it."""

    clause: StandardClause
    records: Measured | None
    audits: Measured | None

    def by_team(self) -> Mapping[str, tuple[Met | None, Met | None]]:
        """Team to its records and audits, of every team that either names."""
        own = [one.teams if one else {} for one in (self.records, self.audits)]
        return {team: (own[0].get(team), own[1].get(team)) for team in sorted({*own[0], *own[1]})}

    def state(self, found: Measured | None) -> str:
        """Whether enough cases met it, by the whole interval: reached, not reached, too little to tell; "" of none."""
        if found is None or found.every.share.low is None or found.every.share.high is None:
            return ""
        if not found.every.sees and found.every.share.is_small:
            return ""
        enough = self.clause.at_least / 100
        if found.every.share.low >= enough:
            return "Reached"
        return "Not reached" if found.every.share.high < enough else "Too little to tell"


@dataclass(frozen=True)
class Judged:
    """The standards of some days, each clause judged by the cases of those days."""

    span: InForce
    clauses: Sequence[ClauseMet]

    @property
    def days_words(self) -> str:
        return days_words(self.span.first, self.span.last)


@dataclass(frozen=True)
class Oversight:
    """The year to the release's last day: which standards were in force, and how far the cases of their days met them.

    `begun`: the first day of the year on which any was in force; None where none was in it at all.
    """

    release: Release
    first: date
    judged: Sequence[Judged]

    @property
    def begun(self) -> date | None:
        return min((one.span.first for one in self.judged), default=None)

    def as_data(self) -> list[dict[str, Any]]:
        """For --json: one object per clause and version in force."""
        return [
            {
                "version": one.span.version.number,
                "from": one.span.first.isoformat(),
                "to": one.span.last.isoformat(),
                "clause": met.clause.words,
                "edition": met.clause.edition,
                "at_least": met.clause.at_least,
                **{
                    name: {"shown": found.every.words, "state": met.state(found)} if found else None
                    for name, found in (("records", met.records), ("audits", met.audits))
                },
            }
            for one in self.judged
            for met in one.clauses
        ]

    def in_words(self) -> str:
        lines = [f"Management oversight, {self.release.reference}"]
        for one in self.judged:
            lines.append(f"{one.span.version}, in force {one.days_words}")
            lines += [f"  {met.clause.words}\n{_said(met)}" for met in one.clauses]
            lines += [] if one.span.standard else ["  What was agreed is not written as clauses here."]
        return "\n".join(lines if self.judged else [*lines, "No standards were in force in the year."])


def _said(met: ClauseMet) -> str:
    said = (("records", met.records), ("audits", met.audits))
    lines = []
    for name, found in said:
        words = ". ".join(filter(None, (met.state(found), found.every.words))) if found else "nothing measures it"
        lines.append(f"    by {name}: {words}")
    return "\n".join(lines)


def oversight(user: Actor, code: str) -> Oversight:
    """The year to the last day of the last release's data. Raises Refused or NoRelease."""
    check(user, Permission.SEE_INDICATORS, code)
    release = chosen_release(user, code)
    first = year_to(release.as_at)
    names = {name: team.name for name, team in teams_meant(user, code).items()}
    judged = [_judged(user, release, span, names) for span in spans(user, code, first, release.as_at)]
    return Oversight(release, first, judged)


def _judged(user: Actor, release: Release, span: InForce, names: Mapping[str, str]) -> Judged:
    clauses = span.standard.clauses.all() if span.standard else []

    def asked(measure: str) -> Measured | None:
        return measured(user, release, measure, span.first, span.last, names=names) if measure else None

    return Judged(span, [ClauseMet(clause, asked(clause.records), asked(clause.audits)) for clause in clauses])
