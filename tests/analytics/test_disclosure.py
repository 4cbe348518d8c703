"""What is hidden, by hand and at each boundary; then a reader who knows every published cell and every sum."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from holdfast.analytics.disclosure import Protected, earlier_of, protect
from holdfast.analytics.figure import Figure, Period, financial_year, month
from holdfast.analytics.hidden_counts import SMALL
from holdfast.analytics.years import Measure, measured

APRIL, MAY, JUNE = (month(2013, number) for number in (4, 5, 6))
YEAR = financial_year(2014)


def figure(n_in: int, n_not: int, n_unknown: int = 0, *, period: Period = APRIL, group: str = "") -> Figure:
    return Figure(period, group, n_in, n_not, n_unknown)


def words(protected: Protected) -> tuple[str, str, str, str]:
    return protected.n_in_words, protected.denominator_words, protected.share_words, protected.unknown_words


@pytest.mark.parametrize(
    ("n_in", "n_not", "expected"),
    [
        (0, 60, ("0", "60", "0.0%", "0")),  # nought is nought
        (1, 59, ("c", "60", "c", "0")),
        (5, 55, ("c", "60", "c", "0")),
        (6, 54, ("6", "60", "10.0%", "0")),
        (55, 5, ("c", "60", "c", "0")),  # the complement is small
        (54, 6, ("54", "60", "90.0%", "0")),
        (60, 0, ("60", "60", "100.0%", "0")),
        (0, 5, ("c", "c", "c", "0")),  # 0% of five
        (5, 0, ("c", "c", "c", "0")),  # 100% of five
        (0, 6, ("0", "6", "0.0%", "0")),
        (0, 0, ("0", "0", "none counted", "0")),
    ],
)
def test_one_figure_is_hidden_from_one_to_five(n_in: int, n_not: int, expected: tuple[str, ...]) -> None:
    assert words(protect([figure(n_in, n_not)])[0]) == expected


def test_a_hidden_figure_is_one_mark_and_says_what_it_is_of_where_that_is_shown() -> None:
    assert protect([figure(3, 57)])[0].words("per cent") == "c of 60"
    assert protect([figure(3, 57)])[0].words("count") == "c"
    assert protect([figure(2, 1)])[0].words("per cent") == "c"
    assert protect([figure(30, 30)])[0].words("per cent") == "50.0% (30 of 60)"


def test_a_small_unknown_count_is_hidden_with_the_range_it_would_give() -> None:
    shown = protect([figure(30, 30, 4)])[0]
    assert words(shown) == ("30", "60", "50.0%", "c")
    assert (shown.lowest_share, shown.highest_share) == (None, None)


def test_what_is_not_hidden_has_its_range() -> None:
    shown = protect([figure(30, 30, 40)])[0]
    assert (shown.lowest_share, shown.highest_share) == (0.3, 0.7)
    none = protect([figure(0, 0)])[0]
    assert (none.share, none.lowest_share, none.highest_share) == (None, None, None)


def test_what_is_hidden_is_nowhere_in_the_object() -> None:
    shown = protect([figure(3, 57)])[0]
    assert shown.suppressed
    assert (shown.n_in, shown.share, shown.lowest_share, shown.highest_share) == (None,) * 4


def test_inside_shows_all_and_an_unknown_policy_shows_nothing() -> None:
    assert words(protect([figure(3, 57)], "inside")[0])[:2] == ("3", "60")
    assert words(protect([figure(30, 57, 9)], "everything")[0]) == ("c", "c", "c", "c")


def test_a_period_and_group_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="only once"):
        protect([figure(1, 2), figure(3, 4)])


def test_one_small_group_hides_the_next_smallest_as_well() -> None:
    total = figure(60, 140)
    groups = [
        figure(3, 27, group="A"),
        figure(12, 28, group="B"),
        figure(45, 85, group="C"),
    ]
    shown = {each.group: words(each)[:2] for each in protect([total, *groups])}
    assert shown == {"": ("60", "200"), "A": ("c", "30"), "B": ("c", "40"), "C": ("45", "130")}


def test_two_ones_are_not_left_to_add_up_to_two() -> None:
    groups = [figure(1, 29, group="A"), figure(1, 29, group="B"), figure(48, 82, group="C"), figure(10, 20, group="D")]
    shown = {each.group: each.suppressed for each in protect([figure(60, 160), *groups])}
    assert shown == {"": False, "A": True, "B": True, "C": False, "D": True}


def test_groups_without_their_total_are_protected_as_if_it_were_known() -> None:
    shown = protect([figure(3, 27, group="A"), figure(12, 28, group="B"), figure(45, 85, group="C")])
    assert [each.suppressed for each in shown] == [True, True, False]


def test_a_small_group_alone_hides_everything_that_could_give_it_away() -> None:
    assert words(protect([figure(3, 27, 8, group="A")])[0]) == ("c", "c", "c", "c")


def test_one_hidden_month_of_a_fully_shown_year_hides_another() -> None:
    months = [figure(3, 57, period=APRIL), figure(20, 40, period=MAY), figure(30, 45, period=JUNE)]
    year = figure(53, 142, period=YEAR)
    assert [each.suppressed for each in protect([*months, year])] == [True, True, False, False]


def test_a_year_that_repeats_its_last_month_is_hidden_with_it() -> None:
    months = [figure(30, 57, period=APRIL), figure(20, 41, period=MAY), figure(4, 45, period=JUNE)]
    shown = protect([*months, figure(4, 45, period=YEAR)])
    assert [each.suppressed for each in shown] == [False, False, True, True]


def test_a_year_that_is_neither_its_months_nor_the_last_stands_alone() -> None:
    shown = protect([figure(3, 57, period=APRIL), figure(20, 40, period=MAY), figure(22, 60, period=YEAR)])
    assert [each.suppressed for each in shown] == [True, False, False]


def test_a_count_is_hidden_with_its_base() -> None:
    months = [figure(3, 0, period=APRIL), figure(20, 0, period=MAY), figure(31, 0, period=JUNE)]
    shown = protect([*months, figure(54, 0, period=YEAR)])
    assert [words(each)[:2] for each in shown] == [("c", "c"), ("c", "c"), ("31", "31"), ("54", "54")]


def test_every_breakdown_hides_the_same_totals() -> None:
    totals = [figure(9, 51), figure(8, 40, period=MAY), figure(17, 91, period=YEAR)]
    alone = [words(each) for each in protect(totals)]
    sexes = [
        figure(4, 26, group="F"),
        figure(5, 25, group="M"),
        figure(4, 20, group="F", period=MAY),
        figure(4, 20, group="M", period=MAY),
        figure(8, 46, group="F", period=YEAR),
        figure(9, 45, group="M", period=YEAR),
    ]
    assert [words(each) for each in protect([*totals, *sexes])][:3] == alone


# A reader who knows every published cell, every sum, and that no count is below nought.

Variable = tuple[str, str, str]  # measure, period, group: the smallest cells, from which every other is a sum
Sum = tuple[list[Variable], int]


def sums_of(shown: Sequence[Protected], parts: list[Variable], true: dict[Variable, int]) -> list[Sum]:
    """Every published cell as a sum of the smallest cells; a cell that does not add up is left out as not tied."""
    known: list[Sum] = []
    for each in shown:
        for measures, value in (
            (("in",), each.n_in),
            (("in", "not"), each.denominator),
            (("unknown",), each.n_unknown),
        ):
            if value is not None:
                cells = cells_of(each.period.id, each.group, measures, parts)
                assert sum(true[cell] for cell in cells) == value
                known.append((cells, value))
    return known


def cells_of(period: str, group: str, measures: Sequence[str], parts: list[Variable]) -> list[Variable]:
    return [
        part
        for part in parts
        if part[0] in measures and (period.startswith("FY") or part[1] == period) and (not group or part[2] == group)
    ]


def answers(variables: list[Variable], known: list[Sum], near: dict[Variable, int], at: dict[Variable, int]) -> bool:
    """Whether any table of whole numbers fits what is known, with the cells in `at` as given. Exhaustive to 60."""
    left = [variable for variable in variables if variable not in at]
    rests = [
        (sum(at[cell] for cell in cells if cell in at), [c for c in cells if c not in at], v) for cells, v in known
    ]
    if any(so_far > value or (not open_cells and so_far != value) for so_far, open_cells, value in rests):
        return False
    if not left:
        return True
    tight = min((open_cells for _, open_cells, _ in rests if open_cells), key=len, default=[])
    cell = (tight or left)[0]
    bound = min([value - so_far for so_far, open_cells, value in rests if cell in open_cells], default=60)
    if len(tight) == 1:
        options = {value - so_far for so_far, open_cells, value in rests if open_cells == [cell]}
        candidates: Iterator[int] = iter(options if len(options) == 1 else ())
    else:
        candidates = iter(sorted(range(bound + 1), key=lambda value: abs(value - near[cell])))
    return any(answers(variables, known, near, {**at, cell: value}) for value in candidates)


def assert_nothing_is_pinned(figures: list[Figure], smallest: list[Figure]) -> None:
    parts = [(m, f.period.id, f.group) for f in smallest for m in ("in", "not", "unknown")]
    true = {}
    for f in smallest:
        true |= {("in", f.period.id, f.group): f.n_in, ("not", f.period.id, f.group): f.n_not}
        true[("unknown", f.period.id, f.group)] = f.n_unknown
    shown = protect(figures)
    assert_none_pinned(shown, parts, true, sums_of(shown, parts, true))


def assert_none_pinned(
    shown: list[Protected], parts: list[Variable], true: dict[Variable, int], known: list[Sum]
) -> None:
    """Each hidden cell has another possible number, in some table that agrees with all that is known."""
    for each in shown:
        hidden = [("in",)] * (each.n_in is None) + [("in", "not")] * (each.denominator is None)
        hidden += [("unknown",)] * (each.n_unknown is None)
        for measures in hidden:
            cells = cells_of(each.period.id, each.group, measures, parts)
            value = sum(true[cell] for cell in cells)
            if any(total == 0 and set(cells) <= set(covered) for covered, total in known):
                continue  # none of the whole is none of its parts
            others = sorted((v for v in range(value + 8) if v != value), key=lambda v: abs(v - value))
            assert any(answers(parts, [*known, (cells, other)], true, {}) for other in others), (each, measures)


PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Not shrunk: a failing example is small enough to read, and shrinking it takes minutes."""

small_or_not = st.one_of(st.integers(0, 7), st.integers(0, 20))
counts = st.tuples(small_or_not, small_or_not, st.integers(0, 7))


@settings(max_examples=150, deadline=None, phases=PHASES)
@given(st.lists(counts, min_size=2, max_size=4))
def test_no_group_of_a_breakdown_can_be_worked_out(rows: list[tuple[int, int, int]]) -> None:
    groups = [figure(*row, group="ABCD"[place]) for place, row in enumerate(rows)]
    total = figure(*(sum(row[part] for row in rows) for part in range(3)))
    assert_nothing_is_pinned([total, *groups], groups)


@settings(max_examples=150, deadline=None, phases=PHASES)
@given(st.lists(counts, min_size=2, max_size=4), st.booleans())
def test_no_month_can_be_worked_out_from_its_year(rows: list[tuple[int, int, int]], is_count: bool) -> None:
    rows = [(a, 0, 0) for a, _, _ in rows] if is_count else rows
    months = [figure(*row, period=month(2013, 4 + place)) for place, row in enumerate(rows)]
    year = figure(*(sum(row[part] for row in rows) for part in range(3)), period=YEAR)
    assert_nothing_is_pinned([*months, year], months)


@settings(max_examples=100, deadline=None, phases=PHASES)
@given(st.lists(counts, min_size=4, max_size=4))
def test_no_group_of_a_month_can_be_worked_out_from_groups_months_and_year(rows: list[tuple[int, int, int]]) -> None:
    smallest = [figure(*row, period=(APRIL, MAY)[place // 2], group="FM"[place % 2]) for place, row in enumerate(rows)]
    sums = []
    for period in (APRIL, MAY, YEAR):
        for group in ("F", "M", ""):
            if period is not YEAR and group:
                continue
            part = [f for f in smallest if (period is YEAR or f.period == period) and (not group or f.group == group)]
            sums.append(
                Figure(
                    period,
                    group,
                    sum(f.n_in for f in part),
                    sum(f.n_not for f in part),
                    sum(f.n_unknown for f in part),
                )
            )
    assert_nothing_is_pinned([*smallest, *sums], smallest)


def test_a_year_whose_unknowns_do_not_add_up_is_still_protected_in_what_is_known() -> None:
    months = [figure(3, 57, period=APRIL), figure(20, 40, period=MAY), figure(30, 45, 9, period=JUNE)]
    year = figure(53, 142, 20, period=YEAR)
    shown = protect([*months, year])
    assert [each.suppressed for each in shown].count(True) > 1, "the year less two months is the third"


def test_groups_hidden_together_do_not_add_up_to_a_small_count() -> None:
    groups = [figure(2, 28, group="A"), figure(1, 29, group="B"), figure(48, 82, group="C"), figure(10, 20, group="D")]
    assert [each.suppressed for each in protect([figure(61, 159), *groups])] == [False, True, True, False, True]
    larger = [figure(3, 27, group="A"), figure(3, 27, group="B"), figure(48, 82, group="C"), figure(10, 20, group="D")]
    assert [each.suppressed for each in protect([figure(64, 156), *larger])] == [False, True, True, False, False]


def test_unknowns_hidden_together_do_not_add_up_to_a_small_count() -> None:
    groups = [figure(30, 30, n_unknown, group=name) for name, n_unknown in (("A", 2), ("B", 1), ("C", 9), ("D", 12))]
    shown = protect([figure(120, 120, 24), *groups])
    assert [each.n_unknown for each in shown] == [24, None, None, None, 12]


def test_a_cover_that_a_year_says_is_nought_is_no_cover() -> None:
    """The year of group U is published as 0 of 0, so each of its months is 0 of 0, however the year was counted."""
    month = [figure(18, 30), figure(3, 10, group="F"), figure(15, 20, group="M"), figure(0, 0, group="U")]
    year = [figure(22, 70), figure(10, 30, group="F"), figure(12, 40, group="M"), figure(0, 0, group="U")]
    hidden = {each.group for each in protect([*month, *in_year(year)])[:4] if each.suppressed}
    assert hidden >= {"F", "M"}, "with U alone beside it, F would be 18 - 15 - 0"


def test_a_stock_that_is_nought_at_the_end_says_nothing_of_the_months_before() -> None:
    months = [figure(3, 9), figure(0, 0, period=MAY)]
    assert [each.suppressed for each in protect([*months, figure(0, 0, period=YEAR)])] == [True, False, False]


def in_year(figures: list[Figure]) -> list[Figure]:
    return [Figure(YEAR, each.group, each.n_in, each.n_not, each.n_unknown) for each in figures]


few = st.tuples(small_or_not, st.integers(0, 7))
none_or_few = st.one_of(st.just((0, 0)), few)


@settings(max_examples=200, deadline=None, phases=PHASES)
@given(st.tuples(few, few, none_or_few, few, few, none_or_few))
def test_no_group_of_a_month_can_be_worked_out_from_a_year_that_counts_otherwise(
    rows: tuple[tuple[int, int], ...],
) -> None:
    """A year of its own making still ties its months: a published nought of the year is a nought of each month."""
    of_month, of_year = rows[:3], [(max(a, c), max(b, d)) for (a, b), (c, d) in zip(rows[:3], rows[3:], strict=True)]
    month = with_total(of_month)
    shown = protect([*month, *in_year(with_total(of_year))])
    parts = [(measure, APRIL.id, group) for group in "FMU" for measure in ("in", "not")]
    true = dict(zip(parts, (count for row in of_month for count in row), strict=True))
    known = sums_of([each for each in shown if each.period == APRIL], parts, true)
    for each in (each for each in shown if each.period == YEAR):
        noughts = [("in",)] * (each.n_in == 0) + [("in", "not")] * (each.denominator == 0)
        known += [(cells_of(APRIL.id, each.group, measures, parts), 0) for measures in noughts]
    assert_none_pinned([each for each in shown if each.period == APRIL], parts, true, known)


def with_total(rows: Sequence[tuple[int, int]]) -> list[Figure]:
    groups = [figure(*row, group=group) for row, group in zip(rows, "FMU", strict=True)]
    return [figure(sum(row[0] for row in rows), sum(row[1] for row in rows)), *groups]


def test_a_year_that_adds_up_in_one_measure_only_is_still_protected() -> None:
    months = [figure(3, 57, period=APRIL), figure(20, 40, period=MAY), figure(30, 45, period=JUNE)]
    shown = protect([*months, figure(53, 99, period=YEAR)])
    assert [each.suppressed for each in shown].count(True) > 1, "in adds up, so the hidden month is 53 - 20 - 30"


def test_the_days_after_the_last_whole_month_are_not_given_away_by_the_part_year() -> None:
    part = financial_year(2014, as_at=date(2013, 6, 3))
    months = [figure(30, 57, period=APRIL), figure(20, 40, period=MAY)]
    shown = protect([*months, figure(52, 98, period=part)])
    assert [each.suppressed for each in shown].count(True) >= 1, "52 - 30 - 20 are the 2 of the first days of June"
    assert len(shown) == 3
    later = financial_year(2014, as_at=date(2013, 6, 20))
    assert not any(each.suppressed for each in protect([*months, figure(62, 118, period=later)]))


def set_beside(first: list[Figure], second: list[Figure]) -> tuple[list[Protected], list[Protected]]:
    """Two releases, one published after the other, as a reader has them both."""
    before = protect(first)
    pairs = list(zip(protect(first, "inside"), before, strict=True))
    return before, protect(second, earlier=earlier_of(second, [pairs]))


def test_a_group_that_covered_another_before_covers_it_still() -> None:
    """B hid A in the first release. In the second C would hide A for less, and B, shown, would give A away."""
    small, cover = figure(3, 27, group="A"), figure(12, 28, group="B")
    first = [figure(60, 140), small, cover, figure(45, 85, group="C")]
    second = [figure(24, 75), small, cover, figure(9, 20, group="C")]
    assert [each.group for each in protect(second) if each.suppressed] == ["A", "C"]
    before, after = set_beside(first, second)
    assert [each.group for each in before if each.suppressed] == ["A", "B"]
    assert [each.group for each in after if each.suppressed] == ["A", "B"]


def test_a_number_that_readers_have_already_is_not_what_hides_a_new_one() -> None:
    """B, the cheapest, was told in the first release and has not changed: it would hide nothing."""
    first = [figure(87, 140), figure(30, 27, group="A"), figure(12, 28, group="B"), figure(45, 85, group="C")]
    second = [figure(62, 140), figure(3, 27, group="A"), figure(12, 28, group="B"), figure(47, 85, group="C")]
    assert [each.group for each in protect(second) if each.suppressed] == ["A", "B"]
    _, after = set_beside(first, second)
    assert [each.group for each in after if each.suppressed] == ["A", "C"]


def test_what_has_changed_since_is_shown_or_hidden_for_its_own_sake() -> None:
    first = [figure(60, 140), figure(3, 27, group="A"), figure(12, 28, group="B"), figure(45, 85, group="C")]
    second = [figure(90, 147), figure(20, 30, group="A"), figure(24, 31, group="B"), figure(46, 86, group="C")]
    assert not any(each.suppressed for each in set_beside(first, second)[1])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from([0, 0, 1, 4])), min_size=3, max_size=4),
    st.data(),
)
def test_no_number_hidden_in_one_release_is_had_by_subtracting_another(
    rows: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    """An attacker who has both releases, and takes it that what neither shows to have moved has not moved."""
    moved = data.draw(st.lists(st.integers(0, 6), min_size=len(rows), max_size=len(rows)))
    first = in_all([figure(*row, group=f"{place}") for place, row in enumerate(rows)])
    second = in_all([replace(group, n_in=group.n_in + by) for group, by in zip(first[1:], moved, strict=True)])
    before, after = set_beside(first, second)
    for then, now, was, held in zip(before, after, first, second, strict=True):
        if was == held and then.suppressed:
            assert now.suppressed, "what was hidden and has not changed is hidden still"
            assert_not_given(then.group, before, after, first, second)


def in_all(groups: list[Figure]) -> list[Figure]:
    counts = [sum(getattr(group, name) for group in groups) for name in ("n_in", "n_not", "n_unknown")]
    return [figure(*counts), *groups]


def assert_not_given(
    group: str, before: list[Protected], after: list[Protected], first: list[Figure], second: list[Figure]
) -> None:
    """The group's count in the first release is not its total less the others, each taken from either release."""
    seen = {}
    for then, now, was, held in zip(before, after, first, second, strict=True):
        if then.n_in is not None:
            seen[then.group] = then.n_in
        elif now.n_in is not None and was.n_in == held.n_in:
            seen[now.group] = now.n_in
    others = [each.group for each in first if each.group not in ("", group)]
    if "" in seen:
        assert not all(other in seen for other in others), "its total less the rest gives it"


def published_in_turn(*releases: list[Figure]) -> list[list[Protected]]:
    """Releases, each published beside all those before it, as a reader has them."""
    shown: list[list[Protected]] = []
    for figures in releases:
        before = [list(zip(protect(a, "inside"), b, strict=True)) for a, b in zip(releases, shown, strict=False)]
        shown.append(protect(figures, earlier=earlier_of(figures, before)))
    return shown


def test_a_part_that_was_told_does_not_hide_the_one_who_came() -> None:
    """21 counted, 21 not in; then 22 counted. Who knows that the 21 have not moved knows the 1, unless 22 is hidden."""
    first = in_all([figure(0, 21, group="A"), figure(20, 30, group="B"), figure(10, 15, group="C")])
    second = in_all([figure(1, 21, group="A"), figure(20, 30, group="B"), figure(12, 15, group="C")])
    _, after = published_in_turn(first, second)
    assert [words(each)[:2] for each in after] == [("33", "99"), ("c", "c"), ("20", "50"), ("c", "c")]


def test_what_any_earlier_release_told_hides_nothing() -> None:
    """B was told first, was another number in the second, and is what it was again in the third."""
    first = in_all([figure(30, 27, group="A"), figure(12, 28, group="B"), figure(45, 85, group="C")])
    second = in_all([figure(30, 27, group="A"), figure(14, 28, group="B"), figure(46, 85, group="C")])
    third = in_all([figure(3, 27, group="A"), figure(12, 28, group="B"), figure(47, 85, group="C")])
    assert [each.group for each in published_in_turn(second, third)[-1] if each.suppressed] == ["A", "B"]
    assert [each.group for each in published_in_turn(first, second, third)[-1] if each.suppressed] == ["A", "C"]


def test_as_many_records_as_were_told_are_told_when_they_are_known() -> None:
    """40 not known in the first release; 40 counted in the second are no secret, and hide nothing."""
    first = in_all([figure(0, 0, 40, group="A"), figure(0, 0, 30, group="B")])
    second = in_all([figure(3, 37, group="A"), figure(14, 16, group="B")])
    shown = published_in_turn(first, second)[-1]
    assert [words(each)[:2] for each in shown] == [("17", "70"), ("c", "40"), ("c", "30")]


moves = st.sampled_from([0, 0, 1, 2, 5])


@settings(max_examples=100, deadline=None, phases=PHASES)
@given(st.lists(st.tuples(few, moves, moves, moves, moves), min_size=3, max_size=4))
def test_no_small_count_can_be_worked_out_with_what_two_earlier_releases_told(
    rows: list[tuple[tuple[int, int], int, int, int, int]],
) -> None:
    """A reader who takes each count that an earlier release told, and that is the same now, to have stayed the same.

    Nothing helps where he would be sure even if the last release showed no more than its total.
    """
    steps = [
        [row for row, *_ in rows],
        [(a + c, b + d) for (a, b), c, d, *_ in rows],
        [(a + c + e, b + d + f) for (a, b), c, d, e, f in rows],
    ]
    releases = [in_all([figure(*row, group="ABCD"[at]) for at, row in enumerate(step)]) for step in steps]
    *earlier, shown = published_in_turn(*releases)
    parts = [(measure, APRIL.id, each.group) for each in releases[-1][1:] for measure in ("in", "not")]
    true = {(measure, APRIL.id, each.group): measured(each, measure) for each in releases[-1][1:] for measure in PARTS}
    told = told_of([each for release in earlier for each in release if each.group], parts, true)
    known, least = sums_of(shown, parts, true) + told, sums_of(shown[:1], parts, true) + told
    for part in parts:
        others = [n for n in range(true[part] + 8) if n != true[part]]
        if true[part] in SMALL and any(answers(parts, [*least, ([part], n)], true, {}) for n in others):
            assert any(answers(parts, [*known, ([part], n)], true, {}) for n in others), part


PARTS: tuple[Measure, ...] = ("in", "not")


def told_of(earlier: list[Protected], parts: list[Variable], true: dict[Variable, int]) -> list[Sum]:
    """What earlier releases showed of groups that is so of the last one too."""
    found: list[Sum] = []
    for each in earlier:
        n_not = None if each.n_in is None or each.denominator is None else each.denominator - each.n_in
        for measures, count in ((("in",), each.n_in), (("not",), n_not), (PARTS, each.denominator)):
            cells = cells_of(each.period.id, each.group, measures, parts)
            if count is not None and count == sum(true[cell] for cell in cells):
                found.append((cells, count))
    return found
