"""Sign-in, sign-out, password and authenticator-app pages: allauth's, each behind a door, in our shells.

Sign-up is not here: an administrator makes accounts, and has a link sent to choose a password (links.py). The
templates they need, in templates/:
account/{login,logout,password_change,password_set,reauthenticate,account_inactive,locked_out}.html,
mfa/{index,authenticate,reauthenticate}.html, mfa/totp/{activate_form,deactivate_form}.html and
mfa/recovery_codes/{index,generate}.html (with download.txt). Each is given `heading`.
"""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.module_loading import import_string

from holdfast.access.doors import public, signed_in
from holdfast.access.links import choose_password

OWN = signed_in("about the account that is signed in, and no other")
ENTRANCE = public("signing in has to be open to somebody who has not")


ALLAUTH: list[Any] = []
"""Each of its pages' views, to be loaded when a server starts."""


def _page(route: str, name: str, door: Any, view: str, heading: str = "") -> URLPattern:
    """A page of allauth's. It is loaded with the first who asks for it: whoever only wants an address does not wait."""

    @cache
    def loaded() -> Any:
        return import_string(f"allauth.{view}").as_view(extra_context={"heading": heading} if heading else {})

    def shown(request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = loaded()(request)
        return answer

    shown.__name__ = name
    ALLAUTH.append(loaded)
    pattern: URLPattern = path(route, door(shown), name=name)
    return pattern


def load_pages() -> None:
    """Load every page, so that nobody waits for being the first. A server calls it when it starts."""
    for loaded in ALLAUTH:
        loaded()


urlpatterns = [
    _page("sign-in", "account_login", ENTRANCE, "account.views.LoginView", "Sign in"),
    _page("sign-in/code", "mfa_authenticate", ENTRANCE, "mfa.base.views.AuthenticateView", "Enter your code"),
    _page("closed", "account_inactive", ENTRANCE, "account.views.AccountInactiveView", "This account is closed"),
    _page("sign-out", "account_logout", OWN, "account.views.LogoutView", "Sign out"),
    _page("confirm", "account_reauthenticate", OWN, "account.views.ReauthenticateView", "Confirm it is you"),
    _page("confirm/code", "mfa_reauthenticate", OWN, "mfa.base.views.ReauthenticateView", "Confirm it is you"),
    _page("password", "account_change_password", OWN, "account.views.PasswordChangeView", "Change your password"),
    path("choose-password", choose_password, name="choose_password"),
    _page("password/first", "account_set_password", OWN, "account.views.PasswordSetView", "Choose a password"),
    _page("second-step", "mfa_index", OWN, "mfa.base.views.IndexView", "Sign-in with a second step"),
    _page("second-step/app", "mfa_activate_totp", OWN, "mfa.totp.views.ActivateTOTPView", "Add an authenticator app"),
    _page("second-step/app/remove", "mfa_deactivate_totp", OWN, "mfa.totp.views.DeactivateTOTPView", "Remove your app"),
    _page(
        "second-step/codes",
        "mfa_view_recovery_codes",
        OWN,
        "mfa.recovery_codes.views.ViewRecoveryCodesView",
        "Your recovery codes",
    ),
    _page(
        "second-step/codes/new",
        "mfa_generate_recovery_codes",
        OWN,
        "mfa.recovery_codes.views.GenerateRecoveryCodesView",
        "Make new recovery codes",
    ),
    _page(
        "second-step/codes/download",
        "mfa_download_recovery_codes",
        OWN,
        "mfa.recovery_codes.views.DownloadRecoveryCodesView",
    ),
]
