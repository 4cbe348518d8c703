"""Every kept return and what rooms give become one snapshot, that a calculation, and that a draft release.

The calculation runs outside any transaction and is named by its content, so a second run after a killed worker gives
the same folder. Rule: a release is made of all the returns of its programme that were read, never of a choice of them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import outside_transaction
from holdfast.jobs import queue
from holdfast.jobs.models import Job
from holdfast.organisation.models import Programme
from holdfast.performance.extracts import take_extracts
from holdfast.performance.keeping import store
from holdfast.performance.models import Release, Return
from holdfast.performance.selectors.decided import judged_by
from holdfast.performance.services.releases import WhatWasCalculated, add_release, keep_answers

N_EARLIER: Final = 12
"""How many releases back are looked at for how far late records move the latest months: a year of monthly ones."""


N_STEPS: Final = 4
"""Of a calculation, as its progress tells them: they are not equally long."""


class NothingToCalculate(Exception):
    """No return of the programme has been read yet, and no room has anything of it."""

    def __init__(self) -> None:
        super().__init__("There is nothing to calculate yet: no return of this programme has been read.")


@outside_transaction("calculates over everything kept, then calls add_release")
def calculate_release(*, by: Actor, at: datetime, programme: Programme, engine: str | None = None) -> Release:
    """Calculate every indicator over everything kept, and offer it as a draft beside the last published release.

    The same calculation as the latest release comes back as that release. Raises Refused, or NothingToCalculate.
    """
    check(by, Permission.PUBLISH_RELEASE, programme.code)
    _tell(0, "taking what the rooms give")
    returns = list(Return.objects.filter(programme=programme, state=Return.State.READ).order_by("number"))
    taken = take_extracts(programme, clock.day_of(at))
    loads = [*(returned.load_id for returned in returns), *(extract.load_id for extract in taken)]
    if not loads:
        raise NothingToCalculate
    calculation = _calculate(loads, engine or settings.HOLDFAST_ENGINE)
    answer_earlier_releases(by=by, at=at, programme=programme)
    last = Release.objects.filter(programme=programme, state=Release.State.PUBLISHED).first()
    found = WhatWasCalculated(
        calculation_id=calculation.id,
        snapshot_id=calculation.snapshot_id,
        engine=calculation.engine,
        as_at=max((returned.as_at for returned in returns if returned.as_at), default=calculation.as_at),
        n_figures=calculation.n_figures,
        can_break_down=calculation.can_break_down,
        answers_id=_answers(programme, calculation.id, last, at),
        compared_with=last,
        moves_summary=_moves_by_reason(last, calculation.id),
        extracts={extract.kind: extract.load_id for extract in taken},
    )
    return add_release(by=by, at=at, programme=programme, found=found, returns=returns)


def _tell(n_done: int, doing: str) -> None:
    analytics.tell(f"Step {n_done + 1} of {N_STEPS}: {doing}", n_done, N_STEPS)


def _calculate(load_ids: Sequence[str], engine_name: str) -> "analytics.Calculation":
    _tell(1, "putting the returns together as one history")
    history = analytics.snapshot(store(), load_ids)
    year = history.first_day.year - (history.first_day.month < 4)  # whole financial years are asked for
    _tell(2, "counting every indicator")
    return analytics.calculate(
        history,
        engine=analytics.engine(engine_name),
        store=store(),
        first_month=f"{year}-04",
        last_month=f"{history.as_at:%Y-%m}",
    )


def _answers(programme: Programme, calculation_id: str, last: Release | None, at: datetime) -> str:
    """The calculation's answers, made beside those of the last published release, which readers still have.

    The last release's own where nothing was counted or judged otherwise since.
    """
    _tell(3, "protecting, judging and drawing every figure")
    judging = judged_by(programme, known_at=at)
    if last is not None and last.calculation_id == calculation_id and _judged_alike(last, judging):
        return last.answers_id
    published = Release.objects.filter(programme=programme, state=Release.State.PUBLISHED)
    return analytics.answer(
        store(),
        calculation_id,
        after=last.answers_id if last else "",
        judged_by=judging,
        earlier_ids=list(published.values_list("calculation_id", flat=True)[:N_EARLIER]),
    )


def _judged_alike(last: Release, judging: Mapping[str, Any]) -> bool:
    """Whether the decisions to judge charts anew are those that the last release was made with."""
    then = judged_by(last.programme, known_at=last.calculated_at)
    return bool(then["rebases"] == judging["rebases"])


@outside_transaction("protects, judges and draws every figure of a release, then calls keep_answers")
def answer_earlier_releases(*, by: Actor, at: datetime, programme: Programme | None = None) -> int:
    """Make the answers of every published release that has none, the oldest first; how many there were.

    They are from before answers were kept with the release. Done once, before a worker takes its first job.
    """
    published = Release.objects.filter(state=Release.State.PUBLISHED).select_related("programme")
    if programme is not None:
        published = published.filter(programme=programme)
    n_made, before = 0, dict[int, list[Release]]()
    for release in published.order_by("programme", "number"):
        earlier = before.setdefault(release.programme_id, [])
        if not release.answers_id:
            made = analytics.answer(
                store(),
                release.calculation_id,
                after=earlier[0].answers_id if earlier else "",
                judged_by=judged_by(release.programme, known_at=release.calculated_at, as_it_was=True),
                earlier_ids=[each.calculation_id for each in earlier[:N_EARLIER]],
            )
            release = keep_answers(by=by, at=at, release=release, answers_id=made)
            n_made += 1
        earlier.insert(0, release)
    return n_made


def _moves_by_reason(last: Release | None, calculation_id: str) -> dict[str, int]:
    """How many figures moved since the last published release, by reason. {} when there is none to compare with."""
    if last is None:
        return {}
    return dict(Counter(move.because for move in analytics.keep_moves(store(), last.calculation_id, calculation_id)))


def calculate_queued_release(job: Job, progress: queue.Progress) -> str:
    """The handler of CALCULATE_A_RELEASE: safe to run twice, as the same calculation is the same release."""
    programme = Programme.objects.get(code=job.programme)
    with analytics.listening(progress.say):
        release = calculate_release(by=SYSTEM, at=clock.now(), programme=programme)
    if release.is_published:
        return f"Nothing has changed since {release.reference}, so there is no new draft."
    return f"{release.reference.capitalize()} was made, as a draft. Its page says what moved."


def give_up_calculating(job: Job, problem: str) -> None:
    """Nothing to leave behind: no draft appears, the last release stands, and the job itself says what stopped it."""
