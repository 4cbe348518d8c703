"""A cell with one meaning is read whatever its form; one with two, or none, is empty, marked, and never quoted."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.analytics.returns.cells import Days, Listed, Names, Numbers, RowReader, Wholes, YesNo, reader_of
from holdfast.analytics.returns.values import EPOCH
from holdfast.analytics.returns.writing import Gathered
from holdfast.analytics.store import read_faults
from holdfast.analytics.tables.codes_looked_after import LEGAL_STATUS
from holdfast.analytics.tables.contracts import TABLES

SOME_DAY = date(2024, 4, 3)
NONSENSE = "Zebedee § Quux " * 5


@pytest.mark.parametrize(
    "text",
    [
        *("2024-04-03", " 2024-04-03 ", "2024-04-03 00:00:00", "2024-04-03T00:00:00.000", "2024-04-03 14:30:00"),
        *("2024-04-03T00:00:00Z", "3/4/2024", "03/04/2024", "03/04/2024 00:00:00", "3-Apr-2024", "03 April 2024"),
        "45385",
    ],
)
def test_a_day_is_read_in_every_form_that_can_mean_one_day_only(text: str) -> None:
    assert Days()[text] == SOME_DAY.toordinal() - EPOCH


@pytest.mark.parametrize(
    "text",
    [
        *("2024-13-01", "31/02/2024", "3/4/24", "April 2024", "2024-04-03T23:30:00Z", "2024-04-03T00:30:00+01:00"),
        *("1899-12-31", "2101-01-01", "tomorrow", "20240403", "zz/zz/2009"),
    ],
)
def test_a_day_with_two_meanings_or_none_is_not_read(text: str) -> None:
    with pytest.raises(KeyError):
        Days()[text]


@given(st.dates(date(1954, 10, 4), date(2100, 12, 31)))
def test_every_day_is_the_same_in_every_form(day: date) -> None:
    days = Days()
    forms = [day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d %B %Y}", f"{day} 00:00"]
    serial = (day - (date(1899, 12, 30))) // timedelta(days=1)
    assert {days[form] for form in (*forms, str(serial))} == {day.toordinal() - EPOCH}


def test_codes_are_read_alone_or_before_their_words() -> None:
    codes = Listed(LEGAL_STATUS)
    assert [codes[text] for text in ("C2", "c2", "C2: full care order", "C2 - Full care order", "C2) full")] == [
        "C2"
    ] * 5
    with pytest.raises(KeyError):
        codes["C9"]
    with pytest.raises(KeyError):
        codes["Full care order"]  # its words are given where a column has the list
    sex = Listed({"F": "", "M": ""}, {"female": "F", "male": "M"})
    assert [sex[text] for text in ("Female", "a) Female", "b) Male", "m")] == ["F", "F", "M", "M"]


def test_flags_counts_numbers_and_ids_have_one_meaning() -> None:
    flags = YesNo()
    assert [flags[text] for text in ("Y", "yes", "a) Yes", "1", "TRUE")] == [True] * 5
    assert [flags[text] for text in ("N", "b) No", "0", "false")] == [False] * 4
    assert [Wholes()[text] for text in ("3", "3.0", "003")] == [3, 3, 3]
    assert Numbers()["0.521371"] == Decimal("0.521371")
    assert [Names()[text] for text in ("1234", "1234.0", "A-12")] == ["1234", "1234", "A-12"]
    assert Numbers()["12.3456789012"] == Decimal("12.345679")
    for reader, text in ((flags, "maybe"), (Wholes(), "3.5"), (Numbers(), "1e3"), (Numbers(), "-1")):
        with pytest.raises(KeyError):
            reader[text]


def test_a_code_is_read_by_its_words_where_no_other_code_has_them() -> None:
    columns = {column.name: column for table in TABLES.values() for column in table.columns}
    category = reader_of(columns["cppl_cp_plan_initial_category"])
    assert [category[text] for text in ("NEG", "Neglect", "neglect")] == ["NEG"] * 3
    status = reader_of(columns["lega_legal_status"])
    assert status["Full care order"] == "C2"
    with pytest.raises(KeyError):
        status["care order"]


def every_column() -> list[tuple[str, str]]:
    """Every column of every table that no room of the product writes itself."""
    own = {"plan", "notice", "governance"}
    sent = [table for table in TABLES.values() if not own & set(table.supplied_by)]
    return [(table.name, column.name) for table in sent for column in table.columns]


@pytest.mark.parametrize(("table", "column"), every_column())
def test_what_is_not_understood_is_empty_and_marked_in_every_column_and_never_quoted(
    tmp_path: Path, table: str, column: str
) -> None:
    filled = TABLES[table].column_names
    with Gathered(tmp_path, {table: filled}) as gathered:
        reader = RowReader(gathered, table, {column: "sent"})
        row = reader.read({"sent": NONSENSE}, "A1", 7)
        assert row == [None] * len(filled)
        assert column in gathered.tables[table].unread[1]
    faults = read_faults(tmp_path / "faults.parquet")
    assert (faults[0].table, faults[0].column, faults[0].line, faults[0].row_number) == (table, column, 7, 1)
    assert "Zebedee" not in faults[0].words


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_no_text_stops_a_reader(text: str) -> None:
    for reader in (Days(), YesNo(), Wholes(), Numbers(), Names(), Listed(LEGAL_STATUS)):
        try:
            value = reader[text]
        except KeyError:
            continue
        assert value is None or text.strip()
