"""What waits for what, what is changed of an action, and whom to ask after."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.access.doors import SYSTEM
from holdfast.plan import flags, selectors
from holdfast.plan.models import Action
from holdfast.plan.services import adding, describing, progress
from holdfast.plan.waiting import circle

from .conftest import AT, TODAY
from .pages import ALICE, BOB, errors, page, words

CODE = "westmere-2031"


def change(thing, **parts):
    return describing.change_planned(by=SYSTEM, at=AT, thing=thing, parts=parts)


def fresh(ref):
    return selectors.one_action(SYSTEM, CODE, ref)


def test_no_action_waits_in_a_circle(small_plan) -> None:
    change(small_plan.later, waits_for=[small_plan.now])
    change(small_plan.now, waits_for=[small_plan.late])
    for others in ([small_plan.later], [small_plan.late]):
        with pytest.raises(describing.WaitsInACircle, match="A-late"):
            change(small_plan.late, waits_for=others)
    assert not small_plan.late.waits_for.exists()


@given(st.dictionaries(st.integers(0, 6), st.sets(st.integers(0, 6), max_size=4), max_size=7))
def test_a_circle_is_found_when_there_is_one_and_only_then(waits) -> None:
    for start in range(7):
        reached, waiting = set(), list(waits.get(start, ()))
        while waiting:
            here = waiting.pop()
            if here not in reached:
                reached.add(here)
                waiting += waits.get(here, ())
        way = circle(waits, start)
        assert bool(way) == (start in reached)
        assert all(after in waits[before] for before, after in pairwise(way))
        assert not way or (way[0] == way[-1] == start)


def test_a_late_action_flags_those_that_wait_for_it_until_it_is_done(small_plan) -> None:
    change(small_plan.later, waits_for=[small_plan.late])
    assert "Waits for A-late, which is late" in flags.flags(fresh("A-later"), TODAY)
    assert "Waits for A-late, which is late" not in flags.flags(fresh("A-later"), date(2031, 5, 31))
    progress.mark_done(by=SYSTEM, at=AT, action=small_plan.late, on=TODAY, note="Done.")
    assert flags.waits_for_late(fresh("A-later"), TODAY) == []


@pytest.mark.parametrize(("days", "is_asked"), [(28, False), (29, True)])
def test_who_has_said_nothing_for_more_than_a_cycle_is_asked(small_plan, days: int, is_asked: bool) -> None:
    on = TODAY + timedelta(days=days)
    assert flags.is_silent(fresh("A-later"), on) is is_asked
    progress.update_progress(by=SYSTEM, at=AT, action=small_plan.later, is_on_track=True, words="Going well.")
    assert (flags.is_silent(fresh("A-later"), on), flags.is_stale(fresh("A-later"), on)) == (False, is_asked)


def test_what_is_done_or_has_not_begun_is_not_asked_after(small_plan) -> None:
    later = TODAY + timedelta(days=100)
    assert not flags.is_silent(fresh("A-done"), later)
    Action.objects.filter(ref="A-later").update(starts_on=later - timedelta(days=28))
    assert not flags.is_silent(fresh("A-later"), later)
    assert flags.is_silent(fresh("A-later"), later + timedelta(days=1))
    assert not flags.is_under_way(fresh("A-later"), later - timedelta(days=29))


def test_a_change_keeps_what_stood_before_and_a_paper_of_that_day_reads_it(small_plan) -> None:
    rows = change(small_plan.late, requirements=["A2"], indicator="I04", title=small_plan.late.title)
    assert [(row.part, row.before, row.after) for row in rows] == [
        ("requirements", ["A1"], ["A2"]),
        ("indicator", "I20", "I04"),
    ]
    kept = fresh("A-late")
    assert (kept.refs_on("requirements", date(2031, 5, 31)), kept.refs_on("requirements", TODAY)) == (["A1"], ["A2"])
    assert (kept.indicator_on(date(2031, 5, 31)), kept.indicator_on(TODAY)) == ("I20", "I04")


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ({"indicator": "I999"}, describing.UnknownIndicator),
        ({"impact_size": Decimal(5)}, describing.ImpactUnclear),
        ({"starts_on": date(2031, 7, 2)}, describing.StartsAfterDue),
        ({"requirements": ["Z9"]}, describing.UnknownRefs),
        ({"due_on": date(2031, 8, 1)}, ValueError),
    ],
)
def test_what_cannot_be_changed_so_is_refused(small_plan, parts, refusal) -> None:
    with pytest.raises(refusal):
        change(Action.objects.get(ref="A-later"), **parts)


def test_the_terms_of_an_action_are_given_with_it(small_plan, post) -> None:
    terms = adding.Terms(
        accountable=post,
        contributing=[post.agency],
        starts_on=TODAY,
        impact_direction="higher",
        impact_size=Decimal("5.5"),
        impact_by=date(2031, 9, 1),
        waits_for=[small_plan.late],
    )
    facts = {"objective": small_plan.objective, "ref": "B1", "title": "B", "owner": post, "due_on": date(2031, 7, 1)}
    adding.add_action(by=SYSTEM, at=AT, indicator="I20", terms=terms, **facts)
    kept = fresh("B1")
    assert (kept.state_words(TODAY), kept.accountable, kept.impact_size) == ("Under way", post, Decimal("5.50"))
    assert list(kept.waits_for.all()) == [small_plan.late]


def test_an_action_is_changed_on_its_page_and_the_date_is_not_there(client_for, small_plan, post) -> None:
    alice = client_for(ALICE)
    shown = words(alice.get(page("plan/actions/A-late/change/")))
    assert "due_on" not in shown
    typed = {
        "title": "Another title",
        "objective": small_plan.objective.pk,
        "owner": post.pk,
        "agency": post.agency.pk,
        "requirements": ["A1"],
        "recommendations": ["F1"],
        "indicator": "I20",
        "waits_for": [small_plan.later.pk],
    }
    answer = alice.post(page("plan/actions/A-late/change/"), typed)
    assert answer.status_code == 302, errors(answer)
    assert "What it waits for" in words(client_for(BOB).get(answer["Location"]))
    assert "What waits for it" in words(client_for(BOB).get(page("plan/actions/A-later/")))
    assert [row.part for row in Action.objects.get(ref="A-late").changes.all()] == ["title", "waits_for"]
    typed |= {"impact_size": "many"}
    assert errors(alice.post(page("plan/actions/A-late/change/"), typed)) == [
        ("Enter a number, like 5 or 2.5", "#id_impact_size")
    ]
