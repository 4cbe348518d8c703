"""Who takes over each requirement when the notice ends, and the control by which it is kept. A newer row counts."""

from django.conf import settings
from django.db import models

from holdfast.access.kept_for_good import KeptForGood


class Handover(KeptForGood):
    """The post that answers for a requirement after the notice, the control it keeps, and from which day."""

    requirement = models.ForeignKey("notice.Requirement", on_delete=models.PROTECT, related_name="handovers")
    post = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="handovers")
    control = models.TextField()
    from_on = models.DateField()
    said_on = models.DateField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.requirement.ref} goes to {self.post}"
