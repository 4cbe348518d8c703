"""What is to be agreed, its versions with the parties of each, and what every party answered. What is true, no more.

A body, an agency or an account is kept by its code and by its name at the time, so that a version reads alike in ten
years. Not here: whether a version is in force (standing.py). Rule: a version, a party, an answer, a withdrawal and a
review are written once; what is wrong is withdrawn, and what changes is a new version.
"""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access.kept_for_good import KeptForGood

SHELF: Final = "agreements"
"""Where documents put forward for agreement are kept."""


class Subject(models.Model):
    """Something that must be agreed, however its words change. `code` is its address, and never changes."""

    class Kind(models.TextChoices):
        PLAN = "plan", "The plan"
        INDICATORS = "indicators", "Indicators and their targets"
        THRESHOLDS = "thresholds", "Thresholds for assessment"
        EARLY_HELP = "early-help", "How early help is assessed"
        OVERSIGHT_STANDARDS = "oversight-standards", "Standards for management oversight"
        AUDIT_PROGRAMME = "audit-programme", "The programme of audits"
        AUDIT_OVERSIGHT = "audit-oversight", "How often audits are overseen"
        DATA_SHARING = "data-sharing", "Sharing of data"
        TERMS_OF_REFERENCE = "terms-of-reference", "Terms of reference"
        CHAIR_SUPPORT = "chair-support", "Support for the chair"
        OTHER = "other", "Something else"

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="agreements")
    code = models.SlugField(max_length=50)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    title = models.CharField(max_length=200)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["title"]
        verbose_name = "subject of agreement"
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="an_agreement_has_its_own_code")]

    def __str__(self) -> str:
        return self.title


class Version(KeptForGood):
    """One wording of a subject, put forward on a day. `content_hash` covers exactly what is agreed, and nothing else.

    It is typed (`words`) or a document kept under `file_sha256`; `words` then holds its text where that is plain, and
    "" where it cannot be read here. `change` says what is new in it. `effective_on` null: in force once all have
    agreed. `agree_by` null: no day was set. `review_by` null: no review was promised.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    words = models.TextField(blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    n_bytes = models.PositiveIntegerField(null=True, blank=True, help_text="Null for what is not a document.")
    content_hash = models.CharField(max_length=64)
    change = models.TextField(blank=True)
    proposed_on = models.DateField()
    recorded_on = models.DateField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    effective_on = models.DateField(null=True, blank=True)
    agree_by = models.DateField(null=True, blank=True)
    review_by = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["subject_id", "number"]
        verbose_name = "version of an agreement"
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="versions_of_an_agreement_are_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_are_numbered_from_one"),
            models.CheckConstraint(condition=~Q(words="") | ~Q(file_sha256=""), name="a_version_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.subject.title}, version {self.number}"

    @property
    def is_document(self) -> bool:
        return self.file_sha256 != ""

    @property
    def proposer(self) -> str:
        return self.proposed_by.display_name if self.proposed_by else "the system"


class Party(KeptForGood):
    """Who must agree a version, or is asked without its hanging on them (`is_required` false).

    `key` is a body's code, an agency's code, or an account's user name; `name` what it was called then.
    """

    class Kind(models.TextChoices):
        BODY = "body", "Body"
        AGENCY = "agency", "Agency"
        PERSON = "person", "Person"

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="parties")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=150)
    name = models.CharField(max_length=150)
    is_required = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "party to an agreement"
        verbose_name_plural = "parties to an agreement"
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "key"], name="a_party_is_asked_once_for_a_version")
        ]

    def __str__(self) -> str:
        return self.name


class Answer(KeptForGood):
    """What a party said of a version: once, on a day, by a person of theirs or in a minute (its reference)."""

    class Says(models.TextChoices):
        AGREED = "agreed", "Agreed"
        COMMENTED = "commented", "Agreed, with a comment"
        DECLINED = "declined", "Declined"

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="answer")
    says = models.CharField(max_length=10, choices=Says.choices)
    words = models.TextField(blank=True)
    minute = models.CharField(max_length=120, blank=True)
    said_on = models.DateField()
    recorded_on = models.DateField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "answer to an agreement"
        constraints = [
            models.CheckConstraint(condition=Q(says="agreed") | ~Q(words=""), name="a_comment_or_a_no_says_why"),
            models.CheckConstraint(
                condition=Q(said_by__isnull=False) | ~Q(minute=""), name="an_answer_has_a_person_or_a_minute"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.says}"

    @property
    def is_agreement(self) -> bool:
        return self.says != self.Says.DECLINED


class VersionWithdrawal(KeptForGood):
    """That a version was taken back, and why. From that day it is neither in force nor waiting; it stays to be read."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    withdrawn_on = models.DateField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "withdrawal of a version"

    def __str__(self) -> str:
        return f"{self.version} withdrawn"


class Review(KeptForGood):
    """That a subject in force was looked at again, what came of it, and by when next. The last one counts.

    `next_on` null: no further review was promised.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    words = models.TextField()
    minute = models.CharField(max_length=120, blank=True)
    next_on = models.DateField(null=True, blank=True)
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["reviewed_on", "id"]
        verbose_name = "review of an agreement"

    def __str__(self) -> str:
        return f"{self.subject} reviewed"
