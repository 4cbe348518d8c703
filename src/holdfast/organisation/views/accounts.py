"""Accounts and their roles, for administrators, who see nothing else of the programme."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.access.selectors import sign_ins
from holdfast.organisation import selectors, services
from holdfast.organisation.forms import AccountForm, PasswordForm, RoleForm, posted, refuse


def _back(programme: str, username: str = "") -> list[tuple[str, str]]:
    steps = [("Accounts", reverse("accounts", args=[programme]))]
    return [*steps, (username, reverse("account", args=[programme, username]))] if username else steps


def _change(request: HttpRequest, programme: str, form: Form, change: Any, context: dict[str, Any]) -> HttpResponse:
    """Show a form or a confirmation; on POST make the change and go to the account's page."""
    if request.method == "POST" and form.is_valid():
        try:
            username = change()
            messages.success(request, "Saved.")
            return redirect("account", programme=programme, username=username)
        except services.CannotGrant as problem:
            refuse(form, problem)
    return render(request, "organisation/change_account.html", {"form": form, **context})


@requires(Permission.MANAGE_ACCOUNTS)
def accounts(request: HttpRequest, programme: str) -> HttpResponse:
    context = {
        "heading": "Accounts",
        "lede": "Who may sign in, and what each of them may do.",
        "code": programme,
        "lines": selectors.account_lines(request.user, programme),
    }
    return render(request, "organisation/accounts.html", context)


@requires(Permission.MANAGE_ACCOUNTS)
def add_account(request: HttpRequest, programme: str) -> HttpResponse:
    form = AccountForm(posted(request))
    owner = selectors.administered_programme(request.user, programme)

    def change() -> str:
        facts: dict[str, Any] = {"programme": owner, **form.cleaned_data}
        return services.create_account(by=request.user, at=clock.now(), **facts).username

    context = {"heading": "Add an account", "breadcrumbs": _back(programme), "action": "Add the account"}
    return _change(request, programme, form, change, context)


@requires(Permission.MANAGE_ACCOUNTS)
def account(request: HttpRequest, programme: str, username: str) -> HttpResponse:
    found = get_object_or_404(selectors.accounts(request.user, programme), username=username)
    context = {
        "heading": found.display_name,
        "caption": "Account",
        "breadcrumbs": _back(programme),
        "code": programme,
        "account": found,
        "holdings": selectors.holdings_in_words(request.user, programme, found),
        "events": sign_ins(request.user, programme, found.username),
    }
    return render(request, "organisation/account.html", context)


@requires(Permission.MANAGE_ACCOUNTS)
def grant_role(request: HttpRequest, programme: str, username: str) -> HttpResponse:
    found = get_object_or_404(selectors.accounts(request.user, programme), username=username)
    owner = selectors.administered_programme(request.user, programme)
    form = RoleForm(posted(request), over=selectors.role_scopes(request.user, programme))

    def change() -> str:
        kind, _, key = form.cleaned_data["over"].partition(":")
        over = None if kind == "installation" else owner
        role, to_on = form.cleaned_data["role"], form.cleaned_data["to_on"]
        facts: dict[str, Any] = {
            "account": found,
            "role": role,
            "programme": over,
            "kind": kind,
            "key": key,
            "to_on": to_on,
        }
        services.grant_role(by=request.user, at=clock.now(), **facts)
        return username

    context = {"heading": "Grant a role", "caption": found.display_name, "action": "Grant the role"}
    return _change(request, programme, form, change, {**context, "breadcrumbs": _back(programme, username)})


@requires(Permission.MANAGE_ACCOUNTS)
def end_role(request: HttpRequest, programme: str, username: str, holding: int) -> HttpResponse:
    held = selectors.holdings(request.user, programme)
    found = get_object_or_404(held, pk=holding, account__username=username)

    def change() -> str:
        services.end_role(by=request.user, at=clock.now(), holding=found)
        return username

    words = "They will lose what the role lets them see and do at once. What they did stays in the trail."
    context: dict[str, Any] = {"heading": "End the role", "caption": found.account.display_name, "warning": words}
    context |= {"action": "End the role", "breadcrumbs": _back(programme, username)}
    return _change(request, programme, Form(posted(request)), change, context)


@requires(Permission.MANAGE_ACCOUNTS)
def give_password(request: HttpRequest, programme: str, username: str) -> HttpResponse:
    found = get_object_or_404(selectors.accounts(request.user, programme), username=username)
    owner = selectors.administered_programme(request.user, programme)
    form = PasswordForm(posted(request))

    def change() -> str:
        facts: dict[str, Any] = {"account": found, "programme": owner, "password": form.cleaned_data["password"]}
        services.give_password(by=request.user, at=clock.now(), **facts)
        return username

    context = {"heading": "Give a new password", "caption": found.display_name, "action": "Save the password"}
    return _change(request, programme, form, change, {**context, "breadcrumbs": _back(programme, username)})


@requires(Permission.MANAGE_ACCOUNTS)
def remove_second_step(request: HttpRequest, programme: str, username: str) -> HttpResponse:
    words = "Their password alone will be enough to sign in. Be sure that it is they who ask."
    return _switch(request, programme, username, services.remove_second_step, "Remove their second step", words)


@requires(Permission.MANAGE_ACCOUNTS)
def close_account(request: HttpRequest, programme: str, username: str) -> HttpResponse:
    words = "They will be signed out, and cannot sign in again until the account is opened."
    return _switch(request, programme, username, services.deactivate_account, "Close the account", words)


@requires(Permission.MANAGE_ACCOUNTS)
def open_account(request: HttpRequest, programme: str, username: str) -> HttpResponse:
    words = "They will be able to sign in, with every role they still hold."
    return _switch(request, programme, username, services.reactivate_account, "Open the account", words)


def _switch(request: HttpRequest, programme: str, username: str, switch: Any, action: str, words: str) -> HttpResponse:
    found = get_object_or_404(selectors.accounts(request.user, programme), username=username)
    owner = selectors.administered_programme(request.user, programme)

    def change() -> str:
        switch(by=request.user, at=clock.now(), account=found, programme=owner)
        return username

    context = {"heading": action, "caption": found.display_name, "warning": words, "action": action}
    form = Form(posted(request))
    return _change(request, programme, form, change, {**context, "breadcrumbs": _back(programme, username)})
