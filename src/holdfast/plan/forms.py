"""What a person may type in this room. A label is a question; an error says what to do."""

import dataclasses
from functools import partial
from typing import Any

from django import forms

from holdfast.notice.evidence_form import EvidenceForm
from holdfast.notice.models import Recommendation, Requirement
from holdfast.notice.selectors.notices import NoNotice, notice_of
from holdfast.organisation import selectors as organisation
from holdfast.pages.fields import DateField, choice, free, reason, ref, text
from holdfast.performance.selectors import indicators
from holdfast.plan import selectors
from holdfast.plan.models import Action, ImpactReview
from holdfast.plan.models.progress import Cause
from holdfast.plan.services.adding import Terms
from holdfast.plan.services.describing import PARTS

CAUSES = [cause for cause in Cause.choices if cause[0]]


class _PlanForm(forms.Form):
    """What everything in the plan has: a reference that nothing of its kind has yet. `kind` as selectors.taken."""

    kind: str

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free(self, "ref", partial(selectors.taken, user, code, self.kind))


class ObjectiveForm(_PlanForm):
    kind = "objective"
    ref = ref("O6")
    title = text("What is the objective?", "Enter the objective")


def _offer(form: forms.Form, user: Any, code: str) -> None:
    """Give the lists of choices that actions and milestones share what the programme has."""
    fields: dict[str, Any] = form.fields
    fields["objective"].queryset = selectors.objectives(user, code)
    fields["owner"].queryset = organisation.posts(user, code)
    cards = indicators.definition_cards()
    fields["indicator"].choices = [("", "None"), *((card.id, f"{card.id} {card.title}") for card in cards)]
    fields["requirements"].choices = _requirements(user, code)


def _recommendations(user: Any, code: str) -> list[tuple[str, str]]:
    try:
        notice = notice_of(user, code)
    except NoNotice:
        return []
    return [(one.ref, one.in_full) for one in notice.recommendations.all()]


def _requirements(user: Any, code: str) -> list[tuple[str, str]]:
    try:
        notice = notice_of(user, code)
    except NoNotice:
        return []
    return [(one.ref, str(one)) for one in notice.requirements.all()]


class _ActionParts(forms.Form):
    """What the plan says of an action, all but its reference and the day it is due. Choices depend on the programme."""

    title = text("What will be done?", "Enter what will be done")
    objective = choice("Which objective is it for?", "an objective")
    owner = choice("Which post owns it?", "a post")
    accountable = choice("Which post is accountable for it?", "a post", required=False, empty_label="Nobody named")
    agency = choice("Which agency leads it?", "an agency", required=False, empty_label="The owner’s")
    contributing = forms.ModelMultipleChoiceField(
        queryset=None, label="Which other agencies contribute?", required=False
    )
    starts_on = DateField(label="When does it start?", what="it starts", required=False)
    requirements = forms.MultipleChoiceField(label="Which requirements does it answer?", required=False)
    recommendations = forms.MultipleChoiceField(label="Which recommendations does it answer?", required=False)
    waits_for = forms.ModelMultipleChoiceField(queryset=None, label="Which actions does it wait for?", required=False)
    indicator = forms.ChoiceField(label="Which indicator should it change?", required=False)
    impact_direction = forms.ChoiceField(
        label="Which way should it move?", choices=Action.Direction.choices, required=False
    )
    impact_size = forms.DecimalField(
        label="By how much, in the indicator’s own unit?",
        max_digits=9,
        decimal_places=2,
        min_value=0,
        required=False,
        error_messages={
            "invalid": "Enter a number, like 5 or 2.5",
            "min_value": "Enter how far it should move as 0 or more: which way is asked before it",
            "max_digits": "Enter how far it should move in 9 figures or fewer",
            "max_whole_digits": "Enter how far it should move as less than 10 million",
            "max_decimal_places": "Enter how far it should move to two decimal places at most, like 2.25",
        },
    )
    impact_by = DateField(label="By when should it have moved?", what="it should have moved by", required=False)
    intended_impact = text("What should be different for children?", "", longest=300, required=False)

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, user=user, code=code, **kwargs)
        _offer(self, user, code)
        fields: dict[str, Any] = self.fields
        fields["accountable"].queryset = organisation.posts(user, code)
        fields["agency"].queryset = fields["contributing"].queryset = organisation.agencies(user, code)
        fields["waits_for"].queryset = selectors.actions(user, code)
        fields["recommendations"].choices = _recommendations(user, code)


class ActionForm(_ActionParts, _PlanForm):
    kind = "action"
    ref = ref("A18")
    due_on = DateField(label="When is it due?", what="it is due")
    field_order = ("ref", "title", "objective", "owner", "accountable", "agency", "contributing", "starts_on", "due_on")

    def clean(self) -> dict[str, Any]:
        """What the service takes: the terms of the action together."""
        typed = super().clean() or {}
        terms = {field.name: typed.pop(field.name, field.default) for field in dataclasses.fields(Terms)}
        return typed | {"terms": Terms(**terms)}


class _Asked(forms.Form):
    """Takes the account and the programme that choices depend on, and nothing more."""

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class ActionPartsForm(_ActionParts, _Asked):
    """Every part of an action that may be changed: never the day on which it is due."""

    agency = choice("Which agency leads it?", "an agency")
    detail = text("What does it consist of?", "", longest=4000, widget=forms.Textarea, required=False)

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        held = {part: _as_typed(getattr(action, part)) for part in PARTS[Action]}
        super().__init__(*args, initial=held, **kwargs)
        others: Any = self.fields["waits_for"]
        others.queryset = others.queryset.exclude(pk=action.pk)


def _as_typed(value: Any) -> Any:
    """A part of an action as its field shows it: sets as lists, those of the notice by their references."""
    if not hasattr(value, "all"):
        return value
    held = list(value.all())
    return [one.ref for one in held] if held and isinstance(held[0], Requirement | Recommendation) else held


class MilestoneForm(_PlanForm):
    kind = "milestone"
    ref = ref("M11")
    title = text("What will be in place, or reached?", "Enter what it is")
    objective = choice("Which objective is it for?", "an objective", required=False)
    owner = choice("Which post owns it?", "a post")
    due_on = DateField(label="When is it due?", what="it is due")
    requirements = forms.MultipleChoiceField(label="Which requirements does it serve?", required=False)
    indicator = forms.ChoiceField(label="Which indicator shows it?", required=False)
    target = text("What must the indicator reach?", "", longest=120, required=False)
    action = choice("Is it a step of one action? Which?", "an action", required=False, empty_label="No")

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, user=user, code=code, **kwargs)
        _offer(self, user, code)
        fields: dict[str, Any] = self.fields
        fields["action"].queryset = selectors.actions(user, code)


class DoneForm(forms.Form):
    on = DateField(label="On which day?", what="it was done")
    note = reason("What was done, and how is that known?", "Enter what was done")


class MistakeForm(forms.Form):
    reason = reason("Why was it a mistake?", "Enter why it was a mistake, in a sentence or two")


class UpdateForm(forms.Form):
    """How an action is going. `others` are the actions that might recover it; a late one is not on track."""

    is_on_track = choice(
        "Is it on track?",
        "whether it is on track",
        [("yes", "Yes, it is on track"), ("no", "No, it is late or will be")],
        widget=forms.RadioSelect,
    )
    words = reason("How is it going?", "Enter how it is going, in a sentence or two")
    cause = choice("If not, what is the cause?", "the cause", CAUSES, required=False)
    recovery = reason("If not, what will recover it?", "", required=False)
    recovered_by = choice("Does another action recover it? Which?", "an action", required=False, empty_label="None")
    help_needed = text("What help is needed, and from whom?", "", longest=1000, required=False)
    forecast_on = DateField(
        label="When is it now expected to be done?",
        what="it is expected to be done",
        hint="A forecast moves no date.",
        required=False,
    )

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["recovered_by"].queryset = others

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("is_on_track") == "no":
            if not typed.get("cause"):
                self.add_error("cause", "Choose the cause: it is needed when an action is not on track")
            if not typed.get("recovery") and not typed.get("recovered_by"):
                self.add_error("recovery", "Enter what will recover it, or choose the action that does")
        return typed | {"is_on_track": typed.get("is_on_track") == "yes"}


class OfferForm(EvidenceForm):
    def clean(self) -> dict[str, Any]:
        """What the service takes: of a file, its name and bytes."""
        super().clean()
        return self.given() if not self.errors else self.cleaned_data


class AnswerForm(forms.Form):
    is_accepted = choice(
        "Does it show that the action was done?",
        "whether it shows that the action was done",
        [("yes", "Yes, I accept it"), ("no", "No, I return it")],
        widget=forms.RadioSelect,
    )
    reason = reason("Why?", "", hint="Needed if you return it.", required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("is_accepted") == "no" and not typed.get("reason"):
            self.add_error("reason", "Enter the reason why you return it")
        return typed | {"is_accepted": typed.get("is_accepted") == "yes"}


class ReviewForm(forms.Form):
    says = choice("What did the action change?", "what it changed", ImpactReview.Says.choices, widget=forms.RadioSelect)
    reason = reason(
        "Why do you say so?",
        "Enter the reason, in a sentence or two",
        hint="What the figures allow to be said is kept beside it.",
    )


class SheetForm(forms.Form):
    file = forms.FileField(
        label="Which file holds the plan?",
        help_text="XLSX, or CSV in UTF-8, at most 5 MB: a plan that was exported here, with its headings kept.",
        allow_empty_file=True,
        error_messages={"required": "Choose the file that holds the plan"},
    )


class HandoverForm(forms.Form):
    post = choice("Which post takes it over?", "a post")
    control = reason("By what control will it be kept?", "Enter the control by which it will be kept", longest=2000)
    from_on = DateField(label="From which day?", what="the post takes it over")

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["post"].queryset = organisation.posts(user, code)


class CloseForm(forms.Form):
    note = reason("What was achieved?", "Enter what was achieved, in a sentence or two")


class ReopenForm(forms.Form):
    reason = reason("Why is it reopened?", "Enter why it is reopened, in a sentence or two")
