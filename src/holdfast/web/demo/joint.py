"""The multi-agency audits of the demonstration: five agencies answer of one child each time, and a panel judges once.

Each step goes through the services, by whoever would have taken it, as of its own day. All of it is invented.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor
from holdfast.access.models import Account
from holdfast.access.writes import turn
from holdfast.audits.models import JointAudit
from holdfast.audits.services import joint as services
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Agency, Programme, Team
from holdfast.questions import selectors as questions
from holdfast.questions import services as asking
from holdfast.questions.wording import Question

AGENCIES: Final = {"council": 2, "police": 1, "health": 2, "schools": 1, "probation": 3}
"""Each agency by its code, with the place of the grade that it gives its own part, the best 0."""
LESSON: Final = "Say at the first meeting what your own record holds, and write down what the others said."


def add(programme: Programme, facts: dict[str, Any]) -> str:
    """Each audit that the facts name: begun, answered by five agencies, and where it was, judged. Says how many."""
    with turn():
        answerers = _answerers(programme, date.fromisoformat(facts["answerers_from"]))
        for given in facts["audits"]:
            _one(programme, given, answerers)
    return f"{len(facts['audits'])} multi-agency audits, by {len(AGENCIES)} agencies"


def _as(on: date, by: Actor | str = SYSTEM) -> dict[str, Any]:
    account = Account.objects.get(username=by) if isinstance(by, str) else by
    return {"by": account, "at": datetime.combine(on, time(10), clock.LONDON)}


def _answerers(programme: Programme, from_on: date) -> dict[str, Account]:
    """Who answers from each agency's record, by its code. They do not sign in."""
    made = {}
    for code in AGENCIES:
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
        **_as(on, "dscb-member"), programme=programme, version=version, team=team, is_invented=True, **facts
    )
    for code, answerer in answerers.items():
        agency = Agency.objects.get(programme=programme, code=code)
        services.ask_agency(**_as(on, "dscb-member"), joint=joint, agency=agency, answerer=answerer)
    for each in joint.returns.select_related("agency", "answerer"):
        begun = services.begin_return(**_as(on + timedelta(days=7), each.answerer), found=each)
        answers = {one.code: {"value": _value(one, each.agency.code)} for one in questions.wording(version).questions}
        asking.save_whole(**_as(on + timedelta(days=8), each.answerer), sheet=begun.sheet, answers=answers)
        services.hand_in_return(**_as(on + timedelta(days=9), each.answerer), found=begun)
    if given["judged_on"]:
        _judge(joint, date.fromisoformat(given["judged_on"]))


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


def _judge(joint: JointAudit, on: date) -> None:
    opened = services.open_panel(**_as(on, "dscb-member"), joint=joint)
    reasons = "Each agency knew a part and acted on it. Nobody put the parts together before the conference."
    dissent = "Schools: what the school had shared was enough to act on sooner."
    judged = {"whole": "requires-improvement", "reasons": reasons, "dissent": dissent}
    services.judge(**_as(on, "dscb-member"), joint=opened, **judged)
    for code in ("health", "probation"):
        agency = Agency.objects.get(programme=joint.programme, code=code)
        services.add_lesson(**_as(on, "dscb-member"), joint=opened, agency=agency, words=LESSON)
