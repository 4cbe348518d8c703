"""What a person may type to make a report. A label is a question; an error says what to do."""

from datetime import date
from typing import Any

from django import forms

from holdfast.organisation.models import Body
from holdfast.pages.fields import DateField, choice, reason
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


class SectionForm(forms.Form):
    """The chair's words of one section. Nothing is put there for them."""

    words = reason(
        "What do you want to say?",
        "",
        hint="Your own words: nobody else can change them. Leave it empty to leave the section out.",
        longest=8000,
        required=False,
    )


class ShareForm(forms.Form):
    is_shared = choice(
        "May those who make reports read your draft?",
        "whether they may read it",
        [("yes", "Yes, they may read it, and change nothing"), ("no", "No, nobody but me")],
        widget=forms.RadioSelect,
    )

    def clean_is_shared(self) -> bool:
        return bool(self.cleaned_data["is_shared"] == "yes")


class SendForm(forms.Form):
    """Sending takes having read what the figures do not allow, where there is anything. `n` is how many."""

    has_read = forms.BooleanField(
        label="Have you read what the figures do not allow, and are these your words?",
        error_messages={"required": "Read what the figures do not allow, then say that you have"},
    )

    def __init__(self, *args: Any, n: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not n:
            del self.fields["has_read"]


class AuditReportForm(forms.Form):
    """The days of a cycle, both included."""

    since = DateField(label="What is the first day of the cycle?", what="the cycle begins")
    until = DateField(label="What is its last day?", what="the cycle ends")


class SentForm(forms.Form):
    """To which body a report of audits went."""

    body = forms.ModelChoiceField(
        label="Which board did it go to?",
        queryset=Body.objects.none(),
        error_messages={"required": "Choose the board that it went to"},
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
