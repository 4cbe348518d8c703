"""A small set of Annex A lists of invented children, as cells, for tests to write and to spoil."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from analytics.books import write_book

D = date
WHO = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"]
DISABLED = "Does the Child have a Disability"
TEAM = ["Allocated Team", "Allocated Worker"]
A1 = ["A1", "b) Female", "a) WBRI", D(2005, 3, 1), 8.9]
A2 = ["A2", "a) Male", "m) AOTH", D(2010, 7, 9), 3.5]
A3 = ["A3", "Female", "White British", None, None]
NO, YES = "b) No", "a) Yes"
LISTS: dict[str, list[list[Any]]] = {
    "List_1": [
        [*WHO, "Date of Contact", "Contact Source"],
        [*A1, D(2013, 9, 2), "q) 6: Police"],
        [*A2, D(2013, 10, 1), "2A: Schools"],
    ],
    "List_2": [
        [*WHO, "Assessment start date", "Assessment completion date", "Organisation completing assessment"],
        [*A2, D(2013, 8, 20), D(2013, 9, 20), "Moor School"],
    ],
    "List_3": [
        [*WHO, "Date of referral", "Referral Source", "Referral NFA?", "Number of Referrals in Last 12 Months",
         *TEAM],
        [*A1, D(2013, 9, 3), "q) 6: Police", NO, 1, "North", "W. One"],
        [*A2, D(2013, 10, 2), "e) 2A: Schools", YES, 0, "South", "W. Two"],
        [*A2, D(2013, 12, 2), "e) 2A: Schools", NO, 1, "South", "W. Two"],
    ],
    "List_4": [
        [
            *WHO,
            DISABLED,
            "Continuous Assessment Start Date",
            "Child Seen During Continuous Assessment",
            "Continuous Assessment Date of Authorisation",
            "Was the child assessed as requiring LA children’s social care support?",
            *TEAM,
        ],
        [*A1, NO, D(2013, 9, 4), YES, D(2013, 11, 5), YES, "North", "W. One"],
        [*A2, YES, D(2013, 12, 3), YES, None, None, "South", "W. Two"],
    ],
    "List_5": [
        [
            *WHO,
            DISABLED,
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            "Was an Initial Child Protection Conference deemed unnecessary?",
            "Date of Initial Child Protection Conference",
            "Did the Initial Child Protection Conference Result in a Child Protection Plan",
            "Number of Section 47 Enquiries in the last 12 months",
            "Number of ICPCs in the last 12 months",
            *TEAM,
        ],
        [*A1, NO, D(2013, 10, 7), NO, D(2013, 10, 25), YES, 1, 1, "North", "W. One"],
    ],
    "List_6": [
        [
            *WHO,
            DISABLED,
            "CIN Start Date",
            "Primary Need Code",
            "Date Child Was Last Seen",
            "CIN Closure Date",
            "Reason for Closure",
            "Case Status",
            *TEAM,
        ],
        [*A1, NO, D(2013, 9, 3), "N1 - Abuse or neglect", D(2014, 1, 20),
         None, None, "b) Child Protection plan", "East", "W. Three"],
        [*A2, YES, D(2013, 12, 2), "N5", D(2014, 1, 2), D(2014, 1, 9), "RC8", "e) Closed episode", "South", "W. Two"],
        [*A3, NO, D(2012, 5, 1), "N2 - Child's disability", None, None, None, "c) Child in need plan", "West",
         "W. Four"],
    ],
    "List_7": [
        [
            *WHO,
            DISABLED,
            "Child Protection Plan Start Date",
            "Initial Category of Abuse",
            "Latest Category of Abuse",
            "Date of the Last Statutory Visit",
            "Was the Child Seen Alone?",
            "Date of latest review conference",
            "Child Protection Plan End Date",
            "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N))",
            "Number of Previous Child Protection Plans",
            *TEAM,
        ],
        [*A1, NO, D(2013, 10, 25), "a) Neglect", "d) Emotional abuse", D(2014, 1, 20), YES, D(2014, 1, 15),
         None, NO, 1, "East", "W. Three"],
    ],
    "List_8": [
        [
            *WHO,
            "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
            "Date Started to be Looked After",
            "Child's Category of Need",
            "Start date of current legal status",
            "Child's Legal Status",
            "Date of Latest Statutory Review",
            "Date of Last Dental Check",
            "Date Ceased to be Looked After",
            "Start Date of Most Recent Placement",
            "Placement Type",
            "Placement Provider",
            "Placement postcode",
        ],
        [*A3, YES, D(2013, 1, 7), "N8 - Absent parenting", D(2013, 3, 1), "C2: FCO", D(2013, 12, 1),
         D(2013, 6, 1), None, D(2013, 5, 2), "q) K2: Children's Homes", "e) PR4: Private provision", "EX1 1AA"],
    ],
    "List_9": [
        [*WHO, DISABLED, *TEAM, "Eligibility Category", "LA in Touch", "Type of Accommodation",
         "Suitability of Accommodation", "Activity Status"],
        ["A9", "a) Male", "r) OOTH", D(1995, 1, 1), 19, NO, "Leaving care", "W. Five",
         "b) Former relevant child", "a) Yes", "K: Ordinary lodgings, without formal support", "a) Suitable",
          "G5: Not in education"],
    ],
    "List_10": [
        [*WHO, "Family identifier", "Date of Decision that Child Should be Placed for Adoption",
         "Date of Placement Order"],
        ["A8", "Male", "WBRI", D(2012, 1, 1), 2, "F1", D(2013, 6, 3), D(2013, 8, 1)],
    ],
    "List_11": [
        ["Individual adopter identifier", "Family identifier", "Gender", "Date enquiry received"],
        ["P1", "F1", "b) Female", D(2013, 2, 2)],
    ],
}  # fmt: skip
AS_AT = D(2014, 1, 31)


def lists() -> dict[str, list[list[Any]]]:
    return deepcopy(LISTS)


def workbook(folder: Path, changed: dict[str, list[list[Any]]] | None = None) -> Path:
    return write_book(folder / "annex a.xlsx", LISTS if changed is None else changed)
