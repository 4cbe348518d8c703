"""What moved between two releases, as each account may see it: whole inside, and to others only what both show."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import Account
from holdfast.jobs import queue
from holdfast.performance.models import Release
from holdfast.performance.selectors import indicators
from holdfast.performance.selectors import revisions as selectors
from holdfast.performance.selectors.figures import answers_of
from holdfast.performance.selectors.releases import release_to_publish
from holdfast.performance.selectors.revisions import revisions
from holdfast.performance.selectors.unanswerable import NoRelease, NothingToCompare
from holdfast.performance.services.releases import publish_release
from performance import census

INSIDE, OUTSIDE = "director", "elected-member"


@pytest.fixture
def two(published: Release, send: Callable[..., Any]) -> list[Release]:
    """Two releases, a census apart: the second has more children, and other children before."""
    send(census.census(n_children=43, first=date(2013, 4, 9), as_at=date(2014, 2, 28)), "later.xml")
    queue.work(until_empty=True)
    publish_release(by=SYSTEM, at=clock.now(), release=release_to_publish(SYSTEM, published.programme.code))
    return list(Release.objects.filter(state=Release.State.PUBLISHED).order_by("number"))


def test_every_figure_that_moved_is_explained_by_records_that_come_to_the_move(
    two: list[Release], people: dict[str, Account]
) -> None:
    found = revisions(people[INSIDE], two[0].programme.code, 1, 2)
    assert len(found.revisions) > 20
    assert found.n_not_shown == 0
    for revision in found.revisions:
        move = revision.move
        assert move.before is not None
        assert move.after is not None
        for name in ("n_in", "n_not", "n_unknown"):
            moved = getattr(move.after, name) - getattr(move.before, name)
            assert sum(getattr(each, name) for each in move.causes) == moved, (move.indicator, move.period.id, name)
        assert {each.cause for each in move.causes} <= set(analytics.CAUSES)
    first = found.as_data()["moved"][0]
    assert first["causes"][0]["n_records"] > 0
    assert len(found.in_words().splitlines()) == len(found.revisions) + 2


def test_others_see_only_what_both_releases_show_and_no_count_of_a_cause(
    two: list[Release], people: dict[str, Account]
) -> None:
    """Which figures are left out says nothing: it hangs on what is hidden, and not on whether they moved."""
    found = revisions(people[OUTSIDE], two[0].programme.code, 1, 2)
    whole = [
        {
            (indicator, figure.period.id): figure
            for indicator in answers_of(release).versions
            if answers_of(release).is_published(indicator)
            for figure in answers_of(release).by_group(indicator, "publish")[""].figures
        }
        for release in two
    ]
    both = [place for place in whole[1] if place in whole[0]]
    partly = [
        place
        for place in both
        if any(None in (each.n_in, each.denominator, each.n_unknown) for each in (whole[0][place], whole[1][place]))
    ]
    assert found.n_not_shown == len(partly) > 0
    for revision in found.revisions:
        place = (revision.move.indicator, revision.move.period.id)
        assert place not in partly
        for figure, seen in ((revision.move.before, whole[0][place]), (revision.move.after, whole[1][place])):
            assert figure is not None
            counts = (figure.n_in, figure.denominator, figure.n_unknown)
            assert counts == (seen.n_in, seen.denominator, seen.n_unknown)
        assert all(set(each) == {"cause"} for each in revision.as_data()["causes"])
        assert not any(character.isdigit() for character in revision.causes_words)
    moved = {(each.move.indicator, each.move.period.id) for each in found.revisions}
    shown = [place for place in both if place not in partly]
    counts = [{place: (f.n_in, f.denominator, f.n_unknown) for place, f in each.items()} for each in whole]
    assert moved == {place for place in shown if counts[0][place] != counts[1][place]}


def test_of_a_figure_that_both_show_others_see_the_counts_and_the_names_of_its_causes(
    two: list[Release], people: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The invented census is too small to show a figure that moved, so here one is said to be shown."""
    code = two[0].programme.code
    moved = next(each for each in revisions(people[INSIDE], code, 1, 2).revisions if each.move.period.id == "FY2014")
    place = (moved.move.indicator, moved.move.period.id)
    monkeypatch.setattr(selectors, "_shown_by_both", lambda *_: {place: True, ("I03", "2013-04"): False})
    found = revisions(people[OUTSIDE], code, 1, 2)
    assert found.n_not_shown == 1
    (seen,) = found.revisions
    assert seen.move == moved.move
    assert [each["cause"] for each in seen.as_data()["causes"]] == moved.causes
    assert all(set(each) == {"cause"} for each in seen.as_data()["causes"])
    assert not any(character.isdigit() for character in seen.causes_words)
    assert "hidden in part" in found.in_words()
    assert found.n_by_cause == dict.fromkeys(moved.causes, 1)


def test_without_numbers_the_last_is_set_beside_the_one_before_it_and_order_does_not_matter(
    two: list[Release], people: dict[str, Account]
) -> None:
    code = two[0].programme.code
    found = revisions(people[INSIDE], code)
    assert (found.older, found.newer) == (two[0], two[1])
    assert revisions(people[INSIDE], code, 2, 1) == revisions(people[INSIDE], code, 1, 2) == found


def test_one_release_alone_and_one_that_is_not_there_are_refused_in_words(
    published: Release, people: dict[str, Account]
) -> None:
    code = published.programme.code
    with pytest.raises(NothingToCompare, match="two different releases"):
        revisions(people[INSIDE], code)
    with pytest.raises(NothingToCompare):
        revisions(people[INSIDE], code, 1, 1)
    with pytest.raises(NoRelease):
        revisions(people[INSIDE], code, 1, 9)
    with pytest.raises(Refused):
        revisions(people["nobody"], code, 1, 1)


def test_what_came_late_is_told_beside_the_figure_to_those_inside_alone(
    two: list[Release], people: dict[str, Account]
) -> None:
    code = two[0].programme.code
    found = indicators.series(people[INSIDE], code, "I03")
    assert found.recording is not None
    moved = [each.move for each in revisions(people[INSIDE], code, 1, 2).revisions if each.move.indicator == "I03"]
    months = [move for move in moved if move.period.kind == "month" and move.late_days]
    assert found.recording.in_all.n_records == sum(len(move.late_days) for move in months) > 0
    assert found.recording.words in found.in_words()
    assert found.as_data()["recording"]["n_records"] == found.recording.in_all.n_records
    assert indicators.series(people[OUTSIDE], code, "I03").recording is None
    assert indicators.series(people[INSIDE], code, "I03", release=1).recording is None


def test_the_page_says_why_for_those_inside_and_what_is_left_out_for_others(
    two: list[Release], client_for: Callable[[str], Any]
) -> None:
    address = f"/{two[0].programme.code}/releases/compare/?older=1&newer=2"
    inside = client_for("performance-analyst").get(address).content.decode()
    assert "moved." in inside
    assert "What had been sent was sent again" in inside or "first sent with the newer" in inside
    outside = client_for(OUTSIDE).get(address).content.decode()
    assert "of which one of them hides a part" in outside
    assert (
        "Choose two different releases"
        in client_for(OUTSIDE).get(address.replace("newer=2", "newer=1")).content.decode()
    )
