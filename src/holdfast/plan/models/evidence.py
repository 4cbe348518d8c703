"""What shows that an action was done, and what it changed: evidence offered and answered, reviews, closing, reopening.

Each row is kept for good. Rule: who offers never answers; closing rests on accepted evidence and a review (services).
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access.kept_for_good import KeptForGood
from holdfast.notice.models import Evidence


class EvidenceItem(Evidence):
    """One piece of evidence that an action was done, as somebody offered it."""

    action = models.ForeignKey("plan.Action", on_delete=models.PROTECT, related_name="evidence")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_on = models.DateField()
    offered_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = "evidence item"
        constraints = [
            models.CheckConstraint(condition=~Q(kind="file") | ~Q(sha256=""), name="a_file_of_an_item_has_its_hash")
        ]

    @property
    def shown_for(self) -> str:
        return f"{self.action.ref} ({self.action.programme.code})"

    def answer_by(self, on: date) -> "EvidenceAnswer | None":
        """What had been answered by a day; None while it waits."""
        given: EvidenceAnswer | None = getattr(self, "answer", None)
        return given if given is not None and given.answered_on <= on else None

    def is_accepted(self, on: date) -> bool:
        given = self.answer_by(on)
        return given is not None and given.is_accepted

    def state_words(self, on: date) -> str:
        given = self.answer_by(on)
        if given is None:
            return "Waits for an answer"
        return "Accepted" if given.is_accepted else "Returned"


class EvidenceAnswer(KeptForGood):
    """That somebody else accepted a piece of evidence, or returned it, and why."""

    item = models.OneToOneField(EvidenceItem, on_delete=models.PROTECT, related_name="answer")
    is_accepted = models.BooleanField()
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField()

    class Meta:
        verbose_name = "answer to evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(reason=""), name="evidence_is_returned_with_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {'accepted' if self.is_accepted else 'returned'}"


class ImpactReview(KeptForGood):
    """What an action changed: what the figures allow to be said of its indicator, and apart from it what a person says.

    `claim` is the fair claim's word in release `release`; both empty where nothing measures it or nothing is published.
    `is_in_the_figures`: whether that word says that the indicator has got better.
    """

    class Says(models.TextChoices):
        SHOWN = "shown", "It has had the effect that was meant"
        EARLY = "early", "It is too early to say"
        NONE = "none", "It has had no effect"
        WORSE = "worse", "It has made things worse"

    action = models.ForeignKey("plan.Action", on_delete=models.PROTECT, related_name="reviews")
    says = models.CharField(max_length=10, choices=Says.choices)
    reason = models.TextField()
    indicator = models.CharField(max_length=20, blank=True)
    release = models.PositiveIntegerField(null=True, blank=True)
    claim = models.CharField(max_length=60, blank=True)
    is_in_the_figures = models.BooleanField(default=False)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_on = models.DateField()
    reviewed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = "impact review"

    def __str__(self) -> str:
        return f"{self.get_says_display()}: {self.reason}"


class Closure(KeptForGood):
    """That an action was closed as complete, and the day on which it had been done by then."""

    action = models.ForeignKey("plan.Action", on_delete=models.PROTECT, related_name="closures")
    done_on = models.DateField()
    note = models.TextField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    closed_on = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.action} closed"

    def reopened_by(self, on: date) -> "Reopening | None":
        """What had reopened it by a day; None while it stands."""
        again: Reopening | None = getattr(self, "reopening", None)
        return again if again is not None and again.reopened_on <= on else None


class Reopening(KeptForGood):
    """That a person reopened a closed action, and why. From then on it is to be done, evidenced and reviewed again."""

    closure = models.OneToOneField(Closure, on_delete=models.PROTECT, related_name="reopening")
    reason = models.TextField()
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reopened_on = models.DateField()
    reopened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.closure.action} reopened"
