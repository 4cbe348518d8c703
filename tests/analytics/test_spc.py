"""Limits by hand, each rule at its boundary, and what a chart refuses to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.analytics.spc import RULE_SETS, Point, Span, assurance, coarsened, p_chart, sigma_z, xmr

STEADY = [10.0, 12.0] * 8
"""Sixteen points: mean 11, every moving range 2, limits 11 +/- 5.32."""


def rules_at(chart, place: int) -> tuple[str, ...]:
    return chart.points[place].signals


def test_limits_are_the_mean_and_2_66_mean_moving_ranges() -> None:
    chart = xmr(STEADY)
    assert (chart.state, chart.mean) == ("limits", 11)
    assert (chart.points[0].lower, chart.points[0].upper) == pytest.approx((5.68, 16.32))
    assert chart.signals == ()


def test_twelve_points_have_no_limits_and_thirteen_have() -> None:
    assert xmr(STEADY[:12]).state == "points needed"
    assert xmr(STEADY[:12]).points[0].upper is None
    assert xmr(STEADY[:13]).state == "limits"


def test_a_missing_point_is_not_counted_and_is_kept_in_its_place() -> None:
    chart = xmr([*STEADY[:12], None])
    assert (chart.state, chart.n_points, len(chart.points)) == ("points needed", 12, 13)


def test_nothing_at_all_is_points_needed() -> None:
    assert xmr([]).state == "points needed"
    assert p_chart([None, (0, 0)]).mean is None


def test_a_series_that_never_varies_is_too_little_variation() -> None:
    assert xmr([4.0] * 20).state == "too little variation"
    assert p_chart([(0, 30)] * 20).state == "too little variation"
    assert p_chart([(30, 30)] * 20).state == "too little variation"


def test_screening_that_leaves_no_variation_does_not_put_every_point_outside() -> None:
    nearly_flat = [1.0] * 14 + [2.0]
    assert xmr(nearly_flat, "nhsr-0.2.2").state == "too little variation"


def test_limits_go_no_further_than_a_value_can() -> None:
    chart = xmr([0.0, 0.4] * 8, lowest=0.0, highest=0.5)
    assert (chart.points[0].lower, chart.points[0].upper) == (0.0, 0.5)


def test_a_point_past_a_limit_signals_and_a_point_on_it_does_not() -> None:
    chart = xmr([*STEADY, 30.0])
    assert "beyond limits" in rules_at(chart, 16)
    assert any(s.rule == "beyond limits" and s.direction == "high" for s in chart.signals)
    low = xmr([*STEADY, -10.0])
    assert any(s.rule == "beyond limits" and s.direction == "low" for s in low.signals)
    pairs = [(50, 100)] * 15
    on_it = p_chart([*pairs[:-1], (65, 100), (35, 100)])
    assert on_it.points[14].upper == pytest.approx(0.65)
    assert "beyond limits" not in rules_at(on_it, 14)


@pytest.mark.parametrize(("length", "signals"), [(6, False), (7, True), (8, True)])
def test_a_shift_is_seven_on_one_side(length: int, signals: bool) -> None:
    series = [9.0, 11.0] * 5 + [10.0] + [11.0, 12.0, 11.5, 12.5, 11.0, 12.0, 11.0, 12.0][:length]
    balance = [20.0 - value for value in series[11:]]
    values = [*[v for pair in zip(balance, balance, strict=True) for v in (pair[0], 10.0)][: 2 * length], *series]
    assert any(signal.rule == "shift" for signal in xmr(values).signals) is signals


def test_a_point_on_the_mean_breaks_a_shift() -> None:
    above = [11.0, 11.2, 11.4, 10.0, 11.0, 11.2, 11.4]
    values = [*[20 - value for value in above], *[10.0] * 6, *above]
    assert xmr(values).mean == pytest.approx(10.0)
    assert not [signal for signal in xmr(values).signals if signal.rule == "shift"]


def test_a_missing_point_breaks_a_shift_and_a_trend() -> None:
    values: list[float | None] = [9.0, 9.1, 9.2, None, 9.3, 9.4, 9.5, *[10.5, 9.0] * 3, 11.0, 10.0, 12.0]
    assert {signal.rule for signal in xmr(values).signals} <= {"beyond limits", "two of three"}


@pytest.mark.parametrize(("length", "signals"), [(6, False), (7, True)])
def test_a_trend_is_seven_points_each_above_the_last(length: int, signals: bool) -> None:
    rising = [20.0 + step for step in range(length)]
    values = [*[15.0, 30.0] * 5, *rising, *[15.0, 30.0] * 3]
    assert any(s.rule == "trend" and s.direction == "high" for s in xmr(values).signals) is signals


def test_equal_neighbours_break_a_trend() -> None:
    values = [*[30.0, 15.0] * 5, 20.0, 21.0, 22.0, 22.0, 23.0, 24.0, 25.0, *[15.0, 30.0] * 3]
    assert not [signal for signal in xmr(values).signals if signal.rule == "trend"]


def test_a_falling_trend_is_marked_on_all_its_points() -> None:
    values = [*[30.0, 15.0] * 5, *[28.0 - step for step in range(7)], *[30.0, 15.0] * 3]
    trend = next(signal for signal in xmr(values).signals if signal.rule == "trend")
    assert trend.direction == "low"
    assert trend.places == tuple(range(10, 17))


CLOSE = [*STEADY, *STEADY, 17.5, 12.0, 17.6]
"""Two of the last three are past the upper two-sigma line and, but for the first rule set, past the limit as well."""


def test_two_of_three_counts_any_point_past_two_sigma_by_default_and_only_up_to_three_in_the_named_variant() -> None:
    assert any(signal.rule == "two of three" for signal in xmr(CLOSE).signals)
    assert not any(signal.rule == "two of three" for signal in xmr(CLOSE, "nhsr-0.2.2").signals)


def test_two_of_three_needs_all_three_on_one_side_as_its_authors_say() -> None:
    """NHSRplotthedots issue 194: mean 11.310 for the second tail, so its 10.9 is on the other side."""
    base = [10.0, 12.0] * 14
    one_side = [*base, 15.8, 11.6, 15.9]
    other_side = [*base, 15.8, 10.9, 15.9]
    assert any(signal.rule == "two of three" for signal in xmr(one_side, "nhsr-0.2.2").signals)
    assert not any(signal.rule == "two of three" for signal in xmr(other_side, "nhsr-0.2.2").signals)
    assert any(signal.rule == "two of three" for signal in xmr(one_side, "mdc-2023").signals)
    assert not any(signal.rule == "two of three" for signal in xmr(other_side, "mdc-2023").signals)


def test_two_of_three_below_the_mean_is_low() -> None:
    values = [*[10.0, 12.0] * 14, 6.0, 10.4, 5.9]
    assert any(signal.rule == "two of three" and signal.direction == "low" for signal in xmr(values).signals)


def test_western_electric_has_no_trend_and_a_shift_of_eight() -> None:
    assert RULE_SETS["western-electric"].trend is None
    values = [*[15.0, 30.0] * 5, *[20.0 + step for step in range(7)], *[15.0, 30.0] * 3]
    assert not [signal for signal in xmr(values, "western-electric").signals if signal.rule == "trend"]


def test_an_unknown_rule_set_is_refused() -> None:
    with pytest.raises(KeyError):
        xmr(STEADY, "whatever")


def test_p_chart_limits_widen_as_the_base_shrinks() -> None:
    chart = p_chart([(20, 100), (5, 25)] * 7)
    assert chart.mean == pytest.approx(0.2)
    assert (chart.points[0].lower, chart.points[0].upper) == pytest.approx((0.08, 0.32))
    assert (chart.points[1].lower, chart.points[1].upper) == pytest.approx((0.0, 0.44))


def test_a_month_with_nothing_counted_is_a_missing_point() -> None:
    chart = p_chart([(20, 100)] * 7 + [(0, 0), None] + [(25, 100)] * 7)
    assert chart.n_points == 14
    assert (chart.points[7].value, chart.points[8].upper) == (None, None)


values_with_gaps = st.lists(st.one_of(st.none(), st.integers(-50, 50).map(float)), max_size=40)


@given(values_with_gaps)
def test_every_signal_marks_points_that_are_there_and_only_when_limits_are(values: list[float | None]) -> None:
    chart = xmr(values)
    assert chart.state == "limits" or not chart.signals
    for signal in chart.signals:
        assert all(values[place] is not None for place in signal.places)


@given(values_with_gaps)
def test_shifts_are_what_a_plain_reading_finds(values: list[float | None]) -> None:
    chart = xmr(values)
    if chart.state != "limits" or chart.mean is None:
        return
    sides = "".join("." if v is None or abs(v - chart.mean) < 1e-9 else "+-"[v < chart.mean] for v in values)
    expected = {
        place
        for start in range(len(sides) - 6)
        for place in range(start, start + 7)
        if sides[start : start + 7] in ("+" * 7, "-" * 7)
    }
    assert {p for s in chart.signals if s.rule == "shift" for p in s.places} == expected


@given(values_with_gaps, st.integers(-20, 20))
def test_moving_the_whole_series_moves_no_signal(values: list[float | None], by: int) -> None:
    moved = [None if value is None else value + by for value in values]
    assert [(s.rule, s.places) for s in xmr(values).signals] == [(s.rule, s.places) for s in xmr(moved).signals]


# Laney's p', stretches and targets

LANEY_N = [8000, 8200, 7900, 8100, 8000, 8300, 7800, 8050, 8150, 7950, 8250, 8100]
LANEY_X = [1600, 1830, 1450, 1800, 1520, 1790, 1500, 1820, 1560, 1770, 1600, 1710]
LANEY = list(zip(LANEY_X, LANEY_N, strict=True))


def test_laney_widens_the_limits_by_what_the_points_vary_beyond_chance() -> None:
    """Worked by hand from Minitab's formulas: mean .206095, mean moving range of z 6.6201, sigma Z 5.8689."""
    assert sigma_z(LANEY, 19950 / 96800) == pytest.approx(5.8689, abs=1e-4)
    padded = [*LANEY, None]
    assert p_chart(padded, laney=True, spans=[Span(0, range(13))]).state == "points needed"
    first = p_chart([*LANEY, LANEY[0]], laney=True).points[0]
    plain = p_chart([*LANEY, LANEY[0]]).points[0]
    assert first.lower is not None
    assert plain.lower is not None
    assert first.lower < 0.14 < 0.19 < plain.lower


def test_laney_never_narrows() -> None:
    even = [(20, 100)] * 20
    assert sigma_z(even, 0.2) == 1
    assert p_chart(even, laney=True).points[0] == p_chart(even).points[0]


def test_more_in_than_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="no more can be in"):
        p_chart([(3, 2)] * 15)


def test_a_stretch_is_judged_by_its_own_points_and_its_baseline_is_not_judged() -> None:
    pairs = [(50, 100)] * 14 + [(20, 100)] * 14 + [(50, 100)]
    chart = p_chart(pairs, spans=[Span(0, range(14), 14), Span(14, range(14, 28), 28, "Board, item 4")])
    assert (chart.points[0].mean, chart.points[28].mean) == (0.5, 0.2)
    assert {place for signal in chart.signals for place in signal.places} == {28}
    carried = p_chart(pairs, spans=[Span(0, range(14), 14)])
    assert carried.points[20].mean == 0.5
    assert "shift" in rules_at(carried, 20)
    assert min(place for signal in carried.signals for place in signal.places) == 14


def test_no_stretch_means_no_limits() -> None:
    chart = p_chart([(50, 100)] * 20, spans=[])
    assert (chart.state, chart.points[0].upper, chart.signals) == ("no baseline", None, ())
    assert xmr([1.0, 2.0] * 10, spans=[]).state == "no baseline"


def test_coarse_limits_come_from_a_rounded_mean_and_a_widened_width() -> None:
    assert coarsened(0.174, 1.02, (0.05, 0.5)) == pytest.approx((0.15, 1.5))
    assert coarsened(0.01, 1.0, (0.05, 0.5)) == pytest.approx((0.025, 1.0))
    assert coarsened(0.99, 1.0, (0.05, 0.5)) == pytest.approx((0.975, 1.0))


@pytest.mark.parametrize(
    ("target", "higher", "lower"),
    [(0.7, "misses it", "reaches it"), (0.3, "reaches it", "misses it"), (0.5, "now and then", "now and then")],
)
def test_a_target_is_reached_missed_or_hit_now_and_then_by_the_last_limits(
    target: float, higher: str, lower: str
) -> None:
    point = p_chart([(50, 100)] * 15).points[-1]
    assert assurance(point, target, "higher") == higher
    assert assurance(point, target, "lower") == lower
    assert assurance(point, target, "neither") == ""
    assert assurance(Point(0.5), target, "higher") == ""
