"""What a person may type in this room. A label is a question; an error says what to do."""

from functools import partial
from typing import Any

from django import forms

from holdfast.notice.selectors.notices import NoNotice, notice_of
from holdfast.organisation import selectors as organisation
from holdfast.pages.fields import DateField, choice, free, reason, ref, text
from holdfast.performance.selectors import indicators
from holdfast.plan import selectors
from holdfast.plan.models.progress import Cause

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


class _DatedForm(_PlanForm):
    """What actions and milestones share: lists of choices that depend on the programme."""

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, user=user, code=code, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["objective"].queryset = selectors.objectives(user, code)
        fields["owner"].queryset = organisation.posts(user, code)
        cards = indicators.definition_cards()
        fields["indicator"].choices = [("", "None"), *((card.id, f"{card.id} {card.title}") for card in cards)]
        fields["requirements"].choices = _requirements(user, code)


def _requirements(user: Any, code: str) -> list[tuple[str, str]]:
    try:
        notice = notice_of(user, code)
    except NoNotice:
        return []
    return [(one.ref, str(one)) for one in notice.requirements.all()]


class ActionForm(_DatedForm):
    kind = "action"
    ref = ref("A18")
    title = text("What will be done?", "Enter what will be done")
    objective = choice("Which objective is it for?", "an objective")
    owner = choice("Which post owns it?", "a post", help_text="Its agency is the post’s.")
    due_on = DateField(label="When is it due?", what="it is due")
    requirements = forms.MultipleChoiceField(label="Which requirements does it answer?", required=False)
    indicator = forms.ChoiceField(label="Which indicator should it change?", required=False)
    intended_impact = text("What should be different for children?", "", longest=300, required=False)


class MilestoneForm(_DatedForm):
    kind = "milestone"
    ref = ref("M11")
    title = text("What will be in place, or reached?", "Enter what it is")
    objective = choice("Which objective is it for?", "an objective", required=False)
    owner = choice("Which post owns it?", "a post")
    due_on = DateField(label="When is it due?", what="it is due")
    requirements = forms.MultipleChoiceField(label="Which requirements does it serve?", required=False)
    indicator = forms.ChoiceField(label="Which indicator shows it?", required=False)
    target = text("What must the indicator reach?", "", longest=120, required=False)


class DoneForm(forms.Form):
    on = DateField(label="On which day?", what="it was done")
    note = reason("What was done, and how is that known?", "Enter what was done")


class MistakeForm(forms.Form):
    reason = reason("Why was it a mistake?", "Enter why it was a mistake, in a sentence or two")


class LatenessForm(forms.Form):
    cause = choice("What is the cause?", "the cause", CAUSES, widget=forms.RadioSelect)
    words = reason("Why is it late?", "Enter why it is late")
    recovery = reason("What will recover it?", "Enter what will recover it")
