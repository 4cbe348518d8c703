"""Who was told of what is agreed; and exercises, in which each agency's people decide the same invented cases.

Rule: who was told, a case, and a decision are each written once; what was a mistake is withdrawn, with a reason.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from holdfast.access.kept_for_good import KeptForGood


class Briefing(KeptForGood):
    """That people of an agency were told of one version of something agreed: on `told_on`, how, and how many.

    `whom`: who they are by their work, never a name.
    """

    class How(models.TextChoices):
        MEETING = "meeting", "At a meeting"
        TRAINING = "training", "In training"
        ONLINE = "online", "By an online course"
        WRITTEN = "written", "In writing"
        OTHER = "other", "In another way"

    programme = models.ForeignKey(
        "organisation.Programme", on_delete=models.PROTECT, related_name="threshold_briefings"
    )
    version = models.ForeignKey("agreements.Version", on_delete=models.PROTECT, related_name="told_of")
    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="told_of")
    told_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    whom = models.CharField(max_length=150)
    n_people = models.PositiveIntegerField()
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-told_on", "-id"]
        verbose_name = "record of who was told"
        verbose_name_plural = "records of who was told"
        constraints = [models.CheckConstraint(condition=Q(n_people__gte=1), name="somebody_was_told")]

    def __str__(self) -> str:
        return f"{self.agency}: {self.whom}"


class BriefingWithdrawal(KeptForGood):
    """That a record of who was told was entered by mistake, and why. From that day it counts no more."""

    briefing = models.OneToOneField(Briefing, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    withdrawn_on = models.DateField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "withdrawal of a record of who was told"
        verbose_name_plural = "withdrawals of records of who was told"

    def __str__(self) -> str:
        return f"{self.briefing} withdrawn"


class RouteLine(KeptForGood):
    """That a line of an agreed version says what is done for a child below the threshold, or who is told of it.

    `line` is the line to the letter. Of one line the newest row counts; `part` "neither" takes back an older one.
    """

    class Part(models.TextChoices):
        DONE = "done", "What is done for the child and family"
        TOLD = "told", "Who is told, and when"
        NEITHER = "neither", "Neither: it is of something else"

    version = models.ForeignKey("agreements.Version", on_delete=models.PROTECT, related_name="route_lines")
    line = models.TextField()
    part = models.CharField(max_length=10, choices=Part.choices)
    marked_on = models.DateField()
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "line of the route below the threshold"
        verbose_name_plural = "lines of the route below the threshold"

    def __str__(self) -> str:
        return f"a line of {self.version}"


class Exercise(models.Model):
    """Invented cases for the people of every agency to decide alone, by one question of a version of a question set.

    `closed_on` null: decisions are still being made. Dates: set, due, closed.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="exercises")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=150)
    version = models.ForeignKey("questions.SetVersion", on_delete=models.PROTECT, related_name="exercises")
    set_on = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    due_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["programme_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="exercises_are_numbered_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("set_on")),
                name="an_exercise_closes_after_it_is_set",
            ),
        ]

    def __str__(self) -> str:
        return f"exercise {self.number}"


class Vignette(KeptForGood):
    """One invented case of an exercise. `meant`: what the thresholds ask for, with why; shown once it is closed."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="vignettes")
    number = models.PositiveIntegerField()
    case = models.TextField()
    meant = models.SlugField(max_length=50)
    why = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["exercise_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="cases_of_an_exercise_are_numbered_once")
        ]

    def __str__(self) -> str:
        return f"case {self.number} of {self.exercise}"


class VignetteDecision(KeptForGood):
    """What one person decided of a case, for the agency that they are of, on a day. `level`: a point of the scale."""

    vignette = models.ForeignKey(Vignette, on_delete=models.PROTECT, related_name="decisions")
    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="vignette_decisions")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    level = models.SlugField(max_length=50)
    why = models.TextField(blank=True)
    decided_on = models.DateField()

    class Meta:
        ordering = ["vignette_id", "id"]
        verbose_name = "decision of an invented case"
        verbose_name_plural = "decisions of invented cases"
        constraints = [
            models.UniqueConstraint(fields=["vignette", "account"], name="an_invented_case_is_decided_once_by_each")
        ]

    def __str__(self) -> str:
        return f"{self.vignette}: a decision"
