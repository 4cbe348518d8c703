"""What a person may type in this room: how to narrow the trail. Sign-in forms are allauth's."""

from typing import Any

from django import forms


class TrailFilter(forms.Form):
    """Whose rows, and of what kind. A choice that is not offered counts as no choice."""

    by = forms.ChoiceField(label="Whose actions?", required=False)
    action = forms.ChoiceField(label="What kind of action?", required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], actions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].choices = [("", "Everybody’s"), *people]  # type: ignore[attr-defined]
        self.fields["action"].choices = [("", "Every kind")] + [(one, one.capitalize()) for one in actions]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """The two choices, "" where none."""
        self.is_valid()
        return {"by": self.cleaned_data.get("by", ""), "action": self.cleaned_data.get("action", "")}
