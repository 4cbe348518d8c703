"""What a person may type in this room. A label is a question; an error says what to do."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms

from holdfast.access import clock
from holdfast.audits.models import Audit, AuditPlan, PlannedAudits, Remedy
from holdfast.audits.references import why_no_reference
from holdfast.pages.fields import DateField, choice, reason, ref, text

Choices = Sequence[tuple[str, str]]


def _whole(label: str, missing: str, lowest: int, highest: int, **more: Any) -> forms.IntegerField:
    said = {
        "required": missing,
        "invalid": "Enter a whole number",
        "min_value": f"Enter {lowest} or more",
        "max_value": f"Enter {highest:,} or fewer",
    }
    return forms.IntegerField(label=label, min_value=lowest, max_value=highest, error_messages=said, **more)


def case_reference(**more: Any) -> forms.CharField:
    hint = "The council’s own reference. Never a name or a date of birth."
    return text("What is the case reference?", "Enter the case reference", hint=hint, longest=20, **more)


class AuditForm(forms.Form):
    """One audit to add. `versions`, `teams` and `workers` are what may be chosen."""

    version = choice("Which questions?", "which questions")
    case_ref = case_reference()
    team = choice("Which team’s case is it?", "a team")
    worker = choice(
        "Whose case is it?",
        "whose case it is",
        help_text="So that they are never asked to audit it. Leave it empty if they have no account here.",
        empty_label="Nobody with an account here",
        required=False,
    )
    chosen = choice(
        "How was the case chosen?", "how the case was chosen", Audit.Chosen.choices, widget=forms.RadioSelect
    )
    due_on = DateField(label="By which day should it be done?", what="it should be done", required=False)

    def __init__(self, *args: Any, versions: Any, teams: Any, workers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["version"].queryset, fields["team"].queryset = versions, teams
        fields["worker"].queryset = workers

    def clean_case_ref(self) -> str:
        typed: str = self.cleaned_data["case_ref"]
        if why_no_reference(typed):
            raise forms.ValidationError(why_no_reference(typed))
        return typed


class _ListsWhoMay(forms.ChoiceField):
    """Lists those who may. Whoever else is sent all the same is for the service to refuse, which the trail keeps."""

    def valid_value(self, value: str) -> bool:
        return value.isdecimal() or super().valid_value(value)


class Somebody(_ListsWhoMay):
    """One account of those who may."""


class Several(_ListsWhoMay, forms.MultipleChoiceField):
    """Accounts of those who may."""


class SomebodyForm(forms.Form):
    """Who is to do it: one of those who may, or whoever has the fewest in hand."""

    account = Somebody(
        label="Who is to do it?",
        help_text="Only those who are independent of the case are listed.",
        required=False,
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["account"].choices = [("", "Whoever has the fewest in hand"), *choices]

    def clean_account(self) -> int | None:
        typed = self.cleaned_data["account"]
        return int(typed) if typed else None


class ConflictForm(forms.Form):
    case_ref = case_reference(required=False)
    team = choice("Or which team’s cases?", "a team", empty_label="No whole team", required=False)

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["team"].queryset = teams


class WithdrawalForm(forms.Form):
    reason = reason("Why is it withdrawn?", "Say why it is withdrawn")


class VerifyForm(forms.Form):
    """Nothing to type: the page says what is verified."""


class StepForm(forms.Form):
    """A step for a child's safety: which, what was said or found, and when if not just now."""

    step = choice("What was done?", "what was done", [], widget=forms.RadioSelect)
    words = reason("Who was told, or what was found?", "Say who was told, or what was found", longest=1000)
    at_time = text(
        "At what time was it today?",
        "",
        hint="Like 14:30. Leave it empty if it was just now.",
        longest=5,
        required=False,
    )

    def __init__(self, *args: Any, steps: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["step"].choices = steps

    def clean_at_time(self) -> datetime | None:
        typed = self.cleaned_data["at_time"].strip()
        if not typed:
            return None
        try:
            hours, minutes = (int(part) for part in typed.replace(".", ":").split(":"))
            return datetime.combine(clock.today(), time(hours, minutes), clock.LONDON)
        except ValueError:
            raise forms.ValidationError("Enter a time like 14:30") from None


class OutOfHoursForm(forms.Form):
    words = text(
        "Whom does an auditor ring when the office is shut?",
        "Enter whom to ring, with the number",
        hint="For example, Emergency duty team, 0345 000 0000, at any hour.",
        longest=300,
    )


class RemedyForm(forms.Form):
    level = choice("For whom is it?", "for whom it is", Remedy.Level.choices, widget=forms.RadioSelect)
    words = reason("What is asked for?", "Say what is asked for", longest=1000)
    owner = choice("Which post is to do it?", "a post")
    due_on = DateField(label="By which day?", what="it is due")

    def __init__(self, *args: Any, posts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = posts


class RemedyDoneForm(forms.Form):
    words = reason("What was done, and how does it show?", "Say what was done, and how it shows", longest=1000)


class InPlanForm(forms.Form):
    title = text(
        "What is the action, in words that everybody may read?",
        "Enter the action",
        hint="Nothing of one case: the plan is read by the whole Board.",
    )
    objective = choice("Under which objective?", "an objective")
    ref = ref("A40")

    def __init__(self, *args: Any, objectives: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["objective"].queryset = objectives


class FindingsForm(forms.Form):
    """Which audits to count: of one question set, chosen in one way, handed in on some days."""

    of = forms.ChoiceField(label="Of which questions?", required=False)
    chosen = forms.ChoiceField(label="Of audits chosen in which way?", choices=Audit.Chosen.choices, required=False)
    sample = _whole("Of which sample?", "", 1, 1_000_000, required=False)
    since = DateField(label="From which day?", what="to count from", required=False)
    until = DateField(label="To which day?", what="to count to", required=False)

    def __init__(self, *args: Any, sets: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sets = {found.code: found for found in sets}
        fields: dict[str, Any] = self.fields
        fields["of"].choices = [(found.code, found.title) for found in sets]

    def asked(self, since: date, until: date) -> dict[str, Any]:
        """What to count, with these days where none were said; {} where there is no question set."""
        typed = self.cleaned_data if self.is_valid() else {}
        found = self.sets.get(typed.get("of") or next(iter(self.sets), ""))
        if found is None:
            return {}
        days = {"since": typed.get("since") or since, "until": typed.get("until") or until}
        way = typed.get("chosen") or Audit.Chosen.RANDOM.value
        return {"question_set": found, "chosen": way, "sample": typed.get("sample"), **days}


def _as_it_was(plan: AuditPlan) -> dict[str, Any]:
    """What the form begins from: a version's own lines and oversight, but not its days."""
    own: dict[str, Any] = {"moderated_percent": plan.moderated_percent, "oversight": plan.oversight}
    for line in plan.lines.all():
        own |= {f"n-{line.kind}": line.n, f"every-{line.kind}": line.every, f"scope-{line.kind}": line.scope}
    return own


class AuditPlanForm(forms.Form):
    """A version of the programme of audits: a line for each kind of question set, then how it is overseen."""

    from_on = DateField(label="From which day does it hold?", what="it holds from")
    to_on = DateField(label="Until which day?", what="it ends", hint="Leave it empty if it has no end.", required=False)
    moderated_percent = _whole(
        "How many of each hundred are graded again, drawn at random?",
        "Enter how many of each hundred",
        0,
        100,
        help_text="Every audit with the lowest or the highest grade is graded again besides.",
    )
    oversight = reason(
        "Who oversees the audits, how, and how often?", "Say who oversees the audits, how, and how often", longest=1000
    )

    def __init__(self, *args: Any, kinds: Choices, newest: AuditPlan | None = None) -> None:
        """`newest`: the version that the next begins from."""
        super().__init__(*args, initial=_as_it_was(newest) if newest else {})
        self.kinds = kinds
        for kind, title in kinds:
            self.fields[f"n-{kind}"] = _whole(f"{title}: how many?", "", 0, 1000, required=False)
            self.fields[f"every-{kind}"] = forms.ChoiceField(
                label=f"{title}: how often?", choices=PlannedAudits.Every.choices, required=False
            )
            self.fields[f"scope-{kind}"] = text(f"{title}: over which cases?", "", longest=300, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for kind, _ in self.kinds:
            if typed.get(f"n-{kind}") and not typed.get(f"scope-{kind}"):
                self.add_error(f"scope-{kind}", "Say over which cases, for example All open cases, by chance")
        return typed

    def given(self) -> dict[str, Any]:
        """The lines with a number above nought, as (kind, title, every, n, scope), and what is said of all."""
        typed = self.cleaned_data
        lines = [
            (kind, title, typed[f"every-{kind}"] or "month", typed[f"n-{kind}"], typed[f"scope-{kind}"])
            for kind, title in self.kinds
            if typed.get(f"n-{kind}")
        ]
        own = {name: typed[name] for name in ("from_on", "to_on", "moderated_percent", "oversight")}
        return own | {"lines": lines}
