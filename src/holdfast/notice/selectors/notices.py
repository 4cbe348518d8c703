"""Reads of the notice itself, and of one requirement by its reference."""

from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.notice.models import Notice, Requirement


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


def one_requirement(user: Actor, code: str, ref: str) -> Requirement:
    """One requirement, its notice and programme fetched. Raises Refused, NoNotice or NoSuchRequirement."""
    notice = notice_of(user, code)
    found = notice.requirements.select_related("notice__programme").filter(ref__iexact=ref).first()
    if found is None:
        raise NoSuchRequirement(ref)
    return found
