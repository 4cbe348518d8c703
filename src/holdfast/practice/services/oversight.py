"""Writing the standards for management oversight, clause by clause.

Rule: a version is only ever added to, and not once its words were put forward; what is wrong is left out of the next.
"""

from collections.abc import Iterable
from datetime import datetime

from holdfast.access import clock
from holdfast.access.doors import Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.organisation.models import Programme
from holdfast.performance.selectors.compliance import takes_days
from holdfast.practice.models import Standard, StandardClause
from holdfast.practice.selectors.oversight import is_put_forward
from holdfast.questions.naming import seems


class PutForward(NotDone):
    """Its words were put forward for agreement, so they stay."""

    def __init__(self) -> None:
        super().__init__("Its words were put forward, so it stays as it is. Write a new version.")


@service
def write_standard(*, by: Actor, at: datetime, programme: Programme, keep: Iterable[StandardClause] = ()) -> Standard:
    """Begin a version of the standards with clauses of an earlier one, in their order. Raises Refused."""
    check(by, Permission.MANAGE_PRACTICE, programme.code)
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = Standard.objects.filter(programme=programme).order_by("-number").first()
    made = Standard(programme=programme, number=last.number + 1 if last else 1, written_on=clock.day_of(at))
    made.written_by = account_of(by)
    made.save()
    for number, clause in enumerate(sorted(keep, key=lambda kept: kept.number), start=1):
        _add(made, number, clause.words, clause.edition, clause.at_least, clause.records, clause.audits)
    record("standards begun", programme=programme.code, subject=str(made))
    return made


@service
def add_clause(
    *,
    by: Actor,
    at: datetime,
    standard: Standard,
    words: str,
    edition: str,
    at_least: int,
    records: str = "",
    within: int | None = None,
    audits: str = "",
) -> StandardClause:
    """Add a clause to a version that was not put forward. Raises Refused, PutForward or NotDone.

    `within`: the days of a measure of so many days; None for any other, and where `records` says them ("decided:1").
    """
    check(by, Permission.MANAGE_PRACTICE, standard.programme.code)
    Standard.objects.select_for_update().get(pk=standard.pk)
    refuse_put_forward(standard)
    if not words.strip() or not edition.strip():
        raise NotDone("Write the clause, and the edition it follows.", field="edition" if words.strip() else "words")
    if not 1 <= at_least <= 100:
        raise NotDone("Enter from 1 to 100.", field="at_least")
    if takes_days(records) != (within is not None):
        asked = "Enter the days." if takes_days(records) else "Leave this empty: what measures it takes no days."
        raise NotDone(asked, field="within")
    records = records if within is None else f"{records}:{within}"
    number = StandardClause.objects.filter(standard=standard).count() + 1
    made = _add(standard, number, words.strip(), edition.strip(), at_least, records, audits)
    record("clause written", programme=standard.programme.code, subject=str(made), detail=seems(words, edition))
    return made


def refuse_put_forward(standard: Standard) -> None:
    """Raises PutForward."""
    if is_put_forward(standard):
        raise PutForward


def _add(
    standard: Standard, number: int, words: str, edition: str, at_least: int, records: str, audits: str
) -> StandardClause:
    made = StandardClause(standard=standard, number=number, words=words, edition=edition, at_least=at_least)
    made.records, made.audits = records, audits
    made.save()
    return made
