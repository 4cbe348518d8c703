"""Reads what the Department publishes: its tables as CSV, its models of statistical neighbours, and single figures.

Each file says by its headings which it is. Not here: which file stands for a programme (the performance room), or our
own figures. Rules: a symbol (c, k, u, x, z, low, :) is carried as what it is and is never a nought; a share is the one
that was published and is never worked out again, since its population or its rounding may have been another.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Final

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.tables.benchmarks import SYMBOLS

KIND: Final = "file of published figures"
LEAST_NEIGHBOURS: Final = 5
"""A median of fewer published values than this is not given."""
N_NEIGHBOURS: Final = 10
ENGLAND, REGION, AUTHORITY, MEDIAN = "England", "region", "authority", "neighbours' median"
_LEVELS: Final = {"National": ENGLAND, "Regional": REGION, "Local authority": AUTHORITY}
_SOURCE: Final = "Department for Education, Characteristics of children in need"


@dataclass(frozen=True)
class Counterpart:
    """What the Department publishes of the thing an indicator counts: its table and columns, and what differs.

    `part` is the column of the count and `share` of the published per cent; "" where the table has none.
    """

    indicator: str
    table: str
    part: str
    whole: str
    share: str
    differs: str


_C1_DIFFERS = "The Department counts from the census for the whole year, and corrects earlier years in later releases."
COUNTERPARTS: Final = tuple(
    Counterpart(*each)
    for each in (
        (
            "I03",
            "C1",
            "referral_count",
            "",
            "",
            f"{_C1_DIFFERS} A number of referrals is not comparable between places of different sizes: only the way "
            "it moves from year to year is.",
        ),
        ("I04", "C1", "rereferral_count", "referral_count", "rereferral_percent", _C1_DIFFERS),
        ("I06", "C1", "no_further_action_count", "referral_count", "no_further_action_percent", _C1_DIFFERS),
        (
            "I47",
            "D3",
            "CPP_subsequent",
            "CPP_start",
            "CPP_subsequent_percent",
            "Both count plans that started in the year. An earlier plan with another council is counted only where "
            "the council recorded it.",
        ),
        (
            "I49",
            "D5",
            "2_years_or_more",
            "CPP_At31",
            "2_years_or_more_percent",
            "Both count plans open on 31 March.",
        ),
    )
)
MODELS: Final = {"LA num": "2021", "old_la_code": "2025"}
"""The year of a model of neighbours by its first heading."""
TITLES: Final = {
    "C1": "table C1, referrals and re-referrals",
    "D3": "table D3, second or subsequent child protection plans",
    "D5": "table D5, child protection plans at 31 March by duration",
}


@dataclass(frozen=True)
class PublishedValue:
    """One published value: of an indicator, for a place, for the year to 31 March `year`.

    `level` is England, region, authority or neighbours' median; `code` the three-digit code of a council, a region's
    own code, or "". `n_in` and `n_of` are the published counts and `share` the published per cent (0 to 100), each
    None where none is given or a symbol stands for it; `symbol` is that of the value itself. Of a median, `k` is how
    many of ten neighbours it was taken over and `model` the year of their model. `source` is filled for single figures.
    """

    indicator: str
    level: str
    code: str
    name: str
    region_code: str
    year: int
    n_in: int | None
    n_of: int | None
    share: Decimal | None
    symbol: str
    k: int = 0
    model: str = ""
    source: str = ""

    @property
    def value(self) -> Decimal | int | None:
        """The share, or the count where nothing is published out of another. None where a symbol stands for it."""
        return self.n_in if self.n_of is None and self.share is None else self.share


@dataclass(frozen=True)
class Published:
    """What one file holds: values of one table, or the neighbours of one model (council code -> ten, nearest first).

    `what` names the table ("C1"), the model ("neighbours 2021") or "single figures": the later file of one name stands.
    `title` says it in words, `release` which release it is by the years it holds.
    """

    what: str
    title: str
    release: str
    values: tuple[PublishedValue, ...] = ()
    model: str = ""
    neighbours: Mapping[str, tuple[tuple[str, str], ...]] | None = None


def read_published(content: bytes) -> Published:
    """Read one file that is set beside our own: a table with the columns of COUNTERPARTS, a model, or single figures.

    Raises UnreadableReturn when it is none of these (which file is which is the reader's), or a row breaks off.
    """
    try:
        rows = [row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if any(row)]
    except (UnicodeDecodeError, csv.Error):
        raise _not_read() from None
    head = [name.strip() for name in rows[0]] if rows else []
    if is_single_figures(head):
        return _single_figures(_named(head, rows))
    if model := model_of(head):
        return _neighbours(model, head.index("SN1" if "SN1" in head else "SN_1"), rows)
    if table := table_set_beside(head):
        wanted = [each for each in COUNTERPARTS if each.table == table]
        return _table(table, wanted, _named(head, rows))
    raise _not_read()


def is_single_figures(head: Sequence[str]) -> bool:
    """Whether these are the headings of figures that somebody copied one by one."""
    return list(head[:2]) == ["indicator", "level"]


def model_of(head: Sequence[str]) -> str:
    """The year of a model of neighbours by its headings, "" where it is none."""
    is_model = any(name in head for name in ("SN1", "SN_1"))
    return next((model for first, model in MODELS.items() if is_model and list(head[:1]) == [first]), "")


def table_set_beside(head: Sequence[str]) -> str:
    """The table of which every column that is set beside ours is among these headings, "" where none is."""
    for table in TITLES:
        wanted = [each for each in COUNTERPARTS if each.table == table]
        columns = {name for each in wanted for name in (each.part, each.whole, each.share) if name}
        if columns | {"time_period", "geographic_level", "old_la_code"} <= set(head):
            return table
    return ""


def _not_read() -> UnreadableReturn:
    return UnreadableReturn(
        KIND,
        expected="It should be the CSV file of a table that the Department or the Office for National Statistics "
        "publishes, of a model of statistical neighbours, or of single figures as docs/formats/published.md describes.",
    )


def _named(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[int, dict[str, str]]]:
    """Each row by its headings, with its line. Raises UnreadableReturn for a row that breaks off."""
    if any(len(row) != len(head) for row in rows[1:]):
        line = next(at for at, row in enumerate(rows, 1) if len(row) != len(head))
        raise UnreadableReturn(KIND, line=line, expected=f"A row should have {len(head)} cells, as its headings do.")
    return [(line, dict(zip(head, map(str.strip, row), strict=True))) for line, row in enumerate(rows[1:], 2)]


def _table(table: str, wanted: Iterable[Counterpart], rows: Sequence[tuple[int, Mapping[str, str]]]) -> Published:
    values = [
        _value(each, row, line, _LEVELS[row["geographic_level"]])
        for line, row in rows
        for each in wanted
        if row["geographic_level"] in _LEVELS
    ]
    years = sorted({value.year for value in values})
    if not years:
        raise UnreadableReturn(KIND, expected="It should have a row for England, a region or a local authority.")
    return Published(table, f"{_SOURCE}, {TITLES[table]}", _years_words(years), tuple(values))


def _years_words(years: Sequence[int]) -> str:
    """The release that a file is, by the years that it holds."""
    if years[0] == years[-1]:
        return f"the release for the year to March {years[-1]}"
    return f"the release for the year to March {years[-1]}, which gives the years from {years[0]} on"


def _value(counterpart: Counterpart, row: Mapping[str, str], line: int, level: str) -> PublishedValue:
    name, code = {
        ENGLAND: ("England", ""),
        REGION: (row.get("region_name", ""), row.get("region_code", "")),
        AUTHORITY: (row.get("la_name", ""), row["old_la_code"]),
    }[level]
    shown = row[counterpart.share or counterpart.part]
    return PublishedValue(
        counterpart.indicator,
        level,
        code,
        name,
        row.get("region_code", ""),
        _year(row["time_period"], line),
        _count(row[counterpart.part], line),
        _count(row[counterpart.whole], line) if counterpart.whole else None,
        _number(row[counterpart.share], line) if counterpart.share else None,
        shown if _is_symbol(shown) else "",
    )


def _year(text: str, line: int) -> int:
    """The year that ends on 31 March: "2013", or "201213" in older tables."""
    if re.fullmatch(r"20\d\d", text):
        return int(text)
    if re.fullmatch(r"20\d{4}", text) and (int(text[2:4]) + 1) % 100 == int(text[4:]):
        return int(text[:4]) + 1
    raise UnreadableReturn(KIND, line=line, expected="A year should be written 2013 or 201213.")


def _is_symbol(text: str) -> bool:
    return text.lower() in SYMBOLS


def _number(text: str, line: int) -> Decimal | None:
    if _is_symbol(text):
        return None
    if not re.fullmatch(r"\d{1,3}(,\d{3})+|\d+(\.\d+)?", text):
        raise UnreadableReturn(
            KIND, line=line, expected=f"It should be a number, or one of {', '.join(filter(None, SYMBOLS))}."
        )
    return Decimal(text.replace(",", ""))


def _count(text: str, line: int) -> int | None:
    number = _number(text, line)
    return None if number is None else int(number)


def _neighbours(model: str, first: int, rows: Sequence[Sequence[str]]) -> Published:
    """Ten neighbours of each council with their closeness, from pairs of columns; headings may repeat (SNP)."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for line, row in enumerate(rows[1:], 2):
        code, cells = row[0].strip(), [cell.strip() for cell in row[first : first + 2 * N_NEIGHBOURS]]
        if not re.fullmatch(r"\d{3}", code) or code in found:  # a council of before a reorganisation may follow below
            continue
        pairs = tuple(zip(cells[::2], (words.capitalize() for words in cells[1::2]), strict=True))
        if len(pairs) != N_NEIGHBOURS or not all(re.fullmatch(r"\d{3}", neighbour) for neighbour, _ in pairs):
            raise UnreadableReturn(
                KIND, line=line, expected="A council should have ten neighbours, each a code of three digits."
            )
        found[code] = pairs
    if not found:
        raise UnreadableReturn(KIND, expected="It should have a council with its ten neighbours.")
    title = f"Department for Education, statistical neighbours, {model} model"
    return Published(f"neighbours {model}", title, f"the {model} model", model=model, neighbours=found)


def _single_figures(rows: Sequence[tuple[int, Mapping[str, str]]]) -> Published:
    """Figures that somebody copied one by one from a publication, each with its source (docs/formats/published.md)."""
    known = {each.indicator: each for each in COUNTERPARTS}
    values = []
    for line, row in rows:
        if row.get("indicator") not in known or row.get("level") not in (*_LEVELS.values(), MEDIAN):
            raise UnreadableReturn(KIND, line=line, expected=f"It should name one of {', '.join(known)}, and a level.")
        if not row.get("source"):
            raise UnreadableReturn(KIND, line=line, expected="A figure should say the source it was copied from.")
        values.append(_single(row, line))
    years = sorted({value.year for value in values})
    if not years:
        raise UnreadableReturn(KIND, expected="It should have a figure.")
    return Published("single figures", "Single figures copied from publications", _years_words(years), tuple(values))


def _single(row: Mapping[str, str], line: int) -> PublishedValue:
    value, whole = row.get("per_cent", ""), row.get("number", "")
    shown = value or whole
    return PublishedValue(
        row["indicator"],
        row["level"],
        row.get("code", ""),
        row.get("name", ""),
        row["code"] if row["level"] == REGION else row.get("region_code", ""),
        _year(row.get("year", ""), line),
        _count(whole, line),
        _count(row.get("out_of", ""), line),
        _number(value, line),
        shown if _is_symbol(shown) else "",
        int(_number(row.get("neighbours", ""), line) or 0),
        row.get("model", ""),
        row["source"],
    )


def median_of(values: Iterable[Decimal | int | None]) -> tuple[Decimal | None, int]:
    """The median of what is published, and of how many (k). None where k is under LEAST_NEIGHBOURS.

    Half-way between the middle two of an even number, so it may have one more decimal than they have.
    """
    known = [Decimal(value) for value in values if value is not None]
    return (median(known) if len(known) >= LEAST_NEIGHBOURS else None), len(known)


def model_for(year: int, models: Iterable[str]) -> str:
    """The model of neighbours that a year is set beside: the last that was made by then, else the first there is."""
    held = sorted(models)
    return next((each for each in reversed(held) if int(each) <= year), held[0] if held else "")
