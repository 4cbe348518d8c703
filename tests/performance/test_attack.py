"""A reader who has releases, whole, and adds and subtracts (analytics/attacker.py); the demonstration is the
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
def three(published: Release, send: Callable[..., Any], lists_by_team: bytes) -> list[analytics.Answers]:
    """The answers of three releases: the second has more children, referred later, and other children before; the third
    has lists of a larger council, which name teams and begin later than the censuses do."""
    send(census.census(n_children=43, first=date(2013, 4, 9), as_at=date(2014, 2, 28)), "later.xml")
    _publish(published.programme.code)
    send(lists_by_team, "annex a.xlsx", as_at=date(2014, 3, 31), confirm_authority=True, accept_loss=True)
    _publish(published.programme.code)
    releases = Release.objects.filter(state=Release.State.PUBLISHED).order_by("number")
    return [analytics.kept_answers(store(), release.answers_id) for release in releases]


def _publish(code: str) -> None:
    queue.work(until_empty=True)
    publish_release(by=SYSTEM, at=clock.now(), release=release_to_publish(SYSTEM, code))


def test_no_small_count_is_had_from_releases_and_all_that_ties_them(three: list[analytics.Answers]) -> None:
    found = attack(three[:2])
    assert len(found.hidden) > 100, "there is something to find"
    assert {"groups make all", "months make the year", "two indicators count the same"} <= set(found.tried)
    assert found.recovered() == []
    assert found.small_sums() == []
    assert said_of_hidden(three) == []


def test_no_small_count_is_had_where_a_later_release_tells_some_months_apart_by_team(
    three: list[analytics.Answers],
) -> None:
    """Larger ones are, of what was held back with a small one: they are no secret by themselves (decision 42)."""
    by_team = three[2].by_group("I03", "inside", "referral_team")
    months = {figure.period.id for figure in by_team["not known"].figures if figure.n_in}
    assert months, "of some months no team is known"
    assert months < {figure.period.id for line in by_team.values() for figure in line.figures}, "of others it is"
    found = attack(three)
    assert [cell for cell in found.recovered() if found.true[cell] in range(1, 6)] == []
    assert found.small_sums() == []
