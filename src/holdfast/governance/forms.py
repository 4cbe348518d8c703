"""What a person may type about bodies, meetings and agendas. A label is a question; an error says what to do."""

from typing import Any

from django import forms

from holdfast.governance.models import Attendance, Constitution, Membership
from holdfast.organisation import selectors as organisation
from holdfast.pages.fields import DateField, choice, reason, text

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


class CycleForm(forms.Form):
    first_on = DateField(label="When is the first meeting?", what="of the first meeting")
    until_on = DateField(label="Until when are meetings planned?", what="to plan until")
    place = text("Where are they held?", "", longest=120, required=False)


class MeetingForm(forms.Form):
    on = DateField(label="When is it?", what="of the meeting")
    reason = reason("If it is a weekend, a bank holiday or the Christmas closure: why that day?", "", required=False)
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
