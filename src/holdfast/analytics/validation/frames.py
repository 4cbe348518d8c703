"""Takes a module as an analyst has it (pandas, polars, pyarrow, columns or rows) into Arrow columns of its kinds.

Not here: the rules. Rule: nothing is guessed. What is not clearly a value of its kind is NULL and marked: "not sent"
and "sent, not understood" stay two things. Rows keep their order and number.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from holdfast.analytics.validation.modules import MODULES

TYPES: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "code": pa.string(),
    "codes": pa.list_(pa.string()),
    "date": pa.date32(),
    "flag": pa.bool_(),
    "count": pa.int64(),
}
FLAGS = {"true": True, "1": True, "y": True, "yes": True, "false": False, "0": False, "n": False, "no": False}
MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
WHOLE_NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
BETWEEN_CODES = re.compile(r"[\s,;|]+")
NOT_SENT = frozenset({"NAType", "NaTType", "NoneType"})


@dataclass(frozen=True)
class Module:
    """One module: its elements that are there, and which of its rows were sent something that is not understood."""

    n_rows: int
    columns: Mapping[str, pa.Array]
    unread: Mapping[str, pa.Array]  # element -> true where it was sent and not understood; only elements that have one
    rows_are_factors: bool = False  # a row for each factor of an assessment, and not for each assessment


def module_of(name: str, frame: Any) -> Module:
    """The module of this name. Raises TypeError when the frame is none that can be taken.

    A frame without any column holds no row: it is the module, empty, with all its elements.
    """
    given = columns_of(frame)
    if not given:
        return Module(0, {element: pa.nulls(0, TYPES[kind]) for element, kind in MODULES[name].items()}, {})
    columns, unread = {}, {}
    for element, kind in MODULES[name].items():
        if element in given:
            columns[element], marks = column_of(given[element], kind)
            if marks is not None and pc.any(marks).as_py():
                unread[element] = marks
    return Module(_n_rows(given), columns, unread, _rows_are_factors(given.get("AssessmentFactors")))


def columns_of(frame: Any) -> dict[str, Any]:
    """Name -> values, as Arrow or as a list, of any of the frames that can be taken."""
    if isinstance(frame, pa.Table | pa.RecordBatch):
        return dict(zip(frame.schema.names, frame.columns, strict=True))
    if hasattr(frame, "__arrow_c_stream__"):
        try:
            table = pa.table(frame)
        except (pa.ArrowException, TypeError, ValueError, AttributeError):
            return {str(name): _listed(frame[name]) for name in frame.columns}
        return dict(zip(table.schema.names, table.columns, strict=True))
    if isinstance(frame, Mapping):
        return {str(name): _listed(values) for name, values in frame.items()}
    if hasattr(frame, "columns"):
        return {str(name): _listed(frame[name]) for name in frame.columns}
    if isinstance(frame, Sequence) and all(isinstance(row, Mapping) for row in frame):
        names = dict.fromkeys(name for row in frame for name in row)
        return {str(name): [row.get(name) for row in frame] for name in names}
    raise TypeError("A module is a pandas, polars or pyarrow table, a mapping of columns, or a list of rows.")


def _n_rows(given: Mapping[str, Any]) -> int:
    numbers = {len(values) for values in given.values()}
    if len(numbers) != 1:
        raise TypeError("The columns of a module should all have as many rows.")
    return numbers.pop()


def _listed(values: Any) -> list[Any]:
    return values.to_list() if hasattr(values, "to_list") else list(values)


def _rows_are_factors(values: Any) -> bool:
    """Whether each row holds one factor at most, as text: then rows of one assessment repeat its dates."""
    if values is None or (isinstance(values, pa.Array | pa.ChunkedArray) and pa.types.is_nested(values.type)):
        return False
    held = values.to_pylist() if isinstance(values, pa.Array | pa.ChunkedArray) else values
    texts = [value for value in held if not _is_missing(value)]
    return all(isinstance(value, str | int) and not BETWEEN_CODES.search(str(value).strip()) for value in texts)


def column_of(values: Any, kind: str) -> tuple[pa.Array, pa.Array | None]:
    """The values as an array of the kind, and a mark where one was sent and not understood (None: nowhere)."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if isinstance(values, pa.Array):
        quick = _quick(values, kind)
        if quick is not None:
            return quick, None
        values = values.to_pylist()
    read = READERS[kind]
    taken = [read(value) for value in values]
    marks = [value is UNREAD for value in taken]
    array = pa.array([None if value is UNREAD else value for value in taken], TYPES[kind])
    return array, pa.array(marks, pa.bool_()) if any(marks) else None


def _quick(values: pa.Array, kind: str) -> pa.Array | None:
    """The whole array at once, where all of it is clear; None where it has to be read value by value."""
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_null(values.type):
        return pa.nulls(len(values), TYPES[kind])
    if kind == "date" and pa.types.is_date32(values.type):
        return values
    if kind == "flag" and pa.types.is_boolean(values.type):
        return values
    if kind in ("text", "code") and pa.types.is_integer(values.type):
        return values.cast(pa.string())
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        return None
    texts = pc.utf8_trim_whitespace(values.cast(pa.string()))
    texts = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
    if kind in ("text", "code"):
        return pc.utf8_upper(texts) if kind == "code" else texts
    if kind in ("date", "count"):
        try:
            return texts.cast(TYPES[kind])
        except pa.ArrowInvalid:
            return None
    if kind == "flag":
        place = pc.index_in(pc.utf8_lower(texts), value_set=pa.array(FLAGS))
        if place.null_count > texts.null_count:
            return None
        return pc.take(pa.array(FLAGS.values()), place)
    return None


UNREAD: Any = object()


def _is_missing(value: Any) -> bool:
    """None, NaN, NaT, NA or blank: nothing was sent."""
    if type(value).__name__ in NOT_SENT:
        return True
    if isinstance(value, float):
        return value != value
    return isinstance(value, str) and not value.strip()


def _text(value: Any) -> str | None:
    if _is_missing(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _code(value: Any) -> str | None:
    text = _text(value)
    return None if text is None else text.upper()


def _codes(value: Any) -> list[str] | None:
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [code for part in value for code in _codes(part) or ()]
    text = _code(value)
    return None if text is None else BETWEEN_CODES.split(text)


def _date(value: Any) -> Any:
    """A day: a date, a time of midnight (which says no more), or ISO text of either. Any other time is not read."""
    if _is_missing(value):
        return None
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else UNREAD
    if isinstance(value, date):
        return value
    if hasattr(value, "item"):  # a numpy date
        return _date(value.astype("datetime64[us]").item()) if value.dtype.kind == "M" else UNREAD
    found = MIDNIGHT.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        return date.fromisoformat(found[1]) if found else UNREAD
    except ValueError:
        return UNREAD


def _flag(value: Any) -> Any:
    text = _text(value)
    return None if text is None else FLAGS.get(text.lower(), UNREAD)


def _count(value: Any) -> Any:
    text = _text(value)
    if text is None:
        return None
    return int(text) if WHOLE_NUMBER.fullmatch(text) else UNREAD


READERS: Mapping[str, Callable[[Any], Any]] = {
    "text": _text,
    "code": _code,
    "codes": _codes,
    "date": _date,
    "flag": _flag,
    "count": _count,
}
