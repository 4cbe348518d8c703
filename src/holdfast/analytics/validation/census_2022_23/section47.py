"""Rules about section 47 enquiries, census of 2022/23."""

from holdfast.analytics.validation.rule import rule


@rule(
    "1104",
    "error",
    "Section47",
    "CINreferralDate DateOfInitialCPC",
    "The initial child protection conference is before the referral.",
    fails="CINdetails: LAchildID CINdetailsID CINreferralDate\n  A1 1 2025-06-02\n\n"
    "Section47: LAchildID CINdetailsID DateOfInitialCPC\n! A1 1 2025-06-01",
    passes="CINdetails: LAchildID CINdetailsID CINreferralDate\n  A1 1 2025-06-02\n  A1 2 -\n\n"
    "Section47: LAchildID CINdetailsID DateOfInitialCPC\n  A1 1 2025-06-02\n  A1 2 2025-06-01\n  A1 1 -",
)
def rule_1104() -> str:
    """The enquiry's conference against its own episode's referral; the episode's own conference is of another module.
    An empty value does not break this rule."""
    return """SELECT DISTINCT s.row FROM Section47 s JOIN CINdetails e ON e.episode = s.episode
        WHERE s.DateOfInitialCPC < e.CINreferralDate"""


@rule(
    "2884",
    "error",
    "Section47",
    "DateOfInitialCPC",
    "The initial child protection conference is recorded with the enquiry and with the episode.",
    fails="CINdetails: LAchildID CINdetailsID DateOfInitialCPC\n  A1 1 2025-06-01\n  A2 1 2025-06-01\n\n"
    "Section47: LAchildID CINdetailsID DateOfInitialCPC\n! A1 1 2025-06-01\n  A2 1 2025-06-02",
    passes="CINdetails: LAchildID CINdetailsID DateOfInitialCPC\n  A1 1 -\n  A1 2 2025-06-01\n  A1 3 2025-06-02\n\n"
    "Section47: LAchildID CINdetailsID DateOfInitialCPC\n  A1 1 2025-07-01\n  A1 2 -\n  A1 3 2025-06-03",
)
def rule_2884() -> str:
    """The rule has no text but its message. One conference recorded twice: the same date, with the child's episode and
    with an enquiry of the child. Two dates are two conferences. An empty value does not break this rule."""
    return """SELECT s.row FROM Section47 s WHERE EXISTS
        (SELECT 1 FROM CINdetails e WHERE e.child = s.child AND e.DateOfInitialCPC = s.DateOfInitialCPC)"""


@rule(
    "2889",
    "error",
    "Section47",
    "S47ActualStartDate CINreferralDate",
    "The section 47 enquiry starts before the referral.",
    fails="CINdetails: LAchildID CINdetailsID CINreferralDate\n  A1 1 2025-06-02\n\n"
    "Section47: LAchildID CINdetailsID S47ActualStartDate\n! A1 1 2025-06-01",
    passes="CINdetails: LAchildID CINdetailsID CINreferralDate\n  A1 1 2025-06-02\n  A1 2 -\n\n"
    "Section47: LAchildID CINdetailsID S47ActualStartDate\n  A1 1 2025-06-02\n  A1 2 2025-06-01\n  A1 1 -",
)
def rule_2889() -> str:
    """The referral of its own episode. An empty value does not break this rule."""
    return """SELECT DISTINCT s.row FROM Section47 s JOIN CINdetails e ON e.episode = s.episode
        WHERE s.S47ActualStartDate < e.CINreferralDate"""


@rule(
    "8615",
    "error",
    "Section47",
    "S47ActualStartDate DateOfInitialCPC",
    "The enquiry has a conference, and its start is missing or later.",
    fails="Section47: S47ActualStartDate DateOfInitialCPC\n! - 2025-06-01\n! 2025-06-02 2025-06-01",
    passes="Section47: S47ActualStartDate DateOfInitialCPC\n  2025-06-01 2025-06-01\n  - -\n  2025-06-02 -",
)
def rule_8615() -> str:
    """A start that is no date is missing. Without a conference nothing is asked."""
    return """SELECT s.row FROM Section47 s WHERE s.DateOfInitialCPC IS NOT NULL
        AND (s.S47ActualStartDate IS NULL OR s.S47ActualStartDate > s.DateOfInitialCPC)"""


@rule(
    "8675Q",
    "query",
    "Section47",
    "DateOfInitialCPC S47ActualStartDate ICPCnotRequired",
    "An enquiry that needs a conference and has none started more than 15 working days before the reference date.",
    fails="Section47: S47ActualStartDate DateOfInitialCPC ICPCnotRequired\n! 2026-03-09 - false\n! 2026-03-08 - 0",
    passes="Section47: S47ActualStartDate DateOfInitialCPC ICPCnotRequired\n  2026-03-10 - false\n"
    "  2026-03-09 - true\n  2026-03-09 - -\n  2026-03-09 2026-03-31 false\n  - - false",
)
def rule_8675q() -> str:
    """Working days in England, the day of the start being day 0: 15 before Tuesday 31 March 2026 is Tuesday 10 March.
    Asked only where the mark says false; a conference that was sent and is no date is there."""
    return """SELECT s.row FROM Section47 s WHERE ABSENT(s.DateOfInitialCPC) AND s.ICPCnotRequired IS FALSE
        AND s.S47ActualStartDate < $n_working_days_before_reference_15"""


@rule(
    "8715",
    "error",
    "Section47",
    "DateOfInitialCPC ReferenceDate",
    "The initial child protection conference is not in the census year.",
    fails="Section47: DateOfInitialCPC\n! 2025-03-31\n! 2026-04-01",
    passes="Section47: DateOfInitialCPC\n  2025-04-01\n  2026-03-31\n  -",
)
def rule_8715() -> str:
    """An empty value does not break this rule."""
    return "SELECT s.row FROM Section47 s WHERE s.DateOfInitialCPC NOT BETWEEN $start AND $reference"


@rule(
    "8740",
    "error",
    "Section47",
    "S47ActualStartDate DateOfInitialCPC ICPCnotRequired",
    "An enquiry that needs a conference and has none did not start in the census year.",
    fails="Section47: S47ActualStartDate DateOfInitialCPC ICPCnotRequired\n! 2025-03-31 - false\n! 2026-04-01 - 0",
    passes="Section47: S47ActualStartDate DateOfInitialCPC ICPCnotRequired\n  2025-04-01 - false\n"
    "  2025-03-31 - true\n  2025-03-31 - -\n  2025-03-31 2025-04-02 false\n  - - false",
)
def rule_8740() -> str:
    """Asked only where the mark says false. A start that is missing does not break this rule."""
    return """SELECT s.row FROM Section47 s WHERE ABSENT(s.DateOfInitialCPC) AND s.ICPCnotRequired IS FALSE
        AND s.S47ActualStartDate NOT BETWEEN $start AND $reference"""


@rule(
    "8839",
    "error",
    "Section47",
    "DateOfInitialCPC",
    "The episode has more than one open section 47 enquiry.",
    fails="Section47: LAchildID CINdetailsID DateOfInitialCPC ICPCnotRequired\n"
    "! A1 1 - false\n! A1 1 - -\n  A1 1 - true",
    passes="Section47: LAchildID CINdetailsID DateOfInitialCPC ICPCnotRequired\n  A1 1 - false\n  A1 1 - true\n"
    "  A1 1 2025-06-01 false\n  A1 2 - false",
)
def rule_8839() -> str:
    """Names each of them. Open: no conference, and no mark that none is required; the text's first half alone would
    count enquiries that need none. A mark that is missing, or is neither yes nor no, is not true."""
    return """SELECT s.row FROM Section47 s WHERE ABSENT(s.DateOfInitialCPC) AND s.ICPCnotRequired IS NOT TRUE
        AND s.episode IN (SELECT o.episode FROM Section47 o WHERE ABSENT(o.DateOfInitialCPC)
            AND o.ICPCnotRequired IS NOT TRUE GROUP BY o.episode HAVING count(*) > 1)"""


@rule(
    "8870Q",
    "query",
    "Section47",
    "InitialCPCtarget",
    "The target date of the conference is at a weekend.",
    fails="Section47: InitialCPCtarget\n! 2025-06-07\n! 2025-06-08",
    passes="Section47: InitialCPCtarget\n  2025-06-06\n  2025-06-09\n  -",
)
def rule_8870q() -> str:
    """Saturday or Sunday; a bank holiday passes. An empty value does not break this rule."""
    return "SELECT s.row FROM Section47 s WHERE isodow(s.InitialCPCtarget) > 5"


@rule(
    "8875",
    "error",
    "Section47",
    "DateOfInitialCPC",
    "The initial child protection conference is at a weekend.",
    fails="Section47: DateOfInitialCPC\n! 2025-06-07\n! 2025-06-08",
    passes="Section47: DateOfInitialCPC\n  2025-06-06\n  2025-06-09\n  -",
)
def rule_8875() -> str:
    """Saturday or Sunday; a bank holiday passes. An empty value does not break this rule."""
    return "SELECT s.row FROM Section47 s WHERE isodow(s.DateOfInitialCPC) > 5"
