"""Every write of the organisation room: councils and programmes; what they are made of; accounts and their roles.

Rule: codes are for addresses and never change, names may; across a programme no two bodies share a name, a code or an
alias, so that a name in a paper means one body. An administrator sees no children, so nobody holds that role and
another, nobody grants a role to themselves, and it takes two to make a reader of children. A role is ended, never
removed.
"""

from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

from holdfast.access import clock
from holdfast.access.doors import INSTALLATION, SYSTEM, Actor, check, permissions
from holdfast.access.links import check_can_send, send_link
from holdfast.access.models import Account, TrailRow
from holdfast.access.permissions import Permission
from holdfast.access.roles import ROLES
from holdfast.access.writes import NotDone, record, service
from holdfast.organisation.codes import BadCode, checked_code
from holdfast.organisation.models import (
    Agency,
    Body,
    BodyAlias,
    Council,
    Post,
    PostHolding,
    Programme,
    RoleHolding,
    Team,
)
from holdfast.organisation.selectors import held_on, taken, username_taken

TAKEN_ADDRESSES = frozenset(
    {"accessibility", "account", "accounts", "admin", "api", "health", "help", "media", "privacy"}
    | {"security", "static", "trail"}
)


@service
def create_council(*, by: Actor, at: datetime, code: str, name: str) -> Council:
    """Add a council. Raises BadCode when another council has the code."""
    check(by, Permission.SET_UP_PROGRAMMES)
    if Council.objects.filter(code=checked_code(code, 20)).exists():
        raise BadCode(f"There is already a council with the code “{code}”. Choose another.")
    council = Council.objects.create(code=code, name=name)
    record("council added", subject=name, detail={"code": code})
    return council


@service
def create_programme(
    *, by: Actor, at: datetime, code: str, name: str, council: Council, starts_on: date, ends_on: date | None = None
) -> Programme:
    """Add a programme to a council. Raises BadCode when the code is taken, or is the beginning of another address."""
    check(by, Permission.SET_UP_PROGRAMMES)
    if checked_code(code) in TAKEN_ADDRESSES or Programme.objects.filter(code=code).exists():
        raise BadCode(f"The code “{code}” is taken. Choose another.")
    programme = Programme.objects.create(code=code, name=name, council=council, starts_on=starts_on, ends_on=ends_on)
    record("programme added", programme=code, subject=name, detail={"council": council.code})
    return programme


class NameTaken(NotDone):
    """Something of the same kind in the programme already has the name or the code."""


class NotOurs(NotDone):
    """Two things that should belong to one programme belong to different ones."""


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _refuse_taken(by: Actor, part: str, programme: Programme, **values: str) -> None:
    """Raises NameTaken when another of its kind has one of the values. The programme's row is locked meanwhile."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    for field, value in values.items():
        said = taken(by, programme.code, part, field, value)
        if said:
            raise NameTaken(said, field=field)


@service
def add_agency(*, by: Actor, at: datetime, programme: Programme, code: str, name: str, kind: str = "other") -> Agency:
    check(by, Permission.MANAGE_ORGANISATION, programme.code)
    name = _tidy(name)
    _refuse_taken(by, "agency", programme, code=checked_code(code), name=name)
    if kind not in dict(Agency.KINDS):
        raise ValueError(f"“{kind}” is not a kind of agency. The kinds are: {', '.join(dict(Agency.KINDS))}.")
    agency = Agency.objects.create(programme=programme, code=code, name=name, kind=kind)
    record("agency added", programme=programme.code, subject=name, detail={"code": code, "kind": kind})
    return agency


@service
def add_team(*, by: Actor, at: datetime, programme: Programme, code: str, name: str) -> Team:
    check(by, Permission.MANAGE_ORGANISATION, programme.code)
    name = _tidy(name)
    _refuse_taken(by, "team", programme, code=checked_code(code), name=name)
    team = Team.objects.create(programme=programme, code=code, name=name)
    record("team added", programme=programme.code, subject=name, detail={"code": code})
    return team


@service
def add_body(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    code: str,
    name: str,
    spoken_for_by: str = "",
    from_on: date | None = None,
) -> Body:
    """Add a body, there from a day (None: before such days were kept). `spoken_for_by`: a role's code (models.Body)."""
    check(by, Permission.MANAGE_ORGANISATION, programme.code)
    name = _tidy(name)
    _refuse_taken(by, "body", programme, name=name, code=checked_code(code))
    _refuse_speaker(spoken_for_by)
    body = Body(programme=programme, code=code, name=name, spoken_for_by=spoken_for_by, from_on=from_on)
    body.save()
    record("body added", programme=programme.code, subject=name, detail={"code": code, "spoken for by": spoken_for_by})
    return body


def _refuse_speaker(role: str) -> None:
    """Raises NotOurs for a role whose holder may agree to nothing: the observer speaks for nobody."""
    if role and (role not in ROLES or Permission.AGREE not in ROLES[role].permissions):
        raise NotOurs(
            "Whoever holds that role may agree to nothing, so cannot speak for a body.", field="spoken_for_by"
        )


@service
def add_alias(*, by: Actor, at: datetime, body: Body, name: str) -> BodyAlias:
    """Give a body another name. Raises NameTaken when the name already means a body of the programme."""
    check(by, Permission.MANAGE_ORGANISATION, body.programme.code)
    name = _tidy(name)
    _refuse_taken(by, "body", body.programme, name=name)
    alias = BodyAlias.objects.create(body=body, name=name)
    record("alias added", programme=body.programme.code, subject=body.name, detail={"alias": name})
    return alias


@service
def add_post(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    code: str,
    title: str,
    agency: Agency,
    holder: Account | None = None,
) -> Post:
    """Add a post of an agency, held by somebody or vacant. Raises NotOurs when the agency is another programme's."""
    check(by, Permission.MANAGE_ORGANISATION, programme.code)
    if agency.programme_id != programme.pk:
        raise NotOurs(f"{agency.name} is an agency of another programme. Add it to this one first.", field="agency")
    _refuse_taken(by, "post", programme, code=checked_code(code))
    post = Post.objects.create(programme=programme, code=code, title=_tidy(title), agency=agency, holder=holder)
    if holder is not None:
        PostHolding(post=post, account=holder, from_on=clock.day_of(at)).save()
    facts = {"code": code, "agency": agency.code, "holder": holder.username if holder else ""}
    record("post added", programme=programme.code, subject=post.title, detail=facts)
    return post


ASKED = ": asked for"
"""How the trail ends an action that another administrator must ask for too before it is done."""
TAKES_TWO = {Permission.SEE_CHILD_RECORDS, Permission.MANAGE_ACCOUNTS}


class CannotGrant(NotDone):
    """A role that may not be granted, ended or held in that way. The message says why and what to do."""


@service
def create_account(
    *,
    by: Actor,
    at: datetime,
    username: str,
    first_name: str = "",
    last_name: str = "",
    email: str = "",
    password: str | None = None,
    programme: Programme | None = None,
) -> Account:
    """Add an account that holds no role yet, and send its person a link to choose a password.

    `programme` is the one whose administrator adds it; None is the whole installation. A password is SYSTEM's alone to
    give, and then no link is sent. Raises CannotGrant, or LinkNotSent.
    """
    over = programme.code if programme else INSTALLATION
    check(by, Permission.MANAGE_ACCOUNTS, over)
    said = username_taken(username)
    if said:
        raise CannotGrant(said, field="username")
    if password is not None and by is not SYSTEM:
        raise CannotGrant("Nobody chooses another person's password. They are sent a link to choose their own.")
    account = Account(username=username, first_name=first_name, last_name=last_name, email=email, date_joined=at)
    account.set_password(password)
    account.save()
    if by is not SYSTEM:
        _send_once_kept(account)
    record("account added", programme=over, subject=username)
    return account


def _send_once_kept(account: Account) -> None:
    check_can_send(account)
    transaction.on_commit(lambda: send_link(account))


@service
def grant_role(
    *,
    by: Actor,
    at: datetime,
    account: Account,
    role: str,
    programme: Programme | None = None,
    kind: str = "",
    key: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
) -> RoleHolding | None:
    """Grant a role over a programme, one of its agencies or teams, or the installation (programme None).

    A role that opens children's records, or other accounts, takes two administrators: the first only asks (None).
    `kind` defaults to programme, or installation when no programme is given; `from_on` to today.
    Raises CannotGrant when the role is unknown, may not be held over that, is held already, or is one's own.
    """
    over = programme.code if programme else INSTALLATION
    check(by, Permission.MANAGE_ACCOUNTS, over)
    kind = kind or ("programme" if programme else "installation")
    first = from_on or clock.today()
    _refuse_unfit(by, account, role, kind)
    if programme:
        _refuse_unknown_key(programme, kind, key)
    if to_on and to_on < first:
        raise CannotGrant("The last day must be on or after the first day.", field="to_on")
    key = key if kind in ("agency", "team") else ""
    same = held_on(first).filter(account=account, role=role, programme=programme, kind=kind, key=key)
    if same.exists():
        raise CannotGrant(
            f"{account.display_name} already holds that role. End it first to change its dates.", field="role"
        )
    facts = {"role": role, "over": over, "kind": kind, "key": key, "to": to_on}
    if ROLES[role].permissions & TAKES_TWO and not _is_second(by, at, "role granted", account, facts):
        record(f"role granted{ASKED}", programme=over, subject=account.username, detail=facts)
        return None
    holding = RoleHolding.objects.create(
        account=account, role=role, programme=programme, kind=kind, key=key, from_on=first, to_on=to_on
    )
    account.__dict__.pop("_holdfast_grants", None)
    facts |= {"from": first}
    record("role granted", programme=over, subject=account.username, detail=facts)
    return holding


def _refuse_unfit(by: Actor, account: Account, role: str, kind: str) -> None:
    if role not in ROLES:
        raise CannotGrant(f"“{role}” is not a role. The roles are: {', '.join(ROLES)}.", field="role")
    if kind not in ROLES[role].scopes:
        over = " or ".join(f"the {scope}" if scope == "installation" else f"a {scope}" for scope in ROLES[role].scopes)
        raise CannotGrant(f"The role “{ROLES[role].name}” is held over {over}.", field="over")
    if by is not SYSTEM and by.pk == account.pk:
        raise CannotGrant("You cannot grant a role to yourself. Ask another administrator.")
    others = RoleHolding.objects.filter(account=account, ended_at__isnull=True)
    others = others.filter(Q(to_on__isnull=True) | Q(to_on__gte=clock.today()))
    held = others.filter(role="administrator").exists()
    if (role == "administrator" and others.exclude(role=role).exists()) or (role != "administrator" and held):
        raise CannotGrant(
            "An administrator manages accounts and sees nothing else, so cannot hold another role. "
            "Give one of the two to a separate account."
        )


def _refuse_unknown_key(programme: Programme, kind: str, key: str) -> None:
    found = {
        "agency": Agency.objects.filter(programme=programme, code=key),
        "team": Team.objects.filter(programme=programme, code=key),
    }.get(kind)
    if found is not None and not found.exists():
        raise CannotGrant(f"There is no {kind} with the code “{key}” in this programme. Add it first.", field="over")


@service
def end_role(*, by: Actor, at: datetime, holding: RoleHolding, last_day: date | None = None) -> RoleHolding:
    """End a role now, or after a last day. What was done with it stays in the trail."""
    over = holding.programme.code if holding.programme else INSTALLATION
    check(by, Permission.MANAGE_ACCOUNTS, over)
    if holding.ended_at is not None:
        raise CannotGrant("That role has already been ended.")
    if last_day is not None and last_day < holding.from_on:
        raise CannotGrant("The last day must be on or after the first day.", field="to_on")
    if last_day is None:
        holding.ended_at = at
    else:
        holding.to_on = last_day
    holding.save(update_fields=["ended_at", "to_on"])
    facts = {"role": holding.role, "kind": holding.kind, "key": holding.key, "last day": last_day or "now"}
    record("role ended", programme=over, subject=holding.account.username, detail=facts)
    return holding


@service
def deactivate_account(*, by: Actor, at: datetime, account: Account, programme: Programme | None = None) -> Account:
    """Stop an account from signing in. Its roles stay as they are, and count for nothing meanwhile.

    The administrator of one programme may do it only to an account with no role in another.
    """
    over = _may_switch(by, account, programme)
    if by is not SYSTEM and by.pk == account.pk:
        raise CannotGrant("You cannot close your own account. Ask another administrator.")
    account.is_active = False
    account.save(update_fields=["is_active"])
    record("account closed", programme=over, subject=account.username)
    return account


@service
def send_password_link(*, by: Actor, at: datetime, account: Account, programme: Programme | None = None) -> Account:
    """Send somebody a link to choose a new password; the one they have works until then. Raises LinkNotSent."""
    over = _may_switch(by, account, programme)
    _send_once_kept(account)
    record("link to choose a password sent", programme=over, subject=account.username)
    return account


@service
def remove_second_step(
    *, by: Actor, at: datetime, account: Account, programme: Programme | None = None
) -> Account | None:
    """For somebody who lost their phone and recovery codes. It takes two administrators: the first only asks (None)."""
    over, action = _may_switch(by, account, programme), "second step removed for them"
    if by is not SYSTEM and by.pk == account.pk:
        raise CannotGrant("You cannot remove your own second step here. Ask two other administrators.")
    if not _is_second(by, at, action, account):
        record(action + ASKED, programme=over, subject=account.username)
        return None
    for step in Authenticator.objects.filter(user=account):
        step.delete()
    record(action, programme=over, subject=account.username)
    return account


def _is_second(by: Actor, at: datetime, action: str, account: Account, facts: dict[str, Any] | None = None) -> bool:
    """Whether another administrator asked for the very same in the last week. Who runs the machine needs no second."""
    if by is SYSTEM:
        return True
    rows = TrailRow.objects.filter(subject=account.username).order_by("-number")
    done = rows.filter(action=action).values_list("number", flat=True).first() or 0
    asked = rows.filter(action=action + ASKED, at__gte=at - timedelta(days=7), number__gt=done).exclude(by=by.username)
    wanted = {name: value and str(value) for name, value in (facts or {}).items()}
    return any(row.detail == wanted for row in asked)


@service
def reactivate_account(*, by: Actor, at: datetime, account: Account, programme: Programme | None = None) -> Account:
    """Let an account sign in again, with the roles it still holds."""
    over = _may_switch(by, account, programme)
    account.is_active = True
    account.save(update_fields=["is_active"])
    record("account opened again", programme=over, subject=account.username)
    return account


def _may_switch(by: Actor, account: Account, programme: Programme | None) -> str:
    over = programme.code if programme else INSTALLATION
    check(by, Permission.MANAGE_ACCOUNTS, over)
    if Permission.MANAGE_ACCOUNTS in permissions(by, INSTALLATION):
        return over
    elsewhere = RoleHolding.objects.filter(account=account).exclude(programme=programme)
    if elsewhere.exists():
        raise CannotGrant("That account holds roles elsewhere. Ask an administrator of the installation.")
    return over
