"""The invented authority's SSD extract says what its census says: the same rows come of both, mess or no mess."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics.folders import faults_of, rows_of
from holdfast.analytics import invent, write_cin_census
from holdfast.analytics.returns import read_return
from holdfast.analytics.returns.reading import Reading
from holdfast.analytics.synthetic.ssd_csv import write_ssd
from holdfast.analytics.tables.contracts import TABLES

AS_AT, YEAR = date(2014, 3, 31), date(2013, 4, 1)
OF_THE_READING = {"row_number", "unread"}


def census(folder: Path, *, with_mess: bool) -> Path:
    path = folder / "census.xml"
    write_cin_census(invent(5, 0.05, with_mess=with_mess), path, as_at=AS_AT, year_start=YEAR, with_in_need_plans=True)
    return path


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reading, Reading]:
    folder = tmp_path_factory.mktemp("both")
    path = census(folder, with_mess=False)
    write_ssd(path, folder / "ssd", seed=5)
    return (
        read_return(path, into=folder / "read census"),
        read_return(folder / "ssd", into=folder / "read ssd"),
    )


def by_key(reading: Reading, table: str, columns: set[str]) -> dict[str, dict[str, Any]]:
    key = TABLES[table].key[0]
    return {row[key]: {name: row[name] for name in columns} for row in rows_of(reading, table)}


@pytest.mark.parametrize(
    "table",
    [
        *("person", "cin_episodes", "cin_assessments", "assessment_factors", "cin_plans", "s47_enquiry"),
        *("initial_cp_conference", "cp_plans", "cp_reviews"),
    ],
)
def test_every_record_of_the_census_comes_out_of_the_extract_with_its_id_and_its_values(
    both: tuple[Reading, Reading], table: str
) -> None:
    of_census, of_ssd = both
    given = [set(reading.gives(AS_AT).columns[table]) for reading in both]
    shared = given[0] & given[1]
    assert len(shared) > 2
    ours, theirs = by_key(of_census, table, shared), by_key(of_ssd, table, shared)
    assert len(ours) > 20
    assert theirs == ours


def test_an_extract_without_mess_has_no_faults_but_what_it_does_not_have(both: tuple[Reading, Reading]) -> None:
    assert {rule for rule, _, _ in faults_of(both[1])} <= {"missing-table", "missing-column", "other-form"}


def test_the_mess_of_an_extract_is_read_and_said(tmp_path: Path) -> None:
    path = census(tmp_path, with_mess=True)
    n_rows = write_ssd(path, tmp_path / "ssd", seed=5, with_mess=True)
    reading = read_return(tmp_path / "ssd", into=tmp_path / "read")
    assert reading.n_rows["cin_episodes"] == n_rows["cin_episodes"]
    assert reading.n_rows["cp_reviews"] == n_rows["cp_reviews"]
    rules = {rule for rule, _, _ in faults_of(reading)}
    assert {"unknown-column", "row-twice", "missing-table", "other-form", "bad-date"} <= rules
    assert ("no-parent", "cin_assessments", "cina_referral_id") not in faults_of(reading)
    assert reading.blocking == []


def test_the_same_census_and_seed_give_the_same_files(tmp_path: Path) -> None:
    path = census(tmp_path, with_mess=False)
    for name in ("one", "two"):
        write_ssd(path, tmp_path / name, seed=9)
    ones = sorted((tmp_path / "one").iterdir())
    assert [each.read_bytes() for each in ones] == [(tmp_path / "two" / each.name).read_bytes() for each in ones]
