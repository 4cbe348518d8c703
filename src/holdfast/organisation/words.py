"""Roles and accounts put into words for a page. Reading them is the selectors' work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from holdfast.access.models import Account
from holdfast.access.roles import ROLES
from holdfast.organisation.models import RoleHolding


@dataclass(frozen=True)
class HoldingWords:
    """One role held, for a page. `state` is "now", "from a later day" or "past"."""

    number: int
    account: str
    role: str
    over: str
    from_on: date
    to_on: date | None
    state: str


@dataclass(frozen=True)
class AccountLine:
    """One account, for the list: its user name, its person's name, today's roles in words, and whether it is open."""

    username: str
    name: str
    roles: str
    is_open: bool


def role_name(code: str) -> str:
    """The role's name. A code that is no role any more grants nothing, and says so."""
    return ROLES[code].name if code in ROLES else f"{code} (no longer a role: grants nothing)"


def over_words(holding: RoleHolding) -> str:
    if holding.kind == "installation":
        return "every programme here"
    return "the programme" if holding.kind == "programme" else f"the {holding.kind} {holding.key}"


def state(holding: RoleHolding, today: date) -> str:
    if holding.ended_at or (holding.to_on and holding.to_on < today):
        return "past"
    return "from a later day" if holding.from_on > today else "now"


def holdings_in_words(holdings: Iterable[RoleHolding], today: date) -> list[HoldingWords]:
    return [
        HoldingWords(
            one.pk,
            one.account.display_name,
            role_name(one.role),
            over_words(one),
            one.from_on,
            one.to_on,
            state(one, today),
        )
        for one in holdings
    ]


def lines(accounts: Iterable[Account], held_now: Iterable[RoleHolding]) -> list[AccountLine]:
    """One line per account, with the roles among `held_now` that are its own."""
    roles: dict[int, list[str]] = {}
    for one in held_now:
        roles.setdefault(one.account_id, []).append(role_name(one.role))
    return [
        AccountLine(one.username, one.display_name, ", ".join(roles.get(one.pk, [])), one.is_active) for one in accounts
    ]
