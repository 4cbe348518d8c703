"""Grading by several: panels that decide where two grades differ, and calibration cases that everybody grades.

A calibration case is invented, or so changed that nobody is in it. Rule: what somebody graded, and what they declared,
is written once; nobody sees another's grade of a calibration case before it is closed.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access.kept_for_good import KeptForGood
from holdfast.audits.models.auditing import Audit


class Panel(KeptForGood):
    """Named people who together give the final grade of an audit whose two grades differ; its chair records it."""

    audit = models.OneToOneField(Audit, on_delete=models.PROTECT, related_name="panel")
    chair = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.TextField()
    called_on = models.DateField()
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["audit_id"]

    def __str__(self) -> str:
        return f"{self.audit}: panel"


class PanelMember(models.Model):
    """Somebody on a panel, its chair among them. `declared_on` null: has not said yet whether they have a conflict."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panels")
    declared_on = models.DateField(null=True, blank=True)
    has_conflict = models.BooleanField(default=False)

    class Meta:
        ordering = ["panel_id", "id"]
        verbose_name = "member of a panel"
        verbose_name_plural = "members of panels"
        constraints = [models.UniqueConstraint(fields=["panel", "account"], name="a_panel_has_a_member_once")]

    def __str__(self) -> str:
        return f"{self.panel}: {self.account}"


class Calibration(models.Model):
    """One case, in words, for every auditor to grade alone. `closed_on` null: grades are still being given.

    `agreed`: the grade of the whole that was agreed when it was closed, with why; each auditor's is held against it.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="calibrations")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=150)
    version = models.ForeignKey("questions.SetVersion", on_delete=models.PROTECT, related_name="calibrations")
    case = models.TextField()
    set_on = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    due_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    agreed = models.SlugField(max_length=50, blank=True)
    agreed_why = models.TextField(blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["programme_id", "-number"]
        verbose_name = "calibration case"
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="calibration_cases_are_numbered_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, agreed="") | (Q(closed_on__isnull=False) & ~Q(agreed="")),
                name="a_closed_calibration_has_its_agreed_grade",
            ),
        ]

    def __str__(self) -> str:
        return f"calibration case {self.number}"


class CalibrationGrade(KeptForGood):
    """What one account graded a calibration case: `whole`, with why."""

    calibration = models.ForeignKey(Calibration, on_delete=models.PROTECT, related_name="grades")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    whole = models.SlugField(max_length=50)
    why = models.TextField()
    given_on = models.DateField()

    class Meta:
        ordering = ["calibration_id", "id"]
        verbose_name = "grade of a calibration case"
        verbose_name_plural = "grades of calibration cases"
        constraints = [
            models.UniqueConstraint(fields=["calibration", "account"], name="a_calibration_case_is_graded_once_by_each")
        ]

    def __str__(self) -> str:
        return f"{self.calibration}: a grade"
