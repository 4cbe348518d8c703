"""Code lists of the looked-after tables, as the SSDA903 return gives them.

Source: the codes of the SSDA903 schema of 2024; their meanings in our own short words. Codes that came later (supported
accommodation, from 2024-25) are in no list here, so a value that carries one is sent and not understood. Rule: a code
is never removed, because an old file must still be read.
"""

from types import MappingProxyType

from holdfast.analytics.tables.codes import Codes

START_REASON: Codes = MappingProxyType(
    {
        "S": "Started to be looked after",
        "L": "Change of legal status only",
        "P": "Change of placement and carer only",
        "T": "Change of placement, same carer",
        "B": "Change of legal status, placement and carer",
        "U": "Change of legal status and placement, same carer",
    }
)
"""RNE."""

LEGAL_STATUS: Codes = MappingProxyType(
    {
        "C1": "Interim care order",
        "C2": "Full care order",
        "D1": "Freeing order granted",
        "E1": "Placement order granted",
        "V2": "Accommodated under section 20",
        "V3": "Short-term placements by agreement, each recorded",
        "V4": "Short breaks by agreement",
        "L1": "Under police protection",
        "L2": "Emergency protection order",
        "L3": "Under a child assessment order",
        "J1": "Remanded to accommodation",
        "J2": "Detained under PACE",
        "J3": "Sentenced to a youth order with residence",
    }
)
"""LS."""

PLACEMENT: Codes = MappingProxyType(
    {
        "A3": "Placed for adoption with consent, current foster carer",
        "A4": "Placed for adoption with consent, others",
        "A5": "Placed for adoption by order, current foster carer",
        "A6": "Placed for adoption by order, others",
        "H5": "Semi-independent living",
        "K1": "Secure children's home",
        "K2": "Children's home",
        "P1": "With own parents",
        "P2": "Independent living",
        "P3": "Residential employment",
        "R1": "Residential care home",
        "R2": "Health establishment",
        "R3": "Family centre or mother and baby unit",
        "R5": "Young offender institution",
        "S1": "Residential school",
        "T0": "Temporary move of any kind",
        "T1": "Temporary: in hospital",
        "T2": "Temporary: on holiday",
        "T3": "Temporary: on trial",
        "T4": "Temporary: foster carer on holiday",
        "U1": "Foster placement with relative or friend, long term",
        "U2": "Foster placement with relative or friend, for adoption",
        "U3": "Foster placement with relative or friend, other",
        "U4": "Foster placement with other carer, long term",
        "U5": "Foster placement with other carer, for adoption",
        "U6": "Foster placement with other carer, other",
        "Z1": "Other placement",
    }
)
"""PLACE."""

PROVIDER: Codes = MappingProxyType(
    {
        "PR0": "Parents or others with parental responsibility",
        "PR1": "Own provision",
        "PR2": "Another council",
        "PR3": "Other public provision",
        "PR4": "Private provision",
        "PR5": "Voluntary provision",
    }
)
"""PLACE_PROVIDER."""

CEASED_REASON: Codes = MappingProxyType(
    {
        "X1": "A new episode began on the same or the next day",
        "E11": "Adopted, unopposed",
        "E12": "Adopted, consent dispensed with",
        "E2": "Died",
        "E3": "Care taken over by another council",
        "E4A": "Returned home, as planned",
        "E4B": "Returned home, not as planned",
        "E13": "Left to live with a relative without parental responsibility",
        "E41": "Residence or child arrangements order",
        "E45": "Special guardianship to former foster carers, relatives",
        "E46": "Special guardianship to former foster carers, others",
        "E47": "Special guardianship to others, relatives",
        "E48": "Special guardianship to others, not relatives",
        "E5": "Independent living, supported",
        "E6": "Independent living, unsupported",
        "E7": "Adult social services",
        "E9": "Sentenced to custody",
        "E14": "Remand ended",
        "E15": "Found to be 18 or over",
        "E16": "Moved abroad",
        "E17": "Turned 18 and stayed with carers",
        "E8": "Other reason",
    }
)
"""REC."""

CHANGE_REASON: Codes = MappingProxyType(
    {
        "CARPL": "Change to or of the care plan",
        "CLOSE": "Resignation or closure of the provision",
        "ALLEG": "Allegation",
        "STAND": "Standards of care concern",
        "APPRR": "Approval removed",
        "CREQB": "Carer asked, because of behaviour",
        "CREQO": "Carer asked, other reason",
        "CHILD": "Child asked",
        "LAREQ": "Council or placing authority asked",
        "PLACE": "Change in the status of the placement only",
        "CUSTOD": "Custody arrangement",
        "OTHER": "Other",
    }
)
"""REASON_PLACE_CHANGE."""

PARTICIPATION: Codes = MappingProxyType(
    {
        "PN0": "Under four at the review",
        "PN1": "Attended and spoke",
        "PN2": "Attended, an advocate spoke",
        "PN3": "Attended, gave views without words",
        "PN4": "Attended, gave no views",
        "PN5": "Did not attend, briefed an advocate",
        "PN6": "Did not attend, sent views otherwise",
        "PN7": "Did not attend, sent no views",
    }
)
"""REVIEW_CODE; the conferences of child protection use it too."""

MISSING_TYPE: Codes = MappingProxyType({"M": "Missing", "A": "Away without authorisation"})
"""MISSING."""

IN_TOUCH: Codes = MappingProxyType(
    {
        "YES": "In touch",
        "NO": "Not in touch",
        "DIED": "Died after leaving care",
        "REFU": "Refuses contact",
        "NREQ": "No longer requires services",
        "RHOM": "Returned home for six months or more",
    }
)
"""IN_TOUCH."""

ACTIVITY: Codes = MappingProxyType(
    {
        "F1": "Full time in higher education",
        "P1": "Part time in higher education",
        "F2": "Full time in other education",
        "P2": "Part time in other education",
        "F4": "Full time in training or employment (until 2015)",
        "P4": "Part time in training or employment (until 2015)",
        "F5": "Full time in an apprenticeship, training or employment",
        "P5": "Part time in an apprenticeship, training or employment",
        "G4": "Not in education or work: illness or disability",
        "G5": "Not in education or work: other",
        "G6": "Not in education or work: pregnancy or parenting",
        "0": "No information",
    }
)
"""ACTIV."""

ACCOMMODATION: Codes = MappingProxyType(
    {
        **{
            code: words
            for letter, place in (
                ("B", "With parents or relatives"),
                ("C", "Community home or other residential care"),
                ("D", "Semi-independent, transitional"),
                ("E", "Supported lodgings"),
                ("G", "Gone abroad"),
                ("H", "Deported"),
                ("K", "Ordinary lodgings"),
                ("R", "Residence not known"),
                ("S", "No fixed abode or homeless"),
                ("T", "Foyers and the like"),
                ("U", "Independent living"),
                ("V", "Emergency accommodation"),
                ("W", "Bed and breakfast"),
                ("X", "In custody"),
                ("Y", "Other accommodation"),
                ("Z", "With former foster carers"),
            )
            for code, words in (
                (letter, f"{place}; whether suitable is not said"),
                (f"{letter}1", f"{place}; suitable"),
                (f"{letter}2", f"{place}; not suitable"),
            )
        },
        "0": "No information",
    }
)
"""ACCOM: a letter for the place, 1 where it is suitable and 2 where it is not; the daily feed has the letter alone."""

PLACED_CEASED: Codes = MappingProxyType(
    {
        "RD1": "The child's needs changed",
        "RD2": "The court did not make a placement order",
        "RD3": "Prospective adopters could not be found",
        "RD4": "Any other reason",
    }
)
"""REASON_PLACED_CEASED."""

PREVIOUS_PERMANENCE: Codes = MappingProxyType(
    {
        "P1": "Adoption",
        "P2": "Special guardianship order",
        "P3": "Residence or child arrangements order, until 18",
        "P4": "Unknown",
        "Z1": "None",
    }
)
"""PREV_PERM."""

SDQ_REASON: Codes = MappingProxyType(
    {
        "SDQ1": "No form returned: child too young or old",
        "SDQ2": "Carer refused",
        "SDQ3": "Not possible, because of the child's needs",
        "SDQ4": "Other",
        "SDQ5": "Child or young person refuses",
    }
)
"""SDQ_REASON: why there is no score."""

WORKER_CHANGE: Codes = MappingProxyType(
    {
        "MANAGE": "Manager's decision",
        "FCONTA": "First contact",
        "LEFTRL": "Left the role",
        "ORGRST": "Organisational restructure",
        "TSPROC": "Transfer to another team by process",
        "ABSENC": "Absence",
        "CHCHAN": "The child asked for another",
        "PCCHAN": "The parent or carer asked for another",
        "SWDIED": "The worker died",
        "OTHERS": "Other",
    }
)
"""SW_REASON."""
