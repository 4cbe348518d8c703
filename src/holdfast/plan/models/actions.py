"""Objectives, actions and milestones. What is true; nothing here reads or decides.

Not here: how dates are kept (dates.py), or what people said of progress (progress.py).
"""

from datetime import date

from django.db import models
from django.db.models import F, Q

from holdfast.plan.models.dates import Dated, Planned
from holdfast.plan.models.progress import LatenessExplanation


class Objective(Planned):
    """What a group of actions is for."""

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="objectives")
    order = models.PositiveIntegerField(default=1)
    ref = models.SlugField(max_length=20)
    title = models.CharField(max_length=200)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "ref"]
        constraints = [models.UniqueConstraint(fields=["programme", "ref"], name="an_objective_has_its_own_ref")]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class Action(Planned, Dated):
    """Something that a post will do by a date, and what it is meant to change.

    Done, evidenced and impact shown are three dates, each null until it is so. `raised_*` remember what raised it as
    words (a room above may have raised it). Why it is late is in dated rows (progress.py).
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="actions")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="actions")
    ref = models.SlugField(max_length=20)
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    owner = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="actions")
    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="actions")
    requirements = models.ManyToManyField("notice.Requirement", related_name="actions", blank=True)
    recommendations = models.ManyToManyField("notice.Recommendation", related_name="actions", blank=True)
    indicator = models.CharField(max_length=20, blank=True)
    intended_impact = models.CharField(max_length=300, blank=True)
    raised_kind = models.CharField(max_length=60, blank=True)
    raised_ref = models.CharField(max_length=60, blank=True)
    raised_title = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_note = models.TextField(blank=True)
    evidenced_on = models.DateField(null=True, blank=True)
    impact_shown_on = models.DateField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["due_on", "ref"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="an_action_has_its_own_ref"),
            models.CheckConstraint(
                condition=Q(evidenced_on__isnull=True) | Q(done_on__lte=F("evidenced_on")),
                name="an_action_is_done_before_it_is_evidenced",
            ),
            models.CheckConstraint(
                condition=Q(impact_shown_on__isnull=True) | Q(evidenced_on__lte=F("impact_shown_on")),
                name="an_action_is_evidenced_before_impact_is_shown",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    @property
    def raised_from(self) -> tuple[str, str, str]:
        """What raised it, as it was called then: kind, reference, title. Empty words when nobody said."""
        return (self.raised_kind, self.raised_ref, self.raised_title)

    @property
    def is_open(self) -> bool:
        return self.done_on is None

    def was_done(self, on: date) -> bool:
        return self.done_on is not None and self.done_on <= on

    def is_finished(self, on: date) -> bool:
        return self.was_done(on)

    def finished_on(self, on: date) -> date | None:
        return self.done_on if self.was_done(on) else None

    def state_words(self, on: date) -> str:
        """How far it had come by a day: withdrawn, late, to do, done, evidenced or impact shown."""
        if self.withdrawn_on is not None and self.withdrawn_on <= on:
            return "Withdrawn"
        if self.impact_shown_on is not None and self.impact_shown_on <= on:
            return "Impact shown"
        if self.evidenced_on is not None and self.evidenced_on <= on:
            return "Done and evidenced"
        if self.was_done(on):
            return "Done, not yet evidenced"
        return "Late" if self.is_late(on) else "To do"

    def explanation(self, on: date) -> LatenessExplanation | None:
        """Why it was late, as it was last explained by a day. None when nobody had said."""
        given = [one for one in self.explanations.all() if one.said_on is None or one.said_on <= on]
        return given[-1] if given else None


class Milestone(Planned, Dated):
    """A point that shows the plan is getting there, by a date: a target reached, or something in place."""

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="milestones")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="milestones", null=True, blank=True)
    ref = models.SlugField(max_length=20)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="milestones")
    requirements = models.ManyToManyField("notice.Requirement", related_name="milestones", blank=True)
    indicator = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=120, blank=True)
    met_on = models.DateField(null=True, blank=True)
    met_note = models.TextField(blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["due_on", "ref"]
        constraints = [models.UniqueConstraint(fields=["programme", "ref"], name="a_milestone_has_its_own_ref")]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def was_met(self, on: date) -> bool:
        return self.met_on is not None and self.met_on <= on

    def is_finished(self, on: date) -> bool:
        return self.was_met(on)

    def finished_on(self, on: date) -> date | None:
        return self.met_on if self.was_met(on) else None

    def state_words(self, on: date) -> str:
        if self.withdrawn_on is not None and self.withdrawn_on <= on:
            return "Withdrawn"
        if self.was_met(on):
            return "Met"
        return "Late" if self.is_late(on) else "Not yet due"
