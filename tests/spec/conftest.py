"""Every engine that is present, opened once for all the specs."""

from collections.abc import Iterator
from datetime import date

import pytest

from holdfast.analytics.calendar import calendar_table
from holdfast.analytics.engines import empty, engine
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.tables.contracts import TABLES
from spec.spec_bench import Bench


@pytest.fixture(scope="session", params=["duckdb", "postgresql"])
def opened(request: pytest.FixtureRequest) -> Iterator[Bench]:
    name = request.param
    address = name if name == "duckdb" else request.getfixturevalue("postgres_dsn")
    with engine(address).connect() as session:
        for table in TABLES:
            session.load_rows(table, empty(table))
        session.load_rows("calendar", calendar_table())
        yield Bench(name, session, set())


@pytest.fixture
def bench(opened: Bench) -> Bench:
    return opened


@pytest.fixture
def held() -> Held:
    return Held(first_day=date(2010, 4, 1), as_at=date(2014, 3, 31))
