"""How an indicator's table is laid out: the newest period first, ages as people grow older, earlier ones folded."""

from datetime import date
from types import SimpleNamespace

from holdfast.performance.views.figure_rows import SHOWN_AT_FIRST, _place, period_short, series_rows

JANUARY = SimpleNamespace(id="2014-01", kind="month", starts_on=date(2014, 1, 1), is_part=False, words="January 2014")


def figure(group="", period=JANUARY):
    return SimpleNamespace(
        group=group, period=period, n_in_words="4", denominator_words="9", unknown_words="1", share_words="44.4%",
        n_in=4, denominator=9, n_unknown=1, lowest_share=0.4, highest_share=0.5,
    )  # fmt: skip


def month(back):
    year, place = divmod(2014 * 12 - back, 12)
    first = date(year, place + 1, 1)
    return SimpleNamespace(id=f"{first:%Y-%m}", kind="month", starts_on=first, is_part=False, words=f"{first:%B %Y}")


def seen(figures, breakdown="", group=""):
    return SimpleNamespace(
        definition=SimpleNamespace(id="I20", title="In time", unit="per cent"), breakdown=breakdown, group=group,
        release=SimpleNamespace(number=2, programme=SimpleNamespace(code="westmere-2031")),
        of_kind=lambda kind: [one for one in figures if one.period.kind == kind],
    )  # fmt: skip


def test_ages_come_in_the_order_of_life_and_not_known_last():
    groups = ["0", "1-4", "10-15", "16-17", "5-9", "not known", "unborn", "18+"]
    found = sorted((figure(group) for group in groups), key=lambda one: _place(one, "age_band"))
    assert [one.group for one in found] == ["unborn", "0", "1-4", "5-9", "10-15", "16-17", "18+", "not known"]


def test_other_groups_come_by_name():
    found = sorted((figure(group) for group in ["not known", "M", "F"]), key=lambda one: _place(one, "sex"))
    assert [one.group for one in found] == ["F", "M", "not known"]


def test_a_year_and_a_month_are_open_and_what_is_earlier_is_folded():
    table = series_rows(seen([figure(period=month(back)) for back in range(20)]), "month", None)
    assert [row[0]["text"] for row in table["rows"]][0::12] == ["January 2014", "January 2013"]
    assert (len(table["rows"]), len(table["earlier_rows"])) == (SHOWN_AT_FIRST, 7)


def test_a_breakdown_opens_at_its_newest_period_alone():
    figures = [figure(group, month(back)) for back in range(3) for group in ("F", "M")]
    table = series_rows(seen(figures, "sex"), "month", None)
    assert [row[1]["text"] for row in table["rows"]] == ["Female", "Male"]
    assert len(table["earlier_rows"]) == 4


def test_the_share_comes_before_its_counts():
    table = series_rows(seen([figure()]), "month", None)
    assert table["head"] == ["Period", "Share", "In", "Out of", "Not known", "95% interval"]
    assert table["rows"][0][1:5] == ["44.4%", "4", "9", "1"]


def test_a_year_that_is_not_over_is_said_briefly():
    part = SimpleNamespace(
        is_part=True, starts_on=date(2013, 4, 1), ends_on=date(2014, 1, 31), words="part-year, 1 April 2013 to 31 ..."
    )
    assert period_short(part) == "April 2013 to January 2014, part year"
