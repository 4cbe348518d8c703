"""The one action list: objectives, actions and milestones. What is true; nothing here reads or decides.

Not here: a change of date. Rule: the original due date is never overwritten, and the due date moves only by a decision
of the Board (governance), so saving a moved one is refused here.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Self

from django.db import models
from django.db.models import F, Q

from holdfast.access.kept_for_good import KeptForGood

DATES: Final = ("due_on", "original_due_on")


class OnlyTheBoardMovesDates(Exception):
    """Somebody tried to move a due date, or to change an original one."""

    def __init__(self, ref: str) -> None:
        super().__init__(
            f"The date of {ref} was not moved: only a decision of the Board can move a due date. "
            "Put it to the Board, with what is late, why, and what will recover it."
        )


class DatedQuerySet(models.QuerySet[Any]):
    """Refuses bulk changes of the dates that the model keeps."""

    def update(self, **kwargs: Any) -> int:
        if set(DATES) & set(kwargs):
            raise OnlyTheBoardMovesDates("these")
        return super().update(**kwargs)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        if set(DATES) & set(fields):
            raise OnlyTheBoardMovesDates("these")
        return super().bulk_update(objs, fields, batch_size)


class Dated(models.Model):
    """Something with a due date. The dates as they are kept ride along, so that saving a moved one is noticed."""

    due_on = models.DateField()
    original_due_on = models.DateField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    ref: str

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        found = super().from_db(*args, **kwargs)
        found._keep_dates()
        return found

    def refresh_from_db(self, using: str | None = None, fields: Any = None, from_queryset: Any = None) -> None:
        super().refresh_from_db(using, fields, from_queryset)
        self._keep_dates([name for name in DATES if fields is None or name in fields])

    def _keep_dates(self, read: Sequence[str] = DATES) -> None:
        """Remember the dates that were read; one left out of the query is looked up only if somebody sets it."""
        kept = getattr(self, "_kept_dates", {})
        self._kept_dates = kept | {name: self.__dict__[name] for name in read if name in self.__dict__}

    def _moves_a_date(self) -> bool:
        given = {name: self.__dict__[name] for name in DATES if name in self.__dict__}
        if not given.keys() <= self._kept_dates.keys():
            self._kept_dates = type(self)._default_manager.values(*DATES).get(pk=self.pk)
        return any(self._kept_dates[name] != day for name, day in given.items())

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.original_due_on = self.due_on
        elif self._moves_a_date():
            raise OnlyTheBoardMovesDates(self.ref)
        super().save(*args, **kwargs)
        self._keep_dates()

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.original_due_on


class Planned(models.Model):
    """Something that is in the plan from one day on, and may be taken out of it again when it was put in by mistake.

    `added_on` null: it was there before such days were kept, so it counts on every day. Null `withdrawn_on`: it stands.
    """

    added_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        abstract = True

    def stood_on(self, on: date) -> bool:
        """Whether it was in the plan on a day."""
        is_added = self.added_on is None or self.added_on <= on
        return is_added and (self.withdrawn_on is None or self.withdrawn_on > on)


def stood(on: date) -> Q:
    """`Planned.stood_on`, for a query."""
    return (Q(added_on__isnull=True) | Q(added_on__lte=on)) & (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))


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
    words (a room above may have raised it). Why it is late is in dated rows (LatenessExplanation).
    """

    class Cause(models.TextChoices):
        NONE = "", "Not given"
        CAPACITY = "capacity", "Too few people or too little time"
        RECRUITMENT = "recruitment", "Posts could not be filled"
        PARTNER = "partner", "It waits for another agency"
        DECISION = "decision", "It waits for a decision"
        SYSTEM = "system", "A system or data was not ready"
        SCOPE = "scope", "It was larger than thought"
        OTHER = "other", "Another cause"

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

    def is_late(self, on: date) -> bool:
        return not self.was_done(on) and self.due_on < on

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

    def explanation(self, on: date) -> "LatenessExplanation | None":
        """Why it was late, as it was last explained by a day. None when nobody had said."""
        given = [one for one in self.explanations.all() if one.said_on is None or one.said_on <= on]
        return given[-1] if given else None


class LatenessExplanation(KeptForGood):
    """Why an action was late, and what would recover it, as somebody said on a day. A newer one takes its place.

    `said_on` null: said before such days were kept, so it counts on every day.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="explanations")
    cause = models.CharField(max_length=20, choices=Action.Cause.choices)
    words = models.TextField()
    recovery = models.TextField(blank=True)
    said_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "explanation of lateness"

    def __str__(self) -> str:
        return f"{self.get_cause_display()}. {self.words}"


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

    def is_late(self, on: date) -> bool:
        return not self.was_met(on) and self.due_on < on

    def state_words(self, on: date) -> str:
        if self.withdrawn_on is not None and self.withdrawn_on <= on:
            return "Withdrawn"
        if self.was_met(on):
            return "Met"
        return "Late" if self.is_late(on) else "Not yet due"


class Correction(KeptForGood):
    """A mark of done or met that was made by mistake and taken back: what it said, and why it was wrong."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="corrections", null=True, blank=True)
    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, related_name="corrections", null=True, blank=True
    )
    was_on = models.DateField()
    was_note = models.TextField(blank=True)
    reason = models.TextField()
    corrected_on = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"taken back on {self.corrected_on}"
