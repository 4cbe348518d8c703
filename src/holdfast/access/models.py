"""Accounts, and the trail's rows. Nothing here knows a programme except by its code."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models


class Account(AbstractUser):
    """Somebody who may sign in. What they may do comes from the roles they hold, never from this row."""

    class Meta:
        verbose_name = "account"

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username


class TrailIsAppendOnly(Exception):
    """Somebody tried to change or remove a row of the trail."""


class TrailRows(models.QuerySet["TrailRow"]):
    """Rows to read. Every way of changing or removing many at once is refused; `trail.append` adds one."""

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise TrailIsAppendOnly("The trail only grows, a row at a time. Its rows cannot be changed or removed.")

    update = delete = _raw_delete = bulk_create = bulk_update = create = _refuse
    get_or_create = update_or_create = _refuse


class TrailRow(models.Model):
    """One thing somebody did, or was refused. Append-only and chained: `digest` covers the row and the row before it.

    `number` counts from 1 without gaps. `programme` is a code or "". `detail` holds plain facts, never a child's data
    beyond a reference.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    action = models.CharField(max_length=100)
    programme = models.CharField(max_length=50, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = TrailRows.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["programme", "number"], name="trail_by_programme")]

    def __str__(self) -> str:
        return f"{self.number} {self.by} {self.action} {self.subject}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not kwargs.pop("appending", False):
            raise TrailIsAppendOnly("A row of the trail cannot be changed.")
        super().save(*args, force_insert=True, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TrailIsAppendOnly("A row of the trail cannot be removed.")


class TrailHead(models.Model):
    """The number and digest of the last row: one row, locked while the trail grows, so a removed tail is noticed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="the_trail_has_one_head")]
