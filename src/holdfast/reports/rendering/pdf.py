"""The PDF: typst with each kind of paper's own template, held to PDF/UA-1, so that a chart without words does not
compile.

Rule: only the fonts inside the compiler, and every date from the document, so that the bytes never differ; and any text
that a person can type prints, or its mark does (printing.py).
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from holdfast.reports.rendering.printing import plainly_printed, printed, throughout
from holdfast.reports.rendering.tables import tables

TEMPLATE: Final = Path(__file__).with_name("ministers.typ")
MINUTES: Final = Path(__file__).with_name("minutes.typ")
PACK: Final = Path(__file__).with_name("pack.typ")


def as_pdf(document: Mapping[str, Any], sha256: str) -> bytes:
    """The report as PDF/UA-1, with links to the service's pages. The same document gives the same bytes."""
    given = {"document": document, "tables": tables(document, document["address"])}
    return printed_by(TEMPLATE, given, sha256, document["edition"]["frozen_on"])


def pack_as_pdf(document: Mapping[str, Any], sha256: str) -> bytes:
    """A meeting's pack or supplement as PDF/UA-1. The same document gives the same bytes."""
    return printed_by(PACK, {"document": document}, sha256, document["frozen_on"])


def minutes_as_pdf(document: Mapping[str, Any], sha256: str) -> bytes:
    """A meeting's minutes as PDF/UA-1, dated by the day of the meeting."""
    return printed_by(MINUTES, {"document": document}, sha256, document["held_on"])


def pack_pages(document: Mapping[str, Any], sha256: str) -> list[int]:
    """The page on which each item of a pack begins, in order, and last of all the pack's last page."""
    from typst import TypstError

    given = {"document": document}
    try:
        return _pages(given, sha256, printed)
    except (TypstError, RuntimeError):  # asking a document raises the second where printing it raises the first
        return _pages(given, sha256, plainly_printed)


def _pages(given: Mapping[str, Any], sha256: str, change: Callable[[str], str]) -> list[int]:
    import typst

    asked = {"ignore_system_fonts": True, "sys_inputs": _inputs(given, sha256, change)}
    return list(json.loads(typst.query(str(PACK), "<begins>", field="value", **asked)))


def printed_by(template: Path, given: Mapping[str, Any], sha256: str, on: str) -> bytes:
    """What is given, printed by a template and dated by a day (ISO). The same again gives the same bytes."""
    from typst import TypstError

    try:
        return _compiled(template, given, sha256, on, printed)
    except TypstError:
        # Marks on letters of another script may find no font that holds both; then only plain letters are printed.
        return _compiled(template, given, sha256, on, plainly_printed)


def _compiled(template: Path, given: Mapping[str, Any], sha256: str, on: str, change: Callable[[str], str]) -> bytes:
    import typst

    day = date.fromisoformat(on)
    made: bytes = typst.compile(
        str(template),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs=_inputs(given, sha256, change),
        timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
    )
    return made


def _inputs(given: Mapping[str, Any], sha256: str, change: Callable[[str], str]) -> dict[str, str]:
    """What a template is given: the document, with every text as it can be printed."""
    changed = throughout(given, change)
    is_marked = json.dumps(changed).count("[U+") > json.dumps(given).count("[U+")
    return {"given": json.dumps({**changed, "sha256": sha256, "is_marked": is_marked}, sort_keys=True)}
