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


def _register(seconds: float) -> None:
    from holdfast.jobs import queue

    folder = Path(os.environ["HOLDFAST_DATA"])

    def run(job: object) -> None:
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

    from django.core.management import call_command

    from holdfast.organisation.models import Council, Programme

    call_command("migrate", verbosity=0)
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


def _stop_at(step: str) -> None:
    """Make the reading of a return stop, and wait to be killed: before it is kept, or after, or in the calculation."""
    from holdfast.performance.services import calculation, intake

    def stop(*args: object, **more: object) -> None:
        (Path(os.environ["HOLDFAST_DATA"]) / "started").write_text("s")
        threading.Event().wait(120)

    if step == "before it is kept":
        intake._why_not_kept = stop  # type: ignore[assignment]
    elif step == "after it is kept":
        intake.record_reading = stop  # type: ignore[assignment]
    elif step == "when it is calculated":
        calculation.add_release = stop  # type: ignore[assignment]


def _found() -> None:
    from holdfast.performance.keeping import store
    from holdfast.performance.models import Release, Return

    left = list((Path(os.environ["HOLDFAST_DATA"]) / "reading").iterdir())
    states = ",".join(one.state for one in Return.objects.all())
    print(f"{states} loads={len(store().loads())} releases={Release.objects.count()} left={len(left)}")
    print("\n".join(store().verify()))


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
    elif step == "found":
        _found()
    else:
        from holdfast.jobs import queue

        _stop_at(step)
        queue.work(until_empty=True)
