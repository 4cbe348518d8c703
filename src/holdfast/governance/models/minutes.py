"""What was said at a meeting, entry by entry, and how the minutes came to be approved.

Rule: approved minutes are locked. What approved them holds the digest of their words: words that no longer have that
digest are not approved, whoever changed them and however.
"""

from django.conf import settings
from django.db import models


class Minutes(models.Model):
    """The minutes of one meeting. Approved by `approved_at` (a later meeting of the same body), null while a draft.

    `approved_sha256` is the digest of the words approved, "" while a draft; `resolution` the words of the approving
    resolution.
    """

    meeting = models.OneToOneField("governance.Meeting", on_delete=models.PROTECT, related_name="minutes")
    approved_at = models.ForeignKey(
        "governance.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="approved_minutes"
    )
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_sha256 = models.CharField(max_length=64, blank=True)
    resolution = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return f"Minutes of {str(self.meeting)[0].lower()}{str(self.meeting)[1:]}"


class MinuteEntry(models.Model):
    """One thing minuted under an item, in `order` from 1 within it.

    `ref` is what it led to, as a label: "A18", "IB-7", "challenge 3", "risk 2"; "" for nothing.
    `version` goes up by one at each change.
    """

    class Kind(models.TextChoices):
        INFORMATION = "information", "Information"
        DECISION = "decision", "Decision"
        ACTION = "action", "Action"
        CHALLENGE = "challenge", "Challenge"
        RISK = "risk", "Risk"

    item = models.ForeignKey("governance.AgendaItem", on_delete=models.PROTECT, related_name="entries")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=15, choices=Kind.choices)
    text = models.TextField()
    ref = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ["item__order", "order"]
        verbose_name_plural = "minute entries"
        constraints = [
            models.UniqueConstraint(fields=["item", "order"], name="entries_of_an_item_are_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:80]}"

    @property
    def led_to(self) -> tuple[str, str]:
        """What kind of record it led to, and that one's number or reference: ("challenge", "3"); ("", "") for none."""
        kind, _, number = self.ref.partition(" ")
        if not self.ref or self.kind == self.Kind.ACTION:
            return ("action", self.ref) if self.ref else ("", "")
        return (kind, number) if number else ("decision", self.ref)


class Amendment(models.Model):
    """A correction that the approving resolution made: the entry, its words before and after. Kept for good."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="amendments")
    entry = models.ForeignKey(MinuteEntry, on_delete=models.PROTECT, related_name="amendments")
    before = models.TextField()
    after = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Amendment of {self.entry}"
