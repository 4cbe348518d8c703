"""Grading an audited case again, blind; and the final grade where the two differ, with reasons.

Rule: who moderates has not audited it, stands outside the line, and gives grades before seeing any; where both gave the
same, that is final; where they differ somebody who gave neither decides. All three stay.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.audits.grading import gradings, judged, whole_question
from holdfast.audits.independence import fairest, why_not_moderator
from holdfast.audits.models import Audit, Grading, Moderation, Panel, PanelMember
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.services.auditing import NobodyMay, NotIndependent
from holdfast.questions import selectors as questions
from holdfast.questions.naming import seems


class NotDrawn(NotDone):
    """The audit is not to be graded again."""

    def __init__(self) -> None:
        super().__init__("This audit was not drawn to be graded again.")


class NotYoursToModerate(Forbidden):
    """Somebody else moderates it, or nobody yet."""

    def __init__(self, programme: str) -> None:
        super().__init__("Somebody else grades this case again, so you cannot.", programme=programme)


class GradedAlready(NotDone):
    """The grade is there, and stays."""

    def __init__(self) -> None:
        super().__init__("That grade has been given already, and stays.")


class NoGrade(NotDone):
    """A grade is missing, or is not on its scale."""

    def __init__(self) -> None:
        super().__init__("Choose a grade for each question, from its scale.")


class GaveOne(Forbidden):
    """Whoever gave one of the two grades does not decide between them."""

    def __init__(self, programme: str) -> None:
        super().__init__("You gave one of the two grades, so somebody else decides between them.", programme=programme)


class NotTheChair(Forbidden):
    """A panel was called for the audit, and somebody else would decide."""

    def __init__(self, programme: str) -> None:
        super().__init__("A panel decides this grade, and its chair records it.", programme=programme)


class PanelWaits(NotDone):
    """The panel cannot decide yet, or not as it is."""


THE_SAME: Final = "Both gave the same grade."
FEWEST_ON_A_PANEL: Final = 2
"""Who have no conflict, the chair among them. Local practice."""


@service
def allocate_moderation(*, by: Actor, at: datetime, audit: Audit, moderator: int | None = None) -> Moderation:
    """Give a drawn audit to a moderator outside the line: the account with this key, or whoever has the fewest in hand.

    Raises Refused, NotDrawn, GradedAlready, NotIndependent or NobodyMay.
    """
    code = audit.programme.code
    check(by, Permission.MANAGE_AUDITS, code)
    kept = _drawn(audit)
    if "moderator" in gradings(kept):
        raise GradedAlready
    every, case = selectors.candidates(code), selectors.case_to_moderate(kept)
    if moderator is None:
        found = fairest([one for one in every if not why_not_moderator(one, case, kept.auditor_id)])
        if found is None:
            raise NobodyMay("moderate")
        moderator = found.account
    chosen = next((one for one in every if one.account == moderator), None)
    problem = why_not_moderator(chosen, case, kept.auditor_id) if chosen else "they have no part in this programme"
    if problem:
        raise NotIndependent(problem, code)
    moderation = kept.moderation
    moderation.moderator_id, moderation.allocated_on = moderator, clock.day_of(at)
    moderation.save()
    record("moderation allocated", programme=code, subject=str(kept), detail={"to": chosen.name if chosen else ""})
    return moderation


@service
def give_second_grade(*, by: Actor, at: datetime, audit: Audit, grades: Mapping[str, str], why: str) -> Grading:
    """The moderator's grades, given blind. Where the grade of the whole is the auditor's, it is final.

    `grades`: question code to choice, of every judged question. Raises NotDrawn, NotYoursToModerate, NotIndependent,
    GradedAlready or NoGrade.
    """
    kept = _drawn(audit)
    code = kept.programme.code
    if by is not SYSTEM and kept.moderation.moderator_id != by.pk:
        raise NotYoursToModerate(code)
    if "moderator" in gradings(kept):
        raise GradedAlready
    own = next((one for one in selectors.candidates(code) if by is not SYSTEM and one.account == by.pk), None)
    problem = why_not_moderator(own, selectors.case_to_moderate(kept), kept.auditor_id) if own else ""
    if problem:
        raise NotIndependent(problem, code)
    second = _grading(by, at, kept, Grading.Part.MODERATOR, grades, why)
    first = gradings(kept)["auditor"]
    if first.whole == second.whole:
        _grading(by, at, kept, Grading.Part.FINAL, grades, THE_SAME)
    record("second grade given", programme=code, subject=str(kept), detail=seems(why))
    return second


@service
def decide_final_grade(*, by: Actor, at: datetime, audit: Audit, grades: Mapping[str, str], why: str) -> Grading:
    """The final grade where two differ, with why, by somebody who gave neither; where a panel was called, by its chair.

    Raises Refused, NotDrawn, GaveOne, NotTheChair, PanelWaits, GradedAlready or NoGrade.
    """
    kept = _drawn(audit)
    code = kept.programme.code
    _refuse_past_the_panel(by, kept)
    given = gradings(kept)
    if "final" in given:
        raise GradedAlready
    if "moderator" not in given:
        raise NotDone("The moderator has not graded it yet.")
    if by is not SYSTEM and by.pk in (given["auditor"].given_by_id, given["moderator"].given_by_id):
        raise GaveOne(code)
    if not why.strip():
        raise NotDone("Say why this is the grade, in a sentence or two.", field="why")
    final = _grading(by, at, kept, Grading.Part.FINAL, grades, why)
    record("final grade decided", programme=code, subject=str(kept), detail=seems(why))
    return final


def _refuse_past_the_panel(by: Actor, audit: Audit) -> None:
    """Raises Refused, NotTheChair, or PanelWaits while its members have not declared or too few may decide."""
    panel = Panel.objects.filter(audit=audit).first()
    if panel is None:
        check(by, Permission.MANAGE_AUDITS, audit.programme.code)
        return
    if by is not SYSTEM and by.pk != panel.chair_id:
        raise NotTheChair(audit.programme.code)
    members = list(PanelMember.objects.filter(panel=panel))
    n_waiting = sum(member.declared_on is None for member in members)
    if n_waiting:
        raise PanelWaits(f"{n_waiting:,} of the panel have not said whether they have a conflict.")
    free = {member.account_id for member in members if not member.has_conflict}
    if len(free) < FEWEST_ON_A_PANEL or panel.chair_id not in free:
        raise PanelWaits("Too few of the panel are without a conflict, or its chair has one, so it cannot decide.")


def _grading(by: Actor, at: datetime, audit: Audit, part: Grading.Part, grades: Mapping[str, str], why: str) -> Grading:
    grading = grading_of(audit, part, grades, why, clock.day_of(at))
    grading.given_by = account_of(by)
    grading.save()
    return grading


def grading_of(audit: Audit, part: Grading.Part, grades: Mapping[str, str], why: str, on: date) -> Grading:
    """Grades of every judged question, not saved yet. Raises NoGrade for one that is missing or not on its scale."""
    asked = judged(questions.wording(audit.version))
    whole = whole_question(questions.wording(audit.version))
    known = {one.code: grades.get(one.code, "") for one in asked}
    if whole is None or any(one.scale is None or one.scale.choice(known[one.code]) is None for one in asked):
        raise NoGrade
    return Grading(audit=audit, part=part, whole=known[whole.code], grades=known, why=why.strip(), given_on=on)


def _drawn(audit: Audit) -> Audit:
    """The audit as it is now, held, if it was drawn. Raises NotDrawn."""
    Audit.objects.select_for_update().get(pk=audit.pk)
    kept = selectors.every_audit(SYSTEM, audit.programme.code).get(pk=audit.pk)
    if not hasattr(kept, "moderation"):
        raise NotDrawn
    return kept
