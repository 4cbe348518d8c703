"""Freezing a meeting's pack or supplement, once its files are kept. Not here: what it says (reports).

Rule: a pack never changes. Each paper goes out once: with the pack, or with the supplement that was made after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.governance.models import Meeting, Pack, Paper
from holdfast.governance.selectors.packs import next_supplement


class NoPack(NotDone):
    """There is nothing to make a pack or a supplement of."""


@dataclass(frozen=True)
class Frozen:
    """A document whose files are kept: for all readers, or for those who may see reserved items."""

    is_restricted: bool
    sha256: str
    files: Mapping[str, str]


@service
def freeze_pack(
    *, by: Actor, at: datetime, meeting: Meeting, supplement: int, documents: Sequence[Frozen], papers: Sequence[Paper]
) -> list[Pack]:
    """Record the pack (supplement 0) or a supplement, and which papers went out with it.

    Raises Refused, or NoPack when somebody else made it meanwhile.
    """
    check(by, Permission.MANAGE_MEETINGS, meeting.body.programme.code)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if next_supplement(meeting) != supplement:
        raise NoPack("Somebody else made it meanwhile. Look at it, and make a supplement if anything is missing.")
    made = []
    for document in documents:
        pack = Pack(meeting=meeting, supplement=supplement, is_restricted=document.is_restricted, made_at=at)
        pack.sha256, pack.files, pack.made_by = document.sha256, dict(document.files), None if by is SYSTEM else by
        pack.save()
        made.append(pack)
    for paper in papers:
        paper.supplement = supplement
        paper.save(update_fields=["supplement"])
    detail = {"sha256": [pack.sha256 for pack in made], "papers": len(papers), "supplement": supplement}
    record("pack frozen", programme=meeting.body.programme.code, subject=str(made[0]), detail=detail)
    return made
