"""What a contract is made of: a column, a table, and short ways to write columns down.

Not here: the contracts themselves (contracts.py). Rule: every column says what an empty value means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from holdfast.analytics.tables.codes import Codes

ColumnType = Literal["text", "date", "flag", "integer"]
NOT_SENT = "The return does not carry it."
NOT_KNOWN = "Not recorded, or the value could not be read."


@dataclass(frozen=True)
class Column:
    """One column. `codes` None: any text. `census`: the element that fills it and its number; None: no census does."""

    name: str
    type: ColumnType
    means: str
    null_means: str
    codes: Mapping[str, str] | None = None
    census: str | None = None


@dataclass(frozen=True)
class Table:
    """One table: one row per `key`. `means` says what a row is, and who supplies it."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    means: str

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def text_column(
    name: str, means: str, null: str = NOT_KNOWN, census: str | None = None, codes: Codes | None = None
) -> Column:
    return Column(name, "text", means, null, codes, census)


def date_column(name: str, means: str, null: str = NOT_KNOWN, census: str | None = None) -> Column:
    return Column(name, "date", means, null, None, census)


def flag_column(name: str, means: str, null: str = NOT_KNOWN, census: str | None = None) -> Column:
    return Column(name, "flag", means, null, None, census)


def whole_column(name: str, means: str, null: str = NOT_KNOWN, census: str | None = None) -> Column:
    return Column(name, "integer", means, null, None, census)


def key_column(name: str, means: str) -> Column:
    return text_column(name, means, "Never empty: the row's key.")


def child_column(name: str) -> Column:
    return text_column(name, "The council's own reference for the child.", "Never empty.", "LAchildID, N00097")


def referral_column(name: str) -> Column:
    return text_column(
        name, "The episode it belongs to (cin_episodes).", "The supplier does not link it to an episode."
    )
