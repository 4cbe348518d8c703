"""Writing who was told of what is agreed, and exercises of invented cases.

Rule: whoever wrote a case of an exercise, and so knows what is meant, decides none of it; a decision is made once, and
nothing is added to an exercise that somebody has begun.
"""

from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, account_of, check
from holdfast.access.due import refuse_odd_due
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.agreements.models import Version
from holdfast.organisation.models import Agency, Programme
from holdfast.pages.words import date_words
from holdfast.practice.models import Briefing, BriefingWithdrawal, Exercise, RouteLine, Vignette, VignetteDecision
from holdfast.practice.selectors.exercises import level_question, of_version
from holdfast.practice.selectors.thresholds import lines_of
from holdfast.practice.whose import own_agency
from holdfast.questions.models import SetVersion
from holdfast.questions.naming import seems


class OddDay(NotDone):
    """A day that has not come, or came before what it is about."""


class Begun(NotDone):
    """The exercise is closed, or somebody has decided a case of it."""


class KnowsTheAnswers(Forbidden):
    """Whoever wrote a case of an exercise knows what is meant, so that their decision would say nothing."""

    def __init__(self, programme: str) -> None:
        words = "You wrote a case of this exercise, so you know what is meant. Others decide it."
        super().__init__(words, programme=programme)


@service
def record_briefing(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    version: Version,
    agency: Agency,
    told_on: date,
    how: str,
    whom: str,
    n_people: int,
) -> Briefing:
    """Record that people of an agency were told of a version of something agreed. Raises Refused or OddDay."""
    check(by, Permission.MANAGE_PRACTICE, programme.code)
    today = clock.day_of(at)
    if told_on > today:
        raise OddDay("Enter a day that has come: what is only planned has told nobody.", field="told_on")
    if told_on < version.proposed_on:
        first = date_words(version.proposed_on)
        raise OddDay(f"Enter {first} or a later day: the version was put forward then.", field="told_on")
    if n_people < 1:
        raise NotDone("Enter how many were told, 1 or more.", field="n_people")
    briefing = Briefing(programme=programme, version=version, agency=agency, told_on=told_on, how=Briefing.How(how))
    briefing.whom, briefing.n_people = " ".join(whom.split()), n_people
    briefing.recorded_on, briefing.recorded_by = today, account_of(by)
    briefing.save()
    record(
        "who was told recorded",
        programme=programme.code,
        subject=agency.name,
        detail={"people": n_people} | seems(whom),
    )
    return briefing


@service
def withdraw_briefing(*, by: Actor, at: datetime, briefing: Briefing, reason: str) -> BriefingWithdrawal:
    """Take back a record of who was told that was a mistake; it stays to be read. Raises Refused or NotDone."""
    check(by, Permission.MANAGE_PRACTICE, briefing.programme.code)
    if BriefingWithdrawal.objects.filter(briefing=briefing).exists():
        raise NotDone("It was withdrawn already.")
    if not reason.strip():
        raise NotDone("Say why, in a sentence.", field="reason")
    made = BriefingWithdrawal(briefing=briefing, reason=reason.strip(), withdrawn_on=clock.day_of(at))
    made.withdrawn_by = account_of(by)
    made.save()
    said = {"programme": briefing.programme.code, "subject": briefing.agency.name}
    record("record of who was told withdrawn", **said, detail=seems(reason))
    return made


@service
def mark_route(*, by: Actor, at: datetime, version: Version, line: str, part: str) -> RouteLine:
    """Say what a line of a version says of a child below the threshold. Raises Refused or NotDone."""
    code = version.subject.programme.code
    check(by, Permission.MANAGE_PRACTICE, code)
    if line not in lines_of(version):
        raise NotDone("Choose a line of what is agreed: nothing else is the route.", field="line")
    made = RouteLine(version=version, line=line, part=RouteLine.Part(part), marked_on=clock.day_of(at))
    made.marked_by = account_of(by)
    made.save()
    record("line of the route marked", programme=code, subject=str(version))
    return made


@service
def set_exercise(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    title: str,
    version: SetVersion,
    due_on: date,
    is_invented: bool = False,
) -> Exercise:
    """Set an exercise, whose cases are then written. Raises Refused or NotDone."""
    check(by, Permission.MANAGE_PRACTICE, programme.code)
    if of_version(version) is None:
        raise NotDone("Those questions do not ask which level of help is right. Choose others.", field="version")
    refuse_odd_due(at, due_on)
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = Exercise.objects.filter(programme=programme).order_by("-number").first()
    made = Exercise(programme=programme, number=last.number + 1 if last else 1, title=title.strip(), version=version)
    made.set_on, made.set_by, made.due_on, made.is_invented = clock.day_of(at), account_of(by), due_on, is_invented
    made.save()
    record("exercise set", programme=programme.code, subject=str(made), detail=seems(title))
    return made


@service
def add_vignette(*, by: Actor, at: datetime, exercise: Exercise, case: str, meant: str, why: str) -> Vignette:
    """Write a case of an exercise that nobody has begun, with what is meant. Raises Refused, Begun or NotDone."""
    code = exercise.programme.code
    check(by, Permission.MANAGE_PRACTICE, code)
    kept = _open(exercise)
    if VignetteDecision.objects.filter(vignette__exercise=kept).exists():
        raise Begun("Somebody has begun it, so it stays as it is. Set another exercise.")
    _refuse_off_scale(kept, meant, "meant")
    if not case.strip() or not why.strip():
        raise NotDone("Write the case, and why that is meant.", field="why" if case.strip() else "case")
    made = Vignette(exercise=kept, number=kept.vignettes.count() + 1, case=case.strip(), meant=meant, why=why.strip())
    made.written_by = account_of(by)
    made.save()
    record("invented case written", programme=code, subject=str(made), detail=seems(case, why))
    return made


@service
def decide_vignette(*, by: Actor, at: datetime, vignette: Vignette, level: str, why: str = "") -> VignetteDecision:
    """One's own decision of a case, for one's own agency. Raises Refused, Begun, KnowsTheAnswers or NotDone."""
    code = vignette.exercise.programme.code
    agency = own_agency(by, code)
    kept = _open(vignette.exercise)
    if by is not SYSTEM and kept.vignettes.filter(written_by=by).exists():
        raise KnowsTheAnswers(code)
    if VignetteDecision.objects.filter(vignette=vignette, account=by).exists():
        raise NotDone("You have decided it, and your decision stays.")
    _refuse_off_scale(kept, level, "level")
    made = VignetteDecision(vignette=vignette, agency=agency, account=by, level=level, why=why.strip())
    made.decided_on = clock.day_of(at)
    made.save()
    record("invented case decided", programme=code, subject=str(vignette), detail=seems(why))
    return made


@service
def close_exercise(*, by: Actor, at: datetime, exercise: Exercise) -> Exercise:
    """Close an exercise: everybody then reads what each agency decided, and what was meant. Raises Refused or Begun."""
    code = exercise.programme.code
    check(by, Permission.MANAGE_PRACTICE, code)
    kept = _open(exercise)
    if not VignetteDecision.objects.filter(vignette__exercise=kept).exists():
        raise NotDone("Nobody has decided a case of it yet.")
    kept.closed_on, kept.closed_by = clock.day_of(at), account_of(by)
    kept.save()
    record("exercise closed", programme=code, subject=str(kept))
    return kept


def _open(exercise: Exercise) -> Exercise:
    """The exercise, held for this write. Raises Begun where it is closed."""
    kept = Exercise.objects.select_for_update().select_related("version", "programme").get(pk=exercise.pk)
    if kept.closed_on is not None:
        raise Begun(f"It was closed on {date_words(kept.closed_on)}.")
    return kept


def _refuse_off_scale(exercise: Exercise, level: str, field: str) -> None:
    if level not in {choice.code for choice in level_question(exercise).scale.choices}:
        raise NotDone("Choose a level from the scale.", field=field)
