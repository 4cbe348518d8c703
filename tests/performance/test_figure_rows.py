"""How an indicator's table is laid out: the newest period first, its groups in their own order, earlier ones folded."""

from datetime import date
from types import SimpleNamespace

from holdfast import analytics
from holdfast.performance.selectors.indicators import luck_words
from holdfast.performance.selectors.written import trust_words
from holdfast.performance.views.figure_rows import SHOWN_AT_FIRST, _verdict_words, period_short, series_rows

JANUARY = SimpleNamespace(id="2014-01", kind="month", starts_on=date(2014, 1, 1), is_part=False, words="January 2014")


def figure(group="", period=JANUARY, n_unknown=1):
    return analytics.Protected(period, group, 4, 9, n_unknown, (n_unknown, 0, 0, 0))


def month(back):
    year, place = divmod(2014 * 12 - back, 12)
    first = date(year, place + 1, 1)
    return SimpleNamespace(id=f"{first:%Y-%m}", kind="month", starts_on=first, is_part=False, words=f"{first:%B %Y}")


def seen(figures, breakdown="", group=""):
    return SimpleNamespace(
        definition=SimpleNamespace(
            id="I20", title="In time", unit="per cent", in_head="Concluded in time", base_head="Fell due",
            still_open="", unknown_words=analytics.INDICATORS["I20"].unknown_words,
        ),
        breakdown=breakdown, group=group, not_held=[],
        release=SimpleNamespace(number=2, programme=SimpleNamespace(code="westmere-2031")),
        of_kind=lambda kind: [one for one in figures if one.period.kind == kind],
    )  # fmt: skip


def test_the_scorecard_says_first_of_how_many_a_change_may_be_claimed():
    def line(claim, is_held=True):
        return SimpleNamespace(is_held=is_held, assessment=SimpleNamespace(claim=claim))

    lines = [line("worsening"), line("improving"), line("improving", is_held=False), line("no clear change")]
    said = "Of 4 indicators, 1 can be said to have got worse and 1 to have got better."
    assert _verdict_words(lines) == said
    assert _verdict_words(lines[3:]).endswith("none can be said to have got worse and none to have got better.")


def test_the_newest_period_comes_first_and_its_groups_stay_in_their_order():
    figures = [figure(group, month(back)) for back in (1, 0) for group in ("unborn", "5-9", "10-15", "not known")]
    table = series_rows(seen(figures, "age_band"), "month", None)
    assert [row[1]["text"] for row in table["rows"]] == ["Unborn", "5-9", "10-15", "Not known"]
    assert {row[0]["text"] for row in table["rows"]} == {"January 2014"}


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
    assert table["head"] == ["Period", "Share", "Concluded in time", "Fell due, known", "Not known", "95% interval"]
    trust = "Between 40.0% and 50.0%: 10.0% lack a date of conclusion."
    assert table["rows"][0][1:5] == [{"text": "44.4%", "hint": trust}, "4", "9", "1"]


def test_every_period_of_which_some_are_not_known_says_its_range_and_why_and_no_other_does():
    table = series_rows(seen([figure(period=month(back), n_unknown=back % 2) for back in range(20)]), "month", None)
    shares = [row[1] for row in (*table["rows"], *table["earlier_rows"])]
    assert shares[0::2] == ["44.4%"] * 10
    assert {share["hint"] for share in shares[1::2]} == {"Between 40.0% and 50.0%: 10.0% lack a date of conclusion."}


def test_how_far_a_share_may_be_trusted_is_said_with_its_range_and_why_some_are_not_known():
    april = analytics.Period("2013-04", "month", date(2013, 4, 1), date(2013, 4, 30), "April 2013")
    card = analytics.INDICATORS["I20"]

    def said(*counts):
        return trust_words(analytics.Protected(april, "", *counts), card)

    assert said(76, 82, 18, (12, 0, 6, 0)) == (
        "Between 76.0% and 94.0%: 12.0% lack a date of conclusion, 6.0% were open when last reported on."
    )
    assert said(76, 82, 18) == "Between 76.0% and 94.0%: 18.0% not known."
    assert said(76, 82, 18, (None,) * 4) == "Between 76.0% and 94.0%: 18.0% not known."
    assert said(76, 82, 0, (0,) * 4) == "All are known."
    assert said(0, 0, 0, (0,) * 4) == ""
    assert said(76, 82, None, (None,) * 4).startswith("How many are not known is hidden")
    assert said(None, 82, 18) == said(None, None, None) == ""


def test_a_year_that_is_not_over_is_said_briefly():
    part = SimpleNamespace(
        is_part=True, starts_on=date(2013, 4, 1), ends_on=date(2014, 1, 31), words="part-year, 1 April 2013 to 31 ..."
    )
    assert period_short(part) == "April 2013 to January 2014, part year"


def test_luck_is_said_of_as_many_indicators_as_are_judged_and_not_of_all_in_the_table():
    """Nine of 38 are judged: of 38, luck would make about 2 look changed; of nine, one in about two years."""
    lines = [SimpleNamespace(assessment=SimpleNamespace(chance=0.3 if n < 9 else None)) for n in range(38)]
    assert luck_words(lines).startswith("Of the 9 indicators judged, luck alone would make one look changed in about 2")
    assert luck_words(lines[9:]) == "No indicator can be judged against the months before the notice yet."
