"""What each agency's own person reports of early help, month by month, and why an assessment is late, in codes.

Rule: each is written once; of one month of an agency, and of one late assessment, the newest row counts.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from holdfast.access.kept_for_good import KeptForGood


class EarlyHelpMonth(KeptForGood):
    """Early help assessments that an agency led in the month that begins on `month`: numbers of families.

    `n_stepped_down`: of those begun, come from social care. Ended: with needs met, to social care (`n_stepped_up`), or
    otherwise. Dates: the month, and the day it was reported.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="early_help_months")
    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="early_help_months")
    month = models.DateField()
    n_begun = models.PositiveIntegerField()
    n_stepped_down = models.PositiveIntegerField()
    n_met = models.PositiveIntegerField()
    n_stepped_up = models.PositiveIntegerField()
    n_otherwise = models.PositiveIntegerField()
    reported_on = models.DateField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["agency_id", "month", "id"]
        verbose_name = "month of early help"
        verbose_name_plural = "months of early help"
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_begins_on_its_first"),
            models.CheckConstraint(
                condition=Q(n_stepped_down__lte=F("n_begun")), name="what_was_stepped_down_was_begun"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: early help"


class LateReason(KeptForGood):
    """Why an assessment on a worklist is late, as a code. `mark`: the digest that means the child; never a reference.

    `due_on` tells one assessment of a child from another. Dates: when it was due, and when it was explained.
    """

    class Code(models.TextChoices):
        FAMILY = "family", "The family could not be seen, or did not want to be"
        OTHERS = "others", "Another agency’s part was waited for"
        WORKER = "worker", "The worker was away, or left"
        UNALLOCATED = "unallocated", "Nobody held the case at first"
        BEGUN_LATE = "begun-late", "It was begun late"
        NEW_RISK = "new-risk", "A new risk changed what had to be assessed"
        CHECKING = "checking", "It waits for a manager to check it"
        RECORDING = "recording", "It was done, and recorded late"
        OTHER = "other", "Another reason"

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="late_reasons")
    mark = models.CharField(max_length=64)
    due_on = models.DateField()
    code = models.CharField(max_length=20, choices=Code.choices)
    explained_on = models.DateField()
    explained_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["programme_id", "id"]
        verbose_name = "reason for lateness"
        verbose_name_plural = "reasons for lateness"
        indexes = [models.Index(fields=["programme", "mark", "due_on"], name="late_by_assessment")]

    def __str__(self) -> str:
        return self.get_code_display()
