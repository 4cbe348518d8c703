"""How a body is constituted, and who sits on it, for which agency, as what, from when to when.

Not here: the body itself and its names (organisation), or who agreed its terms of reference (agreements). Rule: a
membership ends and is not removed, so that who sat on a past day is always answerable.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Constitution(models.Model):
    """What a body is set up as, and by which rules it meets. A body without one has no meetings here.

    `short` begins the numbers of its decisions, like IB-7. `cycle_days` null: it keeps no cycle. `quorum` counts voting
    members or their deputies. `terms` is the code of the subject under which its terms of reference are agreed, "" when
    there are none. `from_on` is the day it was set up; `to_on` null while it stands.
    """

    class Kind(models.TextChoices):
        BOARD = "board", "Improvement board"
        SAFEGUARDING = "safeguarding", "Safeguarding board"
        SCRUTINY = "scrutiny", "Scrutiny committee"
        SUBGROUP = "sub-group", "Sub-group"

    body = models.OneToOneField("organisation.Body", on_delete=models.PROTECT, related_name="constitution")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    short = models.SlugField(max_length=10)
    parent = models.ForeignKey(
        "organisation.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="sub_groups"
    )
    quorum = models.PositiveSmallIntegerField(default=3)
    cycle_days = models.PositiveSmallIntegerField(null=True, blank=True)
    papers_days = models.PositiveSmallIntegerField(default=7, help_text="Days before a meeting that its pack is sent.")
    terms = models.SlugField(max_length=50, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "body__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="a_body_ends_after_it_is_set_up"
            )
        ]

    def __str__(self) -> str:
        return str(self.body)

    def stood_on(self, on: date) -> bool:
        return self.from_on <= on and (self.to_on is None or self.to_on >= on)


class Membership(models.Model):
    """One seat on a body: a post or an account of an agency, in one capacity, both days included.

    A deputy's seat names the seat it stands in for. `declaration` is the chair's own words on being independent, made
    on `declared_on` (null for anybody else). `ended_because` "" while it runs.
    """

    class Capacity(models.TextChoices):
        CHAIR = "chair", "Independent chair"
        MEMBER = "member", "Member"
        DEPUTY = "deputy", "Deputy"
        OBSERVER = "observer", "Participant observer"
        SECRETARY = "secretary", "Secretary"

    body = models.ForeignKey("organisation.Body", on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey("organisation.Agency", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(
        "organisation.Post", null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    capacity = models.CharField(max_length=20, choices=Capacity.choices)
    stands_in_for = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="deputies")
    declaration = models.TextField(blank=True)
    declared_on = models.DateField(null=True, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering = ["agency__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False) | Q(account__isnull=False), name="a_seat_is_a_posts_or_a_persons"
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="a_seat_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}, {self.agency}"

    @property
    def seat(self) -> str:
        """The post, or the person where there is none."""
        return str(self.post) if self.post else str(self.account.display_name) if self.account else ""

    @property
    def votes(self) -> bool:
        """Whether the seat decides: an observer speaks and sees papers, and a secretary writes; neither decides."""
        return self.capacity in (self.Capacity.CHAIR, self.Capacity.MEMBER, self.Capacity.DEPUTY)

    def stood_on(self, on: date) -> bool:
        return self.from_on <= on and (self.to_on is None or self.to_on >= on)


def sat(on: date) -> Q:
    """`Membership.stood_on`, for a query."""
    return Q(from_on__lte=on) & (Q(to_on__isnull=True) | Q(to_on__gte=on))
