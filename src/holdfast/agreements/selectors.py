"""Every read of the agreements room. The first argument is the account (or SYSTEM); no permission, no answer.

What was in force, or waited, on a past day is worked out from dated rows (standing.py). Rule: the number of queries
does not grow with the number of subjects, versions or parties.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, Missing, Refused, check, grants, may
from holdfast.access.permissions import Permission
from holdfast.agreements.models import SHELF, Party, Subject, Version
from holdfast.agreements.speaking import Named, may_agree, parties_spoken_for
from holdfast.agreements.standing import (
    WAITING,
    Standing,
    answer_of,
    in_force_of,
    latest_of,
    standing_of,
    starts_on,
)
from holdfast.jobs import attachments
from holdfast.organisation import selectors as organisation
from holdfast.organisation.models import RoleHolding
from holdfast.pages.kept import keep

GOVERNMENT: Final = "government"
"""The kind of agency that observes."""


class NoSuchAgreement(Missing):
    """The programme has nothing to be agreed under that code, or no such version of it."""

    def __init__(self, code: str, number: int | None = None) -> None:
        what = f"no version {number} of “{code}”" if number is not None else f"nothing to be agreed called “{code}”"
        super().__init__(f"There is {what} in this programme.")


class NoSuchParty(Missing):
    """The version has no such party."""

    def __init__(self) -> None:
        super().__init__("That version has no such party.")


@dataclass(frozen=True)
class Outstanding:
    """A party that has not answered the version that waits for it. `days_overdue` is 0 where no day has passed."""

    party: Party
    version: Version
    days_waiting: int
    days_overdue: int

    @property
    def url(self) -> str:
        return page_of(self.version)


def subjects(user: Actor, code: str) -> QuerySet[Subject]:
    """Everything to be agreed, each with its versions, their parties and answers, and its reviews fetched."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = Subject.objects.filter(programme__code=code).select_related("programme")
    return found.prefetch_related(
        "versions__withdrawal__withdrawn_by",
        "versions__proposed_by",
        "versions__subject__programme",
        "versions__parties__answer__said_by",
        "reviews__recorded_by",
    )


def one_subject(user: Actor, code: str, subject: str) -> Subject:
    """One subject by its code. Raises Refused or NoSuchAgreement."""
    found = subjects(user, code).filter(code=subject).first()
    if found is None:
        raise NoSuchAgreement(subject)
    return found


def subjects_of_kind(user: Actor, code: str, kind: str) -> list[Subject]:
    """Everything of one kind that is to be agreed, in the order of its title."""
    return list(subjects(user, code).filter(kind=kind))


def versions(user: Actor, code: str, subject: str) -> list[Version]:
    """Every version of a subject, the first first. Raises Refused or NoSuchAgreement."""
    return list(one_subject(user, code, subject).versions.all())


def one_version(user: Actor, code: str, subject: str, number: int) -> tuple[Subject, Version]:
    """A version, with the subject as it was fetched with everything. Raises Refused or NoSuchAgreement."""
    found = one_subject(user, code, subject)
    version = next((each for each in found.versions.all() if each.number == number), None)
    if version is None:
        raise NoSuchAgreement(subject, number)
    return found, version


def one_party(user: Actor, code: str, subject: str, number: int, party: int) -> tuple[Subject, Version, Party]:
    """A party of a version. Raises Refused, NoSuchAgreement or NoSuchParty."""
    found, version = one_version(user, code, subject, number)
    asked = next((each for each in version.parties.all() if each.pk == party), None)
    if asked is None:
        raise NoSuchParty
    return found, version, asked


def in_force(user: Actor, code: str, subject: str, on: date) -> Version | None:
    """The version of a subject in force on a day. None when none was. Raises Refused or NoSuchAgreement."""
    return in_force_of(one_subject(user, code, subject), on)


def standings(user: Actor, code: str, on: date) -> list[tuple[Subject, Version | None, Standing | None]]:
    """Of each subject on a day: the version in force, and where the latest version put forward stands.

    Kept between pages: whoever means to change a version reads it by itself (one_version).
    """
    check(user, Permission.SEE_PROGRAMME, code)
    return keep("agreements", SYSTEM, code, lambda: _standings(code, on), also=on, reads_all=True)


def _standings(code: str, on: date) -> list[tuple[Subject, Version | None, Standing | None]]:
    found = []
    for subject in subjects(SYSTEM, code):
        latest = latest_of(subject, on)
        found.append(
            (subject, in_force_of(subject, on), standing_of(subject, latest, on) if latest is not None else None)
        )
    return found


def outstanding(user: Actor, code: str, on: date | None = None) -> list[Outstanding]:
    """Every answer that is waited for on a day (today unless given), overdue longest first, then waiting longest.

    Of a subject only its latest version waits, and only while nobody has declined it.
    """
    day = on or clock.today()
    waiting = [standing for _, _, standing in standings(user, code, day) if standing and standing.state == WAITING]
    found = [
        Outstanding(party, standing.version, standing.days_waiting, standing.days_overdue)
        for standing in waiting
        for party in standing.version.parties.all()
        if answer_of(party, day) is None
    ]
    return sorted(
        found, key=lambda one: (-one.days_overdue, -one.days_waiting, one.version.subject.title, one.party.pk)
    )


def spoken_for(user: Actor, code: str) -> frozenset[Named]:
    """Every party (kind, key) that the account may answer for in a programme today. Empty for SYSTEM."""
    check(user, Permission.SEE_PROGRAMME, code)
    if user is SYSTEM:
        return frozenset()
    held = [grant for grant in grants(user) if grant.programme == code]
    if not may_agree(held):
        return frozenset()
    bodies, agencies = organisation.bodies(user, code), organisation.agencies(user, code)
    return parties_spoken_for(user.username, held, bodies, agencies)


def waiting_for(user: Actor, code: str, on: date | None = None) -> list[Outstanding]:
    """What waits for an answer that this account may give."""
    spoken = spoken_for(user, code)
    found = outstanding(user, code, on) if spoken else []
    return [waiting for waiting in found if (waiting.party.kind, waiting.party.key) in spoken]


def to_answer(user: Actor, code: str, party: Party) -> bool:
    """Whether the account may answer for a party. Raises Refused for an account that may agree to nothing here."""
    if not may_agree([grant for grant in grants(user) if grant.programme == code]):
        raise Refused(Permission.AGREE, code)
    return (party.kind, party.key) in spoken_for(user, code)


def party_choices(user: Actor, code: str) -> list[tuple[str, str]]:
    """Every party that may be asked, as "kind:key" and words: bodies, agencies, and people who may agree.

    No department of government: it observes, and nobody may answer for it (decision 51).
    """
    choices = [(f"body:{body.code}", body.name) for body in organisation.bodies(user, code)]
    partners = organisation.agencies(user, code).exclude(kind=GOVERNMENT)
    choices += [(f"agency:{agency.code}", agency.name) for agency in partners]
    people = {one.account.username: one.account.display_name for one in _who_may_agree(user, code)}
    return choices + [(f"person:{username}", name) for username, name in sorted(people.items())]


def _who_may_agree(user: Actor, code: str) -> list[RoleHolding]:
    return [holding for holding in organisation.role_holders(user, code) if may_agree([holding])]


def taken(user: Actor, code: str, subject: str) -> str:
    """What to say of a code that something to be agreed has already; "" when it is free."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = Subject.objects.filter(programme__code=code, code__iexact=subject).exists()
    return f"There is already something to be agreed with the code “{subject}”. Choose another" if found else ""


def document(user: Actor, version: Version) -> bytes:
    """The document of a version, as it was put forward. Raises Refused, NoSuchAgreement or kept.NotAsKept."""
    check(user, Permission.SEE_PROGRAMME, version.subject.programme.code)
    if not version.is_document:
        raise NoSuchAgreement(version.subject.code, version.number)
    return attachments.read(SHELF, version.file_name, version.file_sha256)


def verify_documents(user: Actor = SYSTEM) -> list[str]:
    """A sentence naming each document of an agreement that is missing or changed. [] when all is as it was given."""
    check(user, Permission.SEE_PROGRAMME)
    found = Version.objects.exclude(file_sha256="").select_related("subject__programme").order_by("pk")
    problems = [(version, attachments.problem_with(SHELF, version.file_sha256)) for version in found]
    return [
        f"{version} ({version.subject.programme.code}): the document {version.file_name} {problem}."
        for version, problem in problems
        if problem
    ]


def records(user: Actor, code: str) -> list[tuple[str, str]]:
    """The versions as evidence may name them: "agreement/thresholds/2" and its words."""
    if not may(user, Permission.SEE_PROGRAMME, code):
        return []
    found = Version.objects.filter(subject__programme__code=code).select_related("subject")
    in_order = found.order_by("subject__title", "subject_id", "number")
    return [(f"agreement/{version.subject.code}/{version.number}", str(version)) for version in in_order]


def record_address(code: str, key: str) -> str:
    _, subject, number = key.split("/")
    return reverse("agreement_version", args=[code, subject, number])


def page_of(thing: Subject | Version) -> str:
    """The address of its page."""
    if isinstance(thing, Subject):
        return reverse("agreement", args=[thing.programme.code, thing.code])
    return reverse("agreement_version", args=[thing.subject.programme.code, thing.subject.code, thing.number])


def as_data(user: Actor, code: str, on: date) -> list[dict[str, Any]]:
    """Each subject as plain data, for --json (docs/formats/agreements.md): in force, and who is waited for."""
    waited = outstanding(user, code, on)
    found = []
    for subject, version, standing in standings(user, code, on):
        waiting = [one for one in waited if one.version.subject_id == subject.pk]
        found.append(
            {
                "code": subject.code,
                "kind": subject.kind,
                "title": subject.title,
                "in_force": version.number if version else None,
                "since": starts_on(version) if version else None,
                "content_hash": version.content_hash if version else None,
                "latest": standing.version.number if standing else None,
                "state": standing.state.lower() if standing else None,
                "waiting_for": [
                    {
                        "party": one.party.name,
                        "kind": one.party.kind,
                        "is_required": one.party.is_required,
                        "days_waiting": one.days_waiting,
                        "days_overdue": one.days_overdue,
                    }
                    for one in waiting
                ],
            }
        )
    return found


def history_as_data(user: Actor, code: str, subject: str, on: date) -> dict[str, Any]:
    """One subject as plain data: every version put forward by a day, and every party's answer by that day."""
    found = one_subject(user, code, subject)
    forward = [version for version in found.versions.all() if version.proposed_on <= on]
    return {
        "code": found.code,
        "kind": found.kind,
        "title": found.title,
        "versions": [
            {
                "number": version.number,
                "proposed_on": version.proposed_on,
                "agree_by": version.agree_by,
                "state": standing_of(found, version, on).state.lower(),
                "since": starts_on(version),
                "content_hash": version.content_hash,
                "change": version.change,
                "parties": [_party_data(party, on) for party in version.parties.all()],
            }
            for version in forward
        ],
    }


def _party_data(party: Party, on: date) -> dict[str, Any]:
    said = answer_of(party, on)
    return {
        "party": party.name,
        "kind": party.kind,
        "key": party.key,
        "is_required": party.is_required,
        "answer": str(said.says) if said else None,
        "words": said.words if said else "",
        "said_on": said.said_on if said else None,
        "minute": said.minute if said else "",
    }
