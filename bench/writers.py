"""Fifty writers, forty writes each, at once on SQLite, through a service: as threads of one process, and of two."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WRITERS, WRITES_EACH = 50, 40


def set_up() -> Any:
    """The programme that everybody writes to, in the database of HOLDFAST_DATA; made by whoever comes first."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "holdfast.web.settings"
    django.setup()
    from django.core.management import call_command

    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.organisation import services
    from holdfast.organisation.models import Programme

    call_command("migrate", verbosity=0)
    if not Programme.objects.exists():
        council = services.create_council(by=SYSTEM, at=clock.now(), code="998", name="Westmere")
        services.create_programme(
            by=SYSTEM, at=clock.now(), code="westmere", name="Westmere", council=council, starts_on=date(2031, 1, 1)
        )
    return Programme.objects.get()


def write(first: int, n_writers: int) -> dict[str, Any]:
    """This process's share of the writers; how many writes failed, and the seconds that each of the others took."""
    from django.db import connection

    programme = set_up()
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM
    from holdfast.organisation import services

    seconds: list[float] = []
    failed: list[str] = []

    def keep_writing(who: int) -> None:
        for turn in range(WRITES_EACH):
            started = time.perf_counter()
            try:
                name = f"t-{who}-{turn}"
                services.add_team(by=SYSTEM, at=clock.now(), programme=programme, code=name, name=name)
                seconds.append(time.perf_counter() - started)
            except Exception as problem:  # counted, whatever it is: none is expected
                failed.append(repr(problem))
        connection.close()

    writers = [threading.Thread(target=keep_writing, args=(who,)) for who in range(first, first + n_writers)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return {"failed": failed, "seconds": seconds}


def measured(n_processes: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "HOLDFAST_DATA": scratch, "HOLDFAST_MODE": "test", "PYTHONPATH": f"src:{ROOT}"}
        command = [sys.executable, "-m", "bench.writers"]
        each = WRITERS // n_processes
        subprocess.run([*command, "0", "0"], check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        started = time.perf_counter()
        running = [
            subprocess.Popen(
                [*command, str(n * each), str(each)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
            )
            for n in range(n_processes)
        ]
        found = [json.loads(process.communicate()[0]) for process in running]
        elapsed = time.perf_counter() - started
        checked = subprocess.run(
            [*command, "check"], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
    seconds = sorted(one for each in found for one in each["seconds"])
    return {
        "writes": WRITERS * WRITES_EACH,
        "lost": len(seconds) - json.loads(checked.stdout)["kept"],
        "failed": sum(len(each["failed"]) for each in found),
        "rows not as trailed": json.loads(checked.stdout)["problems"],
        "seconds": round(elapsed, 1),
        "half within, seconds": round(seconds[len(seconds) // 2], 2),
        "longest, seconds": round(seconds[-1], 2),
    }


def check() -> dict[str, int]:
    set_up()
    from holdfast.access.checking import check_records
    from holdfast.access.trail import broken_rows
    from holdfast.organisation.models import Team

    return {"kept": Team.objects.count(), "problems": len([*check_records(), *broken_rows()])}


def run() -> dict[str, Any]:
    return {f"{n} process{'es' if n > 1 else ''}": measured(n) for n in (1, 2)}


if __name__ == "__main__":
    print(json.dumps(check() if sys.argv[1] == "check" else write(int(sys.argv[1]), int(sys.argv[2]))))
