"""What the demonstration has agreed: versions put forward, answered by people and by minutes, late, declined, waiting.

Each is written as of its own day, by whoever would have written it then. The wordings are in library/agreements.json.
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


def add(programme: Programme) -> None:
    """Everything that the programme has to agree, with what was answered so far."""
    known = json.loads(LIBRARY.read_text(encoding="utf-8"))["subjects"].get(programme.code, [])
    for facts in known:
        first = facts["versions"][0]["proposed_on"]
        named = {"code": facts["code"], "kind": facts["kind"], "title": facts["title"], "is_invented": True}
        subject = services.add_subject(**_as(OFFICE, first), programme=programme, **named)
        for version in facts["versions"]:
            _put_forward(subject, version)


def _put_forward(subject: Subject, facts: dict[str, Any]) -> Version:
    """A version, with every answer it has had. `content`: its words are those another room keeps today."""
    kept = content_today(SYSTEM, subject.programme.code, subject.kind) if facts.get("content") else None
    days = {name: date.fromisoformat(facts[name]) for name in ("agree_by", "review_by") if name in facts}
    version = services.propose_version(
        **_as(OFFICE, facts["proposed_on"]),
        subject=subject,
        words=kept or "\n".join(facts["words"]),
        parties=[_named(party) for party in facts["parties"]],
        change=facts.get("change", ""),
        **days,
    )
    for said in facts["answers"]:
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
    return version


def _named(party: str) -> tuple[str, str]:
    kind, _, key = party.partition(":")
    return kind, key


def _as(username: str, day: str) -> dict[str, Any]:
    """Written by somebody at noon of a day."""
    at = datetime.combine(date.fromisoformat(day), time(12), clock.LONDON)
    return {"by": Account.objects.get(username=username), "at": at}
