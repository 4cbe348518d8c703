"""What is true of the bodies, their meetings, what was minuted, decided and challenged. By noun; import from here.

Rule: what was agreed, approved or withdrawn stays to be read: rows end, and are not removed.
"""

from holdfast.governance.models.agenda import AgendaItem, ForwardItem, Paper
from holdfast.governance.models.assurance import (
    DutyAssurance,
    InterventionStep,
    ScrutinyRecommendation,
    ScrutinyResponse,
    SupportSession,
)
from holdfast.governance.models.bodies import Constitution, Membership
from holdfast.governance.models.challenges import Challenge, ChallengeAnswer, ChallengeClosing
from holdfast.governance.models.decisions import Assent, Decision, Effect
from holdfast.governance.models.meetings import Attendance, Meeting
from holdfast.governance.models.minutes import Amendment, MinuteEntry, Minutes
from holdfast.governance.models.packs import Pack
from holdfast.governance.models.reminding import CalendarAddress, Digest
from holdfast.governance.models.risks import Risk, RiskControl, RiskLifting, RiskReview, RiskScore

__all__ = [
    "AgendaItem",
    "Amendment",
    "Assent",
    "Attendance",
    "CalendarAddress",
    "Challenge",
    "ChallengeAnswer",
    "ChallengeClosing",
    "Constitution",
    "Decision",
    "Digest",
    "DutyAssurance",
    "Effect",
    "ForwardItem",
    "InterventionStep",
    "Meeting",
    "Membership",
    "MinuteEntry",
    "Minutes",
    "Pack",
    "Paper",
    "Risk",
    "RiskControl",
    "RiskLifting",
    "RiskReview",
    "RiskScore",
    "ScrutinyRecommendation",
    "ScrutinyResponse",
    "SupportSession",
]
