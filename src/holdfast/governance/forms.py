"""What a person may type about bodies, meetings and agendas. A label is a question; an error says what to do."""

from collections.abc import Sequence
from typing import Any

from django import forms

from holdfast.governance.models import AgendaItem, Attendance, Constitution, Membership, MinuteEntry
from holdfast.jobs.attachments import LARGEST_BYTES
from holdfast.organisation import selectors as organisation
from holdfast.pages.fields import DateField, choice, reason, ref, text
from holdfast.performance.selectors import indicators as performance
from holdfast.plan import selectors as plan

REQUIRED = "Enter a whole number"


def number(label: str, missing: str, least: int, most: int, **more: Any) -> forms.IntegerField:
    """A whole number between two bounds, which the hint names."""
    said = {"required": missing, "invalid": f"{REQUIRED} from {least} to {most}"}
    said |= {"min_value": f"{REQUIRED} from {least} to {most}", "max_value": f"{REQUIRED} from {least} to {most}"}
    hint = f"A whole number from {least} to {most}."
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=hint, error_messages=said, **more)


class ConstitutionForm(forms.Form):
    kind = choice("What is it?", "what it is", Constitution.Kind.choices, widget=forms.RadioSelect)
    short = text(
        "What is it called for short?",
        "Enter a short name, like IB",
        longest=10,
        hint="Its decisions are numbered by it, like IB-7.",
    )
    quorum = number("How many voting members make a quorum?", "Enter how many make a quorum", 1, 60)
    cycle_days = number("How many days lie between its meetings?", "", 7, 366, required=False)
    papers_days = number("How many days before a meeting is its pack sent?", "Enter how many days", 0, 60)
    from_on = DateField(label="When was it set up?", what="it was set up")
    parent = choice("Which body is it a sub-group of?", "a body", required=False, empty_label="None")
    terms = text("What is the code of the agreement that holds its terms of reference?", "", longest=50, required=False)

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["parent"].queryset = organisation.bodies(user, code)


class SeatForm(forms.Form):
    agency = choice("For which agency?", "an agency")
    post = choice("Which post sits?", "a post", required=False, empty_label="No post: a person")
    account = choice("Which person, where there is no post?", "a person", required=False, empty_label="Nobody")
    capacity = choice("In what capacity?", "a capacity", Membership.Capacity.choices, widget=forms.RadioSelect)
    stands_in_for = choice("Whose deputy is it?", "a seat", required=False, empty_label="Nobody's")
    from_on = DateField(label="From which day?", what="the seat begins")
    declaration = reason("If it is the chair: what do they declare about being independent?", "", required=False)

    def __init__(self, *args: Any, user: Any, code: str, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["agency"].queryset = organisation.agencies(user, code)
        fields["post"].queryset = organisation.posts(user, code)
        fields["account"].queryset = organisation.people(user, code)
        fields["stands_in_for"].queryset = seats


class EndSeatForm(forms.Form):
    to_on = DateField(label="What is its last day?", what="the seat ends")
    reason = reason("Why does it end?", "Enter why the seat ends")


def _time(label: str) -> forms.TimeField:
    """A time of day in London, which nobody has to enter."""
    return forms.TimeField(
        label=label,
        help_text="For example, 10:00 or 14:30",
        required=False,
        input_formats=("%H:%M", "%H.%M"),
        error_messages={"invalid": "Enter a time of day like 10:00 or 14:30"},
        widget=forms.TextInput(),
    )


class CycleForm(forms.Form):
    first_on = DateField(label="When is the first meeting?", what="of the first meeting")
    until_on = DateField(label="Until when are meetings planned?", what="to plan until")
    starts_at, ends_at = _time("When in the day do they begin?"), _time("When in the day do they end?")
    place = text("Where are they held?", "", longest=120, required=False)


class MeetingForm(forms.Form):
    on = DateField(label="When is it?", what="of the meeting")
    reason = reason("If it is a weekend, a bank holiday or the Christmas closure: why that day?", "", required=False)
    starts_at, ends_at = _time("When in the day does it begin?"), _time("When in the day does it end?")
    place = text("Where is it held?", "", longest=120, required=False)


class HoursForm(forms.Form):
    starts_at, ends_at = _time("When in the day does it begin?"), _time("When in the day does it end?")
    place = text("Where is it held?", "", longest=120, required=False)


class MoveForm(forms.Form):
    held_on = DateField(label="To which day does it move?", what="it moves to")
    reason = reason("Why does it move?", "Enter why the meeting moves")


class CancelForm(forms.Form):
    reason = reason("Why is it called off?", "Enter why the meeting is called off")


class HeldForm(forms.Form):
    summary = reason("What did the meeting do for children?", "Enter what it did for children, in a line", longest=400)


class AttendanceForm(forms.Form):
    came = choice("What is known of them?", "what is known", Attendance.Came.choices, widget=forms.RadioSelect)
    deputy = choice("Which deputy came?", "a deputy", required=False, empty_label="None")
    interest = reason("What interest did they declare?", "", required=False)

    def __init__(self, *args: Any, deputies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["deputy"].queryset = deputies


class ItemForm(forms.Form):
    title = text("What is the item?", "Enter what the item is")
    purpose = choice("What is it for?", "what it is for", AgendaItem.Purpose.choices, widget=forms.RadioSelect)
    detail = reason("What should members know beforehand?", "", required=False)
    presenter = choice("Which post brings it?", "a post", required=False, empty_label="Nobody in particular")
    minutes = number("How many minutes is it given?", "", 1, 240, required=False)
    indicators = forms.MultipleChoiceField(label="Which indicators does it discuss?", required=False)

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["presenter"].queryset = organisation.posts(user, code)
        fields["indicators"].choices = [(card.id, f"{card.id} {card.title}") for card in performance.definition_cards()]


class ItemChangeForm(ItemForm):
    """An item as it was read: `version` rides along, so that a change in between is noticed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_version(self) -> int:
        return int(self.cleaned_data["version"] or 0)


class WithdrawItemForm(forms.Form):
    reason = reason("Why is it withdrawn?", "Enter why the item is withdrawn")


class MoveItemForm(forms.Form):
    place = number("Which number should it have?", "Enter the number that it should have", 1, 99)


class ReserveForm(forms.Form):
    reason = reason("Why is it reserved?", "Enter why the item is reserved")
    agencies = forms.ModelMultipleChoiceField(
        queryset=None, label="Which agencies may read it besides?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["agencies"].queryset = organisation.agencies(user, code)


class PaperForm(forms.Form):
    """A paper is a file, or a record here, or words: exactly one."""

    title = text("What is the paper called?", "Enter what the paper is called")
    file = forms.FileField(
        label="Which file is it?",
        help_text="PDF, Word, Excel, CSV, plain text or a picture, up to 10 MB.",
        required=False,
        allow_empty_file=True,
    )
    record_named = forms.ChoiceField(label="Or which record is it made from?", required=False)
    words = reason("Or what does it say?", "", required=False)

    def __init__(self, *args: Any, records: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["record_named"].choices = [("", "None"), *records]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and sum(bool(typed.get(name)) for name in ("file", "record_named", "words")) != 1:
            raise forms.ValidationError("Choose a file, or a record here, or write the words: exactly one")
        sent = typed.pop("file", None)
        return typed | {"file": (sent.name, sent.read(LARGEST_BYTES + 1)) if sent else None}


class ForwardForm(forms.Form):
    title = text("What will be taken?", "Enter what will be taken")
    due_on = DateField(label="From which day on?", what="it is planned for")
    purpose = choice("What is it for?", "what it is for", AgendaItem.Purpose.choices, widget=forms.RadioSelect)


SAID = [kind for kind in MinuteEntry.Kind.choices if kind[0] in ("information", "challenge", "risk")]


class EntryForm(forms.Form):
    kind = choice("What is it?", "what it is", SAID, widget=forms.RadioSelect)
    text = reason("What was said?", "Enter what was said")
    ref = choice("Which record here is it about, if any?", "a record", [], required=False)

    def __init__(self, *args: Any, records: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["ref"].choices = [("", "None"), *records]


class EntryChangeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = reason("What was said?", "Enter what was said")

    def clean_version(self) -> int:
        return int(self.cleaned_data["version"] or 0)


class ActionEntryForm(forms.Form):
    text = text("What will be done?", "Enter what will be done")
    objective = choice("Which objective is it for?", "an objective")
    ref = ref("A18")
    owner = choice("Which post owns it?", "a post")
    due_on = DateField(label="When is it due?", what="it is due")

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["objective"].queryset = plan.objectives(user, code)
        fields["owner"].queryset = organisation.posts(user, code)


class ApprovalForm(forms.Form):
    """Which later meeting approved, in which words, and the corrections: one box for each entry."""

    approving = choice("At which meeting were they approved?", "the meeting")
    resolution = reason("What did the meeting resolve?", "Enter the words of the resolution")

    def __init__(self, *args: Any, meetings: Any, entries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["approving"].queryset = meetings
        self.entries = list(entries)
        for entry in self.entries:
            label = f"Item {entry.item.order}, entry {entry.order}: what should it say?"
            fields[f"entry_{entry.pk}"] = reason(label, "", required=False)
            self.initial[f"entry_{entry.pk}"] = entry.text

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        said = [(entry, typed.pop(f"entry_{entry.pk}", "") or entry.text) for entry in self.entries]
        typed["amendments"] = [(entry, words) for entry, words in said if words.strip() != entry.text]
        return typed
