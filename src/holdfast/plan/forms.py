"""What a person may type in this room. A label is a question; an error says what to do."""

from typing import Any

from django import forms

from holdfast.notice import selectors as notices
from holdfast.organisation import selectors as organisation
from holdfast.pages.fields import DateField
from holdfast.performance import selectors as performance
from holdfast.plan import selectors
from holdfast.plan.models import Action


def _ref(example: str) -> forms.SlugField:
    return forms.SlugField(
        label="What is its reference?",
        help_text=f"Short, and not used before, like {example}.",
        max_length=20,
        error_messages={
            "required": f"Enter a reference, like {example}",
            "invalid": f"Use only letters, digits and hyphens, like {example}",
        },
    )


def _choice(label: str, what: str, **kwargs: Any) -> Any:
    return forms.ModelChoiceField(
        queryset=None,
        label=label,
        empty_label=f"Choose {what}",
        error_messages={"required": f"Choose {what}", "invalid_choice": f"Choose {what} from the list"},
        **kwargs,
    )


class _PlanForm(forms.Form):
    """What actions and milestones share. `choices_for` fills the lists that depend on the programme."""

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["objective"].queryset = selectors.objectives(user, code)
        fields["owner"].queryset = organisation.posts(user, code)
        cards = performance.definition_cards()
        fields["indicator"].choices = [("", "None"), *((card.id, f"{card.id} {card.title}") for card in cards)]
        fields["requirements"].choices = _requirements(user, code)


def _requirements(user: Any, code: str) -> list[tuple[str, str]]:
    try:
        found = notices.notice_of(user, code)
    except notices.NoNotice:
        return []
    return [(one.ref, str(one)) for one in found.requirements.all()]


class ActionForm(_PlanForm):
    ref = _ref("A18")
    title = forms.CharField(
        label="What will be done?", max_length=200, error_messages={"required": "Enter what will be done"}
    )
    objective = _choice("Which objective is it for?", "an objective")
    owner = _choice("Which post owns it?", "a post", help_text="Its agency is the post’s.")
    due_on = DateField(label="When is it due?", what="it is due", help_text="For example, 27 3 2026")
    requirements = forms.MultipleChoiceField(label="Which requirements does it answer?", required=False)
    indicator = forms.ChoiceField(label="Which indicator should it change?", required=False)
    intended_impact = forms.CharField(label="What should be different for children?", max_length=300, required=False)


class MilestoneForm(_PlanForm):
    ref = _ref("M11")
    title = forms.CharField(
        label="What will be in place, or reached?", max_length=200, error_messages={"required": "Enter what it is"}
    )
    objective = _choice("Which objective is it for?", "an objective", required=False)
    owner = _choice("Which post owns it?", "a post")
    due_on = DateField(label="When is it due?", what="it is due", help_text="For example, 27 3 2026")
    requirements = forms.MultipleChoiceField(label="Which requirements does it serve?", required=False)
    indicator = forms.ChoiceField(label="Which indicator shows it?", required=False)
    target = forms.CharField(label="What must the indicator reach?", max_length=120, required=False)


class ObjectiveForm(forms.Form):
    ref = _ref("O6")
    title = forms.CharField(
        label="What is the objective?", max_length=200, error_messages={"required": "Enter the objective"}
    )


class DoneForm(forms.Form):
    on = DateField(label="On which day?", what="it was done", help_text="For example, 27 3 2026")
    note = forms.CharField(
        label="What was done, and how is that known?",
        help_text="Never name a child.",
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": "Enter what was done"},
    )


class LatenessForm(forms.Form):
    cause = forms.ChoiceField(
        label="What is the cause?",
        choices=[choice for choice in Action.Cause.choices if choice[0]],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the cause"},
    )
    words = forms.CharField(
        label="Why is it late?",
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": "Enter why it is late"},
    )
    recovery = forms.CharField(
        label="What will recover it?",
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": "Enter what will recover it"},
    )
