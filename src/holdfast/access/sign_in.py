"""How people sign in: with an account somebody made for them. Nobody signs themselves up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """allauth, without sign-up, and in our words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Enter a user name and password that match. Check both and try again.",
        "too_many_login_attempts": "There have been too many attempts. Wait 15 minutes, then try again.",
        "enter_current_password": "Enter the password you use now.",
        "incorrect_password": "That is not your password. Enter it again.",
        "incorrect_code": "That is not the code now. Enter the one that the app shows.",
    }

    def is_open_for_signup(self, request: Any) -> bool:
        return False


def nobody_in_particular(*args: Any, **kwargs: Any) -> str:
    """How axes may name a client in the log: not at all. Who it was is in the trail."""
    return "one client"


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """The page after too many wrong passwords for one account from one place (axes)."""
    return render(request, "account/locked_out.html", {"heading": "Sign-in is locked for 15 minutes"}, status=429)
