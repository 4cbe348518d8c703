"""Objectives, actions and milestones, and how each stood on any day. What is true; nothing here reads or decides.

Not here: how dates are kept (dates.py), what people said of progress (progress.py), evidence and closing (evidence.py).
"""

from datetime import date

from django.db import models

from holdfast.plan.models.dates import Dated, Planned
from holdfast.plan.models.evidence import Closure, EvidenceItem, ImpactReview, Reopening
from holdfast.plan.models.progress import Change, ProgressUpdate


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

    The owner does it; `accountable` answers for it (null: nobody named); `agency` leads and `contributing` help. Done,
    evidenced, complete and what it changed are four things: the last three follow from rows (evidence.py). The intended
    impact is an indicator's, in its own unit: `impact_size` null where nobody said how large. `raised_*` remember what
    raised it as words (a room above may have raised it).
    """

    class Direction(models.TextChoices):
        NONE = "", "Not said"
        HIGHER = "higher", "Higher"
        LOWER = "lower", "Lower"

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="actions")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="actions")
    ref = models.SlugField(max_length=20)
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    owner = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="actions")
    accountable = models.ForeignKey(
        "organisation.Post", on_delete=models.PROTECT, related_name="accountable_actions", null=True, blank=True
    )
    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="actions")
    contributing = models.ManyToManyField("organisation.Agency", related_name="contributing_actions", blank=True)
    requirements = models.ManyToManyField("notice.Requirement", related_name="actions", blank=True)
    recommendations = models.ManyToManyField("notice.Recommendation", related_name="actions", blank=True)
    waits_for = models.ManyToManyField("self", symmetrical=False, related_name="holds_up", blank=True)
    starts_on = models.DateField(null=True, blank=True)
    indicator = models.CharField(max_length=20, blank=True)
    intended_impact = models.CharField(max_length=300, blank=True)
    impact_direction = models.CharField(max_length=10, choices=Direction.choices, blank=True)
    impact_size = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    impact_by = models.DateField(null=True, blank=True)
    raised_kind = models.CharField(max_length=60, blank=True)
    raised_ref = models.CharField(max_length=60, blank=True)
    raised_title = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_note = models.TextField(blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["due_on", "ref"]
        constraints = [models.UniqueConstraint(fields=["programme", "ref"], name="an_action_has_its_own_ref")]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    @property
    def raised_from(self) -> tuple[str, str, str]:
        """What raised it, as it was called then: kind, reference, title. Empty words when nobody said."""
        return (self.raised_kind, self.raised_ref, self.raised_title)

    @property
    def is_open(self) -> bool:
        return self.done_on is None

    @property
    def has_live_owner(self) -> bool:
        """Whether somebody who may still sign in holds the post that owns it."""
        holder = self.owner.holder
        return holder is not None and holder.is_active

    def finished_on(self, on: date) -> date | None:
        """The day on which it was done, as that stood on a day: before a reopening, what it had been closed with."""
        reopened = next((closure for closure in self.closures.all() if _is_reopened_after(closure, on)), None)
        done_on = reopened.done_on if reopened is not None else self.done_on
        return done_on if done_on is not None and done_on <= on else None

    def was_done(self, on: date) -> bool:
        return self.finished_on(on) is not None

    def is_finished(self, on: date) -> bool:
        return self.was_done(on)

    def closure_by(self, on: date) -> Closure | None:
        """What closed it, where it stood closed on a day."""
        closed = [each for each in self.closures.all() if each.closed_on <= on and each.reopened_by(on) is None]
        return closed[-1] if closed else None

    def reopening_by(self, on: date) -> Reopening | None:
        """The last time it had been reopened by a day: what was offered or reviewed before no longer counts."""
        again = [each.reopened_by(on) for each in self.closures.all()]
        return next((each for each in reversed(again) if each is not None), None)

    def counting_evidence(self, on: date) -> list[EvidenceItem]:
        """The evidence that had been offered by a day, since the last reopening."""
        given = [item for item in self.evidence.all() if item.offered_on <= on]
        if not given:
            return []
        again = self.reopening_by(on)
        return [item for item in given if again is None or item.offered_at > again.reopened_at]

    def is_evidenced(self, on: date) -> bool:
        return any(item.is_accepted(on) for item in self.counting_evidence(on))

    def review_by(self, on: date) -> ImpactReview | None:
        """The last review of what it changed, by a day and since the last reopening."""
        again = self.reopening_by(on)
        given = [each for each in self.reviews.all() if each.reviewed_on <= on]
        given = [each for each in given if again is None or each.reviewed_at > again.reopened_at]
        return given[-1] if given else None

    def state_words(self, on: date) -> str:
        """How far doing it had come by a day. What it changed is another thing (impact_words)."""
        if self.withdrawn_on is not None and self.withdrawn_on <= on:
            return "Withdrawn"
        if self.closure_by(on) is not None:
            return "Complete"
        if self.was_done(on):
            return "Done and evidenced" if self.is_evidenced(on) else "Done, not yet evidenced"
        if self.is_late(on):
            return "Late"
        return "Under way" if self.starts_on is not None and self.starts_on <= on else "To do"

    def impact_words(self, on: date) -> str:
        """What it had changed by a day, as a person judged and as the figures allow to be said: never one for both."""
        review = self.review_by(on)
        if review is None:
            return "Not reviewed"
        if review.says != ImpactReview.Says.SHOWN:
            return {"early": "Too early to say", "none": "No effect", "worse": "Worse"}[review.says]
        return "Impact shown" if review.is_in_the_figures else "Judged to have worked, not shown by figures"

    def refs_on(self, part: str, on: date) -> list[str]:
        """The requirements, or recommendations, that it answered on a day, though they were changed since."""
        changed = self._changed_after(part, on)
        return changed.before or [] if changed else [answered.ref for answered in getattr(self, part).all()]

    def indicator_on(self, on: date) -> str:
        """The indicator that it was meant to move, as the plan said on a day; "" for none."""
        changed = self._changed_after("indicator", on)
        return str(changed.before or "") if changed else self.indicator

    def _changed_after(self, part: str, on: date) -> Change | None:
        return next((row for row in self.changes.all() if row.part == part and row.changed_on > on), None)

    def update_by(self, on: date) -> ProgressUpdate | None:
        """The last that had been said of it by a day. None when nobody had."""
        given = [each for each in self.updates.all() if each.said_on is None or each.said_on <= on]
        return given[-1] if given else None

    def explanation(self, on: date) -> ProgressUpdate | None:
        """Why it was not on track, as last said by a day. None when nobody had."""
        given = [each for each in self.updates.all() if each.cause and (each.said_on is None or each.said_on <= on)]
        return given[-1] if given else None


def _is_reopened_after(closure: Closure, on: date) -> bool:
    again = getattr(closure, "reopening", None)
    return again is not None and again.reopened_on > on


class Milestone(Planned, Dated):
    """A point that shows the plan is getting there, by a date: a target reached, or something in place."""

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="milestones")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="milestones", null=True, blank=True)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="milestones", null=True, blank=True)
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
