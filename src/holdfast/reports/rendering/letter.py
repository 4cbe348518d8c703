"""The chair's report as HTML and as PDF/UA-1. Pure: the same document gives the same bytes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from holdfast.reports.rendering.pdf import printed_by
from holdfast.reports.rendering.printing import shown, throughout

TEMPLATE: Final = Path(__file__).with_name("letter.typ")


def letter_as_html(document: Mapping[str, Any], sha256: str) -> bytes:
    """One HTML file that needs nothing else."""
    from django.template.loader import render_to_string

    from holdfast.reports.rendering.style import STYLESHEET

    context = {"document": throughout(document, shown), "sha256": sha256, "stylesheet": STYLESHEET}
    return render_to_string("reports/letter_standalone.html", context).encode()


def letter_as_pdf(document: Mapping[str, Any], sha256: str) -> bytes:
    """The report as PDF/UA-1, dated by the day it was sent."""
    return printed_by(TEMPLATE, {"document": document}, sha256, document["sent_on"])
