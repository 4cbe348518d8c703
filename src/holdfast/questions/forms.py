"""The form that asks questions: made from a version's own, with what is asked by the answers so far.

What was typed is read even where it is not whole, so that nothing is lost by a mistake beside it (`given`). Rule: a
question is in the form only if it is asked; what a page did not show is never taken for emptied.
"""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from holdfast.pages.fields import DateField, reason, text
from holdfast.questions.wording import NOT_APPLICABLE, Answers, Question

LONGEST_ANSWER: Final = 4000
WHY: Final = "-why"
DOES_NOT_APPLY: Final = "Does not apply to this case"


class QuestionsForm(forms.Form):
    """Asks `questions`; `answers` are those there already. With `must_answer` false, nothing has to be answered yet."""

    def __init__(
        self, data: Any = None, *, questions: Sequence[Question], answers: Answers, must_answer: bool = True
    ) -> None:
        super().__init__(data, initial=_initial(questions, answers))
        self.questions, self.must_answer = questions, must_answer
        for question in questions:
            self.fields[question.code] = _field(question, is_required=must_answer and not question.is_optional)
            if question.may_not_apply:
                self.fields[question.code + WHY] = text(
                    "Why does it not apply?", "", longest=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
                )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for question in self.questions:
            value, why = typed.get(question.code), str(typed.get(question.code + WHY) or "").strip()
            if self.must_answer and value == NOT_APPLICABLE and not why:
                self.add_error(question.code + WHY, f"Say why this does not apply: {question.ask}")
        return typed

    @property
    def given(self) -> dict[str, dict[str, str]]:
        """Question to {"value", "why"} of what could be read; a question sent empty has the value ""."""
        found = {}
        for question in self.questions:
            value = self.cleaned_data.get(question.code)
            if value is None and question.code in self.errors:
                value = self._readable(question)
                if value is None:
                    continue
            answer = {"value": str(value or "").strip()}
            if answer["value"] == NOT_APPLICABLE:
                answer["why"] = str(self.data.get(question.code + WHY, "")).strip()[:LONGEST_ANSWER]
            found[question.code] = answer
        return found

    def _readable(self, question: Question) -> str | None:
        """What was typed and may be kept though the form is not whole; None where it is no answer."""
        typed = str(self.data.get(question.code, "")).strip()
        return typed[:LONGEST_ANSWER] if question.kind == "text" or not typed else None


def _initial(questions: Sequence[Question], answers: Answers) -> dict[str, str]:
    values = {one.code: answers.get(one.code, {}).get("value", "") for one in questions}
    return values | {f"{one.code}{WHY}": answers.get(one.code, {}).get("why", "") for one in questions}


def _field(question: Question, *, is_required: bool) -> forms.Field:
    if question.kind == "date":
        return DateField(label=question.ask, hint=question.guidance, required=is_required)
    missing = f"{'Write' if question.scale is None else 'Choose'} an answer: {question.ask}"
    if question.scale is None:
        how: dict[str, Any] = {"longest": LONGEST_ANSWER, "widget": forms.Textarea(attrs={"rows": 4})}
        return text(question.ask, missing, hint=question.guidance, required=is_required, **how)
    choices = [(choice.code, choice.label) for choice in question.scale.choices]
    choices += [(NOT_APPLICABLE, DOES_NOT_APPLY)] if question.may_not_apply else []
    said = {"required": missing, "invalid_choice": missing}
    radios: dict[str, Any] = {"widget": forms.RadioSelect, "help_text": question.guidance, "required": is_required}
    return forms.ChoiceField(choices=choices, label=question.ask, error_messages=said, **radios)


class VersionForm(forms.Form):
    """A question set as text, changed, with what is new in it."""

    text = text(
        "What are the questions?",
        "Enter the question set",
        hint="As data (YAML). A code that stays is the same question in other words; a new question has a new code.",
        longest=200_000,
        widget=forms.Textarea(attrs={"rows": 30}),
        strip=False,
    )
    change = reason("What is new in it, and why?", "Say what is new in it, and why", longest=1000)


class NewSetForm(VersionForm):
    """A question set that is not there yet."""

    change = None  # type: ignore[assignment]
