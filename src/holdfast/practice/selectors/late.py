"""What is late on a worklist of the last release, beside why it is late; each look is in the trail.

Rule: a child stands on the page alone; what is kept of a reason is a digest that means the child, the day, and a code.
"""

from collections import Counter
from dataclasses import dataclass

from holdfast.access.doors import Actor, Missing
from holdfast.performance.selectors import worklists
from holdfast.performance.selectors.fault_rows import mark_of
from holdfast.practice.models import LateReason

LATE = "late"
CLOCKS = {
    "assessments": ("an assessment", "assessments"),
    "conferences": ("an initial conference", "initial conferences"),
    "reviews": ("a child protection review", "child protection reviews"),
}
"""Each worklist of which reasons are kept: what one of it is called, and several."""
FIRST = "assessments"


class NotLate(Missing):
    def __init__(self) -> None:
        super().__init__("Nothing that is late is meant by that address, or none of your teams’.")


@dataclass(frozen=True)
class LateCase:
    """One late case of a worklist, the mark that means it, and its reason; None: not explained."""

    waiting: worklists.Waiting
    mark: str
    reason: LateReason | None


@dataclass(frozen=True)
class LateList:
    """Every late case of a worklist that the account may see, and how many have which reason ("" not explained)."""

    seen: worklists.Worklist
    clock: str
    rows: list[LateCase]

    @property
    def counts(self) -> list[tuple[str, int]]:
        found = Counter(row.reason.code if row.reason else "" for row in self.rows)
        labels = [(str(code), str(label)) for code, label in LateReason.Code.choices] + [("", "Not explained yet")]
        return [(label, found[code]) for code, label in labels if found[code]]


def late(user: Actor, code: str, clock: str = FIRST) -> LateList:
    """What is late on a clock as at the data of the last release, the longest due first. Raises as a worklist."""
    seen = worklists.whole_worklist(user, code, clock, LATE)
    given = LateReason.objects.filter(programme__code=code).select_related("explained_by").order_by("id")
    reasons = {(reason.mark, reason.due_on): reason for reason in given}
    rows = []
    for waiting in seen.page.rows:
        mark = mark_of(code, waiting.child if clock == FIRST else f"{clock} {waiting.child}")
        found = reasons.get((mark, waiting.due_on)) if waiting.due_on else None
        rows.append(LateCase(waiting, mark, found))
    return LateList(seen, clock, rows)


def one_late(user: Actor, code: str, mark: str, due: str, clock: str = FIRST) -> LateCase:
    """The late case of a clock that a mark and a day, like 2031-02-10, mean. Raises as late, or NotLate."""
    rows = late(user, code, clock).rows
    found = next((row for row in rows if (row.mark, str(row.waiting.due_on)) == (mark, due)), None)
    if found is None:
        raise NotLate
    return found
