"""Who the programme is made of, which everybody in it reads and the programme office adds to; and accounts and their
roles, for administrators, who see nothing else of the programme."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from holdfast.access.doors import may, requires
from holdfast.access.permissions import Permission
from holdfast.access.selectors import sign_ins
from holdfast.organisation import selectors, services
from holdfast.organisation.forms import (
    AccountForm,
    AgencyForm,
    AliasForm,
    BodyForm,
    ChangeBodyForm,
    HolderForm,
    PostForm,
    RoleForm,
    TeamForm,
)
from holdfast.organisation.services import changing
from holdfast.organisation.words import HoldingWords, role_name
from holdfast.pages.asking import ask, sent
from holdfast.pages.crumbs import Crumb, crumbs
from holdfast.pages.tables import Cell, Column, link, table
from holdfast.pages.words import date_words, day_or, upper_first

PEOPLE = ("People and bodies", "people")


@requires(Permission.SEE_PROGRAMME)
def people(request: HttpRequest, programme: str) -> HttpResponse:
    """Agencies, bodies with their other names, teams, and posts with who holds them."""
    user = request.user
    may_change = may(user, Permission.MANAGE_ORGANISATION, programme)
    context = {
        "heading": "People and bodies",
        "lede": "Who agrees, who does, and who answers for what.",
        "breadcrumbs": crumbs(programme),
        "bodies": table(
            "Bodies and the other names they go by",
            _body_columns(programme, may_change=may_change),
            selectors.bodies(user, programme),
        ),
        "agencies": table("Agencies with a part in the programme", AGENCIES, selectors.agencies(user, programme)),
        "posts": table(
            "Posts that own things, and who holds them",
            _post_columns(programme, may_change=may_change),
            selectors.posts(user, programme),
        ),
        "teams": selectors.teams(user, programme),
        "roles": table("Roles held in this programme today", ROLES, selectors.role_holders_in_words(user, programme)),
        "may_change": may_change,
    }
    return render(request, "organisation/people.html", context)


@requires(Permission.MANAGE_ORGANISATION)
def add_agency(request: HttpRequest, programme: str) -> HttpResponse:
    form = AgencyForm(sent(request), user=request.user, programme=programme)
    return _add(request, programme, form, services.add_agency, "an agency", "Its posts can now be added.")


@requires(Permission.MANAGE_ORGANISATION)
def add_team(request: HttpRequest, programme: str) -> HttpResponse:
    form = TeamForm(sent(request), user=request.user, programme=programme)
    return _add(request, programme, form, services.add_team, "a team", "A role can now be granted over it.")


@requires(Permission.MANAGE_ORGANISATION)
def add_body(request: HttpRequest, programme: str) -> HttpResponse:
    form = BodyForm(sent(request), user=request.user, programme=programme)
    return _add(request, programme, form, services.add_body, "a body", "Add the other names that papers give it.")


@requires(Permission.MANAGE_ORGANISATION)
def add_post(request: HttpRequest, programme: str) -> HttpResponse:
    form = PostForm(sent(request), user=request.user, programme=programme)
    return _add(request, programme, form, services.add_post, "a post", "It is vacant until you say who holds it.")


def _add(request: HttpRequest, code: str, form: Form, add: Callable[..., Any], what: str, next_words: str) -> Any:
    """Ask for a part of the programme, and add it."""
    return ask(
        request,
        form,
        partial(add, programme=selectors.programme(request.user, code)),
        then=reverse("people", args=[code]),
        said=lambda added: f"{added} is in the programme. {next_words}",
        heading=f"Add {what}",
        submit=f"Add the {what.split()[-1]}",
        breadcrumbs=crumbs(code, PEOPLE),
    )


@requires(Permission.MANAGE_ORGANISATION)
def add_alias(request: HttpRequest, programme: str, body: str) -> HttpResponse:
    named = selectors.one_body(request.user, programme, body)
    return ask(
        request,
        AliasForm(sent(request), user=request.user, programme=programme),
        partial(services.add_alias, body=named),
        then=reverse("people", args=[programme]),
        said=lambda alias: f"“{alias.name}” now means {named.name} wherever a paper says it.",
        heading="Add another name",
        caption=named.name,
        submit="Add the name",
        breadcrumbs=crumbs(programme, PEOPLE),
    )


@requires(Permission.MANAGE_ORGANISATION)
def change_body(request: HttpRequest, programme: str, body: str) -> HttpResponse:
    named = selectors.one_body(request.user, programme, body)
    return ask(
        request,
        ChangeBodyForm(sent(request), initial={"spoken_for_by": named.spoken_for_by, "to_on": named.to_on}),
        partial(changing.change_body, body=named),
        then=reverse("people", args=[programme]),
        said=f"It is recorded who speaks for {named.name}, and whether it goes on. What it decided stays.",
        heading=f"Who speaks for {named.name}, and does it go on?",
        submit="Save it",
        breadcrumbs=crumbs(programme, PEOPLE),
    )


@requires(Permission.MANAGE_ORGANISATION)
def appoint(request: HttpRequest, programme: str, post: str) -> HttpResponse:
    held = selectors.one_post(request.user, programme, post)
    people = selectors.people(request.user, programme)
    return ask(
        request,
        HolderForm(sent(request), people=people, initial={"holder": held.holder_id}),
        partial(changing.appoint, post=held),
        then=reverse("people", args=[programme]),
        said=lambda post: f"{post.title}: {post.holder.display_name if post.holder else 'vacant'}. What it owns stays.",
        heading=f"Who is the {held.title}?",
        inset="What the post owns stays with the post. Who held it before stays on record, with the days.",
        submit="Save who holds it",
        breadcrumbs=crumbs(programme, PEOPLE),
    )


@requires(Permission.MANAGE_ACCOUNTS)
def accounts(request: HttpRequest, programme: str) -> HttpResponse:
    columns = [
        Column("User name", lambda line: link(line.username, "account", programme, line.username)),
        Column("Name", lambda line: line.name),
        Column("Roles today", lambda line: line.roles or "None"),
        Column("Account", lambda line: "Open" if line.is_open else "Closed"),
    ]
    lines = selectors.account_lines(request.user, programme)
    context = {
        "heading": "Accounts",
        "lede": "Who may sign in, and what each of them may do.",
        "accounts": table("Accounts, and the roles they hold in this programme today", columns, lines),
        "add_url": reverse("add_account", args=[programme]),
    }
    return render(request, "organisation/accounts.html", context)


@requires(Permission.MANAGE_ACCOUNTS)
def account(request: HttpRequest, programme: str, username: str) -> HttpResponse:
    shown = selectors.one_account(request.user, programme, username)
    columns = _holding_columns(programme, username)
    held = selectors.holdings_in_words(request.user, programme, shown)
    context = {
        "heading": shown.display_name,
        "caption": "Account",
        "breadcrumbs": _under_accounts(programme),
        "code": programme,
        "account": shown,
        "holdings": table("Roles", columns, held),
        "events": sign_ins(request.user, programme, username),
    }
    return render(request, "organisation/account.html", context)


@requires(Permission.MANAGE_ACCOUNTS)
def add_account(request: HttpRequest, programme: str) -> HttpResponse:
    return ask(
        request,
        AccountForm(sent(request)),
        partial(services.create_account, programme=selectors.administered_programme(request.user, programme)),
        then=lambda added: reverse("account", args=[programme, added.username]),
        said=lambda added: f"{added.display_name} is sent a link to choose a password, and sees nothing: grant a role.",
        heading="Add an account",
        inset="Without a role it opens nothing. Grant one next.",
        submit="Add the account",
        breadcrumbs=_under_accounts(programme),
    )


@requires(Permission.MANAGE_ACCOUNTS)
def grant_role(request: HttpRequest, programme: str, username: str) -> HttpResponse:
    shown = selectors.one_account(request.user, programme, username)
    return ask(
        request,
        RoleForm(sent(request), user=request.user, programme=programme),
        partial(services.grant_role, account=shown),
        then=reverse("account", args=[programme, username]),
        said=lambda held: (
            f"{shown.display_name} has the role. What it opens, they see on the next page." if held else ASKED
        ),
        heading="Grant a role",
        caption=shown.display_name,
        submit="Grant the role",
        breadcrumbs=_under_accounts(programme, username),
    )


@requires(Permission.MANAGE_ACCOUNTS)
def end_role(request: HttpRequest, programme: str, username: str, holding: int) -> HttpResponse:
    held = selectors.one_holding(request.user, programme, username, holding)
    return ask(
        request,
        Form(sent(request)),
        partial(services.end_role, holding=held),
        then=reverse("account", args=[programme, username]),
        said=f"The role is ended: {held.account.display_name} no longer sees what it opened.",
        heading="End the role",
        caption=held.account.display_name,
        warning="They will lose what the role lets them see and do at once. What they did stays in the trail.",
        submit="End the role",
        breadcrumbs=_under_accounts(programme, username),
    )


@requires(Permission.MANAGE_ACCOUNTS)
def send_password_link(request: HttpRequest, programme: str, username: str) -> HttpResponse:
    words = "The link goes to their email address, and works once, for a day. Nobody else sees it."
    return _switch(request, programme, username, services.send_password_link, "Send a link to choose a password", words)


@requires(Permission.MANAGE_ACCOUNTS)
def remove_second_step(request: HttpRequest, programme: str, username: str) -> HttpResponse:
    words = (
        "It takes two administrators, within a week. Then their password alone will be enough to sign in, and they are "
        "told. Be sure that it is they who ask."
    )
    return _switch(request, programme, username, services.remove_second_step, "Remove their second step", words)


@requires(Permission.MANAGE_ACCOUNTS)
def close_account(request: HttpRequest, programme: str, username: str) -> HttpResponse:
    words = "They will be signed out, and cannot sign in again until the account is opened."
    return _switch(request, programme, username, services.deactivate_account, "Close the account", words)


@requires(Permission.MANAGE_ACCOUNTS)
def open_account(request: HttpRequest, programme: str, username: str) -> HttpResponse:
    words = "They will be able to sign in, with every role they still hold."
    return _switch(request, programme, username, services.reactivate_account, "Open the account", words)


ASKED = "Asked for. Nothing has changed yet: another administrator must do the same within a week."
DONE: dict[Callable[..., Any], str] = {
    services.send_password_link: "is sent a link to choose a password. It works once, for a day.",
    services.remove_second_step: "signs in with their password alone, until they add an app again.",
    services.deactivate_account: "is signed out, and cannot sign in until the account is opened again.",
    services.reactivate_account: "can sign in again, with every role they still hold.",
}


def _switch(
    request: HttpRequest,
    programme: str,
    username: str,
    switch: Callable[..., Any],
    heading: str,
    warning: str,
) -> HttpResponse:
    """Ask whether to do something to an account, with what it brings, and do it."""
    shown = selectors.one_account(request.user, programme, username)
    return ask(
        request,
        Form(sent(request)),
        partial(switch, account=shown, programme=selectors.administered_programme(request.user, programme)),
        then=reverse("account", args=[programme, username]),
        said=lambda done: f"{shown.display_name} {DONE[switch]}" if done else ASKED,
        heading=heading,
        caption=shown.display_name,
        warning=warning,
        submit=heading,
        breadcrumbs=_under_accounts(programme, username),
    )


def _under_accounts(programme: str, username: str = "") -> list[Crumb]:
    one = [(username, "account", username)] if username else []
    return crumbs(programme, ("Accounts", "accounts"), *one, from_home=False)


AGENCIES: list[Column[Any]] = [
    Column("Agency", lambda agency: agency.name),
    Column("Kind", lambda agency: agency.get_kind_display()),
]
ROLES: list[Column[HoldingWords]] = [
    Column("Role", lambda held: held.role),
    Column("Held by", lambda held: held.account),
    Column("Over", lambda held: held.over),
]


def _body_columns(programme: str, *, may_change: bool) -> list[Column[Any]]:
    name = Column[Any](
        "Another name",
        lambda body: link("Add another name", "add_alias", programme, body.code, hidden=f"for {body.name}"),
    )
    change = Column[Any]("Change", lambda body: link("Change", "change_body", programme, body.code, hidden=body.name))
    return [
        Column("Body", lambda body: {"text": body.name, "hint": _days(body)}),
        Column("Also called", lambda body: "; ".join(one.name for one in body.aliases.all()) or "No other name"),
        Column(
            "Who may answer for it", lambda body: role_name(body.spoken_for_by) if body.spoken_for_by else "A minute"
        ),
        *([name, change] if may_change else []),
    ]


def _days(held: Any) -> str:
    """From which day to which; "" where none is on record."""
    since = f"from {date_words(held.from_on)}" if held.from_on else ""
    return " ".join(part for part in (since, f"to {date_words(held.to_on)}" if held.to_on else "") if part)


def _holder_cell(post: Any) -> Cell:
    """Who holds it and since when, with whoever held it before."""
    past = [held for held in post.holdings.all() if held.to_on and (not held.from_on or held.from_on <= held.to_on)]
    now = next((held for held in post.holdings.all() if held.to_on is None), None)
    before = [f"{held.account.display_name} {_days(held)}" for held in reversed(past)]
    hint = "; ".join(
        [*([_days(now)] if now and now.from_on else []), *([f"before: {', '.join(before)}"] if before else [])]
    )
    return {"text": post.holder.display_name if post.holder else "Vacant", "hint": hint}


def _post_columns(programme: str, *, may_change: bool) -> list[Column[Any]]:
    change = Column[Any](
        "Change", lambda post: link("Change the holder", "appoint", programme, post.code, hidden=f"of {post.title}")
    )
    return [
        Column("Post", lambda post: post.title),
        Column("Agency", lambda post: post.agency.name),
        Column("Held by", _holder_cell),
        *([change] if may_change else []),
    ]


def _holding_columns(programme: str, username: str) -> list[Column[HoldingWords]]:
    def end(held: HoldingWords) -> Cell:
        if held.state == "past":
            return ""
        return link("End", "end_role", programme, username, held.number, hidden=f"the role {held.role}")

    return [
        Column("Role", lambda held: held.role),
        Column("Over", lambda held: held.over),
        Column("First day", lambda held: date_words(held.from_on)),
        Column("Last day", lambda held: day_or(held.to_on, "No last day")),
        Column("Held", lambda held: upper_first(held.state)),
        Column("Change", end),
    ]
