"""Reading exercises: one's own decisions, and, once closed, how each agency decided beside what was meant.

The first argument is the account. Rule: before an exercise is closed nobody is given another agency's decisions, nor
what is meant; an agency of fewer than three people who decided is in no number, for it would be theirs alone.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from holdfast.access.doors import SYSTEM, Actor, Missing, Refused, check, may
from holdfast.access.permissions import Permission
from holdfast.organisation.models import Agency
from holdfast.performance.selectors.shares import Share, share_of
from holdfast.practice.models import Exercise, Vignette, VignetteDecision
from holdfast.practice.whose import own_agencies, partners
from holdfast.questions import selectors as questions
from holdfast.questions.models import SetVersion
from holdfast.questions.wording import Choice

TOPIC: Final = "threshold"
FEWEST_PEOPLE: Final = 3


class NoSuchExercise(Missing):
    """The programme has no exercise of that number, or that one no such case."""

    def __init__(self, number: int, case: int | None = None) -> None:
        part = f"exercise {number}" if case is None else f"case {case} of exercise {number}"
        super().__init__(f"There is no {part} here.")


def of_version(version: SetVersion) -> Any:
    """The question of a version that asks which level of help is right, its scale from least to most; None without one.

    It is the first question on a threshold that is answered on an ordered scale.
    """
    found = [one for one in questions.wording(version).questions if one.scale and TOPIC in one.topics]
    return next((one for one in found if one.scale and one.scale.is_ordered), None)


def level_question(exercise: Exercise) -> Any:
    question = of_version(exercise.version)
    assert question is not None
    return question


def levels(exercise: Exercise) -> list[Choice]:
    """The levels of help that may be decided, the least first."""
    return list(level_question(exercise).scale.choices)


def label_of(exercise: Exercise, level: str) -> str:
    return next((choice.label for choice in levels(exercise) if choice.code == level), level)


def exercises(user: Actor, code: str) -> QuerySet[Exercise]:
    """Every exercise, the newest first, with its cases."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = Exercise.objects.filter(programme__code=code).select_related("programme", "version__question_set")
    return found.prefetch_related("vignettes")


def one_exercise(user: Actor, code: str, number: int) -> Exercise:
    """One of them. Raises Refused or NoSuchExercise."""
    found = exercises(user, code).filter(number=number).first()
    if found is None:
        raise NoSuchExercise(number)
    return found


def own_decisions(user: Actor, exercise: Exercise) -> dict[int, VignetteDecision]:
    """What one decided, by the number of the case."""
    if user is SYSTEM:
        return {}
    found = VignetteDecision.objects.filter(vignette__exercise=exercise, account=user).select_related("vignette")
    return {decision.vignette.number: decision for decision in found}


def may_decide(user: Actor, exercise: Exercise) -> bool:
    """Whether the account may decide cases of it: open, for an agency of its own, and none of the cases its own."""
    wrote = any(vignette.written_by_id == getattr(user, "pk", None) for vignette in exercise.vignettes.all())
    return exercise.closed_on is None and not wrote and bool(own_agencies(user, exercise.programme.code))


def may_still_grow(exercise: Exercise) -> bool:
    """Whether cases may still be written: it is open, and nobody has decided one."""
    return exercise.closed_on is None and not _is_begun(exercise)


def may_close(exercise: Exercise) -> bool:
    return exercise.closed_on is None and _is_begun(exercise)


def _is_begun(exercise: Exercise) -> bool:
    return VignetteDecision.objects.filter(vignette__exercise=exercise).exists()


def versions_to_use(user: Actor, code: str) -> QuerySet[SetVersion]:
    """The newest versions of question sets that ask which level of help is right."""
    found = questions.newest_versions(user, code)
    return found.filter(pk__in=[version.pk for version in found if of_version(version) is not None])


def to_decide(user: Actor, code: str, number: int, case: int) -> Vignette:
    """A case that the account may still decide. Raises Refused or NoSuchExercise."""
    exercise = one_exercise(user, code, number)
    vignette = next((one for one in exercise.vignettes.all() if one.number == case), None)
    if vignette is None:
        raise NoSuchExercise(number, case)
    if not may_decide(user, exercise) or case in own_decisions(user, exercise):
        raise Refused(Permission.ANSWER_FOR_AGENCY, code)
    return vignette


@dataclass(frozen=True)
class Taken:
    """How far an agency's people have come with an open exercise: how many have begun, and how many decided all."""

    agency: Agency
    n_begun: int
    n_done: int


def taken_part(user: Actor, exercise: Exercise) -> list[Taken]:
    """How many of each agency have decided: of every agency for who manages practice, of one's own for others."""
    code = exercise.programme.code
    check(user, Permission.SEE_PROGRAMME, code)
    agencies = partners(code) if may(user, Permission.MANAGE_PRACTICE, code) else own_agencies(user, code)
    given = VignetteDecision.objects.filter(vignette__exercise=exercise).values_list("agency_id", "account_id")
    counts = Counter(given)
    n_cases = len(exercise.vignettes.all())
    found = []
    for agency in agencies:
        own = [n for (key, _), n in counts.items() if key == agency.pk]
        found.append(Taken(agency, len(own), sum(n == n_cases for n in own)))
    return found


@dataclass(frozen=True)
class AgencyAgrees:
    """Of an agency's decisions, how many were what is meant, or less or more help than that."""

    name: str
    n_people: int
    same: Share
    less: Share
    more: Share


@dataclass(frozen=True)
class CaseDecided:
    """One case: what is meant, and of each agency shown what most of its people decided, with how many of how many.

    `differs`: not every agency's people mostly decided the same. A tie counts as the level of less help.
    """

    vignette: Vignette
    mostly: dict[str, tuple[str, int, int]]

    @property
    def differs(self) -> bool:
        return len({level for level, _, _ in self.mostly.values()}) > 1


@dataclass(frozen=True)
class Outcome:
    """What a closed exercise found. `left_out`: agencies of which too few took part; `absent`: of which nobody did."""

    agencies: Sequence[AgencyAgrees]
    every: AgencyAgrees
    cases: Sequence[CaseDecided]
    left_out: Sequence[str]
    absent: Sequence[str]


def outcome(user: Actor, exercise: Exercise) -> Outcome | None:
    """What a closed exercise found, for everybody in the programme; None before it is closed."""
    check(user, Permission.SEE_PROGRAMME, exercise.programme.code)
    if exercise.closed_on is None:
        return None
    found = VignetteDecision.objects.filter(vignette__exercise=exercise).select_related("vignette", "agency")
    by_agency: dict[str, list[VignetteDecision]] = {agency.name: [] for agency in partners(exercise.programme.code)}
    for decision in found:
        by_agency.setdefault(decision.agency.name, []).append(decision)
    enough = {name: given for name, given in by_agency.items() if _n_people(given) >= FEWEST_PEOPLE}
    places = {choice.code: place for place, choice in enumerate(levels(exercise))}
    return Outcome(
        agencies=[_agrees(name, given, places) for name, given in sorted(enough.items())],
        every=_agrees("Together", [one for given in enough.values() for one in given], places),
        cases=[_decided(vignette, enough, places) for vignette in exercise.vignettes.all()],
        left_out=sorted(name for name, given in by_agency.items() if 0 < _n_people(given) < FEWEST_PEOPLE),
        absent=sorted(name for name, given in by_agency.items() if not given),
    )


def _n_people(given: Sequence[VignetteDecision]) -> int:
    return len({decision.account_id for decision in given})


def _agrees(name: str, given: Sequence[VignetteDecision], places: dict[str, int]) -> AgencyAgrees:
    apart = [places[one.level] - places[one.vignette.meant] for one in given]
    n_less, n_more, n = sum(gap < 0 for gap in apart), sum(gap > 0 for gap in apart), len(apart)
    same, less, more = (share_of(n_in, n) for n_in in (n - n_less - n_more, n_less, n_more))
    return AgencyAgrees(name, _n_people(given), same, less, more)


def _decided(vignette: Vignette, enough: dict[str, list[VignetteDecision]], places: dict[str, int]) -> CaseDecided:
    mostly = {}
    for name, given in sorted(enough.items()):
        counts = Counter(one.level for one in given if one.vignette_id == vignette.pk)
        if counts:
            level = min(counts, key=lambda one: (-counts[one], places[one]))
            mostly[name] = (level, counts[level], counts.total())
    return CaseDecided(vignette, mostly)


def last_closed(user: Actor, code: str, on: Any) -> Exercise | None:
    """The exercise that was closed last by a day; None when none was."""
    closed = exercises(user, code).filter(closed_on__isnull=False, closed_on__lte=on)
    return closed.order_by("-closed_on", "-number").first()


def page_of(exercise: Exercise) -> str:
    return reverse("exercise", args=[exercise.programme.code, exercise.number])
