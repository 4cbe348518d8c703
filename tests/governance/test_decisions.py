"""Decisions: recorded whole with their effects or not at all, by who may and by votes that count; superseded only."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.kept_for_good import OnlyEverAdded
from holdfast.access.models import Account, TrailRow
from holdfast.access.writes import Forbidden
from holdfast.agreements import services as agreements
from holdfast.agreements.models import Party
from holdfast.governance.effect_kinds import Change
from holdfast.governance.looking_back import looks_back
from holdfast.governance.models import Attendance, Decision, Meeting
from holdfast.governance.selectors.arising import arising_words
from holdfast.governance.selectors.decisions import decisions
from holdfast.governance.selectors.discussing import decided_about
from holdfast.governance.services import agendas
from holdfast.governance.services import deciding as services
from holdfast.notice.services.loading import load_notice
from holdfast.organisation.models import Body, Post, Programme
from holdfast.performance.selectors.decided import adopted_versions, aims_of, rebases_of
from holdfast.plan.models import Action
from holdfast.plan.services import adding

from .deciding import FIRST, board, decide, seats, write

TARGET = Change(
    "target",
    "I04",
    {"direction": "at most", "from_on": date(2013, 11, 1), "value": 0.2, "standard_words": "England, the year before"},
)


@pytest.fixture
def body(people: dict[str, Account], programme: Programme) -> Body:
    return board(programme)


@pytest.fixture
def action(body: Body) -> Action:
    objective = adding.add_objective(**write(), programme=body.programme, ref="O1", title="Plans on time")
    owner = Post.objects.get(programme=body.programme, code="post-police")
    due_on = date(2013, 12, 1)
    return adding.add_action(**write(), objective=objective, ref="A1", title="A new system", owner=owner, due_on=due_on)


def moved(to: date) -> Change:
    return Change("due-date", "A1", {"due_on": to})


# What a decision changes


def test_a_decision_moves_a_date_and_sets_a_target_under_its_own_number(body: Body, action: Action) -> None:
    made = decide(body, effects=[moved(date(2014, 3, 31)), TARGET])
    action.refresh_from_db()
    assert (made.number, made.made_on) == ("IB-1", FIRST)
    assert (action.original_due_on, action.due_on) == (date(2013, 12, 1), date(2014, 3, 31))
    assert action.revisions.get().decision == "IB-1"
    assert aims_of(body.programme)["I04"][0].target.decision == "IB-1"
    first, second = made.effects.all()
    assert (first.before, first.after) == ("Due 1 December 2013", "Due 31 March 2014")
    assert (second.before, second.after) == ("No target", "At most 20.0% from 1 November 2013")


def test_a_decision_alone_changes_what_a_milestone_must_reach_and_the_old_words_are_kept(
    body: Body, action: Action, client_for: Any
) -> None:
    given = {"ref": "M1", "title": "On time", "owner": action.owner, "target": "7 in 10", "due_on": date(2013, 10, 1)}
    milestone = adding.add_milestone(**write(), programme=body.programme, **given)
    change = Change("milestone", "M1", {"target": "8 in 10"})
    assert "M1 was due on 1 October 2013, which had passed" in looks_back(body.programme, FIRST, [change])[0]
    made = decide(body, effects=[change])
    milestone.refresh_from_db()
    assert milestone.target == "8 in 10"
    kept = milestone.changes.get()
    assert (kept.part, kept.before, kept.after, kept.decision) == ("target", "7 in 10", "8 in 10", made.number)
    page = client_for("dfe-observer").get("/westmere-2031/plan/milestones/M1/").content.decode()
    assert "How what it must reach was changed" in page
    assert f'href="/westmere-2031/decisions/{made.number}/"' in page
    for subject, target, said in (
        ("M1", "8 in 10", "must reach that already"),
        ("M1", " ", "what it must reach"),
        ("A1", "9 in 10", "A1 is an action"),
    ):
        with pytest.raises(services.EffectRefused, match=said):
            decide(body, effects=[Change("milestone", subject, {"target": target})])


def test_what_the_last_meeting_decided_is_a_matter_arising_at_the_next(body: Body) -> None:
    first, second = decide(body), decide(body, text="To ask the police again.")
    coming = Meeting.objects.create(
        body=body, number=2, planned_on=date(2013, 11, 14), held_on=date(2013, 11, 14), added_on=FIRST
    )
    assert arising_words(coming) == (
        f"{first.number}, decided at meeting 1: To move the date.\n"
        f"{second.number}, decided at meeting 1: To ask the police again."
    )
    decide(body, text="To leave it.", supersedes=first)
    assert "To move the date." not in arising_words(coming)
    item = agendas.add_item(**write(), meeting=body.meetings.get(number=1), title="A member of staff", purpose="decide")
    decide(body, text="To let them go.", item=item)
    assert "To let them go." in arising_words(coming)
    agendas.reserve_item(**write(), item=item, reason="It concerns one person's employment.")
    assert "To let them go." not in arising_words(coming)


def test_a_decision_rebases_a_chart_and_adopts_a_definition(body: Body) -> None:
    made = decide(
        body,
        effects=[
            Change("rebase", "I04", {"from_month": date(2012, 4, 1), "reason": "A new front door."}),
            Change("definition", "I04", {"version": 1}),
        ],
    )
    assert rebases_of(body.programme)["I04"][0].decision == made.number
    assert adopted_versions(body.programme)["I04"].decision == made.number


def test_a_decision_is_the_bodys_own_answer_to_a_version(body: Body) -> None:
    subject = agreements.add_subject(**write(), programme=body.programme, code="plan", kind="plan", title="The plan")
    agreements.propose_version(
        **write(),
        subject=subject,
        words="The plan.",
        effective_on=None,
        parties=[("body", "board")],
        proposed_on=date(2013, 10, 1),
    )
    made = decide(body, effects=[Change("agreement", "plan/1", {"answer": "agreed"})])
    answer = Party.objects.get(kind="body").answer
    assert (answer.says, answer.minute, answer.said_on) == ("agreed", made.number, FIRST)


def test_one_effect_that_is_refused_refuses_the_whole_decision(body: Body, action: Action) -> None:
    with pytest.raises(services.EffectRefused, match=r"effect 2 \(set or change a target, I999\) cannot") as refusal:
        decide(body, effects=[moved(date(2014, 3, 31)), Change("target", "I999", dict(TARGET.given))])
    action.refresh_from_db()
    assert action.due_on == date(2013, 12, 1)
    assert not Decision.objects.exists()
    assert not aims_of(body.programme)
    assert refusal.value.field == "effect_2_subject"


def test_numbers_run_through_the_programme_and_another_programme_has_its_own(
    body: Body, second_programme: Programme
) -> None:
    assert [decide(body).number, decide(body).number] == ["IB-1", "IB-2"]
    assert decide(board(second_programme)).number == "IB-1"


# Who may, and which votes count


@pytest.mark.parametrize("role", ["performance-analyst", "dfe-observer", "director", "elected-member"])
def test_who_may_not_record_a_decision_is_refused(body: Body, people: dict[str, Account], role: str) -> None:
    with pytest.raises(Refused):
        decide(body, by=people[role], effects=[TARGET])
    assert not aims_of(body.programme)


@pytest.mark.parametrize("role", ["programme-office", "board-chair"])
def test_the_office_and_the_chair_record_and_carry_out(body: Body, people: dict[str, Account], role: str) -> None:
    assert decide(body, by=people[role], effects=[TARGET]).recorded_by == people[role]


@pytest.mark.parametrize(
    ("agreed", "words"),
    [
        (("chair", "observer"), "does not decide or vote"),
        (("chair",), "1 of 3 agreed, which is no majority"),
    ],
)
def test_a_vote_that_does_not_count_is_refused_and_the_trail_keeps_it(
    body: Body, agreed: tuple[str, ...], words: str
) -> None:
    with pytest.raises(Forbidden, match=words):
        decide(body, agreed_by=seats(body, *agreed), effects=[TARGET])
    row = TrailRow.objects.latest("pk")
    assert (row.action, row.programme) == ("refused by a rule", body.programme.code)
    assert words in row.subject
    assert not Decision.objects.exists()
    assert not aims_of(body.programme)


def test_a_body_that_is_not_quorate_decides_nothing(body: Body) -> None:
    Attendance.objects.filter(membership__post__code__in=["post-police", "post-health"]).update(came="apologies")
    with pytest.raises(services.NoVote, match="was not quorate: 1 member with a vote was there, and its quorum is 2"):
        decide(body, agreed_by=seats(body, "chair"))


def test_a_member_who_was_not_there_agrees_to_nothing(body: Body) -> None:
    Attendance.objects.filter(membership__post__code="post-police").update(came="apologies")
    with pytest.raises(services.NoVote, match="is not recorded as having been there"):
        decide(body)


def test_outside_a_meeting_it_says_why_and_enough_must_agree(body: Body) -> None:
    with pytest.raises(services.NotDecided, match="Say why"):
        decide(body, meeting=None)
    made = decide(body, meeting=None, without_meeting="The offer ends on Friday.", made_on=date(2013, 11, 1))
    assert (made.meeting, made.made_on) == (None, date(2013, 11, 1))
    with pytest.raises(services.NoVote, match="not quorate"):
        decide(body, meeting=None, without_meeting="Urgent.", agreed_by=seats(body, "chair"))


# Superseded, never edited


def test_a_decision_is_superseded_once_and_never_edited(body: Body) -> None:
    first = decide(body, effects=[TARGET])
    second = decide(body, supersedes=first, effects=[Change("target", "I04", {**TARGET.given, "value": 0.18})])
    first = Decision.objects.get(pk=first.pk)
    assert first.standing == "Superseded by IB-2"
    assert second.effects.get().before == "At most 20.0% from 1 November 2013"
    with pytest.raises(services.NotDecided, match="was superseded already, by IB-2"):
        decide(body, supersedes=first)
    first.text = "Another."
    with pytest.raises(OnlyEverAdded):
        first.save()
    with pytest.raises(OnlyEverAdded):
        first.delete()


# The pages


def test_the_pages_of_decisions_say_what_changed_and_link_to_it(body: Body, action: Action, client_for: Any) -> None:
    decide(body, effects=[moved(date(2014, 3, 31)), TARGET])
    client = client_for("dfe-observer")
    listed = client.get("/westmere-2031/decisions/?body=board&effect=target").content.decode()
    assert "IB-1" in listed
    assert "Record a decision" not in listed
    page = client.get("/westmere-2031/decisions/IB-1/").content.decode()
    assert "Before: Due 1 December 2013" in page
    assert 'href="/westmere-2031/plan/actions/A1/"' in page
    assert 'href="/westmere-2031/indicators/I04/"' in page
    assert client.get("/westmere-2031/decisions/IB-99/").status_code == 404


def test_a_decision_is_recorded_by_three_pages_without_scripts(body: Body, action: Action, client_for: Any) -> None:
    client = client_for("programme-office")
    first = client.get("/westmere-2031/decisions/record/?step=1&body=board")
    second = client.get(f"{first['Location']}?step=1&meeting=1&due-date=1&target=1")
    assert second["Location"].endswith("/decisions/record/board/1/?effect=due-date&effect=target")
    kept = client.get(f"{first['Location']}?step=1&meeting=1&due-date=1&item=7")["Location"]
    assert kept.endswith("?effect=due-date&item=7"), "the item that it was begun from is handed on"
    agreed = [str(seat.pk) for seat in seats(body, "chair", "police")]
    sent = {
        "text": "To move the date and set a target.",
        "reason": "The system is late.",
        "agreed_by": agreed,
        "effect_1_subject": "A1",
        "effect_1_due_on-day": "31",
        "effect_1_due_on-month": "3",
        "effect_1_due_on-year": "2014",
        "effect_2_subject": "I04",
        "effect_2_direction": "at least",
        "effect_2_from_on-day": "1",
        "effect_2_from_on-month": "11",
        "effect_2_from_on-year": "2013",
        "effect_2_value": "20.5",
        "effect_2_standard_words": "England, the year before",
    }
    refused = client.post(second["Location"], sent)
    assert refused.status_code == 200
    assert "a target for it is at most" in refused.content.decode()
    assert not Decision.objects.exists()
    done = client.post(second["Location"], {**sent, "effect_2_direction": "at most"})
    assert done["Location"] == "/westmere-2031/decisions/IB-1/"
    assert aims_of(body.programme)["I04"][0].value == 0.205


AFTER: Any = {"without_meeting": "Urgent.", "made_on": date(2014, 1, 31)}


def test_what_a_decision_changes_of_days_that_are_over_is_said_of_each_effect(body: Body, action: Action) -> None:
    """By hand: decided on 31 January 2014, so that December 2013 is the last month over; A1 was due on 1 December."""
    rebase = Change("rebase", "I04", {"from_month": date(2013, 12, 9)})
    past = looks_back(body.programme, date(2014, 1, 31), [TARGET, moved(date(2014, 3, 31)), rebase])
    assert [words.split(",")[0] for words in past] == [
        "The target of I04 would judge November 2013 to December 2013 again",
        "A1 was due on 1 December 2013 and is late: from this decision on it would not be",
        "The chart of I04 would be judged anew over December 2013",
    ]
    early = looks_back(body.programme, date(2014, 1, 31), [moved(date(2014, 1, 30))])
    assert "would be due on 30 January 2014, which has passed" in early[0]
    adopted = Change("definition", "I04", {"version": 1})
    assert looks_back(body.programme, FIRST, [TARGET, moved(date(2014, 3, 31)), adopted]) == []
    assert looks_back(body.programme, FIRST, [Change("due-date", "A99", {"due_on": FIRST})]) == []


def test_a_decision_that_looks_back_keeps_that_on_its_page_and_in_the_trail(body: Body) -> None:
    made = decide(body, meeting=None, **AFTER, effects=[TARGET])
    assert made.effects.get().after.endswith("; set afterwards for November 2013 to December 2013")
    row = TrailRow.objects.filter(action="decision recorded").latest("pk")
    assert row.detail["looks_back"][0].startswith("The target of I04 would judge November 2013 to December 2013 again")


def test_a_decision_that_looks_back_is_recorded_only_after_a_yes(body: Body, client_for: Any) -> None:
    client = client_for("programme-office")
    page = "/westmere-2031/decisions/record/board/none/?effect=target"
    sent = {
        "without_meeting": "Urgent.",
        "made_on-day": "31",
        "made_on-month": "1",
        "made_on-year": "2014",
        "text": "To set a target.",
        "reason": "It was forgotten.",
        "agreed_by": [str(seat.pk) for seat in seats(body, "chair", "police")],
        "effect_1_subject": "I04",
        "effect_1_direction": "at most",
        "effect_1_from_on-day": "1",
        "effect_1_from_on-month": "11",
        "effect_1_from_on-year": "2013",
        "effect_1_value": "20",
        "effect_1_standard_words": "England, the year before",
    }
    asked = client.post(page, sent).content.decode()
    assert "would judge November 2013 to December 2013 again" in asked
    assert f'href="{page}"' in asked
    assert not Decision.objects.exists()
    assert client.post(page, {**sent, "sure": "yes"})["Location"] == "/westmere-2031/decisions/IB-1/"
    in_time = {**sent, "effect_1_from_on-month": "2", "effect_1_from_on-year": "2014"}
    assert client.post(page, in_time)["Location"] == "/westmere-2031/decisions/IB-2/"


def test_nobody_else_is_asked_to_record_one_and_the_trail_keeps_who_tried(body: Body, client_for: Any) -> None:
    page, target = "/westmere-2031/decisions/record/board/1/", {"effect_1_subject": "I04", "effect_1_value": "20"}
    for role in ("performance-analyst", "dfe-observer"):
        assert client_for(role).get(page).status_code == 403
        assert client_for(role).post(f"{page}?effect=target", target).status_code == 403
        row = TrailRow.objects.latest("pk")
        assert (row.action, row.by, row.detail["permission"]) == ("refused", role, "RECORD_DECISION")
    assert not aims_of(body.programme)


def test_more_decisions_take_no_more_queries(body: Body, client_for: Any) -> None:
    from django.db import connection

    client = client_for("dfe-observer")

    def n_queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/westmere-2031/decisions/").status_code == 200
        return len(seen)

    decide(body, effects=[TARGET])
    n_queries()
    few = n_queries()
    for value in (0.19, 0.18, 0.17, 0.16):
        decide(body, effects=[Change("target", "I04", {**TARGET.given, "value": value})])
    assert n_queries() <= few


def test_decisions_are_listed_the_latest_first(body: Body) -> None:
    decide(body)
    decide(body, meeting=None, without_meeting="Urgent.", made_on=date(2014, 1, 1))
    assert [each.number for each in decisions(SYSTEM, body.programme.code)] == ["IB-2", "IB-1"]


def test_a_requirement_shows_the_decisions_that_name_it_and_those_that_changed_what_answers_it(
    body: Body, action: Action
) -> None:
    notice = load_notice(**write(), programme=body.programme, file=Path("devon-2013.yaml"))
    served = notice.requirements.get(ref="R12")
    assert "I04" in served.indicators
    action.requirements.add(served)
    decide(body, effects=[moved(date(2014, 3, 31))])
    decide(body, effects=[TARGET])
    decide(body, requirements=["R12"])
    decide(body)
    assert [number for number, _ in decided_about(SYSTEM, body.programme.code, "R12")] == ["IB-3", "IB-2", "IB-1"]
    assert decided_about(SYSTEM, body.programme.code, "R71") == []
