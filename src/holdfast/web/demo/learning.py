"""What the demonstration's audits led to: findings, actions done and verified by somebody else, reports and briefings.

Whether practice changed is asked again by a sample of its own (samples.py). All of it is invented.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from holdfast.access.doors import SYSTEM
from holdfast.audits.models import Finding
from holdfast.audits.services import learning
from holdfast.organisation.models import Body, Post, Programme
from holdfast.plan.models import Action, Objective
from holdfast.plan.services import completing, progress
from holdfast.questions import selectors as questions
from holdfast.reports import audit_reports
from holdfast.web.demo.papers import as_of

LEADS, OFFICE, DONE_BY, VERIFIES = "practice-manager", "programme-office", "director", "board-chair"


def add_findings(programme: Programme, findings: Sequence[Mapping[str, Any]]) -> str:
    """Each finding on its day, with the action that answers it as far as that had gone. Says how many."""
    for given in findings:
        _find(programme, given)
    return f"{len(findings)} findings of audits"


def _find(programme: Programme, given: Mapping[str, Any]) -> None:
    on = date.fromisoformat(given["found_on"])
    own = {"question_set": questions.one_set(SYSTEM, programme.code, given["of"]), "chosen": "random"}
    own |= {"question": given["question"], "words": given["words"], "is_invented": True}
    own |= {name: date.fromisoformat(given[name]) for name in ("since", "until")}
    finding = learning.record_finding(**as_of(LEADS, on), programme=programme, **own)
    if "links" in given:
        learning.link_action(**as_of(LEADS, on, 12), finding=finding, plan_ref=given["links"])
    if "action" in given:
        _act(programme, finding, given["action"])


def _act(programme: Programme, finding: Finding, given: Mapping[str, Any]) -> None:
    """A new action of the plan: made by who keeps the plan, done by its owner, accepted by somebody else."""
    own = {"ref": given["ref"], "title": given["title"], "due_on": date.fromisoformat(given["due_on"])}
    own["objective"] = Objective.objects.get(programme=programme, ref=given["objective"])
    own["owner"] = Post.objects.get(programme=programme, code=given["owner"])
    learning.act_on_finding(**as_of(OFFICE, finding.found_on, 14), finding=finding, **own)
    if "done_on" not in given:
        return
    action = Action.objects.select_related("programme").get(programme=programme, ref=given["ref"])
    done_on = date.fromisoformat(given["done_on"])
    progress.mark_done(**as_of(OFFICE, done_on), action=action, on=done_on, note=given["done"])
    title, words = given["evidence"]
    offered = {"action": action, "title": title, "file": (f"{given['ref'].lower()}.txt", words.encode())}
    item = completing.offer_evidence(**as_of(DONE_BY, done_on, 15), **offered)
    verified_on = date.fromisoformat(given["verified_on"])
    completing.answer_evidence(**as_of(given.get("verified_by", VERIFIES), verified_on), item=item, is_accepted=True)


def report(programme: Programme, facts: Mapping[str, Any]) -> str:
    """The report of one cycle, frozen when it was made and sent to both boards. Says which."""
    on = date.fromisoformat(facts["on"])
    days = {"since": date.fromisoformat(facts["since"]), "until": date.fromisoformat(facts["until"])}
    made = audit_reports.freeze_audit_report(**as_of(LEADS, on), programme=programme, **days)
    for body in Body.objects.filter(programme=programme, code__in=facts["to"]):
        audit_reports.send_audit_report(**as_of(LEADS, on, 11), report=made, body=body)
    return f"{made}, frozen"


def brief(programme: Programme, briefings: Sequence[Mapping[str, Any]]) -> str:
    """Lessons briefings for everybody who works with children. Says how many."""
    for given in briefings:
        told = {"title": given["title"], "words": given["words"], "findings": given["findings"]}
        learning.make_briefing(**as_of(LEADS, date.fromisoformat(given["on"]), 16), programme=programme, **told)
    return f"{len(briefings)} lessons briefings"
