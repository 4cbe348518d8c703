"""Writes to releases: a draft added, a draft published.

Not here: the calculation, which takes seconds to minutes and so happens outside any transaction (calculation.py).
Rule: what is published never changes; a correction is a new release.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max

from holdfast.access.doors import Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.jobs import queue
from holdfast.jobs.models import Job
from holdfast.organisation.models import Programme
from holdfast.performance.models import CALCULATE_A_RELEASE, Release, Return


@dataclass(frozen=True)
class WhatWasCalculated:
    """The facts of a calculation in the store, and a count of what moved since the last published release.

    `as_at` is the day that the latest return describes; `extracts` are the loads taken of rooms, by kind.
    """

    calculation_id: str
    snapshot_id: str
    engine: str
    as_at: date
    n_figures: int
    can_break_down: Sequence[str]
    answers_id: str
    compared_with: Release | None = None
    moves_summary: dict[str, int] = field(default_factory=dict)
    extracts: dict[str, str] = field(default_factory=dict)


class CannotPublish(NotDone):
    """A draft may not be published, and why."""


@service
def add_release(
    *, by: Actor, at: datetime, programme: Programme, found: WhatWasCalculated, returns: Sequence[Return]
) -> Release:
    """Offer a calculation as a draft. The same calculation as the latest release is that release: nothing is added."""
    check(by, Permission.PUBLISH_RELEASE, programme.code)
    Programme.objects.select_for_update().get(pk=programme.pk)
    latest = Release.objects.filter(programme=programme).first()
    if latest is not None and _is_the_same(latest, found):
        record("release calculated again", programme=programme.code, subject=latest.reference)
        return latest
    number = Release.objects.filter(programme=programme).aggregate(Max("number"))["number__max"] or 0
    release = Release.objects.create(
        programme=programme,
        number=number + 1,
        calculation_id=found.calculation_id,
        answers_id=found.answers_id,
        snapshot_id=found.snapshot_id,
        engine=found.engine,
        as_at=found.as_at,
        n_figures=found.n_figures,
        can_break_down=list(found.can_break_down),
        compared_with=found.compared_with,
        n_moves=sum(found.moves_summary.values()),
        moves_summary=found.moves_summary,
        calculated_at=at,
    )
    release.returns.set(returns)
    record(
        "release calculated",
        programme=programme.code,
        subject=release.reference,
        detail={
            "calculation": release.calculation_id,
            "returns": [returned.number for returned in returns],
            "extracts": found.extracts,
        },
    )
    return release


def _is_the_same(latest: Release, found: WhatWasCalculated) -> bool:
    """A draft is compared with the release published before it, and protected beside it: another one makes it new."""
    same_before = latest.is_published or latest.compared_with == found.compared_with
    same_answers = latest.answers_id in ("", found.answers_id) or not latest.is_published
    return latest.calculation_id == found.calculation_id and same_before and same_answers


@service
def keep_answers(*, by: Actor, at: datetime, release: Release, answers_id: str) -> Release:
    """Give its answers to a release from before answers were kept. One that has them keeps them."""
    check(by, Permission.PUBLISH_RELEASE, release.programme.code)
    held = Release.objects.select_for_update().select_related("programme").get(pk=release.pk)
    if not held.answers_id:
        held.answers_id = answers_id
        held.save(update_fields=["answers_id"])
    record(
        "release answers kept",
        programme=held.programme.code,
        subject=held.reference,
        detail={"release": held.number, "answers": held.answers_id},
    )
    return held


@service
def request_release(*, by: Actor, at: datetime, programme: Programme) -> Job:
    """Queue the calculation of a draft over everything kept. One that waits already is enough."""
    check(by, Permission.PUBLISH_RELEASE, programme.code)
    job = queue.enqueue(CALCULATE_A_RELEASE, programme.code)
    record("release asked for", programme=programme.code, subject=f"job {job.pk}")
    return job


@service
def publish_release(*, by: Actor, at: datetime, release: Release, accept_loss: bool = False) -> Release:
    """Publish a draft: from now every page and report reads it. Raises CannotPublish, in words, when it may not be.

    `accept_loss`: somebody knows that the last release gives figures that this one does not.
    """
    check(by, Permission.PUBLISH_RELEASE, release.programme.code)
    Programme.objects.select_for_update().get(pk=release.programme.pk)
    held = Release.objects.select_for_update().select_related("programme").get(pk=release.pk)
    last = Release.objects.filter(programme=held.programme, state=Release.State.PUBLISHED).first()
    problem = _why_not(held, last) or ("" if accept_loss else held.loses)
    if problem:
        raise CannotPublish(problem)
    held.state, held.published_at = Release.State.PUBLISHED, at
    held.published_by = account_of(by)
    held.save()
    record(
        "release published",
        programme=held.programme.code,
        subject=held.reference,
        detail={"release": held.number, "calculation": held.calculation_id, "snapshot": held.snapshot_id},
    )
    return held


def _why_not(draft: Release, last: Release | None) -> str:
    if draft.is_published:
        return f"{draft.reference.capitalize()} is published already."
    if last is None:
        return ""
    if last.number > draft.number:
        return f"{last.reference.capitalize()} is newer and published already. Calculate a new release instead."
    if last.calculation_id == draft.calculation_id and last.answers_id in ("", draft.answers_id):
        return f"Nothing has changed since {last.reference}, so there is nothing to publish."
    if draft.compared_with_id != last.pk:
        return (
            f"{last.reference.capitalize()} was published after this draft was made, so what moved and what is hidden "
            "must be worked out beside it. Calculate the release again."
        )
    return ""
