"""The PDF: typst with the report's own template, held to PDF/UA-1 so that a chart without words does not compile.

Rule: only the fonts inside the compiler, and every date from the document, so that the bytes never differ.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from holdfast.reports.rendering.tables import tables

TEMPLATE: Final = Path(__file__).with_name("ministers.typ")


def as_pdf(document: Mapping[str, Any], sha256: str) -> bytes:
    """The report as PDF/UA-1, with links to the service's pages. The same document gives the same bytes."""
    import typst

    given = {"document": document, "tables": tables(document, document["address"]), "sha256": sha256}
    day = date.fromisoformat(document["edition"]["frozen_on"])
    made: bytes = typst.compile(
        str(TEMPLATE),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"given": json.dumps(given, sort_keys=True)},
        timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
    )
    return made
