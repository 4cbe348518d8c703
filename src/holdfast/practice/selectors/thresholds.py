"""Reading who was told of what is agreed, agency by agency, and which version that was.

Rule: whose role is over an agency is shown that agency's alone; a record counts on a day from the day people were told
until it was withdrawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.agreements import selectors as agreements
from holdfast.agreements.models import Subject, Version
from holdfast.agreements.standing import in_force_of, latest_of, review_due
from holdfast.organisation.models import Agency
from holdfast.practice.models import Briefing, RouteLine
from holdfast.practice.whose import partners, shown_agencies

KIND: Final = Subject.Kind.THRESHOLDS
TELLABLE: Final = (Subject.Kind.THRESHOLDS, Subject.Kind.EARLY_HELP, Subject.Kind.OVERSIGHT_STANDARDS)
"""The kinds of thing agreed of which people are told here."""


class NoSuchBriefing(Missing):
    def __init__(self) -> None:
        super().__init__("There is no such record of who was told here.")


@dataclass(frozen=True)
class InForce:
    """Something of a kind that is to be agreed: the version in force on a day, None when none is, and the next review.

    `review_by` None: no day is set for a review.
    """

    subject: Subject
    version: Version | None
    review_by: date | None


def in_force(user: Actor, code: str, on: date, kinds: Sequence[str] = (KIND,)) -> list[InForce]:
    """Everything of these kinds that is to be agreed, with what is in force of it on a day."""
    every = agreements.subjects(user, code)  # once, whatever the kinds
    return as_in_force([subject for kind in kinds for subject in every if subject.kind == kind], on)


def as_in_force(subjects: Sequence[Subject], on: date) -> list[InForce]:
    held = [(subject, in_force_of(subject, on)) for subject in subjects]
    return [InForce(subject, version, review_due(subject, version, on)) for subject, version in held]


def version_choices(user: Actor, code: str, on: date) -> list[Version]:
    """What people may be told of: each version in force, and, where none is, none."""
    return [one.version for one in in_force(user, code, on, TELLABLE) if one.version is not None]


def briefings(user: Actor, code: str) -> list[Briefing]:
    """Who was told, the newest first, withdrawn records among them: of the agencies whose records one is shown."""
    found = Briefing.objects.filter(programme__code=code, agency__in=shown_agencies(user, code))
    return list(found.select_related("agency", "version__subject__programme", "recorded_by", "programme", "withdrawal"))


def one_briefing(user: Actor, code: str, key: int) -> Briefing:
    """One record of who was told. Raises Refused or NoSuchBriefing."""
    found = next((briefing for briefing in briefings(user, code) if briefing.pk == key), None)
    if found is None:
        raise NoSuchBriefing
    return found


@dataclass(frozen=True)
class Told:
    """How many people of an agency were told of a version by a day, and when last; None: nobody was."""

    agency: Agency
    n_people: int
    last_on: date | None


def told_of(user: Actor, code: str, version: Version, on: date) -> list[Told]:
    """Agency by agency, who was told of a version by a day. One person told twice counts twice."""
    return _told(shown_agencies(user, code), version, on)


def every_told(agencies: Sequence[Agency], version: Version, on: date) -> list[Told]:
    """The same of these agencies, for a check, which names agencies and no people."""
    return _told(agencies, version, on)


def _told(agencies: Sequence[Agency], version: Version, on: date) -> list[Told]:
    stands = Q(withdrawal__isnull=True) | Q(withdrawal__withdrawn_on__gt=on)
    given = list(Briefing.objects.filter(stands, version=version, told_on__lte=on))
    found = []
    for agency in agencies:
        own = [briefing for briefing in given if briefing.agency_id == agency.pk]
        last = max((briefing.told_on for briefing in own), default=None)
        found.append(Told(agency, sum(briefing.n_people for briefing in own), last))
    return found


def to_tell(user: Actor, code: str, on: date) -> tuple[QuerySet[Version], QuerySet[Agency]]:
    """Of what people may be recorded as told on a day, and the agencies that they may be of."""
    check(user, Permission.MANAGE_PRACTICE, code)
    versions = Version.objects.filter(pk__in=[version.pk for version in version_choices(user, code, on)])
    agencies = Agency.objects.filter(pk__in=[agency.pk for agency in partners(code)])
    return versions.select_related("subject"), agencies


def lines_of(version: Version) -> list[str]:
    """The lines of a version's words, as they are agreed; [] of a document whose words are not read here."""
    return [line.strip() for line in version.words.splitlines() if line.strip()]


@dataclass(frozen=True)
class Route:
    """What a version says of a child below the threshold: what is done, and who is told, to the letter.

    `is_in_force`: it is; else it is the last put forward, and waits. `is_read`: its words can be read here at all.
    """

    version: Version
    done: Sequence[str]
    told: Sequence[str]
    is_read: bool
    is_in_force: bool

    @property
    def missing(self) -> Sequence[str]:
        """What no line of it says, in words."""
        named = (("what is done for the child", self.done), ("who is told", self.told))
        return [words for words, lines in named if not lines]


def routes(user: Actor, code: str, on: date) -> list[Route]:
    """The route below each threshold on a day, from the lines that were marked by then: of the version in force, or,
    where none is, of the last that was put forward."""
    every = in_force(user, code, on)
    held = [version for one in every if (version := one.version or latest_of(one.subject, on)) is not None]
    agreed = {one.version for one in every}
    marked = list(RouteLine.objects.filter(version__in=held, marked_on__lte=on).order_by("id"))
    found = []
    for version in held:
        lines = lines_of(version)
        newest = {row.line: row.part for row in marked if row.version_id == version.pk}
        done, told = (
            [line for line in lines if newest.get(line) == part] for part in (RouteLine.Part.DONE, RouteLine.Part.TOLD)
        )
        found.append(Route(version, done, told, bool(lines), version in agreed))
    return found


def one_threshold(user: Actor, code: str, key: int, on: date) -> Version:
    """A version of which a route is shown, to mark the lines of. Raises Refused or NoSuchThreshold."""
    check(user, Permission.MANAGE_PRACTICE, code)
    found = next((route.version for route in routes(user, code, on) if route.version.pk == key), None)
    if found is None:
        raise NoSuchThreshold
    return found


class NoSuchThreshold(Missing):
    def __init__(self) -> None:
        super().__init__("No thresholds like that are in force or wait here.")
