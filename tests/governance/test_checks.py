"""The Board's checks: met, not met and nothing to go on; and a past day answered from what was true on it."""

from datetime import date
from types import SimpleNamespace

import pytest

from governance.conftest import FROM, TODAY, who
from holdfast.access.doors import SYSTEM
from holdfast.governance import checks
from holdfast.governance.models import Membership
from holdfast.governance.selectors import discussing
from holdfast.governance.services import agendas, attending, bodies, meetings, minuting
from holdfast.notice.answers import Asking

pytestmark = pytest.mark.django_db
KINDS = ["police", "health"]


def asking(programme, on=TODAY):
    return Asking(SYSTEM, programme, on)


def answer(check, programme, on=TODAY, **params):
    return check(asking(programme, on), None, **params)


@pytest.mark.parametrize("check", [
    checks.board_is_set_up, checks.chair_is_independent, checks.meetings_in_cycle, checks.observer_attends,
    checks.indicators_discussed, checks.off_track_is_acted_on,
])  # fmt: skip
def test_without_a_board_there_is_no_evidence(programme, check):
    assert answer(check, programme).state == "no evidence"


def test_a_board_is_at_risk_until_its_terms_are_in_force(programme, board):
    found = answer(checks.board_is_set_up, programme)
    assert (found.state, found.sentence) == (
        "at risk",
        "The Improvement Board was set up on 1 January 2031. No terms of reference are recorded.",
    )
    assert answer(checks.board_is_set_up, programme, date(2030, 12, 31)).state == "no evidence"


def test_the_chair_is_asked_of_the_day(programme, seats):
    assert answer(checks.chair_is_independent, programme).state == "met"
    bodies.end_seat(**who(), seat=seats.chair, to_on=date(2031, 4, 30), reason="Resigned.")
    assert answer(checks.chair_is_independent, programme, date(2031, 4, 30)).state == "met"
    assert answer(checks.chair_is_independent, programme, date(2031, 5, 1)).state == "not met"


def hold_all(cycle, until=TODAY):
    for meeting in cycle:
        if meeting.held_on <= until:
            meetings.hold_meeting(**who(), meeting=meeting, summary="A line.")


def test_28_days_keep_the_cycle_and_the_29th_day_without_a_meeting_does_not(programme, cycle):
    hold_all(cycle)
    assert answer(checks.meetings_in_cycle, programme).state == "met"
    last = date(2031, 5, 29)
    assert answer(checks.meetings_in_cycle, programme, date(2031, 6, 26)).state == "met"
    late = answer(checks.meetings_in_cycle, programme, date(2031, 6, 27))
    assert (late.state, (date(2031, 6, 27) - last).days) == ("not met", 29)
    assert answer(checks.meetings_in_cycle, programme, date(2031, 2, 5)).state == "no evidence"


def test_a_gap_is_not_met_at_the_meeting_after_it_and_at_risk_once_the_cycle_is_kept_again(programme, cycle):
    meetings.cancel_meeting(**who(), meeting=cycle[6], reason="No matter.")
    hold_all([meeting for meeting in cycle if meeting.number != 3])
    again = answer(checks.meetings_in_cycle, programme, date(2031, 5, 1))
    assert again.state == "not met"
    assert "a gap of 56 days to 1 May 2031" in again.sentence
    assert answer(checks.meetings_in_cycle, programme).state == "at risk"


def test_partners_attend_when_each_kind_took_part_in_three_of_four(programme, cycle, seats):
    assert answer(checks.partners_attend, programme, kinds=[*KINDS, "school"]).state == "not met"
    for meeting in cycle[:4]:
        attending.record_attendance(**who(), meeting=meeting, seat=seats.police, came="attended")
    for meeting in cycle[:2]:
        attending.record_attendance(**who(), meeting=meeting, seat=seats.health, came="attended")
    hold_all(cycle[:4])
    assert answer(checks.partners_attend, programme, kinds=KINDS).state == "at risk"
    assert answer(checks.partners_attend, programme, date(2031, 3, 6), kinds=KINDS).state == "met"


def test_the_observer_was_there(programme, held, seats):
    found = answer(checks.observer_attends, programme)
    assert (found.state, found.sentence) == (
        "met",
        "Took part, themselves or by a deputy: Dfe at 1 of 1 meetings.",
    )
    assert answer(checks.observer_attends, programme, FROM).state == "no evidence"


def test_a_seat_that_no_meeting_was_held_with_shows_nothing(programme, held, seats):
    Membership.objects.filter(pk__in=[seats.observer.pk, seats.police.pk]).update(from_on=TODAY)
    found = answer(checks.observer_attends, programme)
    assert (found.state, found.sentence) == ("no evidence", "No meeting was held while Dfe had a seat.")
    police = answer(checks.partners_attend, programme, kinds=KINDS)
    assert police.state == "at risk"
    assert police.sentence.endswith("Health at 0 of 1 meetings. No meeting was held yet while Police had a seat.")


def test_an_indicator_is_discussed_when_something_was_minuted_under_it(programme, cycle, monkeypatch):
    known = [
        SimpleNamespace(id="I20", claim="", link=("I20", "/")),
        SimpleNamespace(id="I24", claim="", link=("", "/")),
    ]
    monkeypatch.setattr(discussing, "figures", lambda asking: known)
    first, second = cycle[0], cycle[1]
    item = agendas.add_item(**who(), meeting=first, title="Scorecard", purpose="discuss", indicators=["I20"])
    hold_all([first])
    assert answer(checks.indicators_discussed, programme).state == "not met"
    minuting.add_entry(**who(), item=item, kind="information", text="Read.")
    found = answer(checks.indicators_discussed, programme)
    assert (found.state, found.sentence) == (
        "at risk",
        "1 of 2 indicators were discussed and minuted; never discussed: I24.",
    )
    more = agendas.add_item(**who(), meeting=second, title="Scorecard", purpose="discuss", indicators=["I24"])
    minuting.add_entry(**who(), item=more, kind="information", text="Read.")
    hold_all([second])
    assert answer(checks.indicators_discussed, programme).state == "met"
    assert answer(checks.indicators_discussed, programme, date(2031, 3, 5)).state == "at risk"


def test_what_gets_worse_has_an_action_that_the_board_raised(programme, cycle, agencies, monkeypatch):
    from holdfast.notice.figures import WORSE
    from holdfast.plan.services import adding

    worse = [SimpleNamespace(id="I20", claim=next(iter(WORSE)), link=("I20", "/"))]
    monkeypatch.setattr(discussing, "figures", lambda asking: worse)
    item = agendas.add_item(**who(), meeting=cycle[0], title="Scorecard", purpose="discuss", indicators=["I20"])
    hold_all([cycle[0]])
    found = answer(checks.off_track_is_acted_on, programme)
    assert (found.state, found.sentence) == ("not met", "1 indicator is getting worse; no open action names I20.")
    objective = adding.add_objective(**who(), programme=programme, ref="O1", title="In time")
    adding.add_action(
        **who(), objective=objective, ref="A8", title="See to it", owner=agencies.posts.council,
        due_on=date(2031, 7, 1), added_on=date(2031, 1, 1), indicator="I20",
    )  # fmt: skip
    found = answer(checks.off_track_is_acted_on, programme)
    assert (found.state, found.sentence) == (
        "at risk",
        "1 indicator is getting worse; the action for I20 was not raised by the Board.",
    )
    minuting.add_action_entry(
        **who(), item=item, text="See to it", objective=objective, ref="A9", owner=agencies.posts.council,
        due_on=date(2031, 7, 1), indicator="I20",
    )  # fmt: skip
    assert answer(checks.off_track_is_acted_on, programme).state == "met"
    assert answer(checks.off_track_is_acted_on, programme, date(2031, 2, 5)).state == "at risk"


def test_each_meeting_that_was_held_takes_and_minutes_the_report_on_progress(programme, cycle):
    def found(on=TODAY):
        return answer(checks.progress_is_reported, programme, on, item="progress")

    assert found().state == "no evidence"
    first, second = cycle[:2]
    for meeting in (first, second):
        agendas.make_agenda(**who(), meeting=meeting)
    item = first.items.get(source_ref="progress")
    minuting.add_entry(**who(), item=item, kind="information", text="Read.")
    hold_all([first])
    assert (found().state, found().sentence) == (
        "met",
        "1 of 1 meeting took a report on progress and minuted it.",
    )
    hold_all([second])
    assert (found().state, found().sentence) == (
        "at risk",
        "1 of 2 meetings took a report on progress and minuted it; without one: meeting 2.",
    )
    assert found(first.held_on).state == "met"
