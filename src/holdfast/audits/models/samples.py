"""Samples of cases, each drawn from a frame of one release, and the cases that were drawn. What is true, no more.

A frame is kept as what it was made of and its hash: the release holds its rows, and no row of a child is here but the
references of the cases drawn. Rule: a sample is written once; a case that is left out stays, with why.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from holdfast.access.kept_for_good import KeptForGood
from holdfast.audits.models.auditing import Audit


class Sample(KeptForGood):
    """So many cases of a frame, drawn by a seed that nobody chose.

    The frame: the records of `indicator` in `period` with an `outcome` ("" any), of whose children `and_indicator` says
    `and_outcome` ("" no such filter), told apart by the breakdown `strata` ("" not). `wanted`: stratum to how many.
    `draw` counts how often this figure's period was drawn from for these questions; from the second on `again_why`
    says why. `finding`: the one that it is drawn to ask again about, null for most.
    """

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="audit_samples")
    number = models.PositiveIntegerField()
    version = models.ForeignKey("questions.SetVersion", on_delete=models.PROTECT, related_name="samples")
    chosen = models.CharField(max_length=10, choices=Audit.Chosen.choices)
    purpose = models.CharField(max_length=300)
    release = models.ForeignKey("performance.Release", on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=20)
    period = models.CharField(max_length=20)
    outcome = models.CharField(max_length=10, blank=True)
    and_indicator = models.CharField(max_length=20, blank=True)
    and_outcome = models.CharField(max_length=10, blank=True)
    strata = models.CharField(max_length=50, blank=True)
    n_frame = models.PositiveIntegerField()
    frame_hash = models.CharField(max_length=64)
    wanted = models.JSONField()
    seed = models.CharField(max_length=200)
    draw = models.PositiveIntegerField()
    again_why = models.TextField(blank=True)
    finding = models.ForeignKey("audits.Finding", on_delete=models.PROTECT, related_name="samples", null=True)
    due_on = models.DateField()
    drawn_on = models.DateField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["programme_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="samples_are_numbered_once"),
            models.CheckConstraint(condition=Q(draw=1) | ~Q(again_why=""), name="drawing_again_says_why"),
        ]

    def __str__(self) -> str:
        return f"sample {self.number}"


class SampledCase(models.Model):
    """One case that was drawn: its place in its stratum's drawn order, from 1, and what the release calls its team.

    `team` null: the release names none that is set up here, and nobody has said. `left_out_on` null: it is to be read.
    `replaces`: the case left out that this one, the next in the order, stands for. `audit` null: none made of it yet.
    """

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="cases")
    stratum = models.CharField(max_length=100, blank=True)
    place = models.PositiveIntegerField()
    case_ref = models.CharField(max_length=20)
    team_words = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey("organisation.Team", on_delete=models.PROTECT, related_name="+", null=True)
    drawn_on = models.DateField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_by", null=True)
    left_out_on = models.DateField(null=True, blank=True)
    left_out_why = models.TextField(blank=True)
    left_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    audit = models.OneToOneField(Audit, on_delete=models.PROTECT, related_name="sampled", null=True)

    class Meta:
        ordering = ["sample_id", "stratum", "place"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "case_ref"], name="a_case_is_drawn_once"),
            models.UniqueConstraint(fields=["sample", "stratum", "place"], name="a_place_is_one_case"),
            models.CheckConstraint(
                condition=Q(left_out_on__isnull=True) | (Q(audit__isnull=True) & ~Q(left_out_why="")),
                name="a_case_left_out_is_not_audited_and_says_why",
            ),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="a_case_does_not_replace_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.sample}, place {self.place}"
