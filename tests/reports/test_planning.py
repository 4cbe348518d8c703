"""The plan's chapter of a report: what was done late stays late, each by name. Worked on the plan that ships."""

from datetime import date
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.organisation.models import Programme
from holdfast.plan.models import Action, Milestone
from holdfast.reports.document import planning
from holdfast.reports.rendering.tables import tables
from reports.conftest import ON

NOTHING_ELSE = {"standing": None, "gaps": None, "indicators": (), "not_achieved": ()}


def chapter(programme: Programme) -> dict[str, Any]:
    return planning.chapter(SYSTEM, programme.code, ON)


def done(programme: Programme, ref: str, on: date) -> None:
    Action.objects.filter(programme=programme, ref=ref).update(done_on=on)


def rows(plan: dict[str, Any], table: str) -> dict[str, Any]:
    return {row[0]["text"].split()[0]: row for row in tables({**NOTHING_ELSE, "plan": plan}, "")[table]["rows"]}


def test_what_was_done_late_stays_counted_as_not_done_when_promised_each_by_name(told: Programme) -> None:
    """A13 was promised for 7 November: done on it is in time; done on 9 December it stays late by 32 days."""
    Milestone.objects.filter(programme=told).update(met_on=date(2013, 10, 1))
    Action.objects.filter(programme=told).update(done_on=date(2013, 10, 1))
    assert planning.summary(chapter(told))[0].endswith("All that was first promised by then had been done by its date.")
    done(told, "A13", date(2013, 12, 9))
    Action.objects.filter(programme=told, ref__in=("A06", "A09")).update(done_on=None)
    found = chapter(told)
    assert planning.summary(found)[0].endswith(
        "2 actions and no milestones were late. 3 were not done by the date first promised: 2 not done yet (A09, A06) "
        "and 1 done late (A13). Decisions had moved none of them."
    )
    late = rows(found, "late")
    assert sorted(late) == ["A06", "A09", "A13"]
    assert late["A13"][3:] == [
        "Nobody has recorded why.",
        "Done on 9 December 2013, 32 days after the date first promised",
    ]
    assert late["A09"][3:] == ["Nobody has recorded why.", "No recovery is recorded."]


@pytest.mark.parametrize(
    ("day", "state"), [(13, "Met"), (14, "Met on 14 December 2013, 1 day after the date first promised")]
)
def test_a_milestone_met_late_says_so_and_one_met_on_its_day_does_not(told: Programme, day: int, state: str) -> None:
    Milestone.objects.filter(programme=told, ref="M02").update(met_on=date(2013, 12, day))
    Milestone.objects.get(programme=told, ref="M02").requirements.clear()
    assert rows(chapter(told), "milestones")["M02"][3] == state


def test_an_edition_from_before_what_was_done_late_was_kept_is_drawn_as_it_was(told: Programme) -> None:
    done(told, "A13", date(2013, 12, 9))
    found = chapter(told)
    for each in (*found["actions"], *found["milestones"]):
        del each["finished_late_words"]
    assert "A13" not in rows(found, "late")
