"""What the plan and the evidence do not cover: requirements with no action, no indicator or no evidence."""

from datetime import date
from typing import Any

from django.urls import reverse

from holdfast.access.doors import Actor
from holdfast.notice.selectors import coverage


def chapter(reader: Actor, code: str, on: date) -> dict[str, Any]:
    """How many requirements have each gap, which they are, and the actions that answer nothing in the notice."""
    found = coverage.coverage(reader, code, on)
    return {
        "counts": [
            {"gap": gap, "n": n, "refs": [row.subject.ref for row in found.requirements if gap in row.gaps]}
            for gap, n in found.gap_counts
        ],
        "recommendations": [
            {"ref": row.subject.ref, "gaps": list(row.gaps)} for row in found.recommendations if row.gaps
        ],
        "adrift": [{"ref": action.ref, "title": action.title} for action in found.adrift],
        "path": reverse("coverage", args=[code]),
    }
