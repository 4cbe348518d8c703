"""A meeting's pack and its supplements as one reader may see them, and the papers that none has taken yet.

Rule: the restricted one is for whoever may see reserved items.
"""

from django.db.models import F

from holdfast.access.doors import Actor, Missing, Refused, check, may
from holdfast.access.permissions import Permission
from holdfast.governance.models import AgendaItem, Meeting, Pack, Paper


class NoSuchPack(Missing):
    """The meeting has no such pack or supplement."""

    def __init__(self) -> None:
        super().__init__("There is no such pack of this meeting.")


def packs(user: Actor, code: str, meeting: Meeting) -> list[Pack]:
    """The pack and its supplements, in order; the restricted ones only for whoever may see reserved items."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = Pack.objects.filter(meeting=meeting).select_related("meeting__body__programme", "made_by")
    return list(found if may(user, Permission.SEE_RESERVED, code) else found.filter(is_restricted=False))


def one_pack(user: Actor, code: str, meeting: Meeting, supplement: int, *, is_restricted: bool) -> Pack:
    """One of them. Raises Refused for a restricted one that the account may not see, or NoSuchPack."""
    check(user, Permission.SEE_PROGRAMME, code)
    if is_restricted and not may(user, Permission.SEE_RESERVED, code):
        raise Refused(Permission.SEE_RESERVED, code)
    found = Pack.objects.filter(meeting=meeting, supplement=supplement, is_restricted=is_restricted)
    pack = found.select_related("meeting__body__programme").first()
    if pack is None:
        raise NoSuchPack
    return pack


def next_supplement(meeting: Meeting) -> int:
    """The number that the next one gets: 0 for the pack itself."""
    last = Pack.objects.filter(meeting=meeting).order_by("-supplement").values_list("supplement", flat=True).first()
    return 0 if last is None else last + 1


def annex_numbers(meeting: Meeting) -> dict[int, int]:
    """The number of each paper that is a file, by the paper's key: in the order that they went out, and then will."""
    files = Paper.objects.filter(item__meeting=meeting, item__withdrawn_because="").exclude(sha256="")
    found = files.order_by(F("supplement").asc(nulls_last=True), "item__order", "order").values_list("pk", flat=True)
    return {pk: number for number, pk in enumerate(found, start=1)}


def unsent_papers(meeting: Meeting) -> list[Paper]:
    """The papers that no pack or supplement has taken yet, in the order of the agenda."""
    items = AgendaItem.objects.filter(meeting=meeting, withdrawn_because="")
    unsent = Paper.objects.filter(item__in=items, supplement__isnull=True).select_related("item")
    return list(unsent.order_by("item__order", "order"))
