"""What a person may type in this room. A label is a question; an error says what to do."""

from collections.abc import Sequence
from typing import Any

from django import forms

from holdfast.notice.evidence_form import EvidenceForm as EvidenceForm
from holdfast.notice.models import EvidenceLink, Judgement, Requirement
from holdfast.notice.positioning import POSITIONS
from holdfast.pages.fields import DateField, choice, reason
from holdfast.pages.words import upper_first


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
        fields["position"].choices = every + [(one, upper_first(one)) for one in POSITIONS]

    def chosen(self) -> dict[str, str]:
        """The filters that make sense, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class JudgementForm(forms.Form):
    """`evidence` is the requirement's own that still counts: what the judgement may name."""

    says = choice(
        "Where does this requirement stand?",
        "where the requirement stands",
        Judgement.Says.choices,
        widget=forms.RadioSelect,
    )
    reason = reason(
        "Why do you say so?",
        "Enter the reason, in a sentence or two",
        hint="Name what you relied on. Everybody who sees the programme will read this.",
    )
    evidence = forms.TypedMultipleChoiceField(
        label="Which evidence does it rest on?",
        help_text="A judgement of met names at least one. Whoever accepts it opens each first.",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, evidence: Sequence[EvidenceLink], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.links = {link.pk: link for link in evidence}
        fields: dict[str, Any] = self.fields
        fields["evidence"].choices = [(link.pk, f"{link.title} ({link.get_kind_display()})") for link in evidence]
        if not evidence:
            fields["evidence"].help_text = "None is linked yet. Link it first: a judgement of met names at least one."

    def clean_evidence(self) -> list[EvidenceLink]:
        return [self.links[number] for number in self.cleaned_data["evidence"]]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("says") == Judgement.Says.MET and not typed.get("evidence") and "evidence" not in self.errors:
            self.add_error("evidence", "Choose the evidence that it is met, or link it first")
        return typed


class AcceptanceForm(forms.Form):
    decision = choice(
        "Do you accept this judgement?",
        "whether you accept the judgement",
        [("accept", "Yes, I accept it"), ("decline", "No, I decline it")],
        widget=forms.RadioSelect,
    )
    reason = reason("Why?", "", hint="Needed if you decline it.", required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("decision") == "decline" and not typed.get("reason"):
            self.add_error("reason", "Enter the reason why you decline it")
        return {"is_accepted": typed.get("decision") == "accept", "reason": typed.get("reason", "")}


class WithdrawalForm(forms.Form):
    reason = reason(
        "Why was it entered by mistake?",
        "Enter why it was a mistake, in a sentence or two",
        hint="Everybody who sees the programme will read this.",
        longest=2000,
    )


class TriggerForm(forms.Form):
    on = DateField(label="From which day does it apply?", what="it applies from")
    reason = reason(
        "How do you know that its condition is met?", "Enter how you know that the condition is met", longest=2000
    )


class TextForm(forms.Form):
    file = forms.FileField(
        label="Which file holds the notice’s words?",
        help_text="Plain text (.txt) in UTF-8, at most 1 MB.",
        allow_empty_file=True,
        error_messages={"required": "Choose the file that holds the notice’s words"},
    )
