"""A reader who has two releases, whole, and adds and subtracts (analytics/attacker.py); the demonstration is the
benchmark's (`./run bench attack`)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from analytics.attacker import Attack, Cell, attack, said_of_hidden
from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.jobs import queue
from holdfast.performance.keeping import store
from holdfast.performance.models import Release
from holdfast.performance.selectors.releases import release_to_publish
from holdfast.performance.services.releases import publish_release
from performance import census


def cell(group: str, measure: str = "in") -> Cell:
    return (0, "I03", "sex" if group else "", "2013-04", group, measure)


def test_an_attacker_finds_what_a_sum_gives_away() -> None:
    found = Attack(true={cell(""): 9, cell("F"): 6, cell("M"): 3}, shown={cell(""): 9, cell("F"): 6})
    found.tie("groups make all", [(cell("F"), 1), (cell("M"), 1), (cell(""), -1)])
    found.run()
    assert found.recovered() == [cell("M")]
    assert found.small_sums() == [(cell("M"), 3)]


def test_an_attacker_is_not_sure_of_one_of_two() -> None:
    true = {cell(""): 19, cell("F"): 6, cell("M"): 3, cell("U"): 10}
    found = Attack(true=true, shown={cell(""): 19, cell("U"): 10})
    found.tie("groups make all", [(cell("F"), 1), (cell("M"), 1), (cell("U"), 1), (cell(""), -1)])
    found.run()
    assert (found.low[cell("M")], found.high[cell("M")]) == (0, 9)
    assert found.recovered() == [] == found.small_sums()


@pytest.fixture
def two(published: Release, send: Callable[..., Any]) -> list[analytics.Answers]:
    """The answers of two releases: the second has more children, referred later, and other children before."""
    send(census.census(n_children=43, first=date(2013, 4, 9), as_at=date(2014, 2, 28)), "later.xml")
    queue.work(until_empty=True)
    draft = release_to_publish(SYSTEM, published.programme.code)
    publish_release(by=SYSTEM, at=clock.now(), release=draft)
    releases = Release.objects.filter(state=Release.State.PUBLISHED).order_by("number")
    return [analytics.kept_answers(store(), release.answers_id) for release in releases]


def test_no_small_count_is_had_from_two_releases_and_all_that_ties_them(two: list[analytics.Answers]) -> None:
    found = attack(two)
    assert len(two) == 2
    assert len(found.hidden) > 100, "there is something to find"
    assert {"groups make all", "months make the year", "two indicators count the same"} <= set(found.tried)
    assert found.recovered() == []
    assert found.small_sums() == []
    assert said_of_hidden(two) == []
