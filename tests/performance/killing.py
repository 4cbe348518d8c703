"""Starts a worker as a process of its own on a database file, so that a test can kill it at a chosen moment.

Run as `python killing.py STEP`. The job it knows writes one letter when it starts and one when it ends.
"""

import os
import sys
import threading
from pathlib import Path
from typing import Any


def _set_up() -> None:
    # The settings of the product itself: those of the tests would give this process a folder of its own.
    os.environ["DJANGO_SETTINGS_MODULE"] = "holdfast.web.settings"
    import django

    django.setup()
    _count_few()


FEW = ("I03", "I04", "I20")


def _count_few() -> None:
    """A worker dies alike whatever it counts: a release of three indicators is made in a second, and of all in five."""
    from holdfast.analytics.indicators.definitions import INDICATORS

    for name in set(INDICATORS) - set(FEW):
        del INDICATORS[name]


def _register(seconds: float) -> None:
    from holdfast.jobs import queue

    folder = Path(os.environ["HOLDFAST_DATA"])

    def run(job: object, progress: object) -> None:
        with (folder / "started").open("a") as started:
            started.write("s")
        threading.Event().wait(seconds)
        with (folder / "ended").open("a") as ended:
            ended.write("e")

    def give_up(job: object, problem: str) -> None:
        (folder / "given_up").write_text(problem)

    queue.register_job("a long piece of work", run=run, give_up=give_up)


def _programme() -> Any:
    from datetime import date

    from holdfast.organisation.models import Council, Programme

    council = Council.objects.create(code="998", name="Westmere County Council")
    return Programme.objects.create(code="westmere-2031", name="Westmere", council=council, starts_on=date(2013, 9, 12))


def _prepare() -> None:
    from holdfast.jobs import queue

    queue.enqueue("a long piece of work", _programme().code)


def _send() -> None:
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.performance.services.intake import submit_return
    from performance import census

    folder = Path(os.environ["HOLDFAST_DATA"])
    file = census.write(folder / "sent", census.census())
    submit_return(by=SYSTEM, at=clock.now(), programme=_programme(), file=file, name="census.xml")


MOMENTS = (
    "before it is read",
    "while its rows are copied",
    "before it is kept",
    "while its load is put in place",
    "after it is kept",
    "after it is recorded",
    "while it is counted",
    "while its answers are written",
    "when it is calculated",
    "after its draft is added",
)
"""Moments of reading a return and of calculating a release, in order, at which a worker is killed."""


def _stop_at(moment: str) -> None:
    """Make the work stop at a moment, and wait to be killed."""
    from holdfast import analytics
    from holdfast.analytics import answering, calculation, store
    from holdfast.performance.services import calculation as calculating
    from holdfast.performance.services import intake

    def stop(*args: object, **more: object) -> None:
        (Path(os.environ["HOLDFAST_DATA"]) / "started").write_text("s")
        threading.Event().wait(120)

    def then_stop(work: Any) -> Any:
        return lambda *args, **more: (work(*args, **more), stop())

    place, name = {
        "before it is read": (analytics, "read_return"),
        "while its rows are copied": (store.shutil, "copyfile"),
        "before it is kept": (intake, "_why_not_kept"),
        "while its load is put in place": (store, "_flush"),
        "after it is kept": (intake, "record_reading"),
        "after it is recorded": (intake, "record_reading"),
        "while it is counted": (calculation, "write"),
        "while its answers are written": (answering, "_write"),
        "when it is calculated": (calculating, "add_release"),
        "after its draft is added": (calculating, "add_release"),
    }[moment]
    is_done_first = moment in ("after it is recorded", "after its draft is added")
    setattr(place, name, then_stop(getattr(place, name)) if is_done_first else stop)


def _found() -> None:
    from holdfast.access.trail import broken_rows
    from holdfast.jobs.models import Job
    from holdfast.performance.keeping import store
    from holdfast.performance.models import Release, Return
    from holdfast.web.verify import clear_what_was_left

    folder = Path(os.environ["HOLDFAST_DATA"])
    clear_what_was_left()  # as a worker does when it starts
    left = [*(folder / "reading").iterdir(), *(folder / "store/aside").iterdir()]
    states = ",".join(returned.state for returned in Return.objects.all())
    print(f"{states} loads={len(store().loads())} releases={Release.objects.count()} left={len(left)}")
    print("\n".join([*(f"{job.state}: {job.outcome}" for job in Job.objects.order_by("pk")), *store().verify()]))
    print("\n".join(broken.problem for broken in broken_rows()))


def _states() -> None:
    from holdfast.jobs.models import Job

    print(",".join(f"{job.state}:{job.attempts}" for job in Job.objects.all()))


if __name__ == "__main__":
    _set_up()
    step = sys.argv[1]
    _register(float(sys.argv[2]) if len(sys.argv) > 2 else 0)
    if step == "prepare":
        _prepare()
    elif step == "work":
        from holdfast.jobs import queue

        queue.work(until_empty=True)
    elif step == "states":
        _states()
    elif step == "send":
        _send()
    elif step == "work and tell":
        from holdfast.jobs import queue

        queue.work(until_empty=True)
        _found()
    else:
        from holdfast.jobs import queue

        _stop_at(step)
        queue.work(until_empty=True)
