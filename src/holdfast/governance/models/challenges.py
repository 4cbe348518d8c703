"""Challenges: who challenged whom about what, what was answered, and what came of it for children. Kept for good.

Rule: whoever is challenged answers, and somebody else closes.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access.kept_for_good import KeptForGood


class Challenge(KeptForGood):
    """One challenge, by number in its programme: a body or a post challenges a post.

    `requirement` and `indicator` are what it is about, by reference, "" where it names none. `evidence` says what the
    challenge rests on.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="challenges")
    number = models.PositiveIntegerField()
    body = models.ForeignKey(
        "organisation.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="challenges"
    )
    post = models.ForeignKey("organisation.Post", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    challenged = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="challenges")
    meeting = models.ForeignKey(
        "governance.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="challenges"
    )
    about = models.TextField()
    evidence = models.TextField()
    requirement = models.CharField(max_length=20, blank=True)
    indicator = models.CharField(max_length=20, blank=True)
    raised_on = models.DateField()
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-raised_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="challenges_are_numbered_once"),
            models.CheckConstraint(
                condition=Q(body__isnull=False) | Q(post__isnull=False), name="a_challenge_says_who_challenges"
            ),
        ]

    def __str__(self) -> str:
        return f"challenge {self.number}"

    @property
    def challenger(self) -> str:
        return str(self.body or self.post)


class ChallengeAnswer(KeptForGood):
    """What whoever is challenged answered. A newer answer stands beside the earlier ones."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="answers")
    words = models.TextField()
    answered_on = models.DateField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"answer to {self.challenge}"


class ChallengeClosing(KeptForGood):
    """How a challenge ended: what changed for children, as somebody other than the challenged saw it."""

    challenge = models.OneToOneField(Challenge, on_delete=models.PROTECT, related_name="closing")
    outcome = models.TextField()
    closed_on = models.DateField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.challenge} closed"
