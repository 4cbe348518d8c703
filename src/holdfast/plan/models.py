"""The one action list: objectives, actions and milestones. What is true; nothing here reads or decides.

Not here: a change of date. Rule: the original due date is never overwritten, and the due date moves only by a decision
of the Board (governance), so saving a moved one is refused here.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Self

from django.db import models
from django.db.models import F, Q

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


class Objective(models.Model):
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


class Action(Dated):
    """Something that a post will do by a date, and what it is meant to change.

    Done, evidenced and impact shown are three dates, each null until it is so. `raised_*` remember what raised it as
    words (a room above may have raised it). `late_cause`, `late_words` and `recovery` explain a late action.
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
    late_cause = models.CharField(max_length=20, choices=Cause.choices, blank=True, default=Cause.NONE)
    late_words = models.TextField(blank=True)
    recovery = models.TextField(blank=True)
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

    def is_late(self, on: date) -> bool:
        return self.done_on is None and self.due_on < on

    def state_words(self, on: date) -> str:
        """How far it has come on a day: late, to do, done, evidenced or impact shown."""
        if self.impact_shown_on:
            return "Impact shown"
        if self.evidenced_on:
            return "Done and evidenced"
        if self.done_on:
            return "Done, not yet evidenced"
        return "Late" if self.is_late(on) else "To do"


class Milestone(Dated):
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

    def is_late(self, on: date) -> bool:
        return self.met_on is None and self.due_on < on

    def state_words(self, on: date) -> str:
        if self.met_on:
            return "Met"
        return "Late" if self.is_late(on) else "Not yet due"
