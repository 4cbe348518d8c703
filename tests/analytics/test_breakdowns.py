"""A breakdown is one value in one place: what it carries, its words and order, and everything that follows from it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import holdfast
from holdfast.analytics.breakdowns import BREAKDOWNS, breakdown_words, given_by, group_words
from holdfast.analytics.tables.contracts import TABLES

SOURCE = Path(holdfast.__file__).parents[1]


def test_ages_are_read_in_the_order_of_age_and_what_is_not_known_comes_last() -> None:
    shuffled = ["not known", "5-9", "0", "18+", "10-15", "unborn", "1-4", "16-17"]
    in_order = BREAKDOWNS["age_band"].in_order(shuffled)
    assert in_order == ["unborn", "0", "1-4", "5-9", "10-15", "16-17", "18+", "not known"]


def test_codes_are_read_in_the_order_of_the_code() -> None:
    assert BREAKDOWNS["referral_source"].in_order(["2B", "not known", "1A"]) == ["1A", "2B", "not known"]


@pytest.mark.parametrize(
    ("breakdown", "group", "words"),
    [
        ("sex", "F", "Female"),
        ("sex", "not known", "Not known"),
        ("sex", "", "All"),
        ("sex", "Z9", "Z9"),
        ("age_band", "unborn", "Unborn"),
        ("age_band", "1-4", "1-4"),
        ("star_sign", "leo", "leo"),
    ],
)
def test_a_group_is_put_in_words(breakdown: str, group: str, words: str) -> None:
    assert group_words(breakdown, group) == words


def test_a_breakdown_is_put_in_words_even_where_there_is_no_such() -> None:
    assert breakdown_words("referral_source") == "referral source"
    assert breakdown_words("star_sign") == "star sign"


def test_every_breakdown_is_made_of_columns_of_the_contracts() -> None:
    for breakdown in BREAKDOWNS.values():
        assert set(breakdown.carried.values()) <= set(TABLES[breakdown.table].column_names)
        assert breakdown.columns.keys() == breakdown.carried.keys()


def test_a_return_gives_a_breakdown_when_it_sends_all_that_it_is_made_of() -> None:
    assert given_by(["pers_dob", "pers_sex", "cine_referral_id"]) == {"sex"}
    assert given_by(["pers_dob", "pers_expected_dob"]) == {"age_band"}
    census = [column.name for table in TABLES.values() for column in table.columns if column.census]
    teams = {"referral_team", "case_team", "assessment_team", "plan_team"}
    of_rooms = {"seat_agency", "action_agency", "audit_team", "audit_grade_whose"}
    assert given_by(census) == set(BREAKDOWNS) - teams - of_rooms
    assert given_by(["cine_referral_team", "cppl_cp_plan_team"]) == {"referral_team", "plan_team"}


def test_no_figure_is_broken_down_by_a_worker() -> None:
    """Promise: a worker stays in the record (docs/decisions/0076)."""
    made_of = {column for breakdown in BREAKDOWNS.values() for column in breakdown.carried.values()}
    assert not {column for column in made_of if "worker" in column}


INVENTED = """
from datetime import date
from pathlib import Path
from types import MappingProxyType

from holdfast.analytics import breakdowns

team = breakdowns._code("team", "team", "cin_episodes", "referral_id", "cine_close_reason")
breakdowns.BREAKDOWNS = MappingProxyType({**breakdowns.BREAKDOWNS, "team": team})

import pyarrow as pa
import pyarrow.parquet as pq
from holdfast.analytics.calculated import figures, rows
from holdfast.analytics.calculation import calculate
from holdfast.analytics.cover import Cover, Part
from holdfast.analytics.engines import arrow_schema, engine
from holdfast.analytics.store import Store
from holdfast.analytics.tables.contracts import TABLES


class Snapshot:
    id, first_day, as_at, holds = "0" * 64, date(2012, 4, 1), date(2013, 4, 30), frozenset({"team", "sex"})
    tables = {"cin_episodes": Path("cin_episodes.parquet")}


whole = (Snapshot.first_day, Snapshot.as_at, "invented", "load")
Snapshot.cover = Cover({name: (Part(*whole, frozenset(table.column_names)),) for name, table in TABLES.items()})


given = [("R1", "North"), ("R2", "South"), ("R3", None)]
referral = {"cine_person_id": "C1", "cine_referral_date": date(2013, 4, 9)}
referrals = [{**referral, "cine_referral_id": name, "cine_close_reason": where} for name, where in given]
table = pa.Table.from_pylist(referrals, schema=arrow_schema("cin_episodes"))
pq.write_table(table, "cin_episodes.parquet")
store = Store(Path("store"))
made = calculate(
    Snapshot(), engine=engine("duckdb"), store=store, first_month="2013-04", last_month="2013-04", indicators=["I03"]
)
print(made.can_break_down)
print([(breakdowns.group_words("team", f.group), f.n_in) for f in figures(store, made.id, "I03", "team")[:3]])
print(rows(store, made.id, "I03", breakdown="team", group="South")[0][0].groups)
"""


def test_a_breakdown_that_is_added_in_one_place_is_counted_kept_and_read(tmp_path: Path) -> None:
    """Nothing else was told of it: a process of its own, because what follows from it is worked out once."""
    said = subprocess.run(
        [sys.executable, "-c", INVENTED],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.splitlines() == [
        "('sex', 'team')",
        "[('North', 1), ('South', 1), ('Not known', 1)]",
        "{'sex': None, 'team': 'South'}",
    ]
