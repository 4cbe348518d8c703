"""What a person may type of audits by several agencies. A label is a question; an error says what to do."""

from typing import Any

from django import forms

from holdfast.audits.forms import Choices, case_reference
from holdfast.audits.references import why_no_reference
from holdfast.pages.fields import DateField, choice, reason, text


class JointAuditForm(forms.Form):
    title = text("What is it about?", "Enter what it is about", longest=150)
    version = choice("Which questions does each agency answer?", "which questions")
    case_ref = case_reference()
    team = choice("Which of the council’s teams holds the case?", "a team")
    due_on = DateField(label="By which day should every return be in?", what="every return should be in")

    def __init__(self, *args: Any, versions: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["version"].queryset, fields["team"].queryset = versions, teams

    def clean_case_ref(self) -> str:
        typed: str = self.cleaned_data["case_ref"]
        if why_no_reference(typed):
            raise forms.ValidationError(why_no_reference(typed))
        return typed


class AskAgencyForm(forms.Form):
    agency = choice("Which agency is asked?", "an agency")
    answerer = choice("Who answers from its record?", "who answers")

    def __init__(self, *args: Any, agencies: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["agency"].queryset, fields["answerer"].queryset = agencies, people


class JudgementForm(forms.Form):
    whole = choice("How does the panel judge what all did together?", "a grade", [], widget=forms.RadioSelect)
    reasons = reason("Why?", "Say why, in a sentence or two", longest=4000)
    dissent = reason("Who saw it otherwise, and why?", "", hint="Leave it empty if nobody did.", required=False)

    def __init__(self, *args: Any, grades: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["whole"].choices = grades


class LessonForm(forms.Form):
    agency = choice("Which agency is to learn it?", "an agency")
    words = reason("What is it to do otherwise?", "Say what it is to do otherwise")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["agency"].queryset = agencies
