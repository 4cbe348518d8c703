"""Ten thousand audits of 65 questions, and a frame of 150,000 cases: a release, a sample, the pages, and saving.

What is measured goes through the services and pages, in one process on SQLite, in time of a processor and by the clock;
what is saved as it is typed goes through the server as served, by the clock of whoever waits for it. What the aims are
held to is the clock, on a quiet machine. Making what is measured takes about half a minute.

    python -m bench.audits FOLDER        in an empty folder, which HOLDFAST_DATA names
"""

import gc
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.audits_there import (
    FIRST,
    N_AUDITS,
    N_CASES,
    N_TO_GRADE,
    PASSWORD,
    TODAY,
    add_audits,
    add_release,
    noon,
    set_up,
)
from bench.pages import serving, sign_in

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, SAVES = 40, 200
MOST_MS, MOST_DRAW_MS, MOST_RELEASE_MS, MOST_SAVE_MS = 300, 1000, 10_000, 100
HERE = "/westmere/audits/"
Times = list[tuple[float, float]]
"""Of one thing done again and again: milliseconds of a processor, and by the clock."""


def timed(do: Callable[[], Any]) -> tuple[float, float]:
    started, used = time.perf_counter(), time.process_time()
    do()
    return 1000 * (time.process_time() - used), 1000 * (time.perf_counter() - started)


def row(times: Times, aim: int | None = None, of_help: Times | None = None) -> dict[str, Any]:
    """The first apart, then the others (or it, where there are none); `of_help`: what the help page took."""
    others = times[1:] or times
    used, clock = ([each[place] for each in others] for place in (0, 1))
    found: dict[str, Any] = {
        "first, ms": round(times[0][1]),
        "of a processor": round(times[0][0]),
        "median, ms": round(statistics.median(clock)),
        "median, of a processor": round(statistics.median(used)),
        "p95, ms": round(_p95(clock)),
        "p95, of a processor": round(_p95(used)),
        "aim, at most": aim or "",
        "median, times the help page": "",
    }
    if of_help:
        found["median, times the help page"] = round(
            statistics.median(clock) / statistics.median(each[1] for each in of_help), 1
        )
    return found


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18] if len(values) > 1 else values[0]


def measure(folder: str) -> dict[str, Any]:
    started = time.perf_counter()
    made = set_up()
    n_answers = add_audits(made)
    took = time.perf_counter() - started
    figures = of_releases(made)
    add_release(made)
    figures |= of_samples(made) | of_pages(made) | of_saving(made, folder)
    return {"figures": figures, "answers": n_answers, "seconds to make them": round(took)}


def of_releases(made: dict[str, Any]) -> dict[str, Any]:
    """By a command, which loads and compiles everything for one; then by a worker that had nothing to do before it."""
    from holdfast.performance import rehearsing

    code = "import json; from bench.audits import by_a_command; print(json.dumps(by_a_command()))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    alone = tuple(json.loads(done.stdout.splitlines()[-1]))
    name = f"a release of {N_AUDITS:,}"
    return {
        f"{name}, by a command": row([alone], MOST_RELEASE_MS),
        "what a worker makes ready while it has nothing to do": row([timed(rehearsing.rehearse)]),
        name: row([timed(release(made, n)) for n in range(4)], MOST_RELEASE_MS),
    }


def by_a_command() -> tuple[float, float]:
    """What a release takes in a process of its own, without the start of Django."""
    import django

    django.setup()
    from holdfast.organisation.models import Programme

    return timed(release({"programme": Programme.objects.get()}, 4))


def release(made: dict[str, Any], n: int) -> Callable[[], Any]:
    """Takes what the room of audits gives, counts it and makes its answers; each time one grade is another."""
    from holdfast.access.doors import SYSTEM
    from holdfast.audits.models import Grading
    from holdfast.performance.services import calculation

    grading = Grading.objects.filter(part="auditor").order_by("pk")[3 * n + 1]
    changed = {code: "good" if grade != "good" else "inadequate" for code, grade in grading.grades.items()}
    Grading.objects.filter(pk=grading.pk).update(grades=changed)
    return lambda: calculation.calculate_release(by=SYSTEM, at=noon(TODAY), programme=made["programme"])


def of_samples(made: dict[str, Any]) -> dict[str, Any]:
    from holdfast.access.doors import SYSTEM
    from holdfast.audits.sampling import verify
    from holdfast.audits.selectors import samples
    from holdfast.audits.services import sampling
    from holdfast.performance.selectors.frames import FrameAsked

    asked = FrameAsked("I24", strata="primary_need")
    facts = {"programme": made["programme"], "version": made["version"], "chosen": "random", "purpose": "Open cases"}
    drawing = {"by": made["practice-manager"], "at": noon(TODAY), "asked": asked, "n": 40, **facts}
    drawn = [timed(lambda: sampling.draw_sample(**drawing))]
    drawn += [timed(lambda: sampling.draw_sample(**drawing, again_why="To be measured")) for _ in range(5)]
    sample = samples.one_sample(SYSTEM, "westmere", 1)
    checked = [timed(lambda: verify(SYSTEM, sample, samples.cases_of(sample))) for _ in range(3)]
    return {
        f"drawing 40 in proportion from {N_CASES:,}, through the service": row(drawn, MOST_DRAW_MS),
        "drawing it again to check it": row(checked, MOST_DRAW_MS),
    }


def of_pages(made: dict[str, Any]) -> dict[str, Any]:
    """Each page, first as a server that has just started gives it, which has made ready what it makes ready."""
    from holdfast.pages import kept
    from holdfast.web import ready

    every = f"{HERE}findings/?of=case-file-audit-2023&since={FIRST}&until={TODAY}"
    manager = _reader(made["practice-manager"])
    manager(f"{HERE}programme/")  # loads what any page loads
    found = f"what {N_AUDITS:,} audits found"
    figures = {f"{found}, of a process that made nothing ready": row([timed(lambda: manager(every))], MOST_MS)}
    kept._kept.clear()
    kept._for_good.clear()
    figures["what a server makes ready as it starts, beside loading itself"] = row([timed(ready.get_ready)])
    gc.collect()
    gc.freeze()  # as a server does once it is ready (decision 162)
    of_help = [timed(lambda: manager("/help")) for _ in range(ROUNDS)]
    figures["the help page"] = row(of_help, None, of_help)
    for name, (who, address) in pages().items():
        read = _reader(made[who])
        times = [timed(lambda address=address, read=read: read(address)) for _ in range(ROUNDS)]  # type: ignore[misc]
        figures[name] = row(times, MOST_MS, of_help)
    figures[f"{found}, just after an audit was added"] = row(list(_after_writing(made, every)), MOST_MS, of_help)
    gc.unfreeze()
    return figures


def pages() -> dict[str, tuple[str, str]]:
    """By name: who reads it, and its address."""
    waits = next(n for n in range(N_AUDITS - 3 * N_TO_GRADE, N_AUDITS) if n % 3 == 0) + 1
    differs = next(n for n in range(N_AUDITS - 6 * N_TO_GRADE, N_AUDITS) if n % 3 == 0) + 1
    every = f"{HERE}findings/?of=case-file-audit-2023&since={FIRST}&until={TODAY}"
    manager, moderator, auditor = "practice-manager", "moderator", "auditor"
    return {
        f"what {N_AUDITS:,} audits found": (manager, every),
        "what those of the last quarter found": (manager, f"{HERE}findings/"),
        "the programme of audits": (manager, f"{HERE}programme/"),
        "audits, the first page": (manager, HERE),
        "audits, the last page": (manager, f"{HERE}?page=200"),
        "samples": (manager, f"{HERE}samples/"),
        "what came of it": (manager, f"{HERE}learning/"),
        "one audit, graded twice": (manager, f"{HERE}{differs}/"),
        "finding a moderator": (manager, f"{HERE}{waits}/moderator/"),
        "calling a panel": (manager, f"{HERE}{differs}/panel/"),
        "deciding a final grade": (manager, f"{HERE}{differs}/final/"),
        "calibration cases": (manager, f"{HERE}calibration/"),
        "positions of 71 requirements": (manager, "/westmere/notice/positions/"),
        f"audits, for a moderator with {N_TO_GRADE} to grade": (moderator, HERE),
        "grading again, blind": (moderator, f"{HERE}{waits}/moderate/"),
        "home of a moderator": (moderator, "/westmere/"),
        "audits, for an auditor of 5,000": (auditor, HERE),
        "answering one part": (auditor, f"{HERE}{N_AUDITS + 1}/answer/part/referral/"),
    }


def _reader(account: Any) -> Callable[[str], None]:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")

    def read(address: str) -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    return read


def _after_writing(made: dict[str, Any], address: str) -> Iterator[tuple[float, float]]:
    from holdfast.access.doors import SYSTEM
    from holdfast.audits.services import auditing

    read = _reader(made["practice-manager"])
    facts = {"programme": made["programme"], "version": made["version"], "team": made["teams"][0], "chosen": "random"}
    for n in range(ROUNDS // 2):
        auditing.add_audit(by=SYSTEM, at=noon(TODAY), case_ref=f"D{n:06}", **facts)
        yield timed(lambda: read(address))


def of_saving(made: dict[str, Any], folder: str) -> dict[str, Any]:
    """One auditor who types: each save of a part and its answer, on one connection as a browser keeps it."""
    with serving(folder) as port:
        cookie = sign_in(port, "auditor", PASSWORD)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

        def ask(method: str, path: str, fields: Any = None) -> str:
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, path, urllib.parse.urlencode(fields, doseq=True) if fields else None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            assert answer.status == 200, (path, answer.status)
            return text

        of_help = [timed(lambda: ask("GET", "/help")) for _ in range(ROUNDS)]
        saved = list(_saves(ask, made))
        connection.close()
    rows = {
        "the help page, through the server": row(of_help, None, of_help),
        "answers saved as they are typed, through the server": row(saved, MOST_SAVE_MS, of_help),
    }
    for each in rows.values():  # the server's processor is not ours
        each |= dict.fromkeys([key for key in each if "processor" in key], "")
    return rows | {"the same, in one process": row(list(_saves(_asked_here(made), made)), MOST_SAVE_MS)}


def _asked_here(made: dict[str, Any]) -> Callable[..., str]:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(made["auditor"], backend="allauth.account.auth_backends.AuthenticationBackend")

    def ask(method: str, path: str, fields: Any = None) -> str:
        answer = client.post(path, fields) if fields else client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    return ask


def _saves(ask: Callable[..., str], made: dict[str, Any]) -> Iterator[tuple[float, float]]:
    """Each sends every answer of the part, of which all are others than before, as the script of the page does."""
    from holdfast.questions import selectors

    part = selectors.wording(made["version"]).sections[1]
    address = f"{HERE}{N_AUDITS + 1}/answer/part/{part.code}/"
    page = ask("GET", address)
    fields: dict[str, Any] = {"how": "autosave", "shown": re.findall(r'name="shown" value="([^"]*)"', page)}
    for name in ("csrfmiddlewaretoken", "revision"):
        fields[name] = re.findall(rf'name="{name}" value="([^"]*)"', page)[0]
    scales = {one.code: (one.scale.choices, one.stops_on) for one in part.questions if one.scale}
    choices = {code: [one.code for one in every if one.code not in stops] for code, (every, stops) in scales.items()}

    def save(n: int) -> None:
        answers = {code: own[n % len(own)] for code, own in choices.items()}
        said = json.loads(ask("POST", address, {**fields, **answers, "key": f"typed {n}"}))
        assert not said["is_older"]
        fields["revision"] = said["revision"]

    for n in range(SAVES):
        yield timed(lambda n=n: save(n))  # type: ignore[misc]


def run() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        own = {"HOLDFAST_DATA": folder, "HOLDFAST_MODE": "demo", "HOLDFAST_TODAY": TODAY.isoformat()}
        environment = {**os.environ, **own, "PYTHONPATH": f"src{os.pathsep}."}
        command = [sys.executable, "-m", "bench.audits", folder]
        done = subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True, text=True)
        return dict(json.loads(done.stdout.splitlines()[-1])["figures"])


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
