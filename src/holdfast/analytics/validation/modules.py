"""The census's modules as tables: which elements each has, and of what kind; and the keys by which they nest.

SOURCE: CIN_schema_2017.xsd to CIN_schema_2024.xsd; Sex from rule 4180. Rule: a module's name is taken in any capital
letters (the element is CINPlanDates), an element's as it is.
"""

from collections.abc import Mapping

MODULES: Mapping[str, Mapping[str, str]] = {
    name: dict(part.split(":") for part in columns.split())
    for name, columns in {
        "Header": "Collection:text Year:text ReferenceDate:date LEA:text",
        "ChildIdentifiers": "LAchildID:text UPN:code FormerUPN:code UPNunknown:code PersonBirthDate:date "
        "ExpectedPersonBirthDate:date Sex:code GenderCurrent:code PersonDeathDate:date",
        "ChildCharacteristics": "LAchildID:text Ethnicity:code",
        "Disabilities": "LAchildID:text Disability:code",
        "CINdetails": "LAchildID:text CINdetailsID:text CINreferralDate:date ReferralSource:code PrimaryNeedCode:code "
        "CINclosureDate:date ReasonForClosure:code DateOfInitialCPC:date ReferralNFA:flag",
        "Assessments": "LAchildID:text CINdetailsID:text AssessmentID:text AssessmentActualStartDate:date "
        "AssessmentInternalReviewDate:date AssessmentAuthorisationDate:date AssessmentFactors:codes",
        "CINplanDates": "LAchildID:text CINdetailsID:text CINPlanStartDate:date CINPlanEndDate:date",
        "Section47": "LAchildID:text CINdetailsID:text S47ActualStartDate:date InitialCPCtarget:date "
        "DateOfInitialCPC:date ICPCnotRequired:flag",
        "ChildProtectionPlans": "LAchildID:text CINdetailsID:text CPPID:text CPPstartDate:date CPPendDate:date "
        "InitialCategoryOfAbuse:code LatestCategoryOfAbuse:code NumberOfPreviousCPP:count",
        "Reviews": "LAchildID:text CINdetailsID:text CPPID:text CPPreviewDate:date",
    }.items()
}
"""Module -> element -> kind: text, code (in any capital letters), codes (none, one or several), date, flag, count."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "child": ("LAchildID",),
    "episode": ("LAchildID", "CINdetailsID"),
    "assessment": ("LAchildID", "CINdetailsID"),
    "plan": ("LAchildID", "CPPID"),
}
"""A key of ours -> the elements that it is made from. An assessment's own id is optional (AssessmentID), as is a plan's
CINdetailsID."""

IN_SMALL_LETTERS = {name.lower(): name for name in MODULES}
