"""What the Department publishes, read as it is: symbols, byte-order mark, repeated headings, models of neighbours."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns.published.figures import Published, median_of, model_for, read_published
from holdfast.analytics.tables.benchmarks import SYMBOLS

C1_HEAD = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,"
    "new_la_code,la_name,category,referral_count,rereferral_count,rereferral_percent,no_further_action_count,"
    "no_further_action_percent"
)
ENGLAND = "2031,Reporting year,National,E1,England,,,,,,Referrals,1000,250,25,100,10"


def council(code: str, *cells: str, year: str = "2031") -> str:
    where = f"{year},Reporting year,Local authority,E1,England,R1,West,{code},X{code},Place {code},Referrals"
    return ",".join([where, *cells])


def c1(*rows: str) -> bytes:
    return "\r\n".join(["\ufeff" + C1_HEAD, ENGLAND, *rows, ""]).encode()


def value(found: Published, indicator: str, code: str):
    return next(each for each in found.values if (each.indicator, each.code) == (indicator, code))


def test_a_table_is_read_by_its_headings_with_its_byte_order_mark():
    found = read_published(c1(council("101", "80", "20", "25", "8", "10")))
    assert (found.what, found.release) == ("C1", "the release for the year to March 2031")
    england, ours = value(found, "I04", ""), value(found, "I04", "101")
    assert (england.level, england.n_in, england.n_of, england.share) == ("England", 250, 1000, Decimal(25))
    assert (ours.level, ours.name, ours.region_code, ours.year) == ("authority", "Place 101", "R1", 2031)
    assert value(found, "I03", "101").value == 80
    assert value(found, "I06", "101").value == Decimal(10)


@pytest.mark.parametrize("symbol", sorted(SYMBOLS))
def test_a_symbol_is_carried_and_is_never_a_nought(symbol):
    found = value(read_published(c1(council("101", "80", symbol, symbol, "0", "0"))), "I04", "101")
    assert (found.n_in, found.n_of, found.share, found.symbol) == (None, 80, None, symbol)
    nought = value(read_published(c1(council("101", "80", symbol, symbol, "0", "0"))), "I06", "101")
    assert (nought.n_in, nought.share, nought.symbol) == (0, Decimal(0), "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a,b\n1,2\n",
        b"\xff\xfe",
        c1("2031,cut short"),
        c1(council("101", "eighty", "1", "1", "1", "1")),
        c1(council("101", "80", "-1", "1", "1", "1")),
        c1(council("101", "80", "1", "1", "1", "1", year="2030/31")),
        (C1_HEAD + "\n").encode(),
        b"LA num,LA Name,LA number,GOInd,GOReg,SN1,SNP\n101,Place,101,7,West,102,Close\n",
        b"LA num,LA Name,LA number,GOInd,GOReg,SN1,SNP\n,Old,,,,,\n",
        b"indicator,level,year,per_cent,source\nI99,England,2031,1,Somewhere\n",
        b"indicator,level,year,per_cent,source\nI04,England,2031,1,\n",
        b"indicator,level,year,per_cent,source\n",
    ],
)
def test_a_file_that_is_none_of_these_or_breaks_off_is_refused_whole(content):
    with pytest.raises(UnreadableReturn, match="cannot be read as a file of published figures"):
        read_published(content)


def test_older_tables_write_their_years_in_six_figures():
    found = read_published(c1(council("101", "80", "20", "25", "8", "10", year="202930")))
    assert value(found, "I04", "101").year == 2030
    assert found.release == "the release for the year to March 2031, which gives the years from 2030 on"


def neighbours(head: str, step: str) -> bytes:
    ten = ",".join(f"{code},Very Close" for code in range(201, 211))
    old = ",".join(f"{code},Close" for code in range(301, 311))
    return f"{head}\n101,Place,{step}{ten}\n,,\n101,Place (old),{step}{old}\n".encode("utf-8-sig")


def test_both_models_of_neighbours_are_read_with_closeness_and_the_first_row_of_a_council_stands():
    of_2021 = read_published(neighbours("LA num,LA Name,LA number,GOInd,GOReg,SN1,SNP,SN2,SNP", "101,7,West,"))
    of_2025 = read_published(neighbours("old_la_code,la_name,region_ind,region_name,SN_1,SN_1P", "7,West,"))
    assert [found.what for found in (of_2021, of_2025)] == ["neighbours 2021", "neighbours 2025"]
    for found in (of_2021, of_2025):
        assert found.neighbours is not None
        assert found.neighbours["101"][0] == ("201", "Very close")
        assert len(found.neighbours["101"]) == 10


def test_single_figures_name_their_source():
    lines = ["indicator,level,year,per_cent,neighbours,model,source", "I04,neighbours' median,2031,20.5,8,2021,A table"]
    found = read_published("\n".join(lines).encode()).values[0]
    assert (found.level, found.share, found.k, found.model) == ("neighbours' median", Decimal("20.5"), 8, "2021")
    assert found.source == "A table"


def test_a_median_of_four_is_not_given_and_of_five_is():
    assert median_of([Decimal(1), Decimal(2), None, Decimal(3), Decimal(4)]) == (None, 4)
    assert median_of([Decimal(1), Decimal(2), Decimal(9), Decimal(3), Decimal(4)]) == (Decimal(3), 5)
    assert median_of([Decimal("4.8"), Decimal("4.9")] * 3) == (Decimal("4.85"), 6)


@given(st.lists(st.one_of(st.none(), st.integers(0, 1000))))
def test_a_median_lies_among_what_it_is_of(values):
    found, k = median_of(values)
    known = [each for each in values if each is not None]
    assert k == len(known)
    assert (found is None) == (k < 5)
    assert found is None or min(known) <= found <= max(known)


def test_a_year_takes_the_last_model_made_by_then_or_the_first_there_is():
    assert [model_for(year, ["2025", "2021"]) for year in (2013, 2021, 2024, 2025)] == ["2021", "2021", "2021", "2025"]
    assert model_for(2013, []) == ""


TABLES = {
    "C1": "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
    "D3": "d3_cpps_subsequent_plan_2013_to_2025.csv",
    "D5": "d5_cpps_at31march_by_duration_2013_to_2025.csv",
}
MODELS = {"2021": "New_Statistical_Neighbour_Groupings_April_2021.csv", "2025": "sn_model_2025_wide.csv"}


@pytest.mark.parametrize(
    ("table", "indicator", "ours", "england", "median_2021", "median_2025"),
    [
        ("C1", "I04", "23.0", "24.7", ("20.0", 8), ("24.95", 8)),
        ("C1", "I06", "8.9", "14.5", ("4.85", 8), ("6.9", 8)),
        ("D3", "I47", "17.0", "14.9", ("15.4", 8), ("17.35", 8)),
        ("D5", "I49", "2.2", "3.2", ("3.0", 5), ("4.8", 6)),
    ],
)
def test_the_year_to_march_2013_is_as_it_was_read_by_hand(
    shared: Path, table, indicator, ours, england, median_2021, median_2025
):
    benchmarks = shared / "benchmarks"
    found = read_published((benchmarks / TABLES[table]).read_bytes())
    of_year = [each for each in found.values if each.year == 2013 and each.indicator == indicator]
    assert next(each.share for each in of_year if each.code == "878") == Decimal(ours)
    assert next(each.share for each in of_year if each.level == "England") == Decimal(england)
    for model, (median, k) in (("2021", median_2021), ("2025", median_2025)):
        ten = read_published((benchmarks / MODELS[model]).read_bytes()).neighbours
        assert ten is not None
        codes = dict(ten["878"])
        assert median_of(each.share for each in of_year if each.code in codes) == (Decimal(median), k)


def test_real_hidden_cells_stay_hidden(shared: Path):
    found = read_published((shared / "benchmarks" / TABLES["D5"]).read_bytes())
    ours = {each.year: each for each in found.values if each.code == "878"}
    assert [(ours[year].share, ours[year].symbol) for year in (2015, 2016)] == [(None, "c"), (None, "c")]
    assert sum(each.symbol == "c" for each in found.values) > 100
