"""How many to read and which: the published sizes, and a draw that anybody can repeat."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.analytics.intervals import wilson
from holdfast.analytics.sampling import (
    draw_sample,
    drawn_order,
    first_drawn,
    frame_hash,
    in_proportion,
    size_for_change,
)

FRAME = {"C-1": "north", "C-2": "north", "C-3": "south", "C-4": "north"}


@pytest.mark.parametrize(("before", "after", "n"), [(0.45, 0.65, 96), (0.45, 0.60, 173), (0.30, 0.50, 93)])
def test_the_size_that_a_change_needs(before: float, after: float, n: int) -> None:
    assert size_for_change(before, after) == n
    assert size_for_change(after, before) == n


@given(st.sets(st.integers(0, 99), max_size=12), st.integers(0, 5))
def test_the_first_of_the_order_are_the_first_of_the_whole_order(numbers: set[int], n: int) -> None:
    frame = {f"C{number}": "x" if number % 2 else "y" for number in numbers}
    order = drawn_order(frame, "seed")
    first = first_drawn(frame, {"x": n, "y": 1}, "seed")
    assert first == {"x": order.get("x", [])[:n], "y": order.get("y", [])[:1]}


@pytest.mark.parametrize("shares", [(0.5, 0.5), (0.0, 0.5), (0.5, 1.0)])
def test_no_change_needs_no_size(shares: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="two different shares"):
        size_for_change(*shares)


@pytest.mark.parametrize(
    ("n_in", "n", "words"),
    [
        (5, 10, "23.7-76.3"),
        (10, 20, "29.9-70.1"),
        (13, 20, "43.3-81.9"),
        (20, 40, "35.2-64.8"),
        (48, 96, "40.2-59.8"),
    ],
)
def test_what_a_sample_of_audits_can_show(n_in: int, n: int, words: str) -> None:
    low, high = wilson(n_in, n) or (0, 0)
    assert f"{low * 100:.1f}-{high * 100:.1f}" == words


def test_the_order_is_the_hash_of_seed_and_reference() -> None:
    north = sorted(["C-1", "C-2", "C-4"], key=lambda one: hashlib.sha256(f"a\t{one}".encode()).hexdigest())
    assert drawn_order(FRAME, "a") == {"north": north, "south": ["C-3"]}
    assert draw_sample(FRAME, {"north": 2}, "a") == sorted(north[:2])


def test_an_exclusion_is_replaced_by_the_next_in_order() -> None:
    first, second, third = drawn_order(FRAME, "a")["north"]
    assert draw_sample(FRAME, {"north": 2}, "a", without=[first]) == sorted([second, third])
    assert draw_sample(FRAME, {"north": 9}, "a") == ["C-1", "C-2", "C-4"]
    with pytest.raises(KeyError, match="west"):
        draw_sample(FRAME, {"west": 1}, "a")


def test_another_order_is_the_same_frame_and_another_case_or_stratum_is_not() -> None:
    assert frame_hash(FRAME) == frame_hash(dict(reversed(FRAME.items())))
    assert frame_hash(FRAME) != frame_hash({**FRAME, "C-5": "south"})
    assert frame_hash(FRAME) != frame_hash({**FRAME, "C-4": "south"})


@given(st.dictionaries(st.text("abc123", min_size=1), st.sampled_from("xyz"), max_size=40), st.integers(0, 50))
def test_the_strata_share_a_sample_by_their_size(frame: dict[str, str], n: int) -> None:
    given_ = in_proportion(frame, n)
    assert sum(given_.values()) == min(n, len(frame))
    for stratum, wanted in given_.items():
        size = sum(each == stratum for each in frame.values())
        assert abs(wanted * len(frame) - min(n, len(frame)) * size) < len(frame)


def test_every_case_is_drawn_about_as_often_as_any_other() -> None:
    frame = {f"C-{number}": "" for number in range(20)}
    times = dict.fromkeys(frame, 0)
    for seed in range(2000):
        for reference in draw_sample(frame, {"": 5}, str(seed)):
            times[reference] += 1
    assert all(420 < n < 580 for n in times.values()), times
