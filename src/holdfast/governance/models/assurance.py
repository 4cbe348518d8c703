"""Support given, the safeguarding board's duties, scrutiny, and where the intervention stands. Kept for good.

Not here: what was said in support or mentoring. Posts, days and hours are kept, and there is no field for content.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access.kept_for_good import KeptForGood


class SupportSession(KeptForGood):
    """One session of support or mentoring: who was helped, by whom, when and for how long. Never what was said.

    `given_by` is the post and organisation of whoever helped.
    """

    class Kind(models.TextChoices):
        CHAIR = "chair", "Support for the chair"
        MENTORING = "mentoring", "Mentoring by peers"
        SECTOR = "sector", "Help from the sector"

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="support_sessions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    post = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="support_sessions")
    given_by = models.CharField(max_length=120)
    on = models.DateField()
    quarter_hours = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quarter_hours__range=(1, 40)), name="a_session_lasts_up_to_ten_hours")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"

    @property
    def hours(self) -> str:
        """ "1.5"."""
        return f"{self.quarter_hours / 4:g}"


class DutyAssurance(KeptForGood):
    """How one duty of the safeguarding board stood on a day, and what shows it. `line` is its reference in the list."""

    class State(models.TextChoices):
        MET = "met", "Met"
        PARTLY = "partly", "Partly met"
        NOT_MET = "not met", "Not met"
        UNKNOWN = "not known", "Not known"

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="duty_assurances")
    line = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices)
    evidence = models.TextField()
    assured_on = models.DateField()
    assured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="not known") | ~Q(evidence=""), name="a_duty_that_is_known_has_its_evidence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.state}"


class ScrutinyRecommendation(KeptForGood):
    """What a scrutiny committee recommended, by number in the programme."""

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey("organisation.Body", on_delete=models.PROTECT, related_name="scrutiny_recommendations")
    number = models.PositiveIntegerField()
    text = models.TextField()
    asked_of = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()

    class Meta:
        ordering = ["-made_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="scrutiny_recommends_by_number"),
        ]

    def __str__(self) -> str:
        return f"scrutiny recommendation {self.number}"


class ScrutinyResponse(KeptForGood):
    """What was answered to a recommendation of scrutiny. A newer answer stands beside the earlier ones."""

    recommendation = models.ForeignKey(ScrutinyRecommendation, on_delete=models.PROTECT, related_name="responses")
    is_accepted = models.BooleanField()
    words = models.TextField()
    answered_on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"response to {self.recommendation}"


class InterventionStep(KeptForGood):
    """A step of the intervention itself: issued, reviewed, warned, directed, lifted; and the letter that says so."""

    class Kind(models.TextChoices):
        ISSUED = "issued", "Notice issued"
        REVIEWED = "reviewed", "Reviewed by the Department"
        WARNED = "warned", "Warned that a direction may follow"
        DIRECTED = "directed", "Directed"
        EXTENDED = "extended", "Notice extended or varied"
        LIFTED = "lifted", "Notice lifted"

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="intervention_steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    words = models.CharField(max_length=500)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"
