"""A meeting's pack as it was frozen: the pack itself, and the numbered supplements that brought late papers.

Not here: what a pack says and how it is drawn (reports). Rule: a pack is written once; a late paper is a supplement.
"""

from django.conf import settings
from django.db import models

from holdfast.access.kept_for_good import KeptForGood


class Pack(KeptForGood):
    """One frozen document of a meeting: `supplement` 0 is the pack itself, 1 and on bring what came after it.

    The restricted one prints reserved items as well. `sha256` is of the whole document; `files` names each file kept,
    with its own SHA-256.
    """

    meeting = models.ForeignKey("governance.Meeting", on_delete=models.PROTECT, related_name="packs")
    supplement = models.PositiveIntegerField()
    is_restricted = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    files = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["meeting", "supplement", "is_restricted"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "supplement", "is_restricted"], name="packs_of_a_meeting_are_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} of the {self.meeting.body}"

    @property
    def name(self) -> str:
        """Pack 6; Supplement 1 to pack 6: how its pages name it. A restricted one says so."""
        number = self.meeting.number
        words = f"Supplement {self.supplement} to pack {number}" if self.supplement else f"Pack {number}"
        return f"{words}, restricted" if self.is_restricted else words
