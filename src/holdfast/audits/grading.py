"""Grades: which question gives which, on what scale, and what a grade is read as today. Pure.

Rule: grades are ordered and never averaged; two scales are read together only as one family, by what each label stands
for. A grade is said with whose it is: the auditor's alone is labelled so.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from holdfast.audits.models import Audit, Grading, Moderation
from holdfast.questions import selectors as questions
from holdfast.questions.wording import Question, Scale, Wording

NOT_MODERATED: Final = "Auditor’s grade, not moderated"
WAITS: Final = "Auditor’s grade, moderation to come"
DIFFER: Final = "Two grades differ, the final one to come"
FINAL: Final = "Final grade, moderated"
NOT_GRADED: Final = "Not graded yet"
WHY_GRADED: Final = "grade-why"
"""The code of the question in which a set asks its auditor why the whole is graded as it is."""


def whole_question(wording: Wording) -> Question | None:
    """The question whose answer is the grade of the whole; None in a set that gives none."""
    return next((one for one in wording.questions if one.judges == "whole" and one.scale), None)


def judged(wording: Wording) -> list[Question]:
    """Every question whose answer is a grade, the whole's last."""
    return sorted((one for one in wording.questions if one.judges and one.scale), key=lambda one: one.judges == "whole")


@dataclass(frozen=True)
class Graded:
    """The grade that stands for an audit, and whose. `grade` is what it is read as today; "" when there is none."""

    grade: str
    label: str
    whose: str

    @property
    def is_moderated(self) -> bool:
        return self.whose == FINAL


def gradings(audit: Audit) -> dict[str, Grading]:
    """Part to grading, of an audit fetched with its gradings."""
    return {each.part: each for each in audit.gradings.all()}


def standing_grade(audit: Audit) -> Graded:
    """The final grade; else the auditor's, said to be that. An audit that gives no grade has none."""
    question = whole_question(questions.wording(audit.version))
    wholes = {part: each.whole for part, each in gradings(audit).items()}
    return graded(question.scale if question else None, wholes, is_drawn=hasattr(audit, "moderation"))


def graded(scale: Scale | None, wholes: Mapping[str, str], *, is_drawn: bool) -> Graded:
    """The grade that stands of those given: part to the grade of the whole, on a version's own scale."""
    whole = wholes.get("final") or wholes.get("auditor")
    if not whole or scale is None:
        return Graded("", "", NOT_GRADED)
    choice = scale.choice(whole)
    label = choice.label if choice else whole
    return Graded(choice.stands_for if choice else whole, label, _whose(wholes, is_drawn=is_drawn))


def _whose(given: Mapping[str, str], *, is_drawn: bool) -> str:
    if "final" in given:
        return FINAL
    if "moderator" in given:
        return DIFFER
    return WAITS if is_drawn else NOT_MODERATED


def label_of(question: Question, grade: str) -> str:
    choice = question.scale.choice(grade) if question.scale else None
    return choice.label if choice else grade


def drawn_for_moderation(whole: str, scale: Scale, percent: int, seed: str, number: int) -> str:
    """Why an audit is graded again: its grade is the lowest or the highest, or the seed draws it; "" when not.

    The seed and the audit's number say it alone, so that anybody can draw it again, and nobody can choose.
    """
    if whole == scale.choices[-1].code:
        return Moderation.Why.LOWEST
    if whole == scale.choices[0].code:
        return Moderation.Why.HIGHEST
    drawn = int.from_bytes(hashlib.sha256(f"{seed}:{number}".encode()).digest()[:8])
    return Moderation.Why.SHARE if drawn % 10_000 < percent * 100 else ""
