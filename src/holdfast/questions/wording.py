"""A version's content as values: sections of questions, their scales, what is asked only if, what must stop the form.

Pure. The schema (library/question-set.schema.json) holds the shape; `wording_of` holds the sense: every name refers to
something, and a condition only looks back. Rule: what is asked follows from the answers alone (`asked`).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Answers = Mapping[str, Mapping[str, str]]
"""Question to {"value": ..., "why": ...}; a question nobody has answered is not in it."""
NOT_APPLICABLE: Final = "not-applicable"
"""The value of an answer that says the question does not apply; its "why" says why."""


class UnsoundSet(Exception):
    """Content of the right shape that makes no sense. `path` is where in it."""

    def __init__(self, path: str, problem: str) -> None:
        self.path, self.problem = path, problem
        super().__init__(f"At {path}: {problem}")


@dataclass(frozen=True)
class Choice:
    """One point of a scale. `stands_for` is the point of the scale of today that it is read as, itself by default."""

    code: str
    label: str
    descriptor: str
    stands_for: str


@dataclass(frozen=True)
class Scale:
    """What may be chosen, the best first where `is_ordered`. Scales with the same `family` may be read together."""

    code: str
    family: str
    is_ordered: bool
    choices: Sequence[Choice]

    def choice(self, code: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True)
class Condition:
    """Ask only if an earlier question has one of these values."""

    question: str
    values: frozenset[str]


@dataclass(frozen=True)
class Question:
    """One question. `kind` is choice (of `scale`), text or date. `met_by`: the values that meet what is looked for.

    `stops_on`: the values that stop the form at once. `judges`: "whole" or "section", where the answer is a judgement
    of the whole or of its section; "" otherwise. `is_optional`: nothing is missing when it is empty.
    """

    code: str
    ask: str
    kind: str
    guidance: str
    section: str
    scale: Scale | None
    may_not_apply: bool
    is_optional: bool
    condition: Condition | None
    stops_on: frozenset[str]
    met_by: frozenset[str]
    judges: str
    topics: Sequence[str]
    requirements: Sequence[str]
    principle: str


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    guidance: str
    questions: Sequence[Question]


@dataclass(frozen=True)
class Wording:
    """A whole version. `law` is the edition of the guidance it is written for; "" for none."""

    code: str
    kind: str
    title: str
    law: str
    guidance: str
    principles: Mapping[str, str]
    sections: Sequence[Section]

    @property
    def questions(self) -> list[Question]:
        return [question for section in self.sections for question in section.questions]

    def section(self, code: str) -> Section | None:
        return next((section for section in self.sections if section.code == code), None)

    def question(self, code: str) -> Question | None:
        return next((question for question in self.questions if question.code == code), None)


def hash_of(content: Any) -> str:
    """The hash of a version: of every word in it, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def wording_of(content: Mapping[str, Any]) -> Wording:
    """A version's content as values. Raises UnsoundSet with the path of what makes no sense."""
    facts = content["set"]
    scales = {each["code"]: _scale(each) for each in content.get("scales", [])}
    principles = {each["code"]: each["words"] for each in content.get("principles", [])}
    seen: dict[str, Question] = {}
    sections = [_section(each, scales, principles, seen) for each in content["sections"]]
    codes = [section.code for section in sections]
    for code in codes:
        if codes.count(code) > 1:
            raise UnsoundSet(f"sections[{code}]", "two sections have this code. Give each its own.")
    parts = (facts["code"], facts["kind"], facts["title"], facts.get("law", ""), facts.get("guidance", ""))
    return Wording(*parts, principles, sections)


def _scale(each: Mapping[str, Any]) -> Scale:
    choices = [
        Choice(one["code"], one["label"], one.get("descriptor", ""), one.get("stands_for", one["code"]))
        for one in each["choices"]
    ]
    codes = [choice.code for choice in choices]
    if len(set(codes)) < len(codes) or NOT_APPLICABLE in codes:
        raise UnsoundSet(f"scales[{each['code']}]", f"a choice is given twice, or is called “{NOT_APPLICABLE}”.")
    return Scale(each["code"], each.get("family", each["code"]), each.get("ordered", False), choices)


def _section(
    each: Mapping[str, Any], scales: Mapping[str, Scale], principles: Mapping[str, str], seen: dict[str, Question]
) -> Section:
    found = []
    for asked_of in each["questions"]:
        path = f"sections[{each['code']}].questions[{asked_of['code']}]"
        if asked_of["code"] in seen:
            raise UnsoundSet(path, "another question of the set has this code. Give each its own.")
        question = _question(asked_of, each, path, scales, seen)
        if question.principle and question.principle not in principles:
            raise UnsoundSet(path, f"no principle of the set is called “{question.principle}”.")
        seen[question.code] = question
        found.append(question)
    return Section(each["code"], each["title"], each.get("guidance", ""), found)


def _question(
    each: Mapping[str, Any],
    section: Mapping[str, Any],
    path: str,
    scales: Mapping[str, Scale],
    seen: Mapping[str, Question],
) -> Question:
    kind = each.get("kind", "choice")
    scale = scales.get(each.get("scale", ""))
    if kind == "choice" and scale is None:
        raise UnsoundSet(path, f"no scale is called “{each.get('scale', '')}”. Name one of: {', '.join(scales)}.")
    if kind != "choice" and each.get("scale"):
        raise UnsoundSet(path, "only a choice has a scale.")
    known = {choice.code for choice in scale.choices} if scale else set()
    for key in ("stops_on", "met_by"):
        odd = sorted(set(each.get(key, ())) - known)
        if odd:
            raise UnsoundSet(f"{path}.{key}", f"“{odd[0]}” is not on its scale.")
    return Question(
        code=each["code"],
        ask=each["ask"],
        kind=kind,
        guidance=each.get("guidance", ""),
        section=section["code"],
        scale=scale,
        may_not_apply=each.get("may_not_apply", False),
        is_optional=each.get("optional", False),
        condition=_condition(each.get("ask_if"), path, seen),
        stops_on=frozenset(each.get("stops_on", ())),
        met_by=frozenset(each.get("met_by", ())),
        judges=each.get("judges", ""),
        topics=each.get("topics", ()),
        requirements=each.get("requirements", section.get("requirements", ())),
        principle=each.get("principle", section.get("principle", "")),
    )


def _condition(given: Mapping[str, Any] | None, path: str, seen: Mapping[str, Question]) -> Condition | None:
    if given is None:
        return None
    before = seen.get(given["question"])
    if before is None:
        raise UnsoundSet(f"{path}.ask_if", f"no earlier question is called “{given['question']}”.")
    allowed = {choice.code for choice in before.scale.choices} if before.scale else set()
    allowed |= {NOT_APPLICABLE} if before.may_not_apply else set()
    odd = sorted(set(given["is"]) - allowed)
    if odd:
        raise UnsoundSet(f"{path}.ask_if", f"“{odd[0]}” is never the answer to “{before.code}”.")
    return Condition(given["question"], frozenset(given["is"]))


def asked(questions: Sequence[Question], answers: Answers) -> list[Question]:
    """Those of the questions that the answers so far ask. A question hangs on its condition's, and so on back."""
    out: set[str] = set()
    hanging = [(question.code, question.condition) for question in questions if question.condition is not None]
    for code, on in hanging:
        if on.question in out or answers.get(on.question, {}).get("value") not in on.values:
            out.add(code)
    return [question for question in questions if question.code not in out] if out else list(questions)


def missing(questions: Sequence[Question], answers: Answers) -> list[Question]:
    """Those that are asked, must be answered and are not; what does not apply must say why."""
    return [one for one in asked(questions, answers) if not one.is_optional and not is_answered(answers.get(one.code))]


def is_answered(answer: Mapping[str, str] | None) -> bool:
    if not answer or not answer.get("value"):
        return False
    return answer["value"] != NOT_APPLICABLE or bool(answer.get("why"))


def stopping(questions: Sequence[Question], answers: Answers) -> list[Question]:
    """Those that are asked and whose answer stops the form."""
    return [one for one in asked(questions, answers) if answers.get(one.code, {}).get("value") in one.stops_on]


def answer_words(question: Question, answer: Mapping[str, str] | None) -> str:
    """An answer in the words of its scale; "" for none."""
    if not answer or not answer.get("value"):
        return ""
    if answer["value"] == NOT_APPLICABLE:
        return f"Does not apply: {answer.get('why', '')}".rstrip(": ")
    choice = question.scale.choice(answer["value"]) if question.scale else None
    return choice.label if choice else answer["value"]


@dataclass(frozen=True)
class Reworded:
    """What differs between two versions, by question code: added, taken away, and asked otherwise."""

    added: Sequence[str]
    removed: Sequence[str]
    changed: Sequence[str]


def reworded(before: Wording, after: Wording) -> Reworded:
    """Which questions cannot be read on from one version to the next: a changed word makes another question."""
    old, new = ({one.code: one for one in each.questions} for each in (before, after))
    return Reworded(
        [code for code in new if code not in old],
        [code for code in old if code not in new],
        [code for code in new if code in old and new[code] != old[code]],
    )
