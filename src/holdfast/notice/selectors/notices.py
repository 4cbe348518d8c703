"""Reads of the notice itself."""

from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.notice.models import Notice
from holdfast.organisation.models import Programme
from holdfast.performance.judging import NoticeDays


class NoNotice(Missing):
    """The programme has no notice loaded."""

    def __init__(self) -> None:
        super().__init__("No notice has been loaded yet. The programme office loads one with “holdfast notice load”.")


class NoSuchRequirement(Missing):
    """The notice has no requirement with that reference."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"The notice has no requirement “{ref}”.")


def notice_of(user: Actor, code: str) -> Notice:
    """The programme's notice. Raises Refused or NoNotice."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = Notice.objects.filter(programme__code=code).select_related("programme").first()
    if found is None:
        raise NoNotice
    return found


def notice_days(programme: Programme) -> NoticeDays | None:
    """The day the programme's notice was issued. None: it is under none. For the figures' baseline; nobody's page."""
    issued_on = Notice.objects.filter(programme=programme).values_list("issued_on", flat=True).first()
    return NoticeDays(issued_on) if issued_on is not None else None
