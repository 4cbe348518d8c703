"""What a person may type in this room. A label is a question; an error says what to do."""

from typing import Any

from django import forms

from holdfast.notice.models import Judgement, Requirement
from holdfast.notice.positioning import POSITIONS
from holdfast.pages.fields import DateField


class FilterForm(forms.Form):
    """Which requirements to list. Every field may be left as it is; an odd value lists everything."""

    section = forms.ChoiceField(label="Which part of the notice?", required=False)
    modality = forms.ChoiceField(label="How strong a duty?", required=False)
    position = forms.ChoiceField(label="Which position?", required=False)

    def __init__(self, *args: Any, sections: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", "All")]
        fields: dict[str, Any] = self.fields
        fields["section"].choices = every + [(one["id"], one["title"]) for one in sections]
        fields["modality"].choices = every + [
            (code, words.split(":")[0]) for code, words in Requirement.Modality.choices
        ]
        fields["position"].choices = every + [(one, one.capitalize()) for one in POSITIONS]

    def chosen(self) -> dict[str, str]:
        """The filters that make sense, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class JudgementForm(forms.Form):
    says = forms.ChoiceField(
        label="Where does this requirement stand?",
        choices=Judgement.Says.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where the requirement stands"},
    )
    reason = forms.CharField(
        label="Why do you say so?",
        help_text="Name what you relied on. Everybody who sees the programme will read this. Never name a child.",
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": "Enter the reason, in a sentence or two"},
    )


class AcceptanceForm(forms.Form):
    decision = forms.ChoiceField(
        label="Do you accept this judgement?",
        choices=[("accept", "Yes, I accept it"), ("decline", "No, I decline it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you accept the judgement"},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Needed if you decline it.",
        widget=forms.Textarea,
        max_length=4000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("decision") == "decline" and not typed.get("reason"):
            self.add_error("reason", "Enter the reason why you decline it")
        return typed


class EvidenceForm(forms.Form):
    title = forms.CharField(
        label="What is the evidence?",
        help_text="For example, Audit report to the Board, January. Never name a child.",
        max_length=200,
        error_messages={"required": "Enter what the evidence is"},
    )
    where = forms.CharField(
        label="Where can it be seen?",
        help_text="The address of a page here, starting with /, or a reference that people can follow.",
        max_length=500,
        error_messages={"required": "Enter where it can be seen, like /programme/indicators/ or Board minute 12"},
    )


class TriggerForm(forms.Form):
    on = DateField(label="From which day does it apply?", what="it applies from")
    reason = forms.CharField(
        label="How do you know that its condition is met?",
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": "Enter how you know that the condition is met"},
    )


class TextForm(forms.Form):
    file = forms.FileField(
        label="Which file holds the notice’s words?",
        help_text="Plain text (.txt) in UTF-8, at most 1 MB.",
        allow_empty_file=True,
        error_messages={"required": "Choose the file that holds the notice’s words"},
    )
