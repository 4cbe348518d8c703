"""What a report of audits is made of: a chapter, a table. Rule: a table that would show no number is a sentence."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from holdfast.performance.selectors.shares import Share, is_hidden

NONE_SHOWN: Final = "every number of it is small, or would give a small one away, so none is shown."
Said = Callable[[Share], str]
Words = dict[str, Any]


def section(title: str, words: Sequence[str], *tables: Words | None) -> Words:
    """A chapter. A table that hides or lacks every number that it has is a sentence in its place."""
    shown = [each for each in tables if each and each["rows"]]
    told = [each for each in shown if not all(is_hidden(row[-1]) for row in each["rows"] if len(row) > 1)]
    said = [f"{each['caption']}: {NONE_SHOWN}" for each in shown if each not in told]
    return {"title": title, "words": [*words, *said], "tables": told}


def table_of(caption: str, head: Sequence[str], rows: Sequence[Sequence[Any]], numeric: Sequence[int] = ()) -> Words:
    """A table whose first column names the row. A row of one cell heads those under it."""
    spans = {"spans": len(head)}
    named = [[{"text": str(row[0]), "header": True, **({} if row[1:] else spans)}, *row[1:]] for row in rows]
    return {"caption": caption, "head": list(head), "rows": named, "numeric_columns": list(numeric)}
