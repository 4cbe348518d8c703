"""Everything that others publish becomes one benchmark table, symbols and all, and gives the figures read by hand."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from statistics import median

import pyarrow.parquet as pq
import pytest

from analytics.folders import faults_of, rows_of, words_of
from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.figure import quotient
from holdfast.analytics.returns import read_return, recognise
from holdfast.analytics.returns.reading import Reading

HEAD = "time_period,geographic_level,region_code,old_la_code,la_name,category,n,share"


def read(tmp_path: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8-sig") -> Reading:
    path = tmp_path / "table.csv"
    path.write_text("\n".join([head, *lines, ""]), encoding=encoding)
    return read_return(path, into=tmp_path / "read")


def test_a_cell_is_a_row_with_its_place_year_and_symbol(tmp_path: Path) -> None:
    reading = read(tmp_path, '202425,Local authority,E1,878,Devon,Plans,"1,234",c', "2024,National,,,,Plans,2,low")
    shown = [
        tuple(row[f"publ_{name}"] for name in ("area_code", "year", "group", "measure", "number", "symbol"))
        for row in rows_of(reading, "published_figures")
    ]
    assert shown == [
        ("878", 2025, "Plans", "n", Decimal("1234.000000"), None),
        ("878", 2025, "Plans", "share", None, "c"),
        (None, 2024, "Plans", "n", Decimal("2.000000"), None),
        (None, 2024, "Plans", "share", None, "low"),
    ]
    assert words_of(reading) == "Symbols were carried: c once, low once."


@pytest.mark.parametrize("symbol", ["c", "k", "low", "u", "x", "z", ":", ""])
def test_no_symbol_is_ever_a_nought(tmp_path: Path, symbol: str) -> None:
    rows = rows_of(
        read(tmp_path, f"2024,National,,,,Plans,{symbol},0", "2023,National,,,,Plans,5,1"), "published_figures"
    )
    assert (rows[0]["publ_number"], rows[0]["publ_symbol"]) == (None, symbol)
    assert (rows[1]["publ_number"], rows[1]["publ_symbol"]) == (Decimal(0), None)


def test_what_is_neither_a_number_nor_a_symbol_is_shown_as_printed_and_marked(tmp_path: Path) -> None:
    reading = read(tmp_path, "2024,National,,,,Plans,5,1", "2023,National,,,,Plans,00:10,1", "20,National,,,,Plans,1,1")
    odd = rows_of(reading, "published_figures")[2]
    assert (odd["publ_number"], odd["publ_symbol"], odd["publ_shown"]) == (None, None, "00:10")
    assert odd["unread"] == "publ_number"
    assert rows_of(reading, "published_figures")[4]["unread"] == "publ_year"
    assert ("bad-number", "published_figures", "publ_year") in faults_of(reading)


def test_a_heading_that_comes_twice_is_read_once_where_both_say_the_same_and_else_not_at_all(tmp_path: Path) -> None:
    twice = "time_period,geographic_level,n,same,same,other,other"
    reading = read(tmp_path, "2024,National,1,2,2,3,4", "2023,National,1,2,2,3,3", head=twice)
    measures = Counter(row["publ_measure"] for row in rows_of(reading, "published_figures"))
    assert measures == {"n": 2, "same": 2}
    assert {column for rule, _, column in faults_of(reading) if rule == "repeated-heading"} == {"same", "other"}


def test_what_others_published_is_no_return_of_ours(tmp_path: Path) -> None:
    reading = read(tmp_path, "2024,National,,,,Plans,5,1")
    assert "no return of the council's" in reading.blocking[0]
    said = recognise(tmp_path / "table.csv")
    assert said is not None
    assert said.words == "Published figures, table of another kind"
    with pytest.raises(UnreadableReturn, match="numbers"):
        read_return(_text(tmp_path, "time_period,geographic_level\n2024,National\n"), into=tmp_path / "x")


def _text(folder: Path, text: str) -> Path:
    path = folder / "other.csv"
    path.write_text(text)
    return path


# --- The Department's own files -------------------------------------------------------------------------------------

Value = Mapping[tuple[str, int, str], tuple[Decimal | None, str | None]]
"""By place (a council's code, "" for England, a region's code), year and measure: the number, and the symbol."""
DEVON, SOUTH_WEST, ENGLAND = "878", "E12000009", "E92000001"
FILES = {
    "C1": "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
    "D3": "d3_cpps_subsequent_plan_2013_to_2025.csv",
    "D5": "d5_cpps_at31march_by_duration_2013_to_2025.csv",
    "B1": "b1_children_in_need_2013_to_2025.csv",
    "population": "ons_mid-year_population_estimates_2012_to_2024.csv",
    "2021": "New_Statistical_Neighbour_Groupings_April_2021.csv",
    "2025": "sn_model_2025_wide.csv",
}


@pytest.fixture(scope="module")
def benchmarks(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> "Benchmarks":
    return Benchmarks(shared / "benchmarks", tmp_path_factory.mktemp("benchmarks"))


class Benchmarks:
    """The benchmark tables of the files, each read when it is first asked for."""

    def __init__(self, folder: Path, into: Path) -> None:
        self.folder, self.into = folder, into
        self.values = cache(self._values)
        self.neighbours = cache(self._neighbours)

    def reading(self, name: str) -> Reading:
        return read_return(self.folder / FILES[name], into=self.into / name)

    def _values(self, name: str) -> Value:
        self.reading(name)
        columns = ["publ_area_code", "publ_year", "publ_measure", "publ_number", "publ_symbol"]
        rows = pq.read_table(self.into / name / "published_figures.parquet", columns=columns).to_pylist()
        return {(row[columns[0]], row[columns[1]], row[columns[2]]): (row[columns[3]], row[columns[4]]) for row in rows}

    def _neighbours(self, model: str) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in rows_of(self.reading(model), "published_neighbours"):
            found.setdefault(row["neig_area_code"], []).append(row["neig_neighbour_code"])
        return found

    def shown(self, name: str, area: str, year: int, measure: str) -> str:
        number, symbol = self.values(name)[area, year, measure]
        return symbol or plain(number)

    def assert_median(self, name: str, model: str, year: int, measure: str, cell: str) -> None:
        """The median of Devon's ten neighbours is the one read by hand, "20.0(8)", to one place; a half either way."""
        ten = self.neighbours(model)[DEVON]
        said = [self.values(name).get((code, year, measure), (None, None))[0] for code in ten]
        known = [number for number in said if number is not None]
        theirs, _, k = cell.rstrip(")").partition("(")
        assert abs(median(known) - Decimal(theirs)) <= Decimal("0.05"), (year, model)
        assert len(known) == int(k or len(known))


def plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def rounded(number: Decimal | None) -> str:
    return "" if number is None else str(number.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


REREFERRALS = """
2013 24.7 24.7 23 1301/5648 20.0(8) 25.0(8)
2014 23.5 23.3 16.4 1426/8717 22.6(7) 26.1(8)
2015 24.2 24.6 23.4 1619/6918 24.5(8) 24.6(9)
2016 22.5 23.9 20.6 1424/6919 21.4(9) 23.4(9)
2017 21.9 23.2 20.7 1046/5061 19.9(9) 21.0(9)
2018 21.9 23.4 18.8 1002/5341 21.3(9) 21.4(9)
2019 22.6 23.9 19.2 1043/5446 22.1(9) 22.3(9)
2020 22.6 21 17.2 664/3861 19.8(9) 19.8(9)
2021 22.7 22.7 18.8 846/4501 20.3(10) 21.1(10)
2022 21.5 22.6 19.5 1370/7031 18.4(10) 20.0(10)
2023 22.4 23 26.4 1842/6968 19.5(9) 20.1(10)
2024 22.4 22.1 21.9 1276/5830 19.1(9) 19.1(10)
2025 22.6 22.1 19.7 1124/5700 18.3(10) 19.0(10)
"""
SUBSEQUENT = """
2013 14.9 15.1 17 93/547 15.4 17.4
2014 15.8 17 16.9 137/809 19.0 18.5
2015 16.6 19.4 17.5 135/771 19.9 18.4
2016 17.9 20.9 22.4 227/1014 21.1 21.1
2017 18.7 22.4 24.7 128/518 19.9 19.4
2018 20.2 22.4 26.4 170/643 20.5 20.4
2019 20.8 23.1 20 136/681 24.8 21.6
2020 21.9 24.4 23 146/635 23.1 23.9
2021 22.1 25 28.2 209/740 23.0 24.9
2022 22.7 25.3 25 188/752 22.9 25.5
2023 23.6 24.3 26.7 217/814 22.4 23.5
2024 24.7 28.7 29.6 198/668 26.2 24.3
2025 24.5 26.2 30.1 243/806 26.2 24.4
"""


def lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for line in text.strip().splitlines():
        year, *cells = line.split()
        yield int(year), cells


@pytest.mark.shared
def test_rereferrals_of_england_the_south_west_and_devon_and_both_medians(benchmarks: Benchmarks) -> None:
    for year, cells in lines(REREFERRALS):
        places = [benchmarks.shown("C1", area, year, "rereferral_percent") for area in (ENGLAND, SOUTH_WEST, DEVON)]
        counts = "/".join(benchmarks.shown("C1", DEVON, year, name) for name in ("rereferral_count", "referral_count"))
        assert [*places, counts] == cells[:4], year
        for model, cell in zip(("2021", "2025"), cells[4:], strict=True):
            benchmarks.assert_median("C1", model, year, "rereferral_percent", cell)


@pytest.mark.shared
def test_second_plans_of_england_the_south_west_and_devon_and_both_medians(benchmarks: Benchmarks) -> None:
    for year, cells in lines(SUBSEQUENT):
        name = "CPP_subsequent_percent"
        places = [benchmarks.shown("D3", area, year, name) for area in (ENGLAND, SOUTH_WEST, DEVON)]
        counts = "/".join(benchmarks.shown("D3", DEVON, year, each) for each in ("CPP_subsequent", "CPP_start"))
        assert [*places, counts] == cells[:4], year
        for model, cell in zip(("2021", "2025"), cells[4:], strict=True):
            benchmarks.assert_median("D3", model, year, name, cell)


COUNTS = {
    (
        "B1",
        ENGLAND,
        "At31_episodes",
    ): "378030 395480 390130 393910 389040 404710 399510 389260 388490 404310 403090 399460 402400",
    (
        "B1",
        SOUTH_WEST,
        "At31_episodes",
    ): "34790 37530 37630 34780 33360 34960 35570 31110 30600 33360 33900 33420 33770",
    ("B1", DEVON, "At31_episodes"): "4648 5731 5725 4668 3842 3983 4595 3127 3279 4079 4366 3604 3836",
    ("D5", ENGLAND, "CPP_At31"): "43140 48300 49690 50310 51080 53790 52260 51510 50010 50920 50780 49900 49420",
    ("D5", DEVON, "CPP_At31"): "446 600 486 714 442 483 518 498 571 640 610 468 578",
    ("D5", ENGLAND, "2_years_or_more_percent"): "3.2 2.6 2.3 2.1 2.1 1.8 2.1 2.1 2 2.5 2.2 2.6 2.3",
    ("D5", DEVON, "2_years_or_more_percent"): "2.2 1.8 c c 2 2.1 c 1.8 1.6 2.2 1.5 c c",
    (
        "C1",
        ENGLAND,
        "referral_count",
    ): "593470 657780 635620 621470 646120 655630 650930 642980 597760 650270 640430 621880 632830",
}


@pytest.mark.shared
@pytest.mark.parametrize(("name", "area", "measure"), COUNTS)
def test_counts_of_thirteen_years(benchmarks: Benchmarks, name: str, area: str, measure: str) -> None:
    said = [benchmarks.shown(name, area, year, measure) for year in range(2013, 2026)]
    assert said == COUNTS[name, area, measure].split()


# By year: children in need of England, the South West and Devon, referrals of England and Devon, plans of both; each
# out of 10,000 of the mid-year population of the calendar year before, in the latest estimate.
RATES = """
2013 331.5 327.7 330.5 520.4 401.6 37.8 31.7
2014 344.7 352.4 406.7 573.3 618.7 42.1 42.6
2015 338.2 351.7 405.4 551.0 489.9 43.1 34.4
2019 339.8 327.8 319.6 553.7 378.8 44.5 36.0
2020 330.1 285.9 216.6 545.3 267.5 43.7 34.5
2023 338.7 309.1 297.6 538.1 474.9 42.7 41.6
2024 331.2 302.0 243.9 515.7 394.5 41.4 31.7
2025 330.3 303.1 258.9 519.4 384.7 40.6 39.0
"""
OF = (
    *(("B1", area, "At31_episodes") for area in (ENGLAND, SOUTH_WEST, DEVON)),
    *(("C1", area, "referral_count") for area in (ENGLAND, DEVON)),
    *(("D5", area, "CPP_At31") for area in (ENGLAND, DEVON)),
)


@pytest.mark.shared
def test_rates_of_the_population_of_the_year_before(benchmarks: Benchmarks) -> None:
    for year, cells in lines(RATES):
        rates = []
        for name, area, measure in OF:
            count, _ = benchmarks.values(name)[area, year, measure]
            people, _ = benchmarks.values("population")[area, year - 1, "population_estimate"]
            rate = quotient(count, people)
            rates.append(rounded(None if rate is None else rate * 10_000))
        assert rates == cells, year


@pytest.mark.shared
def test_every_file_says_what_it_is_and_carries_its_symbols(benchmarks: Benchmarks) -> None:
    for name in ("C1", "D3", "D5", "B1", "population"):
        said = recognise(benchmarks.folder / FILES[name])
        assert said is not None
        assert said.words == f"Published figures, table {name}"
    symbols = Counter(symbol for _, symbol in benchmarks.values("D5").values())
    assert (symbols["c"], symbols["u"], symbols["x"], symbols["z"]) == (2957, 11, 33, 45)
    both = [set(benchmarks.neighbours(model)[DEVON]) for model in ("2021", "2025")]
    assert [len(ten) for ten in both] == [10, 10]
    assert len(both[0] & both[1]) == 5
