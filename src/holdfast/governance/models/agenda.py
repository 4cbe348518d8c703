"""What a meeting will take: its items in order, the papers of each, and what is planned for meetings to come.

Not here: what was said (minutes). Rule: an item is written against the version that its writer read, so that of two
who edit it at once the second is told and nothing is lost.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q


class AgendaItem(models.Model):
    """One item of one meeting's agenda, in `order` from 1.

    `source_ref` says which standing item, planned item, action or decision it came from. `indicators` are the ids that
    it discusses. A reserved item says why, and `reserved_for` names the codes of the agencies that may read it besides
    those who may see every reserved item. `version` goes up by one at each change.
    """

    class Purpose(models.TextChoices):
        DECIDE = "decide", "To decide"
        DISCUSS = "discuss", "To discuss"
        NOTE = "note", "To note"

    class Source(models.TextChoices):
        STANDING = "standing", "Standing item"
        FORWARD = "forward", "Forward plan"
        ARISING = "arising", "Matters arising"
        ADDED = "added", "Added"

    meeting = models.ForeignKey("governance.Meeting", on_delete=models.PROTECT, related_name="items")
    order = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.DISCUSS)
    detail = models.TextField(blank=True)
    presenter = models.ForeignKey(
        "organisation.Post", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How long it is given.")
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.ADDED)
    source_ref = models.CharField(max_length=60, blank=True)
    indicators = models.JSONField(default=list)
    is_reserved = models.BooleanField(default=False)
    reserved_because = models.TextField(blank=True)
    reserved_for = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "order"], name="items_of_an_agenda_are_numbered_once"),
            models.CheckConstraint(
                condition=Q(is_reserved=False) | ~Q(reserved_because=""), name="a_reserved_item_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.title}"


class Paper(models.Model):
    """One paper of an item: a kept file, or a paper made from a record that is named.

    `sha256` is the kept file's, "" for a paper made here; `record` names what that is made of, like release/2 or
    edition/ministers/2013-12-31/1. `supplement` is the pack's supplement that it went out with: null until sent, 0 for
    the pack itself.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    order = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    n_bytes = models.PositiveIntegerField(default=0)
    record = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True, help_text="The paper's own words, where it was written here.")
    supplement = models.PositiveIntegerField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "order"], name="papers_of_an_item_are_numbered_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ForwardItem(models.Model):
    """Something that a body plans to take on or after a day. `placed` is the item it became, null until then."""

    body = models.ForeignKey("organisation.Body", on_delete=models.PROTECT, related_name="forward_plan")
    due_on = models.DateField()
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=10, choices=AgendaItem.Purpose.choices, default=AgendaItem.Purpose.DISCUSS)
    indicators = models.JSONField(default=list)
    placed = models.OneToOneField(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="planned_as"
    )
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title
