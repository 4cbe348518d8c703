"""The checks that decisions and the logs answer: met, not met, nothing to go on, and as a past day was."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.governance import decided_checks as checks
from holdfast.governance.duties import duties
from holdfast.governance.effect_kinds import Change
from holdfast.governance.models import DutyAssurance, ScrutinyRecommendation, ScrutinyResponse
from holdfast.governance.services import assuring, challenging
from holdfast.notice.answers import Asking
from holdfast.organisation.models import Body, Post, Programme
from holdfast.plan.models import Action, DateRevision
from holdfast.plan.services import adding

from .deciding import FIRST, board, decide, post, write

DAY = date(2014, 2, 10)


@pytest.fixture
def body(programme: Programme) -> Body:
    return board(programme)


def asked(body: Body, on: date = DAY) -> Asking:
    return Asking(SYSTEM, body.programme, on)


def wants(ref: str = "R59", triggered_on: date | None = None) -> Any:
    return SimpleNamespace(ref=ref, triggered_on=triggered_on)


def test_challenges_are_met_when_each_is_answered_in_time(body: Body) -> None:
    assert checks.challenges_are_met(asked(body), wants()).state == "no evidence"
    head = post(body.programme, "head", "Head of practice")
    said = {"programme": body.programme, "body": body, "challenged": head, "about": "Slow.", "evidence": "I20."}
    raised = challenging.raise_challenge(**write(), **said, raised_on=date(2014, 1, 9))
    assert checks.challenges_are_met(asked(body, date(2014, 2, 6)), wants(), body="Improvement Board").state == "met"
    late = checks.challenges_are_met(asked(body, date(2014, 2, 7)), wants())
    assert (late.state, "not answered within 28 days: challenge 1" in late.sentence) == ("at risk", True)
    challenging.answer_challenge(**write(), challenge=raised, words="We act.")
    assert checks.challenges_are_met(asked(body, clock.today()), wants()).state == "met"
    assert checks.challenges_are_met(asked(body), wants(), body="Another").state == "no evidence"


def test_duties_are_met_when_the_safeguarding_board_says_so_of_all(body: Body) -> None:
    assert checks.duties_are_met(asked(body), wants()).state == "no evidence"

    def say(ref: str, state: str) -> DutyAssurance:
        kept = {"programme": body.programme, "line": ref, "state": state, "evidence": "A page."}
        return assuring.assure_duty(**write(), **kept, on=date(2014, 1, 1))

    for duty in duties():
        say(duty.ref, "met")
    assert checks.duties_are_met(asked(body), wants()).state == "met"
    assert checks.duties_are_met(asked(body, date(2013, 12, 31)), wants()).state == "no evidence"
    say("D02", "partly")
    assert checks.duties_are_met(asked(body), wants()).state == "at risk"
    say("D03", "not met")
    assert checks.duties_are_met(asked(body), wants()).state == "not met"


def test_scrutiny_begins_with_its_condition_and_each_recommendation_is_answered(body: Body) -> None:
    started = wants("R42", date(2014, 1, 1))
    assert checks.scrutiny_is_answered(asked(body), wants("R42")).state == "no evidence"
    assert checks.scrutiny_is_answered(asked(body, date(2013, 12, 31)), started).state == "no evidence"
    assert checks.scrutiny_is_answered(asked(body), started).state == "at risk"
    head = post(body.programme, "head", "Head of practice")
    made = ScrutinyRecommendation.objects.create(
        programme=body.programme, body=body, number=1, text="Look.", asked_of=head, made_on=date(2014, 1, 20)
    )
    assert "not answered: 1" in checks.scrutiny_is_answered(asked(body), started).sentence
    ScrutinyResponse.objects.create(recommendation=made, is_accepted=True, words="Yes.", answered_on=date(2014, 2, 1))
    assert checks.scrutiny_is_answered(asked(body), started).state == "met"


def test_support_is_given_when_every_post_had_a_session_lately(body: Body) -> None:
    kinds = {"kind": "mentoring", "posts": ["first", "second"]}
    assert checks.support_is_given(asked(body), wants(), **kinds).state == "no evidence"
    helped = [post(body.programme, code, code.capitalize()) for code in ("first", "second")]

    def log(post: Post, on: date) -> None:
        given = {"kind": "mentoring", "given_by": "A director elsewhere", "hours": Decimal(1)}
        assuring.log_support(**write(), programme=body.programme, post=post, on=on, **given)

    log(helped[0], DAY)
    assert checks.support_is_given(asked(body), wants(), **kinds).state == "not met"
    log(helped[1], DAY - timedelta(days=62))
    assert checks.support_is_given(asked(body), wants(), **kinds).state == "met"
    assert checks.support_is_given(asked(body, DAY + timedelta(days=1)), wants(), **kinds).state == "at risk"


def test_a_requirement_was_decided_when_a_decision_in_force_names_it(body: Body) -> None:
    assert checks.was_decided(asked(body), wants()).state == "no evidence"
    made = decide(body, requirements=["R59"])
    assert checks.was_decided(asked(body, FIRST), wants()).state == "met"
    assert checks.was_decided(asked(body, FIRST - timedelta(days=1)), wants()).state == "no evidence"
    decide(body, supersedes=made, meeting=None, without_meeting="Urgent.", made_on=date(2014, 1, 1))
    assert checks.was_decided(asked(body), wants()).state == "no evidence"
    assert checks.was_decided(asked(body, date(2013, 12, 31)), wants()).state == "met"


def review(body: Body, on: date) -> None:
    given = {"kind": "reviewed", "words": "Go on as planned.", "source": "the letter of that week"}
    assuring.record_step(**write(), programme=body.programme, on=on, **given)


def asked_of_review(body: Body, on: date, **when: Any) -> Any:
    asking = Asking(SYSTEM, body.programme, on, SimpleNamespace(issued_on=date(2013, 9, 12)))
    return checks.department_reviews(asking, SimpleNamespace(when=when))


def test_a_review_by_the_department_is_on_record_in_its_month_or_it_is_not_met(body: Body) -> None:
    february = {"kind": "in_months", "months": ["2014-02"]}
    assert "looked for from 1 February 2014" in asked_of_review(body, date(2014, 1, 31), **february).sentence
    review(body, date(2014, 1, 30))
    none = asked_of_review(body, date(2014, 3, 1), **february)
    assert (none.state, "a person who has its letter records it" in none.sentence) == ("no evidence", True)
    review(body, date(2014, 3, 3))
    late = asked_of_review(body, date(2014, 3, 3), **february)
    assert (late.state, "3 days after its time" in late.sentence) == ("not met", True)
    assert asked_of_review(body, date(2014, 3, 2), **february).state == "no evidence"
    review(body, date(2014, 2, 28))
    met = asked_of_review(body, date(2014, 3, 31), **february)
    assert met.state == "met"
    assert "as the letter of that week says: Go on as planned." in met.sentence
    assert "only a person can judge" in met.sentence


def test_a_review_that_returns_is_no_older_than_its_period(body: Body) -> None:
    half_year = {"kind": "every", "months": 6}
    assert asked_of_review(body, DAY, **half_year).state == "no evidence"
    review(body, date(2013, 10, 1))
    assert asked_of_review(body, date(2014, 4, 1), **half_year).state == "met"
    assert asked_of_review(body, date(2014, 4, 2), **half_year).state == "no evidence"


@pytest.fixture
def action(body: Body) -> Action:
    objective = adding.add_objective(**write(), programme=body.programme, ref="O1", title="Plans on time")
    owner = Post.objects.get(programme=body.programme, code="post-police")
    due = {"due_on": date(2013, 12, 1), "indicator": "I04", "added_on": FIRST}
    return adding.add_action(**write(), objective=objective, ref="A1", title="A new system", owner=owner, **due)


def test_a_date_moved_under_a_number_that_is_no_decision_is_found(body: Body, action: Action) -> None:
    assert checks.moved_dates_are_decisions(asked(body), wants()).state == "met"
    decide(body, effects=[Change("due-date", "A1", {"due_on": date(2014, 3, 31)})])
    found = checks.moved_dates_are_decisions(asked(body), wants())
    assert (found.state, found.links[0][0]) == ("met", "IB-1")
    days = {"was_due_on": date(2014, 3, 31), "due_on": date(2014, 6, 30), "decided_on": date(2014, 2, 1)}
    DateRevision.objects.create(action=action, reason="Nobody knows.", decision="IB-9", **days)
    assert "IB-9" in checks.moved_dates_are_decisions(asked(body), wants()).sentence
    assert checks.moved_dates_are_decisions(asked(body, date(2014, 1, 31)), wants()).state == "met"


@pytest.mark.parametrize(
    ("line", "state"), [((True, "I04"), "met"), ((True, "I20"), "not met"), ((False, "I20"), "met")]
)
def test_what_is_off_its_target_in_public_has_an_open_action(
    body: Body, action: Action, monkeypatch: pytest.MonkeyPatch, line: tuple[bool, str], state: str
) -> None:
    is_off, indicator = line
    card = SimpleNamespace(id=indicator, title="A measure")
    seen: dict[str, Any] = {}

    def scorecard(*args: Any, **more: Any) -> list[Any]:
        seen.update(more)
        return [SimpleNamespace(aim=object(), is_off_target=is_off, definition=card)]

    monkeypatch.setattr(checks, "scorecard", scorecard)
    assert checks.off_target_has_action(asked(body, clock.today()), wants()).state == state
    assert seen["is_public"] is True


def test_before_a_release_or_a_target_nothing_is_said_of_targets(body: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.off_target_has_action(asked(body), wants()).state == "no evidence"
    monkeypatch.setattr(checks, "scorecard", lambda *args, **more: [SimpleNamespace(aim=None)])
    assert "No decision has set a target" in checks.off_target_has_action(asked(body), wants()).sentence


def test_the_intervention_stands_where_its_last_step_left_it(body: Body) -> None:
    assert checks.intervention_stands(asked(body), wants()).state == "no evidence"
    for kind, on, state in (
        ("issued", date(2013, 9, 12), "no evidence"),
        ("warned", date(2013, 12, 1), "at risk"),
        ("directed", date(2014, 2, 1), "not met"),
    ):
        said = {"words": "A letter came.", "source": "The Department’s letter"}
        assuring.record_step(**write(), programme=body.programme, kind=kind, on=on, **said)
        assert checks.intervention_stands(asked(body, on), wants()).state == state
    before = checks.intervention_stands(asked(body, date(2013, 10, 1)), wants())
    assert before.state == "no evidence"
    assert before.sentence.startswith("No warning and no direction is on record, so there is nothing to show. The last")
