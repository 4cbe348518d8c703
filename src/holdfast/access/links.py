"""A link to choose a password: sent to the person, good once and for a day, so that nobody else ever knows it.

Not here: who may have one sent (organisation). Rule: the link goes to the person and to nobody else; an administrator
never sees one. It stands in the query of its address, which the log leaves out.
"""

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, Refused, public
from holdfast.access.models import Account
from holdfast.access.writes import NotDone, record, service


class LinkNotSent(NotDone):
    """No mail could be sent to somebody. The message says why, and what to do."""


class LinkSpent(NotDone):
    """A link to choose a password that has been used, is more than a day old, or was never made."""

    def __init__(self) -> None:
        super().__init__("This link has been used, or is more than a day old. Ask your administrator for a new one.")


def link_for(account: Account) -> str:
    """The whole address at which this account's person chooses a password."""
    query = urlencode({"who": account.pk, "token": default_token_generator.make_token(account)})
    return f"{settings.HOLDFAST_ADDRESS}{reverse('choose_password')}?{query}"


def check_can_send(account: Account) -> None:
    """Raises LinkNotSent where no mail leaves this installation, or the account has no address."""
    if not settings.HOLDFAST_SENDS_MAIL:
        raise LinkNotSent(
            "This installation sends no mail, so no link can go to them. Ask whoever runs it for one: they run "
            f"holdfast account link {account.username}."
        )
    if not account.email:
        raise LinkNotSent("The account has no email address to send a link to. Add another with one.", field="email")


def send_link(account: Account) -> None:
    """Mail the link. Called once what asked for it is kept; raises LinkNotSent where the mail cannot leave."""
    words = (
        f"{account.display_name}, choose your password for Holdfast here. The link works once, for a day:\n\n"
        f"{link_for(account)}\n\nYou sign in as {account.username}. If you did not expect this, tell your "
        "administrator's manager: nobody else needs to know your password.\n"
    )
    try:
        send_mail("Choose your password", words, None, [account.email])
    except OSError as problem:  # a mail server's refusal is one too
        raise LinkNotSent("The link is made, but the mail could not be sent. Try again in a few minutes.") from problem


@service
def print_link(*, by: Actor, at: datetime, account: Account) -> str:
    """The link itself, for whoever runs the machine to hand to its person. SYSTEM's alone."""
    if by is not SYSTEM:
        raise Refused(None)
    record("link to choose a password sent", subject=account.username, detail={"how": "printed on the machine"})
    return link_for(account)


@service
def keep_chosen_password(*, by: Actor, at: datetime, token: str, password: str) -> Account:
    """Set the password of whoever holds the link, who is `by`. It ends their sessions. Raises LinkSpent."""
    account = Account.objects.select_for_update().get(pk=by.pk)
    if not (account.is_active and default_token_generator.check_token(account, token)):
        raise LinkSpent
    account.set_password(password)
    account.save(update_fields=["password"])
    record("password chosen by a link", subject=account.username)
    return account


@public("whoever holds the link is its person, and it works once")
def choose_password(request: HttpRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    who, token = given.get("who", ""), given.get("token", "")
    account = Account.objects.filter(pk=who, is_active=True).first() if who.isdigit() and len(who) < 19 else None
    if account is None or not default_token_generator.check_token(account, token):
        return render(request, "account/link_spent.html", {"heading": "This link does not work any more"}, status=410)
    form = SetPasswordForm(account, request.POST if request.method == "POST" else None)
    for name, label in (("new_password1", "What should your password be?"), ("new_password2", "The password again")):
        form.fields[name].label, form.fields[name].help_text = label, ""
    if request.method == "POST" and form.is_valid():
        keep_chosen_password(by=account, at=clock.now(), token=token, password=form.cleaned_data["new_password1"])
        return redirect("account_login")
    context = {"heading": "Choose your password", "form": form, "who": who, "token": token}
    return render(request, "account/choose_password.html", context)
