"""Audits, who does them, the three grades, moderation, critical findings, what is asked for. What is true, no more.

A case is the council's own reference and its team: nothing else about a child is a field here. Not here: the questions
and their answers (questions). Rule: a grade, a step and a declaration are written once.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from holdfast.access.kept_for_good import KeptForGood


class AuditPlan(KeptForGood):
    """A version of the programme of audits: from when, how much is moderated, how it is overseen, and its lines.

    In force when the agreement that all parties gave has these very words (programming.py). `to_on` null: until
    another is in force.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="audit_plans")
    number = models.PositiveIntegerField()
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    moderated_percent = models.PositiveIntegerField()
    oversight = models.TextField()
    written_on = models.DateField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["programme_id", "number"]
        verbose_name = "programme of audits"
        verbose_name_plural = "programmes of audits"
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programmes_of_audits_are_numbered_once"),
            models.CheckConstraint(condition=Q(moderated_percent__lte=100), name="no_more_than_all_is_moderated"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="a_programme_of_audits_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"programme of audits, version {self.number}"


class PlannedAudits(KeptForGood):
    """One line of a programme of audits: so many of a kind in each month or quarter, over a scope in words."""

    class Every(models.TextChoices):
        MONTH = "month", "Each month"
        QUARTER = "quarter", "Each quarter"

    plan = models.ForeignKey(AuditPlan, on_delete=models.PROTECT, related_name="lines")
    kind = models.SlugField(max_length=50)
    title = models.CharField(max_length=150)
    every = models.CharField(max_length=10, choices=Every.choices)
    n = models.PositiveIntegerField()
    scope = models.CharField(max_length=300)

    class Meta:
        ordering = ["id"]
        verbose_name = "line of a programme of audits"
        verbose_name_plural = "lines of a programme of audits"
        constraints = [models.UniqueConstraint(fields=["plan", "kind"], name="a_kind_of_audit_has_one_line")]

    def __str__(self) -> str:
        return f"{self.title}: {self.n}"


class Audit(models.Model):
    """One audit of one case. `worker` null: whose case it is has no account. `sheet` null: not begun.

    `chosen` says how the case came to be audited: only random ones speak for the rest, and kinds are never pooled.
    `handed_in_on` null: still being done. `withdrawn_on` null: it stands.
    """

    class Chosen(models.TextChoices):
        RANDOM = "random", "At random"
        RISK = "risk", "Because of a risk"
        THEME = "theme", "For a theme"
        AGAIN = "again", "To audit it again"

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="audits")
    number = models.PositiveIntegerField()
    version = models.ForeignKey("questions.SetVersion", on_delete=models.PROTECT, related_name="audits")
    case_ref = models.CharField(max_length=20)
    team = models.ForeignKey("organisation.Team", on_delete=models.PROTECT, related_name="audits")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    chosen = models.CharField(max_length=10, choices=Chosen.choices)
    audits_again = models.ForeignKey("self", on_delete=models.PROTECT, related_name="audited_again", null=True)
    added_on = models.DateField()
    due_on = models.DateField()
    auditor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="audits", null=True)
    allocated_on = models.DateField(null=True, blank=True)
    sheet = models.OneToOneField("questions.Sheet", on_delete=models.PROTECT, related_name="audit", null=True)
    handed_in_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["programme_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="audits_are_numbered_once"),
            models.CheckConstraint(
                condition=Q(handed_in_on__isnull=True) | Q(sheet__isnull=False), name="what_is_handed_in_was_answered"
            ),
            models.CheckConstraint(
                condition=Q(auditor__isnull=True, allocated_on__isnull=True)
                | Q(auditor__isnull=False, allocated_on__isnull=False),
                name="an_auditor_has_a_day_of_it",
            ),
        ]

    def __str__(self) -> str:
        return f"audit {self.number}"

    @property
    def kind(self) -> str:
        return self.version.question_set.kind

    def is_late(self, on: date) -> bool:
        return self.withdrawn_on is None and self.handed_in_on is None and self.due_on < on


class Grading(KeptForGood):
    """The grades that somebody gave an audited case: `whole`, and each judged question's in `grades`, with why.

    `part` says whose: the auditor's, the moderator's, and the final one. An audit has each once, apart.
    """

    class Part(models.TextChoices):
        AUDITOR = "auditor", "Auditor"
        MODERATOR = "moderator", "Moderator"
        FINAL = "final", "Final"

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="gradings")
    part = models.CharField(max_length=10, choices=Part.choices)
    whole = models.SlugField(max_length=50, blank=True)
    grades = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    given_on = models.DateField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["audit_id", "id"]
        constraints = [models.UniqueConstraint(fields=["audit", "part"], name="each_part_grades_an_audit_once")]

    def __str__(self) -> str:
        return f"{self.audit}: {self.get_part_display().lower()}’s grade"


class Moderation(models.Model):
    """That an audit is to be graded again, blind, and why it was drawn. `moderator` null: nobody has it yet."""

    class Why(models.TextChoices):
        SHARE = "share", "Drawn at random"
        LOWEST = "lowest", "Every audit with the lowest grade"
        HIGHEST = "highest", "Every audit with the highest grade"

    audit = models.OneToOneField(Audit, on_delete=models.PROTECT, related_name="moderation")
    why = models.CharField(max_length=10, choices=Why.choices)
    drawn_on = models.DateField()
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    allocated_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["drawn_on", "id"]

    def __str__(self) -> str:
        return f"{self.audit}: moderation"


class Conflict(KeptForGood):
    """That somebody must not audit or moderate a case, or a team's cases, as they declared. Why is theirs."""

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="audit_conflicts")
    case_ref = models.CharField(max_length=20, blank=True)
    team = models.ForeignKey("organisation.Team", on_delete=models.PROTECT, related_name="+", null=True)
    declared_on = models.DateField()

    class Meta:
        ordering = ["id"]
        verbose_name = "declared conflict"
        constraints = [
            models.CheckConstraint(
                condition=~Q(case_ref="") | Q(team__isnull=False), name="a_conflict_is_about_a_case_or_a_team"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: conflict"


class OutOfHours(KeptForGood):
    """Whom to ring for a child's safety when the office is shut, in words. The newest counts."""

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    said_on = models.DateField()

    class Meta:
        ordering = ["id"]
        verbose_name = "contact out of hours"
        verbose_name_plural = "contacts out of hours"

    def __str__(self) -> str:
        return self.words


class Critical(KeptForGood):
    """That an answer said a child may not be safe now. From `raised_at` the clock of its steps runs."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="criticals")
    question = models.SlugField(max_length=50)
    asked = models.CharField(max_length=300)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-raised_at", "-id"]
        verbose_name = "critical finding"
        constraints = [models.UniqueConstraint(fields=["audit", "question"], name="a_question_is_critical_once")]

    def __str__(self) -> str:
        return f"{self.audit}: a child who may not be safe"


class CriticalStep(KeptForGood):
    """One step for the child's safety: done at an instant, by somebody, with what was said or found."""

    class Step(models.TextChoices):
        MANAGER_TOLD = "manager-told", "The team manager was told"
        HEAD_TOLD = "head-told", "The head of service was told"
        DIRECTOR_TOLD = "director-told", "The director was told"
        ACKNOWLEDGED = "acknowledged", "The team answered in writing"
        SAFE = "safe", "Somebody says that the child is safe today"
        CONFIRMED = "confirmed", "A second reader confirms it"
        CLOSED = "closed", "Closed"

    critical = models.ForeignKey(Critical, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=15, choices=Step.choices)
    at = models.DateTimeField()
    words = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "step for a child’s safety"
        verbose_name_plural = "steps for a child’s safety"
        constraints = [models.UniqueConstraint(fields=["critical", "step"], name="a_step_for_safety_is_taken_once")]

    def __str__(self) -> str:
        return f"{self.critical}: {self.get_step_display().lower()}"


class Remedy(models.Model):
    """What an audit asks for: of the child's case, the worker, the team or the system; by when; done; verified.

    What is asked of the team or the system is an action of the plan: `plan_ref` names it, and the plan says how it
    goes. "" where it is not there. `done_on` and `verified_on` null: not yet; whoever verifies is not whoever did it.
    """

    class Level(models.TextChoices):
        CHILD = "child", "For this child"
        WORKER = "worker", "For the worker"
        TEAM = "team", "For the team"
        SYSTEM = "system", "For the whole system"

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="remedies")
    level = models.CharField(max_length=10, choices=Level.choices)
    words = models.TextField()
    owner = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    added_on = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    plan_ref = models.CharField(max_length=20, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_words = models.TextField(blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name_plural = "remedies"
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True) | Q(done_on__isnull=False), name="what_is_verified_was_done"
            )
        ]

    def __str__(self) -> str:
        return f"{self.audit}: {self.get_level_display().lower()}"
