"""The rules against the worked vectors of the package that the chart follows, each in whole numbers of our own words.

SOURCE: NHSRplotthedots, tests/testthat/test-ptd_calculate_point_type.R and test-ptd_calculate_assurance_type.R (MIT).
There a run's last point is marked first and the rest of its points after; here all its points are marked at once, so
what is compared is the points marked in the end.
"""

import pytest

from holdfast.analytics import spc

BAND = spc._Band(low=-3.0, near_low=-2.0, near_high=2.0, high=3.0)
"""Limits of a mean of nought and a sigma of one: a point close to its limit is 2.5, another on the same side 0.5."""


def marked(signals: list[spc.Signal]) -> list[int]:
    return sorted({place for signal in signals for place in signal.places})


@pytest.mark.parametrize(
    ("sides", "places"),
    [
        ([], []),
        ([1] * 6, []),
        ([1] * 6 + [-1], []),
        ([1] * 8 + [-1], list(range(8))),
        ([-1] * 8 + [1], list(range(8))),
        ([-1] + [1] * 8 + [-1], list(range(1, 9))),
        ([1] + [-1] * 8 + [1], list(range(1, 9))),
    ],
)
def test_seven_points_on_one_side(sides: list[int], places: list[int]) -> None:
    assert marked(spc._shifts([float(side) for side in sides], 0.0, 7)) == places


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([], []),
        ([1, 2, 3, 4, 5, 6], []),
        ([1, 2, 3, 3, 4, 5, 6], []),
        ([1, 2, 3, 4, 5, 6, 7], list(range(7))),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], list(range(1, 8))),
        ([7, 6, 5, 4, 3, 2, 1], list(range(7))),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], list(range(1, 8))),
    ],
)
def test_seven_points_in_a_trend(values: list[int], places: list[int]) -> None:
    assert marked(spc._trends([float(value) for value in values], 7)) == places


@pytest.mark.parametrize(
    ("close", "places"),
    [
        ([], []),
        ([0, 0, 0], []),
        ([1, 0, 1], [0, 2]),
        ([0, 1, 1], [1, 2]),
        ([1, 1, 0], [0, 1]),
        ([0, 0, 1, 0, 1, 0, 0], [2, 4]),
        ([0, 0, 1, 1, 0, 0, 0], [2, 3]),
        ([1, 0, 0, 1], []),
        ([1, 0, 0, 1, 1], [3, 4]),
    ],
)
@pytest.mark.parametrize("side", [1, -1])
def test_two_of_three_close_to_a_limit(close: list[int], places: list[int], side: int) -> None:
    values = [side * (2.5 if is_close else 0.5) for is_close in close]
    assert marked(spc._two_of_three(values, [BAND] * len(values), 0.0, "between two and three sigma")) == places


@pytest.mark.parametrize(
    ("limits", "polarity", "said"),
    [
        ((1, 3), "higher", "misses it"),
        ((5, 7), "higher", "reaches it"),
        ((1, 5), "higher", "now and then"),
        ((1, 3), "lower", "reaches it"),
        ((5, 7), "lower", "misses it"),
        ((1, 5), "lower", "now and then"),
        ((1, 3), "neutral", ""),
        ((5, 7), "neutral", ""),
        ((1, 5), "neutral", ""),
    ],
)
def test_a_target_of_four(limits: tuple[int, int], polarity: str, said: str) -> None:
    point = spc.Point(value=None, lower=float(limits[0]), upper=float(limits[1]))
    assert spc.assurance(point, 4.0, polarity) == said
