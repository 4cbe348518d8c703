"""What a person may type to make a report. A label is a question; an error says what to do."""

from datetime import date
from typing import Any

from django import forms

from holdfast.pages.fields import DateField
from holdfast.pages.words import date_words


class MakeEditionForm(forms.Form):
    """The date, and for the chair of the Board the covering words. `today` is the last date that may be given."""

    on = DateField(label="Which date is the report for?", what="the report is for")
    covering = forms.CharField(
        label="What do you want to say to Ministers?",
        help_text="Your own words, printed first. Leave it empty to say nothing. Never name a child.",
        widget=forms.Textarea,
        max_length=6000,
        required=False,
    )

    def __init__(self, *args: Any, today: date, is_chair: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if not is_chair:
            del self.fields["covering"]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(f"Enter a date that has come: today, {date_words(self.today)}, or earlier")
        return on
