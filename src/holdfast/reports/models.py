"""Editions: a report as it stood when somebody froze it, by number, with the hashes of its files.

Not here: the report itself (a document under HOLDFAST_DATA/editions) or how it is drawn (rendering). Rule: an edition
is written once. Saving it again or deleting it is refused; what has changed since is a new edition.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access.kept_for_good import KeptForGood
from holdfast.pages.words import date_words, days_words, month_words

CHAIR_SHELF = "chair-reports"
"""Where what the chair sent is kept."""
SHORT = 8
"""Letters of a hash that people read aloud; the whole hash is always kept."""


class EditionIsFrozen(Exception):
    """Somebody tried to change or remove an edition."""

    def __init__(self) -> None:
        super().__init__(
            "An edition of a report cannot be changed or removed. Make the report again: it is a new edition."
        )


class EditionQuerySet(models.QuerySet["Edition"]):
    """Refuses bulk changes, as the model does for one."""

    def update(self, **kwargs: Any) -> int:
        raise EditionIsFrozen

    def delete(self) -> tuple[int, dict[str, int]]:
        raise EditionIsFrozen


class Edition(models.Model):
    """One report for one date, frozen. Editions of the same report for the same date are numbered from 1.

    `inputs_sha256` covers what the report says; `sha256` the whole document, which adds the edition's own number, day
    and maker. `files` names each file kept, with its SHA-256. `calculation_id` is the release's, "" without one.
    """

    class Kind(models.TextChoices):
        MINISTERS = "ministers", "Report to Ministers"

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="editions")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    on = models.DateField(help_text="The date the report is for.")
    number = models.PositiveIntegerField()
    inputs_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    files = models.JSONField(default=dict)
    release = models.ForeignKey(
        "performance.Release", null=True, blank=True, on_delete=models.PROTECT, related_name="editions"
    )
    calculation_id = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "kind", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "on", "number"], name="editions_of_a_report_are_numbered_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="editions_are_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return self.in_words

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EditionIsFrozen
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise EditionIsFrozen

    @property
    def in_words(self) -> str:
        """Edition 2 of the report to Ministers for 31 December 2013."""
        kind = self.get_kind_display()
        return f"Edition {self.number} of the {kind[0].lower()}{kind[1:]} for {date_words(self.on)}"

    @property
    def reference(self) -> str:
        """Edition 2 (a1b2c3d4): the number, and the start of the document's hash."""
        return f"edition {self.number} ({self.sha256[:SHORT]})"

    @property
    def maker(self) -> str:
        return self.frozen_by.display_name if self.frozen_by else "the system"


class ChairReport(KeptForGood):
    """What the independent chair sent to Ministers, in the chair's own words, beside the figures of one edition.

    `due_on` is the last day of the month it was due in; `corrects` the report that it puts right, null for a first.
    `sha256` is the whole document's; `files` names each file kept, with its own. `pointed_out` is what the words said
    that the figures did not allow, as the chair was shown it before sending.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="chair_reports")
    number = models.PositiveIntegerField()
    due_on = models.DateField()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="chair_reports")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    sha256 = models.CharField(max_length=64)
    files = models.JSONField(default=dict)
    pointed_out = models.JSONField(default=list)
    sent_on = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        verbose_name = "report of the chair"
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="reports_of_the_chair_are_numbered_once"),
            models.UniqueConstraint(
                fields=["programme", "due_on"],
                condition=Q(corrects__isnull=True),
                name="the_chair_reports_once_for_a_month",
            ),
        ]

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_words(self) -> str:
        """Chair's report 1, for December 2013."""
        return f"Chair’s report {self.number}, for {month_words(self.due_on)}"

    @property
    def days_late(self) -> int:
        """Days after the last day of its month; of a correction, none: it was due on no day."""
        return 0 if self.corrects_id else max((self.sent_on - self.due_on).days, 0)


class ChairDraft(models.Model):
    """What the chair is writing for one month: the chair's alone to change, and to read unless it is shared.

    `words` holds each section's text by its code. Sending it makes a ChairReport, and the draft is removed.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="chair_drafts")
    due_on = models.DateField()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey(ChairReport, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.JSONField(default=dict)
    is_shared = models.BooleanField(default=False)
    begun_on = models.DateField()

    class Meta:
        ordering = ["due_on"]
        verbose_name = "draft of the chair"
        constraints = [
            models.UniqueConstraint(fields=["programme", "due_on"], name="the_chair_drafts_once_for_a_month")
        ]

    def __str__(self) -> str:
        return f"Draft of the chair’s report for {month_words(self.due_on)}"


class AuditReport(KeptForGood):
    """What audits found in one cycle, frozen once in two copies: both boards', and the one for members and the public.

    `since` to `until`, both included, in no other report: two that overlap would give small counts away. `sha256` and
    `files` are of the boards' copy, `open_sha256` and `open_files` of the other; each file with its own hash.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="audit_reports")
    number = models.PositiveIntegerField()
    since = models.DateField()
    until = models.DateField()
    sha256 = models.CharField(max_length=64)
    files = models.JSONField(default=dict)
    open_sha256 = models.CharField(max_length=64)
    open_files = models.JSONField(default=dict)
    frozen_on = models.DateField()
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["programme_id", "-number"]
        verbose_name = "report of audits"
        verbose_name_plural = "reports of audits"
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="reports_of_audits_are_numbered_once"),
            models.CheckConstraint(condition=Q(until__gte=models.F("since")), name="a_cycle_of_audits_ends_later"),
        ]

    def __str__(self) -> str:
        return f"Report of audits {self.number}, {days_words(self.since, self.until)}"

    def kept(self, copy: str) -> tuple[str, dict[str, str]]:
        """The hash of a copy, "boards" or "members", and of its files."""
        return (self.sha256, self.files) if copy == "boards" else (self.open_sha256, self.open_files)


class AuditReportSent(KeptForGood):
    """That a report of audits went to a body, and when. Each body is sent it once."""

    report = models.ForeignKey(AuditReport, on_delete=models.PROTECT, related_name="sent")
    body = models.ForeignKey("organisation.Body", on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["report_id", "id"]
        verbose_name = "report of audits sent"
        verbose_name_plural = "reports of audits sent"
        constraints = [
            models.UniqueConstraint(fields=["report", "body"], name="a_report_of_audits_goes_to_a_body_once")
        ]

    def __str__(self) -> str:
        return f"{self.report}, to {self.body}"
