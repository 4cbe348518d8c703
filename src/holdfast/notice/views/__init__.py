"""The room's pages: reading where the programme stands (reading), and saying something of it (saying)."""

from holdfast.notice.views.reading import coverage, notice, positions, requirement, unclaimed_clauses
from holdfast.notice.views.saying import (
    accept,
    attach_text,
    judge,
    link_evidence,
    open_evidence,
    record_trigger,
    withdraw_evidence,
    withdraw_judgement,
)

__all__ = [
    "accept",
    "attach_text",
    "coverage",
    "judge",
    "link_evidence",
    "notice",
    "open_evidence",
    "positions",
    "record_trigger",
    "requirement",
    "unclaimed_clauses",
    "withdraw_evidence",
    "withdraw_judgement",
]
