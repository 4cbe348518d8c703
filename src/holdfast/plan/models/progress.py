"""What people said of how far something had come. Each row is kept; a newer one takes its place."""

from django.db import models

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


class LatenessExplanation(KeptForGood):
    """Why an action was late, and what would recover it, as somebody said on a day. A newer one takes its place.

    `said_on` null: said before such days were kept, so it counts on every day.
    """

    action = models.ForeignKey("plan.Action", on_delete=models.PROTECT, related_name="explanations")
    cause = models.CharField(max_length=20, choices=Cause.choices)
    words = models.TextField()
    recovery = models.TextField(blank=True)
    said_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "explanation of lateness"

    def __str__(self) -> str:
        return f"{self.get_cause_display()}. {self.words}"


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
