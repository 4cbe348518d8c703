"""What a person may type of samples. A label is a question; an error says what to do."""

from typing import Any

from django import forms

from holdfast.audits.models import Audit
from holdfast.pages.fields import choice, reason, text
from holdfast.performance.selectors.frames import FrameAsked

ANY = ("", "Whatever the answer")
ANSWERS = [ANY, ("in", "Counted in"), ("not", "Not counted in"), ("unknown", "Not known")]
WAYS = [way for way in Audit.Chosen.choices if way[0] != Audit.Chosen.AGAIN]


def _one_of(label: str, hint: str = "", choices: Any = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, choices=choices, required=False)


class SampleForm(forms.Form):
    """A sample to draw. `versions`, `indicators`, `months` and `strata` are what may be chosen."""

    version = choice("Which questions will the audits ask?", "which questions")
    indicator = choice("From the children behind which figure?", "a figure", [])
    period = _one_of("In which month?", "The last month that the release has, unless you choose.")
    outcome = _one_of("With which answer there?", "Any but the first narrows the frame.", ANSWERS)
    and_indicator = _one_of(
        "Only those behind a second figure too?",
        "In the same month: in time but not seen, say. Where both count the same records, one record has both answers.",
    )
    and_outcome = _one_of("With which answer in the second?", choices=ANSWERS)
    strata = _one_of("Drawn from groups in proportion?", "Each group gives its share; one of very few may give none.")
    chosen = choice("How is it chosen?", "how it is chosen", WAYS, widget=forms.RadioSelect)
    n = forms.IntegerField(
        label="How many cases?",
        min_value=1,
        max_value=1000,
        error_messages={
            "required": "Enter how many cases",
            "invalid": "Enter a whole number",
            "min_value": "Enter 1 or more",
            "max_value": "Enter 1,000 or fewer",
        },
    )
    purpose = text("What is it drawn for?", "Enter what it is drawn for", longest=300)
    again_why = reason("Why is another sample drawn from this?", "", required=False)

    def __init__(self, *args: Any, versions: Any, indicators: Any, months: Any, strata: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["version"].queryset = versions
        fields["indicator"].choices = [("", "Choose a figure"), *indicators]
        fields["and_indicator"].choices = [("", "No second figure"), *indicators]
        fields["period"].choices = [("", "The last month there is"), *months]
        fields["strata"].choices = [("", "No groups"), *strata]

    @property
    def asked(self) -> FrameAsked:
        """The frame that was typed, of a sound form."""
        names = ("indicator", "period", "outcome", "and_indicator", "and_outcome", "strata")
        return FrameAsked(**{name: self.cleaned_data[name] for name in names})


class LeaveOutForm(forms.Form):
    reason = reason(
        "Why is it left out?",
        "Say why it is left out",
        hint="For example, the file is sealed, or the child has moved to another council.",
        longest=1000,
    )


class TeamForm(forms.Form):
    team = choice("Which team holds the case?", "a team")

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["team"].queryset = teams
