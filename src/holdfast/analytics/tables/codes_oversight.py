"""Code lists of the oversight extract. No return of the Department's has them: they are ours, and short."""

from types import MappingProxyType

from holdfast.analytics.tables.codes import Codes

SUPERVISION_KIND: Codes = MappingProxyType(
    {"CASE": "Discussion of the case", "REFL": "Reflective discussion of the case"}
)
"""supv_supervision_kind."""

DECISION: Codes = MappingProxyType(
    {
        "REF": "What is done with a referral",
        "ALL": "Allocation of the case",
        "S47": "Strategy discussion or section 47 enquiry",
        "ASM": "Sign-off of an assessment",
        "UP": "Step up",
        "DOWN": "Step down",
        "CLO": "Closing of the case",
        "OTH": "Another decision",
    }
)
"""mdec_decision_about."""

DECIDED_BY: Codes = MappingProxyType(
    {
        "SP": "Senior practitioner",
        "TM": "Team manager",
        "SM": "Service manager",
        "HOS": "Head of service",
        "OTH": "Another role",
    }
)
"""mdec_decided_by_role. A role that is none of these is another role: its words are left behind."""
