"""What audits found and what came of it: findings with their counts, their actions in the plan, lessons briefings.

What a finding led to is read from the plan and from later samples, never copied here. Rule: a finding may change until
something reports it; after that another one replaces it, and both stay.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from holdfast.access.kept_for_good import KeptForGood
from holdfast.audits.models.auditing import Audit


class Briefing(KeptForGood):
    """What was learned, for everybody who works with children: findings as they were then. `content` has no child."""

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="briefings")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=150)
    words = models.TextField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["programme_id", "-number"]
        verbose_name = "lessons briefing"
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="briefings_are_numbered_once")]

    def __str__(self) -> str:
        return f"lessons briefing {self.number}"


class Finding(models.Model):
    """That n_short of n audits did not meet what one question looks for, under a theme, in somebody's words.

    The audits: of a question set, chosen in one way, handed in from `since` to `until`; of one `sample`, null for all
    of them. `reported_in`: what reported it first, "" nothing yet. `replaces`: the reported finding that it corrects.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="audit_findings")
    number = models.PositiveIntegerField()
    question_set = models.ForeignKey("questions.QuestionSet", on_delete=models.PROTECT, related_name="findings")
    chosen = models.CharField(max_length=10, choices=Audit.Chosen.choices)
    since = models.DateField()
    until = models.DateField()
    sample = models.ForeignKey("audits.Sample", on_delete=models.PROTECT, related_name="findings", null=True)
    theme = models.SlugField(max_length=50)
    question = models.CharField(max_length=100)
    asked = models.CharField(max_length=300)
    n_short = models.PositiveIntegerField()
    n = models.PositiveIntegerField()
    words = models.TextField()
    found_on = models.DateField()
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    reported_on = models.DateField(null=True, blank=True)
    reported_in = models.CharField(max_length=150, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_by", null=True)
    replaces_why = models.TextField(blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["programme_id", "-number"]
        verbose_name = "finding of audits"
        verbose_name_plural = "findings of audits"
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="findings_are_numbered_once"),
            models.CheckConstraint(condition=Q(n_short__lte=F("n")) & Q(n__gt=0), name="a_finding_is_of_some_audits"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="a_finding_is_of_some_days"),
            models.CheckConstraint(
                condition=Q(reported_on__isnull=True, reported_in="")
                | (Q(reported_on__isnull=False) & ~Q(reported_in="")),
                name="what_is_reported_says_in_what",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces_why=""), name="a_correction_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"finding {self.number}"


class FindingAction(KeptForGood):
    """That an action of the plan answers a finding: `plan_ref` names it, and the plan says how it goes."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="actions")
    plan_ref = models.CharField(max_length=20)
    linked_on = models.DateField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["finding_id", "id"]
        verbose_name = "action of a finding"
        verbose_name_plural = "actions of findings"
        constraints = [models.UniqueConstraint(fields=["finding", "plan_ref"], name="an_action_answers_a_finding_once")]

    def __str__(self) -> str:
        return f"{self.finding}: {self.plan_ref}"
