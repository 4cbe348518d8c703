"""What a person may type into the performance room's pages. Errors say what to do next."""

from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile

from holdfast.pages.fields import DateField

TOO_LARGE = "The file must be smaller than %g GB. Check that it is the return you meant"


class SubmitReturnForm(forms.Form):
    file = forms.FileField(
        label="Which file do you want to submit?",
        help_text="A children in need census file, as XML. It is kept as you send it, and read in the background.",
        max_length=200,
        error_messages={
            "required": "Choose the file you want to submit",
            "missing": "Choose the file you want to submit",
            "invalid": "Choose the file you want to submit",
            "empty": "The file is empty. Export it again from your case system, then choose it here",
            "max_length": "The file's name is too long. Give it a name of at most 200 letters",
        },
    )
    as_at = DateField(
        what="the file describes",
        label="What date does it describe?",
        required=False,
        hint="Leave this empty to use the reference date in the file.",
    )

    def clean_file(self) -> TemporaryUploadedFile:
        sent: TemporaryUploadedFile = self.cleaned_data["file"]
        limit = settings.HOLDFAST_RETURN_MAX_BYTES
        if (sent.size or 0) > limit:
            raise forms.ValidationError(TOO_LARGE % (limit / 1024**3), code="too_large")
        return sent

    @property
    def path(self) -> Path:
        """Where the upload waits until it is kept."""
        return Path(self.cleaned_data["file"].temporary_file_path())

    @property
    def name(self) -> str:
        return str(self.cleaned_data["file"].name)

    @property
    def date_described(self) -> date | None:
        return self.cleaned_data["as_at"]  # type: ignore[no-any-return]


class SubmitPublishedForm(forms.Form):
    file = forms.FileField(
        label="Which file do you want to submit?",
        help_text="A CSV file as the Department publishes it: table C1, D3 or D5 of Characteristics of children in "
        "need, or a model of statistical neighbours. It is at most 20 MB.",
        max_length=200,
        error_messages={
            "required": "Choose the file you want to submit",
            "missing": "Choose the file you want to submit",
            "invalid": "Choose the file you want to submit",
            "empty": "The file is empty. Download it again, then choose it here",
            "max_length": "The file's name is too long. Give it a name of at most 200 letters",
        },
    )

    @property
    def path(self) -> Path:
        return Path(self.cleaned_data["file"].temporary_file_path())

    @property
    def name(self) -> str:
        return str(self.cleaned_data["file"].name)


class AcceptLossForm(forms.Form):
    accept_loss = forms.BooleanField(
        label="Publish it although it loses figures?",
        error_messages={"required": "Say that you know what is lost, or leave the last release as it stands"},
    )


class SeriesForm(forms.Form):
    """How to look at an indicator. What is odd is ignored in favour of the plain view, never shown as more."""

    by = forms.ChoiceField(label="Break the figures down by", required=False)
    periods = forms.ChoiceField(
        label="Show", required=False, choices=[("month", "Months"), ("year", "Financial years")], initial="month"
    )

    def __init__(self, *args: Any, breakdowns: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].choices = [("", "Nothing: all children together"), *breakdowns]  # type: ignore[attr-defined]
