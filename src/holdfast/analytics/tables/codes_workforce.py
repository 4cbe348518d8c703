"""Code lists of the social work workforce return, as its schema of 2022 gives them, in our own short words."""

from types import MappingProxyType

from holdfast.analytics.tables.codes import Codes

ROLE: Codes = MappingProxyType(
    {
        "1": "Senior manager",
        "2": "Middle manager",
        "3": "First line manager",
        "4": "Senior practitioner",
        "5": "Case holder",
        "6": "Qualified without cases",
    }
)
"""OrgRole."""

ORIGIN: Codes = MappingProxyType(
    {
        "1": "Newly qualified",
        "2": "Another council in England",
        "3": "Social work outside England",
        "4": "Agency or consultancy in England",
        "5": "Social work outside councils",
        "6": "Another social care role",
        "7": "Another role, no employment or a career break",
        "8": "Other",
        "9": "Not known",
        "10": "Not yet collected",
    }
)
"""StartOrigin."""

DESTINATION: Codes = MappingProxyType(
    {
        "1": "Another council in England",
        "2": "Social work outside England",
        "3": "Agency or consultancy in England",
        "4": "Social work outside councils",
        "5": "Another social care role",
        "6": "Another role, no employment or a career break",
        "7": "Other",
        "8": "Not known",
        "9": "Not yet collected",
    }
)
"""LeaverDestination."""

LEAVING: Codes = MappingProxyType(
    {
        "1": "Resignation",
        "2": "Voluntary redundancy",
        "3": "Compulsory redundancy",
        "4": "Dismissed",
        "5": "Retired",
        "6": "Deceased",
        "7": "Moved to another role within the council",
        "8": "Other",
        "9": "Not known",
        "10": "Not yet collected",
    }
)
"""ReasonLeave."""

ABSENCE: Codes = MappingProxyType(
    {
        "MAT": "Maternity or paternity leave",
        "OTH": "Other paid authorised absence",
        "PUB": "Public duties",
        "SIC": "Sick leave",
        "TRN": "Training",
        "UNA": "Unauthorised absence",
        "UNP": "Unpaid authorised absence",
    }
)
"""ReasonAbsence."""

STATUS: Codes = MappingProxyType(
    {
        "1": "Assessed and supported year in employment",
        "2": "Frontline practitioner",
        "3": "Practice supervisor",
        "4": "Practice leader",
    }
)
"""CFKSSstatus."""
