"""What a person may type of who was told, and of invented cases."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from holdfast.pages.fields import DateField, choice, reason, text
from holdfast.practice.models import Briefing, LateReason, RouteLine
from holdfast.questions.wording import Choice


def whole(label: str, what: str, least: int = 0, most: int = 10_000, **more: Any) -> forms.IntegerField:
    """A count of people or of cases. `what` completes the errors: "Enter how many were told"."""
    said = {
        "required": f"Enter {what}",
        "invalid": f"Enter {what} in figures, like 12",
        "min_value": f"Enter {what}: {least:,} or more",
        "max_value": f"Enter {what}: {most:,} or fewer",
    }
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=said, **more)


class BriefingForm(forms.Form):
    version = choice("What were they told of?", "what they were told of")
    agency = choice("Which agency are they of?", "an agency")
    told_on = DateField(label="On which day were they told?", what="they were told")
    how = choice("How?", "how they were told", Briefing.How.choices)
    whom = text(
        "Who are they, by their work?", "Say who they are", hint="For instance health visitors. No names.", longest=150
    )
    n_people = whole("How many were told?", "how many were told", 1)

    def __init__(self, *args: Any, versions: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["version"].queryset, fields["agency"].queryset = versions, agencies


class WithdrawingForm(forms.Form):
    reason = reason("Why is it withdrawn?", "Say why it is withdrawn", longest=1000)


class ExerciseForm(forms.Form):
    title = text("What is it called?", "Enter what it is called", longest=150)
    version = choice("Which questions hold the levels of help?", "questions")
    due_on = DateField(label="By which day is it to be done?", what="it is to be done by")

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["version"].queryset = versions


def _levels(levels: Sequence[Choice]) -> list[tuple[str, str]]:
    return [(level.code, level.label) for level in levels]


class VignetteForm(forms.Form):
    case = reason("What is the case?", "Write the case", hint="Invented: it is about no child there is.")
    meant = choice("Which level do the thresholds ask for?", "a level", [], widget=forms.RadioSelect)
    why = reason("Why that level?", "Say why that level is meant", longest=1000)

    def __init__(self, *args: Any, levels: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["meant"].choices = _levels(levels)


class DecidingForm(forms.Form):
    level = choice("What should be done?", "a level", [], widget=forms.RadioSelect)
    why = reason("Why do you say so? You may leave this empty.", "", longest=1000, required=False)

    def __init__(self, *args: Any, ask: str, levels: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["level"].label, fields["level"].choices = ask, _levels(levels)


class MonthForm(forms.Form):
    """A month of early help. `agencies` are one's own; `months` the first days of months that have ended."""

    agency = choice("For which agency?", "an agency")
    month = choice("Of which month?", "a month", [])
    n_begun = whole("How many early help assessments did it begin?", "how many it began")
    n_stepped_down = whole("Of these, how many came from social care?", "how many came from social care")
    n_met = whole("How many ended with the family’s needs met?", "how many ended with needs met")
    n_stepped_up = whole("How many ended by going to social care?", "how many went to social care")
    n_otherwise = whole("How many ended otherwise?", "how many ended otherwise")

    def __init__(self, *args: Any, agencies: Any, months: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["agency"].queryset = agencies
        fields["month"].choices = [("", "Choose a month"), *months]

    def clean_month(self) -> date:
        return date.fromisoformat(self.cleaned_data["month"])


class LateForm(forms.Form):
    code = choice("Why is it late?", "a reason", LateReason.Code.choices, widget=forms.RadioSelect)


class StandardForm(forms.Form):
    """The next version of the standards. `kept`: the clauses of the last, as its choices."""

    keep = forms.ModelMultipleChoiceField(
        queryset=None, label="Which clauses of the last version does it keep?", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, kept: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["keep"].queryset = kept
        fields["keep"].label_from_instance = lambda clause: clause.words


class ClauseForm(forms.Form):
    """One clause. `records` and `audits`: what may measure it, as choices of code and words."""

    words = reason("What do managers do?", "Write what managers do", hint="One thing, in a sentence.", longest=500)
    edition = text(
        "Which edition of which guidance does it follow?",
        "Enter an edition, or say that it is local",
        hint="For instance Working Together 2013, chapter 1; or: local.",
        longest=150,
    )
    at_least = whole("In at least how many of a hundred cases?", "how many of a hundred", 1, 100)
    records = choice("What in the records measures it?", "a measure", [], required=False)
    within = whole(
        "Within how many days, where what measures it says “so many days”?", "how many days", 1, 366, required=False
    )
    audits = choice("Which question of audits asks it?", "a question", [], required=False)

    def __init__(self, *args: Any, records: Any, audits: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["records"].choices = [("", "Nothing that returns hold"), *records]
        fields["audits"].choices = [("", "No audit asks it"), *audits]


class PutForwardForm(forms.Form):
    body = choice("Which body is to agree it?", "a body", [])
    agree_by = DateField(label="By which day?", what="it is to be agreed by")

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["body"].choices = [("", "Choose a body"), *bodies]


class RouteForm(forms.Form):
    """What a line of the agreed words says. `lines`: all of them."""

    line = choice("Which line of what is agreed?", "a line", [], widget=forms.RadioSelect)
    part = choice("What does it say?", "what it says", RouteLine.Part.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, lines: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["line"].choices = [(line, line) for line in lines]
