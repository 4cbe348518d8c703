"""Accounts, and the trail's rows. Nothing here knows a programme except by its code."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class Account(AbstractUser):
    """Somebody who may sign in. What they may do comes from the roles they hold, never from this row."""

    not_sealed_fields: ClassVar = {
        "last_login": "signing in writes it, and the trail has each sign-in",
        "groups": "no permission comes from them",
        "user_permissions": "no permission comes from them",
    }

    kept_before: str
    """Set while it is saved outside a service: what it was, without its password (sign_in_trail)."""

    class Meta:
        verbose_name = "account"

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username


class TrailIsAppendOnly(Exception):
    """Somebody tried to change or remove a row of the trail."""


class TrailRows(models.QuerySet[Any]):
    """Rows to read. Every way of changing or removing many at once is refused; `trail.append` adds one."""

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise TrailIsAppendOnly("The trail only grows, a row at a time. Its rows cannot be changed or removed.")

    update = delete = _raw_delete = bulk_create = bulk_update = create = _refuse
    get_or_create = update_or_create = _refuse


class TrailRow(models.Model):
    """One thing somebody did, or was refused. Append-only and chained: `digest` covers the row and the row before it.

    `number` counts from 1 without gaps. `programme` is a code or "". `detail` holds plain facts, never a child's data
    beyond a reference. `seals_digest` covers the SealedRows of what it wrote; "" when it wrote no sealed row.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    action = models.CharField(max_length=100)
    programme = models.CharField(max_length=50, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    seals_digest = models.CharField(max_length=64, blank=True, default="")
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    not_sealed: ClassVar = "it is chained to the row before it"
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


class SealedRow(models.Model):
    """The digest of one row of a sealed table as a write left it; `digest` is "" where the write removed the row.

    `table` is the model's label, `key` its primary key as text. The trail row holds one digest over all it sealed.
    """

    row = models.ForeignKey(TrailRow, on_delete=models.PROTECT, related_name="sealed")
    table = models.CharField(max_length=100)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, blank=True)

    not_sealed: ClassVar = "the trail row that sealed it holds a digest over it"
    objects = TrailRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["table", "key", "row"], name="seals_by_row_sealed")]

    def __str__(self) -> str:
        return f"{self.table} {self.key} at {self.row_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise TrailIsAppendOnly("A seal is written with its row of the trail, and never after.")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TrailIsAppendOnly("A seal cannot be removed.")


class TrailHead(models.Model):
    """The number and digest of the last row: one row, locked while the trail grows, so a removed tail is noticed."""

    not_sealed: ClassVar = "the trail is compared with it"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="the_trail_has_one_head")]


class Visit(models.Model):
    """When an account's latest visit began, and the one before it, on an earlier day. None: there was none."""

    not_sealed: ClassVar = (
        "only for what a home says has moved; the trail, which is sealed, says who signed in and when"
    )
    account = models.OneToOneField(Account, primary_key=True, on_delete=models.CASCADE, related_name="+")
    began_at = models.DateTimeField()
    began_before_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.account} was here"
