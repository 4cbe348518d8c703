"""Reads of the notice's own text: the one attached last, its clauses, and those that no requirement claims."""

from collections.abc import Sequence

from holdfast.access.doors import Actor
from holdfast.notice.models import AttachedText, Clause, Notice
from holdfast.notice.places import unclaimed
from holdfast.notice.selectors.notices import notice_of


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
