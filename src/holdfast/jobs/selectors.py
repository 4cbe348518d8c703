"""How the work behind the pages goes: what waits, what failed, whether a worker runs. For whoever looks after it."""

from dataclasses import dataclass
from datetime import datetime

from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.jobs.models import Job
from holdfast.jobs.queue import has_worker


@dataclass(frozen=True)
class WorkState:
    """Jobs of a programme by state, and when the oldest one that waits was queued; None when none waits."""

    n_waiting: int
    n_failed: int
    waits_since: datetime | None
    has_worker: bool


def work_state(user: Actor, code: str) -> WorkState:
    """What waits and what failed, for an administrator. Raises Refused."""
    check(user, Permission.MANAGE_ACCOUNTS, code)
    jobs = list(Job.objects.filter(programme=code).exclude(state=Job.State.DONE).order_by("queued_at"))
    waiting = [job.queued_at for job in jobs if job.state == Job.State.QUEUED]
    n_failed = sum(job.state == Job.State.FAILED for job in jobs)
    return WorkState(len(waiting), n_failed, waiting[0] if waiting else None, has_worker())
