"""The checks that agreements answer: who agreed which version of what, by when, and whether it was looked at again.

Who must have agreed is data in the notice's file: bodies by any of their names, every agency of some kinds, whoever
holds a role. A past day is answered from the days that the answers bear. Rule: a milestone or a judgement that says
"agreed" is somebody's word; only an answer of the party itself counts here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from holdfast.access.doors import SYSTEM
from holdfast.access.roles import ROLES
from holdfast.agreements import selectors as agreements
from holdfast.agreements.contents import content_today
from holdfast.agreements.differing import n_changed
from holdfast.agreements.models import Party, Subject, Version
from holdfast.agreements.speaking import Named
from holdfast.agreements.standing import (
    AGREED,
    DECLINED,
    answer_of,
    in_force_of,
    is_withdrawn,
    latest_of,
    review_due,
    standing_of,
    starts_on,
)
from holdfast.notice.answers import WORST_FIRST, Asking, CheckAnswer, register_check
from holdfast.notice.checks import agencies_on_record, bodies_on_record, holders_on_the_day
from holdfast.notice.due import when_due
from holdfast.notice.models import Requirement
from holdfast.organisation.models import Agency
from holdfast.pages.addresses import address
from holdfast.pages.words import counted, date_words, listed, lower_first

Link = tuple[str, str]


@dataclass(frozen=True)
class Wanted:
    """Who a notice wants to agree: each party with its name, and in words whom it wants and the records do not have."""

    parties: Mapping[Named, str]
    absent: Sequence[str]


def _wanted(asking: Asking, bodies: Sequence[str], partners: Sequence[str], roles: Sequence[str]) -> Wanted:
    found: dict[Named, str] = {}
    absent: list[str] = []
    for name in bodies:
        body = bodies_on_record(asking).get(name.lower())
        if body is None:
            absent.append(f"a body called {name}")
        else:
            found[str(Party.Kind.BODY), body.code] = body.name
    for kind in partners:
        of_kind = [agency for agency in agencies_on_record(asking) if agency.kind == kind]
        found |= {(str(Party.Kind.AGENCY), agency.code): agency.name for agency in of_kind}
        absent += [] if of_kind else [f"an agency of the kind “{dict(Agency.KINDS)[kind].lower()}”"]
    for role in roles:
        held = {
            one.account.username: one.account.display_name for one in holders_on_the_day(asking) if one.role == role
        }
        found |= {(str(Party.Kind.PERSON), username): name for username, name in held.items()}
        absent += [] if held else [f"a holder of the role {lower_first(ROLES[role].name)}"]
    return Wanted(found, absent)


def subjects_on_record(asking: Asking) -> list[Subject]:
    """Everything that is to be agreed, with its versions, once for all checks."""
    return asking.once("agreements", lambda: list(agreements.subjects(SYSTEM, asking.programme.code)))


def _subjects(asking: Asking, kind: str) -> list[Subject]:
    return [subject for subject in subjects_on_record(asking) if subject.kind == kind]


def _link(asking: Asking, subject: Subject) -> Link:
    return (subject.title, address("agreement", asking.programme.code, subject.code))


def _agreed(version: Version, on: date) -> dict[Named, date]:
    """The parties that had agreed a version by a day, each with its day."""
    found = {}
    for party in version.parties.all():
        said = answer_of(party, on)
        if said is not None and said.is_agreement:
            found[party.kind, party.key] = said.said_on
    return found


def _nothing(asking: Asking, kind: str) -> CheckAnswer:
    words = f"Nothing has been put forward for agreement under “{lower_first(Subject.Kind(kind).label)}”."
    return CheckAnswer("no evidence", words, (("Agreements", address("agreements", asking.programme.code)),))


def _best(answers: Sequence[CheckAnswer]) -> CheckAnswer:
    return max(answers, key=lambda found: WORST_FIRST.index(found.state))


def agreement_in_force(
    asking: Asking,
    requirement: Requirement,
    *,
    kind: str,
    bodies: Sequence[str] = (),
    partners: Sequence[str] = (),
    roles: Sequence[str] = (),
) -> CheckAnswer:
    """Is there a version of this kind in force, which everybody whom the notice names has agreed?

    Met needs each of them; a version in force that one of them was never asked about is not met.
    """
    subjects = _subjects(asking, kind)
    wanted = _wanted(asking, bodies, partners, roles)
    if not subjects:
        return _nothing(asking, kind)
    return _best([_of_subject(asking, subject, wanted) for subject in subjects])


def _of_subject(asking: Asking, subject: Subject, wanted: Wanted) -> CheckAnswer:
    version, link = in_force_of(subject, asking.on), (_link(asking, subject),)
    if version is None:
        return _of_latest(asking, subject, link)
    agreed = _agreed(version, asking.on)
    missing = [name for named, name in wanted.parties.items() if named not in agreed] + list(wanted.absent)
    if missing:
        words = (
            f"{version} is in force, and the notice wants the agreement of {listed(missing)} as well: not on record."
        )
        return CheckAnswer("not met", words, link)
    by = listed([f"{name} on {date_words(agreed[named])}" for named, name in wanted.parties.items()])
    begun = starts_on(version)
    words = f"{version} is in force{f' since {date_words(begun)}' if begun else ''}, agreed by {by}."
    changed = _changed_since(asking, subject, version)
    return CheckAnswer("at risk", f"{words} {changed}", link) if changed else CheckAnswer("met", words, link)


def _of_latest(asking: Asking, subject: Subject, link: tuple[Link, ...]) -> CheckAnswer:
    """What to say while nothing is in force: who is waited for, who said no."""
    latest = latest_of(subject, asking.on)
    if latest is None:
        return CheckAnswer("no evidence", f"No version of {lower_first(subject.title)} has been put forward.", link)
    standing = standing_of(subject, latest, asking.on)
    if standing.state == DECLINED:
        who = listed([party.name for party in standing.declined])
        return CheckAnswer("not met", f"{latest} was declined by {who}, so it is not in force.", link)
    if standing.state == AGREED and standing.since:
        return CheckAnswer(
            "at risk", f"All have agreed {latest}; it is in force from {date_words(standing.since)}.", link
        )
    who = listed([party.name for party in standing.missing])
    words = f"{latest} is not in force: it has waited {counted(standing.days_waiting, 'day')} for {who}"
    if standing.days_overdue:
        return CheckAnswer("not met", f"{words}, {counted(standing.days_overdue, 'day')} past its day.", link)
    return CheckAnswer("at risk", f"{words}.", link)


def _changed_since(asking: Asking, subject: Subject, version: Version) -> str:
    """That what is in use today is no longer what was agreed; "" where it is, or nobody can say (a past day)."""
    today = None if asking.is_past else content_today(SYSTEM, asking.programme.code, subject.kind)
    n = n_changed(version.words, today) if today and version.words else 0
    return (
        f"In {counted(n, 'line')} what is in use today differs from it, and nobody has agreed the difference."
        if n
        else ""
    )


def plan_agreed(
    asking: Asking, requirement: Requirement, *, kind: str = "plan", bodies: Sequence[str], partners: Sequence[str]
) -> CheckAnswer:
    """Had everybody whom the notice names agreed one version, on or before the day that it gives? Late is not met.

    The day, and the rule by which a weekend is read, are the requirement's own.
    """
    subjects, wanted = _subjects(asking, kind), _wanted(asking, bodies, partners, ())
    when = when_due(requirement.when, issued_on=asking.notice.issued_on, on=asking.on)
    due, by = when.on, f" {when.words}"
    if not subjects:
        found = _nothing(asking, kind)
        return CheckAnswer("no evidence", found.sentence + by, found.links)
    links = tuple(_link(asking, subject) for subject in subjects)
    complete = _complete(subjects, wanted, asking.on)
    if complete is not None and not wanted.absent:
        version, on = complete
        who = listed(list(wanted.parties.values()))
        days = (on - due).days if due else 0
        if days > 0:
            words = f"{version} was agreed by {who} on {date_words(on)}, {counted(days, 'day')} late.{by}"
            return CheckAnswer("not met", words, links)
        return CheckAnswer("met", f"{version} was agreed by {who}, the last on {date_words(on)}.{by}", links)
    missing = _still_missing(subjects, wanted, asking.on)
    state = "not met" if due is not None and asking.on > due else "no evidence"
    return CheckAnswer(state, f"The agreement of {listed(missing)} is not on record.{by}", links)


def _complete(subjects: Sequence[Subject], wanted: Wanted, on: date) -> tuple[Version, date] | None:
    """The first version that everybody wanted had agreed by a day, with the day on which the last did."""
    found = []
    for version in (version for subject in subjects for version in subject.versions.all()):
        agreed = _agreed(version, on)
        if wanted.parties and set(wanted.parties) <= set(agreed) and not is_withdrawn(version, on):
            found.append((version, max(agreed[named] for named in wanted.parties)))
    return min(found, key=lambda pair: pair[1], default=None)


@dataclass(frozen=True)
class Rested:
    """An agreement that a requirement asks for, and the day on which the last party gave theirs; None: not complete."""

    title: str
    complete_on: date | None


AGREEMENT_CHECKS: Final = ("agreement_in_force", "plan_agreed")


def agreements_of(asking: Asking, requirement: Requirement) -> list[Rested]:
    """Each agreement that a requirement asks for, by its own checks, as known on the day. [] where it asks for none."""
    found = []
    for given in requirement.checks:
        if given["name"] in AGREEMENT_CHECKS:
            params = {"kind": "plan"} | given.get("params", {})
            names = (params.get(part, ()) for part in ("bodies", "partners", "roles"))
            subjects, wanted = _subjects(asking, params["kind"]), _wanted(asking, *names)
            complete = _complete(subjects, wanted, asking.on) if not wanted.absent else None
            title = subjects[0].title if subjects else Subject.Kind(params["kind"]).label
            found.append(Rested(title, complete[1] if complete else None))
    return found


def _still_missing(subjects: Sequence[Subject], wanted: Wanted, on: date) -> list[str]:
    latest = [version for subject in subjects if (version := latest_of(subject, on)) is not None]
    agreed = {named for version in latest for named in _agreed(version, on)}
    return [name for named, name in wanted.parties.items() if named not in agreed] + list(wanted.absent)


def agreement_reviewed(asking: Asking, requirement: Requirement, *, kind: str) -> CheckAnswer:
    """Was what is in force looked at again by the day that was set for it, and is a day set for the next time?"""
    subjects = _subjects(asking, kind)
    if not subjects:
        return _nothing(asking, kind)
    return _best([_review_of(asking, subject) for subject in subjects])


def _review_of(asking: Asking, subject: Subject) -> CheckAnswer:
    version, link = in_force_of(subject, asking.on), (_link(asking, subject),)
    if version is None:
        return CheckAnswer("no evidence", f"No version of {lower_first(subject.title)} is in force to review.", link)
    done = [review for review in subject.reviews.all() if review.reviewed_on <= asking.on]
    due = review_due(subject, version, asking.on)
    last = f"It was last reviewed on {date_words(done[-1].reviewed_on)}" if done else "It has not been reviewed yet"
    if due is None:
        return CheckAnswer(
            "at risk" if done else "no evidence", f"{last}, and no day is set for the next review.", link
        )
    if due < asking.on:
        days = counted((asking.on - due).days, "day")
        return CheckAnswer("not met", f"{last}. A review was due by {date_words(due)}, {days} ago.", link)
    return CheckAnswer("met" if done else "no evidence", f"{last}; the next review is due by {date_words(due)}.", link)


CHECKS: dict[str, Callable[..., CheckAnswer]] = {
    check.__name__: check for check in (agreement_in_force, plan_agreed, agreement_reviewed)
}


def register() -> None:
    """Called once, when the application starts."""
    for name, check in CHECKS.items():
        register_check(name, check)
