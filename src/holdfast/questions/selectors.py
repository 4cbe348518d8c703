"""Every read of the questions room. The first argument is the account (or SYSTEM); no permission, no answer.

A sheet's answers are read only through the room that asked for them, which says who may: those functions take a sheet
that it has fetched. Rule: the number of queries does not grow with the number of sections or questions.
"""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from django.db.models import Prefetch, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.questions.models import QuestionSet, SetVersion, Sheet, SheetSection
from holdfast.questions.wording import Answers, Section, Wording, wording_of


class NoSuchSet(Missing):
    """The programme has no question set under that code, or no such version or section of it."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(f"There is no question set “{code}”{part} in this programme.")


def question_sets(user: Actor, code: str) -> QuerySet[QuestionSet]:
    """Every question set of a programme, each with its versions fetched."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = QuestionSet.objects.filter(programme__code=code).select_related("programme")
    return found.prefetch_related("versions__made_by", "versions__question_set__programme")


def one_set(user: Actor, code: str, question_set: str) -> QuestionSet:
    """One question set by its code. Raises Refused or NoSuchSet."""
    found = question_sets(user, code).filter(code=question_set).first()
    if found is None:
        raise NoSuchSet(question_set)
    return found


def one_version(user: Actor, code: str, question_set: str, number: int) -> SetVersion:
    """One version of a set. Raises Refused or NoSuchSet."""
    found = one_set(user, code, question_set)
    version = next((each for each in found.versions.all() if each.number == number), None)
    if version is None:
        raise NoSuchSet(question_set, f", version {number},")
    return version


def latest(question_set: QuestionSet) -> SetVersion | None:
    """The newest version of a set fetched with its versions; None when there is none."""
    return max(question_set.versions.all(), key=lambda version: version.number, default=None)


def newest_version(user: Actor, code: str, question_set: str) -> SetVersion:
    """The newest version of a set by its code. Raises Refused or NoSuchSet."""
    found = latest(one_set(user, code, question_set))
    if found is None:
        raise NoSuchSet(question_set)
    return found


def newest_versions(user: Actor, code: str) -> QuerySet[SetVersion]:
    """The newest version of every question set of a programme, as what a form may choose from."""
    newest = [version.pk for found in question_sets(user, code) if (version := latest(found)) is not None]
    related = SetVersion.objects.filter(pk__in=newest).select_related("question_set__programme")
    return related.order_by("question_set__title")


def wording(version: SetVersion) -> Wording:
    """A version's content as values. Made once for each hash: a version never changes.

    So a version may be fetched without its content, which is every word that is asked: it is read here when it must be.
    """
    return _wording(version.content_hash, _Content(version))


class _Content:
    """A version that counts as equal to any other: the hash of its content is the key."""

    def __init__(self, version: SetVersion) -> None:
        self.version = version

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=128)
def _wording(content_hash: str, content: _Content) -> Wording:
    return wording_of(content.version.content)


def answers(sheet: Sheet) -> dict[str, dict[str, str]]:
    """Everything answered on a sheet, by question code; fetched with its sections, or asked for once."""
    return {code: answer for section in sheet.sections.all() for code, answer in section.answers.items()}


def section_of(sheet: Sheet, section: str) -> SheetSection | None:
    """What is answered of one section; None when nothing is."""
    return next((each for each in sheet.sections.all() if each.section == section), None)


Kept = dict[str, dict[str, str]]
"""Answers as they are kept: question to {"value", "why"}."""


def with_sent(part: Section, before: Answers, answers: Answers) -> tuple[Kept, Kept]:
    """What was sent of a section's own questions, and what is answered with it: one sent empty is answered no more."""
    known = {question.code for question in part.questions}
    sent = {name: dict(answer) for name, answer in answers.items() if name in known}
    return sent, {name: dict(answer) for name, answer in {**before, **sent}.items() if answer.get("value")}


def saved_already(sheet: Sheet, section: str, answers: Answers, key: str) -> SheetSection | None:
    """A section as it is kept, where what is sent changes nothing: it is there, or this sending was the last one saved.

    None: there is something to save, or the sheet was handed in, so that saving is refused.
    """
    part, row = wording(sheet.version).section(section), section_of(sheet, section)
    if part is None or row is None or sheet.handed_in_at is not None:
        return None
    is_last = bool(key) and key == row.key
    return row if is_last or with_sent(part, row.answers, answers)[1] == row.answers else None


def answered(sheets: QuerySet[Sheet]) -> Iterator[tuple[int, Kept]]:
    """Of each of the sheets on which anything is answered: its key and all its answers. For thousands of them.

    Read as text and in the order of sheets, so that no record of a section is made and one sheet at a time is held.
    """
    rows = SheetSection.objects.filter(sheet__in=sheets).order_by("sheet_id", "id")
    texts = rows.annotate(text=Cast("answers", TextField())).values_list("sheet_id", "text").iterator()
    for sheet, sections in groupby(texts, key=itemgetter(0)):
        found: Kept = {}
        for section in json.loads(f"[{','.join(text for _, text in sections)}]"):  # one call where there were twelve
            found.update(section)
        yield sheet, found


def with_answers(sheets: Iterable[int]) -> QuerySet[Sheet]:
    """The sheets with these keys, with their answers, in three queries."""
    # Not joined: a version holds every word that is asked, and many sheets share one.
    versions = Prefetch("version", SetVersion.objects.defer("content"))
    return Sheet.objects.filter(pk__in=list(sheets)).prefetch_related(versions, "sections")


def taken(user: Actor, code: str, question_set: str) -> str:
    """What to say of a code that a question set has already; "" when it is free."""
    check(user, Permission.SEE_PROGRAMME, code)
    found = QuestionSet.objects.filter(programme__code=code, code__iexact=question_set).exists()
    return f"There is already a question set with the code “{question_set}”. Choose another" if found else ""


def page_of(version: SetVersion) -> str:
    found = version.question_set
    return reverse("set_version", args=[found.programme.code, found.code, version.number])
