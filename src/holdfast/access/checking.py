"""Is every sealed row as the trail left it? Both ways: rows nobody in the trail wrote, and rows that are gone.

`check_records` says so in sentences. `seal_what_stands` is for the day when an installation begins to seal, or its
tables change shape: it seals what is there, unexamined, and its trail row says so. Rule: it never seals by itself a
row that differs from its seal; a person gives the reason.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.db.models import Model

from holdfast.access.actions import SIGNING_IN
from holdfast.access.doors import SYSTEM, Actor, Refused
from holdfast.access.models import SealedRow, TrailRow
from holdfast.access.sealing import digests, sealed_models
from holdfast.access.trail import ALTERED
from holdfast.access.writes import NotDone, record, seal, service

FIRST: Final = "records sealed as they stood"
AGAIN: Final = "records sealed again as they stood"


def check_records() -> Iterator[str]:
    """A sentence for each row of a sealed table that is not as the trail left it. Nothing when all are."""
    if TrailRow.objects.exclude(action__in=SIGNING_IN).exists() and not SealedRow.objects.exists():
        yield "No record is sealed yet, so none can be compared. Run holdfast seal once."
        return
    for model in sealed_models():
        try:
            for key, problem in _differences(model):
                yield f"{_name(model)} {key} {problem}."
        except Exception as failure:  # a value that cannot be read must not hide what stands in other tables
            kind = type(failure).__name__
            yield f"{_name(model)}: not every record could be compared, since one cannot be read ({kind})."
    for row in TrailRow.objects.filter(detail__has_key=ALTERED).order_by("number"):
        for name in row.detail[ALTERED]:
            yield f"Before trail row {row.number} ({row.action}), somebody outside the services had changed {name}."


def _differences(model: type[Model]) -> Iterator[tuple[Any, str]]:
    """(key, what is wrong) of each row of one table, in order of the rows; those that are gone come last."""
    sealed = _sealed(model)
    for key, digest in digests(model):
        held = sealed.pop(str(key), None)
        if held is None or held[0] == "":
            yield key, "was added by nobody in the trail"
        elif held[0] != digest:
            yield key, f"has been changed since trail row {held[1]} left it"
    for name, (digest, number) in sealed.items():
        if digest:
            yield name, f"has been removed since trail row {number} left it"


def _sealed(model: type[Model]) -> dict[str, tuple[str, int]]:
    """The last seal of each row of a table: its digest and the number of the trail row."""
    seals = SealedRow.objects.filter(table=model._meta.label_lower).order_by("row_id")
    return {key: (digest, number) for key, digest, number in seals.values_list("key", "digest", "row_id")}


def _name(model: type[Model]) -> str:
    return str(model._meta.verbose_name).capitalize()


class NothingToSeal(NotDone):
    """Every record is as its seal says."""

    def __init__(self) -> None:
        super().__init__("Every record is sealed and as the trail left it, so there is nothing to seal.")


class NeedsAReason(NotDone):
    """Records differ from their seals: only a person can say why they should be sealed as they stand."""

    def __init__(self, n_rows: int) -> None:
        super().__init__(
            f"{n_rows:,} records are not as the trail left them. Run holdfast verify to see which. If an upgrade "
            "changed them, run holdfast seal again with --because and say so: the trail keeps what you say."
        )


@service
def seal_what_stands(*, by: Actor, at: datetime, because: str = "") -> dict[str, int]:
    """Seal every record that has no seal, or differs from it, as it stands; how many of each table.

    For SYSTEM alone: whoever runs the machine. Without a reason only while nothing at all is sealed. Raises
    NothingToSeal, or NeedsAReason.
    """
    if by is not SYSTEM:
        raise Refused(None)
    first = not SealedRow.objects.exists()
    found = {model: [key for key, _ in _differences(model)] for model in sealed_models()}
    found = {model: keys for model, keys in found.items() if keys}
    if not found:
        raise NothingToSeal
    if not first and not because.strip():
        raise NeedsAReason(sum(map(len, found.values())))
    for model, keys in found.items():
        seal(model, keys)
    counted = {model._meta.label_lower: len(keys) for model, keys in found.items()}
    why = because.strip() or "sealing began: what came before is sealed unexamined"
    record(FIRST if first else AGAIN, subject=why, detail=counted)
    return counted
