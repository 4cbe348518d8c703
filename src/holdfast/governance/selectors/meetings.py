"""Meetings, with their bodies."""

from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.governance.models import Meeting


def meetings(user: Actor, code: str) -> list[Meeting]:
    """Every meeting of every body of a programme, the earliest first."""
    check(user, Permission.SEE_PROGRAMME, code)
    return list(Meeting.objects.filter(body__programme__code=code).select_related("body"))
