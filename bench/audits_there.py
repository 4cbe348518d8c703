"""What bench.audits measures on: 10,000 audits handed in, some in hand, some to grade again, and a frame of 150,000.

The rows are written past the services, which would take an hour.
"""

import os
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

N_AUDITS, N_OPEN, N_TO_GRADE, N_CASES = 10_000, 60, 60, 150_000
FIRST, TODAY = date(2029, 6, 1), date(2031, 6, 2)
PASSWORD = "four plain invented words"  # noqa: S105  of invented people, for the length of one run
HELD = {"practice-manager": "practice-manager", "auditor": "auditor", "moderator": "moderator", "another": "auditor"}
"""Who there is, and the role that each holds over the whole programme."""


def noon(day: date) -> datetime:
    from holdfast.access import clock

    return datetime.combine(day, time_of_day(12), clock.LONDON)


def set_up() -> dict[str, Any]:
    """A programme with two teams, somebody who leads on practice, auditors, a moderator and the shipped questions."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "holdfast.web.settings"
    django.setup()
    from django.core.management import call_command

    from holdfast.access.doors import SYSTEM
    from holdfast.notice.services import loading
    from holdfast.organisation import services
    from holdfast.questions import reading
    from holdfast.questions.services import write_version
    from holdfast.web.tables import lay_tables

    lay_tables()
    call_command("collectstatic", verbosity=0, interactive=False)
    by: dict[str, Any] = {"by": SYSTEM, "at": noon(FIRST)}
    council = services.create_council(**by, code="998", name="Westmere")
    facts = {"code": "westmere", "name": "Westmere", "council": council, "starts_on": FIRST}
    programme = services.create_programme(**by, **facts)
    teams = [services.add_team(**by, programme=programme, code=code, name=code) for code in ("north", "south")]
    people = {}
    for name, role in HELD.items():
        people[name] = services.create_account(**by, username=name, first_name=name, password=PASSWORD)
        held = {"kind": "programme", "key": "westmere", "from_on": FIRST}
        services.grant_role(**by, account=people[name], role=role, programme=programme, **held)
    loading.load_notice(**by, programme=programme, file=Path("devon-2013.yaml"))
    content = reading.from_file(next(file for file in reading.shipped() if file.stem == "case-file-audit-2023"))
    version = write_version(**by, programme=programme, content=content)
    return {"programme": programme, "teams": teams, "version": version, **people}


def add_audits(made: dict[str, Any]) -> int:
    """Audits handed in over two years, a third graded twice, every question answered. Gives how many answers.

    The last third wait for their second grade, as many for a final one, and after them come audits in hand.
    """
    from holdfast.audits.models import Audit
    from holdfast.questions.models import Sheet, SheetSection

    chance, version = random.Random(2013), made["version"]  # noqa: S311 - invented
    days = [FIRST + timedelta(days=n * 730 // N_AUDITS) for n in range(N_AUDITS)] + [TODAY] * N_OPEN
    sheets = [Sheet(version=version, about=f"audit {n + 1}", begun_at=noon(day)) for n, day in enumerate(days)]
    for sheet in sheets[:N_AUDITS]:
        sheet.handed_in_at = sheet.begun_at
    for sheet in sheets[N_AUDITS:]:
        sheet.answerer = made["auditor"]
    Sheet.objects.bulk_create(sheets, batch_size=2000)
    sections = list(_sections(sheets, version, chance))
    SheetSection.objects.bulk_create(sections, batch_size=2000)
    facts = {"programme": made["programme"], "version": version, "auditor": made["auditor"], "chosen": "random"}
    audits = [
        Audit(number=n + 1, case_ref=f"C{n:06}", team=made["teams"][n % 2], sheet=sheet, **facts)
        for n, sheet in enumerate(sheets)
    ]
    for n, (audit, day) in enumerate(zip(audits, days, strict=True)):
        audit.added_on = audit.allocated_on = audit.due_on = day
        audit.handed_in_on = day if n < N_AUDITS else None
        if n % 2:
            audit.auditor = made["another"] if n < N_AUDITS else made["auditor"]
    Audit.objects.bulk_create(audits, batch_size=2000)
    _add_grades(audits[:N_AUDITS], sections, made, chance)
    return sum(len(section.answers) for section in sections if section.sheet.handed_in_at)


def _sections(sheets: list[Any], version: Any, chance: random.Random) -> Iterator[Any]:
    from holdfast.questions import selectors
    from holdfast.questions.models import SheetSection

    for sheet in sheets:
        for section in selectors.wording(version).sections:
            own = {one.code: {"value": _value(one, chance)} for one in section.questions}
            yield SheetSection(sheet=sheet, section=section.code, answers=own, saved_at=sheet.begun_at)


def _value(question: Any, chance: random.Random) -> str:
    """Any answer but one that stops the form."""
    if question.scale is None:
        return "Invented."
    return chance.choice([one.code for one in question.scale.choices if one.code not in question.stops_on])


def _add_grades(audits: list[Any], sections: list[Any], made: dict[str, Any], chance: random.Random) -> None:
    """The auditor's own, as answered; of every third a moderator's, alike in two of three; and then a final one."""
    from holdfast.audits.grading import judged, whole_question
    from holdfast.audits.models import Grading, Moderation
    from holdfast.questions import selectors

    wording = selectors.wording(made["version"])
    asked, whole = judged(wording), whole_question(wording)
    assert whole is not None
    assert whole.scale is not None
    answered: dict[int, dict[str, Any]] = {}
    for section in sections:
        answered.setdefault(section.sheet_id, {}).update(section.answers)
    gradings, drawn = [], []

    def add(audit: Any, part: str, grades: dict[str, str]) -> None:
        gradings.append(
            Grading(audit=audit, part=part, whole=grades[whole.code], grades=grades, given_on=audit.added_on)
        )

    for n, audit in enumerate(audits):
        grades = {one.code: answered[audit.sheet_id][one.code]["value"] for one in asked}
        add(audit, "auditor", grades)
        if n % 3:
            continue
        drawn.append(Moderation(audit=audit, why="share", drawn_on=audit.added_on, moderator=made["moderator"]))
        if n >= N_AUDITS - 3 * N_TO_GRADE:
            continue
        other = grades if chance.random() < 2 / 3 else grades | {whole.code: chance.choice(whole.scale.choices).code}
        add(audit, "moderator", other)
        if n < N_AUDITS - 6 * N_TO_GRADE:
            add(audit, "final", other)
    Moderation.objects.bulk_create(drawn, batch_size=2000)
    Grading.objects.bulk_create(gradings, batch_size=2000)


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
