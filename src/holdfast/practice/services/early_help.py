"""Reporting a month of early help for one's own agency, and saying in a code why an assessment is late.

Rule: nobody reports for another agency; a month is reported once it has ended, and a correction is another row.
"""

from datetime import date, datetime

from holdfast.access import clock
from holdfast.access.days import last_of_month
from holdfast.access.doors import Actor, Refused, account_of, check, may, teams_over
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.organisation.models import Agency, Programme
from holdfast.practice.models import EarlyHelpMonth, LateReason
from holdfast.practice.whose import own_agencies


@service
def report_early_help(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    agency: Agency,
    month: date,
    n_begun: int,
    n_stepped_down: int,
    n_met: int,
    n_stepped_up: int,
    n_otherwise: int,
) -> EarlyHelpMonth:
    """What an agency led in one month, for one's own agency. `month` is its first day. Raises Refused or NotDone."""
    code, today = programme.code, clock.day_of(at)
    if agency not in own_agencies(by, code):
        raise Refused(Permission.ANSWER_FOR_AGENCY, code)
    if month.day != 1 or last_of_month(month) >= today:
        raise NotDone("Choose a month that has ended.", field="month")
    if n_stepped_down > n_begun:
        raise NotDone("No more can have come from social care than were begun.", field="n_stepped_down")
    made = EarlyHelpMonth(programme=programme, agency=agency, month=month, n_begun=n_begun, n_met=n_met)
    made.n_stepped_down, made.n_stepped_up, made.n_otherwise = n_stepped_down, n_stepped_up, n_otherwise
    made.reported_on, made.reported_by = today, account_of(by)
    made.save()
    record("early help reported", programme=code, subject=agency.name, detail={"month": month.isoformat()})
    return made


@service
def explain_late(
    *, by: Actor, at: datetime, programme: Programme, mark: str, due_on: date, code: str, what: str = "an assessment"
) -> LateReason:
    """Say why something on a worklist is late; `what` it is, in words. The caller found it. Refused or NotDone."""
    if not may(by, Permission.SEE_CHILD_RECORDS, programme.code) and not teams_over(
        by, Permission.SEE_CHILD_RECORDS, programme.code
    ):
        check(by, Permission.SEE_CHILD_RECORDS, programme.code)
    today = clock.day_of(at)
    if due_on >= today:
        raise NotDone("It is not late: its day has not passed.")
    made = LateReason(programme=programme, mark=mark, due_on=due_on, code=LateReason.Code(code), explained_on=today)
    made.explained_by = account_of(by)
    made.save()
    record("lateness explained", programme=programme.code, subject=what, detail={"reason": made.code})
    return made
