"""The demonstration after its own day: returns read, meetings held and actions done, each on its day up to another.

What happened is data in library/later.json; a day on which it has nothing recorded nothing. Rule: the clock stands on
the day of what is written, so a release is published, and a paper frozen, on the day that it says.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.conf import settings as django_settings

from holdfast.agreements.models import Version
from holdfast.organisation.models import Post, Programme
from holdfast.web.demo import agreements, content, governance, plan_year
from holdfast.web.demo.decisions import decide, record_step

FILE: Final = Path(__file__).parents[1] / "library" / "later.json"
Step = Callable[[], Iterator[str]]


def stand_on(day: date) -> None:
    """Fix this process's day, as HOLDFAST_TODAY does. Only for the building of a demonstration."""
    django_settings.HOLDFAST_TODAY = day


def go_on(programme: Programme, folder: Path, settings: dict[str, Any], until: date) -> Iterator[str]:
    """Everything that happened to a programme up to a day, in the order of its days. Says what it did."""
    facts = json.loads(FILE.read_text(encoding="utf-8")).get(programme.code, {})
    steps = [
        *_counted(programme, folder, settings, facts),
        *_reported(programme, facts),
        *_met(programme, facts),
        *_planned(programme, facts),
        *_agreed(programme, facts),
        *_reviewed(programme, facts),
    ]
    for day, step in sorted(steps, key=lambda dated: dated[0]):
        if day <= until:
            stand_on(day)
            yield from step()


def _counted(
    programme: Programme, folder: Path, settings: dict[str, Any], facts: dict[str, Any]
) -> Iterator[tuple[date, Step]]:
    for given in facts.get("returns", []):
        as_at, read_on = date.fromisoformat(given["as_at"]), date.fromisoformat(given["read_on"])
        yield read_on, partial(content.add_return, programme, folder, settings, as_at, given["besides"])


def _reported(programme: Programme, facts: dict[str, Any]) -> Iterator[tuple[date, Step]]:
    """The report to Ministers for each date that one is asked for, frozen when its figures were published."""
    for given in facts.get("reports", []):
        yield date.fromisoformat(given["frozen_on"]), partial(_report, programme, given)


def _report(programme: Programme, given: dict[str, Any]) -> Iterator[str]:
    yield content.freeze_report(programme, date.fromisoformat(given["prepared_for"]))


def _met(programme: Programme, facts: dict[str, Any]) -> Iterator[tuple[date, Step]]:
    """The agenda of each meeting, its pack and the meeting itself, each on its day."""
    for given in facts.get("meetings", []):
        held_on = governance.meeting_of(programme, given).held_on
        if "items" in given:
            yield held_on - timedelta(days=governance.AGENDA_DAYS), partial(_prepare, programme, given)
        yield governance.papers_day(governance.meeting_of(programme, given)), partial(_freeze, programme, given)
        if not given.get("is_to_come"):
            yield held_on, partial(_hold, programme, given)


def _prepare(programme: Programme, given: dict[str, Any]) -> Iterator[str]:
    meeting = governance.meeting_of(programme, given)
    governance.prepare(meeting, given)
    yield f"{meeting}: its agenda"


def _freeze(programme: Programme, given: dict[str, Any]) -> Iterator[str]:
    yield governance.make_pack(governance.meeting_of(programme, given))


def _hold(programme: Programme, given: dict[str, Any]) -> Iterator[str]:
    """A meeting: who came, the last one's minutes approved, what was said and what was decided."""
    meeting = governance.meeting_of(programme, given)
    yield governance.hold(programme, meeting, given, governance.seats_of(programme))
    governance.approve(governance.meeting_of(programme, given | {"number": meeting.number - 1}), given["approves"])
    posts = {post.code: post for post in Post.objects.filter(programme=programme)}
    for decision in given["decisions"]:
        decide(meeting, decision, posts)


def _planned(programme: Programme, facts: dict[str, Any]) -> Iterator[tuple[date, Step]]:
    for event in facts.get("events", []):
        yield date.fromisoformat(event["on"]), partial(_happen, programme, event)


def _agreed(programme: Programme, facts: dict[str, Any]) -> Iterator[tuple[date, Step]]:
    for said in facts.get("answers", []):
        yield date.fromisoformat(said["on"]), partial(_answer, programme, said)


def _reviewed(programme: Programme, facts: dict[str, Any]) -> Iterator[tuple[date, Step]]:
    """Each step of the intervention, on the day that its letter came."""
    for day, *step in facts.get("steps", []):
        yield date.fromisoformat(day), partial(_step, programme, day, *step)


def _step(programme: Programme, day: str, *step: str) -> Iterator[str]:
    record_step(programme, *step, known_on=day)
    yield from ()


def _answer(programme: Programme, said: dict[str, Any]) -> Iterator[str]:
    of_programme = Version.objects.filter(subject__programme=programme)
    agreements.answer(of_programme.get(subject__code=said["subject"], number=said["version"]), said)
    yield from ()


def _happen(programme: Programme, event: dict[str, Any]) -> Iterator[str]:
    plan_year.happen(programme, event)
    yield from ()
