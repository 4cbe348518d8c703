"""The one place that counts answers: how many gave each, how many it did not apply to, how many are missing.

Pure over sheets fetched with their answers. A question that a sheet's answers did not ask is in none of these. Rule: a
share is of those who answered, is never an unknown taken for a no, and comes with its interval.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from holdfast.performance.selectors.shares import Share, share_of
from holdfast.questions import selectors
from holdfast.questions.models import Sheet
from holdfast.questions.wording import NOT_APPLICABLE, Question, asked, is_answered


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

    def share(self, value: str) -> Share:
        return share_of(self.values[value], self.n_answered)


def count(sheets: Iterable[Sheet]) -> dict[str, Counted]:
    """Question code to its counts, over sheets of versions of one set. A question of an older version stays its own.

    A question that was reworded keeps its code and is counted apart: its key is then "code@hash of its words".
    """
    found: dict[str, Counted] = {}
    first: dict[str, Question] = {}
    for sheet in sheets:
        answers = selectors.answers(sheet)
        for question in asked(selectors.wording(sheet.version).questions, answers):
            same = first.setdefault(question.code, question) == question
            key = question.code if same else f"{question.code}@{sheet.version_id}"
            _add(found.setdefault(key, Counted(question)), answers.get(question.code))
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


def _add(counted: Counted, answer: Mapping[str, str] | None) -> None:
    if not is_answered(answer):
        counted.n_missing += 0 if counted.question.is_optional else 1
    elif answer is not None and answer["value"] == NOT_APPLICABLE:
        counted.n_not_applicable += 1
    elif answer is not None:
        counted.values[answer["value"] if counted.question.scale else "given"] += 1
