"""Why some are not known, as it may be published: no reason gives away a small count or what is hidden of the whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.analytics.disclosure import Protected, protect
from holdfast.analytics.figure import Figure, financial_year, month, shares
from holdfast.analytics.parts import with_reasons
from holdfast.analytics.unknowns import REASONS

APRIL, MAY = month(2013, 4), month(2013, 5)


def published(*figures: Figure, before: list[list[tuple[Protected, Protected]]] | None = None) -> list[Protected]:
    seen = protect(figures)
    return with_reasons({"I20": figures}, {"I20": seen}, {"I20": before or []})["I20"]


def test_reasons_are_shown_where_none_is_small() -> None:
    (april,) = published(Figure(APRIL, "", 40, 20, 15, (8, 7, 0, 0)))
    assert april.unknown_because == {"not sent": 8, "not understood": 7, "open": 0, "conflict": 0}


@pytest.mark.parametrize(
    ("why", "seen"),
    [
        ((9, 6, 0, 0), (9, 6, 0, 0)),
        ((10, 5, 0, 0), (None,) * 4),  # five is small, and the ten would give it away
        ((8, 1, 6, 0), (None,) * 4),
        ((15, 0, 0, 0), (15, 0, 0, 0)),  # all for one reason: the count itself, which is shown
    ],
)
def test_a_small_reason_is_hidden_with_what_would_give_it_away(
    why: tuple[int, ...], seen: tuple[int | None, ...]
) -> None:
    (april,) = published(Figure(APRIL, "", 40, 20, 15, why))
    assert april.n_unknown == 15
    assert april.why == seen


def test_a_hidden_count_of_unknown_hides_its_reasons() -> None:
    (april,) = published(Figure(APRIL, "", 40, 20, 4, (4, 0, 0, 0)))
    assert april.n_unknown is None
    assert april.why is not None
    assert april.why[0] is None


def test_nothing_is_given_where_the_release_did_not_keep_why() -> None:
    (april,) = published(Figure(APRIL, "", 40, 20, 15))
    assert april.why is None
    assert april.unknown_because is None


def test_of_two_releases_the_second_does_not_give_away_a_reason_that_the_first_hid() -> None:
    """15 = 10 + 5, hidden; then there are six: 10 and 6 would be shown, if nobody had seen the 15."""
    first = Figure(APRIL, "", 40, 20, 15, (10, 5, 0, 0))
    whole, seen = protect([first], "inside"), published(first)
    (again,) = published(Figure(APRIL, "", 40, 20, 16, (10, 6, 0, 0)), before=[list(zip(whole, seen, strict=True))])
    assert again.why == (None,) * 4, "the ten has not moved, so it would say that there had been five"


counts = st.integers(0, 14)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(counts, counts, st.tuples(counts, counts, counts, counts)), min_size=3, max_size=3))
def test_no_reason_that_is_hidden_and_small_is_had_by_subtracting(
    given_counts: list[tuple[int, int, tuple[int, ...]]],
) -> None:
    """Three months and their year: what is left when one takes away what is shown is never one small reason."""
    months = [
        Figure(month(2013, number), "", n_in, n_not, sum(why), why)
        for number, (n_in, n_not, why) in zip((4, 5, 6), given_counts, strict=True)
    ]
    whole = [sum(counts) for counts in zip(*(figure.why for figure in months), strict=True)]
    n_in, n_not = sum(f.n_in for f in months), sum(f.n_not for f in months)
    year = Figure(financial_year(2014, as_at=months[-1].period.ends_on), "", n_in, n_not, sum(whole), tuple(whole))
    every = [*months, year]
    seen = published(*every)
    for figure, shown in zip(every, seen, strict=True):
        assert shown.why is not None
        for count, told in zip(figure.why, shown.why, strict=True):
            assert told == count if told is not None else True
            assert told is None or told not in range(1, 6)
        hidden = [count for count, told in zip(figure.why, shown.why, strict=True) if told is None]
        if shown.n_unknown is not None and hidden:
            assert len(hidden) == len(REASONS), "the reasons of a period are shown together or not at all"
    for place in range(len(REASONS)):
        over_time = [shown.why[place] for shown in seen if shown.why is not None]
        if over_time.count(None) == 1:
            at = over_time.index(None)
            assert every[at].why[place] not in range(1, 6), "the year less its months gives it"


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(counts, counts, counts, st.data())
def test_the_range_holds_whatever_the_unknown_turn_out_to_be(
    n_in: int, n_not: int, n_unknown: int, data: st.DataObject
) -> None:
    seen = protect([Figure(APRIL, "", n_in, n_not, n_unknown)], "inside")[0]
    turned_in = data.draw(st.integers(0, n_unknown))
    filled = shares(n_in + turned_in, n_in + n_not + n_unknown, 0).known
    if filled is None:
        assert (seen.lowest_share, seen.highest_share) == (None, None)
        return
    assert seen.lowest_share is not None
    assert seen.highest_share is not None
    assert seen.lowest_share <= filled <= seen.highest_share
