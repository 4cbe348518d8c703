"""Panels, and calibration cases that every auditor grades alone.

Rule: a panel decides once each of its members has said whether they have a conflict, and enough have none; nobody who
gave one of the two grades sits on it. What somebody graded of a calibration case is written once, and blind.
"""

from collections.abc import Sequence
from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, Refused, account_of, check, may
from holdfast.access.due import refuse_odd_due
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.audits.grading import gradings, whole_question
from holdfast.audits.independence import why_not_panellist
from holdfast.audits.models import Audit, Calibration, CalibrationGrade, Panel, PanelMember
from holdfast.audits.selectors import audits as selectors
from holdfast.audits.services.moderating import FEWEST_ON_A_PANEL
from holdfast.organisation.models import Programme
from holdfast.questions import selectors as questions
from holdfast.questions.models import SetVersion
from holdfast.questions.naming import seems


class NotOnPanel(Forbidden):
    """The account may not sit on the panel, or does not."""

    def __init__(self, words: str, programme: str) -> None:
        super().__init__(words, programme=programme, field="members")


class NotToPanel(NotDone):
    """The two grades do not differ, or a panel or a final grade is there already."""


class ClosedAlready(NotDone):
    """The calibration case is closed, or the account has graded it."""


class NoSuchGrade(NotDone):
    def __init__(self) -> None:
        super().__init__("Choose a grade from the scale.", field="whole")


@service
def call_panel(*, by: Actor, at: datetime, audit: Audit, members: Sequence[int], chair: int, why: str) -> Panel:
    """Call named people, by account, to give the final grade of an audit whose two grades differ; one is the chair.

    Raises Refused, NotToPanel or NotOnPanel.
    """
    code = audit.programme.code
    check(by, Permission.MANAGE_AUDITS, code)
    Audit.objects.select_for_update().get(pk=audit.pk)
    kept = selectors.every_audit(SYSTEM, code).get(pk=audit.pk)
    given = gradings(kept)
    if "moderator" not in given or "final" in given or hasattr(kept, "panel"):
        raise NotToPanel("Only an audit whose two grades differ, without a final one or a panel, goes to a panel.")
    named = list(dict.fromkeys([chair, *members]))
    if len(named) < FEWEST_ON_A_PANEL:
        raise NotOnPanel(f"Name at least {FEWEST_ON_A_PANEL} people, the chair among them.", code)
    if not why.strip():
        raise NotDone("Say why a panel is called, in a sentence or two.", field="why")
    every, case = {one.account: one for one in selectors.candidates(code)}, selectors.case_of(kept)
    gave = (given["auditor"].given_by_id, given["moderator"].given_by_id)
    for account in named:
        one = every.get(account)
        problem = why_not_panellist(one, case, gave) if one else "Somebody named has no part in this programme"
        if problem:
            raise NotOnPanel(f"{problem}. Name somebody else.", code)
    panel = Panel(audit=kept, chair_id=chair, why=why.strip(), called_on=clock.day_of(at), called_by=account_of(by))
    panel.save()
    for account in named:
        PanelMember(panel=panel, account_id=account).save()
    detail = {"members": ", ".join(every[account].name for account in named), "chair": every[chair].name, **seems(why)}
    record("panel called", programme=code, subject=str(kept), detail=detail)
    return panel


@service
def declare_on_panel(*, by: Actor, at: datetime, panel: Panel, has_conflict: bool) -> PanelMember:
    """Say whether one has a conflict about the case of a panel that one is on. Once; why is theirs."""
    code = panel.audit.programme.code
    check(by, Permission.SEE_PROGRAMME, code)
    member = PanelMember.objects.select_for_update().filter(panel=panel, account=account_of(by)).first()
    if member is None:
        raise NotOnPanel("You are not on this panel.", code)
    if member.declared_on is not None:
        raise NotDone("You have said so already.")
    member.declared_on, member.has_conflict = clock.day_of(at), has_conflict
    member.save()
    detail = {"conflict": "yes" if has_conflict else "no"}
    record("conflict on a panel declared", programme=code, subject=str(panel.audit), detail=detail)
    return member


@service
def set_calibration(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    version: SetVersion,
    title: str,
    case: str,
    due_on: date,
    is_invented: bool = False,
) -> Calibration:
    """Set a case in words, invented or with nobody in it, for every auditor to grade alone."""
    check(by, Permission.MANAGE_AUDITS, programme.code)
    if whole_question(questions.wording(version)) is None:
        raise NotDone("Those questions give no grade of the whole. Choose others.", field="version")
    refuse_odd_due(at, due_on)
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = Calibration.objects.filter(programme=programme).order_by("-number").first()
    made = Calibration(programme=programme, number=last.number + 1 if last else 1, version=version, title=title.strip())
    made.case, made.due_on, made.is_invented = case.strip(), due_on, is_invented
    made.set_on, made.set_by = clock.day_of(at), account_of(by)
    made.save()
    record("calibration case set", programme=programme.code, subject=str(made), detail=seems(title, case))
    return made


@service
def grade_calibration(*, by: Actor, at: datetime, calibration: Calibration, whole: str, why: str) -> CalibrationGrade:
    """One's own grade of a calibration case, with why. Raises Refused, ClosedAlready or NoSuchGrade."""
    code = calibration.programme.code
    _refuse_non_graders(by, code)
    kept = Calibration.objects.select_for_update().select_related("version").get(pk=calibration.pk)
    if kept.closed_on is not None or CalibrationGrade.objects.filter(calibration=kept, account=account_of(by)).exists():
        raise ClosedAlready("It is closed." if kept.closed_on else "You have graded it, and your grade stays.")
    _refuse_off_scale(kept, whole)
    if not why.strip():
        raise NotDone("Say why that grade, in a sentence or two.", field="why")
    grade = CalibrationGrade(calibration=kept, account=account_of(by), whole=whole, why=why.strip())
    grade.given_on = clock.day_of(at)
    grade.save()
    record("calibration case graded", programme=code, subject=str(kept))
    return grade


@service
def close_calibration(*, by: Actor, at: datetime, calibration: Calibration, agreed: str, why: str) -> Calibration:
    """Close a calibration case with the grade that was agreed of it; everybody then sees who graded what."""
    code = calibration.programme.code
    check(by, Permission.MANAGE_AUDITS, code)
    kept = Calibration.objects.select_for_update().select_related("version", "programme").get(pk=calibration.pk)
    if kept.closed_on is not None:
        raise ClosedAlready("It is closed already.")
    _refuse_off_scale(kept, agreed)
    if not why.strip():
        raise NotDone("Say why that is the grade, in a sentence or two.", field="why")
    if not CalibrationGrade.objects.filter(calibration=kept).exists():
        raise NotDone("Nobody has graded it yet.")
    kept.closed_on, kept.closed_by = clock.day_of(at), account_of(by)
    kept.agreed, kept.agreed_why = agreed, why.strip()
    kept.save()
    record("calibration case closed", programme=code, subject=str(kept), detail={"agreed": agreed})
    return kept


def _refuse_non_graders(by: Actor, code: str) -> None:
    """Those who audit or moderate grade calibration cases, and nobody for the system. Raises Refused."""
    if by is SYSTEM or not (may(by, Permission.AUDIT_CASES, code) or may(by, Permission.MODERATE_AUDITS, code)):
        raise Refused(Permission.AUDIT_CASES, code)


def _refuse_off_scale(calibration: Calibration, whole: str) -> None:
    question = whole_question(questions.wording(calibration.version))
    if question is None or question.scale is None or question.scale.choice(whole) is None:
        raise NoSuchGrade
