"""What a person may type of findings and briefings. Nobody types a number of one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from holdfast.pages.fields import DateField, choice, reason, ref, text

Choices = Sequence[tuple[str, str]]


class FindingForm(forms.Form):
    words = reason("What was found, in your words?", "Say what was found", longest=1000)


class ReplacingForm(FindingForm):
    reason = reason("Why is the finding replaced?", "Say why it is replaced", longest=1000)


class ActionForm(forms.Form):
    """An action of the plan that answers a finding. `objectives` and `posts` are what may be chosen."""

    title = text("What is the action, in words that everybody may read?", "Enter the action")
    objective = choice("Under which objective?", "an objective")
    ref = ref("A40")
    owner = choice("Which post is to do it?", "a post")
    due_on = DateField(label="By which day?", what="it is due")

    def __init__(self, *args: Any, objectives: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["objective"].queryset, fields["owner"].queryset = objectives, posts


class LinkForm(forms.Form):
    plan_ref = choice("Which action answers it?", "an action", [])

    def __init__(self, *args: Any, actions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["plan_ref"].choices = [("", "Choose an action"), *actions]


class BriefingForm(forms.Form):
    title = text("What is it called?", "Enter what it is called", longest=150)
    words = reason("What should everybody take from it?", "Say what everybody should take from it")
    findings = forms.MultipleChoiceField(
        label="Which findings does it hold?",
        help_text="From then on they stay as they were read here.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one finding"},
    )

    def __init__(self, *args: Any, findings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["findings"].choices = findings

    def clean_findings(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["findings"]]
