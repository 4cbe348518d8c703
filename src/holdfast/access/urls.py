"""Sign-in, sign-out, password and authenticator-app pages: allauth's, each behind a door, in our shells.

Sign-up is not here: an administrator makes accounts, and has a link sent to choose a password (links.py). The
templates they need, in templates/:
account/{login,logout,password_change,password_set,reauthenticate,account_inactive,locked_out}.html,
mfa/{index,authenticate,reauthenticate}.html, mfa/totp/{activate_form,deactivate_form}.html and
mfa/recovery_codes/{index,generate}.html (with download.txt). Each is given `heading`.
"""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from django.urls import URLPattern, path

from holdfast.access.doors import public, signed_in
from holdfast.access.links import choose_password

OWN = signed_in("about the account that is signed in, and no other")
ENTRANCE = public("signing in has to be open to somebody who has not")


def _page(route: str, name: str, door: Any, view: Any, heading: str = "") -> URLPattern:
    context = {"heading": heading} if heading else {}
    pattern: URLPattern = path(route, door(view.as_view(extra_context=context)), name=name)
    return pattern


urlpatterns = [
    _page("sign-in", "account_login", ENTRANCE, account.LoginView, "Sign in"),
    _page("sign-in/code", "mfa_authenticate", ENTRANCE, second_step.AuthenticateView, "Enter your code"),
    _page("closed", "account_inactive", ENTRANCE, account.AccountInactiveView, "This account is closed"),
    _page("sign-out", "account_logout", OWN, account.LogoutView, "Sign out"),
    _page("confirm", "account_reauthenticate", OWN, account.ReauthenticateView, "Confirm it is you"),
    _page("confirm/code", "mfa_reauthenticate", OWN, second_step.ReauthenticateView, "Confirm it is you"),
    _page("password", "account_change_password", OWN, account.PasswordChangeView, "Change your password"),
    path("choose-password", choose_password, name="choose_password"),
    _page("password/first", "account_set_password", OWN, account.PasswordSetView, "Choose a password"),
    _page("second-step", "mfa_index", OWN, second_step.IndexView, "Sign-in with a second step"),
    _page("second-step/app", "mfa_activate_totp", OWN, app.ActivateTOTPView, "Add an authenticator app"),
    _page("second-step/app/remove", "mfa_deactivate_totp", OWN, app.DeactivateTOTPView, "Remove your app"),
    _page("second-step/codes", "mfa_view_recovery_codes", OWN, codes.ViewRecoveryCodesView, "Your recovery codes"),
    _page(
        "second-step/codes/new",
        "mfa_generate_recovery_codes",
        OWN,
        codes.GenerateRecoveryCodesView,
        "Make new recovery codes",
    ),
    _page("second-step/codes/download", "mfa_download_recovery_codes", OWN, codes.DownloadRecoveryCodesView),
]
