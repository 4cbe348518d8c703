"""A copy of a report of audits as HTML and as PDF/UA-1. Pure: the same document gives the same bytes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from holdfast.reports.rendering.pdf import printed_by
from holdfast.reports.rendering.printing import shown, throughout

TEMPLATE: Final = Path(__file__).with_name("audit_report.typ")


def audit_report_as_html(document: Mapping[str, Any], sha256: str) -> bytes:
    """One HTML file that needs nothing else."""
    from django.template.loader import render_to_string

    from holdfast.reports.rendering.style import STYLESHEET

    context = {"document": throughout(document, shown), "sha256": sha256, "stylesheet": STYLESHEET}
    return render_to_string("reports/audit_report_standalone.html", context).encode()


def audit_report_as_pdf(document: Mapping[str, Any], sha256: str) -> bytes:
    """The copy as PDF/UA-1, dated by the day it was frozen."""
    return printed_by(TEMPLATE, {"document": document}, sha256, document["frozen_on"])
