"""What audits give to be measured: by hand, a day before and a day after each date, and nothing that is still blind."""

from datetime import date, timedelta
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.audits import programming
from holdfast.audits.extract import take
from holdfast.audits.models import Audit, AuditPlan, Remedy
from holdfast.audits.services import auditing, critical, moderating, remedies
from holdfast.organisation import services as organisation
from holdfast.performance.extracts import Rows

from .conftest import TODAY, add, allocated, answer, at, handed_in, to_moderate
from .test_programme import plan, put_forward  # noqa: F401

pytestmark = pytest.mark.django_db
BEFORE = TODAY - timedelta(days=1)


@pytest.fixture
def every_one(monkeypatch: Any) -> None:
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 100)


@pytest.fixture
def nobody(monkeypatch: Any) -> None:
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 0)


def rows(programme: Any, table: str, on: date = TODAY) -> Rows:
    given = take(programme, on)
    assert given is not None
    return list(given.tables[table])


def test_before_the_first_audit_nothing_is_known(programme: Any, audit: Audit) -> None:
    assert take(programme, BEFORE) is None
    given = take(programme, TODAY)
    assert given is not None
    assert given.since == TODAY
    assert "audits_planned" not in given.tables


def test_an_audit_is_a_row_with_its_case_and_without_whoever_did_it(
    programme: Any, audit: Audit, people: Any, nobody: Any
) -> None:
    assert rows(programme, "audits")[0]["audit_handed_in_on"] is None
    assert rows(programme, "audit_answers") == []
    handed_in(audit, people["auditor"])
    row = rows(programme, "audits")[0]
    assert (row["audit_person_id"], row["audit_team"], row["audit_kind"]) == ("C-1001", "North team", "case-file-audit")
    assert (row["audit_handed_in_on"], row["audit_open_from"], row["audit_drawn_for"]) == (TODAY, TODAY, None)
    assert str(people["auditor"].pk) not in {str(value) for value in row.values()} - {"1"}


def test_answers_are_codes_and_what_was_typed_stays_here(
    programme: Any, audit: Audit, people: Any, nobody: Any
) -> None:
    handed_in(audit, people["auditor"])
    given = {
        row["answer_question"]: (row["answer_value"], row["answer_met"]) for row in rows(programme, "audit_answers")
    }
    assert given == {"child-seen": ("no", False), "safe": ("safe", None)}


def test_the_auditors_grade_stands_where_nobody_grades_again(
    programme: Any, audit: Audit, people: Any, nobody: Any
) -> None:
    handed_in(audit, people["auditor"])
    (row,) = rows(programme, "audit_grades")
    assert (row["grade_stands"], row["grade_whose"], row["grade_auditor_place"]) == ("good", "auditor", 2)


def test_what_is_still_to_be_graded_blind_leaves_without_answer_or_grade(
    programme: Any, audit: Audit, people: Any, every_one: Any
) -> None:
    drawn = to_moderate(handed_in(audit, people["auditor"]), people["moderator"])
    assert rows(programme, "audits")[0]["audit_open_from"] is None
    assert {row["answer_value"] for row in rows(programme, "audit_answers")} == {None}
    (row,) = rows(programme, "audit_grades")
    assert {row[name] for name in ("grade_auditor", "grade_stands", "grade_whose", "grade_auditor_place")} == {None}
    moderating.give_second_grade(
        by=people["moderator"], at=at(), audit=drawn, grades={"grade": "inadequate"}, why="Read again."
    )
    (row,) = rows(programme, "audit_grades")
    assert (row["grade_auditor"], row["grade_moderator"], row["grade_stands"]) == ("good", "inadequate", None)
    assert rows(programme, "audits")[0]["audit_open_from"] == TODAY
    assert {row["answer_value"] for row in rows(programme, "audit_answers")} == {"no", "safe"}
    moderating.decide_final_grade(
        by=people["practice-manager"], at=at(), audit=drawn, grades={"grade": "requires-improvement"}, why="Both read."
    )
    (row,) = rows(programme, "audit_grades")
    assert (row["grade_stands"], row["grade_whose"]) == ("requires-improvement", "final")


def test_an_audit_that_was_withdrawn_is_no_row(programme: Any, audit: Audit) -> None:
    kept = add(audit.version, audit.team, "C-1002")
    auditing.withdraw_audit(by=SYSTEM, at=at(), audit=audit, reason="The file is lost.")
    assert [row["audit_id"] for row in rows(programme, "audits")] == [str(kept.number)]


def test_a_child_who_may_not_be_safe_is_timed_to_the_minute(programme: Any, audit: Audit, people: Any) -> None:
    answer(allocated(audit, people["auditor"]), people["auditor"], safe="at-risk")
    (row,) = rows(programme, "audit_criticals")
    assert (row["critical_raised_on"], row["critical_minutes"], row["critical_closed_on"]) == (TODAY, None, None)
    found = audit.criticals.get()
    told = at(TODAY + timedelta(days=1)) + timedelta(seconds=1)
    critical.take_step(by=SYSTEM, at=told, critical=found, step="director-told", words="Rang.")
    assert rows(programme, "audit_criticals")[0]["critical_minutes"] is None
    assert rows(programme, "audit_criticals", TODAY + timedelta(days=1))[0]["critical_minutes"] == 24 * 60 + 1
    Audit.objects.filter(pk=audit.pk).update(withdrawn_on=TODAY + timedelta(days=1), handed_in_on=None)
    assert len(rows(programme, "audit_criticals")) == 1, "it stood until then"


def test_what_an_audit_asks_for_has_its_days(programme: Any, audit: Audit, people: Any) -> None:
    council = organisation.add_agency(by=SYSTEM, at=at(), programme=programme, code="council", name="C", kind="council")
    post = organisation.add_post(by=SYSTEM, at=at(), programme=programme, code="qa", title="QA", agency=council)
    facts = {"level": "child", "words": "See the child.", "owner": post, "due_on": TODAY}
    asked = remedies.ask_for(by=SYSTEM, at=at(), audit=audit, **facts)
    remedies.say_done(by=people["practice-manager"], at=at(TODAY + timedelta(days=1)), remedy=asked, words="Seen.")
    (row,) = rows(programme, "audit_actions")
    assert (row["remedy_done_on"], row["remedy_verified_on"], row["remedy_in_plan"]) == (None, None, False)
    (row,) = rows(programme, "audit_actions", TODAY + timedelta(days=1))
    assert row["remedy_done_on"] == TODAY + timedelta(days=1)
    assert Remedy.objects.get().verified_on is None


def test_what_was_agreed_is_a_row_for_each_audit_once_its_period_is_over(
    programme: Any,
    plan: AuditPlan,  # noqa: F811
    audit: Audit,
    people: Any,
) -> None:
    put_forward(programme, programming.words_of(plan), "board", "dscb")
    one = handed_in(add(audit.version, audit.team, "C-2000"), people["auditor"])
    Audit.objects.filter(pk=one.pk).update(handed_in_on=date(2031, 3, 20), added_on=date(2031, 3, 1))
    assert rows(programme, "audits_planned", date(2031, 3, 30)) == []
    planned = rows(programme, "audits_planned", date(2031, 3, 31))
    assert [row["planned_handed_in_on"] for row in planned] == [date(2031, 3, 20), None]
