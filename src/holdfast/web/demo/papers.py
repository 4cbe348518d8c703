"""Audits that were done on paper: what is answered and graded of a case, from a seed, and the month's taking in.

What is looked for is found more often as practice grows better, by theme (`chances`, a share in the first month and one
in the last): oversight gains, the child's voice does not. Auditors grow kinder until the moderators' grades are talked
through, and are less so afterwards. All of it is invented.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.models import Account
from holdfast.audits.models import Audit, SampledCase
from holdfast.audits.services import taking_in
from holdfast.audits.themes import theme_of
from holdfast.organisation.models import RoleHolding, Team
from holdfast.questions import selectors as questions
from holdfast.questions.models import SetVersion
from holdfast.questions.wording import Question, Wording

LOWEST: Final = 3
TRUE_AT_FIRST, TRUE_AT_LAST = (3, 27, 45, 25), (6, 40, 39, 15)
"""How many of a hundred cases deserve each grade, the best first, in the first month and in the last."""
MEAN_AT_FIRST: Final = 1.9
AT_FIRST_KIND: Final = 0.2
GROWS_KINDER: Final = 0.9
"""How much of the time an auditor grades too high at first, and how much more by the end, unless it is talked of."""

Answers = dict[str, dict[str, str]]


def as_of(username: str, on: date, hour: int = 10) -> dict[str, Any]:
    """Who writes, and an hour of the day on which they would have."""
    by = _accounts.get(username) or Account.objects.get(username=username)
    _accounts[username] = by
    return {"by": by, "at": datetime.combine(on, time(hour), clock.LONDON)}


_accounts: Final[dict[str, Account]] = {}


@dataclass(frozen=True)
class Paper:
    """An audit done on paper, and the grade that its case deserves."""

    facts: taking_in.DoneElsewhere
    true: int


@dataclass
class Auditors:
    """Who audits, how much of it, and how kindly beside the others; nobody reads a case of their own team."""

    chance: random.Random
    shares: Sequence[tuple[str, int, float]]
    teams: Mapping[str, frozenset[str]]

    def of(self, team: Team) -> tuple[str, float]:
        """One of those who may read a team's case, with how kind they are."""
        free = [one for one in self.shares if team.code not in self.teams.get(one[0], ())]
        [(name, _, kinder)] = self.chance.choices(free, weights=[share for _, share, _ in free])
        return name, kinder


def auditors(facts: Mapping[str, Any], seed: int) -> Auditors:
    shares = [(one["who"], one["share"], one["kinder"]) for one in facts["auditors"]]
    held = RoleHolding.objects.filter(account__username__in=[name for name, _, _ in shares], kind="team")
    teams: dict[str, set[str]] = {}
    for name, key in held.values_list("account__username", "key"):
        teams.setdefault(name, set()).add(key)
    return Auditors(random.Random(seed), shares, {name: frozenset(keys) for name, keys in teams.items()})  # noqa: S311


@dataclass(frozen=True)
class Practice:
    """How well cases are worked on a day: `part` of the time that is over, what is found by theme, how kind grades are.

    `chances`: a question's code, or its theme, or "" for any other, to the share found in the first month and the last.
    """

    part: float
    chances: Mapping[str, Sequence[float]]
    kind: float

    def found(self, question: Question, true: int) -> float:
        """How often what a question looks for is there, in a case that deserves a grade."""
        own = self.chances.get(question.code) or self.chances.get(theme_of(question))
        first, last = own or self.chances[""]
        return min(max(first + (last - first) * self.part + 0.08 * (MEAN_AT_FIRST - true), 0.04), 0.97)


def practice_on(facts: Mapping[str, Any], on: date) -> Practice:
    first, last = date.fromisoformat(facts["from_on"]), date.fromisoformat(facts["until"])
    part = min((on - first).days / (last - first).days, 1.0)
    is_later = on > date.fromisoformat(facts["talked_through"])
    return Practice(part, facts["chances"], facts["kind_later"] if is_later else AT_FIRST_KIND + GROWS_KINDER * part)


def deserved(part: float, chance: random.Random) -> int:
    """The grade that a case deserves; `part` is how much of the time is over: practice grows better."""
    weights = [a + (b - a) * part for a, b in zip(TRUE_AT_FIRST, TRUE_AT_LAST, strict=True)]
    return chance.choices(range(4), weights=weights)[0]


@dataclass(frozen=True)
class Read:
    """One case to be read on paper: which questions, whose, by whom and when; of what audit or sample, if any."""

    version: SetVersion
    reference: str
    team: Team
    on: date
    auditor: str
    kinder: float = 1.0
    chosen: str = "random"
    of: Audit | None = None
    sampled: SampledCase | None = None


def paper(read: Read, practice: Practice, chance: random.Random, true: int) -> Paper:
    """One audit of a case, graded too high as often as its auditor did by then."""
    wording = questions.wording(read.version)
    given = max(true - (chance.random() < practice.kind * read.kinder), 0)
    answers = answers_of(wording, practice, true, given, chance, is_unsafe=False)
    _part_from_the_whole(wording, answers, practice, read.reference)
    by = as_of(read.auditor, read.on)["by"].pk
    facts: dict[str, Any] = {"answers": answers, "audits_again": read.of, "sampled": read.sampled}
    facts |= {"begun_at": as_of(read.auditor, read.on, 10)["at"]}
    facts |= {"handed_in_at": as_of(read.auditor, read.on, 16)["at"]}
    done = taking_in.DoneElsewhere(read.version, read.reference, read.team, read.chosen, by, **facts)
    return Paper(done, true)


def answers_of(
    wording: Wording, practice: Practice, true: int, given: int, chance: random.Random, *, is_unsafe: bool
) -> Answers:
    """An answer to whatever is asked: the better the practice, the more often what is looked for is there."""
    answers: Answers = {}
    for question in wording.questions:
        on = question.condition
        if on is None or answers.get(on.question, {}).get("value") in on.values:
            answers[question.code] = {"value": _value(question, practice.found(question, true), given, chance)}
    if is_unsafe:
        answers["safe-today"] = {"value": "at-risk"}
    return answers


def _part_from_the_whole(wording: Wording, answers: Answers, practice: Practice, reference: str) -> None:
    """Give some of the parts of a case a grade beside that of the whole: no case is alike in all of them.

    Oversight is worse than the rest of a case at first, and better in the end.
    """
    chance = random.Random(reference)  # noqa: S311 - invented
    for question in wording.questions:
        if question.judges == "section" and question.scale is not None and question.code in answers:
            codes = [choice.code for choice in question.scale.choices]
            moves = (-1, 0, 0, 0, 1)
            if question.code == "grade-oversight":
                moves = (-1, -1, 0, 0, 0) if chance.random() < practice.part else (0, 0, 0, 1, 1)
            answers[question.code] = {"value": beside(codes, answers[question.code]["value"], chance.choice(moves))}


def beside(codes: Sequence[str], grade: str, steps: int) -> str:
    """The grade so many places down a scale from another, or its last one."""
    return codes[min(max(codes.index(grade) + steps, 0), len(codes) - 1)]


def _value(question: Question, found: float, given: int, chance: random.Random) -> str:
    if question.scale is None:
        return "Invented for the demonstration."
    codes = [choice.code for choice in question.scale.choices if choice.code not in question.stops_on]
    if question.judges:
        return codes[given]
    met = [code for code in codes if code in question.met_by] or codes
    others = [code for code in codes if code not in met] or met
    if question.code == "assessment-done":
        return "yes"  # the cases were drawn from those assessed
    among = met if chance.random() < found else others
    return among[0] if chance.random() < 0.7 else chance.choice(among)
