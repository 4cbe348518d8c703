"""The model of a file of figures that others published: models.py is long, and shows it as its own."""

from django.conf import settings
from django.db import models


class PublishedFile(models.Model):
    """One file of figures that others published, kept under its hash. No release is made from it.

    `what` names the table, the model of neighbours or "single figures": of one name, the file sent last stands.
    `n_rows` counts its lines and `symbols` how often each symbol stands for a figure; None: sent before it was counted.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="published_files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    n_bytes = models.PositiveBigIntegerField()
    what = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    release = models.CharField(max_length=200)
    n_rows = models.PositiveIntegerField(null=True, blank=True)
    symbols = models.JSONField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "sha256"], name="the_same_published_file_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.name})"

    @property
    def submitter(self) -> str:
        return self.submitted_by.display_name if self.submitted_by else "the system"
