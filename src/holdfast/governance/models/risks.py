"""The risk register: cause, event and effect; every score and every review that it ever had. Kept for good.

Rule: a review is not a new score. Both days are shown, so that a register looked at every month and never scored again
says so.
"""

from typing import Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from holdfast.access.kept_for_good import KeptForGood

HIGHEST: Final = 5
_OF_FIVE: Final = (MinValueValidator(1), MaxValueValidator(HIGHEST))


class Risk(KeptForGood):
    """One risk by number. `requirement` is the requirement it bears on, by reference, "" for none.

    `decision` is the decision that put it on the register, "" when somebody simply raised it.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="risks")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    cause = models.TextField()
    event = models.TextField()
    effect = models.TextField()
    owner = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="risks")
    requirement = models.CharField(max_length=20, blank=True)
    decision = models.CharField(max_length=40, blank=True)
    raised_on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="risks_are_numbered_once")]

    def __str__(self) -> str:
        return f"risk {self.number}"


class RiskScore(KeptForGood):
    """How likely (1 to 5) and how bad (1 to 5): before any control (inherent) and with those in place (residual).

    `target` is the product to come down to, null where no lower is possible: then it is accepted, and
    `accepted_because` says why.
    """

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="scores")
    inherent_likelihood = models.PositiveSmallIntegerField(validators=_OF_FIVE)
    inherent_impact = models.PositiveSmallIntegerField(validators=_OF_FIVE)
    likelihood = models.PositiveSmallIntegerField(validators=_OF_FIVE)
    impact = models.PositiveSmallIntegerField(validators=_OF_FIVE)
    target = models.PositiveSmallIntegerField(null=True, blank=True)
    accepted_because = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500)
    scored_on = models.DateField()
    scored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, HIGHEST))
                & Q(impact__range=(1, HIGHEST))
                & Q(inherent_likelihood__range=(1, HIGHEST))
                & Q(inherent_impact__range=(1, HIGHEST)),
                name="a_risk_is_scored_from_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=False) | ~Q(accepted_because=""), name="an_accepted_risk_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk} scored {self.residual}"

    @property
    def inherent(self) -> int:
        return self.inherent_likelihood * self.inherent_impact

    @property
    def residual(self) -> int:
        return self.likelihood * self.impact

    @property
    def is_over(self) -> bool:
        """Whether it stands above what was agreed to come down to."""
        return self.target is not None and self.residual > self.target


class RiskControl(KeptForGood):
    """Something in place against a risk, whose it is, and from when."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="controls")
    words = models.CharField(max_length=300)
    owner = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words


class RiskReview(KeptForGood):
    """Somebody looked at the risk and said what they saw. Its score is as it was."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="reviews")
    words = models.TextField()
    reviewed_on = models.DateField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"review of {self.risk}"


class RiskLifting(KeptForGood):
    """The decision that took a risk off the register."""

    risk = models.OneToOneField(Risk, on_delete=models.PROTECT, related_name="lifting")
    decision = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)
    lifted_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.risk} lifted by {self.decision}"
