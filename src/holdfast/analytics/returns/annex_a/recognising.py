"""Whether a workbook or a folder of CSV files is Annex A, from the names of its sheets and their headings alone."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.figure import date_words
from holdfast.analytics.returns.annex_a.lists import LISTS
from holdfast.analytics.returns.annex_a.matching import any_score, list_of_header, list_of_name, score_of
from holdfast.analytics.returns.reading import Recognised
from holdfast.analytics.returns.tabular import Tables
from holdfast.analytics.returns.tolerant import tidy, written_day

KIND = "annex_a"
LEAST_SCORE = 3
AS_AT = re.compile(r"\bas (?:at|of|on)[: ]+(?:the )?(?:[A-Za-z]+day,? )?([0-9][0-9A-Za-z/.\- ]{5,20})", re.IGNORECASE)


def recognise(path: Path) -> Recognised | None:
    """What the sheets or files say; None where no list is among them, or the file cannot be opened."""
    try:
        tables = Tables(path, KIND)
        found, unknown = dict[int, str](), list(tables.others)
        above: list[str] = []
        for name in tables.names:
            sheet = tables.open(name, any_score)
            number = list_of_name(name)
            if number is None or score_of(number, sheet.header) < min(LEAST_SCORE, len(LISTS[number].headings)):
                number = list_of_header(sheet.header)
            if number is None or number in found:
                unknown.append(name)
            else:
                found[number] = name
                above += [*sheet.above, name]
    except (UnreadableReturn, OSError):
        return None
    if not found:
        return None
    as_at = as_at_of(above)
    what = "Annex A" if len(found) > 1 else f"Annex A list {next(iter(found))}"
    form = "workbook" if tables.is_workbook else "files"
    n = "1 list" if len(found) == 1 else f"{len(found)} lists"
    day = f", as at {date_words(as_at)}" if as_at else ""
    lacks = [f"list {number} ({shape.title})" for number, shape in LISTS.items() if number not in found]
    return Recognised(
        KIND,
        f"{what} {form}, {n}{day}",
        as_at,
        tuple(found[number] for number in sorted(found)),
        unknown=(
            *(f"{name[:60]} is none of the lists, and would not be read." for name in [*unknown, *tables.hidden]),
            *((f"There is no {', '.join(lacks)}.",) if lacks else ()),
        ),
    )


def as_at_of(texts: Iterable[str]) -> date | None:
    """The one day that titles say the lists are as at; None where none says one, or two differ."""
    days = set()
    for text in texts:
        for found in AS_AT.finditer(tidy(text)):
            words = found[1].strip()
            parts = words.split(" ")
            for n in range(len(parts), 0, -1):
                if day := written_day(" ".join(parts[:n]).rstrip(".,)")):
                    days.add(day)
                    break
    return days.pop() if len(days) == 1 else None
