"""The models of what a council's own headings and teams' names mean: models.py is long, and shows them as its own."""

from django.db import models

from holdfast.access.kept_for_good import KeptForGood


class OwnHeadings(KeptForGood):
    """What a council's own sheets and headings mean in Annex A, as somebody said. The newest version counts, whole.

    `sheets` is {sheet: list}, `headings` {list: {heading: Annex A's heading, or "" to leave it out}}, `rows` {sheet:
    the number of its heading row in the file}.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    sheets = models.JSONField(default=dict)
    headings = models.JSONField(default=dict)
    rows = models.JSONField(default=dict)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="one_set_of_own_headings_per_version")
        ]

    def __str__(self) -> str:
        return f"own headings, version {self.version}"


class OwnTeams(KeptForGood):
    """Which team a name that returns give one means, as somebody said. The newest version counts, whole.

    `teams` is {name as returns have it: the team's code, or "" for none that is set up here}.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    teams = models.JSONField(default=dict)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="one_set_of_own_teams_per_version")
        ]

    def __str__(self) -> str:
        return f"own teams, version {self.version}"
