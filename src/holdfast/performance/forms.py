"""What a person may type into the performance room's pages. Errors say what to do next."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet

from holdfast import analytics
from holdfast.access.models import Account
from holdfast.jobs.arriving import Arrived
from holdfast.pages.fields import DateField, choice, reason, text
from holdfast.performance.services.faults import WHAT_WAS_DONE
from holdfast.performance.services.intake import not_come_yet
from holdfast.performance.services.uploading import Arrival

if TYPE_CHECKING:
    from holdfast.organisation.models import Team
    from holdfast.performance.selectors.own_teams import NamedTeam

CHOOSE = "Choose the file you want to submit"
NOTHING: Mapping[int, str] = MappingProxyType({})


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if files else []


class FilesField(forms.FileField):
    """One file or several, each arrived whole on disk (jobs.arriving)."""

    widget = SeveralFiles

    def clean(self, value: Any, initial: Any = None) -> list[Arrived]:
        if not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(value)


class SendFilesForm(forms.Form):
    files = FilesField(
        label="Which files do you want to submit?",
        help_text="Any return that can be read, as your system exports it. Files that belong together, such as the "
        "lists of one Annex A, are sent together, or as one zip. Nothing is kept before you have seen what they are.",
        error_messages={"required": CHOOSE},
    )

    @property
    def arrived(self) -> list[Arrival]:
        return [
            Arrival(str(file.name), Path(file.temporary_file_path()), file.sha256, file.size or 0)
            for file in self.cleaned_data["files"]
        ]


class SayDaysForm(forms.Form):
    """Asks which day each submission describes that does not say it itself: `undated` is its place and its name."""

    def __init__(self, *args: Any, undated: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in undated:
            self.fields[f"as_at_{number}"] = DateField(
                what=f"{name} describes",
                label=f"What date does {name} describe?",
                hint="It does not say so itself. It is the last day that the data is about.",
            )

    def clean(self) -> dict[str, Any]:
        for name, day in list(self.cleaned_data.items()):
            if day and (problem := not_come_yet(day)):
                self.add_error(name, problem.removesuffix("."))
        return self.cleaned_data

    @property
    def days(self) -> dict[int, date]:
        """The day typed for each submission that was asked about, by its place."""
        return {int(name.removeprefix("as_at_")): day for name, day in self.cleaned_data.items()}


class SubmitUploadForm(forms.Form):
    """Asks for what somebody has to confirm first: by place, whose a submission is, and what of it is left out."""

    def __init__(
        self,
        *args: Any,
        whose: Mapping[int, str] = NOTHING,
        left_out: Mapping[int, str] = NOTHING,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for asked, words in (("whose", whose), ("without", left_out)):
            for number, label in words.items():
                self.fields[f"{asked}_{number}"] = forms.BooleanField(
                    label=label,
                    error_messages={"required": f"Confirm this, or cancel: {label[:1].lower()}{label[1:]}"},
                )

    def _places(self, asked: str) -> set[int]:
        return {int(name.rpartition("_")[2]) for name in self.cleaned_data if name.startswith(f"{asked}_")}

    @property
    def confirmed(self) -> set[int]:
        """The places of the submissions whose authority was confirmed."""
        return self._places("whose")

    @property
    def without(self) -> set[int]:
        """The places of the submissions that may be read without what is left out."""
        return self._places("without")


LEAVE_OUT = "-"
FOUND = "0"


class MatchColumnsForm(forms.Form):
    """Asks which list a sheet is, or, where that is known, what each of its headings means. A suggestion is chosen
    beforehand and said to be one; sending the form confirms what is chosen. A column that cannot be shown is asked of
    by its letter, and may be left; what was said before is asked of anew where `again`."""

    def __init__(
        self,
        *args: Any,
        sheets: "Sequence[analytics.SheetSeen]" = (),
        are_lists_asked: bool = False,
        again: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sheets, self.are_lists_asked, self.again = sheets, are_lists_asked, again
        self.called: dict[str, tuple[int, str]] = {}
        lists = [(str(number), f"List {number}: {title}") for number, title in analytics.list_titles().items()]
        for n, sheet in enumerate(sheets):
            if are_lists_asked:
                chosen = LEAVE_OUT if sheet.number == 0 else str(sheet.number or "")
                self._ask(
                    f"list_{n}", f"Which list is {sheet.name}?", [*lists, (LEAVE_OUT, "None of the lists")], chosen
                )
            elif sheet.number:
                self._ask_of_columns(n, sheet, sheet.number)

    def _ask_of_columns(self, n: int, sheet: "analytics.SheetSeen", number: int) -> None:
        said = sheet.said if self.again else {}
        free = [head for head in analytics.headings_of(number) if head in {*sheet.lacking, *said.values()}]
        choices = [*((head, head) for head in free), (LEAVE_OUT, "Leave it out")]
        for m, (heading, like) in enumerate(sheet.unknown.items()):
            name = f"heading_{n}_{m}"
            self._ask(name, f"What does “{heading}” mean in list {number}?", choices, like.heading if like else "")
            self.fields[name].help_text = f"Suggested: {like.heading}, because {like.why}." if like else ""
            self.called[name] = (number, heading)
        for m, (called, letter) in enumerate(sheet.unsaid.items()):
            name = f"column_{n}_{m}"
            self._ask(name, f"What does column {letter} mean in list {number}?", choices, required=False)
            self.fields[name].help_text = "Its heading is not shown: it looks like a value, or there is none."
            self.called[name] = (number, called)
        for m, (called, meant) in enumerate(said.items()):
            name = f"said_{n}_{m}"
            self._ask(name, f"What does “{called}” mean in list {number}?", choices, meant or LEAVE_OUT)
            self.called[name] = (number, called)

    def _ask(
        self, name: str, label: str, choices: list[tuple[str, str]], chosen: str = "", *, required: bool = True
    ) -> None:
        self.fields[name] = choice(label, "what it means", choices, initial=chosen, required=required)

    def clean(self) -> dict[str, Any]:
        meant: dict[tuple[int, str], str] = {}
        for name, (number, called) in self.called.items():
            said = self.cleaned_data.get(name, "")
            if said in ("", LEAVE_OUT):
                continue
            other = meant.setdefault((number, said), called)
            if other != called:
                self.add_error(name, f"“{other}” means {said} already. Choose another meaning for one of them")
        return self.cleaned_data

    @property
    def lists(self) -> dict[str, int]:
        """The list of each sheet that was asked about; 0 for none."""
        asked = {sheet.name: self.cleaned_data.get(f"list_{n}") for n, sheet in enumerate(self.sheets)}
        return {name: 0 if said == LEAVE_OUT else int(said) for name, said in asked.items() if said}

    @property
    def headings(self) -> dict[int, dict[str, str]]:
        """By list, what each heading that was asked about means; "" to leave it out."""
        found: dict[int, dict[str, str]] = {}
        for name, (number, called) in self.called.items():
            if said := self.cleaned_data[name]:
                found.setdefault(number, {})[called] = "" if said == LEAVE_OUT else said
        return found


class HeadingRowForm(forms.Form):
    """Asks which of a sheet's first rows holds its headings: `rows` is each row's number and what is said of it."""

    row = choice("Which row holds its headings?", "the row that holds its headings", [], widget=forms.RadioSelect)

    def __init__(self, *args: Any, rows: Sequence[tuple[int, str]], taken: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["row"]
        field.choices = [
            *((str(number), words) for number, words in rows),
            (FOUND, "The one that is found in each file"),
        ]
        field.initial = str(taken or "")


class MatchTeamsForm(forms.Form):
    """Asks which team each name in the returns means. What was said before is chosen; nothing is suggested."""

    def __init__(
        self, *args: Any, named: "Sequence[NamedTeam]" = (), teams: "Sequence[Team]" = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.named = named
        choices = [*((team.code, team.name) for team in teams), (LEAVE_OUT, "No team that is set up here")]
        for n, one in enumerate(named):
            field = choice(f"Which team is “{one.name}”?", "which team it is", choices, required=False)
            field.initial = LEAVE_OUT if one.team == "" else one.team
            self.fields[f"team_{n}"] = field

    @property
    def teams(self) -> dict[str, str]:
        """By name, the code of the team it means; "" for none. Names of which nothing is said are left as they are."""
        said = {one.name: self.cleaned_data[f"team_{n}"] for n, one in enumerate(self.named)}
        return {name: "" if code == LEAVE_OUT else code for name, code in said.items() if code}


class SubmitPublishedForm(forms.Form):
    file = forms.FileField(
        label="Which file do you want to submit?",
        help_text="A CSV file as the Department or the Office for National Statistics publishes it, or a model of "
        "statistical neighbours. Tables C1, D3 and D5 of Characteristics of children in need are set beside our own "
        "figures. It is at most 20 MB.",
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


class CompareForm(forms.Form):
    """Which two releases to set beside each other."""

    older = forms.TypedChoiceField(label="From release", required=False, coerce=int, empty_value=None)
    newer = forms.TypedChoiceField(label="To release", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, releases: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("older", "newer"):
            self.fields[name].choices = releases  # type: ignore[attr-defined]


class PeriodForm(forms.Form):
    """Which of the periods that a release gives to look at."""

    period = forms.ChoiceField(label="Referrals of", required=False)

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = periods  # type: ignore[attr-defined]


class SeriesForm(forms.Form):
    """How to look at an indicator. What is odd is ignored in favour of the plain view, never shown as more."""

    by = forms.ChoiceField(label="Break the figures down by", required=False)
    periods = forms.ChoiceField(
        label="Show", required=False, choices=[("month", "Months"), ("year", "Financial years")], initial="month"
    )

    def __init__(self, *args: Any, breakdowns: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].choices = [("", "Nothing: all together"), *breakdowns]  # type: ignore[attr-defined]


class AssignFaultForm(forms.Form):
    assigned_to = choice("Who will look into it?", "a person")
    words = reason("What do you ask of them?", "", longest=1000, required=False)

    def __init__(self, *args: Any, people: "QuerySet[Account]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assigned_to"].queryset = people  # type: ignore[attr-defined]


class ExplainFaultForm(forms.Form):
    words = reason(
        "Why is it right as it stands?",
        "Say why it is right as it stands",
        hint="It is kept for the statutory return, which asks for a reason beside each query.",
        longest=1000,
    )


class FindChildForm(forms.Form):
    """Sent, and never put into an address: it is the council's own reference of a child."""

    reference = text(
        "Which child is it, by the council’s own reference?",
        "Enter the child’s reference, as the return has it",
        hint="It is in no address and no log. That you looked is in the trail.",
        longest=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class MarkFaultFixedForm(forms.Form):
    words = reason(
        "What was put right, and where?",
        WHAT_WAS_DONE,
        hint="What the next return of the census year no longer holds is closed by itself, without anybody’s word.",
        longest=1000,
    )
