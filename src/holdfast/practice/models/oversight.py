"""The council's standards for management oversight: versions made of clauses, each of which can be measured.

Rule: a version and its clauses are written once; it is in force when exactly its words are agreed (agreements), and by
nothing else. A clause may be added until they are put forward.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access.kept_for_good import KeptForGood


class Standard(KeptForGood):
    """One version of the standards, written on a day. It says nothing until its words are agreed."""

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="standards")
    number = models.PositiveIntegerField()
    written_on = models.DateField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["programme_id", "-number"]
        verbose_name = "version of the standards"
        verbose_name_plural = "versions of the standards"
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="standards_are_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"standards for oversight {self.number}"


class StandardClause(KeptForGood):
    """One clause: what managers do, by which edition of which guidance, in at least how many of a hundred cases.

    `records` and `audits` name what it is measured by (analytics/standards.py); "" where nothing of that kind can.
    """

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="clauses")
    number = models.PositiveIntegerField()
    words = models.TextField()
    edition = models.CharField(max_length=150)
    at_least = models.PositiveSmallIntegerField()
    records = models.CharField(max_length=100, blank=True)
    audits = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["standard_id", "number"]
        verbose_name = "clause of the standards"
        verbose_name_plural = "clauses of the standards"
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="standard_clauses_are_numbered_once"),
            models.CheckConstraint(condition=Q(at_least__gte=1, at_least__lte=100), name="at_least_is_of_a_hundred"),
        ]

    def __str__(self) -> str:
        return f"clause {self.number} of {self.standard}"
