"""Decisions: what a body decided, by whose word, and what each changed. Kept for good: superseded, never edited.

Not here: carrying an effect out (effects.py). Rule: a decision and all its effects are written together or not at all.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access.kept_for_good import KeptForGood


class Decision(KeptForGood):
    """One decision of one body, by its number: the body's short code and a running number in the programme, "IB-7".

    `meeting` null: it was taken outside a meeting, and `without_meeting` says why. `item` is the agenda item it was
    taken under, null where there was none. `options` are the ways that were considered, "" where nobody said.
    `requirements` are those of the notice that it answers, by reference. `supersedes` is the decision whose place it
    takes.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="decisions")
    body = models.ForeignKey("organisation.Body", on_delete=models.PROTECT, related_name="decisions")
    running = models.PositiveIntegerField()
    number = models.CharField(max_length=20)
    meeting = models.ForeignKey(
        "governance.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    without_meeting = models.CharField(max_length=500, blank=True)
    item = models.ForeignKey(
        "governance.AgendaItem", null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    text = models.TextField()
    options = models.TextField(blank=True)
    reason = models.TextField()
    requirements = models.JSONField(default=list)
    made_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    class Meta:
        ordering = ["-made_on", "-running"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "running"], name="decisions_of_a_programme_are_numbered_once"),
            models.UniqueConstraint(fields=["programme", "number"], name="a_decision_has_its_own_number"),
            models.CheckConstraint(
                condition=Q(meeting__isnull=False) | ~Q(without_meeting=""),
                name="a_decision_is_of_a_meeting_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def standing(self) -> str:
        """ "In force", or which decision took its place."""
        after = getattr(self, "superseded_by", None)
        return "In force" if after is None else f"Superseded by {after.number}"


class Assent(KeptForGood):
    """One seat that agreed to a decision."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="assents")
    membership = models.ForeignKey("governance.Membership", on_delete=models.PROTECT, related_name="assents")

    class Meta:
        ordering = ["membership__agency__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "membership"], name="a_seat_agrees_to_a_decision_once")
        ]

    def __str__(self) -> str:
        return f"{self.membership} agreed to {self.decision}"


class Effect(KeptForGood):
    """One thing that a decision changed, in `order` from 1: what kind, of what, and how it stood before and after.

    `subject` is a label that its kind knows how to find ("A7", "I04"); `title` what that was called then. `before` and
    `after` are words; `given` what was asked for.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="effects")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=60)
    title = models.CharField(max_length=250)
    before = models.CharField(max_length=500, blank=True)
    after = models.CharField(max_length=500)
    given = models.JSONField(default=dict)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["decision", "order"], name="effects_are_numbered_once")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.before} -> {self.after}"
