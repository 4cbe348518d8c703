"""Loading a plan from a file of data: its posts, the inspection's recommendations, objectives, actions, milestones.

Loading again adds what is new and leaves what is there, so that no date, and nothing people recorded since, is
overwritten. Rule: a file is taken whole or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import record, service
from holdfast.jobs.library_files import UnreadableLibraryFile, found_in, read
from holdfast.notice.selectors.notices import notice_of
from holdfast.notice.services.loading import load_recommendations
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Agency, Post, Programme
from holdfast.plan.models import Action, Milestone, Objective, ProgressUpdate
from holdfast.plan.services.adding import Terms, add_action, add_milestone, add_objective
from holdfast.plan.services.describing import refuse_circles

LIBRARY: Final = Path(__file__).parents[1] / "library"
SCHEMA: Final = LIBRARY / "plan.schema.json"


@dataclass(frozen=True)
class PlanLoaded:
    """How much of a plan is there after loading it, and how much of that was new."""

    title: str
    n_actions: int
    n_milestones: int
    n_new: int

    def in_words(self) -> str:
        return f"{self.title}: {self.n_actions} actions and {self.n_milestones} milestones, {self.n_new} of them new."


@dataclass(frozen=True)
class _Load:
    """What every step of one loading needs."""

    by: Actor
    at: datetime
    programme: Programme
    posts: dict[str, Post]
    agencies: dict[str, Agency]
    added_on: date
    is_invented: bool

    def day_added(self, facts: dict[str, Any]) -> date:
        """When the file says it came into the plan: its own day, else the plan's, and never a day to come."""
        given = date.fromisoformat(facts["added_on"]) if "added_on" in facts else self.added_on
        return min(given, clock.day_of(self.at))

    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}

    def post(self, code: str, path: str) -> Post:
        if code not in self.posts:
            raise UnreadableLibraryFile("The plan", path, f"There is no post “{code}”.")
        return self.posts[code]


@service
def load_plan(*, by: Actor, at: datetime, programme: Programme, file: Path) -> PlanLoaded:
    """The plan in a file (a path, or the name of one that ships), added to the programme.

    Raises Refused, NoNotice, UnreadableLibraryFile or UnknownRefs; then nothing is added.
    """
    check(by, Permission.MANAGE_PLAN, programme.code)
    found = read(found_in(file, LIBRARY), SCHEMA)
    notice = notice_of(by, programme.code)
    content, invented = found.content, found.content["plan"].get("invented", False)
    posts = _posts(by, at, programme, content)
    given = content.get("recommendations", [])
    if given:
        load_recommendations(by=by, at=at, notice=notice, recommendations=given, invented=invented)
    agreed = content["plan"].get("added_on")
    added_on = date.fromisoformat(agreed) if agreed else clock.day_of(at)
    agencies = {one.code: one for one in Agency.objects.filter(programme=programme)}
    load = _Load(by, at, programme, posts, agencies, added_on, invented)
    n_new = _objectives(load, content["objectives"]) + _milestones(load, content.get("milestones", []))
    record(
        "plan loaded",
        programme=programme.code,
        subject=content["plan"]["title"],
        detail={"file": found.name, "sha256": found.sha256, "new": n_new},
    )
    return PlanLoaded(content["plan"]["title"], programme.actions.count(), programme.milestones.count(), n_new)


def _posts(by: Actor, at: datetime, programme: Programme, content: dict[str, Any]) -> dict[str, Post]:
    """The posts that own things, by code; those of the file that are missing are added, with their agencies."""
    agencies = {one.code: one for one in Agency.objects.filter(programme=programme)}
    for one in content.get("agencies", []):
        if one["code"] not in agencies:
            agencies[one["code"]] = organisation.add_agency(by=by, at=at, programme=programme, **one)
    posts = {one.code: one for one in Post.objects.filter(programme=programme).select_related("agency")}
    for one in content.get("posts", []):
        if one["code"] in posts:
            continue
        if one["agency"] not in agencies:
            raise UnreadableLibraryFile("The plan", f"posts[{one['code']}].agency", f"There is no “{one['agency']}”.")
        facts = {"code": one["code"], "title": one["title"], "agency": agencies[one["agency"]]}
        posts[one["code"]] = organisation.add_post(by=by, at=at, programme=programme, **facts)
    return posts


def _objectives(load: _Load, given: Sequence[dict[str, Any]]) -> int:
    there = {one.ref: one for one in Objective.objects.filter(programme=load.programme)}
    known = set(Action.objects.filter(programme=load.programme).values_list("ref", flat=True))
    n_new = 0
    for order, one in enumerate(given, start=1):
        objective = there.get(one["ref"]) or add_objective(
            **load.who(),
            programme=load.programme,
            ref=one["ref"],
            title=one["title"],
            order=order,
            added_on=load.day_added(one),
            is_invented=load.is_invented,
        )
        for facts in one["actions"]:
            if facts["ref"] not in known:
                _action(load, objective, facts)
                n_new += 1
    _dependencies(load, given)
    return n_new


def _action(load: _Load, objective: Objective, facts: dict[str, Any]) -> None:
    raised = facts.get("raised_from", {})
    action = add_action(
        **load.who(),
        objective=objective,
        ref=facts["ref"],
        title=facts["title"],
        owner=load.post(facts["owner"], f"actions[{facts['ref']}].owner"),
        due_on=date.fromisoformat(facts["due_on"]),
        requirements=facts.get("requirements", []),
        recommendations=facts.get("recommendations", []),
        raised_from=(raised.get("kind", ""), raised.get("ref", ""), raised.get("title", "")),
        detail=facts.get("detail", ""),
        indicator=facts.get("indicator", ""),
        intended_impact=facts.get("intended_impact", ""),
        terms=_terms(load, facts),
        added_on=load.day_added(facts),
        is_invented=load.is_invented,
    )
    _history(action, facts, clock.day_of(load.at))


def _terms(load: _Load, facts: dict[str, Any]) -> Terms:
    path, impact = f"actions[{facts['ref']}]", facts.get("impact", {})
    unknown = [code for code in facts.get("contributing", []) if code not in load.agencies]
    if unknown:
        raise UnreadableLibraryFile("The plan", f"{path}.contributing", f"There is no agency “{unknown[0]}”.")
    return Terms(
        accountable=load.post(facts["accountable"], f"{path}.accountable") if "accountable" in facts else None,
        contributing=[load.agencies[code] for code in facts.get("contributing", [])],
        starts_on=date.fromisoformat(facts["starts_on"]) if "starts_on" in facts else None,
        impact_direction=impact.get("direction", ""),
        impact_size=Decimal(str(impact["size"])) if "size" in impact else None,
        impact_by=date.fromisoformat(impact["by"]) if "by" in impact else None,
    )


def _dependencies(load: _Load, given: Sequence[dict[str, Any]]) -> None:
    """What the file says waits for what, once every action is there. What is there already is left as it is."""
    actions = {one.ref: one for one in Action.objects.filter(programme=load.programme)}
    for facts in (facts for one in given for facts in one["actions"] if facts.get("waits_for")):
        action, path = actions[facts["ref"]], f"actions[{facts['ref']}].waits_for"
        unknown = [ref for ref in facts["waits_for"] if ref not in actions]
        if unknown:
            raise UnreadableLibraryFile("The plan", path, f"There is no action “{unknown[0]}”.")
        if not action.waits_for.exists():
            others = [actions[ref] for ref in facts["waits_for"]]
            refuse_circles(action, others)
            action.waits_for.set(others)


def _history(action: Action, facts: dict[str, Any], today: date) -> None:
    """What the file says has happened to an action, as far as it has happened by today."""
    done_on = date.fromisoformat(facts["done_on"]) if "done_on" in facts else None
    if done_on is not None and done_on <= today:
        action.done_on, action.done_note = done_on, facts.get("done_note", "")
        action.save()
    late = facts.get("late")
    said_on = min(date.fromisoformat(late["said_on"]), today) if late and "said_on" in late else today
    if late and action.is_late(said_on):
        words, recovery = late["words"], late.get("recovery", "")
        explained = ProgressUpdate(action=action, cause=late["cause"], words=words, recovery=recovery)
        explained.said_on = said_on
        explained.save()


def _milestones(load: _Load, given: Sequence[dict[str, Any]]) -> int:
    known = set(Milestone.objects.filter(programme=load.programme).values_list("ref", flat=True))
    objectives = {one.ref: one for one in Objective.objects.filter(programme=load.programme)}
    new = [one for one in given if one["ref"] not in known]
    for one in new:
        path = f"milestones[{one['ref']}]"
        if "objective" in one and one["objective"] not in objectives:
            raise UnreadableLibraryFile("The plan", f"{path}.objective", f"There is no “{one['objective']}”.")
        milestone = add_milestone(
            **load.who(),
            programme=load.programme,
            ref=one["ref"],
            title=one["title"],
            owner=load.post(one["owner"], f"{path}.owner"),
            due_on=date.fromisoformat(one["due_on"]),
            objective=objectives.get(one.get("objective", "")),
            requirements=one.get("requirements", []),
            indicator=one.get("indicator", ""),
            target=one.get("target", ""),
            added_on=load.day_added(one),
            is_invented=load.is_invented,
        )
        met_on = date.fromisoformat(one["met_on"]) if "met_on" in one else None
        if met_on and met_on <= clock.day_of(load.at):
            milestone.met_on, milestone.met_note = met_on, one.get("met_note", "")
            milestone.save()
    return len(new)
