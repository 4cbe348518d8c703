"""What may be said: the published over-claim first, then each word by a worked example, then what must always hold."""

import re
from dataclasses import dataclass, replace
from datetime import date
from math import cos, pi

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.analytics.claims import (
    BETTER,
    CLAIMS,
    TOO_EARLY,
    WORSE,
    Assessment,
    Rebase,
    Target,
    assess,
    by_luck_words,
    headline_list,
    headline_words,
    n_of_n_words,
    usual_revision,
)
from holdfast.analytics.claims.baseline import Baseline, Judging
from holdfast.analytics.claims.doubts import doubt
from holdfast.analytics.claims.luck import chance
from holdfast.analytics.claims.measure import Cell, Compared, Measure, compare_years, lasting
from holdfast.analytics.claims.since import Kind, Month, Since
from holdfast.analytics.claims.targets import JUDGED_WORDS, target_words
from holdfast.analytics.claims.verdict import Verdict
from holdfast.analytics.claims.words import signal_words
from holdfast.analytics.disclosure import Protected, protect
from holdfast.analytics.figure import Figure, financial_year, month
from holdfast.analytics.indicators.definitions import INDICATORS
from holdfast.analytics.spc import Signal

NOTICE = date(2012, 4, 1)
"""After 24 months from April 2010."""


@dataclass(frozen=True)
class Indicator:
    title: str = "Re-referrals within 12 months"
    unit: str = "per cent"
    polarity: str = "lower"
    chart: str = "p"
    counted: str = "referrals"
    is_stock: bool = False
    is_of_audits: bool = False


def months(values: list[tuple[int, int]], n_unknown: int = 0) -> list[Figure]:
    """(n_in, base) for each month from April 2010."""
    return [
        Figure(month(2010 + (3 + place) // 12, (3 + place) % 12 + 1), "", n_in, base - n_in, n_unknown)
        for place, (n_in, base) in enumerate(values)
    ]


def year(ending: int, n_in: int, base: int, n_unknown: int = 0) -> Figure:
    return Figure(financial_year(ending), "", n_in, base - n_in, n_unknown)


def said(values: list[tuple[int, int]], indicator: Indicator = Indicator(), **judging: object) -> Assessment:
    return assess(months(values), indicator, **{"notice_on": NOTICE, **judging})  # type: ignore[arg-type]


LEVEL = [(110, 500), (120, 500)] * 12
"""24 months about 23 per cent."""
BETTER_MONTHS = [(75, 500), (85, 500)] * 3


# Each word, by an example worked by hand


def test_lower_than_the_same_months_before_the_notice_is_improving_with_its_n_interval_and_baseline() -> None:
    """6 months at 480 of 3,000 against 1,380 of 6,000; pooled .2067, so the error is sqrt(.2067 x .7933 / 2000)."""
    found = said([*LEVEL, *BETTER_MONTHS])
    assert found.claim == "improving"
    assert found.headline == (
        "Improving: 16.0 per cent (480 of 3,000) in the 6 months to September 2012, against 23.0 per cent "
        "(1,380 of 6,000) in the same months of the two years before the notice."
    )
    assert found.verdict.now is not None
    assert found.verdict.now.error == pytest.approx((0.20667 * 0.79333 / 2000) ** 0.5, rel=1e-3)
    assert "The difference is between minus 9.3 and minus 4.7 points (99 per cent interval)." in found.sentence


def test_what_improves_when_lower_is_better_worsens_when_higher_is() -> None:
    assert said([*LEVEL, *BETTER_MONTHS], Indicator(polarity="higher")).claim == "worsening"
    neither = said([*LEVEL, *BETTER_MONTHS], Indicator(polarity="neither"))
    assert neither.claim == "changing, which is neither good nor bad"
    assert neither.headline.startswith("Changing, which is neither good nor bad: 16.0 per cent")


def test_one_month_says_nothing_and_the_second_may() -> None:
    one = said([*LEVEL, (40, 500)])
    assert one.claim == "an unusual month, check it"
    assert one.headline == ("An unusual month, check it: April 2012 is below the range that ordinary variation gives.")
    assert said([*LEVEL, (100, 500)]).claim == "too early to say"
    assert said([*LEVEL, (40, 500), (40, 500)]).claim == "improving"


def test_a_gain_that_goes_no_further_is_a_new_level_with_the_month_it_came() -> None:
    found = said([*LEVEL, *BETTER_MONTHS, *BETTER_MONTHS])
    assert found.claim == "improved and steady since"
    assert found.headline.startswith("Improved in April 2012 and steady since: 16.0 per cent (960 of 6,000)")
    assert said([*LEVEL, *BETTER_MONTHS * 4]).claim == "improved and steady since"


def test_a_gain_that_goes_on_is_improving_still() -> None:
    falling = [(115 - 3 * step, 500) for step in range(24)]
    assert said([*LEVEL, *falling]).claim == "improving"


def test_a_gain_that_is_going_back_is_never_called_improving() -> None:
    found = said([*LEVEL, *BETTER_MONTHS, *BETTER_MONTHS, *[(105, 500)] * 6])
    assert found.claim == "signs point both ways"
    assert "going back from 16.0 per cent (960 of 6,000), which was better than before the notice" in found.headline


def test_a_loss_that_is_being_made_good_is_never_called_worsening() -> None:
    found = said([*LEVEL, *[(160, 500)] * 10, *[(125, 500)] * 6])
    assert found.claim == "signs point both ways"
    assert "which was worse than before the notice" in found.headline


@pytest.mark.parametrize("n_back", range(2, 22))
def test_a_gain_is_no_longer_called_one_from_the_second_month_that_it_goes_back(n_back: int) -> None:
    """Back by 6 of 13 points, of 450 a month: 2.8 errors of one month, so two months are enough."""
    found = said([*[(135, 450)] * 24, *[(76, 450)] * 12, *[(104, 450)] * n_back])
    assert found.claim == "signs point both ways"


@pytest.mark.parametrize("at", range(1, 12))
def test_one_month_that_stands_back_is_no_turn(at: int) -> None:
    months = [(76, 450)] * 12
    months[-1] = (92, 450)
    found = said([*[(135, 450)] * 24, *months[12 - at :]])
    assert found.claim != "signs point both ways"


def test_a_season_that_the_baseline_shows_is_no_turn() -> None:
    """Every month of the gain is 40 below the same month before; the season alone moves 40 from month to month."""
    season = [round(40 * cos(2 * pi * month / 12)) for month in range(24)]
    before, after = [(135 + up, 450) for up in season], [(95 + up, 450) for up in season]
    assert {said([*before, *after[:n]]).claim for n in range(4, 25)} <= BETTER


def test_a_gain_lost_and_more_is_worsening() -> None:
    found = said([*LEVEL, *BETTER_MONTHS, *BETTER_MONTHS, *[(160, 500)] * 6])
    assert found.claim == "worsening"


def test_no_clear_change_says_the_smallest_change_that_could_be_seen() -> None:
    """Twelve months of 500 against 24: 3.44 errors of sqrt(.23 x .77 x (1/6000 + 1/12000)) are 2.29 points."""
    found = said([*LEVEL, *[(115, 500)] * 6])
    assert found.claim == "no clear change"
    assert found.headline.startswith(
        "No clear change (the smallest that could be seen by April 2013 is about 3 points): 23.0 per cent (690 of "
    )
    assert found.verdict.smallest == pytest.approx(0.0229, abs=1e-4)


def test_where_hardly_anything_could_be_seen_it_is_too_little_to_tell() -> None:
    """A stock of 20 a month at 40 per cent: 3.44 errors of sqrt(.24 x 2 / 20) are 53 points."""
    stock = Indicator(title="Conferences awaited", counted="conferences awaited", is_stock=True)
    found = said([*[(8, 20)] * 24, *[(9, 20)] * 6], stock)
    assert found.claim == "too little to tell"
    assert found.headline == (
        "Too little to tell: so little is counted that only a change of about 54 points or more could be seen by "
        "April 2013."
    )
    assert "45.0 per cent on average at the ends of the 6 months to September 2012, against 40.0 per cent" in (
        found.sentence
    )
    assert "Whether it is kept to is not judged: too little is counted." in (
        said([*[(8, 20)] * 24, *[(9, 20)] * 6], stock, targets=[Target(NOTICE, 0.1)]).sentence
    )


def test_where_nothing_better_could_be_seen_that_stands_beside_the_word() -> None:
    """12 months of 40 at 2.5 per cent: 3.44 errors of sqrt(.0244 x (1/480 + 1/960)) are 3.0 points."""
    few = [(1, 40)] * 36
    found = said(few)
    assert found.claim == "no clear change"
    assert "is about 4 points, more than the 2.5 that it could fall by): " in found.headline
    assert "more than it could" not in said(few, Indicator(polarity="higher")).headline
    assert "more than it could" not in said(few, Indicator(polarity="neither")).headline
    many = [(39, 40)] * 36
    assert "more than the 2.5 that it could rise by): " in said(many, Indicator(polarity="higher")).headline


def test_an_uneven_count_may_be_too_little_to_tell() -> None:
    count = Indicator(title="Referrals", unit="count", polarity="neither", chart="xmr")
    uneven = [20, 2, 30, 5, 1, 25, 40, 3, 12, 1, 35, 2] * 3
    figures = [Figure(f.period, "", uneven[p], 0, 0) for p, f in enumerate(months([(0, 0)] * 32))]
    assert assess(figures, count, notice_on=NOTICE).claim == "too little to tell"


def test_an_interval_goes_no_further_than_there_is_room() -> None:
    low, high = Compared(2, 20, 8, 80, 0.2, 6).interval(1.0)
    assert (low, high) == (-0.1, pytest.approx(0.515, abs=1e-3))
    assert Compared(19, 20, 76, 80, 0.2, 6).interval(1.0) == (pytest.approx(-0.515, abs=1e-3), pytest.approx(0.05))
    assert Compared(6, 6, 12, 12, 4.0, 6).interval(None)[1] > 10


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=30, max_size=36),
    st.sampled_from(["lower", "higher", "neither"]),
    st.booleans(),
    st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_no_interval_is_impossible(values: list[tuple[int, int]], way: str, is_stock: bool, is_count: bool) -> None:
    """In points a fall is at most what there was, and a rise at most what there was not."""
    card = Indicator(polarity=way, unit="count" if is_count else "per cent", is_stock=is_stock)
    figures = [
        Figure(f.period, "", n_in, 0 if is_count else n_not, 0)
        for f, (n_in, n_not) in zip(months([(0, 0)] * len(values)), values, strict=True)
    ]
    found = assess(figures, card, notice_on=NOTICE)
    for words in re.findall(r"The difference is between (.+?) and (.+?) (?:points|a month) \(", found.sentence):
        low, high = (float(each.replace("minus ", "-").replace("plus ", "")) for each in words)
        now = found.verdict.now
        assert now is not None
        room = (now.before, float("inf")) if is_count else (100 * now.before, 100 * (1 - now.before))
        assert -room[0] - 0.5 <= low <= high <= room[1] + 0.5


def test_a_share_that_fell_because_more_was_counted_is_not_claimed() -> None:
    found = said([*LEVEL, *[(115, 700)] * 6])
    assert found.claim == "do not claim"
    assert found.headline.startswith(
        "Do not claim a change: the share fell because more referrals were counted; the number did not."
    )
    assert "16.4 per cent (690 of 4,200) in the 6 months to September 2012, against 23.0 per cent" in found.sentence


def test_a_share_that_rose_because_fewer_were_counted_is_not_claimed_as_worse() -> None:
    found = said([*LEVEL, *[(115, 350)] * 6])
    assert found.claim == "do not claim"
    assert "the share rose because fewer referrals were counted; the number did not" in found.headline


def test_a_number_that_fell_while_more_was_counted_is_improving_and_the_number_counted_is_said() -> None:
    found = said([*LEVEL, *[(70, 640)] * 6])
    assert found.claim == "improving"
    assert "The number of referrals rose by 28 per cent" in found.warnings[0]


def test_worse_with_more_counted_is_worse_and_says_so() -> None:
    found = said([*LEVEL, *[(230, 700)] * 6])
    assert found.claim == "worsening"
    assert "so the share may have moved because what is counted changed" in found.sentence


def test_fewer_on_the_good_side_and_a_base_that_fell_by_a_sixth_is_doubted() -> None:
    found = said([*LEVEL, *[(50, 350)] * 6])
    assert found.claim == "do not claim"
    assert "so many fewer referrals were counted" in found.headline


def test_what_the_not_known_could_undo_is_not_claimed() -> None:
    values = months([*LEVEL, *BETTER_MONTHS])
    some = [Figure(f.period, "", f.n_in, f.n_not, 40 if place >= 24 else 0) for place, f in enumerate(values)]
    found = assess(some, Indicator(), notice_on=NOTICE)
    assert found.claim == "do not claim"
    assert "those not known could undo it" in found.headline
    few = [Figure(f.period, "", f.n_in, f.n_not, 2) for f in values]
    assert assess(few, Indicator(), notice_on=NOTICE).claim == "improving"


def test_what_late_records_usually_undo_is_not_claimed() -> None:
    assert said([*LEVEL, *BETTER_MONTHS], usual_revision=(0.05, 0.02)).claim == "improving"
    found = said([*LEVEL, *[(90, 500)] * 4], usual_revision=(0.08, 0.08, 0.05))
    assert found.claim == "do not claim"
    assert "late records usually move the latest months as far" in found.headline


def test_how_far_late_records_move_a_month_comes_from_earlier_releases() -> None:
    first, second = months([(50, 100), (60, 100)]), months([(50, 100), (50, 100), (70, 100)])
    latest = months([(50, 100), (54, 100), (64, 100), (60, 100)])
    assert usual_revision([first, second], latest) == pytest.approx((0.06, 0.04, 0.0))
    assert usual_revision([], latest) == ()


def test_a_release_s_latest_month_is_the_last_of_which_most_was_known() -> None:
    """June held 10 known and 20 not: May is its latest, and moved by 4 points."""
    unsettled = months([(50, 100), (50, 100), (5, 10)])
    unsettled[2] = Figure(unsettled[2].period, "", 5, 5, 20)
    latest = months([(50, 100), (54, 100), (64, 100), (60, 100)])
    assert usual_revision([unsettled], latest) == pytest.approx((0.04, 0.0))


def test_a_count_moves_in_parts_of_itself() -> None:
    """May was 80 and is now 100, a quarter more; April was 0 and is 2, which is two of at least one."""
    then, now = (months([(n, n) for n in counts]) for counts in ((0, 80), (2, 100, 90)))
    assert usual_revision([then], now, is_count=True) == pytest.approx((0.25, 2.0))


def test_one_month_that_carries_the_whole_claim_is_an_unusual_month() -> None:
    found = said([*LEVEL, (115, 500), (20, 500), (115, 500)])
    assert found.claim == "an unusual month, check it"
    assert "without one month" in found.headline


def test_a_last_month_that_points_the_other_way_is_both_ways() -> None:
    found = said([*LEVEL, *[(150, 500)] * 11, (60, 500)])
    assert found.claim == "signs point both ways"


def test_a_baseline_that_was_moving_itself_bears_no_claim() -> None:
    moving = [*[(150, 500)] * 12, *[(100, 500)] * 24]
    assert said(moving).claim in ("no clear change", "do not claim")


def test_a_season_is_no_change() -> None:
    wave = [0, 10, 18, 20, 18, 10, 0, -10, -18, -20, -18, -10]
    values = [(115 + wave[place % 12], 500) for place in range(31)]
    assert said(values).claim == "no clear change"


def test_too_few_to_count_is_too_early() -> None:
    found = said([(1, 8), (2, 8)] * 12 + [(1, 8), (1, 8), (1, 8)])
    assert found.claim == "too early to say"
    assert "too few are counted" in found.headline


# The baseline


def test_without_a_notice_or_24_months_before_it_nothing_is_judged_and_it_is_said() -> None:
    none = assess(months([*LEVEL, *BETTER_MONTHS]), Indicator())
    assert (none.claim, none.limits, none.chart.state) == ("too early to say", None, "no baseline")
    assert "no notice has been issued, so there is no baseline to judge by" in none.headline
    short = said(LEVEL[:23] + BETTER_MONTHS, notice_on=date(2012, 3, 1))
    assert (short.claim, short.limits) == ("too early to say", None)
    assert short.headline == (
        "Too early to say: 23 of the 24 whole months needed before the notice, and no earlier ones will come: it "
        "is judged once a decision sets another baseline."
    )
    assert said(LEVEL).headline == "Too early to say: no whole month since the notice is counted yet."


def test_a_series_that_stops_before_the_notice_is_not_all_known_yet() -> None:
    found = said(LEVEL, notice_on=date(2012, 9, 1))
    assert found.headline == "Too early to say: the months before the notice are not all known yet."


def test_a_claim_without_its_numbers_says_which_way() -> None:
    figures, shown = small([*SMALL_LEVEL, *[(20, 46)] * 8])
    public = assess(figures, Indicator(), notice_on=NOTICE, shown=shown)
    assert "higher in the 8 months to November 2012, taken together, than in the same months" in public.headline
    level, seen = small([*SMALL_LEVEL, *SMALL_LEVEL[:8]])
    same = assess(level, Indicator(), notice_on=NOTICE, shown=seen)
    assert same.headline.startswith(
        "No clear change (the smallest that could be seen by April 2013 is at most 20 points): nothing clear in the 8 "
        "months to November 2012, taken together"
    )


def test_the_month_in_which_the_notice_came_is_on_neither_side() -> None:
    found = said([*LEVEL, (0, 500), *BETTER_MONTHS], notice_on=date(2012, 4, 12))
    assert found.verdict.baseline is not None
    assert found.verdict.first == found.verdict.baseline.last + 2


def test_limits_are_those_of_the_baseline_and_carried_forward() -> None:
    before, after = said([*LEVEL, (115, 500), (115, 500)]), said([*LEVEL, *BETTER_MONTHS])
    assert before.limits == after.limits == pytest.approx((0.1735, 0.2865), abs=1e-3)
    assert not [signal for signal in after.chart.signals if min(signal.places) < 24]


def test_only_a_decision_sets_the_baseline_again_and_the_old_limits_stay_in_sight() -> None:
    decided = (Rebase(date(2012, 4, 1), "Board, 2 April 2013, item 4"),)
    values = [*LEVEL, *[(75, 500), (85, 500)] * 10]
    found = said(values, rebases=decided)
    assert found.claim == "no clear change"
    assert "baseline set from April 2012 (Board, 2 April 2013, item 4)" in found.headline
    assert [round(point.mean or 0, 3) for point in found.chart.points[22:26]] == [0.23, 0.23, 0.159, 0.159]
    early = said([*LEVEL, *[(75, 500), (85, 500)] * 6], rebases=decided)
    assert early.claim == "improved and steady since"


def test_judged_months_from_before_the_notice_are_said_to_be_so() -> None:
    """A decision sets the baseline of 13 months from April 2010, so May 2011 on is judged."""
    again = (Rebase(date(2010, 4, 1), "decision IB-3"),)
    found = said([*[(110, 500), (120, 500)] * 6, *[(75, 500), (85, 500)] * 8], rebases=again)
    assert "in the 12 months to July 2012 (8 of them from before the notice), against" in found.headline
    later = said([*LEVEL, *BETTER_MONTHS])
    assert "before the notice)" not in later.sentence


@pytest.mark.parametrize(("first", "said_so"), [(22, True), (23, True), (24, False)])
def test_a_run_that_begins_before_the_notice_says_so(first: int, said_so: bool) -> None:
    """Place 24 is April 2012, which begins on the day of the notice."""
    periods = [each.period for each in months([(0, 0)] * 36)]
    run = Signal("shift", "low", tuple(range(first, first + 8)))
    words = signal_words(run, periods, NOTICE)
    assert words.endswith("all below the baseline's average" + ", begun before the notice" * said_so)
    assert "before the notice" not in signal_words(run, periods)


# Sizes and siblings


def test_siblings_in_the_baseline_widen_the_comparison_and_the_limits() -> None:
    uneven = [(80, 500), (150, 500), (100, 500), (130, 500)] * 6
    found = said([*uneven, *[(95, 500)] * 6])
    assert found.claim == "no clear change"
    assert found.verdict.spread > 2
    plain = said([*LEVEL, *[(95, 500)] * 6])
    assert plain.claim == "improving"
    assert found.limits is not None
    assert plain.limits is not None
    assert found.limits[0] < plain.limits[0]


def test_months_of_a_stock_say_no_more_than_one() -> None:
    stock = Indicator(title="Plans", is_stock=True)
    creeping = [*[(12, 450)] * 24, *[(22, 450)] * 12]
    assert said(creeping).claim in BETTER | WORSE
    found = said(creeping, stock)
    assert found.claim == "no clear change"
    assert found.sentence.startswith("4.9 per cent (22 of 450) at 31 March 2013.")
    assert not found.chart.has_runs
    assert said([*[(12, 450)] * 24, *[(70, 450)] * 12], stock).claim in WORSE


def test_a_count_is_compared_a_month() -> None:
    count = Indicator(title="Referrals", unit="count", polarity="neither", chart="xmr")
    values = [
        Figure(f.period, "", 700 + 10 * (p % 2) + (150 if p >= 24 else 0), 0, 0)
        for p, f in enumerate(months([(0, 0)] * 30))
    ]
    found = assess(values, count, notice_on=NOTICE)
    assert found.claim == "changing, which is neither good nor bad"
    assert "855 a month in the 6 months to September 2012, against 705 a month" in found.headline
    assert found.chart.kind == "xmr"


def test_a_target_is_judged_by_the_limits_of_the_chart_where_nothing_changed() -> None:
    """Limits 17.35 to 28.65 per cent; the only month since the notice is at 23.0."""
    steady = [*LEVEL, *[(115, 500)] * 3]
    assert said(steady, targets=[Target(NOTICE, 0.10)]).assurance == "misses it"
    assert said(steady, targets=[Target(NOTICE, 0.40)]).assurance == "reaches it"
    found = said([*steady, (112, 500)], targets=[Target(NOTICE, 0.225, "Board, item 4")])
    assert found.assurance == "now and then"
    assert (
        "The target from 1 April 2012 is at most 22.5 per cent (Board, item 4); in July 2012 it was 0.1 points below "
        "it: as the months vary, it is reached in some and missed in others."
    ) in found.sentence


def test_a_target_that_every_month_meets_is_not_said_to_be_missed_in_some() -> None:
    found = said([*LEVEL, *[(115, 500)] * 3], targets=[Target(NOTICE, 0.25)])
    assert (found.claim, found.assurance) == ("no clear change", "")
    assert "in June 2012 it was 2.0 points below it. Whether it is kept to is not judged: the limits and the" in (
        found.sentence
    )


def test_a_target_is_not_judged_where_no_change_may_be_claimed() -> None:
    """Fewer than 20 of 100 in every month since the notice, because more was counted."""
    found = said([*LEVEL, *[(115, 700)] * 6], targets=[Target(NOTICE, 0.20)])
    assert (found.claim, found.assurance) == ("do not claim", "")
    assert (
        found.sentence.count("in September 2012 it was 3.6 points below it. Whether it is kept to is not judged") == 1
    )


def test_the_target_is_the_one_in_force_at_the_latest_month() -> None:
    """The first holds to the end of June 2012; the third is still to come. The order they are given in is nothing."""
    steps = [Target(date(2013, 1, 1), 0.05), Target(NOTICE, 0.10), Target(date(2012, 6, 30), 0.40)]
    for n_months, value in ((2, 0.10), (3, 0.40), (8, 0.40), (9, 0.40), (10, 0.05)):
        found = said([*LEVEL, *[(115, 500)] * n_months], targets=steps)
        assert found.target is not None
        assert found.target.value == value
    before = said([*LEVEL, (115, 500)], targets=steps[:1])
    assert (before.target, before.assurance) == (None, "")
    assert "The target" not in before.sentence


def test_the_next_target_is_said_beside_the_one_in_force() -> None:
    """A paper of 31 March may have months to February alone: the step that holds from March must be in it."""
    steps = [Target(date(2013, 1, 1), 0.05, "IB-5"), Target(NOTICE, 0.10, "IB-1"), Target(date(2012, 6, 30), 0.40)]
    first = said([*LEVEL, *[(115, 500)] * 2], targets=steps).sentence
    assert "From 30 June 2012 the target is at most 40.0 per cent." in first
    assert "From 1 January 2013 the target is at most 5.0 per cent (IB-5)." in (
        said([*LEVEL, *[(115, 500)] * 9], targets=steps).sentence
    )
    assert "the target is" not in said([*LEVEL, *[(115, 500)] * 10], targets=steps).sentence


@pytest.mark.parametrize(
    ("decided_on", "words"),
    [
        (date(2012, 5, 31), "25.0 per cent (IB-6); in May 2012"),
        (date(2012, 6, 1), "25.0 per cent (IB-6, set afterwards, on 1 June 2012); in May 2012"),
        (None, "25.0 per cent (IB-6); in May 2012"),
    ],
    ids=["on its last day", "the day after", "not given"],
)
def test_a_target_that_was_set_when_the_month_was_over_says_so(decided_on: date | None, words: str) -> None:
    goal = Target(NOTICE, 0.25, "IB-6", decided_on=decided_on)
    assert words in said([*LEVEL, *[(115, 500)] * 2], targets=[goal]).sentence
    unnamed = Target(NOTICE, 0.25, decided_on=date(2012, 6, 1))
    assert (
        "25.0 per cent (set afterwards, on 1 June 2012); in"
        in said([*LEVEL, *[(115, 500)] * 2], targets=[unnamed]).sentence
    )


def test_limits_from_before_a_change_say_nothing_of_a_target_after_it() -> None:
    found = said([*LEVEL, *BETTER_MONTHS], targets=[Target(NOTICE, 0.16)])
    assert (found.claim, found.assurance) == ("improving", "")
    assert "is not judged: the limits are from before the change." in found.sentence


def test_a_target_without_limits_cannot_be_told_yet() -> None:
    found = assess(months(LEVEL[:5]), Indicator(), targets=[Target(date(2010, 4, 1), 0.16)])
    assert "in August 2010 it was 6.0 points above it. Whether it is kept to is not judged: it is too early." in (
        found.sentence
    )
    assert said([*LEVEL, (115, 500)]).assurance == ""


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=26, max_size=36),
    st.floats(0, 1),
    st.sampled_from(list(INDICATORS)),
    st.sampled_from(["", "lower", "higher"]),
    st.booleans(),
)
@settings(deadline=None, max_examples=150)
def test_a_target_and_the_word_never_contradict(
    values: list[tuple[int, int]], target: float, name: str, way: str, is_hidden: bool
) -> None:
    """Of every indicator: nothing is judged but where nothing changed, and no month that is shown says otherwise."""
    card = INDICATORS[name]
    is_count = card.unit == "count"
    goal = Target(NOTICE, round(60 * target) if is_count else target, "IB-1", way)
    figures = [
        Figure(f.period, "", n_in, 0 if is_count else n_not, 0)
        for f, (n_in, n_not) in zip(months([(0, 0)] * len(values)), values, strict=True)
    ]
    shown = protect(figures, "publish" if is_hidden else "inside")
    found = assess(figures, card, notice_on=NOTICE, shown=shown, targets=[goal])
    judged = [words for words in JUDGED_WORDS.values() if words in found.sentence]
    assert len(judged) + found.sentence.count("Whether it is kept to is not judged: ") == 1
    assert bool(judged) == bool(found.assurance)
    assert not judged or found.claim == "no clear change"
    since = [each for each in shown if each.period.starts_on >= NOTICE and not each.suppressed and each.denominator]
    polarity = goal.polarity or card.polarity
    values_now = [each.n_in if is_count else each.share for each in since]
    sides = {(each or 0) >= goal.value if polarity == "higher" else (each or 0) <= goal.value for each in values_now}
    if found.assurance:
        assert sides == {"reaches it": {True}, "misses it": {False}, "now and then": {True, False}}[found.assurance]
    if shown[-1].suppressed:
        assert "how far from it" in found.sentence


@pytest.mark.parametrize("word", CLAIMS)
def test_every_word_has_what_it_lets_be_said_of_a_target(word: str) -> None:
    latest = protect(months([(20, 100)]), "inside")[0]
    words = target_words(Target(NOTICE, 0.25), latest, "", word, Indicator())
    assert words.startswith(
        "The target from 1 April 2012 is at most 25.0 per cent; in April 2010 it was 5.0 points below it. Whether"
    )
    assert not any(judged in words for judged in JUDGED_WORDS.values())


def test_a_stock_is_as_far_from_its_target_as_on_its_day_and_a_hidden_month_is_not_said() -> None:
    stock, few = Indicator(is_stock=True, polarity="neither"), protect(months([(20, 100), (3, 100)]))
    assert target_words(Target(NOTICE, 0.19), few[0], "", TOO_EARLY, stock).startswith(
        "The target from 1 April 2012 is 19.0 per cent; at 30 April 2010 it was 1.0 points above it."
    )
    hidden = target_words(Target(NOTICE, 0.19), few[1], "", TOO_EARLY, Indicator())
    assert "; how far from it in May 2010 is not said. Whether" in hidden
    assert "point" not in hidden


# What is hidden


def small(values: list[tuple[int, int]]) -> tuple[list[Figure], list[Protected]]:
    figures = months(values)
    return figures, protect(figures)


SMALL_LEVEL = [(12, 46), (8, 46), (4, 46), (10, 46)] * 6


def test_the_word_is_decided_on_whole_figures_and_is_the_same_for_every_reader() -> None:
    figures, shown = small([*SMALL_LEVEL, *[(18, 46), (22, 46)] * 4, (5, 46)])
    whole = assess(figures, Indicator(), notice_on=NOTICE)
    public = assess(figures, Indicator(), notice_on=NOTICE, shown=shown)
    assert whole.claim == public.claim
    assert whole.limits == public.limits or public.limits is None or figures[-1].n_in <= 5
    assert public.chart.points[-1].value is None


def test_no_number_is_printed_that_a_hidden_month_is_part_of() -> None:
    figures, shown = small([*SMALL_LEVEL, *[(20, 46)] * 8])
    public = assess(figures, Indicator(), notice_on=NOTICE, shown=shown)
    assert public.claim in WORSE
    assert "The numbers are not given, because some months are hidden." in public.headline
    assert "interval" not in public.sentence
    assert "6 of the 32 months are not shown" in public.sentence


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 23), st.lists(st.integers(1, 5), min_size=2, max_size=2))
def test_a_hidden_count_changes_nothing_that_is_printed_beside_the_word(place: int, counts: list[int]) -> None:
    """Two worlds that differ only in one hidden count: the reader is told the same numbers, limits and marks."""
    told = []
    for count in counts:
        values = [(12, 46), (8, 46), (11, 46), (10, 46)] * 6 + [(9, 46)] * 4
        values[place] = (count, 46)
        figures, shown = small(values)
        found = assess(figures, Indicator(), notice_on=NOTICE, shown=shown)
        told.append((found.headline.partition(":")[2], found.limits, found.chart.points, found.signals))
    assert told[0] == told[1]


def test_limits_do_not_say_out_of_how_many_a_hidden_month_is_judged() -> None:
    """A share's limits are as wide as few are counted: 3 and 46 would be told apart by their width."""
    figures, shown = small([*[(12, 46), (8, 46), (11, 46), (10, 46)] * 6, (11, 46), (1, 3), (9, 46)])
    whole = assess(figures, Indicator(), notice_on=NOTICE).chart.points
    public = assess(figures, Indicator(), notice_on=NOTICE, shown=shown).chart.points
    assert (public[-2].lower, public[-2].upper) == (None, None)
    assert None not in (whole[-2].lower, whole[-2].upper, public[-1].upper, public[-3].upper)


def test_a_figure_that_is_not_among_those_shown_is_refused() -> None:
    figures = months(LEVEL)
    with pytest.raises(ValueError, match="exactly once"):
        assess(figures, Indicator(), shown=protect(figures[:-1]))


def test_hidden_figures_take_no_part_when_only_they_are_given() -> None:
    found = assess(protect(months([*LEVEL[:10], (3, 500), *LEVEL[11:], *BETTER_MONTHS])), Indicator(), notice_on=NOTICE)
    assert found.claim == "improving"


# Years


def test_the_rate_that_fell_while_referrals_rose_by_half_is_not_called_improving() -> None:
    found = assess([year(2013, 1301, 5648), year(2014, 1426, 8717)], Indicator())
    assert found.claim == "do not claim"
    assert found.sentence == (
        "In the year to 31 March 2014 it was 16.4 per cent (1,426 of 8,717), lower than 23.0 per cent (1,301 of 5,648) "
        "the year before, by more than chance would explain. "
        "The number of referrals rose by 54 per cent against the year before, so the share may have moved because what "
        "is counted changed."
    )


def test_a_fall_between_years_with_a_steady_base_is_improving_when_lower_is_better() -> None:
    figures = [year(2013, 1301, 5648), year(2014, 926, 5660)]
    assert assess(figures, Indicator()).claim == "improving"
    assert assess(figures, Indicator(polarity="higher")).claim == "worsening"
    assert assess(figures, Indicator(polarity="neither")).claim == "changing, which is neither good nor bad"


def test_a_rate_that_fell_while_the_number_rose_is_not_improving() -> None:
    assert assess([year(2013, 1000, 4000), year(2014, 1001, 4790)], Indicator()).claim == "do not claim"


def test_years_whose_months_are_not_known_are_compared_as_if_siblings_shared_outcomes() -> None:
    """300 and 240 of 1,000: 3.0 errors if children were independent; 1.9 when the variance is 2.5 times as large."""
    assert assess([year(2013, 300, 1000), year(2014, 240, 1000)], Indicator()).claim == "no clear change"
    assert assess([year(2013, 300, 1000), year(2014, 230, 1000)], Indicator()).claim == "improving"


def test_even_months_let_the_years_be_told_apart_sooner() -> None:
    even = [*[(25, 83)] * 12, *[(20, 83)] * 12]
    found = assess([*months(even), year(2011, 300, 996), year(2012, 240, 996)], Indicator())
    assert found.years is not None
    assert found.years.claim == "improving"


@pytest.mark.parametrize(("after", "warned"), [(119, False), (120, True), (84, False), (83, True)])
def test_the_warning_comes_when_the_base_rises_by_a_fifth_or_falls_as_far(after: int, warned: bool) -> None:
    found = assess([year(2013, 60, 100), year(2014, 6, after)], Indicator())
    assert bool(found.years and found.years.warning) is warned


def test_a_year_before_the_notice_says_so() -> None:
    found = said([*LEVEL, *BETTER_MONTHS])
    assert found.years is None
    figures = [*months([*LEVEL, *BETTER_MONTHS]), year(2011, 1380, 6000), year(2012, 1380, 6000)]
    both = assess(figures, Indicator(), notice_on=NOTICE)
    assert "Before the notice, in the year to 31 March 2012 it was 23.0 per cent" in both.sentence
    assert both.claim == "improving"


def test_a_year_since_the_notice_that_contradicts_the_months_makes_the_signs_point_both_ways() -> None:
    values = [*LEVEL, *BETTER_MONTHS, *BETTER_MONTHS]
    figures = [*months(values), year(2012, 800, 6000), year(2013, 1300, 6000)]
    found = assess(figures, Indicator(), notice_on=date(2012, 4, 1))
    assert found.claim == "signs point both ways"


def test_years_of_a_stock_are_two_days_and_are_not_compared() -> None:
    stock = Indicator(is_stock=True)
    found = assess([year(2012, 40, 800), year(2013, 90, 828)], stock)
    assert found.claim == "no clear change"
    assert (
        found.sentence
        == "At 31 March 2013 it was 10.9 per cent (90 of 828); at 31 March 2012, 5.0 per cent (40 of 800)."
    )


def test_years_of_a_count_are_compared_as_counts() -> None:
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
        [year(2013, 6, 19, 5281), year(2014, 240, 1000)],
        protect([year(2013, 3, 100), year(2014, 20, 100)]),
    ):
        assert assess(pair, Indicator()).years is None


def test_years_are_compared_with_their_unknowns_against_the_difference() -> None:
    assert assess([year(2013, 300, 1000), year(2014, 200, 1000)], Indicator()).claim == "improving"
    doubtful = assess([year(2013, 300, 1000), year(2014, 200, 1000, 100)], Indicator())
    assert doubtful.claim == "no clear change"
    assert "with 100 not known, it was 20.0 per cent (200 of 1,000), not clearly" in doubtful.sentence
    few = assess(protect([year(2013, 300, 1000, 4), year(2014, 240, 1000)]), Indicator())
    assert "30.0 per cent (300 of 1,000; not known for a few more)" in few.sentence


@pytest.mark.parametrize(("n_unknown", "is_open"), [(127, False), (128, True)])
def test_years_that_the_not_known_move_further_than_chance_does_cannot_be_told_apart_or_alike(
    n_unknown: int, is_open: bool
) -> None:
    """200 of 1,000, twice, without months: the error is the root of 0.2 x 0.8 x 2 / 1,000 x 2.5 (siblings), which is
    2.83 points, and twice it each way is 11.31. 127 of 1,127 not known are 11.27 points, and 128 of 1,128 are 11.35."""
    found = assess([year(2013, 200, 1000), year(2014, 200, 1000, n_unknown)], Indicator())
    assert found.claim == "no clear change"
    assert ("cannot be told, because so many are not known." in found.sentence) == is_open
    assert ("not clearly different from 20.0 per cent" in found.sentence) != is_open


def test_a_year_of_which_the_last_months_are_not_known_yet_says_how_many_are() -> None:
    """Two months of the later year are mostly not known, as where twelve months must pass before anybody knows."""
    full = months([(20, 100)] * 22)
    late = [Figure(month(2012, at), "", 5, 5, 90) for at in (2, 3)]
    years = [year(2011, 240, 1200), year(2012, 210, 1020, 180)]
    found = assess([*full, *late, *years], Indicator())
    assert (
        "In the year to 31 March 2012, with 180 not known, it was 20.6 per cent (210 of 1,020). Whether that differs "
        "from 20.0 per cent (240 of 1,200) the year before cannot be told, because so many are not known: most is "
        "known of 10 months, against 12 the year before." in found.sentence
    )


# Words


def test_no_figures_is_too_early_to_say() -> None:
    found = assess([], Indicator())
    assert (found.claim, found.sentence) == ("too early to say", "There are no figures yet.")
    assert (found.latest, found.limits) == (None, None)


def test_no_sentence_names_its_indicator_and_a_headline_fits_two_lines() -> None:
    for values in ([*LEVEL, *BETTER_MONTHS], [*LEVEL, *[(115, 700)] * 6], [*LEVEL, *BETTER_MONTHS, *[(115, 500)] * 6]):
        found = said(values)
        assert Indicator().title not in found.sentence
        assert len(found.headline) <= 190


def test_a_run_on_the_chart_that_carries_no_claim_is_something_to_look_into() -> None:
    found = said([*LEVEL, *[(113, 500)] * 7])
    assert found.claim == "no clear change"
    assert (
        "The chart marks something to look into: the 7 months from April 2012 to October 2012 are all below the "
        "baseline's average." in found.sentence
    )


def test_a_part_year_says_from_when_to_when() -> None:
    part = Figure(financial_year(2014, as_at=month(2014, 1).ends_on), "", 30, 70, 0)
    assert "30.0 per cent (30 of 100) from 1 April 2013 to 31 January 2014." in assess([part], Indicator()).sentence


def test_unknowns_give_a_range_and_a_few_hidden_ones_do_not() -> None:
    found = assess(months([(20, 100)], n_unknown=25), Indicator())
    assert "Not known for 25 more: between 16.0 and 36.0 per cent if the unknown ones are counted either way." in (
        found.sentence
    )
    few = assess(protect(months([(20, 100)], n_unknown=3)), Indicator())
    assert "A few more are not known." in few.sentence
    partly = assess(protect(months([(3, 100)], n_unknown=30)), Indicator())
    assert partly.sentence.startswith(
        "The figure in April 2010 is not shown, to protect small numbers here or beside it."
    )
    assert "Not known for 30 more." in partly.sentence


@pytest.mark.parametrize(
    ("n_unknown", "said_so"),
    [
        (5, "In the year to 31 March 2012 it was 20.0 per cent (20 of 100; not known for 5 more), not"),
        (6, "In the year to 31 March 2012, with 6 not known, it was 20.0 per cent (20 of 100), not clearly"),
    ],
)
def test_a_year_of_which_a_twentieth_is_not_known_says_that_first(n_unknown: int, said_so: str) -> None:
    found = assess([year(2011, 20, 100), year(2012, 20, 100, n_unknown)], Indicator())
    assert said_so in found.sentence


def test_where_nothing_is_known_no_range_is_given() -> None:
    assert "Not known for 45 more: nothing is known of it." in assess(months([(0, 0)], 45), Indicator()).sentence


def test_a_month_mostly_not_known_takes_no_part_and_is_said() -> None:
    values = months([*LEVEL, *BETTER_MONTHS])
    values[0] = Figure(values[0].period, "", 1, 2, 400)
    found = assess(values, Indicator(), notice_on=NOTICE)
    assert found.claim == "improving"
    assert found.chart.points[0].value is None
    assert "1 of the 30 months is not judged because more is not known than known." in found.sentence


def test_n_of_n_words_for_every_kind_of_figure() -> None:
    shown = protect([*months([(20, 100), (0, 0), (3, 100)])])
    assert [n_of_n_words(each, "per cent") for each in shown] == [
        "20.0 per cent (20 of 100)",
        "nothing to count",
        "not shown, to protect small numbers here or beside it",
    ]


# Many at once


def test_what_luck_alone_would_do_is_said() -> None:
    changed = "luck alone would make"
    assert by_luck_words(40) == f"Of the 40 indicators judged, {changed} about 2 look changed in a year."
    assert by_luck_words(14) == f"Of the 14 indicators judged, {changed} one look changed in about a year."
    assert by_luck_words(10) == f"Of the 10 indicators judged, {changed} one look changed in about 2 years."
    assert by_luck_words(1) == f"Of the one indicator judged, {changed} one look changed in about 20 years."
    assert by_luck_words(0) == "No indicator can be judged against the months before the notice yet."


def test_the_headline_list_keeps_only_what_stands_among_so_many() -> None:
    strong, weak = said([*LEVEL, *BETTER_MONTHS]), said([*LEVEL, *[(100, 500)] * 6])
    assert (strong.claim, weak.claim) == ("improving", "improving")
    level = said([*LEVEL, *[(115, 500)] * 6])
    assert headline_list({"I04": strong, "I06": weak}) == ("I04", "I06")
    assert headline_words({"I04": strong, "I06": weak}) == (
        "Of the 2 indicators judged, 2 can be called better, and luck among so many does not explain any of them."
    )
    many = {f"I{n}": level for n in range(60)}
    assert headline_list({"I04": strong, "W": weak, **many}) == ("I04",)
    assert headline_words({"I04": strong, "W": weak, **many}) == (
        "Of the 62 indicators judged, 2 can be called better; among so many, luck could explain 1 of them "
        "(W), which are left out here."
    )


def test_a_list_of_nothing_changed_or_nothing_judged_says_so() -> None:
    level, early = said([*LEVEL, *[(115, 500)] * 6]), said(LEVEL[:5])
    assert headline_words({"I04": level}) == "Of the one indicator judged, none can be called better or worse."
    assert (headline_list({"I04": early}), headline_words({"I04": early})) == (
        (),
        "No indicator can be judged against the months before the notice yet.",
    )
    alone = headline_words({"I04": said([*LEVEL, *BETTER_MONTHS])})
    assert alone.endswith("1 can be called better, and luck among so many does not explain it.")
    worse = headline_words({"I04": said([*LEVEL, *BETTER_MONTHS]), "I20": said([*LEVEL, *[(160, 500)] * 6])})
    assert "2 can be called better or worse, and luck" in worse


def test_how_likely_a_difference_is_by_chance_is_one_figure_rounded_up() -> None:
    """z of minus 2.6: erfc(2.6 / sqrt 2) is .00932, so .01."""
    now = Compared(0, 1, 0.26, 1, 0.1, 6)
    assert chance(Verdict("improving", "compared", now=now)) == 0.01
    assert chance(Verdict("too early to say", "small numbers", now=now)) is None
    assert chance(Verdict("no clear change", "compared")) is None
    assert chance(Verdict("improving", "compared", now=replace(now, error=0.001))) == 0.0


# Corners


def test_a_share_that_rose_because_more_was_counted_names_the_number_outside_it() -> None:
    found = said([*[(385, 500)] * 24, *[(585, 700)] * 6], Indicator(polarity="higher"))
    assert found.claim == "do not claim"
    assert "the share rose because more referrals were counted; the number outside it did not fall" in found.headline


def test_a_turn_of_what_is_neither_good_nor_bad_was_higher_or_lower() -> None:
    found = said([*LEVEL, *BETTER_MONTHS, *BETTER_MONTHS, *[(110, 500)] * 6], Indicator(polarity="neither"))
    assert found.claim == "signs point both ways"
    assert "which was lower than before the notice" in found.headline


def test_a_turn_with_a_hidden_month_gives_no_number() -> None:
    values = [*[(24, 100)] * 24, *[(7, 100)] * 5, (4, 100), *[(7, 100)] * 6, *[(17, 100)] * 6]
    figures, shown = small(values)
    found = assess(figures, Indicator(), notice_on=NOTICE, shown=shown)
    assert found.claim == "signs point both ways"
    assert (
        "going back from a level which was better than before the notice. The numbers are not given" in found.headline
    )


def test_a_loss_whose_last_month_is_far_below_points_both_ways() -> None:
    found = said([*LEVEL, *[(160, 500)] * 4, (50, 500)])
    assert (found.claim, found.verdict.reason) == ("signs point both ways", "last month beyond")


def test_a_slow_gain_over_two_years_is_still_going_on() -> None:
    assert said([*LEVEL, *[(round(108 - 0.8 * step), 500) for step in range(24)]]).claim == "improving"


def test_nothing_in_and_nothing_before_is_no_clear_change() -> None:
    assert said([(0, 500)] * 30).claim == "no clear change"


def test_small_counts_in_the_baseline_leave_a_count_without_limits() -> None:
    count = Indicator(title="Deaths", unit="count", polarity="lower", chart="xmr")
    values = [Figure(f.period, "", 3 if place == 4 else 30, 0, 0) for place, f in enumerate(months([(0, 0)] * 26))]
    found = assess(values, count, notice_on=NOTICE)
    assert (found.limits, found.chart.state) == (None, "no baseline")


def test_a_share_drawn_as_individuals_skips_a_month_that_counted_nothing() -> None:
    found = said([*LEVEL, (0, 0), (115, 500), (115, 500)], Indicator(chart="xmr"))
    assert found.chart.kind == "xmr"
    assert found.chart.points[24].value is None


def test_what_everybody_may_see_makes_the_limits_coarse_for_all() -> None:
    figures = months([(117, 500), *LEVEL[1:], (115, 500), (115, 500)])
    one_more = [*protect(figures)]
    one_more[3] = Protected(one_more[3].period, "", None, 500, 0)
    fine = assess(figures, Indicator(), notice_on=NOTICE)
    coarse = assess(figures, Indicator(), notice_on=NOTICE, published=one_more)
    assert fine.claim == coarse.claim
    assert fine.limits is not None
    assert coarse.limits is not None
    assert fine.chart.mean == pytest.approx(0.2306, abs=1e-4)
    assert coarse.chart.mean == pytest.approx(0.23)
    assert coarse.limits != fine.limits


def test_a_month_of_an_earlier_release_that_is_given_no_longer_tells_nothing() -> None:
    assert usual_revision([months([(50, 100)])], months([(0, 0), (5, 10)])) == ()


def test_a_baseline_whose_last_year_alone_does_not_agree_is_moving() -> None:
    held = [Month(at, 150 if at < 12 else 100, 350 if at < 12 else 400, 0) for at in range(24)]
    now = [Month(at, 100, 400, 0) for at in range(24, 30)]
    since = Since([*held, *now], Baseline(0, 23, 24), Kind("lower"))
    assert doubt(since, -1, 1.0, Judging()) == "baseline moved"


def test_a_measure_with_nothing_to_compare_says_nothing() -> None:
    measure = Measure([Cell(at, 10, 50) for at in range(3)])
    assert measure.compare([Cell(3, 5, 50)]) is None
    assert measure.turned([Cell(3, 5, 50)], [Cell(0, 5, 50)]) == 0.0
    assert Measure([Cell(12 * year, 10 + year, 50) for year in range(8)]).spread == 1.0
    assert Measure([Cell(at, 0, 50) for at in range(24)]).spread == 1.0


def test_what_varies_more_than_practice_wanders_is_counted_once() -> None:
    """25 and 75 of 100 in turn: .0625 of variance beside .0025 from chance. At most .025 squared of it lasts, a quarter
    of chance's: so 12 months are widened by the spread and a quarter of what lasting adds, not by all of it."""
    measure = Measure([Cell(at, 25 if at % 2 else 75, 100) for at in range(24)])
    assert measure.lasts == pytest.approx(0.025**2 / (0.25 / 100))
    assert measure.widened(12) == pytest.approx(measure.spread + 0.25 * (lasting(12) - 1))
    assert measure.widened(1) == pytest.approx(measure.spread)
    many = Measure([Cell(at, 2300 if at % 2 else 2200, 10_000) for at in range(24)])
    assert many.lasts == pytest.approx(many.spread - 1)
    numbers = Measure([Cell(at, 60 if at % 2 else 40, 1) for at in range(24)], is_count=True)
    assert numbers.lasts == pytest.approx(numbers.spread - 1) != 0


def test_years_with_nothing_in_a_month_are_widened_no_further() -> None:
    pairs = [(Cell(at, 5, 0 if at == 3 else 50), Cell(at + 12, 5, 50)) for at in range(12)]
    assert compare_years(Cell(0, 60, 600), Cell(12, 60, 600), pairs).error == pytest.approx((0.09 / 300) ** 0.5)


# What must always hold

pairs = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=40)


@settings(deadline=None)
@given(pairs, st.sampled_from(["lower", "higher", "neither"]), st.integers(0, 40))
def test_a_claim_is_always_one_of_the_few_and_is_good_or_bad_only_when_polarity_says(
    values: list[tuple[int, int]], polarity: str, at: int
) -> None:
    figures = months([(n_in, n_in + n_not) for n_in, n_not in values])
    on = date(2010 + (3 + at) // 12, (3 + at) % 12 + 1, 1)
    found = assess(figures, Indicator(polarity=polarity), notice_on=on, shown=protect(figures))
    assert found.claim in CLAIMS
    assert polarity != "neither" or found.claim not in BETTER | WORSE
    assert found.claim == assess(figures, Indicator(polarity=polarity), notice_on=on).claim


@settings(max_examples=60, deadline=None)
@given(st.integers(60, 170), st.integers(60, 170), st.integers(2, 14))
def test_turning_polarity_round_turns_the_word_round_when_as_many_are_counted(a: int, b: int, n: int) -> None:
    values = [*LEVEL, *[(a, 500)] * (n // 2), *[(b, 500)] * (n - n // 2)]
    mirror = {"improving": "worsening", "improved and steady since": "worsened and steady since"}
    mirror |= {after: before for before, after in mirror.items()}
    low, high = said(values).claim, said(values, Indicator(polarity="higher")).claim
    assert high == mirror.get(low, low)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=24, max_size=24), st.integers(1, 12))
def test_no_comparison_and_no_limit_is_narrower_than_chance(values: list[tuple[int, int]], n: int) -> None:
    figures = [(n_in, n_in + n_not) for n_in, n_not in values]
    found = said([*figures, *[(20, 80)] * n])
    now = found.verdict.now
    assert now is not None
    share = (now.n_in + now.n_in_before) / (now.n + now.n_before)
    assert now.error**2 >= share * (1 - share) * (1 / now.n + 1 / now.n_before) - 1e-12
    for point, base in zip(found.chart.points[24:], [80] * n, strict=True):
        if point.mean is not None and point.upper is not None and point.upper < 1:
            assert point.upper - point.mean >= 3 * (point.mean * (1 - point.mean) / base) ** 0.5 - 1e-9
