"""The exception report: counted by the first date, with decisions, cause and recovery; nothing hides by being moved."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdfast.access.doors import SYSTEM, Refused
from holdfast.plan.models import Milestone
from holdfast.plan.selectors import exceptions as report
from holdfast.plan.services import adding, progress, revising

from .conftest import AT, TODAY
from .pages import BOB, page, words

CODE = "westmere-2031"


def move(item, due_on, decision="IB-7"):
    facts = {"item": item, "due_on": due_on, "reason": "The system is not ready.", "decision": decision}
    return revising.revise_due_date(by=SYSTEM, at=AT, decided_on=date(2031, 5, 29), **facts)


def refs(on=TODAY):
    return [one.item.ref for one in report.exceptions(SYSTEM, CODE, on)]


def test_what_is_late_moved_or_done_late_is_in_it_and_the_rest_is_not(small_plan) -> None:
    assert refs() == ["M2", "A-late", "A-done"]
    move(small_plan.later, date(2031, 8, 1))
    assert refs() == ["M2", "A-late", "A-later", "A-done"]
    assert refs(date(2031, 5, 31)) == []


def test_forty_of_a_hundred_and_eighty_seven_are_not_done_by_their_first_date_though_twenty_three_were_moved(
    objective, post
) -> None:
    """The situation of a council whose report said 17: the plan says 40, and by which decisions 23 of them moved."""
    first, done_on = date(2031, 5, 1), date(2031, 4, 30)
    for n in range(187):
        facts = {
            "ref": f"M{n}",
            "title": f"Point {n}",
            "owner": post,
            "due_on": first,
            "programme": objective.programme,
        }
        point = adding.add_milestone(by=SYSTEM, at=AT, added_on=done_on, **facts)
        if n >= 41:
            Milestone.objects.filter(pk=point.pk).update(met_on=done_on)
        elif n < 23:
            move(point, date(2031, 7, 1), f"IB-{n % 3 + 1}")
        elif n == 40:
            progress.withdraw(by=SYSTEM, at=AT, thing=point, reason="Nobody knows what it was.")
    said = report.summary(report.exceptions(SYSTEM, CODE), 186, TODAY)
    assert "40 of 186 actions and milestones were not done by the date first promised" in said
    assert "decisions had moved 23 of them (IB-1, IB-2, IB-3). None had been done after it." in said


def test_the_row_has_the_cause_the_recovery_and_every_decision(small_plan) -> None:
    said = {"is_on_track": False, "cause": "capacity", "words": "=cmd", "recovery": "A worker in July."}
    more = {"recovered_by": small_plan.later, "help_needed": "A venue.", "forecast_on": date(2031, 7, 1)}
    progress.update_progress(by=SYSTEM, at=AT, action=small_plan.late, **said, **more)
    move(small_plan.late, date(2031, 7, 10))
    rows = csv.DictReader(io.StringIO(report.csv_of(report.exceptions(SYSTEM, CODE))))
    row = next(row for row in rows if row["ref"] == "A-late")
    assert row["why"] == "'=cmd"
    assert (row["first_due_on"], row["due_on"], row["days_slipped"]) == ("2031-05-31", "2031-07-10", "40")
    assert (row["decisions"], row["recovered_by"], row["forecast_on"]) == ("IB-7", "A-later", "2031-07-01")
    assert row["cause"] == "Too few people or too little time"


def test_an_action_done_late_stays_in_it(small_plan) -> None:
    progress.mark_done(by=SYSTEM, at=AT, action=small_plan.late, on=TODAY, note="Done.")
    found = {one.item.ref: one for one in report.exceptions(SYSTEM, CODE)}
    assert (found["A-late"].is_unfinished, found["A-late"].item.days_past_first(TODAY)) == (False, 1)


def test_the_page_and_the_file_say_the_same_and_need_permission(small_plan, client_for, people) -> None:
    move(small_plan.late, date(2031, 7, 10))
    said = words(client_for(BOB).get(page("plan/exceptions/")))
    assert "2 of 6 actions and milestones were not done by the date first promised" in said
    assert "Nobody has said why" in said
    assert "40 days later, by IB-7" in said
    sent = client_for(BOB).get(page("plan/exceptions.csv"))
    assert sent["Content-Disposition"] == 'attachment; filename="exceptions.csv"'
    assert "A-late" in sent.content.decode()
    with pytest.raises(Refused):
        report.exceptions(people["nobody"], CODE)


def test_pages_of_the_plan_ask_no_more_of_the_database_however_many_actions(small_plan, post, client_for) -> None:
    client, counts = client_for(BOB), []
    paths = ("plan/", "plan/exceptions/", "plan/actions/A-late/")
    for n in range(3):
        client.get(page("plan/"))
        with CaptureQueriesContext(connection) as asked:
            for path in paths:
                client.get(page(path))
        counts.append(len(asked))
        for k in range(20):
            facts = {"ref": f"B{n}-{k}", "title": "B", "owner": post, "due_on": date(2031, 5, 1)}
            terms = adding.Terms(waits_for=[small_plan.late], accountable=post, contributing=[post.agency])
            added = adding.add_action(by=SYSTEM, at=AT, objective=small_plan.objective, terms=terms, **facts)
            said = {"is_on_track": False, "words": "x", "cause": "scope", "recovery": "x"}
            progress.update_progress(by=SYSTEM, at=AT, action=added, **said)
            move(added, date(2031, 5, 2) + timedelta(days=k))
    assert counts[1] == counts[2]
