"""The one place that counts answers: how many gave each, how many it did not apply to, how many are missing.

A question that a sheet's answers did not ask is in none of these. Rule: a
share is of those who answered, is never an unknown taken for a no, and comes with its interval.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from holdfast.performance.selectors.shares import Share, share_of
from holdfast.questions import selectors
from holdfast.questions.models import SetVersion, Sheet
from holdfast.questions.wording import NOT_APPLICABLE, Answers, Question, asked

Lot = TypeVar("Lot", bound=Hashable)


@dataclass
class Counted:
    """The answers to one question: how many of each value; not applicable and missing are no values."""

    question: Question
    values: Counter[str] = field(default_factory=Counter)
    n_not_applicable: int = 0
    n_missing: int = 0

    @property
    def n_answered(self) -> int:
        return sum(self.values.values())

    @property
    def met(self) -> Share | None:
        """The share of those who answered whose answer meets what is looked for; None where nothing is looked for."""
        if not self.question.met_by:
            return None
        return share_of(sum(self.values[value] for value in self.question.met_by), self.n_answered)

    @property
    def short(self) -> Share | None:
        """The share of those who answered whose answer falls short of it; None where nothing is looked for."""
        return share_of(self.n_answered - self.met.n_in, self.n_answered) if self.met else None

    @property
    def short_kinds(self) -> list[tuple[str, int]]:
        """Each answer that counts as short, as its scale words it, with how many gave it: “cannot tell” is not “no”."""
        choices = self.question.scale.choices if self.question.scale and self.question.met_by else ()
        return [(one.label, self.values[one.code]) for one in choices if one.code not in self.question.met_by]

    def add(self, answer: Mapping[str, str] | None) -> None:
        """Count one answer of a sheet that was asked the question; None where it is not answered."""
        value = answer.get("value") if answer else None
        if value == NOT_APPLICABLE and answer and answer.get("why"):
            self.n_not_applicable += 1
        elif value and value != NOT_APPLICABLE:
            self.values[value if self.question.scale is not None else "given"] += 1
        elif not self.question.is_optional:
            self.n_missing += 1

    def share(self, value: str) -> Share:
        return share_of(self.values[value], self.n_answered)


def count_of(version_of: Mapping[int, SetVersion]) -> dict[str, Counted]:
    """Question code to its counts, over the sheets with these keys, of versions of one set; each key to its version.

    A question that was reworded keeps its code and is counted apart: its key is then "code@hash of its words".
    """
    return counts_of({None: version_of})[None]


def counts_of(lots: Mapping[Lot, Mapping[int, SetVersion]]) -> dict[Lot, dict[str, Counted]]:
    """As `count_of`, of several lots of sheets, in one reading of them all."""
    every = [sheet for version_of in lots.values() for sheet in version_of]
    read = dict(selectors.answered(Sheet.objects.filter(pk__in=every)))
    return {
        lot: _count((version, read.get(sheet, _NO_ANSWERS)) for sheet, version in version_of.items())
        for lot, version_of in lots.items()
    }


_NO_ANSWERS: Final[Answers] = {}


def _count(read: Iterable[tuple[SetVersion, Answers]]) -> dict[str, Counted]:
    found: dict[str, Counted] = {}
    first: dict[str, Question] = {}
    versions: dict[int, tuple[Sequence[Question], dict[str, Counted]]] = {}
    for version, answers in read:
        if version.pk not in versions:
            versions[version.pk] = (selectors.wording(version).questions, {})
        questions, own = versions[version.pk]
        for question in asked(questions, answers):
            counted = own.get(question.code)
            if counted is None:
                same = first.setdefault(question.code, question) == question
                key = question.code if same else f"{question.code}@{version.pk}"
                counted = own[question.code] = found.setdefault(key, Counted(question))
            counted.add(answers.get(question.code))
    return found


def together(counts: Iterable[Mapping[str, Counted]]) -> list[Counted]:
    """Counts of several lots of sheets as one; a question in other words, or on another scale, stays its own."""
    found: dict[str, list[Counted]] = {}
    for lot in counts:
        for counted in lot.values():
            alike = found.setdefault(counted.question.code, [])
            own = next((other for other in alike if other.question == counted.question), None)
            if own is None:
                own = Counted(counted.question)
                alike.append(own)
            own.values.update(counted.values)
            own.n_not_applicable += counted.n_not_applicable
            own.n_missing += counted.n_missing
    return [counted for alike in found.values() for counted in alike]
