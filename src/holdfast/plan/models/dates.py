"""Dates of the plan: the first kept for good, the present one moved by decisions, and on which days a thing stood.

Rule: the original due date is never overwritten, and the due date moves only by a decision on record (DateRevision), so
saving a moved one without it is refused here.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Self

from django.db import models
from django.db.models import Q

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
    revisions: Any

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

    def save(self, *args: Any, by_decision: "DateRevision | None" = None, **kwargs: Any) -> None:
        """Save it. A moved due date is taken only together with the row that says which decision moved it."""
        if self._state.adding:
            self.original_due_on = self.due_on
        elif self._moves_a_date() and not self._is_moved_by(by_decision):
            raise OnlyTheBoardMovesDates(self.ref)
        super().save(*args, **kwargs)
        self._keep_dates()

    def _is_moved_by(self, revision: "DateRevision | None") -> bool:
        is_its_own = revision is not None and revision.pk is not None and revision.item == self
        first = self._kept_dates["original_due_on"]
        return is_its_own and revision.due_on == self.due_on and self.original_due_on == first  # type: ignore[union-attr]

    def revisions_by(self, on: date) -> "list[DateRevision]":
        """The decisions that had moved its date by a day, in their order."""
        return [revision for revision in self.revisions.all() if revision.decided_on <= on]

    def due_at(self, on: date) -> date:
        """When it was due, as had been decided by a day."""
        made = self.revisions_by(on)
        return made[-1].due_on if made else self.original_due_on

    def days_slipped(self, on: date) -> int:
        """By how many days decisions had moved its date from the first one. Less than nought: brought forward."""
        return (self.due_at(on) - self.original_due_on).days

    def is_finished(self, on: date) -> bool:
        """Whether it was done, or met, by a day."""
        raise NotImplementedError

    def finished_on(self, on: date) -> date | None:
        """The day on which it was done, or met, as that stood on a day. None: it was not."""
        raise NotImplementedError

    def is_late(self, on: date) -> bool:
        """Whether its date, as it then stood, had passed undone."""
        return not self.is_finished(on) and self.due_at(on) < on

    def days_past_first(self, on: date) -> int:
        """How many days after its first date it was done, or has not been done yet. Nought: it was in time, or is."""
        return max(0, ((self.finished_on(on) or on) - self.original_due_on).days)

    def missed_first(self, on: date) -> bool:
        """Whether it was not done by the date that was first promised, whatever was decided since."""
        return self.days_past_first(on) > 0


class DateRevision(KeptForGood):
    """One move of one due date: from, to, why, and the decision that moved it. The next one adds to it.

    `decision` is the decision's number, a label: the decision itself is kept by a room above. Of the action and the
    milestone, one is null.
    """

    action = models.ForeignKey("plan.Action", on_delete=models.PROTECT, related_name="revisions", null=True, blank=True)
    milestone = models.ForeignKey(
        "plan.Milestone", on_delete=models.PROTECT, related_name="revisions", null=True, blank=True
    )
    was_due_on = models.DateField()
    due_on = models.DateField()
    reason = models.TextField()
    decision = models.CharField(max_length=40)
    decided_on = models.DateField()

    class Meta:
        ordering = ["decided_on", "id"]
        verbose_name = "revision of a date"
        constraints = [
            models.CheckConstraint(
                condition=Q(action__isnull=True) ^ Q(milestone__isnull=True), name="a_revision_is_of_one_thing"
            ),
            models.CheckConstraint(condition=~Q(decision=""), name="a_revision_has_its_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.item.ref} moved by {self.decision}"

    @property
    def item(self) -> Any:
        """The action or milestone whose date it moved."""
        return self.action or self.milestone


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
