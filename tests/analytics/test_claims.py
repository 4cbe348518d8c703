"""What may be said: the published over-claim first, then each claim at its boundary, then words that never appear."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.analytics.claims import CLAIMS, assess, counted_noun, n_of_n_words
from holdfast.analytics.disclosure import protect
from holdfast.analytics.figure import Figure, financial_year, month


@dataclass(frozen=True)
class Indicator:
    title: str = "Re-referrals within 12 months"
    unit: str = "per cent"
    polarity: str = "lower"
    chart: str = "p"
    denominator: str = "Referrals whose date falls in the period."
    period_rule: str = "Flow: the referral's date is in the period."


def months(values: list[tuple[int, int]], n_unknown: int = 0) -> list[Figure]:
    """(n_in, base) for each month from April 2010."""
    return [
        Figure(month(2010 + (3 + place) // 12, (3 + place) % 12 + 1), "", n_in, base - n_in, n_unknown)
        for place, (n_in, base) in enumerate(values)
    ]


def year(ending: int, n_in: int, base: int, n_unknown: int = 0) -> Figure:
    return Figure(financial_year(ending), "", n_in, base - n_in, n_unknown)


STEADY = [(20, 100), (24, 100)] * 8


def test_the_rate_that_fell_while_referrals_rose_by_half_is_not_called_improving() -> None:
    found = assess([year(2013, 1301, 5648), year(2014, 1426, 8717)], Indicator())
    assert found.claim == "too early to say"
    assert found.sentence == (
        "Re-referrals within 12 months: in the year to 31 March 2014 it was 16.4 per cent (1,426 of 8,717), lower than "
        "23.0 per cent (1,301 of 5,648) the year before, by more than chance would explain. "
        "The number of referrals rose by 54 per cent over the same time, so the rate may have moved because what is "
        "counted changed."
    )


def test_a_fall_with_a_steady_base_is_improving_when_lower_is_better() -> None:
    figures = [year(2013, 1301, 5648), year(2014, 926, 5660)]
    assert assess(figures, Indicator()).claim == "improving"
    assert assess(figures, Indicator(polarity="higher")).claim == "worsening"
    assert assess(figures, Indicator(polarity="neither")).claim == "changing, which is neither good nor bad"


def test_a_fall_that_chance_could_explain_is_no_clear_change() -> None:
    found = assess([year(2013, 23, 100), year(2014, 20, 100)], Indicator())
    assert found.claim == "no clear change"
    assert "not clearly different from 23.0 per cent (23 of 100) the year before" in found.sentence


def test_a_doubt_about_the_base_stops_good_news_and_never_bad() -> None:
    fell, rose = [year(2013, 300, 1000), year(2014, 300, 2000)], [year(2013, 300, 1000), year(2014, 900, 2000)]
    assert assess(fell, Indicator()).claim == "too early to say"
    worse = assess(rose, Indicator())
    assert worse.claim == "worsening"
    assert "may have moved because what is counted changed" in worse.sentence
    months_worse = assess(months([*[(24, 100)] * 12, *[(64, 160)] * 12]), Indicator())
    assert months_worse.claim == "worsening"
    assert len(months_worse.warnings) == 1


@pytest.mark.parametrize(("after", "warned"), [(119, False), (120, True), (84, False), (83, True)])
def test_the_warning_comes_when_the_base_rises_by_a_fifth_or_falls_as_far(after: int, warned: bool) -> None:
    found = assess([year(2013, 60, 100), year(2014, 6, after)], Indicator())
    assert bool(found.years and found.years.warning) is warned
    assert (found.claim == "too early to say") is warned


def test_a_count_is_compared_as_a_count() -> None:
    count = Indicator(title="Referrals", unit="count", polarity="neither", chart="xmr")
    found = assess([Figure(financial_year(2013), "", 5648, 0, 0), Figure(financial_year(2014), "", 8717, 0, 0)], count)
    assert found.claim == "changing, which is neither good nor bad"
    assert "it was 8,717, higher than 5,648 the year before" in found.sentence
    nothing = assess([Figure(financial_year(2013), "", 0, 0, 0), Figure(financial_year(2014), "", 0, 0, 0)], count)
    assert nothing.years is None


def test_a_year_that_counted_nothing_or_is_hidden_or_part_or_apart_is_not_compared() -> None:
    part = Figure(financial_year(2014, as_at=month(2014, 1).ends_on), "", 30, 70, 0)
    for pair in (
        [year(2013, 0, 0), year(2014, 20, 100)],
        [year(2012, 20, 100), year(2014, 20, 100)],
        [year(2013, 20, 100), part],
        protect([year(2013, 3, 100), year(2014, 20, 100)]),
    ):
        assert assess(pair, Indicator()).years is None


def test_a_part_year_says_from_when_to_when() -> None:
    part = Figure(financial_year(2014, as_at=month(2014, 1).ends_on), "", 30, 70, 0)
    assert "30.0 per cent (30 of 100) from 1 April 2013 to 31 January 2014." in assess([part], Indicator()).sentence


def test_no_figures_is_too_early_to_say() -> None:
    found = assess([], Indicator())
    assert (found.claim, found.sentence) == (
        "too early to say",
        "Re-referrals within 12 months: there are no figures yet.",
    )
    assert (found.latest, found.limits) == (None, None)


def test_twelve_months_are_too_few() -> None:
    found = assess(months(STEADY[:12]), Indicator())
    assert (found.claim, found.n_points, found.points_needed, found.limits) == ("too early to say", 12, 13, None)
    assert "Too early to say: 12 of the 13 months needed." in found.sentence


def test_ordinary_variation_is_no_clear_change_with_its_range() -> None:
    found = assess(months(STEADY), Indicator())
    assert found.claim == "no clear change"
    assert "July 2011 is within the range that ordinary variation gives (9.6 to 34.4 per cent)" in found.sentence
    assert found.limits == pytest.approx((0.0957, 0.3443), abs=1e-4)


def test_a_month_below_its_limits_is_improving_when_lower_is_better() -> None:
    found = assess(months([*STEADY, (5, 100)]), Indicator())
    assert found.claim == "improving"
    assert "This is improving: August 2011 is below the range that ordinary variation gives." in found.sentence


def test_seven_months_on_one_side_are_a_change_and_an_old_signal_is_not() -> None:
    shifted = [*[(24, 100)] * 10, *[(18, 100)] * 7]
    found = assess(months(shifted), Indicator())
    assert found.claim == "improving"
    assert "the 7 months from February 2011 to August 2011 are all below the average" in found.sentence
    after = assess(months([*shifted, (24, 100)]), Indicator())
    assert after.claim == "no clear change"
    assert len(after.signals) >= 1


def test_seven_months_rising_are_worsening_when_lower_is_better() -> None:
    rising = [*[(24, 100), (14, 100)] * 5, *[(16 + step, 100) for step in range(7)]]
    assert "each rise from the one before" in assess(months(rising), Indicator()).sentence


def test_two_of_three_is_said_in_words() -> None:
    found = assess(months([*STEADY, (33, 100), (24, 100), (33, 100)]), Indicator())
    assert "two of the three months to October 2011 are unusually high" in found.sentence


def test_signs_that_point_both_ways_are_no_clear_change() -> None:
    falling = [*[(2, 100)] * 12, *[(60 - 2 * step, 100) for step in range(7)]]
    found = assess(months(falling), Indicator())
    assert "the signs point both ways" in found.sentence
    assert found.claim == "no clear change"


def test_a_shift_while_the_base_moves_is_too_early_to_say() -> None:
    figures = [*[(24, 100)] * 12, *[(24, 160)] * 12]
    found = assess(months(figures), Indicator())
    assert found.claim == "too early to say"
    assert "The number of referrals rose by 60 per cent over the same time" in found.sentence
    assert len(found.warnings) == 1
    neither = assess(months(figures), Indicator(polarity="neither"))
    assert neither.claim == "changing, which is neither good nor bad"


def test_too_little_variation_is_said() -> None:
    found = assess(months([(0, 100)] * 20), Indicator())
    assert (found.claim, found.limits) == ("no clear change", None)
    assert "too little variation" in found.sentence


def test_unknowns_give_a_range_and_a_few_hidden_ones_do_not() -> None:
    found = assess(months([(20, 100)], n_unknown=25), Indicator())
    assert "Not known for 25 more: between 16.0 and 36.0 per cent if the unknown ones are counted either way." in (
        found.sentence
    )
    few = assess(protect(months([(20, 100)], n_unknown=3)), Indicator())
    assert "A few more are not known." in few.sentence
    assert "between" not in few.sentence
    partly = assess(protect(months([(3, 100)], n_unknown=30)), Indicator())
    assert partly.sentence.startswith(
        "Re-referrals within 12 months: the figure in April 2010 is not shown, because the numbers are small."
    )
    assert "Not known for 30 more." in partly.sentence


def test_a_count_chart_has_no_unknown_words() -> None:
    count = Indicator(title="Referrals", unit="count", polarity="neither", chart="xmr")
    values = [Figure(f.period, "", 700 + 10 * (place % 2), 0, 0) for place, f in enumerate(months(STEADY))]
    found = assess(values, count)
    assert found.sentence.startswith("Referrals: 710 in July 2011. No clear change")
    assert found.chart.kind == "xmr"


def test_a_share_may_be_charted_as_individuals() -> None:
    assert assess(months(STEADY), Indicator(chart="xmr")).chart.kind == "xmr"


def test_a_month_that_counted_nothing_says_so() -> None:
    found = assess(months([*STEADY, (0, 0)]), Indicator())
    assert "nothing to count in August 2011" in found.sentence
    assert "No clear change: July 2011 is within the range" in found.sentence


def test_hidden_months_take_no_part_and_too_many_stop_the_judgement() -> None:
    figures = months([*STEADY, (3, 100), (22, 100)])
    found = assess(protect(figures), Indicator())
    assert found.n_points == 17
    assert "1 of the 18 months is not shown because the numbers are small." in found.sentence
    many = assess(protect(months([*STEADY, *[(3, 100)] * 6])), Indicator())
    assert many.claim == "too early to say"
    assert "6 of the 22 months are not shown" in many.sentence


def test_a_hidden_base_gives_no_warning() -> None:
    shifted = [*[(3, 4)] * 4, *[(24, 100)] * 10, *[(18, 100)] * 7]
    assert assess(protect(months(shifted)), Indicator()).claim == "improving"


@pytest.mark.parametrize(
    ("denominator", "noun"),
    [
        ("Referrals whose date falls in the period.", "referrals"),
        ("referrals", "referrals"),
        ("First assessments concluded in the period, and those open.", "first assessments"),
        ("CP plans that started.", "CP plans"),
        ("", "records counted"),
        ("x" * 70, "records counted"),
    ],
)
def test_the_thing_counted_comes_from_the_definition(denominator: str, noun: str) -> None:
    assert counted_noun(denominator) == noun


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), max_size=30),
    st.sampled_from(["lower", "higher", "neither"]),
    st.sampled_from(["publish", "inside"]),
)
def test_a_claim_is_always_one_of_the_few_and_is_only_good_or_bad_when_polarity_says(
    pairs: list[tuple[int, int]], polarity: str, policy: str
) -> None:
    figures = months([(n_in, n_in + n_not) for n_in, n_not in pairs])
    found = assess(protect(figures, policy), Indicator(polarity=polarity))
    assert found.claim in CLAIMS
    assert polarity != "neither" or found.claim not in ("improving", "worsening")
    assert found.claim in ("too early to say", "no clear change") or found.n_points >= found.points_needed


STOCK = Indicator(
    title="Plans open two years or more", chart="xmr", period_rule="Stock: open at the end of the period."
)


def test_a_stock_that_creeps_is_not_a_signal_because_its_months_share_the_same_children() -> None:
    creeping = months([(12, 450)] * 6 + [(11, 460)] * 8 + [(11, 500 + step) for step in range(0, 63, 7)])
    found = assess(creeping, STOCK)
    assert found.claim == "no clear change"
    assert (found.chart.kind, found.chart.has_runs, found.signals) == ("p", False, ())


def test_a_stock_beyond_its_limits_is_a_signal() -> None:
    found = assess(months([(12, 450)] * 20 + [(40, 450)]), STOCK)
    assert found.claim == "worsening"


def test_a_stock_of_counts_has_no_runs_either() -> None:
    count = Indicator(title="Plans", unit="count", polarity="neither", chart="xmr", period_rule="Stock: open then.")
    values = [Figure(f.period, "", 700 + place, 0, 0) for place, f in enumerate(months(STEADY))]
    assert assess(values, count).claim == "changing, which is neither good nor bad"
    assert {signal.rule for signal in assess(values, count).chart.signals} == {"beyond limits"}


def test_a_month_mostly_not_known_takes_no_part_and_is_said() -> None:
    early = [Figure(f.period, "", 1, 2, 400) for f in months([(1, 3)] * 3)]
    later = [Figure(month(2011, number), "", 20 + number % 2 * 4, 80 - number % 2 * 4, 0) for number in range(1, 13)]
    found = assess([*early, *later, Figure(month(2012, 1), "", 22, 78, 0)], Indicator())
    assert found.n_points == 13
    assert found.chart.points[0].value is None
    assert "3 of the 16 months are not judged because more is not known than known." in found.sentence


def test_years_are_compared_with_their_unknowns_against_the_difference() -> None:
    clear = assess([year(2013, 300, 1000), year(2014, 240, 1000)], Indicator())
    assert clear.claim == "improving"
    doubtful = assess([year(2013, 300, 1000), year(2014, 240, 1000, 100)], Indicator())
    assert doubtful.claim == "no clear change"
    assert "24.0 per cent (240 of 1,000; not known for 100 more)" in doubtful.sentence
    rose = assess([year(2013, 240, 1000, 100), year(2014, 300, 1000)], Indicator())
    assert rose.claim == "no clear change"
    few = assess(protect([year(2013, 300, 1000, 4), year(2014, 240, 1000)]), Indicator())
    assert "30.0 per cent (300 of 1,000; not known for a few more)" in few.sentence


def test_a_year_mostly_not_known_is_not_compared() -> None:
    assert assess([year(2013, 6, 19, 5281), year(2014, 240, 1000)], Indicator()).years is None


def test_when_the_last_month_is_hidden_the_last_one_shown_is_judged() -> None:
    found = assess(protect(months([*[(24, 100)] * 12, *[(12, 100)] * 8, (3, 100)])), Indicator())
    assert found.claim == "improving"
    assert "the figure in December 2011 is not shown" in found.sentence
    assert "the 8 months from April 2011 to November 2011 are all below the average" in found.sentence


def test_months_and_years_together_are_judged_by_the_months_and_say_both() -> None:
    found = assess([*months(STEADY), year(2011, 264, 1200), year(2012, 200, 1200)], Indicator())
    assert found.claim == "no clear change"
    assert found.years is not None
    assert found.years.claim == "improving"
    assert (
        "In the year to 31 March 2012 it was 16.7 per cent (200 of 1,200), lower than 22.0 per cent" in found.sentence
    )


def test_a_warning_that_months_and_years_share_is_said_once() -> None:
    figures = months([*[(24, 100)] * 12, *[(24, 160)] * 12])
    found = assess([*figures, year(2011, 288, 1200), year(2012, 288, 1920)], Indicator())
    assert found.sentence.count("The number of referrals rose by 60 per cent") == 1


def test_a_base_hidden_throughout_the_earlier_span_gives_no_warning() -> None:
    earlier = [(2, 4)] * 2 + [(24, 100)] * 2
    figures = months([*earlier, *[(24, 100)] * 9, *[(14, 100)] * 7])
    assert assess(protect(figures), Indicator()).warnings == (
        "2 of the 20 months are not shown because the numbers are small.",
    )
    tiny = months([*[(6, 12)] * 7, *[(3, 3)] * 4, *[(2, 12)] * 2])
    assert assess(protect(tiny), Indicator()).claim == "too early to say"


def test_a_figure_that_cannot_be_shown_says_so() -> None:
    assert n_of_n_words(protect(months([(3, 100)]))[0], "per cent") == "not shown, because the numbers are small"


def test_a_span_that_counted_nothing_gives_no_warning() -> None:
    figures = months([*[(24, 100)] * 6, *[(0, 0)] * 12, *[(24, 100)] * 5, *[(14, 100)] * 7])
    found = assess(figures, Indicator())
    assert (found.claim, found.warnings) == ("improving", ())
