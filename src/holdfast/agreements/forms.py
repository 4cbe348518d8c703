"""What a person may type in this room. A label is a question; an error says what to do."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms

from holdfast.agreements import selectors
from holdfast.agreements.models import Answer, Subject, Version
from holdfast.jobs.attachments import LARGEST_BYTES
from holdfast.pages.fields import DateField, choice, code, free, reason, text

LONGEST_WORDS = 60_000


class DayForm(forms.Form):
    """The day asked about; nothing, or an odd value, is today."""

    on = DateField(label="On which day?", what="you want to know about", required=False)


class SubjectForm(forms.Form):
    title = text("What is to be agreed?", "Enter what is to be agreed", hint="For example, Thresholds for assessment.")
    kind = choice("What kind of thing is it?", "what kind of thing it is", Subject.Kind.choices)
    code = code("thresholds")

    def __init__(self, *args: Any, user: Any, programme: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free(self, "code", partial(selectors.taken, user, programme))


class VersionForm(forms.Form):
    """A wording or a document, who must agree it, and its days. `choices`: the parties; `last`: the version before."""

    words = text(
        "What exactly is to be agreed?",
        "",
        hint="Type or paste the words. Never name a child.",
        longest=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 14}),
        required=False,
    )
    file = forms.FileField(
        label="Or which document holds it?",
        help_text="At most 10 MB. Everybody in the programme can open it. A text file (.txt) can also be read and "
        "compared here. Nothing that names a child.",
        allow_empty_file=True,
        required=False,
    )
    change = reason("What is new in it, and why?", "", hint="In a sentence or two.", longest=2000, required=False)
    parties = forms.MultipleChoiceField(
        label="Who must agree?",
        help_text="It is not in force until each of these has.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one party that must agree"},
    )
    also = forms.MultipleChoiceField(
        label="Who else is asked?",
        help_text="Their answer is kept, and nothing hangs on it.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree_by = DateField(
        label="By which day should all have answered?", what="all should have answered", required=False
    )
    effective_on = DateField(
        label="From which day should it be in force?",
        what="it should be in force",
        hint="Leave it empty if it is in force as soon as all have agreed.",
        required=False,
    )
    review_by = DateField(label="By which day will it be reviewed?", what="it will be reviewed", required=False)
    proposed_on = DateField(
        label="On which day was it put forward?",
        what="it was put forward",
        hint="Leave it empty if that is today.",
        required=False,
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], last: Version | None, **kwargs: Any) -> None:
        if last is not None:
            kwargs.setdefault("initial", _as_before(last))
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["parties"].choices = fields["also"].choices = choices

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not {"words", "file"} & set(self.errors) and bool(typed.get("words")) == bool(typed.get("file")):
            self.add_error("words", "Type the words, or choose a document: exactly one")
        return typed

    def given(self) -> dict[str, Any]:
        """What the service is given: of a document, its name and bytes, read one byte past what is allowed."""
        typed = dict(self.cleaned_data)
        sent = typed.pop("file")
        for name in ("parties", "also"):
            typed[name] = [tuple(value.split(":", 1)) for value in typed[name]]
        return typed | {"file": (sent.name, sent.read(LARGEST_BYTES + 1)) if sent else None}


def _as_before(last: Version) -> dict[str, Any]:
    """The last version's words and parties, to be changed."""
    asked = [(f"{party.kind}:{party.key}", party.is_required) for party in last.parties.all()]
    return {
        "words": "" if last.is_document else last.words,
        "parties": [value for value, is_required in asked if is_required],
        "also": [value for value, is_required in asked if not is_required],
    }


class AnswerForm(forms.Form):
    answer = choice("What is the answer?", "what the answer is", Answer.Says.choices, widget=forms.RadioSelect)
    words = reason(
        "What is the comment, or the reason?",
        "",
        hint="Needed for a comment and for a no. Everybody who sees the programme will read it.",
        longest=2000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if (
            typed.get("answer") not in (None, Answer.Says.AGREED)
            and not typed.get("words")
            and "words" not in self.errors
        ):
            self.add_error("words", "Enter the comment, or the reason why it is declined")
        return typed


class MinuteForm(AnswerForm):
    minute = text(
        "Which minute says so?",
        "Enter the reference of the minute",
        hint="As somebody would look it up, like Improvement Board, 17 October 2013, item 6.",
        longest=120,
    )
    said_on = DateField(label="On which day was it agreed or declined?", what="of the meeting or the letter")


class WithdrawalForm(forms.Form):
    reason = reason("Why is it withdrawn?", "Enter why it is withdrawn, in a sentence or two", longest=2000)


class ReviewForm(forms.Form):
    reviewed_on = DateField(label="On which day was it reviewed?", what="it was reviewed")
    words = reason("What came of it?", "Enter what came of the review", hint="What stays, and what will change.")
    minute = text("Which minute says so?", "", longest=120, required=False)
    next_on = DateField(label="By which day will it be reviewed next?", what="of the next review", required=False)
