"""A frozen document drawn as HTML and as PDF. Pure: the same document gives the same bytes, whenever it is drawn.

Not here: what the report says (document). Rule: nothing is read but the document; no clock, no setting, no database.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from holdfast.reports.rendering.audit_report import audit_report_as_html, audit_report_as_pdf
from holdfast.reports.rendering.letter import letter_as_html, letter_as_pdf
from holdfast.reports.rendering.pdf import as_pdf, minutes_as_pdf, pack_as_pdf, pack_pages
from holdfast.reports.rendering.printing import shown, throughout
from holdfast.reports.rendering.tables import tables

__all__ = [
    "as_html",
    "as_page",
    "as_pdf",
    "audit_report_as_html",
    "audit_report_as_pdf",
    "letter_as_html",
    "letter_as_pdf",
    "minutes_as_pdf",
    "pack_as_pdf",
    "pack_pages",
]


def as_html(document: Mapping[str, Any], sha256: str) -> bytes:
    """The report as one HTML file that needs nothing else: it may be sent, kept and opened anywhere."""
    from django.template.loader import render_to_string

    from holdfast.reports.rendering.style import STYLESHEET

    document = throughout(document, shown)
    context = {
        "document": document,
        "tables": tables(document, document["address"]),
        "sha256": sha256,
        "stylesheet": STYLESHEET,
    }
    return render_to_string("reports/standalone.html", context).encode()


@lru_cache(maxsize=16)
def as_page(content: bytes, sha256: str) -> str:
    """The report as the inside of a page of the service, its links relative. In memory: a document never changes."""
    import json

    from django.template.loader import render_to_string

    document = throughout(json.loads(content), shown)
    return render_to_string(
        "reports/document.html", {"document": document, "tables": tables(document, ""), "sha256": sha256}
    )
