"""The demonstration's decisions, challenges, risks and logs: invented, through the same services that the pages use.

What was decided and said is data in library/decisions.json. Rule: each thing is written as on its own day, a decision
after its meeting is minuted and before a later one approves the minutes.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.governance.effect_kinds import Change
from holdfast.governance.models import Attendance, Meeting, Membership, Risk
from holdfast.governance.services import assuring, challenging, deciding, registering
from holdfast.organisation.models import Body, Post, Programme
from holdfast.pages.words import counted

FILE = Path(__file__).parents[1] / "library" / "decisions.json"
DAYS = ("due_on", "from_on", "from_month")
SAID = {
    "decisions": ("decision",),
    "challenges": ("challenge",),
    "risks": ("risk",),
    "support": ("session of support", "sessions of support"),
}


def add_decisions_of(meeting: Meeting) -> None:
    """Record what a meeting decided, once it is minuted."""
    programme = meeting.body.programme
    posts = {post.code: post for post in Post.objects.filter(programme=programme)}
    for given in _facts(programme)["decisions"]:
        if (given["body"], given["meeting"]) == (meeting.body.code, meeting.number):
            decide(meeting, given, posts)


def _facts(programme: Programme) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    found: dict[str, Any] = kept.get(programme.code, {"decisions": []})
    return found


def add_logs(programme: Programme) -> Iterator[str]:
    """Record what was challenged and logged. Says how much of each, and of the decisions."""
    facts = _facts(programme)
    if len(facts) == 1:
        return
    posts = {post.code: post for post in Post.objects.filter(programme=programme)}
    for given in facts["challenges"]:
        _challenge(programme, given, posts)
    for given in facts["risks"]:
        _risk(programme, given, posts)
    for risk in Risk.objects.filter(programme=programme).exclude(decision=""):
        _score(risk, *facts["score_imposed"])
    _log(programme, facts, posts)
    yield ", ".join(counted(len(facts[name]), *words) for name, words in SAID.items())


def _at(day: str | date, username: str = "") -> dict[str, Any]:
    """As in the afternoon of a day, by an account or by the system."""
    on = date.fromisoformat(day) if isinstance(day, str) else day
    by = Account.objects.get(username=username) if username else SYSTEM
    return {"by": by, "at": datetime.combine(on, time(15), clock.LONDON)}


def decide(meeting: Meeting, given: dict[str, Any], posts: dict[str, Post]) -> None:
    """Record a decision of a meeting, by every seat with a vote that was there but those who did not agree."""
    deciding.record_decision(
        **_at(meeting.held_on, "programme-office"),
        body=meeting.body,
        meeting=meeting,
        agreed_by=_agreed(meeting, given["not_agreed"]),
        effects=[_change(each, posts) for each in given["effects"]],
        **{name: given[name] for name in ("text", "options", "reason", "requirements")},
    )


def _agreed(meeting: Meeting, not_agreed: list[str]) -> list[Membership]:
    """Every seat with a vote that came, or the deputy in its place, but those who did not agree."""
    there = Attendance.objects.filter(meeting=meeting).select_related(
        "membership__post", "membership__body__programme", "deputy__post", "deputy__body__programme"
    )
    voting = [each for each in there if each.membership.votes and each.came != Attendance.Came.APOLOGIES]
    kept = [each for each in voting if each.membership.post and each.membership.post.code not in not_agreed]
    return [each.deputy or each.membership for each in kept]


def _change(given: dict[str, Any], posts: dict[str, Post]) -> Change:
    values = {name: date.fromisoformat(value) if name in DAYS else value for name, value in given["given"].items()}
    if "owner" in values:
        values["owner"] = posts[values["owner"]]
    return Change(given["kind"], given["subject"], values)


def _challenge(programme: Programme, given: dict[str, Any], posts: dict[str, Post]) -> None:
    raised = challenging.raise_challenge(
        **_at(given["raised_on"], given["by"]),
        programme=programme,
        body=Body.objects.get(programme=programme, code=given["body"]),
        challenged=posts[given["challenged"]],
        **{name: given[name] for name in ("about", "evidence", "indicator", "requirement")},
    )
    if "answer" in given:
        who, day, words = given["answer"]
        challenging.answer_challenge(**_at(day, _office_for(raised, who)), challenge=raised, words=words)
    if "closing" in given:
        who, day, outcome = given["closing"]
        challenging.close_challenge(**_at(day, who), challenge=raised, outcome=outcome)


def _office_for(raised: Any, who: str) -> str:
    """Whoever holds the post that is challenged answers; for anybody else the programme office writes it down."""
    holder = raised.challenged.holder
    return who if holder is not None and holder.username == who else "programme-office"


def _risk(programme: Programme, given: dict[str, Any], posts: dict[str, Post]) -> None:
    said = {name: given[name] for name in ("title", "cause", "event", "effect", "requirement")}
    owner, day = posts[given["owner"]], given["raised_on"]
    risk = registering.raise_risk(**_at(day, "programme-office"), programme=programme, owner=owner, **said)
    for on, *rest in given["scores"]:
        _score(risk, on, *rest)
    for on, words in given["reviews"]:
        registering.review_risk(**_at(on, "programme-office"), risk=risk, words=words)
    for words, post, on in given["controls"]:
        registering.add_control(**_at(on, "programme-office"), risk=risk, words=words, owner=posts[post])


def _score(risk: Risk, on: str, *numbers: Any) -> None:
    names = ("inherent_likelihood", "inherent_impact", "likelihood", "impact", "target", "accepted_because", "reason")
    given = dict(zip(names, numbers, strict=True))
    registering.score_risk(**_at(on, "programme-office"), risk=risk, **given)


def _log(programme: Programme, facts: dict[str, Any], posts: dict[str, Post]) -> None:
    for kind, post, given_by, on, hours in facts["support"]:
        assuring.log_support(
            **_at(on, "programme-office"),
            programme=programme,
            kind=kind,
            post=posts[post],
            given_by=given_by,
            on=date.fromisoformat(on),
            hours=Decimal(hours),
        )
    for line, state, evidence, on in facts["duties"]:
        said = {"line": line, "state": state, "evidence": evidence}
        assuring.assure_duty(**_at(on, "dscb-member"), programme=programme, **said)
    for step in facts["steps"]:
        record_step(programme, *step)


def record_step(programme: Programme, kind: str, on: str, words: str, source: str, *, known_on: str = "") -> None:
    """A step of the intervention, written down on the day that it was known (its own unless given)."""
    step = {"kind": kind, "on": date.fromisoformat(on), "words": words, "source": source}
    assuring.record_step(**_at(known_on or on, "programme-office"), programme=programme, **step)
