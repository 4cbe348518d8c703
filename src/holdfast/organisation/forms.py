"""What a person may type in this room. A label is a question; an error says what to do.

Whether a role may be granted is the services' to say; a name or a code that is taken is said with the other errors.
"""

from functools import partial
from typing import Any

from django import forms
from django.core.validators import validate_email

from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.access.roles import ROLES
from holdfast.organisation import selectors
from holdfast.organisation.models import Agency
from holdfast.pages.fields import DateField, choice, code, free, text


class _PartForm(forms.Form):
    """A part of a programme, whose name and code are its own among those of its `part` (selectors.taken)."""

    part: str
    own = ("name", "code")

    def __init__(self, *args: Any, user: Any, programme: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.own:
            free(self, name, partial(selectors.taken, user, programme, self.part, name))


class TeamForm(_PartForm):
    part = "team"
    name = text("What is it called?", "Enter its name", longest=120)
    code = code("north-team")


def _speaker() -> forms.ChoiceField:
    """The roles whose holders may agree to something, and so may speak for a body."""
    roles = [(role.code, role.name) for role in ROLES.values() if Permission.AGREE in role.permissions]
    return forms.ChoiceField(
        label="Who may answer for it between meetings?",
        help_text="Whoever holds the role. Without one, only a minute says what it agrees to.",
        choices=[("", "Nobody: only a minute"), *roles],
        required=False,
    )


class BodyForm(TeamForm):
    part = "body"
    spoken_for_by = _speaker()
    from_on = DateField(
        label="Since which day is there such a body?",
        what="it began",
        hint="Leave it empty if it was there before the programme.",
        required=False,
    )


class ChangeBodyForm(forms.Form):
    spoken_for_by = _speaker()
    to_on = DateField(
        label="What was its last day?", what="it ended", hint="Leave it empty while it goes on.", required=False
    )


class AgencyForm(TeamForm):
    part = "agency"
    kind = choice("What kind of agency is it?", "a kind", Agency.KINDS)


class AliasForm(_PartForm):
    part, own = "body", ("name",)
    name = text("What else is it called?", "Enter the other name", hint="As the papers write it.", longest=120)


class PostForm(_PartForm):
    part, own = "post", ("code",)
    title = text("What is the post called?", "Enter the title of the post", longest=120)
    code = code("head-of-practice")
    agency = choice("Which agency is it in?", "an agency")

    def __init__(self, *args: Any, user: Any, programme: str, **kwargs: Any) -> None:
        super().__init__(*args, user=user, programme=programme, **kwargs)
        self.fields["agency"].queryset = selectors.agencies(user, programme)  # type: ignore[attr-defined]


class HolderForm(forms.Form):
    """Who holds a post. Only people with a role in the programme are offered."""

    holder = choice("Who holds this post?", "a person", empty_label="Nobody: the post is vacant", required=False)
    from_on = DateField(
        label="Since which day?",
        what="they took it over",
        hint="Whoever held it did so until the day before. Leave it empty if it is today.",
        required=False,
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["holder"]
        field.queryset, field.label_from_instance = people, lambda account: account.display_name


class AccountForm(forms.Form):
    username = text(
        "What will they sign in as?",
        "Enter a user name, like a.lovelace",
        hint="Letters, digits and . - _ only, like a.lovelace.",
        longest=150,
        validators=[Account.username_validator],
        errors={"invalid": "Use only letters, digits and . - _ in a user name, like a.lovelace"},
    )
    first_name = text("What is their first name?", "Enter their first name", longest=120)
    last_name = text("What is their last name?", "Enter their last name", longest=120)
    email = text(
        "What is their work email address?",
        "Enter their work email address",
        hint="A link to choose a password goes there.",
        longest=254,
        widget=forms.EmailInput,
        validators=[validate_email],
        errors={"invalid": "Enter an email address, like name@example.gov.uk"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free(self, "username", selectors.username_taken)


class RoleForm(forms.Form):
    """A role, over what, and its last day. `over` offers the programme, its agencies and teams as "kind:code"."""

    role = choice("Which role?", "a role", [(role.code, f"{role.name}: {role.held_by}") for role in ROLES.values()])
    over = choice("Over what?", "what it is over", ())
    to_on = DateField(
        what="the role ends", label="What is the last day?", hint="Leave it empty if there is none.", required=False
    )

    def __init__(self, *args: Any, user: Any, programme: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = selectors.administered_programme(user, programme)
        self.fields["over"].choices = selectors.role_scopes(user, programme)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was chosen, as services.grant_role takes it."""
        typed = super().clean() or {}
        kind, _, key = typed.pop("over", "").partition(":")
        return {**typed, "programme": None if kind == "installation" else self.owner, "kind": kind, "key": key}
