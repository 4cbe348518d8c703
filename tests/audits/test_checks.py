"""What audits answer of the notice's requirements: met, not met, and nothing to go on; for a past day too."""

from datetime import date, timedelta
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.audits import checks, programming
from holdfast.audits.models import Audit, AuditPlan, Grading, Moderation
from holdfast.audits.services import auditing, moderating
from holdfast.notice.answers import Asking
from holdfast.organisation import services as organisation
from holdfast.organisation.models import RoleHolding

from .conftest import TODAY, add, allocated, at, handed_in, somebody, to_moderate
from .test_programme import plan, put_forward  # noqa: F401

pytestmark = pytest.mark.django_db


def asking(programme: Any, on: date = TODAY) -> Asking:
    return Asking(SYSTEM, programme, on)


def test_without_a_programme_in_force_nothing_is_met(programme: Any, audit: Audit, people: Any) -> None:
    assert checks.audits_as_agreed(asking(programme), None).state == "no evidence"
    handed_in(audit, people["auditor"])
    said = checks.audits_as_agreed(asking(programme), None)
    assert said.state == "at risk"
    assert "1 audit was handed in" in said.sentence
    assert checks.audits_as_agreed(asking(programme, TODAY - timedelta(days=1)), None).state == "no evidence"


def test_planned_is_held_against_done(
    programme: Any,
    plan: AuditPlan,  # noqa: F811
    audit: Audit,
    people: Any,
) -> None:
    put_forward(programme, programming.words_of(plan), "board", "dscb")
    for number, month in enumerate((3, 3, 4, 4, 5)):
        one = handed_in(add(audit.version, audit.team, f"C-200{number}"), people["auditor"])
        Audit.objects.filter(pk=one.pk).update(handed_in_on=date(2031, month, 20), added_on=date(2031, 3, 1))
    assert checks.audits_as_agreed(asking(programme, date(2031, 3, 20)), None).state == "no evidence"
    assert checks.audits_as_agreed(asking(programme, date(2031, 5, 1)), None).state == "met"
    said = checks.audits_as_agreed(asking(programme), None)
    assert said.state == "not met"
    assert "Case-file audit: 1 of 2 were handed in, May 2031" in said.sentence


def test_everybody_who_was_given_one_hands_it_in_and_every_manager_takes_part(
    programme: Any, audit: Audit, people: Any
) -> None:
    assert checks.audits_by_all(asking(programme), None).state == "no evidence"
    given = allocated(audit, people["auditor"])
    after = given.due_on + timedelta(days=1)
    assert checks.audits_by_all(asking(programme, given.due_on), None).state == "no evidence"
    assert checks.audits_by_all(asking(programme, after), None).state == "not met"
    handed_in(audit, people["auditor"])
    said = checks.audits_by_all(asking(programme, after), None)
    assert (said.state, "0 of 2 managers" in said.sentence) == ("at risk", True), "one account did them all"
    handed_in(add(audit.version, audit.team, "C-1002"), people["team-manager"])
    said = checks.audits_by_all(asking(programme, after), None)
    assert (said.state, "1 of 2 managers" in said.sentence) == ("at risk", True)
    grant_auditor(programme, people["practice-manager"])
    handed_in(add(audit.version, audit.team, "C-1003"), people["practice-manager"])
    said = checks.audits_by_all(asking(programme, after), None)
    assert (said.state, "2 of 2 managers" in said.sentence) == ("met", True)
    add_late = allocated(add(audit.version, audit.team, "C-1004"), people["auditor"])
    assert checks.audits_by_all(asking(programme, add_late.due_on + timedelta(days=1)), None).state == "not met"


def grant_auditor(programme: Any, account: Any) -> None:
    """A practice manager audits with an auditor's role beside their own."""
    held = {"role": "auditor", "kind": "programme", "key": "", "from_on": TODAY}
    organisation.grant_role(by=SYSTEM, at=at(), account=account, programme=programme, **held)
    vars(account).pop("_holdfast_grants", None)


def test_where_no_manager_is_on_record_nothing_shows_that_they_take_part(programme: Any, audit: Audit) -> None:
    given = handed_in(audit, somebody(programme, "ada", ("auditor", "programme", "")))
    RoleHolding.objects.filter(role__in=checks.MANAGERS).update(ended_at=at())
    said = checks.audits_by_all(asking(programme, given.due_on + timedelta(days=1)), None)
    assert (said.state, "Nobody is on record as a manager" in said.sentence) == ("no evidence", True)


def test_what_was_drawn_is_moderated_in_time(programme: Any, audit: Audit, people: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 100)
    assert checks.audits_moderated(asking(programme), None).state == "no evidence"
    done = to_moderate(handed_in(audit, people["auditor"]), people["moderator"])
    assert checks.audits_moderated(asking(programme, TODAY + timedelta(days=28)), None).state == "at risk"
    assert checks.audits_moderated(asking(programme, TODAY + timedelta(days=29)), None).state == "not met"
    moderating.give_second_grade(by=people["moderator"], at=at(), audit=done, grades={"grade": "good"}, why="x")
    said = checks.audits_moderated(asking(programme), None)
    assert (said.state, "Of 1 audit handed in" in said.sentence and "1 of 1" not in said.sentence) == ("met", True)
    assert Grading.objects.count() == 3
    assert Moderation.objects.count() == 1


def test_audits_of_which_none_was_drawn_are_not_shown_to_be_overseen(
    programme: Any, audit: Audit, people: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 0)
    handed_in(audit, people["auditor"])
    said = checks.audits_moderated(asking(programme), None)
    assert said.state == "at risk"
    assert "none was drawn" in said.sentence
