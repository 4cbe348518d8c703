"""What a person may type in this room: how to narrow the trail, and allauth's sign-in forms in our words."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.core import context, ratelimit
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

LENGTH = "At least 12 characters. Three words that do not belong together work well."
CODE = "Six digits from your authenticator app, or one of your recovery codes."


class TrailFilter(forms.Form):
    """Whose rows, and of what kind. A choice that is not offered counts as no choice."""

    by = forms.ChoiceField(label="Whose actions?", required=False)
    action = forms.ChoiceField(label="What kind of action?", required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], actions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].choices = [("", "Everybody’s"), *people]  # type: ignore[attr-defined]
        self.fields["action"].choices = [("", "Every kind"), *((one, one.capitalize()) for one in actions)]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """The two choices, "" where none."""
        self.is_valid()
        return {"by": self.cleaned_data.get("by", ""), "action": self.cleaned_data.get("action", "")}


def _say(field: forms.Field, label: str, missing: str, hint: str = "") -> None:
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], "User name", "Enter your user name")
        _say(self.fields["password"], "Password", "Enter your password")


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], "What is your password now?", "Enter the password you use now")
        _say(self.fields["password1"], "What should it be?", "Enter a new password", LENGTH)
        _say(self.fields["password2"], "The new password again", "Enter the new password again")


class FirstPasswordForm(SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password1"], "What should your password be?", "Enter a password", LENGTH)
        _say(self.fields["password2"], "The password again", "Enter the password again")


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], "Password", "Enter your password")


class _FewGuesses:
    """Five codes for one account in a quarter of an hour, from wherever: only who has its password comes this far."""

    user: Any

    def clean_code(self) -> str:
        guesses = {"action": "second_step", "key": f"second-step-{self.user.pk}"}
        if not ratelimit.consume(context.request, **guesses):
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]
        ratelimit.clear(context.request, **guesses)
        return code


class CodeForm(_FewGuesses, AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], "Code", "Enter the code", CODE)


class CodeAgainForm(_FewGuesses, ReauthenticateCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], "Code", "Enter the code", CODE)


class AddAppForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], "Code", "Enter the code that the app shows", "Six digits.")
