"""What the notice gives to be measured: requirements that apply, and the days on which each stood evidenced."""

from datetime import UTC, date, datetime

import pytest

from holdfast.notice import extract
from holdfast.notice.models import Requirement
from holdfast.notice.services import judging
from notice.saying import accepted, judged, linked

AS_AT = date(2031, 6, 1)


def at(month: int, day: int) -> datetime:
    return datetime(2031, month, day, 12, tzinfo=UTC)


def given(notice, as_at=AS_AT):
    found = extract.take(notice.programme, as_at)
    return found, {row["requ_requirement_id"]: row for row in found.tables["requirements"]}


def stretches(notice, as_at=AS_AT):
    rows = given(notice, as_at)[0].tables["requirements_evidenced"]
    return [(row["evid_table_id"], str(row["evid_from"]), str(row["evid_until"])) for row in rows]


@pytest.fixture
def requirement(westmere) -> Requirement:
    return westmere.requirements.get(ref="A1")


def test_a_requirement_applies_from_the_notice_and_a_conditional_one_when_its_condition_is_met(westmere):
    found, rows = given(westmere)
    assert found.since == westmere.issued_on
    duties = westmere.requirements.exclude(modality="none").filter(condition="")
    assert set(rows) == set(duties.values_list("ref", flat=True))
    assert {row["requ_from"] for row in rows.values()} == {westmere.issued_on}
    conditional = westmere.requirements.exclude(condition="").first()
    Requirement.objects.filter(pk=conditional.pk).update(triggered_on=date(2031, 5, 1), modality="must")
    assert given(westmere)[1][conditional.ref]["requ_from"] == date(2031, 5, 1)
    assert conditional.ref not in given(westmere, date(2031, 4, 30))[1]


def test_a_requirement_is_evidenced_from_the_day_somebody_else_accepts_until_it_is_judged_again(people, requirement):
    judgement = judged(people, requirement, at=at(3, 3))
    assert stretches(requirement.notice) == []
    accepted(people, judgement, at=at(3, 10))
    assert stretches(requirement.notice) == [("A1|1", "2031-03-10", "None")]
    judged(people, requirement, "at risk", at=at(5, 5))
    assert stretches(requirement.notice) == [("A1|1", "2031-03-10", "2031-05-05")]
    assert stretches(requirement.notice, date(2031, 5, 4)) == [("A1|1", "2031-03-10", "None")]
    assert stretches(requirement.notice, date(2031, 3, 9)) == []


def test_a_judgement_that_is_declined_or_withdrawn_or_loses_its_evidence_counts_no_more(people, requirement):
    judgement = judged(people, requirement, at=at(3, 3))
    accepted(people, judgement, at=at(3, 10), is_accepted=False)
    assert stretches(requirement.notice) == []
    second = judged(people, requirement, at=at(4, 1))
    accepted(people, second, at=at(4, 2))
    office = people["programme-office"]
    for link in second.evidence.all():
        judging.withdraw_evidence(by=office, at=at(5, 1), evidence=link, reason="Another minute.")
    assert stretches(requirement.notice) == [("A1|1", "2031-04-02", "2031-05-01")]
    linked(requirement, at(5, 2))
    third = judged(people, requirement, at=at(5, 2))
    accepted(people, third, at=at(5, 3))
    judging.withdraw_judgement(by=office, at=at(5, 20), judgement=third, reason="Too soon.")
    assert stretches(requirement.notice) == [
        ("A1|1", "2031-04-02", "2031-05-01"),
        ("A1|2", "2031-05-03", "2031-05-20"),
    ]


def test_without_a_notice_nothing_is_given(programme):
    assert extract.take(programme, AS_AT) is None
