"""What the audits room holds, by noun: Django looks for every model here."""

from holdfast.audits.models.auditing import (
    Audit,
    AuditPlan,
    Conflict,
    Critical,
    CriticalStep,
    Grading,
    Moderation,
    OutOfHours,
    PlannedAudits,
    Remedy,
)
from holdfast.audits.models.grading_together import Calibration, CalibrationGrade, Panel, PanelMember
from holdfast.audits.models.joint import JointAudit, JointJudgement, JointReturn, Lesson
from holdfast.audits.models.learning import Briefing, Finding, FindingAction
from holdfast.audits.models.samples import Sample, SampledCase

__all__ = [
    "Audit",
    "AuditPlan",
    "Briefing",
    "Calibration",
    "CalibrationGrade",
    "Conflict",
    "Critical",
    "CriticalStep",
    "Finding",
    "FindingAction",
    "Grading",
    "JointAudit",
    "JointJudgement",
    "JointReturn",
    "Lesson",
    "Moderation",
    "OutOfHours",
    "Panel",
    "PanelMember",
    "PlannedAudits",
    "Remedy",
    "Sample",
    "SampledCase",
]
