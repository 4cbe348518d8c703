"""The plan as it is kept, by noun: Django looks for every model here."""

from holdfast.plan.models.actions import Action, Milestone, Objective
from holdfast.plan.models.dates import DateRevision, OnlyTheBoardMovesDates, stood
from holdfast.plan.models.evidence import Closure, EvidenceAnswer, EvidenceItem, ImpactReview, Reopening
from holdfast.plan.models.progress import Change, Correction, ProgressUpdate
from holdfast.plan.models.sustaining import Handover

__all__ = [
    "Action",
    "Change",
    "Closure",
    "Correction",
    "DateRevision",
    "EvidenceAnswer",
    "EvidenceItem",
    "Handover",
    "ImpactReview",
    "Milestone",
    "Objective",
    "OnlyTheBoardMovesDates",
    "ProgressUpdate",
    "Reopening",
    "stood",
]
