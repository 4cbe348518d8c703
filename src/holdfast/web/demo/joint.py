"""The multi-agency audits of the demonstration: five agencies answer of one child each time, and a panel judges once.

Each step goes through the services, by whoever would have taken it, as of its own day. All of it is invented.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor
from holdfast.access.models import Account
from holdfast.access.writes import turn
from holdfast.audits.models import JointAudit, Lesson
from holdfast.audits.services import joint as services
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Agency, Post, Programme, Team
from holdfast.plan.models import Action, Objective
from holdfast.plan.services import progress
from holdfast.questions import selectors as questions
from holdfast.questions import services as asking
from holdfast.questions.wording import Question

AGENCIES: Final = {"council": 2, "police": 1, "health": 2, "schools": 1, "probation": 3}
"""Each agency by its code, with the place of the grade that it gives its own part, the best 0."""
RUNS, OFFICE = "dscb-member", "programme-office"


def add(programme: Programme, facts: dict[str, Any], given: dict[str, Any]) -> str:
    """One audit: begun, answered by five agencies, judged by a panel, its lessons put in the plan. Says what it was."""
    with turn():
        _one(programme, given, _answerers(programme, date.fromisoformat(facts["answerers_from"])))
    n = sum(bool(lesson["action"]) for lesson in given["lessons"])
    return f"A multi-agency audit by {len(AGENCIES)} agencies: {n} of {len(given['lessons'])} lessons have an action"


def _as(on: date, by: Actor | str = SYSTEM) -> dict[str, Any]:
    account = Account.objects.get(username=by) if isinstance(by, str) else by
    return {"by": account, "at": datetime.combine(on, time(10), clock.LONDON)}


def _answerers(programme: Programme, from_on: date) -> dict[str, Account]:
    """Who answers from each agency's record, by its code. They do not sign in."""
    made = {one.username.removeprefix("reader-"): one for one in Account.objects.filter(username__startswith="reader-")}
    for code in [code for code in AGENCIES if code not in made]:
        name = f"Record reader, {code}"
        made[code] = organisation.create_account(**_as(from_on), username=f"reader-{code}", first_name=name)
        held: dict[str, Any] = {"role": "auditor", "programme": programme, "kind": "programme", "key": ""}
        organisation.grant_role(**_as(from_on), account=made[code], from_on=from_on, **held)
    return made


def _one(programme: Programme, given: dict[str, Any], answerers: dict[str, Account]) -> None:
    on = date.fromisoformat(given["on"])
    version = questions.newest_versions(SYSTEM, programme.code).get(question_set__code="multi-agency-audit")
    team = Team.objects.filter(programme=programme).order_by("id")[given["team"]]
    facts = {"title": given["title"], "case_ref": given["case_ref"], "due_on": on + timedelta(days=21)}
    joint = services.add_joint_audit(
        **_as(on, RUNS), programme=programme, version=version, team=team, is_invented=True, **facts
    )
    for code, answerer in answerers.items():
        agency = Agency.objects.get(programme=programme, code=code)
        services.ask_agency(**_as(on, RUNS), joint=joint, agency=agency, answerer=answerer)
    for each in joint.returns.select_related("agency", "answerer"):
        begun = services.begin_return(**_as(on + timedelta(days=7), each.answerer), found=each)
        answers = {one.code: {"value": _value(one, each.agency.code)} for one in questions.wording(version).questions}
        asking.save_whole(**_as(on + timedelta(days=8), each.answerer), sheet=begun.sheet, answers=answers)
        services.hand_in_return(**_as(on + timedelta(days=9), each.answerer), found=begun)
    _judge(joint, given)


def _value(question: Question, agency: str) -> str:
    """What an agency answers: what is looked for where its grade is good, and otherwise not always."""
    if question.scale is None:
        return "Invented for the demonstration."
    codes = [choice.code for choice in question.scale.choices if choice.code not in question.stops_on]
    place = AGENCIES[agency]
    if question.judges:
        return codes[place]
    if question.code == "agency-kind":
        return {"schools": "education"}.get(agency, agency)
    met = [code for code in codes if code in question.met_by]
    others = [code for code in codes if code not in question.met_by]
    return (met if place < 2 or len(question.code) % 2 else others or met)[0]


def _judge(joint: JointAudit, given: dict[str, Any]) -> None:
    on = date.fromisoformat(given["judged_on"])
    opened = services.open_panel(**_as(on, RUNS), joint=joint)
    judged = {name: given[name] for name in ("whole", "reasons", "dissent")}
    services.judge(**_as(on, RUNS), joint=opened, **judged)
    for said in given["lessons"]:
        agency = Agency.objects.get(programme=joint.programme, code=said["agency"])
        lesson = services.add_lesson(**_as(on, RUNS), joint=opened, agency=agency, words=said["words"])
        if said["action"]:
            _act(lesson, said["action"])


def _act(lesson: Lesson, given: dict[str, Any]) -> None:
    """An action of the plan by a post of the lesson's own agency, on the day that the plan took it."""
    programme = lesson.joint.programme
    own: dict[str, Any] = {"ref": given["ref"], "title": given["title"], "due_on": date.fromisoformat(given["due_on"])}
    own["objective"] = Objective.objects.get(programme=programme, ref="O2")
    own["owner"] = Post.objects.get(programme=programme, code=given["owner"])
    services.act_on_lesson(**_as(date.fromisoformat(given["on"]), OFFICE), lesson=lesson, **own)
    if "done_on" in given:
        action = Action.objects.select_related("programme").get(programme=programme, ref=given["ref"])
        done_on = date.fromisoformat(given["done_on"])
        progress.mark_done(**_as(done_on, OFFICE), action=action, on=done_on, note=given["done"])
