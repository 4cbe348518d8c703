"""Rules about what an episode (CINdetails) may hold inside it, census of 2022/23."""

from holdfast.analytics.validation.rule import rule


@rule(
    "8831",
    "error",
    "CINdetails",
    "AssessmentActualStartDate AssessmentAuthorisationDate S47ActualStartDate DateOfInitialCPC",
    "A referral without further action has an assessment, an enquiry or a conference.",
    fails="""CINdetails: LAchildID CINdetailsID ReferralNFA DateOfInitialCPC
        ! A1 1 true -
        ! A1 2 1 2025-06-01
        ! A1 3 1 -

        Assessments: LAchildID CINdetailsID AssessmentActualStartDate AssessmentAuthorisationDate
        A1 1 - 2025-06-01

        Section47: LAchildID CINdetailsID S47ActualStartDate DateOfInitialCPC
        A1 3 2025-06-01 -""",
    passes="""CINdetails: LAchildID CINdetailsID ReferralNFA DateOfInitialCPC
        A1 1 true -
        A1 2 false 2025-06-01
        A1 3 - 2025-06-01

        Assessments: LAchildID CINdetailsID AssessmentActualStartDate AssessmentAuthorisationDate
        A1 1 - -
        A1 2 2025-06-01 -

        Section47: LAchildID CINdetailsID S47ActualStartDate DateOfInitialCPC
        A1 1 - -""",
)
def rule_8831() -> str:
    """The conference's date of the episode or of its enquiry. A block without the dates does not break this rule; a
    date that was sent and is no date is there."""
    return """SELECT e.row FROM CINdetails e WHERE e.ReferralNFA IS TRUE AND (NOT ABSENT(e.DateOfInitialCPC)
        OR EXISTS (SELECT 1 FROM Assessments a WHERE a.episode = e.episode
            AND NOT (ABSENT(a.AssessmentActualStartDate) AND ABSENT(a.AssessmentAuthorisationDate)))
        OR EXISTS (SELECT 1 FROM Section47 s WHERE s.episode = e.episode
            AND NOT (ABSENT(s.S47ActualStartDate) AND ABSENT(s.DateOfInitialCPC))))"""


@rule(
    "8866",
    "error",
    "CINdetails",
    "CINreferralDate ReferralSource",
    "The source of the referral is missing, or is none of the list.",
    fails="CINdetails: CINreferralDate ReferralSource\n! 2013-04-01 -\n! 2025-06-01 1\n! 2025-06-01 5E",
    passes="CINdetails: CINreferralDate ReferralSource\n  2013-03-31 -\n  2025-06-01 5d\n  - -",
)
def rule_8866() -> str:
    """Asked of referrals from 1 April 2013; the year's list. A referral without a date is not asked."""
    return """SELECT e.row FROM CINdetails e WHERE e.CINreferralDate >= DATE '2013-04-01'
        AND (e.ReferralSource IS NULL OR e.ReferralSource NOT IN $REFERRAL_SOURCE)"""


@rule(
    "8867",
    "error",
    "CINdetails",
    "CINclosureDate AssessmentAuthorisationDate",
    "The episode is closed, and an assessment of it is not completed.",
    fails="CINdetails: LAchildID CINdetailsID CINclosureDate\n! A1 1 2025-06-01\n\n"
    "Assessments: LAchildID CINdetailsID AssessmentAuthorisationDate\n  A1 1 2025-05-01\n  A1 1 -",
    passes="CINdetails: LAchildID CINdetailsID CINclosureDate\n  A1 1 2025-06-01\n  A1 2 -\n  A1 3 2025-06-01\n\n"
    "Assessments: LAchildID CINdetailsID AssessmentAuthorisationDate\n  A1 1 2025-05-01\n  A1 2 -",
)
def rule_8867() -> str:
    """A date that was sent and is no date is there. An episode without assessments passes."""
    return """SELECT e.row FROM CINdetails e WHERE NOT ABSENT(e.CINclosureDate) AND EXISTS
        (SELECT 1 FROM Assessments a WHERE a.episode = e.episode AND ABSENT(a.AssessmentAuthorisationDate))"""


@rule(
    "8868",
    "error",
    "CINdetails",
    "ICPCnotRequired CINclosureDate DateOfInitialCPC",
    "The episode is closed, and a section 47 enquiry of it has neither a conference nor a mark that none was required.",
    fails="CINdetails: LAchildID CINdetailsID CINclosureDate\n! A1 1 2025-06-01\n! A1 2 2025-06-01\n\n"
    "Section47: LAchildID CINdetailsID DateOfInitialCPC ICPCnotRequired\n  A1 1 - false\n  A1 2 - -",
    passes="CINdetails: LAchildID CINdetailsID CINclosureDate\n  A1 1 2025-06-01\n  A1 2 -\n\n"
    "Section47: LAchildID CINdetailsID DateOfInitialCPC ICPCnotRequired\n  A1 1 2025-05-01 false\n"
    "  A1 1 - true\n  A1 2 - false",
)
def rule_8868() -> str:
    """A mark that is missing, or is neither yes nor no, is not true. A date that was sent and is no date is there."""
    return """SELECT e.row FROM CINdetails e WHERE NOT ABSENT(e.CINclosureDate) AND EXISTS (SELECT 1 FROM Section47 s
        WHERE s.episode = e.episode AND ABSENT(s.DateOfInitialCPC) AND s.ICPCnotRequired IS NOT TRUE)"""


@rule(
    "8890",
    "error",
    "CINdetails",
    "S47ActualStartDate",
    "A section 47 enquiry of the episode starts while another is under way.",
    fails="CINdetails: LAchildID CINdetailsID\n! A1 1\n! A1 2\n\n"
    "Section47: LAchildID CINdetailsID S47ActualStartDate DateOfInitialCPC ICPCnotRequired\n"
    "  A1 1 2025-05-01 2025-06-01 false\n  A1 1 2025-06-01 - true\n  A1 2 2025-05-01 - -\n  A1 2 2025-07-01 - true",
    passes="CINdetails: LAchildID CINdetailsID\n  A1 1\n  A1 2\n\n"
    "Section47: LAchildID CINdetailsID S47ActualStartDate DateOfInitialCPC ICPCnotRequired\n"
    "  A1 1 2025-05-01 2025-06-01 false\n  A1 1 2025-06-02 - true\n  A1 2 2025-05-01 - true\n  A1 2 2025-07-01 - true",
)
def rule_8890() -> str:
    """Names the episode, whose module the rule is. On the day of the other's start or conference counts as within. An
    enquiry that needs no conference has no end and holds nothing. Two of one day hold each other. An empty value
    does not break this rule."""
    return """SELECT e.row FROM CINdetails e WHERE e.episode IN (
        SELECT s.episode FROM Section47 s JOIN Section47 o ON o.episode = s.episode AND o.row <> s.row
        WHERE s.S47ActualStartDate >= o.S47ActualStartDate AND (s.S47ActualStartDate <= o.DateOfInitialCPC
            OR (ABSENT(o.DateOfInitialCPC) AND o.ICPCnotRequired IS NOT TRUE
                AND s.S47ActualStartDate <= $reference)))"""


@rule(
    "2990",
    "error",
    "CINdetails",
    "ReasonForClosure",
    "The episode was closed after assessment, and has an enquiry, a plan or a conference.",
    fails="""CINdetails: LAchildID CINdetailsID ReasonForClosure DateOfInitialCPC
        ! A1 1 RC8 -
        ! A1 2 RC9 -
        ! A1 3 RC8 -
        ! A1 4 RC8 2025-06-01

        Section47: LAchildID CINdetailsID
        A1 1

        ChildProtectionPlans: LAchildID CINdetailsID
        A1 2

        CINplanDates: LAchildID CINdetailsID
        A1 3""",
    passes="""CINdetails: LAchildID CINdetailsID ReasonForClosure DateOfInitialCPC
        A1 1 RC8 -
        A1 2 RC1 2025-06-01

        Section47: LAchildID CINdetailsID
        A1 2

        ChildProtectionPlans: LAchildID CINdetailsID
        A2 1

        CINplanDates: LAchildID CINdetailsID
        A1 2""",
)
def rule_2990() -> str:
    """RC8 and RC9. A block that is there counts, whatever it holds."""
    return """SELECT e.row FROM CINdetails e WHERE e.ReasonForClosure IN ('RC8', 'RC9')
        AND (NOT ABSENT(e.DateOfInitialCPC)
        OR EXISTS (SELECT 1 FROM Section47 s WHERE s.episode = e.episode)
        OR EXISTS (SELECT 1 FROM ChildProtectionPlans p WHERE p.episode = e.episode)
        OR EXISTS (SELECT 1 FROM CINplanDates n WHERE n.episode = e.episode))"""


@rule(
    "2991Q",
    "query",
    "CINdetails",
    "CINdetailsID",
    "The episode has a section 47 enquiry and no assessment.",
    fails="CINdetails: LAchildID CINdetailsID\n! A1 1\n\nSection47: LAchildID CINdetailsID\n  A1 1\n\n"
    "Assessments: LAchildID CINdetailsID\n  A2 1",
    passes="CINdetails: LAchildID CINdetailsID\n  A1 1\n  A1 2\n\nSection47: LAchildID CINdetailsID\n  A1 1\n\n"
    "Assessments: LAchildID CINdetailsID\n  A1 1",
)
def rule_2991q() -> str:
    """A block that is there counts, whatever it holds."""
    return """SELECT e.row FROM CINdetails e WHERE EXISTS (SELECT 1 FROM Section47 s WHERE s.episode = e.episode)
        AND NOT EXISTS (SELECT 1 FROM Assessments a WHERE a.episode = e.episode)"""
