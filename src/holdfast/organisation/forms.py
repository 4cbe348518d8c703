"""What a person may type in this room. A label is a question; an error says what to do.

Whether a name is free or a role may be granted is the services' to say; `refuse` puts their words on the form.
"""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, QueryDict

from holdfast.access.models import Account
from holdfast.access.roles import ROLES
from holdfast.organisation.models import Agency
from holdfast.pages.fields import DateField


def _text(label: str, what: str, help_text: str = "", **kwargs: Any) -> forms.CharField:
    messages = {"required": f"Enter {what}", "max_length": "Use at most %(limit_value)d characters"}
    return forms.CharField(label=label, help_text=help_text, error_messages=messages, **{"max_length": 120, **kwargs})


def _code() -> forms.SlugField:
    return forms.SlugField(
        label="What is its short code?",
        help_text="For addresses. Lower-case letters, digits and hyphens, like north-team. It cannot be changed later.",
        max_length=50,
        error_messages={
            "required": "Enter a short code, like north-team",
            "invalid": "Use only lower-case letters, digits and hyphens, like north-team",
        },
    )


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form to read; None when the page is only being looked at."""
    return request.POST if request.method == "POST" else None


def refuse(form: forms.Form, problem: Exception) -> None:
    """Put a service's refusal at the top of the form."""
    form.add_error(None, str(problem))


class TeamForm(forms.Form):
    """A team, or a body: a name and a code."""

    name = _text("What is it called?", "its name")
    code = _code()


class BodyForm(TeamForm):
    """A body of the programme."""


class AgencyForm(TeamForm):
    kind = forms.ChoiceField(
        label="What kind of agency is it?",
        choices=Agency.KINDS,
        error_messages={"required": "Choose a kind", "invalid_choice": "Choose one of the kinds in the list"},
    )


class AliasForm(forms.Form):
    name = _text("What else is it called?", "the other name", "As the papers write it, for instance its initials.")


class PostForm(forms.Form):
    title = _text("What is the post called?", "the title of the post")
    code = _code()
    agency = forms.ModelChoiceField(
        queryset=Agency.objects.none(),
        label="Which agency is it in?",
        empty_label="Choose an agency",
        error_messages={"required": "Choose an agency", "invalid_choice": "Choose one of the agencies in the list"},
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class HolderForm(forms.Form):
    """Who holds a post. Only people with a role in the programme are offered."""

    holder = forms.ModelChoiceField(
        queryset=Account.objects.none(),
        label="Who holds this post?",
        required=False,
        empty_label="Nobody: the post is vacant",
        error_messages={"invalid_choice": "Choose one of the people in the list"},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = people  # type: ignore[attr-defined]
        self.fields["holder"].label_from_instance = lambda account: account.display_name  # type: ignore[attr-defined]


class PasswordForm(forms.Form):
    password = forms.CharField(
        label="What should the first password be?",
        help_text="At least 12 characters. Tell it to the person yourself, and ask them to change it.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password of at least 12 characters"},
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class AccountForm(PasswordForm):
    field_order = ("username", "first_name", "last_name", "email", "password")
    username = forms.CharField(
        label="What will they sign in as?",
        help_text="Letters, digits and . - _ only, like a.lovelace",
        max_length=150,
        validators=[Account.username_validator],
        error_messages={"required": "Enter a user name, like a.lovelace"},
    )
    first_name = _text("What is their first name?", "their first name")
    last_name = _text("What is their last name?", "their last name")
    email = forms.EmailField(
        label="What is their work email address?",
        required=False,
        error_messages={"invalid": "Enter an email address like name@example.gov.uk"},
    )


class RoleForm(forms.Form):
    """A role, over what, and its last day. `over` offers the programme, its agencies and teams as "kind:code"."""

    role = forms.ChoiceField(
        label="Which role?",
        choices=[("", "Choose a role"), *((role.code, f"{role.name}: {role.held_by}") for role in ROLES.values())],
        error_messages={"required": "Choose a role", "invalid_choice": "Choose one of the roles in the list"},
    )
    over = forms.ChoiceField(
        label="Over what?",
        error_messages={"required": "Choose what it is over", "invalid_choice": "Choose one of those in the list"},
    )
    to_on = DateField(
        what="the role ends",
        label="What is the last day?",
        hint="Leave it empty if there is none.",
        required=False,
    )

    def __init__(self, *args: Any, over: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["over"].choices = over  # type: ignore[attr-defined]
