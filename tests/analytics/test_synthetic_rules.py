"""Without its mess, the invented data keeps the census's own validation rules (cin_census_rules.csv, by number).

Each test names the rules it holds. With mess they are broken on purpose, which `test_synthetic.py` checks.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.analytics import demo_returns
from holdfast.analytics.calendar import bank_holidays
from holdfast.analytics.synthetic.workdays import working_days
from plain_census import PlainEpisode, read_plainly


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[list[PlainEpisode], date, date]]:
    """Each file's episodes, its year's first day and its as-at day."""
    folder = tmp_path_factory.mktemp("tidy")
    written = demo_returns(folder, 11, children_scale=0.12, with_mess=False)
    return [(read_plainly(path), date(as_at.year - (as_at.month < 4), 4, 1), as_at) for path, as_at in written]


@pytest.fixture(scope="module")
def episodes(files: list[tuple[list[PlainEpisode], date, date]]) -> list[PlainEpisode]:
    return [episode for file, _, _ in files for episode in file]


def test_a_referral_with_no_further_action_has_nothing_after_it(episodes: list[PlainEpisode]) -> None:
    """8831, 8832."""
    nfa = [episode for episode in episodes if episode.nfa]
    assert nfa
    assert not any(episode.assessments or episode.enquiries or episode.plans or episode.closed for episode in nfa)


def test_a_referral_with_no_further_action_is_sent_only_in_its_own_year(
    files: list[tuple[list[PlainEpisode], date, date]],
) -> None:
    """8569Q."""
    assert all(episode.referral >= starts_on for file, starts_on, _ in files for episode in file if episode.nfa)


def test_a_childs_episodes_never_overlap_and_only_the_last_is_open(
    files: list[tuple[list[PlainEpisode], date, date]],
) -> None:
    """8815, 8816, 8820."""
    for file, _, _ in files:
        by_child: dict[str, list[PlainEpisode]] = {}
        for episode in file:
            by_child.setdefault(episode.child, []).append(episode)
        for several in by_child.values():
            for n, earlier in enumerate(several):
                for later in several[n + 1 :]:
                    assert earlier.referral < later.referral
                    assert earlier.nfa or (earlier.closed is not None and earlier.closed <= later.referral)


def test_nothing_happens_after_a_closure_or_before_a_referral(episodes: list[PlainEpisode]) -> None:
    """8565, 8630, 1103, 1104, 1105, 2889."""
    for episode in episodes:
        days = [day for start, done, _ in episode.assessments for day in (start, done) if day]
        days += [day for start, _, held, _ in episode.enquiries for day in (start, held) if day]
        days += [day for start, end, _, _ in episode.plans for day in (start, end) if day]
        assert all(episode.referral <= day <= (episode.closed or date.max) for day in days)


def test_a_closed_case_has_a_reason_and_no_work_left_open(episodes: list[PlainEpisode]) -> None:
    """8805, 8810, 8867, 8868, 2990, 8825Q."""
    for episode in episodes:
        assert (episode.closed is None) == (episode.reason is None)
        if episode.closed:
            assert all(done for _, done, _ in episode.assessments)
            assert all(held or flag == "true" for _, _, held, flag in episode.enquiries)
            assert all(end for _, end, _, _ in episode.plans)
        if episode.reason == "RC8":
            assert not (episode.enquiries)
            assert not (episode.plans)
            assert not (episode.conference)


def test_assessments_follow_one_another_and_belong_to_the_year(
    files: list[tuple[list[PlainEpisode], date, date]],
) -> None:
    """8608, 8696, 8736, 8863Q, 8896, 8614."""
    for file, starts_on, as_at in files:
        for episode in file:
            assert sum(done is None for _, done, _ in episode.assessments) <= 1
            before = date.min
            for start, done, factors in episode.assessments:
                assert before < start <= (done or as_at)
                assert starts_on <= (done or start) <= as_at
                assert done or not factors
                before = done or as_at


def test_factors_come_with_assessments_authorised_from_april_2013(episodes: list[PlainEpisode]) -> None:
    """8897Q, for the years that had them."""
    seen = [(done, factors) for episode in episodes for _, done, factors in episode.assessments if done]
    assert all(bool(factors) == (done >= date(2013, 4, 1)) for done, factors in seen)
    assert all(len(factors) == len(set(factors)) for _, factors in seen)  # 8898


def test_conferences_are_held_on_working_days_after_their_enquiry(
    files: list[tuple[list[PlainEpisode], date, date]],
) -> None:
    """8615, 8715, 8740, 8870Q, 8875, 2884."""
    for file, starts_on, _ in files:
        for episode in file:
            for start, target, held, flag in episode.enquiries:
                assert held is None or (start <= held and held >= starts_on and is_working_day(held))
                assert held is None or flag == "false"
                assert held or flag == "true" or start >= starts_on
                assert target is None or is_working_day(target)
                assert held is None or episode.conference is None


def test_a_plan_starts_on_the_day_of_a_conference(files: list[tuple[list[PlainEpisode], date, date]]) -> None:
    """2883, 2885, 8720."""
    n_plans = n_conferences = 0
    for file, starts_on, _ in files:
        for episode in file:
            held = [day for _, _, day, _ in episode.enquiries if day] + (
                [episode.conference] if episode.conference else []
            )
            started = [start for start, _, _, _ in episode.plans if start >= starts_on]
            assert set(started) <= set(held)
            n_plans += len(started)
            n_conferences += len(held)
    assert 0.8 < n_plans / n_conferences < 0.95


def test_plans_and_their_reviews_follow_one_another(files: list[tuple[list[PlainEpisode], date, date]]) -> None:
    """8730, 8840, 8841, 8925, 8930, 8935, 8940."""
    for file, starts_on, as_at in files:
        for episode in file:
            before = date.min
            for start, end, previous, reviews in episode.plans:
                assert before < start < (end or date.max)
                assert previous is not None
                assert (end or starts_on) >= starts_on
                assert list(reviews) == sorted(set(reviews))
                assert all(start < review <= (end or as_at) for review in reviews)
                before = end or date.max


def test_a_second_plan_knows_of_the_first(episodes: list[PlainEpisode]) -> None:
    """N00106 counts every earlier plan of the child."""
    by_child: dict[str, dict[date, int]] = {}
    for episode in episodes:
        for start, _, previous, _ in episode.plans:
            by_child.setdefault(episode.child, {})[start] = previous or 0
    several = [plans for plans in by_child.values() if len(plans) > 1]
    assert several
    for plans in several:
        counts = [plans[start] for start in sorted(plans)]
        assert counts == list(range(counts[0], counts[0] + len(counts)))


def test_reviews_are_mostly_in_time(episodes: list[PlainEpisode]) -> None:
    late = within = 0
    for episode in episodes:
        for start, _, _, reviews in episode.plans:
            for before, review, limit in zip((start, *reviews), reviews, (93, *[185] * len(reviews)), strict=False):
                late += (review - before).days > limit
                within += (review - before).days <= limit
    assert 0.94 < within / (late + within) < 1


def test_a_child_has_a_birth_date_or_an_expected_one_and_was_not_referred_too_long_before(
    episodes: list[PlainEpisode],
) -> None:
    """8525Q, 8606, 8520."""
    for episode in episodes:
        assert (episode.born is None) != (episode.expected is None)
        assert episode.referral >= (episode.born or episode.expected or date.max) - timedelta(days=280)


def test_an_episode_is_open_at_some_time_in_its_files_year(files: list[tuple[list[PlainEpisode], date, date]]) -> None:
    """8600, 8620."""
    for file, starts_on, as_at in files:
        assert all(episode.referral <= as_at and (episode.closed or as_at) >= starts_on for episode in file)


def test_the_simulations_working_days_are_the_calendars() -> None:
    days = working_days(2009, 2015)
    for offset in range((date(2015, 1, 1) - date(2010, 1, 1)).days):
        day = date(2010, 1, 1) + timedelta(days=offset)
        assert days.is_working(day.toordinal()) == is_working_day(day)


def test_steps_along_the_working_days_skip_weekends_and_bank_holidays() -> None:
    """Good Friday 2013 was 29 March and Easter Monday 1 April."""
    days = working_days(2009, 2015)

    def step(day: date, n: int) -> date:
        return date.fromordinal(days.add(day.toordinal(), n))

    assert step(date(2013, 3, 28), 1) == date(2013, 4, 2)
    assert step(date(2013, 3, 30), 1) == date(2013, 4, 2)
    assert step(date(2013, 4, 2), -1) == date(2013, 3, 28)
    assert step(date(2013, 3, 30), -1) == date(2013, 3, 28)
    assert step(date(2013, 3, 30), 0) == date(2013, 3, 30)
    assert date.fromordinal(days.on_or_after(date(2013, 3, 29).toordinal())) == date(2013, 4, 2)
    assert date.fromordinal(days.on_or_before(date(2013, 4, 1).toordinal())) == date(2013, 3, 28)


@given(st.dates(date(2010, 6, 1), date(2014, 6, 1)), st.integers(1, 90))
def test_stepping_matches_counting_one_day_at_a_time(start: date, n: int) -> None:
    day, left = start, n
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    days = working_days(2009, 2015)
    assert days.add(start.toordinal(), n) == day.toordinal()
    if is_working_day(start):
        assert days.add(day.toordinal(), -n) == start.toordinal()


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays()


def test_the_files_have_sensible_names(tmp_path: Path) -> None:
    written = demo_returns(tmp_path, 1, until=date(2011, 3, 31), children_scale=0.01, code="321")
    assert [path.name for path, _ in written] == ["cin-census-321-as-at-2011-03-31.xml"]
