"""The chart, its table and its sentence agree; nothing hidden is drawn; nothing that the pages forbid is used."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from analytics.test_claims import NOTICE, Indicator, months
from holdfast.analytics.charts import draw
from holdfast.analytics.claims import DO_NOT_CLAIM, Rebase, Target, assess
from holdfast.analytics.disclosure import protect
from holdfast.analytics.figure import Figure, month

SVG = "{http://www.w3.org/2000/svg}"
COUNT = Indicator(title="Referrals", unit="count", polarity="neither", chart="xmr")


STEADY = [(20, 100), (24, 100)] * 12
"""24 months before the notice, about 22 per cent."""


def drawn(values, indicator=None, policy="publish", notice_on=NOTICE, rebases=(), targets=(), **more):
    assessed = assess(
        months(values),
        indicator or Indicator(),
        shown=protect(months(values), policy),
        notice_on=notice_on,
        rebases=rebases,
        targets=targets,
    )
    return draw("Re-referrals", assessed.points, assessed, **more)


def counts(values: list[int]) -> list[Figure]:
    return [Figure(f.period, "", value, 0, 0) for f, value in zip(months([(0, 1)] * len(values)), values, strict=True)]


def test_a_chart_is_an_image_with_a_title_and_a_description() -> None:
    found = drawn(STEADY)
    root = ET.fromstring(found.svg)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Re-referrals"
    assert found.sentence in description.text


def test_a_chart_uses_nothing_that_the_pages_forbid() -> None:
    found = drawn([*STEADY, (40, 100)], targets=[Target(NOTICE, 0.15)])
    assert not re.search(r"style=|<style|<script|\son\w+=|href|url\(", found.svg)
    assert "width=" not in found.svg.split(">")[0]
    assert 'viewBox="0 0 480 320"' in found.svg


def test_a_title_with_markup_stays_a_title() -> None:
    assessed = assess(protect(months(STEADY)), Indicator())
    found = draw("<b>&</b>", assessed.points, assessed)
    assert ET.fromstring(found.svg).find(f"{SVG}title").text == "<b>&</b>"


def test_the_same_figures_give_the_same_bytes() -> None:
    assert drawn(STEADY) == drawn(STEADY)


def test_the_table_has_the_figures_the_limits_and_the_signals() -> None:
    found = drawn([*STEADY, (40, 100)])
    assert found.table_head == [
        "Month", "Number", "Out of, known", "Per cent", "Not known", "Lower limit", "Upper limit", "Signal",
    ]  # fmt: skip
    assert found.table_rows[-1] == ["April 2012", "40", "100", "40.0%", "0", "9.6%", "34.4%", "beyond limits"]
    assert found.table_rows[0][-1] == "none"
    assert found.numeric_columns == (1, 2, 3, 4, 5, 6)


def test_the_table_of_a_count_has_no_percentage() -> None:
    assessed = assess(counts([700, 720] * 13), COUNT, notice_on=NOTICE)
    found = draw("Referrals", assessed.points, assessed)
    assert found.table_head == ["Month", "Number", "Lower limit", "Upper limit", "Signal"]
    assert found.table_rows[0] == ["April 2010", "700", "656.8", "763.2", "none"]


def test_a_hidden_month_is_a_gap_marked_c() -> None:
    found = drawn([*STEADY, (3, 100), (22, 100)])
    assert found.table_rows[24][1:5] == ["c", "100", "c", "0"]
    assert found.table_rows[24][-1] == "not shown"
    assert found.svg.count("<circle") == 25
    assert ">c</text>" in found.svg


def test_signals_differ_by_shape_as_well_as_colour() -> None:
    better, worse = drawn([*STEADY, (4, 100)], policy="inside"), drawn([*STEADY, (40, 100)])
    neither = drawn([*STEADY, (40, 100)], Indicator(polarity="neither"))
    shapes = [re.findall(r'M[\d.]+ [\d.]+(m[^"]+)" fill="(#\w+)"', each.svg) for each in (better, worse, neither)]
    assert all(len(each) == 1 for each in shapes)
    assert len({each[0][0] for each in shapes}) == 3
    assert len({each[0][1] for each in shapes}) == 3


def test_what_may_not_be_claimed_is_not_drawn_as_better() -> None:
    figures = months([*STEADY, (4, 100)])
    assessed = assess(figures, Indicator(), shown=protect(figures, "inside"), notice_on=NOTICE)
    doubtful = replace(assessed, claim=DO_NOT_CLAIM)
    better, unclaimed = (draw("Re-referrals", each.points, each) for each in (assessed, doubtful))
    assert 'fill="#1d70b8" stroke="#ffffff"/>' in better.svg
    assert 'fill="#1d70b8" stroke="#ffffff"/>' not in unclaimed.svg
    assert 'fill="#54319f" stroke="#ffffff"/>' in unclaimed.svg
    assert "Diamonds: neither, or not to be claimed." in unclaimed.sentence + unclaimed.svg


def test_the_target_is_drawn_and_said() -> None:
    found = drawn(STEADY, targets=[Target(date(2010, 4, 1), 0.15)])
    assert "Dotted: target 15.0 per cent" in found.svg
    assert "Dotted line: target, 15.0 per cent." in found.caption


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (STEADY, "p' chart. Solid line: the baseline’s average, 22.0 per cent. Dashed lines: its limits. Only months"),
        (STEADY[:5], "Run chart: no limits, because no baseline is stated or it may not be shown."),
        ([(0, 100)] * 25, "Run chart: too little variation for limits."),
    ],
)
def test_the_caption_says_what_the_lines_are(values, words: str) -> None:
    assert drawn(values, caption="I04, release 3").caption.startswith(words)


def test_limits_step_where_a_decision_set_the_baseline_again_and_the_old_ones_stay() -> None:
    found = drawn([*STEADY, *[(10, 100), (14, 100)] * 8], rebases=[Rebase(date(2012, 4, 1), "Board, item 4")])
    assert found.svg.count('stroke="#505a5f" stroke-dasharray="6 4"') == 4
    assert "Set again by Board, item 4." in found.caption


def test_only_months_after_the_baseline_are_marked() -> None:
    found = drawn([(60, 100), *STEADY[1:], (60, 100)])
    assert [row[-1] for row in found.table_rows if row[-1] != "none"] == ["beyond limits"]
    assert 'stroke-dasharray="1 3"' in found.svg


def test_a_target_is_drawn_over_the_months_that_it_holds_for() -> None:
    """24 of 26 months fall before it: it starts where the 25th begins, 398 / 26 a month from 66."""
    found = drawn([*STEADY, (20, 100), (24, 100)], targets=[Target(NOTICE, 0.15)])
    (start,) = re.findall(r'd="M([\d.]+) [^"]+" stroke="#0b0c0c" stroke-width="2"', found.svg)
    assert float(start) == pytest.approx(66 + 398 / 26 * 24, abs=0.1)
    assert found.table_head[-2:] == ["Target", "Signal"]
    assert [row[-2] for row in found.table_rows[-3:]] == ["none", "15.0%", "15.0%"]


def test_every_step_of_a_target_is_drawn_said_and_in_the_table() -> None:
    """Two months at 15 per cent, then 10: one line of two levels, the second from where the third month begins."""
    steps = [Target(NOTICE, 0.15), Target(date(2012, 6, 1), 0.1), Target(date(2013, 1, 1), 0.05)]
    found = drawn([*STEADY, (20, 100), (24, 100), (20, 100)], targets=steps)
    (line,) = [part for part in found.svg.split("<path ") if 'stroke-dasharray="2 4"' in part]
    levels = re.findall(r"[ML]([\d.]+) ([\d.]+)", line)
    assert len({y for _, y in levels}) == 2
    assert float(levels[0][0]) == pytest.approx(66 + 398 / 27 * 24, abs=0.1)
    assert float(levels[4][0]) == pytest.approx(66 + 398 / 27 * 26, abs=0.1)
    assert "Dotted line: target, 15.0 per cent from April 2012, 10.0 per cent from June 2012." in found.caption
    assert [row[-2] for row in found.table_rows[-3:]] == ["15.0%", "15.0%", "10.0%"]
    assert "Dotted: target 10.0 per cent" in found.svg


def test_months_that_were_over_when_their_target_was_set_are_marked() -> None:
    """Decided on 15 May 2012 for April on: April was over, May and June were not."""
    goal = Target(NOTICE, 0.15, decided_on=date(2012, 5, 15))
    found = drawn([*STEADY, (20, 100), (24, 100), (20, 100)], targets=[goal])
    assert [row[-2] for row in found.table_rows[-4:]] == ["none", "15.0%, set afterwards", "15.0%", "15.0%"]
    assert "Dotted line: target, 15.0 per cent. It was set afterwards for April 2012." in found.caption
    in_time = drawn([*STEADY, (20, 100)], targets=[Target(NOTICE, 0.15, decided_on=date(2012, 4, 30))])
    assert "afterwards" not in in_time.caption + str(in_time.table_rows)


def test_the_target_of_a_count_is_a_number_and_without_one_there_is_no_column() -> None:
    found = drawn([*STEADY, (20, 100)], targets=[])
    assert "Target" not in found.table_head
    figures = counts([40] * 24)
    assessed = assess(figures, Indicator(unit="count"), targets=[Target(date(2010, 4, 1), 45)])
    assert draw("Referrals", assessed.points, assessed).table_rows[-1][-2] == "45"


@pytest.mark.parametrize("target", [0.01, 0.35, 1.0])
def test_the_words_of_a_target_stand_above_the_plot_at_its_right_end_wherever_its_line_falls(target: float) -> None:
    found = drawn(STEADY, targets=[Target(date(2010, 4, 1), target)])
    assert '<text x="66" y="20" font-weight="bold">Per cent</text>' in found.svg
    assert '<text x="464" y="20" text-anchor="end">Dotted: target' in found.svg


def test_the_rule_set_is_named() -> None:
    assert "(mdc-2023)" in drawn(STEADY).caption


def test_without_limits_none_are_drawn() -> None:
    assert "stroke-dasharray" not in drawn(STEADY[:5]).svg


@pytest.mark.parametrize(("highest", "top"), [(0, "10"), (1, "1"), (7, "8"), (9, "10"), (702, "800"), (8717, "10,000")])
def test_a_count_axis_ends_on_a_round_number_above_everything(highest: int, top: str) -> None:
    assessed = assess(counts([highest]), COUNT)
    found = draw("Referrals", assessed.points, assessed)
    assert re.findall(r'text-anchor="end">([\d,]+)</text>', found.svg)[-1] == top


@pytest.mark.parametrize(("pair", "top"), [((0, 50), "10.0"), ((49, 50), "100"), ((1, 40), "3"), ((30, 100), "30")])
def test_a_share_axis_never_passes_a_hundred(pair: tuple[int, int], top: str) -> None:
    found = drawn([pair], policy="inside")
    labels = re.findall(r'text-anchor="end">([\d.]+)</text>', found.svg)
    assert labels[0] in ("0", "0.0")
    assert labels[-1] == top


def test_months_are_labelled_without_crowding() -> None:
    found = drawn([*STEADY, *STEADY, *STEADY])
    assert len(re.findall(r">[A-Z][a-z]{2} \d{4}</text>", found.svg)) <= 6


def test_no_months_is_an_empty_chart() -> None:
    assessed = assess([], Indicator())
    assert draw("Re-referrals", [], assessed).table_rows == []


def test_other_figures_than_those_assessed_are_refused() -> None:
    assessed = assess(months(STEADY), Indicator())
    with pytest.raises(ValueError, match="not the ones that were assessed"):
        draw("Re-referrals", [Figure(month(2020, 1), "", 1, 2, 3)], assessed)


def test_a_month_mostly_not_known_is_not_drawn_and_says_not_judged() -> None:
    figures = [*months(STEADY), Figure(month(2012, 4), "", 1, 2, 400)]
    assessed = assess(figures, Indicator(), notice_on=NOTICE)
    found = draw("Re-referrals", figures, assessed)
    assert found.table_rows[-1][-1] == "not judged"
    assert found.svg.count("<circle") == 24
    assert ">c</text>" not in found.svg


def test_a_stock_says_that_its_runs_do_not_count() -> None:
    stock = Indicator(is_stock=True)
    assert drawn(STEADY, stock).caption.endswith(
        "Only points beyond the limits count: the months share the same children."
    )
