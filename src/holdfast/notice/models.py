"""What a notice requires, the notice's own words, and what people have said about each requirement.

Not here: the checks' answers (worked out when asked, never stored) and the actions that answer a requirement (plan).
Rule: a judgement, an acceptance and an attached text are only ever added; a newer one takes the place of the last.
"""

from datetime import date
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access.kept_for_good import KeptForGood
from holdfast.notice.summarising import is_summary
from holdfast.pages.words import date_words

SHELF: Final = "evidence"
"""Where files given as evidence are kept."""


class Notice(models.Model):
    """One instrument a council is under: an improvement notice, a direction, an improvement plan of another kind.

    `frame` holds what the notice says of itself (reviews, reports, the board's cycle, aliases, source, open points);
    `sections` names its sections and the words each opens with. `file_sha256` is the data file's hash.
    """

    programme = models.OneToOneField("organisation.Programme", on_delete=models.PROTECT, related_name="notice")
    code = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    issued_on = models.DateField()
    issued_by = models.CharField(max_length=120)
    guidance = models.CharField(max_length=200, blank=True)
    is_invented = models.BooleanField(default=False)
    frame = models.JSONField(default=dict)
    sections = models.JSONField(default=list)
    file_sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class Requirement(models.Model):
    """One obligation of a notice, in our own words, with its strength of duty and where the notice says it.

    `when` is data that due.py reads; `places` says where in the notice's text (places.py); `checks` names the checks
    that answer it; `later` says what will answer it once other parts of the product hold the facts.
    """

    class Modality(models.TextChoices):
        MUST = "must", "Must: the notice requires it"
        EXPECT = "expect", "Expected: the notice says “we expect”"
        SHOULD = "should", "Should: the notice advises it"
        CONSIDER = "consider", "Consider: the notice asks that it be considered"
        NONE = "none", "Not a duty: something the notice says will or may happen"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="requirements")
    order = models.PositiveIntegerField()
    ref = models.SlugField(max_length=20)
    name = models.CharField(max_length=120)
    section = models.SlugField(max_length=60)
    obligation = models.TextField()
    modality = models.CharField(max_length=10, choices=Modality.choices)
    condition = models.TextField(blank=True)
    triggered_on = models.DateField(null=True, blank=True, help_text="Null until somebody records that it applies.")
    does = models.JSONField(default=list)
    agrees = models.JSONField(default=list)
    receives = models.JSONField(default=list)
    when = models.JSONField(default=dict)
    evidence_expected = models.JSONField(default=list)
    places = models.JSONField(default=list)
    themes = models.JSONField(default=list)
    indicators = models.JSONField(default=list)
    checks = models.JSONField(default=list)
    later = models.JSONField(default=list)
    is_for_the_plan = models.BooleanField(default=True)
    unverified = models.JSONField(default=list)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["notice", "ref"], name="a_requirement_has_its_own_ref")]

    def __str__(self) -> str:
        return f"{self.ref} {self.name}"

    @property
    def in_full(self) -> str:
        return f"{self.ref} {self.obligation}"

    @property
    def is_conditional(self) -> bool:
        return bool(self.condition)


class Recommendation(models.Model):
    """One recommendation of the inspection behind the notice, entered by the council, and what it bears on."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="recommendations")
    order = models.PositiveIntegerField()
    ref = models.SlugField(max_length=20)
    text = models.TextField()
    priority = models.CharField(max_length=60, blank=True)
    requirements = models.ManyToManyField(Requirement, related_name="recommendations", blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["notice", "ref"], name="a_recommendation_has_its_own_ref")]

    def __str__(self) -> str:
        return self.ref

    @property
    def in_full(self) -> str:
        return f"{self.ref} {self.text}" + (" (invented)" if self.is_invented else "")


class AttachedText(KeptForGood):
    """The notice's own text as somebody loaded it, or a summary that says so. The newest is the one shown; the
    notice's own is theirs, never shipped."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    n_bytes = models.PositiveIntegerField()
    text = models.TextField()
    attached_at = models.DateTimeField()
    attached_on = models.DateField()
    attached_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["-id"]
        verbose_name = "attached text"

    def __str__(self) -> str:
        return f"{self.name} ({self.sha256[:8]})"

    @property
    def is_summary(self) -> bool:
        """Whether it says of itself that it is a summary in our own words, so nobody's own (summarising.py)."""
        return is_summary(self.text)

    def in_words(self) -> str:
        """For the command line: what was attached and how much of it no requirement claims."""
        from holdfast.notice.places import unclaimed

        clauses = list(self.clauses.all())
        places = [requirement.places for requirement in self.notice.requirements.all()]
        return f"{self}: {len(clauses)} clauses, {len(unclaimed(places, clauses))} of them claimed by no requirement."


class Clause(models.Model):
    """One sentence of the notice's own text, by place: section, item ("1.2" is a point under bullet 1), sentence."""

    attached = models.ForeignKey(AttachedText, on_delete=models.CASCADE, related_name="clauses")
    number = models.PositiveIntegerField()
    section = models.CharField(max_length=60, blank=True)
    item = models.CharField(max_length=20)
    sentence = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["attached", "number"], name="clauses_are_numbered_once")]

    def __str__(self) -> str:
        return f"clause {self.number}"


class Judgement(KeptForGood):
    """What a person said of a requirement, with the reason and the evidence it names.

    A newer one takes its place; none is changed. One made by mistake is withdrawn (JudgementWithdrawal), not removed.
    """

    class Says(models.TextChoices):
        MET = "met", "Met"
        ON_TRACK = "on track", "On track"
        AT_RISK = "at risk", "At risk"
        NOT_MET = "not met", "Not met"

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="judgements")
    evidence = models.ManyToManyField("EvidenceLink", related_name="judgements", blank=True)
    says = models.CharField(max_length=10, choices=Says.choices)
    reason = models.TextField()
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    judged_on = models.DateField()
    judged_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        verbose_name = "judgement"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_judgement_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.requirement.ref}: {self.says}"


class Acceptance(KeptForGood):
    """Somebody other than the person who judged, accepting or declining that judgement. One for each judgement."""

    judgement = models.OneToOneField(Judgement, on_delete=models.PROTECT, related_name="acceptance")
    is_accepted = models.BooleanField()
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = "acceptance"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(reason=""), name="a_declined_judgement_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return "accepted" if self.is_accepted else "declined"


class Evidence(KeptForGood):
    """Something that shows something: what kind of thing it is, which one, and where it is opened.

    `key` is what its source calls it ("action/A12", "I04@2"); `where` its address: a page here, http(s) elsewhere, or a
    file's name. A file is kept under `sha256` (jobs.attachments). Unusable: kept from before, and nobody can open it.
    """

    class Kind(models.TextChoices):
        RECORD = "record", "A record here"
        FIGURE = "figure", "A released figure"
        EDITION = "edition", "An edition of a report"
        FILE = "file", "A file"
        ADDRESS = "address", "An address elsewhere"
        UNUSABLE = "unusable", "Unusable: it leads nowhere, so it is not counted as evidence"

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.UNUSABLE)
    key = models.CharField(max_length=200, blank=True)
    where = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64, blank=True)
    n_bytes = models.PositiveIntegerField(null=True, blank=True, help_text="Null for what is not a file.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def shown_for(self) -> str:
        """What it is evidence of, and in which programme: "R12 (westmere-2031)"."""
        raise NotImplementedError


class EvidenceLink(Evidence):
    """One piece of evidence for a requirement, as somebody linked it."""

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="evidence")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    added_on = models.DateField()

    class Meta:
        ordering = ["id"]
        verbose_name = "evidence link"
        constraints = [
            models.CheckConstraint(condition=~Q(kind="file") | ~Q(sha256=""), name="a_file_of_evidence_has_its_hash")
        ]

    @property
    def shown_for(self) -> str:
        return f"{self.requirement.ref} ({self.requirement.notice.programme.code})"

    def counts(self, on: date) -> bool:
        """Whether it is evidence on a day: added by then, not withdrawn by then, and something that can be opened."""
        withdrawal = getattr(self, "withdrawal", None)
        is_withdrawn = withdrawal is not None and withdrawal.withdrawn_on <= on
        return self.kind != self.Kind.UNUSABLE and self.added_on <= on and not is_withdrawn


class EvidenceOpening(KeptForGood):
    """That somebody opened a piece of evidence, and when first: nobody accepts on what they have not opened."""

    evidence = models.ForeignKey(EvidenceLink, on_delete=models.PROTECT, related_name="openings")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = "opening of evidence"
        constraints = [models.UniqueConstraint(fields=["evidence", "opened_by"], name="a_first_opening_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.evidence} opened"


class Withdrawal(KeptForGood):
    """That something was entered by mistake, and why. It is shown as withdrawn, and counts no more from that day."""

    reason = models.TextField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_on = models.DateField()
    withdrawn_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return "withdrawn"

    @property
    def in_words(self) -> str:
        who = self.withdrawn_by.display_name if self.withdrawn_by else "the system"
        return f"Withdrawn on {date_words(self.withdrawn_on)} by {who}: {self.reason}"


class JudgementWithdrawal(Withdrawal):
    judgement = models.OneToOneField(Judgement, on_delete=models.PROTECT, related_name="withdrawal")

    class Meta:
        verbose_name = "withdrawal of a judgement"


class EvidenceWithdrawal(Withdrawal):
    evidence = models.OneToOneField(EvidenceLink, on_delete=models.PROTECT, related_name="withdrawal")

    class Meta:
        verbose_name = "withdrawal of evidence"
