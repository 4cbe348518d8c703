"""Grading by several in the demonstration: panels where two grades differ, and calibration cases that all grade alone.

Rule: a panel's members neither audited nor moderated the case, and none is of its team. All of it is invented.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from holdfast.access.doors import SYSTEM
from holdfast.access.writes import turn
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.services import grading_together, moderating, taking_in
from holdfast.organisation.models import Programme
from holdfast.questions import selectors as questions
from holdfast.web.demo.papers import as_of

LEADS: Final = "practice-manager"
MAY_SIT: Final = ("auditor-second", "auditor")
"""Whom a panel is of beside the moderators, in the order in which they are asked."""
WHY: Final = "The two grades differ, and the auditor asked that others look."
DECIDED: Final = "Read together: the visits are there, and what the child said in them is not. The lower grade stands."


def decide_by_panel(graded: taking_in.GradedElsewhere, on: date, moderators: Sequence[str]) -> None:
    """Some people who gave neither grade look at the case; each says that they have no conflict, one decides."""
    audit = selectors.every_audit(SYSTEM, graded.audit.programme.code).get(pk=graded.audit.pk)
    gave = (audit.auditor_id, graded.moderator)
    free = [name for name in (*moderators, *MAY_SIT) if as_of(name, on)["by"].pk not in gave]
    members = [as_of(name, on)["by"].pk for name in free]
    panel = grading_together.call_panel(**as_of(LEADS, on, 20), audit=audit, members=members, chair=members[0], why=WHY)
    for name in free:
        grading_together.declare_on_panel(**as_of(name, on, 21), panel=panel, has_conflict=False)
    moderating.decide_final_grade(**as_of(free[0], on, 22), audit=audit, grades=graded.grades, why=DECIDED)


def add_calibrations(programme: Programme, facts: Mapping[str, Any]) -> str:
    """Each calibration case: set, graded alone by whoever had by then, and closed where it was. Says how many."""
    with turn():
        for given in facts["cases"]:
            _calibrate(programme, given)
    n = sum(len(given["grades"]) for given in facts["cases"])
    return f"{len(facts['cases'])} calibration cases with {n} grades, each given alone"


def _calibrate(programme: Programme, given: Mapping[str, Any]) -> None:
    version = questions.newest_version(SYSTEM, programme.code, given["questions"])
    set_on, graded_on = date.fromisoformat(given["set_on"]), date.fromisoformat(given["graded_on"])
    facts = {"title": given["title"], "case": given["case"], "due_on": date.fromisoformat(given["due_on"])}
    made = grading_together.set_calibration(
        **as_of(LEADS, set_on), programme=programme, version=version, is_invented=True, **facts
    )
    for name, (whole, why) in given["grades"].items():
        grading_together.grade_calibration(**as_of(name, graded_on), calibration=made, whole=whole, why=why)
    if given["closed_on"]:
        closed = {"agreed": given["agreed"], "why": given["agreed_why"]}
        grading_together.close_calibration(
            **as_of(LEADS, date.fromisoformat(given["closed_on"])), calibration=made, **closed
        )
