"""A pack or a supplement asked for on a page: queued, drawn by a worker, and what the page says meanwhile.

Not here: making it (packs.py), which a command does at once. Rule: asked for once, it is made once, run twice or not.
"""

from datetime import datetime
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.governance.models import Meeting, Pack
from holdfast.governance.selectors import packs as selectors
from holdfast.governance.services.packing import NoPack
from holdfast.jobs import queue
from holdfast.jobs.models import Job
from holdfast.pages.words import listed, lower_first
from holdfast.reports import packs

FREEZE_A_PACK: Final = "freeze-a-pack"
NO_WORKER: Final = "no worker is running. Ask whoever runs the service to start one: holdfast worker."


@service
def request_pack(*, by: Actor, at: datetime, meeting: Meeting) -> Job:
    """Queue the freezing of a meeting's pack, or of its next supplement. One that waits already is enough.

    Raises Refused, or NoPack without an agenda or where nothing has come since the last.
    """
    code = meeting.body.programme.code
    check(by, Permission.MANAGE_MEETINGS, code)
    supplement = selectors.next_supplement(meeting)
    if not meeting.items.filter(withdrawn_because="").exists():
        raise NoPack(packs.NO_AGENDA)
    if supplement and not selectors.unsent_papers(meeting):
        raise NoPack("Every paper has gone out: there is nothing to make a supplement of.")
    job = working(meeting) or queue.enqueue(
        FREEZE_A_PACK, code, {"meeting": meeting.pk, "supplement": supplement, "by": getattr(by, "pk", None)}
    )
    record("pack asked for", programme=code, subject=Pack(meeting=meeting, supplement=supplement).name)
    return job


def freeze_queued_pack(job: Job, progress: queue.Progress) -> str:
    """The handler of FREEZE_A_PACK: run twice it finds what it made the first time, and makes no supplement instead."""
    meeting = Meeting.objects.select_related("body__programme").get(pk=job.payload["meeting"])
    pk, supplement = job.payload["by"], job.payload["supplement"]
    by: Actor = SYSTEM if pk is None else Account.objects.get(pk=pk)
    if selectors.next_supplement(meeting) == supplement:
        try:
            packs.make_pack(by=by, at=clock.now(), meeting=meeting, say=progress.say)
        except NotDone as refusal:
            return str(refusal)
    made = [pack.name for pack in selectors.packs(SYSTEM, job.programme, meeting) if pack.supplement == supplement]
    return f"{listed(made)} {'is' if len(made) == 1 else 'are'} frozen."


def give_up_freezing(job: Job, problem: str) -> None:
    """Nothing to leave behind: nothing was frozen, and the job itself says what stopped it."""


def working(meeting: Meeting) -> Job | None:
    """The work that a meeting's pack waits for; None when none does."""
    last = _last(meeting)
    return last if last is not None and last.state in (Job.State.QUEUED, Job.State.RUNNING) else None


def _last(meeting: Meeting) -> Job | None:
    """What was asked for last of a meeting's pack: nothing is asked for while something waits."""
    asked = Job.objects.filter(kind=FREEZE_A_PACK, programme=meeting.body.programme.code, payload__meeting=meeting.pk)
    return asked.order_by("-pk").first()


def how_far(meeting: Meeting) -> dict[str, Any]:
    """What its page says of work that somebody waits for, or of work that failed last; {} where there is none."""
    job = _last(meeting)
    if job is None or job.state == Job.State.DONE:
        return {}
    if job.state == Job.State.FAILED:
        return {"failed": job.problem}
    if job.state == Job.State.QUEUED:
        words = "It is to be frozen, and waits its turn." if queue.has_worker() else f"It waits: {NO_WORKER}"
    elif queue.has_lapsed(job):
        words = "It stopped before its end, and begins again. Nothing is lost."
    else:
        words = f"Being frozen: {lower_first(job.step)}." if job.step else "Being frozen."
    return {"progress": {"words": words, "n_done": job.n_done, "n_total": job.n_total}}
