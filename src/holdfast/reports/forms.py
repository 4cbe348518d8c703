"""What a person may type to make a report. A label is a question; an error says what to do."""

from datetime import date
from typing import Any

from django import forms

from holdfast.pages.fields import DateField, reason
from holdfast.pages.words import date_words


class MakeEditionForm(forms.Form):
    """The date, and for the chair of the Board the covering words. `first` and `today` bound it."""

    on = DateField(label="Which date is the report for?", what="the report is for")
    covering = reason(
        "What do you want to say to Ministers?",
        "",
        hint="Your own words, printed first. Leave it empty to say nothing.",
        longest=6000,
        required=False,
    )

    def __init__(self, *args: Any, first: date, today: date, is_chair: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.today = first, today
        if not is_chair:
            del self.fields["covering"]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(f"Enter a date that has come: today, {date_words(self.today)}, or earlier")
        if on < self.first:
            raise forms.ValidationError(f"Enter {date_words(self.first)}, when the notice was issued, or a later date")
        return on


class MakePackForm(forms.Form):
    """Nothing is asked but whether to go on."""
