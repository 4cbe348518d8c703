"""What the notice gives to be measured: its requirements, and the days on which each stood evidenced and accepted.

Rule: past days are answered from dated facts alone: when each was judged, accepted, withdrawn. Nobody could accept
anything here before the notice was entered; that is a nought which is known, so the first day known is the notice's.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from holdfast.notice.models import Judgement, Requirement
from holdfast.organisation.models import Programme
from holdfast.performance.extracts import Given, register_extract


def take(programme: Programme, as_at: date) -> Given | None:
    """The requirements that apply by a day, and when each stood evidenced. None: there is no notice."""
    every = Requirement.objects.filter(notice__programme=programme).exclude(modality=Requirement.Modality.NONE)
    applying = [
        (requirement, began)
        for requirement in every.select_related("notice")
        if (began := _applies_from(requirement)) is not None and began <= as_at
    ]
    if not applying:
        return None
    rows = [
        {"requ_requirement_id": requirement.ref, "requ_duty": requirement.modality, "requ_from": began}
        for requirement, began in applying
    ]
    judged: dict[str, list[Judgement]] = {}
    made = Judgement.objects.filter(requirement__notice__programme=programme).order_by("id")
    made = made.select_related("requirement", "acceptance", "withdrawal").prefetch_related("evidence__withdrawal")
    for judgement in made:
        judged.setdefault(judgement.requirement.ref, []).append(judgement)
    evidenced = [row for ref, judgements in judged.items() for row in _evidenced(ref, judgements, as_at)]
    return Given(applying[0][0].notice.issued_on, {"requirements": rows, "requirements_evidenced": evidenced})


def _applies_from(requirement: Requirement) -> date | None:
    return requirement.triggered_on if requirement.is_conditional else requirement.notice.issued_on


def _evidenced(ref: str, judgements: Sequence[Judgement], as_at: date) -> Iterator[dict[str, Any]]:
    """A row for each stretch of days on which the requirement stood evidenced."""
    began: date | None = None
    place = 0
    for day in sorted({day for judgement in judgements for day in _days(judgement) if day <= as_at}):
        stands = _stands(judgements, day)
        if began is not None and not stands:
            place += 1
            yield _row(ref, place, began, day)
        began = (began or day) if stands else None
    if began is not None:
        yield _row(ref, place + 1, began, None)


def _row(ref: str, place: int, began: date, until: date | None) -> dict[str, Any]:
    row = {"evid_table_id": f"{ref}|{place}", "evid_requirement_id": ref, "evid_from": began}
    return {**row, "evid_until": until}


def _days(judgement: Judgement) -> Iterator[date]:
    """The days on which anything about a judgement changed."""
    yield judgement.judged_on
    if hasattr(judgement, "acceptance"):
        yield judgement.acceptance.decided_on
    if hasattr(judgement, "withdrawal"):
        yield judgement.withdrawal.withdrawn_on
    for link in judgement.evidence.all():
        if hasattr(link, "withdrawal"):
            yield link.withdrawal.withdrawn_on


def _stands(judgements: Sequence[Judgement], on: date) -> bool:
    """Whether the judgement that counts on a day says met, on evidence that counts, and somebody else accepted it."""
    made = [judgement for judgement in judgements if judgement.judged_on <= on and not _is_withdrawn(judgement, on)]
    if not made or made[-1].says != Judgement.Says.MET:
        return False
    acceptance = getattr(made[-1], "acceptance", None)
    is_accepted = acceptance is not None and acceptance.is_accepted and acceptance.decided_on <= on
    return is_accepted and any(link.counts(on) for link in made[-1].evidence.all())


def _is_withdrawn(judgement: Judgement, on: date) -> bool:
    return hasattr(judgement, "withdrawal") and judgement.withdrawal.withdrawn_on <= on


def register() -> None:
    """Called once, when the application starts."""
    register_extract("notice", "The notice", take)
