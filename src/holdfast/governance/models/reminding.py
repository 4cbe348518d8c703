"""A person's calendar address, of which only the digest is kept, and the mails that told somebody what is due.

Rule: the address itself is shown once, when it is made; it cannot be read back, only withdrawn and made again.
"""

import hashlib

from django.conf import settings
from django.db import models


class CalendarAddress(models.Model):
    """A secret address at which one person's calendar can be fetched. Null `withdrawn_at`: it works."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_addresses")
    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="+")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "calendar addresses"

    def __str__(self) -> str:
        return f"The calendar address of {self.account}"


class Digest(models.Model):
    """One mail to one person about what is due, for one day. `sent_at` null: not gone, and `problem` says why."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digests")
    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    n_tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "programme", "on"], name="a_person_is_told_once_a_day")
        ]

    def __str__(self) -> str:
        return f"What is due for {self.account} on {self.on}"


def digest_of_secret(secret: str) -> str:
    """What is kept of a secret address."""
    return hashlib.sha256(secret.encode()).hexdigest()
