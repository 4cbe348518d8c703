"""The invented authority's Annex A: what it means comes back as tables, however oddly it is written."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow.parquet as pq
import pytest

from holdfast.analytics.returns import Reading, read_return
from holdfast.analytics.synthetic.annex_a import write_annex_a
from holdfast.analytics.synthetic.authority import Authority, invent

AS_AT, SINCE = date(2014, 1, 31), date(2013, 8, 1)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return invent(5, 0.05)


@pytest.fixture(scope="module")
def reading(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("plain")
    write_annex_a(authority, folder / "annex a.xlsx", as_at=AS_AT)
    return read_return(folder / "annex a.xlsx", into=folder / "out")


def rows(reading: Reading, table: str) -> list[dict[str, Any]]:
    return list(pq.read_table(reading.folder / f"{table}.parquet").to_pylist())


def test_the_tables_say_what_is_true_of_the_authority_and_was_on_record(authority: Authority, reading: Reading) -> None:
    day, since = AS_AT.toordinal(), SINCE.toordinal()
    known = [one for child in authority.children for one in child.episodes if one.recorded <= day]
    is_over = {id(one): one.closed if one.closed_recorded <= day else 0 for one in known}
    listed = [
        one
        for one in known
        if one.referral >= since or (not one.nfa and (not is_over[id(one)] or is_over[id(one)] >= since))
    ]
    meant = {
        (one.child.reference, date.fromordinal(one.referral), is_over[id(one)] and date.fromordinal(is_over[id(one)]))
        for one in listed
    }
    told = {
        (row["cine_person_id"], row["cine_referral_date"], row["cine_close_date"] or 0)
        for row in rows(reading, "cin_episodes")
    }
    assert told == meant
    plans = {
        (one.child.reference, date.fromordinal(plan.start), plan.category)
        for one in listed
        for plan in one.plans
        if plan.start_recorded <= day and not (plan.end_recorded <= day and 0 < plan.end < since)
    }
    assert {
        (row["cppl_person_id"], row["cppl_cp_plan_start_date"], row["cppl_cp_plan_initial_category"])
        for row in rows(reading, "cp_plans")
    } == plans
    assert len(meant) > 100
    assert plans


def test_every_part_belongs_to_a_referral_that_is_there(reading: Reading) -> None:
    there = {row["cine_referral_id"] for row in rows(reading, "cin_episodes")}
    for table, link in (
        ("cin_assessments", "cina_referral_id"),
        ("s47_enquiry", "s47e_referral_id"),
        ("cp_plans", "cppl_referral_id"),
    ):
        assert {row[link] for row in rows(reading, table)} <= there, table
        assert rows(reading, table)
    assert not {rule for rule in reading.n_faults if rule.startswith("bad") or rule == "no-referral"}


@pytest.mark.parametrize("seed", range(3))
def test_written_as_councils_do_it_means_the_same(
    authority: Authority, reading: Reading, tmp_path: Path, seed: int
) -> None:
    write_annex_a(authority, tmp_path / "odd.xlsx", as_at=AS_AT, odd=Random(seed))
    odd = read_return(tmp_path / "odd.xlsx", into=tmp_path / "out")
    assert odd.reference_date == AS_AT
    for table in reading.n_rows:
        assert rows(odd, table) == rows(reading, table), table
