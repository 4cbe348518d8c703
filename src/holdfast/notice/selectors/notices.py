"""Reads of the notice itself, and of its own text: the one attached last, its clauses, and those nobody claims."""

from collections.abc import Sequence

from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.notice.models import AttachedText, Clause, Notice
from holdfast.notice.places import unclaimed
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


def latest_text(notice: Notice) -> AttachedText | None:
    """The text attached last; None when none is."""
    return notice.texts.prefetch_related("clauses").first()


def attached_text(user: Actor, code: str) -> AttachedText | None:
    """The text attached last, for somebody who may see the programme. Raises Refused or NoNotice."""
    return latest_text(notice_of(user, code))


def clauses(user: Actor, code: str) -> Sequence[Clause]:
    """Every clause of the text attached last, in its order; none when no text is attached."""
    text = attached_text(user, code)
    return list(text.clauses.all()) if text else []


def unclaimed_clauses(user: Actor, code: str) -> Sequence[Clause]:
    """The clauses that no requirement claims: an address or a signature, or something our words have missed."""
    notice = notice_of(user, code)
    text = latest_text(notice)
    places = notice.requirements.values_list("places", flat=True)
    return unclaimed(places, text.clauses.all()) if text else []
