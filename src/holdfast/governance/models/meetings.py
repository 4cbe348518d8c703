"""Meetings by number, and who came. The day that the cycle asked for is kept beside the day it was held.

Not here: what was on the agenda (agenda) or minuted (minutes). Rule: `planned_on` is never overwritten; a meeting that
was moved or cancelled says why.
"""

from django.db import models
from django.db.models import F, Q


class Meeting(models.Model):
    """One meeting of a body. `held_on` is the day it is to be held, or was; `planned_on` the day first planned.

    `moved_because` is "" when the two are the same. `cancelled_because` is "" unless it was cancelled. `summary` says
    what the meeting did for children, in a line, "" until somebody has said so.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    body = models.ForeignKey("organisation.Body", on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField()
    planned_on = models.DateField()
    held_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    starts_at = models.TimeField(null=True, blank=True, help_text="In London. Null until somebody has said.")
    ends_at = models.TimeField(null=True, blank=True)
    moved_because = models.TextField(blank=True)
    cancelled_because = models.TextField(blank=True)
    cancelled_on = models.DateField(null=True, blank=True, help_text="The day that it was called off.")
    added_on = models.DateField(help_text="The day it was put in the calendar.")
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ["held_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="meetings_of_a_body_are_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="meetings_are_numbered_from_one"),
            models.CheckConstraint(
                condition=Q(held_on=F("planned_on")) | ~Q(moved_because=""), name="a_moved_meeting_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""), name="a_cancelled_meeting_says_why"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="a_meeting_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"Meeting {self.number} of the {self.body}"

    @property
    def hours(self) -> str:
        """When in the day, like 10:00 to 12:30; "" until somebody has said."""
        return f"{self.starts_at:%H:%M} to {self.ends_at:%H:%M}" if self.starts_at and self.ends_at else ""

    @property
    def at_place(self) -> str:
        """What follows the day: ", 10:00 to 12:30, County Hall", as far as it is known."""
        return "".join(f", {words}" for words in (self.hours, self.place) if words)

    @property
    def is_moved(self) -> bool:
        return self.held_on != self.planned_on

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED


class Attendance(models.Model):
    """What is known of one seat at one meeting. No row: nothing was heard, which is not an apology.

    `deputy` is the seat that came instead, null unless `came` is deputy. `interest` is what they declared, "" if
    nothing.
    """

    class Came(models.TextChoices):
        ATTENDED = "attended", "Attended"
        DEPUTY = "deputy", "Sent a deputy"
        APOLOGIES = "apologies", "Sent apologies"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    membership = models.ForeignKey("governance.Membership", on_delete=models.PROTECT, related_name="attendance")
    came = models.CharField(max_length=10, choices=Came.choices)
    deputy = models.ForeignKey(
        "governance.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="stood_in_at"
    )
    interest = models.TextField(blank=True)

    class Meta:
        ordering = ["membership__agency__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "membership"], name="a_seat_comes_to_a_meeting_once"),
            models.CheckConstraint(
                condition=Q(came="deputy", deputy__isnull=False) | (~Q(came="deputy") & Q(deputy__isnull=True)),
                name="who_sends_a_deputy_says_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_came_display()}"
