"""What people said of how far something had come, and what was changed. Each row is kept; a newer one counts."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access.kept_for_good import KeptForGood


class Cause(models.TextChoices):
    """Why something is not going as planned, as a code that can be counted."""

    NONE = "", "Not given"
    CAPACITY = "capacity", "Too few people or too little time"
    RECRUITMENT = "recruitment", "Posts could not be filled"
    PARTNER = "partner", "It waits for another agency"
    DECISION = "decision", "It waits for a decision"
    SYSTEM = "system", "A system or data was not ready"
    SCOPE = "scope", "It was larger than thought"
    OTHER = "other", "Another cause"


class ProgressUpdate(KeptForGood):
    """How an action was going, as somebody said on a day. A newer one takes its place; off track it has its cause.

    `said_on` null: said before such days were kept, so it counts on every day. `said_by` null: the product itself, or
    before it was kept. `forecast_on`: when it is now expected, which moves no date.
    """

    action = models.ForeignKey("plan.Action", on_delete=models.PROTECT, related_name="updates")
    is_on_track = models.BooleanField(default=False)
    words = models.TextField()
    cause = models.CharField(max_length=20, choices=Cause.choices, blank=True)
    recovery = models.TextField(blank=True)
    recovered_by = models.ForeignKey(
        "plan.Action", on_delete=models.PROTECT, related_name="recovering", null=True, blank=True
    )
    help_needed = models.TextField(blank=True)
    forecast_on = models.DateField(null=True, blank=True)
    said_on = models.DateField(null=True, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["id"]
        verbose_name = "update"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_on_track=True) | ~Q(cause=""), name="an_update_off_track_has_its_cause"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()}. {self.words}" if self.cause else self.words


class Correction(KeptForGood):
    """A mark of done or met that was made by mistake and taken back: what it said, and why it was wrong."""

    action = models.ForeignKey(
        "plan.Action", on_delete=models.PROTECT, related_name="corrections", null=True, blank=True
    )
    milestone = models.ForeignKey(
        "plan.Milestone", on_delete=models.PROTECT, related_name="corrections", null=True, blank=True
    )
    was_on = models.DateField()
    was_note = models.TextField(blank=True)
    reason = models.TextField()
    corrected_on = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"taken back on {self.corrected_on}"


class Change(KeptForGood):
    """A change of what the plan says of an action, milestone or objective: which part, what stood and what stands.

    `before` and `after` are plain: words, or lists of references and codes. Dates that fall due are never in it.
    `decision` is the number of the decision that changed it, "" for what the plan's own people may change.
    """

    action = models.ForeignKey("plan.Action", on_delete=models.PROTECT, related_name="changes", null=True, blank=True)
    milestone = models.ForeignKey(
        "plan.Milestone", on_delete=models.PROTECT, related_name="changes", null=True, blank=True
    )
    objective = models.ForeignKey(
        "plan.Objective", on_delete=models.PROTECT, related_name="changes", null=True, blank=True
    )
    part = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    changed_on = models.DateField()
    decision = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "change of the plan"

    def __str__(self) -> str:
        return f"{self.part} changed on {self.changed_on}"


def plain(value: Any) -> Any:
    """A part as it is kept and compared: references and codes for things, ISO for days, words for numbers."""
    if isinstance(value, list):
        return sorted(plain(one) for one in value)
    if isinstance(value, models.Model):
        return getattr(value, "code", None) or getattr(value, "ref", "")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
