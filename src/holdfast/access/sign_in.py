"""How people sign in: with an account somebody made for them. Nobody signs themselves up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignUp(DefaultAccountAdapter):
    def is_open_for_signup(self, request: Any) -> bool:
        return False
