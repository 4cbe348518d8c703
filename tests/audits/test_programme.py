"""The programme of audits: in force only when both boards have agreed its very words; planned against done."""

from datetime import date
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.agreements import services as agreements
from holdfast.agreements.contents import content_today
from holdfast.audits import programming
from holdfast.audits.forms import AuditPlanForm
from holdfast.audits.models import Audit, AuditPlan
from holdfast.audits.selectors import done
from holdfast.audits.services.writing import Line, write_audit_plan
from holdfast.organisation import services as organisation

from .conftest import add, at, handed_in

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2031, 3, 1), date(2031, 6, 2)
CODE = "westmere-2031"


@pytest.fixture
def plan(programme: Any, people: Any) -> AuditPlan:
    for code, name in (("board", "Improvement Board"), ("dscb", "Safeguarding Board")):
        organisation.add_body(by=SYSTEM, at=at(), programme=programme, code=code, name=name)
    lines = [Line("case-file-audit", "Case-file audit", "month", 2, "All open cases, by chance")]
    facts = {"from_on": MARCH, "lines": lines, "moderated_percent": 10, "oversight": "Each quarter, by the chair."}
    return write_audit_plan(by=people["practice-manager"], at=at(), programme=programme, **facts)


def put_forward(programme: Any, words: str, *answered: str) -> None:
    facts = {"code": "audits", "kind": programming.KIND, "title": "The programme of audits"}
    subject = agreements.add_subject(by=SYSTEM, at=at(), programme=programme, **facts)
    parties = [("body", "board"), ("body", "dscb")]
    version = agreements.propose_version(
        by=SYSTEM, at=at(), subject=subject, words=words, parties=parties, proposed_on=MARCH
    )
    for party in version.parties.filter(key__in=answered):
        said = {"answer": "agreed", "minute": "Item 4", "said_on": date(2031, 3, 10)}
        agreements.say(by=SYSTEM, at=at(), version=version, party=party, **said)


def test_it_is_not_in_force_until_both_have_agreed(programme: Any, plan: AuditPlan) -> None:
    words = content_today(SYSTEM, CODE, programming.KIND)
    assert words is not None
    put_forward(programme, words, "board")
    assert programming.in_force(SYSTEM, CODE, JUNE) is None
    assert done.planned_and_done(SYSTEM, CODE, JUNE) == (None, [])


def test_it_is_in_force_from_the_day_on_which_the_last_agreed(programme: Any, plan: AuditPlan) -> None:
    put_forward(programme, programming.words_of(plan), "board", "dscb")
    assert programming.in_force(SYSTEM, CODE, date(2031, 3, 9)) is None
    assert programming.in_force(SYSTEM, CODE, date(2031, 3, 10)) == plan


def test_other_words_than_those_agreed_are_not_in_force(programme: Any, plan: AuditPlan) -> None:
    put_forward(programme, programming.words_of(plan).replace("2 each month", "3 each month"), "board", "dscb")
    assert programming.in_force(SYSTEM, CODE, JUNE) is None


def test_planned_is_held_against_what_was_handed_in_by_whole_periods(
    programme: Any, plan: AuditPlan, audit: Audit, people: Any
) -> None:
    put_forward(programme, programming.words_of(plan), "board", "dscb")
    for number, on in ((0, date(2031, 4, 1)), (1, date(2031, 4, 30)), (2, date(2031, 5, 31))):
        one = handed_in(add(audit.version, audit.team, f"C-200{number}"), people["auditor"])
        Audit.objects.filter(pk=one.pk).update(handed_in_on=on)
    _, periods = done.planned_and_done(SYSTEM, CODE, JUNE)
    assert [(one.words, one.n_planned, one.n_done, one.n_short) for one in periods] == [
        ("March 2031", 2, 0, 2),
        ("April 2031", 2, 2, 0),
        ("May 2031", 2, 1, 1),
    ]


def test_everybody_who_audits_is_seen_to_take_part(audit: Audit, people: Any) -> None:
    handed_in(audit, people["auditor"])
    assert done.participation(CODE, JUNE) == [(people["auditor"].display_name, 1, 1)]
    assert done.participation(CODE, date(2031, 6, 1)) == []
    namesake = Account.objects.create(username="namesake", first_name=people["auditor"].display_name)
    Audit.objects.filter(pk=add(audit.version, audit.team, "C-9").pk).update(auditor=namesake, allocated_on=JUNE)
    assert [tuple(one)[1:] for one in done.participation(CODE, JUNE)] == [(1, 0), (1, 1)]


def test_an_audit_withdrawn_later_took_part_until_then(audit: Audit, people: Any) -> None:
    day_after = date(2031, 6, 3)
    Audit.objects.filter(pk=audit.pk).update(auditor=people["auditor"], allocated_on=JUNE, withdrawn_on=day_after)
    assert [one.n for one in done.participation(CODE, JUNE)] == [1]
    assert done.participation(CODE, day_after) == []


def test_a_team_none_of_whose_cases_was_audited_is_seen_too(audit: Audit, people: Any) -> None:
    handed_in(audit, people["auditor"])
    assert done.teams_read(SYSTEM, CODE, JUNE) == [(audit.team.name, 1, 1), ("South team", 0, 0)]


def test_the_next_version_begins_from_the_last_but_for_its_days(plan: AuditPlan) -> None:
    form = AuditPlanForm(None, kinds=[("case-file-audit", "Case-file audit")], newest=plan)
    own = {"n-case-file-audit": 2, "every-case-file-audit": "month"}
    own |= {"scope-case-file-audit": "All open cases, by chance."}
    assert form.initial == {"moderated_percent": 10, "oversight": "Each quarter, by the chair.", **own}


def test_a_month_after_the_31st_begins_on_the_1st_of_the_next() -> None:
    def begins(from_on: date, every: str, on: date) -> list[date]:
        return [first for first, _, _ in done._periods(AuditPlan(from_on=from_on), every, on)]

    assert begins(date(2031, 1, 31), "month", date(2031, 3, 31)) == [date(2031, 1, 31), date(2031, 3, 1)]
    assert begins(date(2031, 12, 1), "month", date(2032, 1, 31)) == [date(2031, 12, 1), date(2032, 1, 1)]
    assert begins(date(2031, 11, 30), "quarter", date(2032, 5, 31)) == [date(2031, 11, 30), date(2032, 3, 1)]


def test_a_period_of_whole_months_is_said_by_its_months_and_any_other_by_its_days() -> None:
    assert done._period_words(date(2014, 1, 1), date(2014, 1, 31)) == "January 2014"
    assert done._period_words(date(2014, 1, 1), date(2014, 3, 31)) == "January 2014 to March 2014"
    assert done._period_words(date(2014, 1, 4), date(2014, 2, 3)) == "4 January 2014 to 3 February 2014"
