"""Every read of the organisation room. The first argument is the account (or SYSTEM), and no permission means no rows.

A programme that is absent is refused in the same words as one that is not permitted, so that codes cannot be guessed.
`programme_choice` and `account_named` serve the command line, which acts for the machine's owner.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from holdfast.access import clock
from holdfast.access.doors import INSTALLATION, SYSTEM, Actor, Grant, Missing, Refused, check, grants, may
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.organisation import words
from holdfast.organisation.models import Agency, Body, Post, PostHolding, Programme, RoleHolding, Team


class NoSuchProgramme(Exception):
    """There is no programme with the code asked for."""

    def __init__(self, code: str, codes: list[str]) -> None:
        self.code = code
        known = f"The programmes here are: {', '.join(codes)}." if codes else "There are no programmes here yet."
        super().__init__(f"There is no programme “{code}”. {known}")


class WhichProgramme(Exception):
    """Several programmes (or none) could be meant, and none was named."""

    def __init__(self, codes: list[str]) -> None:
        if codes:
            words = f"Say which programme with --programme. The programmes here are: {', '.join(codes)}."
        else:
            words = "There are no programmes here yet. Create one first."
        super().__init__(words)


class NoSuchBody(Missing):
    """No body of the programme goes by the name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"No body here is called “{name}”. Add the body, or add the name as an alias of one.")


class NoSuchAccount(Missing):
    """Nobody has an account with the user name."""

    def __init__(self, username: str) -> None:
        super().__init__(f"There is no account with the user name “{username}”.")


class NoSuchPost(Missing):
    """No post of the programme has the code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"There is no post with the code “{code}”.")


class NoSuchHolding(Missing):
    """The account holds no such role here, or it was ended."""

    def __init__(self, username: str) -> None:
        super().__init__(f"{username} does not hold that role. It may have been ended.")


def programme(user: Actor, code: str) -> Programme:
    """The programme, for somebody who may see it. Raises Refused when they may not, or when there is none."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = Programme.objects.select_related("council").filter(code=code).first()
    if found is None:
        raise Refused(Permission.SEE_PROGRAMME, code)
    return found


def programmes(user: Actor) -> QuerySet[Programme]:
    """Every programme the account may see. An administrator, who sees none, gets none: see `administered`."""
    return _programmes_with(user, Permission.SEE_PROGRAMME)


def administered(user: Actor) -> QuerySet[Programme]:
    """Every programme whose accounts the account may manage. All of them for an administrator of the installation."""
    return _programmes_with(user, Permission.MANAGE_ACCOUNTS)


def administered_programme(user: Actor, code: str) -> Programme:
    """The programme, for somebody who manages its accounts. Raises Refused when they may not, or when there is none."""
    check(user, Permission.MANAGE_ACCOUNTS, code)
    found = administered(user).filter(code=code).first()
    if found is None:
        raise Refused(Permission.MANAGE_ACCOUNTS, code)
    return found


def _programmes_with(user: Actor, permission: Permission) -> QuerySet[Programme]:
    every = Programme.objects.select_related("council")
    if may(user, permission, INSTALLATION):
        return every.all()
    codes = {grant.programme for grant in grants(user) if may(user, permission, grant.programme)}
    return every.filter(code__in=codes)


def programme_choice(code: str | None) -> Programme:
    """The programme the command line means: the one named, else HOLDFAST_PROGRAMME, else the only one.

    Raises NoSuchProgramme or WhichProgramme; both list the codes there are.
    """
    every = programmes(SYSTEM)
    codes = [one.code for one in every.order_by("code")]
    wanted = code or settings.HOLDFAST_PROGRAMME
    if wanted:
        found = every.filter(code=wanted).first()
        if found is None:
            raise NoSuchProgramme(wanted, codes)
        return found
    if len(codes) != 1:
        raise WhichProgramme(codes)
    return every.get(code=codes[0])


def agencies(user: Actor, code: str) -> QuerySet[Agency]:
    check(user, Permission.SEE_PROGRAMME, code)
    return Agency.objects.filter(programme__code=code)


def teams(user: Actor, code: str) -> QuerySet[Team]:
    check(user, Permission.SEE_PROGRAMME, code)
    return Team.objects.filter(programme__code=code)


def bodies(user: Actor, code: str) -> QuerySet[Body]:
    """Every body, each with its aliases fetched."""
    check(user, Permission.SEE_PROGRAMME, code)
    return Body.objects.filter(programme__code=code).prefetch_related("aliases")


def posts(user: Actor, code: str) -> QuerySet[Post]:
    """Every post, with its agency, its holder (null when vacant) and whoever held it when."""
    check(user, Permission.SEE_PROGRAMME, code)
    every = Post.objects.filter(programme__code=code).select_related("agency", "holder")
    return every.prefetch_related(Prefetch("holdings", PostHolding.objects.select_related("account")))


def one_body(user: Actor, code: str, body: str) -> Body:
    """The body with a code. Raises NoSuchBody."""
    named = bodies(user, code).filter(code=body).first()
    if named is None:
        raise NoSuchBody(body)
    return named


def one_post(user: Actor, code: str, post: str) -> Post:
    """The post with a code. Raises NoSuchPost."""
    held = posts(user, code).filter(code=post).first()
    if held is None:
        raise NoSuchPost(post)
    return held


def taken(user: Actor, code: str, part: str, field: str, value: str) -> str:
    """What to say of a name or code that an agency, team, post or body (`part`) has; "" when it is free."""
    value = " ".join(value.split())
    if part == "body":
        try:
            return f"“{value}” already means {body_named(user, code, value).name} in this programme. Choose another"
        except NoSuchBody:
            return ""
    parts: dict[str, Any] = {"agency": (agencies, "an agency"), "team": (teams, "a team"), "post": (posts, "a post")}
    every, words = parts[part]
    if not every(user, code).filter(**{f"{field}__iexact": value}).exists():
        return ""
    return f"There is already {words} with the {field} “{value}” in this programme. Choose another"


def body_named(user: Actor, code: str, name: str) -> Body:
    """The body that goes by a name: its own, its code or an alias, whatever the capitals. Raises NoSuchBody."""
    wanted = " ".join(name.split())
    names = Q(name__iexact=wanted) | Q(code__iexact=wanted) | Q(aliases__name__iexact=wanted)
    body = bodies(user, code).filter(names).distinct().first()
    if body is None:
        raise NoSuchBody(wanted)
    return body


def account_named(username: str) -> Account:
    """The account with a user name, for the command line's --as. Raises NoSuchAccount."""
    found = Account.objects.filter(username=username).first()
    if found is None:
        raise NoSuchAccount(username)
    return found


def username_taken(username: str) -> str:
    """What to say of a user name that somebody has, in any capitals, on the installation; "" when it is free."""
    if not Account.objects.filter(username__iexact=username).exists():
        return ""
    return f"There is already an account with the user name “{username}”. Choose another"


def role_holders(user: Actor, code: str, on: date | None = None) -> QuerySet[RoleHolding]:
    """Who holds which role over the programme on a day (today unless given).

    For those who see the programme or manage its accounts. On a past day, a role that was ended since still counts.
    """
    if not may(user, Permission.MANAGE_ACCOUNTS, code):
        check(user, Permission.SEE_PROGRAMME, code)
    if on is not None and on < clock.today():
        ended_later = Q(ended_at__isnull=True) | Q(ended_at__date__gt=on)
        then = RoleHolding.objects.filter(ended_later, from_on__lte=on, programme__code=code)
        then = then.filter(Q(to_on__isnull=True) | Q(to_on__gte=on))
        return then.select_related("account", "programme")
    held = held_on(clock.today()).filter(programme__code=code, account__is_active=True)
    return held.select_related("account", "programme")


def accounts(user: Actor, code: str) -> QuerySet[Account]:
    """The accounts an administrator of the programme may look after: those with a role in it, ever, or with none yet.

    All of them for an administrator of the installation. Closed accounts are included.
    """
    administered_programme(user, code)
    every = Account.objects.order_by("username")
    if may(user, Permission.MANAGE_ACCOUNTS, INSTALLATION):
        return every
    return every.filter(Q(role_holdings__programme__code=code) | Q(role_holdings__isnull=True)).distinct()


def one_account(user: Actor, code: str, username: str) -> Account:
    """An account that an administrator of the programme may look after. Raises NoSuchAccount."""
    shown = accounts(user, code).filter(username=username).first()
    if shown is None:
        raise NoSuchAccount(username)
    return shown


def holdings(user: Actor, code: str) -> QuerySet[RoleHolding]:
    """Every role held over the programme, or over the installation, and not ended: today's, past and to come."""
    administered_programme(user, code)
    over = Q(programme__code=code)
    if may(user, Permission.MANAGE_ACCOUNTS, INSTALLATION):
        over |= Q(programme__isnull=True)
    return RoleHolding.objects.filter(over, ended_at__isnull=True).select_related("account", "programme")


def one_holding(user: Actor, code: str, username: str, number: int) -> RoleHolding:
    """One role that an account holds, not ended. Raises NoSuchHolding."""
    held = holdings(user, code).filter(pk=number, account__username=username).first()
    if held is None:
        raise NoSuchHolding(username)
    return held


def role_holders_in_words(user: Actor, code: str) -> list[words.HoldingWords]:
    return words.holdings_in_words(role_holders(user, code).order_by("role", "account__username"), clock.today())


def account_lines(user: Actor, code: str) -> list[words.AccountLine]:
    """One line per account the administrator looks after, with today's roles."""
    held = holdings(user, code).filter(pk__in=held_on(clock.today()).values("pk"))
    return words.lines(accounts(user, code), held)


def holdings_in_words(user: Actor, code: str, account: Account) -> list[words.HoldingWords]:
    return words.holdings_in_words(holdings(user, code).filter(account=account), clock.today())


def role_scopes(user: Actor, code: str) -> list[tuple[str, str]]:
    """What an administrator may grant a role over, as ("kind:key", words) pairs for a form."""
    owner = administered_programme(user, code)
    pairs = [("programme:", f"The programme: {owner.name}")]
    pairs += [(f"team:{one.code}", f"The team: {one.name}") for one in Team.objects.filter(programme=owner)]
    pairs += [(f"agency:{one.code}", f"The agency: {one.name}") for one in Agency.objects.filter(programme=owner)]
    if may(user, Permission.MANAGE_ACCOUNTS, INSTALLATION):
        pairs.append(("installation:", "Every programme here"))
    return pairs


def people(user: Actor, code: str) -> QuerySet[Account]:
    """Everybody who holds a role over the programme today."""
    return Account.objects.filter(pk__in=role_holders(user, code).values("account")).order_by("username")


def people_who_may(user: Actor, code: str, permission: Permission) -> QuerySet[Account]:
    """Of everybody who holds a role over the programme, those to whom it gives the permission over all of it."""
    able = [account.pk for account in people(user, code) if may(account, permission, code)]
    return Account.objects.filter(pk__in=able).order_by("username")


def held_on(day: date) -> QuerySet[RoleHolding]:
    """Every role held on a day: begun, not past its last day, and not ended by anybody."""
    begun = RoleHolding.objects.filter(from_on__lte=day, ended_at__isnull=True)
    return begun.filter(Q(to_on__isnull=True) | Q(to_on__gte=day))


def grants_of(user: Actor) -> list[Grant]:
    """What access asks of this room (register_grants): the roles an active account holds today, over what."""
    if not getattr(user, "is_active", False):
        return []
    held = held_on(clock.today()).filter(account_id=user.pk).select_related("programme")
    return [
        Grant(one.role, one.programme.code if one.programme else INSTALLATION, one.kind, one.key or _own_key(one))
        for one in held
    ]


def has_programme(code: str) -> bool:
    """What access asks of this room (register_programmes): whether an address under the code can be anybody's."""
    return Programme.objects.filter(code=code).exists()


def _own_key(holding: RoleHolding) -> str:
    return holding.programme.code if holding.programme and holding.kind == "programme" else ""
