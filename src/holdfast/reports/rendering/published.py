"""The Department's published figures in a report: the table beside ours, and where they are all from, said once.

Not here: reading a file or choosing a value (performance). Rule: no published figure is printed without its source.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Table = dict[str, Any]
Words = Mapping[str, Any]


def beside(each: Words) -> Table | None:
    """The table beside others. None where there is none, as in an edition from before papers kept it."""
    found = each.get("beside")
    if not found or not found["years"]:
        return None
    head = ["Year", "Ours", f"{found['council']}, as published", found["region"], "England", "Median of neighbours"]
    names = ("ours_words", "published_words", "region_words", "england_words", "neighbours_words")
    return {
        "caption": f"{each['id']}: beside others, full years",
        "head": head,
        "rows": [
            [{"text": year["period_words"], "url": "", "header": True}, *(year[name] for name in names)]
            for year in reversed(found["years"])
        ],
        "numeric_columns": list(range(1, len(head))),
    }


def sources(indicators: Iterable[Words]) -> dict[str, list[str]]:
    """Each source of a published figure that the report gives, in order, with the indicators it serves."""
    found: dict[str, list[str]] = {}
    for each in indicators:
        if beside(each):
            for source in each["beside"]["sources"]:
                found.setdefault(source, []).append(each["id"])
    return found


def sources_table(indicators: Iterable[Words]) -> Table:
    """The sources by number. Of no rows where nothing published is given."""
    return {
        "caption": "Where the published figures are from",
        "head": ["Source", "Indicators", "What it is, its release and its file"],
        "rows": [
            [{"text": str(n), "url": "", "header": True}, ", ".join(ids), words]
            for n, (words, ids) in enumerate(sources(indicators).items(), 1)
        ],
        "numeric_columns": [],
    }


def source_numbers(each: Words, indicators: Iterable[Words]) -> list[str]:
    """The numbers by which the sources beside one indicator are listed."""
    listed = list(sources(indicators))
    return [str(listed.index(words) + 1) for words in each["beside"]["sources"]] if beside(each) else []
