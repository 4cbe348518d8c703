"""Accounts, and the roles they hold. Only an administrator may, over the programme or the whole installation.

An administrator sees no children, so nobody holds that role and another, and nobody grants a role to themselves.
Rule: a role is ended, never removed.
"""

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q

from holdfast.access import clock
from holdfast.access.doors import INSTALLATION, SYSTEM, Actor, check, permissions
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.access.roles import ROLES
from holdfast.access.writes import record, service
from holdfast.organisation.models import Agency, Programme, RoleHolding, Team
from holdfast.organisation.selectors import held_on


class CannotGrant(Exception):
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
    """Add an account that holds no role yet. Without a password nobody can sign in with it.

    `programme` is the one whose administrator adds it; None is the whole installation.
    """
    over = programme.code if programme else INSTALLATION
    check(by, Permission.MANAGE_ACCOUNTS, over)
    if Account.objects.filter(username__iexact=username).exists():
        raise CannotGrant(f"There is already an account with the user name “{username}”. Choose another.")
    account = Account(username=username, first_name=first_name, last_name=last_name, email=email, date_joined=at)
    account.set_password(password)
    account.save()
    record("account added", programme=over, subject=username)
    return account


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
) -> RoleHolding:
    """Grant a role over a programme, one of its agencies or teams, or the installation (programme None).

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
        raise CannotGrant("The last day must be on or after the first day.")
    key = key if kind in ("agency", "team") else ""
    same = held_on(first).filter(account=account, role=role, programme=programme, kind=kind, key=key)
    if same.exists():
        raise CannotGrant(f"{account.display_name} already holds that role. End it first to change its dates.")
    holding = RoleHolding.objects.create(
        account=account, role=role, programme=programme, kind=kind, key=key, from_on=first, to_on=to_on
    )
    account.__dict__.pop("_holdfast_grants", None)
    facts = {"role": role, "kind": kind, "key": key, "from": first, "to": to_on}
    record("role granted", programme=over, subject=account.username, detail=facts)
    return holding


def _refuse_unfit(by: Actor, account: Account, role: str, kind: str) -> None:
    if role not in ROLES:
        raise CannotGrant(f"“{role}” is not a role. The roles are: {', '.join(ROLES)}.")
    if kind not in ROLES[role].scopes:
        over = " or ".join(f"the {scope}" if scope == "installation" else f"a {scope}" for scope in ROLES[role].scopes)
        raise CannotGrant(f"The role “{ROLES[role].name}” is held over {over}.")
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
        raise CannotGrant(f"There is no {kind} with the code “{key}” in this programme. Add it first.")


@service
def end_role(*, by: Actor, at: datetime, holding: RoleHolding, last_day: date | None = None) -> RoleHolding:
    """End a role now, or after a last day. What was done with it stays in the trail."""
    over = holding.programme.code if holding.programme else INSTALLATION
    check(by, Permission.MANAGE_ACCOUNTS, over)
    if holding.ended_at is not None:
        raise CannotGrant("That role has already been ended.")
    if last_day is not None and last_day < holding.from_on:
        raise CannotGrant("The last day must be on or after the first day.")
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
def give_password(
    *, by: Actor, at: datetime, account: Account, password: str, programme: Programme | None = None
) -> Account:
    """Give somebody who forgot theirs a new password, and end their sessions. Trailed; the password is not."""
    over = _may_switch(by, account, programme)
    account.set_password(password)
    account.save(update_fields=["password"])
    record("new password given", programme=over, subject=account.username)
    return account


@service
def remove_second_step(*, by: Actor, at: datetime, account: Account, programme: Programme | None = None) -> Account:
    """For somebody who lost their phone and recovery codes: the password alone is enough until they add an app."""
    over = _may_switch(by, account, programme)
    Authenticator.objects.filter(user=account).delete()
    record("second step removed for them", programme=over, subject=account.username)
    return account


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
