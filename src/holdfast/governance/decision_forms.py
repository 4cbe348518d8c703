"""What a person may type to record a decision: the body, then its meeting and how much it changes, then the words.

Each step is a page that works without scripts; the last is one form, whose fields for the effects are named after
their place, so that a refused effect is said beside its own question.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms

from holdfast.agreements import selectors as agreements
from holdfast.governance.effect_kinds import Change, EffectKind, effect_kinds
from holdfast.governance.log_forms import requirement_choices
from holdfast.governance.models import Decision, Meeting
from holdfast.governance.selectors import decisions as selectors
from holdfast.governance.selectors.risks import risks
from holdfast.organisation import selectors as organisation
from holdfast.organisation.models import Body
from holdfast.pages.fields import DateField, choice, reason, text
from holdfast.pages.words import date_words, lower_first
from holdfast.performance.selectors import indicators as performance
from holdfast.plan import selectors as plan

MOST: Final = 6
"""Effects of one kind that one page can ask for. More are another decision."""
OUTSIDE: Final = "none"
OWN_REASON: Final = "The decision’s own reason if empty."
WAYS: Final = [("at most", "At most"), ("at least", "At least")]
Fields = dict[str, forms.Field]


class WhichBodyForm(forms.Form):
    body = choice("Which body decided?", "a body", (), widget=forms.RadioSelect)

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["body"].choices = [(body.code, body.name) for body in bodies]


class WhichMeetingForm(forms.Form):
    """Which meeting, and how many effects of each kind. It is sent by address, so that the next page can be linked."""

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [(str(meeting.number), f"{meeting}, {date_words(meeting.held_on)}") for meeting in meetings]
        which = choice(
            "At which meeting?", "a meeting", [*held, (OUTSIDE, "Outside a meeting")], widget=forms.RadioSelect
        )
        self.fields["meeting"] = which
        numbers = [(str(n), str(n)) for n in range(MOST + 1)]
        for kind in effect_kinds():
            self.fields[kind.code] = forms.ChoiceField(
                label=f"{kind.words}: how many times?", choices=numbers, required=False, initial="0"
            )

    def asked(self) -> list[EffectKind]:
        """The kinds of effect, each as often as it was asked for. Of a form that is sound."""
        return [kind for kind in effect_kinds() for _ in range(int(self.cleaned_data.get(kind.code) or 0))]


class DecisionForm(forms.Form):
    """The decision's own words, who agreed, and the fields of each effect. Cleans to the service's arguments."""

    def __init__(
        self,
        *args: Any,
        user: Any,
        body: Body,
        meeting: Meeting | None,
        kinds: Sequence[EffectKind],
        on: date,
        superseding: Decision | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._kinds, self._meeting, self._superseding = list(kinds), meeting, superseding
        code = body.programme.code
        if meeting is None:
            self.fields["without_meeting"] = text("Why outside a meeting?", "Enter why", longest=500)
            self.fields["made_on"] = DateField(label="On which day?", what="it was decided")
        else:
            items = [(str(item.pk), f"{item.order} {item.title}") for item in meeting.items.all()]
            self.fields["item"] = choice("Under which item?", "an item", items, required=False)
        self.fields["text"] = reason("What was decided?", "Enter what was decided", hint="The words of the minute.")
        self.fields["options"] = reason("Which other ways were considered?", "", required=False)
        self.fields["reason"] = reason("Why was it decided so?", "Enter why it was decided so")
        seats = selectors.seats_of(user, code, body.code, meeting.held_on if meeting else on)
        self._seats = {str(seat.pk): seat for seat in seats}
        self.fields["agreed_by"] = forms.MultipleChoiceField(
            label="Who agreed?",
            help_text="Members with a vote. An observer speaks and has none.",
            choices=[(key, f"{seat} ({seat.get_capacity_display().lower()})") for key, seat in self._seats.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choose who agreed"},
        )
        self.fields["requirements"] = forms.MultipleChoiceField(
            label="Which requirements does it answer?", choices=requirement_choices(user, code), required=False
        )
        for place, kind in enumerate(kinds, start=1):
            for name, field in EFFECT_FIELDS[kind.code](user, code, body).items():
                field.label = f"Effect {place}, {lower_first(kind.words)}. {field.label}"
                self.fields[f"effect_{place}_{name}"] = field

    def clean(self) -> dict[str, Any]:
        """What `record_decision` takes by name, its effects as values."""
        typed = super().clean() or {}
        effects = [self._effect(place, kind, typed) for place, kind in enumerate(self._kinds, start=1)]
        kept = {name: value for name, value in typed.items() if not name.startswith("effect_")}
        items = {str(item.pk): item for item in self._meeting.items.all()} if self._meeting else {}
        kept["item"] = items.get(kept.get("item", ""))
        kept["agreed_by"] = [self._seats[key] for key in kept.get("agreed_by", ())]
        return {**kept, "effects": effects, "meeting": self._meeting, "supersedes": self._superseding}

    def _effect(self, place: int, kind: EffectKind, typed: Mapping[str, Any]) -> Change:
        opening = f"effect_{place}_"
        given = {name.removeprefix(opening): value for name, value in typed.items() if name.startswith(opening)}
        subject = str(given.pop("subject", ""))
        given = {name: value for name, value in given.items() if value not in ("", None, {})}
        return Change(kind.code, subject, _as_shares(subject, given) if kind.code == "target" else given)


def _as_shares(indicator: str, given: dict[str, Any]) -> dict[str, Any]:
    """A target as it is kept: what was typed out of 100 is a share of 0 to 1. A count stays."""
    if indicator not in {card.id for card in performance.definition_cards() if card.unit != "count"}:
        return given
    kept = dict(given)
    if "value" in kept:
        kept["value"] = round(kept["value"] / 100, 6)
    if "trajectory" in kept:
        kept["trajectory"] = {month: round(value / 100, 6) for month, value in kept["trajectory"].items()}
    return kept


def _moves(user: Any, code: str, body: Body) -> Fields:
    dated = [*plan.actions(user, code), *plan.milestones(user, code)]
    items = [(item.ref, f"{item}, due {date_words(item.due_on)}") for item in dated]
    return {
        "subject": choice("Which action or milestone?", "what moves", items),
        "due_on": DateField(label="When is it due now?", what="it is due now"),
        "reason": text("Why does it move?", "", required=False, longest=500, hint=OWN_REASON),
    }


def _milestone(user: Any, code: str, body: Body) -> Fields:
    items = [
        (milestone.ref, f"{milestone}, target: {milestone.target or 'none'}")
        for milestone in plan.milestones(user, code)
    ]
    return {
        "subject": choice("Which milestone?", "a milestone", items),
        "target": text("What must its indicator reach now?", "Enter what it must reach", longest=120),
    }


def _indicator() -> forms.Field:
    cards = performance.definition_cards()
    field: forms.Field = choice(
        "Which indicator?", "an indicator", [(card.id, f"{card.id} {card.title}") for card in cards]
    )
    return field


class TrajectoryField(forms.CharField):
    """Months and values, one a line: "2014-03 18.5". Cleans to {"2014-03": 18.5}; {} when it may be empty and is."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        months: dict[str, float] = {}
        for line in str(value or "").splitlines():
            if not line.strip():
                continue
            month, _, number = line.strip().partition(" ")
            try:
                months[month] = float(number.strip().removesuffix("%"))
            except ValueError:
                raise forms.ValidationError(
                    "Enter each month on a line of its own with its value, like 2014-03 18.5", code="invalid"
                ) from None
        return months

    def validate(self, value: Any) -> None:
        """An empty trajectory is none: the target has one value."""


def _target(user: Any, code: str, body: Body) -> Fields:
    return {
        "subject": _indicator(),
        "direction": choice(
            "Which way?",
            "at most or at least",
            [("at most", "At most"), ("at least", "At least")],
            widget=forms.RadioSelect,
        ),
        "from_on": DateField(label="From when does it hold?", what="it holds from"),
        "value": forms.FloatField(
            label="What is the value?",
            required=False,
            min_value=0,
            help_text="A number out of 100 for a share, like 20.5; a whole number for a count. Empty for a trajectory.",
            error_messages={
                "invalid": "Enter the value as a number, like 20.5",
                "min_value": "Enter the value as 0 or more, like 20.5",
            },
        ),
        "trajectory": TrajectoryField(
            label="Or month by month?", required=False, help_text="One month a line, like 2014-03 18.5."
        ),
        "standard_words": text("What is the standard, and whose?", "Enter the standard in words", longest=300),
    }


def _rebase(user: Any, code: str, body: Body) -> Fields:
    return {
        "subject": _indicator(),
        "from_month": DateField(
            label="From which month is it judged anew?", what="of the month", hint="Any day of it."
        ),
        "reason": text("Why is it judged anew?", "", required=False, longest=500, hint=OWN_REASON),
    }


def _definition(user: Any, code: str, body: Body) -> Fields:
    return {
        "subject": _indicator(),
        "version": forms.IntegerField(
            label="Which version?",
            min_value=1,
            error_messages={
                "required": "Enter the version",
                "invalid": "Enter the version as a number, like 2",
                "min_value": "Enter the version as 1 or more, like 2",
            },
        ),
    }


def _agreement(user: Any, code: str, body: Body) -> Fields:
    waiting = [
        (f"{subject.code}/{version.number}", str(version))
        for subject in agreements.subjects(user, code)
        for version in subject.versions.all()
    ]
    answers = [("agreed", "Agrees"), ("commented", "Agrees, with a comment"), ("declined", "Declines")]
    return {
        "subject": choice("Which version?", "a version", waiting),
        "answer": choice("What does the body say?", "what it says", answers, widget=forms.RadioSelect),
        "words": text("Its comment, or why it declines?", "", required=False, longest=500),
    }


def _impose(user: Any, code: str, body: Body) -> Fields:
    owner = choice("Which post owns it?", "a post")
    owner.queryset = organisation.posts(user, code)
    return {
        "title": text("What is the risk called?", "Enter a short title"),
        "cause": reason("What is the cause?", "Enter the cause"),
        "event": reason("What may happen?", "Enter what may happen"),
        "effect": reason("What would that do to children?", "Enter what it would do"),
        "owner": owner,
    }


def _lift(user: Any, code: str, body: Body) -> Fields:
    lines = [line.risk for line in risks(user, code) if line.lifting is None]
    standing = [(str(risk.number), f"{risk.number} {risk.title}") for risk in lines]
    return {
        "subject": choice(
            "Which risk?", "a risk", [(str(risk.number), f"{risk.number} {risk.title}") for risk in standing]
        ),
        "reason": text("Why is it lifted?", "", required=False, longest=500, hint=OWN_REASON),
    }


EFFECT_FIELDS: Final[dict[str, Callable[[Any, str, Body], Fields]]] = {
    "due-date": _moves,
    "milestone": _milestone,
    "target": _target,
    "rebase": _rebase,
    "definition": _definition,
    "agreement": _agreement,
    "impose-risk": _impose,
    "lift-risk": _lift,
}
