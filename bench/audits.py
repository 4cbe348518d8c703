"""Ten thousand audits of 65 questions, and a frame of 150,000 cases: a release, a sample and the pages of audits.

The rows are written past the services, which would take an hour; what is measured goes through them and through the
pages, in one process, on SQLite, in time of a processor. Each page is asked for once anew, and then again and again.

    python -m bench.audits FOLDER        in an empty folder, which HOLDFAST_DATA names
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
N_AUDITS, N_CASES, N_MONTHS, ROUNDS = 10_000, 150_000, 24, 40
FIRST, TODAY = date(2029, 6, 1), date(2031, 6, 2)
MOST_MS, MOST_DRAW_MS, MOST_RELEASE_MS = 300, 1000, 10_000


def noon(day: date) -> datetime:
    from holdfast.access import clock

    return datetime.combine(day, time_of_day(12), clock.LONDON)


def set_up() -> dict[str, Any]:
    """A programme with two teams, somebody who leads on practice, an auditor, a moderator and the shipped questions."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "holdfast.web.settings"
    django.setup()
    from django.core.management import call_command

    from holdfast.access.doors import SYSTEM
    from holdfast.organisation import services
    from holdfast.questions import reading
    from holdfast.questions.services import write_version

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    by: dict[str, Any] = {"by": SYSTEM, "at": noon(FIRST)}
    council = services.create_council(**by, code="998", name="Westmere")
    facts = {"code": "westmere", "name": "Westmere", "council": council, "starts_on": FIRST}
    programme = services.create_programme(**by, **facts)
    teams = [services.add_team(**by, programme=programme, code=code, name=code) for code in ("north", "south")]
    people = {}
    for role in ("practice-manager", "auditor", "moderator"):
        people[role] = services.create_account(**by, username=role, first_name=role)
        held = {"kind": "programme", "key": "westmere", "from_on": FIRST}
        services.grant_role(**by, account=people[role], role=role, programme=programme, **held)
    content = reading.from_file(next(file for file in reading.shipped() if file.stem == "case-file-audit-2023"))
    version = write_version(**by, programme=programme, content=content)
    return {"programme": programme, "teams": teams, "version": version, **people}


def add_audits(made: dict[str, Any]) -> int:
    """Audits handed in over two years, a third graded twice, every question answered. Gives how many answers."""
    from holdfast.audits.models import Audit, Grading, Moderation
    from holdfast.questions import selectors
    from holdfast.questions.models import Sheet, SheetSection

    chance, version = random.Random(2013), made["version"]  # noqa: S311 - invented
    wording = selectors.wording(version)
    days = [FIRST + timedelta(days=n * 730 // N_AUDITS) for n in range(N_AUDITS)]
    sheets = [Sheet(version=version, about=f"audit {n}", begun_at=noon(day)) for n, day in enumerate(days)]
    for sheet in sheets:
        sheet.handed_in_at = sheet.begun_at
    sheets = Sheet.objects.bulk_create(sheets, batch_size=2000)
    sections, n_answers, wholes = [], 0, []
    for sheet in sheets:
        for section in wording.sections:
            own = {one.code: {"value": _value(one, chance)} for one in section.questions}
            n_answers += len(own)
            sections.append(SheetSection(sheet=sheet, section=section.code, answers=own, saved_at=sheet.begun_at))
        wholes.append(chance.choice(["outstanding", "good", "requires-improvement", "inadequate"]))
    SheetSection.objects.bulk_create(sections, batch_size=2000)
    facts = {"programme": made["programme"], "version": version, "auditor": made["auditor"], "chosen": "random"}
    audits = [
        Audit(number=n + 1, case_ref=f"C{n:06}", team=made["teams"][n % 2], sheet=sheet, **facts)
        for n, sheet in enumerate(sheets)
    ]
    for audit, day in zip(audits, days, strict=True):
        audit.added_on = audit.allocated_on = audit.due_on = audit.handed_in_on = day
    audits = Audit.objects.bulk_create(audits, batch_size=2000)
    gradings, drawn = [], []
    for n, (audit, whole) in enumerate(zip(audits, wholes, strict=True)):
        gradings.append(Grading(audit=audit, part="auditor", whole=whole, given_on=audit.added_on))
        if n % 3 == 0:
            drawn.append(Moderation(audit=audit, why="share", drawn_on=audit.added_on, moderator=made["moderator"]))
            gradings.append(Grading(audit=audit, part="moderator", whole=whole, given_on=audit.added_on))
            gradings.append(Grading(audit=audit, part="final", whole=whole, given_on=audit.added_on))
    Moderation.objects.bulk_create(drawn, batch_size=2000)
    Grading.objects.bulk_create(gradings, batch_size=2000)
    return n_answers


def _value(question: Any, chance: random.Random) -> str:
    return chance.choice(question.scale.choices).code if question.scale else "Invented."


def add_release(made: dict[str, Any]) -> None:
    """A published release with 150,000 children behind one figure of one month, each of a team and a need."""
    import ibis
    import pyarrow as pa
    import pyarrow.parquet as pq

    from holdfast.analytics.calculation import ROW_SCHEMA, as_facts
    from holdfast.analytics.figure import month
    from holdfast.performance.keeping import store
    from holdfast.performance.models import Release

    may = month(2031, 5)

    def build(folder: Path) -> dict[str, Any]:
        (folder / "rows").mkdir()
        children = [f"CH{n:07}" for n in range(N_CASES)]
        own = {"unit_id": children, "child": children, "period": [may.id] * N_CASES}
        own |= {"event_on": [may.ends_on] * N_CASES, "in_numerator": [n % 3 == 0 for n in range(N_CASES)]}
        own |= {"case_team": [("north", "south")[n % 2] for n in range(N_CASES)]}
        own |= {"primary_need": [f"N{n % 9}" for n in range(N_CASES)]}
        schema = ibis.schema(ROW_SCHEMA).to_pyarrow()
        columns = [pa.array(own.get(field.name, [None] * N_CASES), field.type) for field in schema]
        pq.write_table(pa.table(columns, schema=schema), folder / "rows" / "I24.parquet", row_group_size=20_000)
        spans = {"first_day": may.starts_on, "as_at": may.ends_on, "snapshot": "x", "sources": {}}
        held = {"indicators": ["I24"], "periods": [as_facts(may)], "spans": [[may.starts_on, may.ends_on]]}
        breakdowns = ["case_team", "primary_need"]
        return {**spans, "periods": [as_facts(may)], "indicators": {"I24": 1}, "can_break_down": breakdowns} | {
            "held": [held]
        }

    at = noon(TODAY)
    facts = {"calculation_id": store().write_folder("releases", build), "snapshot_id": "x", "engine": "duckdb"}
    facts |= {"as_at": may.ends_on, "n_figures": 0, "calculated_at": at, "published_at": at, "state": "published"}
    Release.objects.create(programme=made["programme"], number=9, **facts)


def ms(do: Callable[[], Any]) -> float:
    """Of a processor: everything is done in this process, and what other programs do meanwhile is not measured."""
    started = time.process_time()
    do()
    return 1000 * (time.process_time() - started)


def release(made: dict[str, Any], n: int) -> Callable[[], Any]:
    """Takes what the room of audits gives, counts it and makes its answers; each time one grade is another."""
    from holdfast.access.doors import SYSTEM
    from holdfast.audits.models import Grading
    from holdfast.performance.services import calculation

    grading = Grading.objects.filter(part="auditor").order_by("pk")[n]
    Grading.objects.filter(pk=grading.pk).update(whole="good" if grading.whole != "good" else "inadequate")
    return lambda: calculation.calculate_release(by=SYSTEM, at=noon(TODAY), programme=made["programme"])


def measure() -> dict[str, Any]:
    made = set_up()
    n_answers = add_audits(made)
    released = [ms(release(made, n)) for n in range(3)]
    add_release(made)
    from django.test import Client

    from holdfast.access.doors import SYSTEM
    from holdfast.audits.selectors import samples
    from holdfast.audits.services import sampling
    from holdfast.performance.selectors.frames import FrameAsked

    asked = FrameAsked("I24", strata="primary_need")
    facts = {"programme": made["programme"], "version": made["version"], "chosen": "random", "purpose": "Open cases"}
    drawing = {"by": made["practice-manager"], "at": noon(TODAY), "asked": asked, "n": 40, **facts}
    first = ms(lambda: sampling.draw_sample(**drawing))
    others = [ms(lambda: sampling.draw_sample(**drawing, again_why="To be measured")) for _ in range(5)]
    sample = samples.one_sample(SYSTEM, "westmere", 1)
    from holdfast.audits.sampling import verify

    checked = ms(lambda: verify(SYSTEM, sample, samples.cases_of(sample)))
    figures = {
        f"a release of {N_AUDITS:,} (aim {MOST_RELEASE_MS:,})": _row(released[0], released[1:]),
        f"drawing 40 in proportion from {N_CASES:,}, through the service (aim {MOST_DRAW_MS})": _row(first, others),
        "drawing it again to check it": _row(checked, [checked]),
    }
    client = Client(SERVER_NAME="localhost")
    client.force_login(made["practice-manager"], backend="allauth.account.auth_backends.AuthenticationBackend")
    here, all_of_them = "/westmere/audits/", "?of=case-file-audit-2023&since=2029-06-01&until=2031-06-02"
    pages = {
        f"what {N_AUDITS:,} audits found": f"{here}findings/{all_of_them}",
        "what those of the last quarter found": f"{here}findings/",
        "the programme of audits": f"{here}programme/",
        "audits, the first page": here,
        "samples": f"{here}samples/",
        "what came of it": f"{here}learning/",
    }
    for name, address in pages.items():
        seconds = [ms(lambda address=address: _got(client, address)) for _ in range(ROUNDS)]  # type: ignore[misc]
        figures[f"{name} (aim {MOST_MS})"] = _row(seconds[0], seconds[1:])
    return {"figures": figures, "answers": n_answers}


def _got(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def _row(first: float, others: list[float]) -> dict[str, Any]:
    cuts = statistics.quantiles(others, n=20) if len(others) > 1 else [others[0]] * 19
    return {"first, ms": round(first), "median, ms": round(statistics.median(others)), "p95, ms": round(cuts[18])}


def run() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        own = {"HOLDFAST_DATA": folder, "HOLDFAST_MODE": "demo", "HOLDFAST_TODAY": TODAY.isoformat()}
        environment = {**os.environ, **own, "PYTHONPATH": f"src{os.pathsep}."}
        command = [sys.executable, "-m", "bench.audits", folder]
        done = subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True, text=True)
        return dict(json.loads(done.stdout.splitlines()[-1])["figures"])


if __name__ == "__main__":
    print(json.dumps(measure()))
