"""Returns received, releases made, and what was decided about figures. Nothing here reads a file or counts a child.

Not here: any child's record (the store under HOLDFAST_DATA holds those) or any figure (a release names the
calculation in the store that holds them). Rule: a published release never changes, and the model refuses to try.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access import clock
from holdfast.access.kept_for_good import KeptForGood
from holdfast.performance.own_names import OwnHeadings as OwnHeadings
from holdfast.performance.own_names import OwnTeams as OwnTeams
from holdfast.performance.published_files import PublishedFile as PublishedFile

SHORT = 8
"""Letters of a hash that people read aloud; the whole hash is always kept."""

HOLD_TO_RULES = "hold a return to the rules"
"""The kind of job that holds a read census to the Department's validation rules."""

CENSUS = "cin_census"
"""The kind of return that those rules are about."""

READ_A_RETURN = "read a return"
"""The kind of job that reads one return."""

CALCULATE_A_RELEASE = "calculate a release"
"""The kind of job that makes a draft of everything read."""


class Return(models.Model):
    """One submission, of one file or of several that belong together, and what became of it.

    The original bytes are kept under their SHA-256 (keeping.py). Of several files `parts` says {"name", "sha256",
    "bytes"} of each, by name, and `sha256` is that of the names and hashes; [] for one file. `as_at` is None until
    somebody or the file's header gives it. `n_rows` counts rows by table and `n_faults` counts faults by rule, once
    read. `refusal` says which kind of refusal stopped it and `reason` says so in words; neither holds a value from the
    file. `confirmed_as` is the authority that somebody confirmed it although it names, NAMES_NONE for none and "" for
    any; `left_out` are the sentences, of parts that cannot be read, that somebody saw and accepted.
    """

    NAMES_NONE = "none"

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to be read"
        READ = "read", "Read"
        REFUSED = "refused", "Refused"

    class Refusal(models.TextChoices):
        NONE = "", "Not refused"
        UNREADABLE = "unreadable", "The file could not be read"
        BLOCKING = "blocking", "The file has blocking faults"
        AUTHORITY = "authority", "The file is for another authority"
        LOSS = "loss", "All or most of a column would be lost"
        UNDATED = "undated", "The file does not say what date it describes"
        FUTURE = "future", "The file describes a day that has not come yet"
        BROKEN = "broken", "Reading stopped without finishing"

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="returns")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    n_bytes = models.PositiveBigIntegerField()
    parts = models.JSONField(default=list)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField()
    as_at = models.DateField(null=True, blank=True)
    is_authority_confirmed = models.BooleanField(default=False)
    confirmed_as = models.CharField(max_length=10, blank=True, default="")
    is_loss_accepted = models.BooleanField(default=False)
    left_out = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    refusal = models.CharField(max_length=10, choices=Refusal.choices, blank=True, default=Refusal.NONE)
    reason = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    authority = models.CharField(max_length=10, blank=True)
    load_id = models.CharField(max_length=64, blank=True)
    n_rows = models.JSONField(default=dict)
    n_faults = models.JSONField(default=dict)

    was_sent_before: bool = False
    """Set on the instance that submit_return gives back when the same bytes had been submitted already."""
    is_tried_again: bool = False
    """Set beside it when those bytes had been refused, and are read once more because more is known now."""

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="return_numbers_are_unique"),
            models.UniqueConstraint(fields=["programme", "sha256"], name="the_same_file_is_one_return"),
            models.CheckConstraint(
                condition=~Q(state="read") | (Q(as_at__isnull=False) & ~Q(load_id="")),
                name="a_read_return_has_a_date_and_a_load",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | (~Q(refusal="") & ~Q(reason="")), name="a_refused_return_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"return {self.number} ({self.name})"

    @property
    def submitter(self) -> str:
        return self.submitted_by.display_name if self.submitted_by else "the system"

    @property
    def n_rows_in_all(self) -> int:
        return sum(self.n_rows.values())

    @property
    def n_faults_in_all(self) -> int:
        return sum(self.n_faults.values())

    @property
    def can_be_accepted(self) -> bool:
        """Refused only because much of it would be lost, so a person who knows may say: read it all the same."""
        return self.refusal == self.Refusal.LOSS

    @property
    def can_be_confirmed(self) -> bool:
        """Refused only because it is for another authority, so a person may say: submit it anyway."""
        return self.refusal == self.Refusal.AUTHORITY


class PublishedReleaseIsFixed(Exception):
    """Somebody tried to change or remove a published release."""

    def __init__(self) -> None:
        super().__init__("A published release cannot be changed. Calculate and publish a new one instead.")


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Refuses bulk changes that would touch a published release, as the model does for one."""

    def update(self, **kwargs: Any) -> int:
        if self.filter(state=Release.State.PUBLISHED).exists():
            raise PublishedReleaseIsFixed
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        if self.filter(state=Release.State.PUBLISHED).exists():
            raise PublishedReleaseIsFixed
        return super().delete()


class Release(models.Model):
    """One calculation over one snapshot, offered as a draft, then published by somebody. Figures stay in the store.

    `calculation_id`, `answers_id` and `snapshot_id` are content hashes in the store. Answers are what readers see: a
    release from before they were kept has none ("") until a worker makes them once. `moves_summary` counts what moved
    since the last published release, by reason; `n_moves` is all of it, with what is given first or no longer.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    calculation_id = models.CharField(max_length=64)
    answers_id = models.CharField(max_length=64, blank=True, default="")
    snapshot_id = models.CharField(max_length=64)
    engine = models.CharField(max_length=40)
    as_at = models.DateField()
    n_figures = models.PositiveIntegerField()
    can_break_down = models.JSONField(default=list)
    returns = models.ManyToManyField(Return, related_name="releases")
    compared_with = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    n_moves = models.PositiveIntegerField(default=0)
    moves_summary = models.JSONField(default=dict)
    calculated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="release_numbers_are_unique"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False), name="a_published_release_says_when"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The release in words, as every page, file and report gives it: "release 3 (a1b2c3d4)"."""
        return f"release {self.number} ({self.calculation_id[:SHORT]})"

    @property
    def in_words(self) -> str:
        return self.reference

    @property
    def n_lost(self) -> int:
        """How many figures the last published release gives, and this one does not."""
        return int(self.moves_summary.get("no longer given", 0))

    @property
    def n_first_given(self) -> int:
        """How many figures this gives, and the release it was compared with does not."""
        return int(self.moves_summary.get("first given", 0))

    @property
    def n_moved(self) -> int:
        """How many figures both give, and differ: as `compare` counts them."""
        return self.n_moves - self.n_first_given - self.n_lost

    @property
    def moved_words(self) -> str:
        """Such as "55 moved, 163 given for the first time"; the only words for it, wherever it is said."""
        if self.compared_with_id is None:  # type: ignore[attr-defined]
            return "first release"
        lost = f", {self.n_lost:,} no longer given" if self.n_lost else ""
        return f"{self.n_moved:,} moved, {self.n_first_given:,} given for the first time{lost}"

    @property
    def loses(self) -> str:
        """What publishing this would take away, in a sentence; "" when nothing."""
        if not self.n_figures:
            return "This release holds no figure at all."
        if not self.n_lost or self.compared_with is None:
            return ""
        figures = "1 figure that" if self.n_lost == 1 else f"{self.n_lost:,} figures that"
        return f"This release does not give {figures} {self.compared_with.reference} gives."

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    def was_published_by(self, day: date) -> bool:
        """Whether it was published by the end of a day."""
        return self.published_at is not None and clock.day_of(self.published_at) <= day

    @property
    def publisher(self) -> str:
        return self.published_by.display_name if self.published_by else "the system"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuses to change a published release, but for answers given to one that has none."""
        published = Release.objects.filter(pk=self.pk, state=self.State.PUBLISHED).first() if self.pk else None
        if published is not None and (published.answers_id or kwargs.get("update_fields") != ["answers_id"]):
            raise PublishedReleaseIsFixed
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if Release.objects.filter(pk=self.pk, state=self.State.PUBLISHED).exists():
            raise PublishedReleaseIsFixed
        return super().delete(*args, **kwargs)


class Decided(KeptForGood):
    """Something that a decision on record set for one indicator. A newer row takes its place; none is changed.

    `decision` is the decision's number as a label ("IB-7"): this room knows no more of it than its day.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=20)
    decision = models.CharField(max_length=40)
    decided_on = models.DateField()
    set_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["pk"]


class Target(Decided):
    """What an indicator is to reach, month by month: a share of 0 to 1, or a count.

    `values` is {"2013-10": 0.2, ...}: each value holds from its month until the next; a target that does not move has
    one. `standard` says in words what the standard is, and whose.
    """

    class Direction(models.TextChoices):
        AT_MOST = "at most", "At most"
        AT_LEAST = "at least", "At least"

    direction = models.CharField(max_length=10, choices=Direction.choices)
    from_on = models.DateField()
    values = models.JSONField(default=dict)
    standard = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"target of {self.indicator} from {self.from_on} ({self.decision})"


class ChartRebase(Decided):
    """The month from which a chart is to be judged by new limits. `from_on` is its first day."""

    from_on = models.DateField()
    reason = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.indicator} judged anew from {self.from_on} ({self.decision})"


class AdoptedDefinition(Decided):
    """The version of an indicator's definition that the Board adopted."""

    version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.indicator} version {self.version} adopted ({self.decision})"


class Validation(KeptForGood):
    """One read return held to the Department's validation rules. What was found is in the store (`folder_id`).

    `year` is the census year of the rules; `problem` says why there are none ("" when there are). `n_named` counts the
    rows that each rule names and `not_run` says why a rule was not run. `compared_with` is the return of the same
    census year before it, of whose faults this one fixed `n_fixed` and had `n_new` of its own; None: there is none.
    """

    returned = models.OneToOneField(Return, on_delete=models.PROTECT, related_name="validation")
    folder_id = models.CharField(max_length=64, blank=True)
    year = models.CharField(max_length=10, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    n_named = models.JSONField(default=dict)
    not_run = models.JSONField(default=dict)
    compared_with = models.ForeignKey(Return, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    n_fixed = models.PositiveIntegerField(default=0)
    n_new = models.PositiveIntegerField(default=0)
    held_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.returned} held to the rules of {self.year or 'no year'}"

    @property
    def closed_words(self) -> str:
        """What the return closed of the one before it; "" where there is none. A child that is sent no more is closed
        too."""
        if self.compared_with is None:
            return ""
        return (
            f"Of the faults of return {self.compared_with.number}, of the same census year, {self.n_fixed:,} are no "
            f"longer found, and closed by this one; {self.n_new:,} are new."
        )


class FaultWork(KeptForGood):
    """One thing done about a fault: the newest of a fault says how it stands. No child's data is in it.

    `key` tells the fault from others of its rule, the same from one return to the next; "" is the whole rule.
    """

    class Done(models.TextChoices):
        ASSIGNED = "assigned", "Assigned"
        EXPLAINED = "explained", "Explained"
        MARKED_FIXED = "marked fixed", "Marked as fixed"
        CLOSED = "closed", "Closed by a later return"

    returned = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=10)
    key = models.CharField(max_length=64, blank=True)
    done = models.CharField(max_length=12, choices=Done.choices)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField(max_length=1000, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["rule", "key"], name="work_on_a_fault")]

    def __str__(self) -> str:
        return f"rule {self.rule} {self.done} in {self.returned}"

    @property
    def doer(self) -> str:
        return self.done_by.display_name if self.done_by else "the system"

    @property
    def in_words(self) -> str:
        """Such as "Assigned to Bob"; with the reason or note that was given."""
        whom = f" to {self.assigned_to.display_name}" if self.assigned_to else ""
        return f"{self.get_done_display()}{whom}{f': {self.words}' if self.words else ''}"
