"""What a person may type in the logs: challenges, risks, support, duties, scrutiny, steps of the intervention."""

from typing import Any, Final

from django import forms

from holdfast.governance.models import DutyAssurance, InterventionStep, SupportSession
from holdfast.governance.models.risks import HIGHEST
from holdfast.notice.selectors.notices import NoNotice, notice_of
from holdfast.organisation import selectors as organisation
from holdfast.pages.fields import DateField, choice, reason, text
from holdfast.performance.selectors import indicators

FIVES: Final = [(str(n), str(n)) for n in range(1, HIGHEST + 1)]


class _OfProgramme(forms.Form):
    """A form whose posts and bodies are those of the programme."""

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name, field in fields.items():
            if name in ("body",):
                field.queryset = organisation.bodies(user, code)
            elif isinstance(field, forms.ModelChoiceField):
                field.queryset = organisation.posts(user, code)


class ChallengeForm(_OfProgramme):
    body = choice("Which body challenges?", "a body", required=False, empty_label="None: a post does")
    post = choice("Or which post challenges?", "a post", required=False, empty_label="None: a body does")
    challenged = choice("Which post is challenged?", "a post")
    about = reason("What is it about?", "Enter what it is about")
    evidence = reason("What does it rest on?", "Enter what it rests on", hint="Figures, audits, minutes.")
    requirement = choice("Which requirement does it bear on?", "a requirement", (), required=False)
    indicator = choice("Which indicator does it bear on?", "an indicator", (), required=False)

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, user=user, code=code, **kwargs)
        fields: dict[str, Any] = self.fields
        cards = indicators.definition_cards()
        fields["requirement"].choices = [("", "None"), *requirement_choices(user, code)]
        fields["indicator"].choices = [("", "None"), *((card.id, f"{card.id} {card.title}") for card in cards)]


def requirement_choices(user: Any, code: str) -> list[tuple[str, str]]:
    try:
        notice = notice_of(user, code)
    except NoNotice:
        return []
    return [(each.ref, str(each)) for each in notice.requirements.all()]


class AnswerForm(forms.Form):
    words = reason("What is the answer?", "Enter the answer")


class ClosingForm(forms.Form):
    outcome = reason("What changed for children?", "Enter what changed for children, or that nothing did")


class RiskForm(_OfProgramme):
    title = text("What is the risk called?", "Enter a short title")
    cause = reason("What is the cause?", "Enter the cause")
    event = reason("What may happen?", "Enter what may happen")
    effect = reason("What would that do to children?", "Enter what it would do to children")
    owner = choice("Which post owns it?", "a post")
    requirement = choice("Which requirement does it bear on?", "a requirement", (), required=False)

    def __init__(self, *args: Any, user: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, user=user, code=code, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["requirement"].choices = [("", "None"), *requirement_choices(user, code)]


def _five(label: str) -> Any:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Choose from 1 to 5"), *FIVES],
        coerce=int,
        error_messages={"required": "Choose a number from 1 to 5", "invalid_choice": "Choose a number from 1 to 5"},
    )


class ScoreForm(forms.Form):
    inherent_likelihood = _five("How likely is it without any control?")
    inherent_impact = _five("How bad would it be without any control?")
    likelihood = _five("How likely is it with the controls in place?")
    impact = _five("How bad would it be with the controls in place?")
    target = forms.IntegerField(
        label="What is it to come down to?",
        help_text="Likelihood times impact, from 1 to 25. Empty if it is accepted as it is.",
        required=False,
        error_messages={"invalid": "Enter the target as a number, like 6"},
    )
    accepted_because = text("If it is accepted: why is no lower possible?", "", required=False, longest=500)
    reason = text("Why has it this score?", "Enter why it has this score", longest=500)


class ReviewForm(forms.Form):
    words = reason("What did the review see?", "Enter what the review saw", hint="Its score stays as it was.")


class ControlForm(_OfProgramme):
    words = text("What is in place?", "Enter what is in place", longest=300)
    owner = choice("Whose is it?", "a post")


class SupportForm(_OfProgramme):
    kind = choice("What kind of help?", "a kind", SupportSession.Kind.choices, widget=forms.RadioSelect)
    post = choice("Which post was helped?", "a post")
    given_by = text(
        "By which post of which organisation?",
        "Enter the post and organisation",
        hint="Nothing of what was said.",
        longest=120,
    )
    on = DateField(label="On which day?", what="of the session")
    hours = forms.DecimalField(
        label="For how many hours?",
        help_text="In quarters of an hour, like 1.5.",
        error_messages={"required": "Enter the hours, like 1.5", "invalid": "Enter the hours as a number, like 1.5"},
    )


class DutyForm(forms.Form):
    state = choice("How does it stand?", "how it stands", DutyAssurance.State.choices, widget=forms.RadioSelect)
    evidence = reason("What shows it?", "", required=False, hint="Needed unless it is not known.")


class RecommendationForm(_OfProgramme):
    body = choice("Which committee?", "a body")
    text = reason("What is recommended?", "Enter what is recommended")
    asked_of = choice("Of which post is it asked?", "a post")


class ResponseForm(forms.Form):
    is_accepted = forms.TypedChoiceField(
        label="Is it accepted?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is accepted"},
    )
    words = reason("What is the answer?", "Enter the answer")


class StepForm(forms.Form):
    kind = choice("What happened?", "what happened", InterventionStep.Kind.choices, widget=forms.RadioSelect)
    on = DateField(label="On which day?", what="of the step")
    words = text("In a sentence?", "Enter it in a sentence", longest=500)
    source = text("Which letter or page says so?", "Enter the letter or page", longest=200)
