"""The plan as it is kept, by noun: Django looks for every model here."""

from holdfast.plan.models.actions import Action, Milestone, Objective
from holdfast.plan.models.dates import DateRevision, OnlyTheBoardMovesDates, stood
from holdfast.plan.models.progress import Correction, LatenessExplanation

__all__ = [
    "Action",
    "Correction",
    "DateRevision",
    "LatenessExplanation",
    "Milestone",
    "Objective",
    "OnlyTheBoardMovesDates",
    "stood",
]
