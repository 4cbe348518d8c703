"""What the demonstration has agreed: versions put forward, answered by people and by minutes, late, declined, waiting.

Each is written as of its own day, by whoever would have written it then. The wordings are in library/agreements.json.
Rule: what was put forward before a meeting is put forward before that meeting is entered, so that words which are the
plan's or the indicators' own are those of their day.
"""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.agreements import services
from holdfast.agreements.contents import content_today
from holdfast.agreements.models import Subject, Version
from holdfast.organisation.models import Programme

LIBRARY: Final = Path(__file__).parents[1] / "library" / "agreements.json"
OFFICE: Final = "programme-office"


def add(programme: Programme, *, before: date | None = None) -> None:
    """What the programme was asked to agree before a day (None: all of it), with every answer it has had."""
    known = json.loads(LIBRARY.read_text(encoding="utf-8"))["subjects"].get(programme.code, [])
    for facts in known:
        subject = Subject.objects.filter(programme=programme, code=facts["code"]).first()
        for version in facts["versions"][subject.versions.count() if subject else 0 :]:
            if before is None or date.fromisoformat(version["proposed_on"]) < before:
                subject = subject or _subject(programme, facts)
                _put_forward(subject, version)


def _subject(programme: Programme, facts: dict[str, Any]) -> Subject:
    named = {"code": facts["code"], "kind": facts["kind"], "title": facts["title"], "is_invented": True}
    return services.add_subject(
        **_as(_proposer(facts["versions"][0]), facts["versions"][0]["proposed_on"]), programme=programme, **named
    )


def _put_forward(subject: Subject, facts: dict[str, Any]) -> Version:
    """A version, with every answer it has had. `content`: its words are those another room keeps today."""
    kept = content_today(SYSTEM, subject.programme.code, subject.kind) if facts.get("content") else None
    days = {name: date.fromisoformat(facts[name]) for name in ("agree_by", "review_by") if name in facts}
    version = services.propose_version(
        **_as(_proposer(facts), facts["proposed_on"]),
        subject=subject,
        words=kept or "\n".join(facts["words"]),
        parties=[_named(party) for party in facts["parties"]],
        change=facts.get("change", ""),
        **days,
    )
    for said in facts["answers"]:
        answer(version, said)
    return version


def answer(version: Version, said: dict[str, Any]) -> None:
    """What one party said of a version: signed in, or by a minute that the programme office records."""
    kind, key = _named(said["party"])
    services.say(
        **_as(said.get("by", OFFICE), said["on"]),
        version=version,
        party=version.parties.get(kind=kind, key=key),
        answer=said["answer"],
        words=said.get("words", ""),
        minute=said.get("minute", ""),
        said_on=date.fromisoformat(said["on"]),
    )


def _named(party: str) -> tuple[str, str]:
    kind, _, key = party.partition(":")
    return kind, key


def _proposer(version: dict[str, Any]) -> str:
    return str(version.get("by", OFFICE))


def _as(username: str, day: str) -> dict[str, Any]:
    """Written by somebody at noon of a day."""
    at = datetime.combine(date.fromisoformat(day), time(12), clock.LONDON)
    return {"by": Account.objects.get(username=username), "at": at}
