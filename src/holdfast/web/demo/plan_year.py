"""The demonstration's plan over its year: how actions went, evidence offered, returned and accepted, closed, silent.

What happened is data in library/plan_year.json. Rule: each thing is written as on its own day, by whoever would have.
"""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.models import Account
from holdfast.notice.models import Requirement
from holdfast.organisation.models import Post, Programme
from holdfast.plan.models import Action, Milestone
from holdfast.plan.services import completing, progress, sustaining

FILE: Final = Path(__file__).parents[1] / "library" / "plan_year.json"
OFFICE: Final = "programme-office"


def add(programme: Programme) -> str:
    """What happened to the plan so far. Says how much."""
    facts = json.loads(FILE.read_text(encoding="utf-8")).get(programme.code)
    if facts is None:
        return "nothing happened to its plan"
    for event in facts["events"]:
        happen(programme, event)
    _hand_over(programme, facts["handovers"])
    return f"{len(facts['events'])} things happened to its plan"


def happen(programme: Programme, event: dict[str, Any]) -> None:
    """One thing that happened to an action, or a milestone that was met, as on its own day."""
    if event["do"] == "met":
        milestone = Milestone.objects.select_related("programme").get(programme=programme, ref=event["milestone"])
        who = _as(event["by"], event["on"])
        progress.mark_met(**who, milestone=milestone, on=date.fromisoformat(event["on"]), note=event["note"])
        return
    action = Action.objects.select_related("programme").get(programme=programme, ref=event["action"])
    given = {name: value for name, value in event.items() if name not in ("on", "by", "do", "action")}
    DOES[event["do"]](_as(event["by"], event["on"]), action, given)


def _as(username: str, day: str) -> dict[str, Any]:
    """Who writes, and noon of the day on which they would have."""
    at = datetime.combine(date.fromisoformat(day), time(12), clock.LONDON)
    return {"by": Account.objects.get(username=username), "at": min(at, clock.now())}


def _update(who: dict[str, Any], action: Action, given: dict[str, Any]) -> None:
    if "forecast_on" in given:
        given["forecast_on"] = date.fromisoformat(given["forecast_on"])
    if "recovered_by" in given:
        given["recovered_by"] = Action.objects.get(programme=action.programme, ref=given["recovered_by"])
    progress.update_progress(**who, action=action, **given)


def _offer(who: dict[str, Any], action: Action, given: dict[str, Any]) -> None:
    if "file" in given:
        name, words = given["file"]
        given["file"] = (name, words.encode())
    completing.offer_evidence(**who, action=action, **given)


def _answer(who: dict[str, Any], action: Action, given: dict[str, Any]) -> None:
    completing.answer_evidence(**who, item=action.evidence.get(answer__isnull=True), **given)


def _review(who: dict[str, Any], action: Action, given: dict[str, Any]) -> None:
    completing.review_impact(**who, action=action, **given)


def _close(who: dict[str, Any], action: Action, given: dict[str, Any]) -> None:
    completing.close_action(**who, action=action, **given)


def _mark_done(who: dict[str, Any], action: Action, given: dict[str, Any]) -> None:
    progress.mark_done(**who, action=action, on=clock.day_of(who["at"]), **given)


DOES: Final[dict[str, Callable[[dict[str, Any], Action, dict[str, Any]], None]]] = {
    "update": _update,
    "offer": _offer,
    "answer": _answer,
    "review": _review,
    "close": _close,
    "done": _mark_done,
}


def _hand_over(programme: Programme, facts: dict[str, Any]) -> None:
    for ref, code, control in facts["of"]:
        requirement = Requirement.objects.get(notice__programme=programme, ref=ref)
        post, from_on = Post.objects.get(programme=programme, code=code), date.fromisoformat(facts["from_on"])
        who = _as(OFFICE, facts["on"])
        sustaining.hand_over(**who, requirement=requirement, post=post, control=control, from_on=from_on)
