"""Every write of the plan: adding to it, saying how far something has come, and loading a whole plan from a file.

Each checks the permission, refuses in plain words, and writes its one trail row. Not here: moving a date (a decision of
the Board, in governance). Rule: what somebody recorded is never taken back in silence.
"""

from holdfast.notice.library_files import UnreadableLibraryFile
from holdfast.plan.services.adding import (
    BeforeTheProgramme,
    RefTaken,
    UnknownRefs,
    add_action,
    add_milestone,
    add_objective,
)
from holdfast.plan.services.loading import PlanLoaded, load_plan
from holdfast.plan.services.progress import (
    DoneAlready,
    NothingSaid,
    NotLate,
    NotMarked,
    StillNeeded,
    TooEarly,
    Withdrawn,
    explain_lateness,
    mark_done,
    mark_met,
    take_back,
    withdraw,
)

__all__ = [
    "BeforeTheProgramme",
    "DoneAlready",
    "NotLate",
    "NotMarked",
    "NothingSaid",
    "PlanLoaded",
    "RefTaken",
    "StillNeeded",
    "TooEarly",
    "UnknownRefs",
    "UnreadableLibraryFile",
    "Withdrawn",
    "add_action",
    "add_milestone",
    "add_objective",
    "explain_lateness",
    "load_plan",
    "mark_done",
    "mark_met",
    "take_back",
    "withdraw",
]
