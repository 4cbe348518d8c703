"""A database by address is copied read-only into files, and read from those like any extract."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analytics.folders import rows_of
from holdfast.analytics.databases import DatabaseNotRead, copy_database, shown_address
from holdfast.analytics.returns import read_return
from postgres import NoPostgres, running_postgres

ON = date(2014, 1, 31)


@pytest.fixture
def sqlite(tmp_path: Path) -> Path:
    path = tmp_path / "ssd.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(
            """
            CREATE TABLE ssd_person (pers_person_id INTEGER, pers_forename TEXT, pers_dob TIMESTAMP, pers_sex TEXT);
            INSERT INTO ssd_person VALUES (101, 'Zebedee', '2010-01-05 00:00:00', 'M');
            CREATE VIEW SSD_CIN_EPISODES AS
                SELECT 9001 AS cine_referral_id, 101 AS cine_person_id, '2013-05-01' AS cine_referral_date, 1 AS local;
            CREATE TABLE notes (words TEXT);
            """
        )
    connection.close()
    return path


def test_a_database_becomes_files_that_are_read_like_any_extract(sqlite: Path, tmp_path: Path) -> None:
    copied = copy_database(f"sqlite:///{sqlite}", tmp_path / "copy", on=ON)
    assert copied.n_rows == {"person": 1, "cin_episodes": 1}
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == [
        "ssd_cin_episodes.parquet",
        "ssd_person.parquet",
        "taken.json",
    ]
    reading = read_return(tmp_path / "copy", into=tmp_path / "read", kind="ssd")
    assert reading.reference_date == ON
    assert rows_of(reading, "cin_episodes")[0]["cine_referral_id"] == "101|2013-05-01|1"


def test_a_name_never_leaves_the_database(sqlite: Path, tmp_path: Path) -> None:
    copy_database(f"sqlite:///{sqlite}", tmp_path / "copy", on=ON)
    assert pq.read_schema(tmp_path / "copy" / "ssd_person.parquet").names == ["pers_person_id", "pers_sex", "pers_dob"]
    assert all(b"Zebedee" not in path.read_bytes() for path in (tmp_path / "copy").iterdir())


def test_of_an_outcome_with_comments_only_the_decision_is_copied(sqlite: Path, tmp_path: Path) -> None:
    with sqlite3.connect(sqlite) as connection:
        connection.execute("CREATE TABLE ssd_s47_enquiry (s47e_s47_enquiry_id INT, s47e_s47_outcome_json TEXT)")
        said = '{"CP_CONFERENCE_FLAG": "Y", "OUTCOME_COMMENTS": "Zebedee"}'
        connection.execute("INSERT INTO ssd_s47_enquiry VALUES (5, ?)", (said,))
    connection.close()
    copy_database(f"sqlite:///{sqlite}", tmp_path / "copy", on=ON)
    assert pq.read_table(tmp_path / "copy" / "ssd_s47_enquiry.parquet").to_pylist() == [
        {"s47e_s47_enquiry_id": "5", "s47e_s47_outcome_json": "Y"}
    ]


def test_the_same_database_gives_the_same_return(sqlite: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        copy_database(f"sqlite:///{sqlite}", tmp_path / name, on=ON)
    one, two = (read_return(tmp_path / name, into=tmp_path / f"r{name}", kind="ssd") for name in ("one", "two"))
    assert one.source_sha256 == two.source_sha256


def test_an_address_is_shown_without_how_to_sign_in() -> None:
    assert (
        shown_address("postgresql://reader:s3cret@db.example:5433/ssd?sslmode=x") == "postgresql://db.example:5433/ssd"
    )
    assert shown_address("sqlite:////srv/data/ssd.db") == "sqlite:///ssd.db"
    with pytest.raises(DatabaseNotRead) as refused:
        shown_address("reader:s3cret@db")
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("sqlite:////nowhere/ssd.db", "no file"),
        ("postgresql://reader:s3cret@127.0.0.1:1/ssd", "did not answer"),
        ("nosuch://reader:s3cret@db/ssd", "not known here"),
    ],
)
def test_a_database_that_cannot_be_read_is_said_without_the_password(address: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotRead, match=words) as refused:
        copy_database(address, tmp_path / "copy", on=ON)
    assert "s3cret" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert not (tmp_path / "copy").exists()


def test_a_database_without_the_tables_says_what_to_ask(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE person (id INTEGER)")
    connection.close()
    with pytest.raises(DatabaseNotRead, match="ssd_person"):
        copy_database(f"sqlite:///{path}", tmp_path / "copy", on=ON)


@pytest.fixture
def postgres() -> Iterator[str]:
    try:
        with running_postgres() as address:
            yield address
    except NoPostgres as why:
        pytest.skip(str(why))


def test_postgresql_is_read_from_the_schema_that_has_the_extract(postgres: str, tmp_path: Path) -> None:
    import psycopg

    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(
            """
            CREATE SCHEMA ssd_development; CREATE SCHEMA trial;
            CREATE TABLE trial.ssd_person (pers_person_id varchar(48));
            CREATE TABLE ssd_development.ssd_person
                (pers_person_id bigint, pers_surname text, pers_dob timestamp, pers_sex char(20));
            INSERT INTO ssd_development.ssd_person VALUES (101, 'Quux', '2010-01-05', 'M');
            CREATE TABLE ssd_development.ssd_cin_episodes
                (cine_referral_id numeric(9), cine_person_id bigint, cine_referral_date date, cine_referral_nfa bool);
            INSERT INTO ssd_development.ssd_cin_episodes VALUES (9001, 101, '2013-05-01', false);
            """
        )
    copied = copy_database(postgres, tmp_path / "copy", on=ON)
    assert copied.n_rows == {"person": 1, "cin_episodes": 1}
    reading = read_return(tmp_path / "copy", into=tmp_path / "read", kind="ssd")
    [referral] = rows_of(reading, "cin_episodes")
    assert (referral["cine_referral_id"], referral["cine_referral_nfa"]) == ("101|2013-05-01|1", False)
    assert rows_of(reading, "person")[0]["pers_sex"] == "M"


def test_nothing_can_be_written_while_a_database_is_read(postgres: str) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    from holdfast.analytics.databases import _reading

    with _reading(postgres, "a database") as connection, pytest.raises(DBAPIError, match="read-only"):
        connection.execute(text("CREATE TABLE should_not_be (n int)"))
