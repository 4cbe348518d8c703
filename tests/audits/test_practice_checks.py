"""What audits found, as checks of the notice: met, not met, nothing to go on, and what a sample cannot show."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.audits import practice_checks as checks
from holdfast.audits.models import Audit, Finding, FindingAction
from holdfast.audits.services import auditing, moderating
from holdfast.notice.answers import Asking
from holdfast.notice.figures import HIDDEN, IndicatorFact
from holdfast.reports.reader import PublicReader

from .conftest import TODAY, add, allocated, answer, at, handed_in, to_moderate

pytestmark = pytest.mark.django_db


def asking(programme: Any, on: date = TODAY) -> Asking:
    return Asking(SYSTEM, programme, on)


@pytest.fixture
def quiet(monkeypatch: Any) -> None:
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 0)


@dataclass(frozen=True)
class Figure:
    n_in: int | None
    denominator: int | None
    n_unknown: int | None


def measured(figure: Figure | None) -> IndicatorFact:
    words = "Risk recorded: 90.0% (36 of 40)."
    return IndicatorFact("I94", figure, "no clear change", words, "", "", "", False, ("I94", "/"))


@pytest.mark.parametrize(
    ("figure", "state"),
    [
        (None, "no evidence"),
        (Figure(0, 0, 0), "no evidence"),
        (Figure(36, 40, 0), "at risk"),  # 77% to 96%
        (Figure(35, 35, 0), "met"),  # 90.1% to 100%
        (Figure(34, 34, 0), "at risk"),  # 89.8% to 100%: the boundary
        (Figure(35, 35, 1), "at risk"),  # one unknown, which may be a no
        (Figure(20, 40, 0), "not met"),  # 35% to 65%
        (Figure(0, 0, 12), "at risk"),  # nothing is known of twelve
    ],
)
def test_a_sample_is_met_when_its_whole_interval_is(
    programme: Any, monkeypatch: Any, figure: Figure | None, state: str
) -> None:
    monkeypatch.setattr(checks, "fact", lambda *_: measured(figure))
    said = checks.sampled_share(asking(programme), None, indicators=["I94"], at_least=0.9, standard="nine in ten")
    assert said.state == state
    assert "The standard is nine in ten, and these are samples." in said.sentence


def test_no_interval_of_a_hidden_share_is_said_beside_a_month_that_is_shown(programme: Any, monkeypatch: Any) -> None:
    """It would be of the hidden counts, and would give them away."""
    words = f"Risk recorded, part-year: {HIDDEN}; December 2013: 60.0% (18 of 30)."
    found = IndicatorFact("I94", Figure(36, 40, 0), "no clear change", words, "", "", "", False, ("I94", "/"))
    monkeypatch.setattr(checks, "fact", lambda *_: found)
    said = checks.sampled_share(asking(programme), None, indicators=["I94"], at_least=0.9, standard="nine in ten")
    assert "18 of 30" in said.sentence
    assert "interval" not in said.sentence
    monkeypatch.setattr(checks, "fact", lambda *_: measured(Figure(36, 40, 0)))
    said = checks.sampled_share(asking(programme), None, indicators=["I94"], at_least=0.9, standard="nine in ten")
    assert "95% interval" in said.sentence


def test_what_no_release_holds_is_no_evidence(programme: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(checks, "fact", lambda *_: None)
    said = checks.sampled_share(asking(programme), None, indicators=["I94"], at_least=0.9, standard="nine in ten")
    assert said.state == "no evidence"


def seen_in(programme: Any, on: date = TODAY) -> Any:
    facts = {"kind": "case-file-audit", "asked": ["child-seen"], "at_least": 0.9, "standard": "nine in ten"}
    return checks.audited_answers(asking(programme, on), None, **facts)


def test_answers_of_random_audits_are_held_against_a_standard(
    programme: Any, audit: Audit, people: Any, quiet: Any
) -> None:
    assert seen_in(programme).state == "no evidence"
    handed_in(audit, people["auditor"])
    for number in range(3):
        handed_in(add(audit.version, audit.team, f"C-200{number}"), people["auditor"])
    risky = handed_in(add(audit.version, audit.team, "C-3000", chosen="risk"), people["auditor"])
    said = seen_in(programme)
    assert said.state == "not met"
    assert "0 of 4, 0%" in said.sentence
    assert risky.chosen == "risk"
    assert seen_in(programme, TODAY + timedelta(days=91)).state == "no evidence"
    assert seen_in(programme, TODAY - timedelta(days=1)).state == "no evidence"


def test_principles_are_said_each_and_never_met_by_themselves(
    programme: Any, audit: Audit, people: Any, quiet: Any
) -> None:
    facts = {"kind": "case-file-audit", "section": "seen", "at_least": 0.9}
    assert checks.principles_met(asking(programme), None, **facts).state == "no evidence"
    handed_in(audit, people["auditor"])
    said = checks.principles_met(asking(programme), None, **facts)
    assert said.state == "not met"
    assert ": 0 of 1 answers met it. " in said.sentence.partition("Counted in 1 random audit")[0]
    assert checks.principles_met(asking(programme), None, **{**facts, "at_least": 0.0}).state == "at risk"


def closures(programme: Any, on: date = TODAY) -> Any:
    return checks.closures_left_nobody_at_risk(asking(programme, on), None, kind="case-file-audit")


def test_no_closure_found_at_risk_is_not_none(programme: Any, audit: Audit, people: Any, quiet: Any) -> None:
    assert closures(programme).state == "no evidence"
    handed_in(audit, people["auditor"])
    said = closures(programme)
    assert said.state == "at risk"
    assert "none left a child at risk. So small a sample leaves room for 79%" in said.sentence


def test_one_closure_that_left_a_child_at_risk_is_not_met(
    programme: Any, audit: Audit, people: Any, quiet: Any
) -> None:
    begun = answer(allocated(audit, people["auditor"]), people["auditor"], safe="at-risk")
    Audit.objects.filter(pk=begun.pk).update(handed_in_on=TODAY)
    assert closures(programme).state == "not met"
    assert closures(programme, TODAY - timedelta(days=1)).state == "no evidence"


def test_a_finding_without_an_action_is_at_risk_for_four_weeks_and_then_not_met(programme: Any, audit: Audit) -> None:
    assert checks.findings_have_actions(asking(programme), None).state == "no evidence"
    found = Finding.objects.create(
        programme=programme,
        number=1,
        question_set=audit.version.question_set,
        chosen="random",
        since=TODAY,
        until=TODAY,
        theme="voice",
        question="child-seen",
        asked="Was the child seen?",
        n_short=14,
        n=22,
        words="The child was not seen.",
        found_on=TODAY,
    )
    assert checks.findings_have_actions(asking(programme, TODAY + timedelta(days=28)), None).state == "at risk"
    assert checks.findings_have_actions(asking(programme, TODAY + timedelta(days=29)), None).state == "not met"
    FindingAction.objects.create(finding=found, plan_ref="A01", linked_on=TODAY + timedelta(days=20))
    assert checks.findings_have_actions(asking(programme, TODAY + timedelta(days=29)), None).state == "met"
    assert checks.findings_have_actions(asking(programme, TODAY + timedelta(days=19)), None).state == "at risk"


def graded_again(audit: Audit, people: Any, grade: str) -> None:
    moderator, grades = people["moderator"], {"grade": grade}
    drawn = to_moderate(audit, moderator)
    moderating.give_second_grade(by=moderator, at=at(), audit=drawn, grades=grades, why="Read anew")


def test_an_audit_that_waits_to_be_graded_blind_is_in_no_count_until_it_is(
    programme: Any, audit: Audit, people: Any, monkeypatch: Any
) -> None:
    """Its moderator reads what checks say: what they count after an audit more was its auditor's answers."""
    monkeypatch.setattr(auditing, "MODERATED_PERCENT", 100)
    of_section = {"kind": "case-file-audit", "section": "seen", "at_least": 0.9}
    waiting = handed_in(audit, people["auditor"])
    assert seen_in(programme).sentence == (
        "No audit that asks this was handed in in the quarter. 1 more audit waits to be graded again, and counts from "
        "then."
    )
    assert checks.principles_met(asking(programme), None, **of_section).state == "no evidence"
    graded_again(waiting, people, "good")
    assert "0 of 1" in seen_in(programme).sentence
    assert "waits" not in seen_in(programme).sentence


@pytest.mark.parametrize(("second", "state"), [("good", "at risk"), ("inadequate", "at risk"), ("none", "no evidence")])
def test_cases_audited_again_never_meet_it_alone(
    programme: Any, audit: Audit, people: Any, quiet: Any, second: str, state: str
) -> None:
    first = handed_in(audit, people["auditor"], "inadequate")
    if second != "none":
        again = add(audit.version, audit.team, "C-1001", chosen="again", audits_again=first)
        again = handed_in(again, people["auditor"], second)
    if second == "inadequate":
        assert checks.audited_again(asking(programme), None).state == "no evidence", "it waits to be graded blind"
        graded_again(again, people, second)
    assert checks.audited_again(asking(programme), None).state == state


def test_cases_that_got_worse_are_not_met(programme: Any, audit: Audit, people: Any, quiet: Any) -> None:
    first = handed_in(audit, people["auditor"], "good")
    again = add(audit.version, audit.team, "C-1001", chosen="again", audits_again=first)
    graded_again(handed_in(again, people["auditor"], "inadequate"), people, "inadequate")
    said = checks.audited_again(asking(programme), None)
    assert said.state == "not met"
    assert "better in 0 of 1" in said.sentence


def test_no_small_count_of_audits_is_said_to_whoever_may_see_none(
    programme: Any, audit: Audit, people: Any, quiet: Any
) -> None:
    first = handed_in(audit, people["auditor"], "inadequate")
    graded_again(first, people, "inadequate")
    again = add(audit.version, audit.team, "C-1001", chosen="again", audits_again=first)
    begun = answer(allocated(again, people["auditor"]), people["auditor"], safe="at-risk")
    Audit.objects.filter(pk=begun.pk).update(handed_in_on=TODAY)
    public = Asking(PublicReader(programme.code), programme, TODAY)
    kind = "case-file-audit"
    answers = [
        checks.audited_answers(public, None, kind=kind, asked=["child-seen"], at_least=0.9, standard="nine in ten"),
        checks.principles_met(public, None, kind=kind, section="seen", at_least=0.9),
        checks.closures_left_nobody_at_risk(public, None, kind=kind),
    ]
    assert [said.state for said in answers] == ["not met", "not met", "not met"]
    assert all("to protect small numbers" in said.sentence for said in answers)
    assert "1 left a child at risk" in closures(programme).sentence
