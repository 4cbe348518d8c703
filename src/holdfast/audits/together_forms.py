"""What a person may type of panels and calibration cases."""

from typing import Any

from django import forms

from holdfast.audits.forms import Choices, Several, Somebody
from holdfast.pages.fields import DateField, choice, reason, text


class PanelForm(forms.Form):
    """Who sits on a panel. `people`: who may, as account and name."""

    members = Several(
        label="Who is on the panel?",
        help_text="Only those who gave neither grade and are independent of the case are listed.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least two people"},
    )
    chair = Somebody(label="Who chairs it, and records its grade?", error_messages={"required": "Choose who chairs it"})
    why = reason("Why is a panel called?", "Say why a panel is called", longest=1000)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["members"].choices = people
        fields["chair"].choices = [("", "Choose who chairs it"), *people]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for name in ("members", "chair"):
            if typed.get(name):
                typed[name] = [int(key) for key in typed[name]] if name == "members" else int(typed[name])
        return typed


class DeclarationForm(forms.Form):
    has_conflict = choice(
        "Do you have a conflict about this case?",
        "whether you have a conflict",
        [("no", "No"), ("yes", "Yes: I take no part in it")],
        widget=forms.RadioSelect,
    )

    def clean_has_conflict(self) -> bool:
        return bool(self.cleaned_data["has_conflict"] == "yes")


class CalibrationForm(forms.Form):
    """A case for everybody to grade. `versions` is what may be chosen."""

    title = text("What is it called?", "Enter what it is called", longest=150)
    version = choice("By which questions is it graded?", "which questions")
    case = reason(
        "What is the case?",
        "Write the case",
        hint="Invent it, or change it until nobody could be known by it.",
        longest=8000,
    )
    due_on = DateField(label="By which day is it graded?", what="it is to be graded")

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["version"].queryset = versions


class GradeForm(forms.Form):
    """One grade of a scale, and why. `name` is the service's argument; `grades` are its choices."""

    why = reason("Why that grade, and not the one above or below?", "Say why that grade", longest=1000)

    def __init__(self, *args: Any, name: str, label: str, grades: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = choice(label, "a grade", grades, widget=forms.RadioSelect)
        self.fields = {name: own, **self.fields}  # type: ignore[assignment]
