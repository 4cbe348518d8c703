"""What a contract is made of: a column, a table, and short ways to write columns down.

Not here: the contracts themselves (contracts.py). Rule: every column says what an empty value means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from holdfast.analytics.tables.codes import Codes

ColumnType = Literal["text", "date", "flag", "integer", "decimal"]
"""A decimal has six places, which is what the workforce return gives a full-time equivalent in."""

NOT_SENT = "The return does not carry it."
OF_CHILDREN = ("cin_census", "ssd", "daily_feed", "annex_a")
"""Who supplies what is known of children, in the order in which they stand before one another: the return that the
Department checks is first."""
NOT_KNOWN = "Not recorded; or, where `unread` names this column, sent and not understood."


@dataclass(frozen=True)
class Column:
    """One column. `codes` None: any text. `census`: the element that fills it and its number; None: no census does."""

    name: str
    type: ColumnType
    means: str
    null_means: str
    codes: Mapping[str, str] | None = None
    census: str | None = None

    @property
    def says_nothing_when_empty(self) -> bool:
        """Whether an empty value means no more than that nothing is recorded: not that something has not ended yet."""
        return self.null_means.startswith(("Not recorded", "Not known", NOT_SENT))


Link = tuple[str, str]
"""A table, and the column here that holds the key of one of its rows."""


@dataclass(frozen=True)
class Lasting:
    """How a record lasts, which says what a later reading of its kind proves when it leaves the record out.

    `began` and `ended` are columns; ended None: it is over on the day it begins. `belongs_to` None: to no other record.
    `is_sent_while_open` False: one that is still open, and began before the days a reading covers, may be left out of
    it, so that its absence tells nothing. `came_to_nothing`: a flag that it led no further, so that it is over.
    `over_with`: a table, its column that names this record, and a date there: once that is filled, this is over.
    """

    began: str
    ended: str | None
    belongs_to: Link | None
    is_sent_while_open: bool = True
    came_to_nothing: str | None = None
    over_with: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Table:
    """One table: one row per `key`. `means` says what a row is, and who supplies it.

    `supplied_by`: the kinds of reading, the one that stands before the others first (docs/decisions/0019).
    `dated`: the day a row belongs to, where it does not last. `moves_on`: columns that rightly change from one reading
    to the next. `set_of`: the rows list what one row of another table has, so they come from the reading it came from.
    `follows`: a row leaves with the row it belongs to. `is_of_children` False: its rows are not about a child, so that
    a count of them hides nobody.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    means: str
    supplied_by: tuple[str, ...]
    lasts: Lasting | None = None
    dated: str | None = None
    moves_on: frozenset[str] = frozenset()
    set_of: Link | None = None
    follows: Link | None = None
    is_of_children: bool = True

    @property
    def day(self) -> str | None:
        """The column of the day that a row belongs to; None: to no day."""
        return self.lasts.began if self.lasts else self.dated

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


def decimal_column(name: str, means: str, null: str = NOT_KNOWN, census: str | None = None) -> Column:
    return Column(name, "decimal", means, null, None, census)


def key_column(name: str, means: str) -> Column:
    return text_column(name, means, "Never empty: the row's key.")


def child_column(name: str) -> Column:
    return text_column(name, "The council's own reference for the child.", "Never empty.", "LAchildID, N00097")


def team_column(name: str, means: str) -> Column:
    return text_column(name, f"{means} As the council names it.", "Not recorded, or the return does not carry it.")


def worker_column(name: str, means: str) -> Column:
    """A worker is never what a figure is broken down by, and stays in records (docs/decisions/0076)."""
    return text_column(name, f"{means} As the council writes it.", "Not recorded, or the return does not carry it.")


def referral_column(name: str) -> Column:
    return text_column(
        name, "The episode it belongs to (cin_episodes).", "The supplier does not link it to an episode."
    )
