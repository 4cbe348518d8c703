"""Starts a worker as a process of its own on a database file, so that a test can kill it at a chosen moment.

Run as `python killing.py STEP`. The job it knows writes one letter when it starts and one when it ends.
"""

import os
import sys
import threading
from pathlib import Path


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.web.settings")
    import django

    django.setup()


def _register(seconds: float) -> None:
    from holdfast.performance import jobs

    folder = Path(os.environ["HOLDFAST_DATA"])

    def run(job: object) -> None:
        with (folder / "started").open("a") as started:
            started.write("s")
        threading.Event().wait(seconds)
        with (folder / "ended").open("a") as ended:
            ended.write("e")

    def give_up(job: object, problem: str) -> None:
        (folder / "given_up").write_text(problem)

    jobs.register_job("a long piece of work", run=run, give_up=give_up)


def _prepare() -> None:
    from datetime import date

    from django.core.management import call_command

    from holdfast.organisation.models import Council, Programme
    from holdfast.performance import jobs

    call_command("migrate", verbosity=0)
    council = Council.objects.create(code="998", name="Westmere County Council")
    programme = Programme.objects.create(
        code="westmere-2031", name="Westmere", council=council, starts_on=date(2013, 9, 12)
    )
    jobs.enqueue("a long piece of work", programme)


def _states() -> None:
    from holdfast.performance.models import Job

    print(",".join(f"{job.state}:{job.attempts}" for job in Job.objects.all()))


if __name__ == "__main__":
    _set_up()
    step = sys.argv[1]
    _register(float(sys.argv[2]) if len(sys.argv) > 2 else 0)
    if step == "prepare":
        _prepare()
    elif step == "work":
        from holdfast.performance import jobs

        jobs.work(until_empty=True)
    elif step == "states":
        _states()
