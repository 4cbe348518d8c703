"""Small counts hidden alike: two indicators that count the same records must not give each other's away."""

from dataclasses import replace
from datetime import date

from holdfast.analytics.alike_counts import alike, protect_alike, totals
from holdfast.analytics.disclosure import Protected, protect
from holdfast.analytics.figure import Figure, Period, financial_year, month

APRIL = month(2013, 4)
MAY = month(2013, 5)


def figure(n_in: int, n_not: int, n_unknown: int = 0, *, period: Period = APRIL, group: str = "") -> Figure:
    return Figure(period, group, n_in, n_not, n_unknown)


def bases(protected: list[Protected]) -> dict[str, int | None]:
    return {each.group: each.denominator for each in protected}


REFERRALS = [figure(60, 0), figure(3, 0, group="A"), figure(7, 0, group="B"), figure(20, 0, group="C")]
REFERRALS += [figure(30, 0, group="D")]
AGAIN = [figure(20, 40), figure(1, 2, group="A"), figure(3, 4, group="B"), figure(6, 14, group="C")]
AGAIN += [figure(10, 20, group="D")]
OTHER = [figure(22, 38), figure(0, 3, group="A"), figure(0, 7, group="B"), figure(8, 12, group="C")]
OTHER += [figure(14, 16, group="D")]


def test_indicators_with_as_many_records_in_every_period_go_together() -> None:
    others = [figure(20, 41), figure(20, 41, period=MAY)]
    assert alike({"a": REFERRALS, "b": AGAIN, "c": others}) == [("a", "b"), ("c",)]


def test_one_that_is_given_for_fewer_months_goes_with_what_counts_as_many_in_each_of_them() -> None:
    """Who was seen is held from May on alone: a base of five hidden there would be read from the other's sixty."""
    part, whole = replace(financial_year(2014), starts_on=MAY.starts_on), financial_year(2014)
    completed = [figure(60, 0), figure(50, 10, period=MAY), figure(110, 10, period=whole)]
    completed += [figure(2, 4, period=MAY, group="A"), figure(48, 6, period=MAY, group="B")]
    seen = [figure(40, 5, 15, period=MAY), figure(40, 5, 15, period=part)]
    seen += [figure(2, 1, 3, period=MAY, group="A"), figure(38, 4, 12, period=MAY, group="B")]
    every = {"a": completed, "b": seen, "c": [figure(0, 60)], "d": [figure(0, 61)], "e": [], "f": []}
    assert alike({name: totals(own) for name, own in every.items()}) == [("a", "b", "c"), ("d",), ("e", "f")]
    shown = {name: {(each.period.id, each.group): each for each in one} for name, one in protect_alike(every).items()}
    assert shown["b"][MAY.id, "A"].denominator is None
    assert shown["a"][MAY.id, "A"].denominator is None, "six less the three not known are three"
    assert shown["a"][whole.id, ""].denominator == 120


def test_a_base_hidden_in_one_is_hidden_in_each_that_counts_the_same_records() -> None:
    late = [figure(2, 50, 8), figure(0, 3, 0, group="A"), figure(1, 4, 2, group="B"), figure(1, 43, 6, group="C")]
    referrals = [figure(60, 0), figure(3, 0, group="A"), figure(7, 0, group="B"), figure(50, 0, group="C")]
    alone = bases(protect(referrals))
    assert alone == {"": 60, "A": None, "B": None, "C": 50}, "the base of B is hidden, so that A cannot be worked out"
    together = {name: bases(list(shown)) for name, shown in protect_alike({"a": referrals, "b": late}).items()}
    hidden = {name: {group for group, base in shown.items() if base is None} for name, shown in together.items()}
    assert hidden["a"] == hidden["b"] >= {"A", "B"}


def test_a_part_year_of_other_days_gives_away_what_it_hides_where_those_days_add_nothing() -> None:
    """Of 62 audits of a team, 60 with a known answer: the other two are as many as another indicator's 62 say."""
    until = {day: replace(financial_year(2014), ends_on=date(2014, 2, day)) for day in (10, 28)}

    def year_of_a(more: int) -> list[Figure]:
        whole = [figure(186 + more, 0, period=until[28]), figure(64, 0, period=until[28], group="N")]
        others = [figure(62, 0, period=until[28], group="S"), figure(60 + more, 0, period=until[28], group="E")]
        return [figure(60, 0), *whole, *others]

    b = [figure(20, 40), figure(42, 138, 6, period=until[10]), figure(10, 53, 1, period=until[10], group="N")]
    b += [figure(18, 42, 2, period=until[10], group="S"), figure(14, 43, 3, period=until[10], group="E")]
    for more, hidden in ((0, {"N", "S", "E"}), (9, set())):
        year = [each for each in protect_alike({"a": year_of_a(more), "b": b})["a"] if each.period.kind == "year"]
        assert {each.group for each in year if each.denominator is None} == hidden


def test_no_base_of_a_family_can_be_read_from_another() -> None:
    shown = protect_alike({"a": REFERRALS, "b": AGAIN, "c": OTHER})
    hidden = [{each.group for each in one if each.denominator is None} for one in shown.values()]
    assert hidden[0] == hidden[1] == hidden[2] >= {"A", "B"}


def test_unknowns_are_hidden_with_the_base_when_another_says_how_many_there_were() -> None:
    sooner = [figure(10, 30, 20), figure(1, 3, 16, group="A"), figure(9, 27, 4, group="B")]
    later = [figure(0, 0, 60), figure(0, 0, 20, group="A"), figure(0, 0, 40, group="B")]
    shown = protect_alike({"3": sooner, "12": later})
    of_a = [next(each for each in one if each.group == "A") for one in shown.values()]
    assert [(each.denominator, each.n_unknown) for each in of_a] == [(None, None), (None, None)]


def test_the_totals_of_a_family_do_not_depend_on_the_breakdown() -> None:
    alone = protect_alike({"a": REFERRALS[:1], "b": AGAIN[:1]})
    whole = protect_alike({"a": REFERRALS, "b": AGAIN})
    assert [list(alone[name]) for name in "ab"] == [list(whole[name][:1]) for name in "ab"]


def test_those_permitted_see_all_and_an_unknown_policy_shows_nothing() -> None:
    assert all(
        each.denominator is not None
        for one in protect_alike({"a": AGAIN, "b": OTHER}, "inside").values()
        for each in one
    )
    assert all(
        each.denominator is None for one in protect_alike({"a": AGAIN, "b": OTHER}, "other").values() for each in one
    )
