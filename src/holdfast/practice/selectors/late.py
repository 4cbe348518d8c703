"""Late assessments beside why they are late: read from the worklist of the last release, each look in the trail.

Rule: a child stands on the page alone; what is kept of a reason is a digest that means the child, the day, and a code.
"""

from collections import Counter
from dataclasses import dataclass

from holdfast.access.doors import Actor, Missing
from holdfast.performance.selectors import worklists
from holdfast.performance.selectors.fault_rows import mark_of
from holdfast.practice.models import LateReason

CLOCK, LATE = "assessments", "late"


class NotLate(Missing):
    def __init__(self) -> None:
        super().__init__("No late assessment is meant by that address, or none of your teams’.")


@dataclass(frozen=True)
class LateAssessment:
    """One late assessment of the worklist, the mark that means its child, and its reason; None: not explained."""

    waiting: worklists.Waiting
    mark: str
    reason: LateReason | None


@dataclass(frozen=True)
class LateList:
    """Every late assessment that the account may see, and how many have which reason ("" not explained)."""

    seen: worklists.Worklist
    rows: list[LateAssessment]

    @property
    def counts(self) -> list[tuple[str, int]]:
        found = Counter(row.reason.code if row.reason else "" for row in self.rows)
        labels = [(str(code), str(label)) for code, label in LateReason.Code.choices] + [("", "Not explained yet")]
        return [(label, found[code]) for code, label in labels if found[code]]


def late(user: Actor, code: str) -> LateList:
    """Late assessments as at the data of the last release, the longest due first. Raises as worklists.worklist."""
    seen = worklists.whole_worklist(user, code, CLOCK, LATE)
    given = LateReason.objects.filter(programme__code=code).select_related("explained_by").order_by("id")
    reasons = {(reason.mark, reason.due_on): reason for reason in given}
    rows = []
    for waiting in seen.page.rows:
        mark = mark_of(code, waiting.child)
        found = reasons.get((mark, waiting.due_on)) if waiting.due_on else None
        rows.append(LateAssessment(waiting, mark, found))
    return LateList(seen, rows)


def one_late(user: Actor, code: str, mark: str, due: str) -> LateAssessment:
    """The late assessment that a mark and a day, like 2031-02-10, mean. Raises as late, or NotLate."""
    rows = late(user, code).rows
    found = next((row for row in rows if (row.mark, str(row.waiting.due_on)) == (mark, due)), None)
    if found is None:
        raise NotLate
    return found
