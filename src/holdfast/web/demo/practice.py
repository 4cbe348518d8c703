"""What the demonstration has of practice: who was told of what is agreed, one exercise that five agencies decided, and
what each of them reported of early help.

The partners who decide are accounts without a password: they are counted, and nobody signs in as one. All of it is
invented, from a seed and from library/practice.json.
"""

import json
import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.days import last_of_month
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.access.writes import turn
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Agency, Post, Programme
from holdfast.organisation.services import changing
from holdfast.plan.models import Objective
from holdfast.plan.services.adding import add_action
from holdfast.practice.models import Exercise
from holdfast.practice.selectors import exercises
from holdfast.practice.selectors import thresholds as reading
from holdfast.practice.services import early_help, oversight, thresholds
from holdfast.questions import selectors as questions

LIBRARY: Final = Path(__file__).parents[1] / "library" / "practice.json"
LEADS: Final = "practice-manager"


def add(programme: Programme) -> Iterator[str]:
    """What the library has of a programme, each on its day. Says how much."""
    facts = json.loads(LIBRARY.read_text(encoding="utf-8")).get(programme.code)
    if facts is None:
        return
    for told in facts["told"]:
        _tell(programme, told)
    _write_standards(programme, facts["standards"])
    _mark_route(programme, facts["route"])
    with turn():  # a hundred decisions are one writing to the disk, and each its own row of the trail
        people = {code: _people(programme, code, n) for code, n in facts["people"].items()}
        exercise = _exercise(programme, facts["exercise"])
        _decide(exercise, people, facts["exercise"])
        n_months = _report_early_help(programme, facts["early_help"])
    n_people = sum(len(own) for own in people.values())
    yield f"{n_months} months of early help, as each agency reported its own"
    yield f"one exercise of {len(facts['exercise']['cases'])} invented cases, which {n_people} people decided"


def _as(on: date, hour: int = 10) -> dict[str, Any]:
    return {"by": Account.objects.get(username=LEADS), "at": datetime.combine(on, time(hour), clock.LONDON)}


def _tell(programme: Programme, told: dict[str, Any]) -> None:
    on = date.fromisoformat(told["on"])
    versions = reading.version_choices(SYSTEM, programme.code, on)
    version = next(one for one in versions if one.subject.code == told["of"])
    agency = Agency.objects.get(programme=programme, code=told["agency"])
    facts = {"version": version, "agency": agency, "told_on": on}
    facts |= {name: told[name] for name in ("how", "whom", "n_people")}
    thresholds.record_briefing(**_as(on), programme=programme, **facts)


def _write_standards(programme: Programme, facts: dict[str, Any]) -> None:
    """The clauses whose words the Board agreed: they are in force where they are the same to the letter."""
    on = date.fromisoformat(facts["written_on"])
    made = oversight.write_standard(**_as(on), programme=programme)
    for clause in facts["clauses"]:
        oversight.add_clause(**_as(on), standard=made, **clause)


def _mark_route(programme: Programme, lines: list[dict[str, Any]]) -> None:
    for given in lines:
        on = date.fromisoformat(given["on"])
        version = reading.routes(SYSTEM, programme.code, on)[0].version
        thresholds.mark_route(**_as(on), version=version, line=given["line"], part=given["part"])


def _people(programme: Programme, agency: str, who: int | list[str]) -> list[Account]:
    """People of an agency who decide invented cases: those named, or so many accounts that nobody can sign in to."""
    if isinstance(who, list):
        return [Account.objects.get(username=name) for name in who]
    role, n = {"role": "partner-member", "kind": "agency", "key": agency}, who
    made = []
    for number in range(1, n + 1):
        by = {"by": SYSTEM, "at": clock.now()}
        name = f"{Agency.objects.get(programme=programme, code=agency).name}, practitioner {number}"
        account = organisation.create_account(**by, username=f"{agency}-practitioner-{number}", first_name=name)
        held = {"programme": programme, "from_on": programme.starts_on, **role}
        organisation.grant_role(**by, account=account, **held)
        made.append(account)
    return made


def _exercise(programme: Programme, facts: dict[str, Any]) -> Exercise:
    on = date.fromisoformat(facts["set_on"])
    version = questions.newest_version(SYSTEM, programme.code, facts["questions"])
    given = {"title": facts["title"], "version": version, "due_on": date.fromisoformat(facts["due_on"])}
    made = thresholds.set_exercise(**_as(on), programme=programme, **given, is_invented=True)
    for case in facts["cases"]:
        thresholds.add_vignette(**_as(on), exercise=made, **case)
    return exercises.one_exercise(SYSTEM, programme.code, made.number)


def _decide(exercise: Exercise, people: dict[str, list[Account]], facts: dict[str, Any]) -> None:
    """Everybody decides every case; `leans` says how often an agency asks for one level more (or, below 0, less)."""
    chance = random.Random(facts["seed"])  # noqa: S311 - invented
    codes = [choice.code for choice in exercises.levels(exercise)]
    on = date.fromisoformat(facts["due_on"])
    for agency, own in people.items():
        lean = facts["leans"][agency]
        for account in own:
            at = datetime.combine(on, time(14), clock.LONDON)
            for vignette in exercise.vignettes.all():
                apart = (1 if lean > 0 else -1) if chance.random() < abs(lean) else 0
                level = codes[min(max(codes.index(vignette.meant) + apart, 0), len(codes) - 1)]
                thresholds.decide_vignette(by=account, at=at, vignette=vignette, level=level)
    thresholds.close_exercise(**_as(date.fromisoformat(facts["closed_on"])), exercise=exercise)


def _report_early_help(programme: Programme, facts: dict[str, Any]) -> int:
    """What each agency's own person reported of the months that had ended. How many months."""
    n_reported = 0
    for code, given in facts["agencies"].items():
        agency = Agency.objects.get(programme=programme, code=code)
        for month, numbers in given["months"].items():
            first = date.fromisoformat(f"{month}-01")
            on = max(last_of_month(first) + timedelta(days=facts["days_after"]), programme.starts_on)
            at = datetime.combine(on, time(11), clock.LONDON)
            own = dict(zip(facts["numbers"], numbers, strict=True))
            who = {"by": Account.objects.get(username=given["by"]), "at": at}
            early_help.report_early_help(**who, programme=programme, agency=agency, month=first, **own)
            n_reported += 1
    _put_right(programme, facts["to_put_right"])
    return n_reported


def _put_right(programme: Programme, actions: list[dict[str, Any]]) -> None:
    """What the safeguarding board asked an agency to put right of early help: actions of the plan by its own posts."""
    for given in actions:
        at = datetime.combine(date.fromisoformat(given["on"]), time(15), clock.LONDON)
        own: dict[str, Any] = {name: given[name] for name in ("ref", "title")} | {"requirements": ["R16"]}
        own["objective"] = Objective.objects.get(programme=programme, ref="O2")
        own["owner"] = Post.objects.get(programme=programme, code=given["owner"])
        own["raised_from"] = ("safeguarding board", "item 4", "Early help, agency by agency")
        who = {"by": Account.objects.get(username="programme-office"), "at": at}
        if "holder" in given:
            holder = Account.objects.get(username=given["holder"])
            changing.appoint(**who, post=own["owner"], holder=holder, from_on=clock.day_of(at))
        add_action(**who, due_on=date.fromisoformat(given["due_on"]), is_invented=True, **own)
