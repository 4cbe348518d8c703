"""What the practice room holds, by noun: Django looks for every model here."""

from holdfast.practice.models.early_help import EarlyHelpMonth, LateReason
from holdfast.practice.models.oversight import Standard, StandardClause
from holdfast.practice.models.thresholds import (
    Briefing,
    BriefingWithdrawal,
    Exercise,
    RouteLine,
    Vignette,
    VignetteDecision,
)

__all__ = [
    "Briefing",
    "BriefingWithdrawal",
    "EarlyHelpMonth",
    "Exercise",
    "LateReason",
    "RouteLine",
    "Standard",
    "StandardClause",
    "Vignette",
    "VignetteDecision",
]
