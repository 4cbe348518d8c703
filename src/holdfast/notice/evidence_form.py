"""The one form on which somebody gives evidence, of a requirement or of an action."""

from collections.abc import Sequence
from typing import Any

from django import forms

from holdfast.jobs.attachments import LARGEST_BYTES
from holdfast.notice.evidencing import LONGEST_ADDRESS
from holdfast.pages.fields import text


class EvidenceForm(forms.Form):
    """What the evidence is called, and exactly one of: something here, an address, a file."""

    title = text(
        "What is the evidence?",
        "Enter what the evidence is",
        hint="For example, Audit report to the Board, January. Never name a child.",
    )
    chosen = forms.ChoiceField(label="Is it something here? Which?", required=False)
    address = text(
        "Or where is it elsewhere?",
        "",
        hint="An address that starts with http:// or https://, as a browser shows it.",
        longest=LONGEST_ADDRESS,
        required=False,
    )
    file = forms.FileField(
        label="Or which file is it?",
        help_text="At most 10 MB. Everybody who sees the programme can open it. Nothing that names a child.",
        allow_empty_file=True,
        required=False,
    )

    def __init__(self, *args: Any, here: Sequence[tuple[str, Sequence[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        named = [(value, f"{group}: {words}") for group, choices in here for value, words in choices]
        fields["chosen"].choices = [("", "Nothing here"), *named]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and sum(1 for name in ("chosen", "address", "file") if typed.get(name)) != 1:
            raise forms.ValidationError("Choose something here, or enter an address, or choose a file: exactly one")
        return typed

    def given(self) -> dict[str, Any]:
        """What the service is given: of a file, its name and bytes, read one byte past what is allowed."""
        typed = dict(self.cleaned_data)
        sent = typed.pop("file")
        return typed | {"file": (sent.name, sent.read(LARGEST_BYTES + 1)) if sent else None}
