"""Audits of one child by several agencies: each agency's own return, then the panel's judgement, and the lessons.

The child is a case reference. What an agency answers is on its sheet (questions). Rule: until the panel opens a return
is read by nobody but whoever answers it; what the panel judged is written once.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access.kept_for_good import KeptForGood
from holdfast.audits.models.auditing import Audit


class JointAudit(models.Model):
    """One child whom several agencies know, audited by each and judged together.

    `team`: the council's that holds the case. `opened_on` null: the panel has not opened. `safety` is the council's
    audit that was added because a return said that the child may not be safe; null: none did.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="joint_audits")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=150)
    version = models.ForeignKey("questions.SetVersion", on_delete=models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=20)
    team = models.ForeignKey("organisation.Team", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    added_on = models.DateField()
    opened_on = models.DateField(null=True, blank=True)
    safety = models.OneToOneField(Audit, on_delete=models.PROTECT, related_name="joint", null=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["programme_id", "-number"]
        verbose_name = "multi-agency audit"
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="multi_agency_audits_are_numbered_once")
        ]

    def __str__(self) -> str:
        return f"multi-agency audit {self.number}"


class JointReturn(models.Model):
    """What one agency answers from its own record. `sheet` null: not begun; `handed_in_on` null: it may change."""

    joint = models.ForeignKey(JointAudit, on_delete=models.PROTECT, related_name="returns")
    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="+")
    answerer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    sheet = models.OneToOneField("questions.Sheet", on_delete=models.PROTECT, related_name="joint_return", null=True)
    handed_in_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["joint_id", "agency__name"]
        verbose_name = "agency’s return"
        constraints = [
            models.UniqueConstraint(fields=["joint", "agency"], name="an_agency_answers_once"),
            models.UniqueConstraint(fields=["joint", "answerer"], name="nobody_answers_for_two_agencies"),
            models.CheckConstraint(
                condition=Q(handed_in_on__isnull=True) | Q(sheet__isnull=False), name="a_return_that_is_in_was_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joint}: {self.agency}"


class JointJudgement(KeptForGood):
    """What the panel judged of what all did together, why, and who saw it otherwise ("": nobody)."""

    joint = models.OneToOneField(JointAudit, on_delete=models.PROTECT, related_name="judgement")
    whole = models.SlugField(max_length=50)
    reasons = models.TextField()
    dissent = models.TextField(blank=True)
    judged_on = models.DateField()
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "judgement of a panel"
        verbose_name_plural = "judgements of panels"

    def __str__(self) -> str:
        return f"{self.joint}: judgement"


class Lesson(models.Model):
    """What one agency is to do otherwise. `plan_ref` names its action in the plan; "" it has none yet."""

    joint = models.ForeignKey(JointAudit, on_delete=models.PROTECT, related_name="lessons")
    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    added_on = models.DateField()
    plan_ref = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["joint_id", "id"]
        verbose_name = "lesson for an agency"
        verbose_name_plural = "lessons for agencies"

    def __str__(self) -> str:
        return f"{self.joint}, lesson for {self.agency}"
