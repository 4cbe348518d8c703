"""The room's pages: reading where the programme stands (reading), and saying something of it (saying)."""

from holdfast.notice.views.reading import coverage, notice, positions, requirement, unclaimed_clauses
from holdfast.notice.views.saying import accept, attach_text, judge, link_evidence, record_trigger

__all__ = [
    "accept",
    "attach_text",
    "coverage",
    "judge",
    "link_evidence",
    "notice",
    "positions",
    "record_trigger",
    "requirement",
    "unclaimed_clauses",
]
