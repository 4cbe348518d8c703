"""Set up a council or a programme. Only an administrator of the installation, or SYSTEM, may.

A programme's code begins its addresses, so words that are addresses already are refused.
"""

from datetime import date, datetime

from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import record, service
from holdfast.organisation.codes import BadCode, checked_code
from holdfast.organisation.models import Council, Programme

TAKEN_ADDRESSES = frozenset(
    {
        "accessibility",
        "account",
        "accounts",
        "admin",
        "api",
        "health",
        "help",
        "media",
        "privacy",
        "security",
        "static",
        "trail",
    }
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
