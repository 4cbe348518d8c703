"""A piece of work that waits, runs or has ended, and the workers that were lately seen.

Not here: what a kind of job does (queue.register_job). Rule: a job names its programme by its code, and what it works
on by plain values, so that this room knows no other.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """Work to do after the page has answered: durable, claimed by one worker at a time (queue.py).

    `step` says in words what it does while it runs, and `n_done` of `n_total` how far it is (bytes or steps; None when
    that is not known). `lease_until` is in seconds of clock.elapsed_seconds; None unless running. `claimed_by` is
    "host|pid|claim" of the worker that holds it. `outcome` is what came of it in a sentence, for the page that asked;
    `problem` a kind of failure in words. None of them ever holds a value from a file.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    not_sealed: ClassVar = "work in hand: what it leads to is sealed, and is the same however often it is done"
    kind = models.CharField(max_length=50)
    programme = models.CharField(max_length=50)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=200, blank=True)
    lease_until = models.FloatField(null=True, blank=True)
    step = models.CharField(max_length=200, blank=True, default="")
    n_done = models.PositiveBigIntegerField(null=True, blank=True)
    n_total = models.PositiveBigIntegerField(null=True, blank=True)
    queued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "id"], name="job_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="running") | (Q(lease_until__isnull=False) & ~Q(claimed_by="")),
                name="a_job_that_runs_is_held_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"job {self.pk}: {self.kind} ({self.state})"


class Worker(models.Model):
    """A worker that was seen: "host|pid", and when last, in seconds of clock.elapsed_seconds."""

    not_sealed: ClassVar = "a sign of life, which means nothing a minute later"
    name = models.CharField(max_length=200, unique=True)
    seen = models.FloatField()

    def __str__(self) -> str:
        return self.name
