"""Every read of the notice room. The first argument is the account (or SYSTEM); no permission, no answer.

By noun: positions (where every requirement stands), one requirement, coverage and its gaps, the notice's own clauses.
"""

from holdfast.notice.selectors.clauses import attached_text, clauses, unclaimed_clauses
from holdfast.notice.selectors.coverage import Coverage, CoverageRow, coverage
from holdfast.notice.selectors.notices import NoNotice, NoSuchRequirement, notice_days, notice_of
from holdfast.notice.selectors.positions import (
    PositionLine,
    counts,
    position_lines,
    positions,
)
from holdfast.notice.selectors.requirements import (
    RequirementSeen,
    evidence_link,
    filtered,
    judgement,
    requirement,
    verify_evidence,
)

__all__ = [
    "Coverage",
    "CoverageRow",
    "NoNotice",
    "NoSuchRequirement",
    "PositionLine",
    "RequirementSeen",
    "attached_text",
    "clauses",
    "counts",
    "coverage",
    "evidence_link",
    "filtered",
    "judgement",
    "notice_days",
    "notice_of",
    "position_lines",
    "positions",
    "requirement",
    "unclaimed_clauses",
    "verify_evidence",
]
