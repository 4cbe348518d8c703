"""Question sets in versions, and sheets: what somebody answers to one version. What is true, no more.

A version's content is the whole of it, scales included, so that its hash covers every word that was asked. Not here:
what the content means (wording.py). Rule: a version is written once; answers change only while a sheet is open.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from holdfast.access.kept_for_good import KeptForGood


class QuestionSet(models.Model):
    """Questions that go together, however their wording changes. `code` is its address; `kind` is what they are for."""

    programme = models.ForeignKey("organisation.Programme", on_delete=models.PROTECT, related_name="question_sets")
    code = models.SlugField(max_length=50)
    kind = models.SlugField(max_length=50)
    title = models.CharField(max_length=150)

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="a_question_set_has_its_own_code")]

    def __str__(self) -> str:
        return self.title


class SetVersion(KeptForGood):
    """One wording of a question set, whole, as data that the schema allows. `change`: what is new ("": the first)."""

    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    change = models.TextField(blank=True)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["question_set_id", "number"]
        verbose_name = "version of a question set"
        constraints = [
            models.UniqueConstraint(fields=["question_set", "number"], name="versions_of_a_set_are_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_of_a_set_are_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.question_set.title}, version {self.number}"


class Sheet(models.Model):
    """One person's answers to one version. `about` names what it is for, without a person; the room above knows.

    `answerer` null: the product, in the demonstration. `handed_in_at` null: still open, and it may change.
    """

    version = models.ForeignKey(SetVersion, on_delete=models.PROTECT, related_name="sheets")
    about = models.CharField(max_length=120)
    answerer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    begun_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "sheet of answers"
        verbose_name_plural = "sheets of answers"

    def __str__(self) -> str:
        return self.about


class SheetSection(models.Model):
    """What is answered of one section: question to {"value", "why"}; "why" is of what does not apply.

    `revision` grows by one with every save, so that an older page is known for one; `key` is the last save's own, so
    that the same save sent twice is one.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="sections")
    section = models.SlugField(max_length=50)
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["sheet_id", "id"]
        verbose_name = "answered section"
        constraints = [models.UniqueConstraint(fields=["sheet", "section"], name="a_section_is_answered_in_one_place")]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.section}"


class SetAside(KeptForGood):
    """Answers that came from a page older than the ones there. They count for nothing and are kept to be read."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="set_aside")
    section = models.SlugField(max_length=50)
    answers = models.JSONField()
    revision = models.PositiveIntegerField(help_text="The revision that the older page began from.")
    key = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = "answers set aside"
        verbose_name_plural = "answers set aside"

    def __str__(self) -> str:
        return f"{self.sheet}: {self.section}, set aside"
