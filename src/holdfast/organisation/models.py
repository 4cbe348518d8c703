"""Who the programme is made of: councils, programmes, agencies, teams, bodies and their aliases, posts, roles held.

A body is one thing however many names the papers give it. Reading is in selectors, writing in services. Rule: what a
role means is code in access; only who holds it, over what and from when to when is a row here.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class Council(models.Model):
    """The authority under notice. `code` is its own short code, for instance its LEA or ONS code."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Programme(models.Model):
    """One improvement programme of one council, usually under one notice. Its code begins every address."""

    code = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=120)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="programmes")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="Null while nobody has set an end.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_programme_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.name


COUNCIL = "council"
"""The kind of agency that the council itself is."""


class Agency(models.Model):
    """An organisation with a part in the programme: the council itself, police, health, a school, the Department."""

    KINDS = (
        (COUNCIL, "Council"),
        ("police", "Police"),
        ("health", "Health"),
        ("school", "Schools and education"),
        ("probation", "Probation"),
        ("court", "Courts and Cafcass"),
        ("voluntary", "Voluntary sector"),
        ("government", "Government department"),
        ("other", "Another kind"),
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="agencies")
    code = models.SlugField(max_length=50)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=KINDS, default="other")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="an_agency_has_its_own_code"),
            models.UniqueConstraint("programme", Lower("name"), name="an_agency_has_its_own_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A social work team of the council, as the council names it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="teams")
    code = models.SlugField(max_length=50)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="a_team_has_its_own_code"),
            models.UniqueConstraint("programme", Lower("name"), name="a_team_has_its_own_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Body(models.Model):
    """A body that agrees, challenges or is reported to. It may go by several names (BodyAlias).

    `spoken_for_by` is the code of the role whose holder may answer for it between meetings; "" where only a minute may.
    `from_on` null: it was there before such days were kept. `to_on`, its last day, null: it still is.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="bodies")
    code = models.SlugField(max_length=50)
    name = models.CharField(max_length=120)
    spoken_for_by = models.CharField(max_length=50, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="a_body_has_its_own_code"),
            models.UniqueConstraint("programme", Lower("name"), name="a_body_has_its_own_name"),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="a_body_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def stood_on(self, on: date) -> bool:
        """Whether there was such a body on a day."""
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or self.to_on >= on)


class BodyAlias(models.Model):
    """Another name for a body. Across a programme no two bodies share a name or an alias (services hold that)."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "body aliases"
        constraints = [models.UniqueConstraint("body", Lower("name"), name="an_alias_is_given_once")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post that owns things: actions, milestones, indicators. The holder may change; the post goes on.

    `holder` is who holds it today; who held it when is in PostHolding.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="posts")
    code = models.SlugField(max_length=50)
    title = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="posts"
    )

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="a_post_has_its_own_code")]

    def __str__(self) -> str:
        return self.title


class PostHolding(models.Model):
    """One account holds one post, from one day to another (both included; `to_on` null: until somebody says otherwise).

    `from_on` null: since before such days were kept. A last day before the first: appointed by mistake, and never held.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="post_holdings")
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["post_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(to_on__isnull=True), name="a_post_is_held_by_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} in {self.post}"

    @property
    def free_from(self) -> date | None:
        """The first day on which somebody else may hold the post. None where nobody knows when this began."""
        return self.to_on + timedelta(days=1) if self.to_on else self.from_on

    def covers(self, on: date) -> bool:
        """Whether it was held so on a day."""
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or self.to_on >= on)


class RoleHolding(models.Model):
    """One account holds one role over one thing, from one day to another (both included; `to_on` null: no last day).

    `kind` is what it is held over: installation (no programme), programme, agency or team; `key` is the agency's or
    team's code, and "" otherwise. Never removed: `ended_at` is the instant somebody ended it, null while it stands.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_holdings")
    role = models.CharField(max_length=50)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="role_holdings"
    )
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=50, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["account__username", "role", "from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="installation", programme__isnull=True)
                | Q(kind__in=["programme", "agency", "team"], programme__isnull=False),
                name="a_role_is_held_over_a_programme_or_the_installation",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="a_role_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["account", "role", "programme", "kind", "key"],
                condition=Q(programme__isnull=False, to_on__isnull=True, ended_at__isnull=True),
                name="a_role_in_a_programme_is_held_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["account", "role"],
                condition=Q(programme__isnull=True, to_on__isnull=True, ended_at__isnull=True),
                name="a_role_over_the_installation_is_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} as {self.role}"
