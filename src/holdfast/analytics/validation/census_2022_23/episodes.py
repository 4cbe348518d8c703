"""Rules about episodes (CINdetails), census of 2022/23. Not here: what only concerns what is inside an episode."""

from holdfast.analytics.validation.rule import rule


@rule(
    "8555Q",
    "query",
    "CINdetails",
    "PersonDeathDate CINreferralDate",
    "The child is referred after its date of death.",
    fails="ChildIdentifiers: LAchildID PersonDeathDate\n  A1 2025-06-01\n\n"
    "CINdetails: LAchildID CINreferralDate\n! A1 2025-06-02",
    passes="ChildIdentifiers: LAchildID PersonDeathDate\n  A1 2025-06-01\n  A2 -\n\n"
    "CINdetails: LAchildID CINreferralDate\n  A1 2025-06-01\n  A2 2025-06-02",
)
def rule_8555q() -> str:
    """An empty value does not break this rule."""
    return """SELECT e.row FROM CINdetails e WHERE EXISTS
        (SELECT 1 FROM ChildIdentifiers c WHERE c.child = e.child AND c.PersonDeathDate < e.CINreferralDate)"""


@rule(
    "8568",
    "error",
    "CINdetails",
    "ReferralNFA",
    "Whether the referral led to no further action is missing, or is neither yes nor no.",
    fails="CINdetails: ReferralNFA\n! -\n! 2\n! maybe",
    passes="CINdetails: ReferralNFA\n  0\n  1\n  true\n  False",
)
def rule_8568() -> str:
    """True, false, 1 and 0 in any capital letters, and what can only mean them (yes, no, y, n). An empty value breaks
    this rule."""
    return "SELECT e.row FROM CINdetails e WHERE e.ReferralNFA IS NULL"


@rule(
    "8569Q",
    "query",
    "CINdetails",
    "ReferralNFA",
    "A referral from before the last working day before the year is marked as without further action.",
    fails="CINdetails: CINreferralDate ReferralNFA\n! 2025-03-30 true",
    passes="CINdetails: CINreferralDate ReferralNFA\n  2025-03-31 true\n  2025-03-30 false\n  2025-03-30 -\n  - true",
)
def rule_8569q() -> str:
    """One working day in England before 1 April: Monday 31 March 2025 for 2025/26. A flag that is missing does not
    break this rule (rule 8568 names it)."""
    return """SELECT e.row FROM CINdetails e
        WHERE e.CINreferralDate < $n_working_days_before_start_1 AND e.ReferralNFA IS TRUE"""


@rule(
    "8585Q",
    "query",
    "CINdetails",
    "ReasonForClosure PersonDeathDate",
    "The episode was closed because the child died, and the child has no date of death.",
    fails="ChildIdentifiers: LAchildID PersonDeathDate\n  A1 -\n\nCINdetails: LAchildID ReasonForClosure\n! A1 RC2",
    passes="ChildIdentifiers: LAchildID PersonDeathDate\n  A1 2025-06-01\n  A2 -\n\n"
    "CINdetails: LAchildID ReasonForClosure\n  A1 RC2\n  A2 RC1",
)
def rule_8585q() -> str:
    """A date of death that is no date is none. An episode whose child has no reference is not named."""
    return """SELECT e.row FROM CINdetails e WHERE e.ReasonForClosure = 'RC2' AND e.child IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM ChildIdentifiers c WHERE c.child = e.child AND c.PersonDeathDate IS NOT NULL)"""


@rule(
    "8600",
    "error",
    "CINdetails",
    "CINreferralDate",
    "The referral date is missing, or is after the reference date.",
    fails="CINdetails: CINreferralDate\n! -\n! 2026-04-01\n! 01/04/2025",
    passes="CINdetails: CINreferralDate\n  2026-03-31",
)
def rule_8600() -> str:
    """An empty value breaks this rule, and so does what is no date."""
    return "SELECT e.row FROM CINdetails e WHERE e.CINreferralDate IS NULL OR e.CINreferralDate > $reference"


@rule(
    "8606",
    "error",
    "CINdetails",
    "CINreferralDate PersonBirthDate ExpectedPersonBirthDate",
    "The referral is more than 40 weeks before the birth, or the expected birth.",
    fails="ChildIdentifiers: LAchildID PersonBirthDate ExpectedPersonBirthDate\n"
    "  A1 2026-01-07 -\n  A2 - 2026-01-07\n\n"
    "CINdetails: LAchildID CINreferralDate\n! A1 2025-04-01\n! A2 2025-04-01",
    passes="ChildIdentifiers: LAchildID PersonBirthDate ExpectedPersonBirthDate\n  A1 2026-01-06 -\n  A2 - -\n\n"
    "CINdetails: LAchildID CINreferralDate\n  A1 2025-04-01\n  A2 2025-04-01",
)
def rule_8606() -> str:
    """280 days before passes. Where both dates are there, the date of birth is used. An empty value does not break this
    rule."""
    return """SELECT e.row FROM CINdetails e WHERE EXISTS (SELECT 1 FROM ChildIdentifiers c WHERE c.child = e.child
        AND e.CINreferralDate < coalesce(c.PersonBirthDate, c.ExpectedPersonBirthDate) - INTERVAL 280 DAY)"""


@rule(
    "8610",
    "error",
    "CINdetails",
    "ReferralNFA PrimaryNeedCode",
    "A referral that led to further action has no primary need.",
    fails="CINdetails: ReferralNFA PrimaryNeedCode\n! false -",
    passes="CINdetails: ReferralNFA PrimaryNeedCode\n  false N1\n  true -\n  - -",
)
def rule_8610() -> str:
    """Asked only where the flag says false. A code of no list is present (rule 8650 names it)."""
    return "SELECT e.row FROM CINdetails e WHERE e.ReferralNFA IS FALSE AND e.PrimaryNeedCode IS NULL"


@rule(
    "8620",
    "error",
    "CINdetails",
    "CINclosureDate",
    "The closure date is not in the census year.",
    fails="CINdetails: CINclosureDate\n! 2025-03-31\n! 2026-04-01",
    passes="CINdetails: CINclosureDate\n  2025-04-01\n  2026-03-31\n  -",
)
def rule_8620() -> str:
    """An empty value does not break this rule."""
    return "SELECT e.row FROM CINdetails e WHERE e.CINclosureDate NOT BETWEEN $start AND $reference"


@rule(
    "8630",
    "error",
    "CINdetails",
    "CINreferralDate CINclosureDate",
    "The episode closes before its referral.",
    fails="CINdetails: CINreferralDate CINclosureDate\n! 2025-06-02 2025-06-01",
    passes="CINdetails: CINreferralDate CINclosureDate\n  2025-06-01 2025-06-01\n  2025-06-02 -\n  - 2025-06-01",
)
def rule_8630() -> str:
    """An empty value does not break this rule."""
    return "SELECT e.row FROM CINdetails e WHERE e.CINclosureDate < e.CINreferralDate"


@rule(
    "8640",
    "error",
    "CINdetails",
    "ReasonForClosure",
    "The reason for closure is none of the list.",
    fails="CINdetails: ReasonForClosure\n! RC10\n! 7",
    passes="CINdetails: ReasonForClosure\n  RC1\n  rc9\n  -",
)
def rule_8640() -> str:
    """The year's list, in any capital letters. An empty value does not break this rule."""
    return "SELECT e.row FROM CINdetails e WHERE e.ReasonForClosure NOT IN $CLOSE_REASON"


@rule(
    "8650",
    "error",
    "CINdetails",
    "PrimaryNeedCode",
    "The primary need is none of the list.",
    fails="CINdetails: PrimaryNeedCode\n! N10",
    passes="CINdetails: PrimaryNeedCode\n  N1\n  n0\n  -",
)
def rule_8650() -> str:
    """The year's list, in any capital letters. An empty value does not break this rule."""
    return "SELECT e.row FROM CINdetails e WHERE e.PrimaryNeedCode NOT IN $PRIMARY_NEED"


@rule(
    "8805",
    "error",
    "CINdetails",
    "CINclosureDate ReasonForClosure",
    "The episode has a closure date and no reason for closure.",
    fails="CINdetails: CINclosureDate ReasonForClosure\n! 2025-06-01 -",
    passes="CINdetails: CINclosureDate ReasonForClosure\n  2025-06-01 RC1\n  - -",
)
def rule_8805() -> str:
    """A closure date that was sent and is no date counts as sent."""
    return "SELECT e.row FROM CINdetails e WHERE NOT ABSENT(e.CINclosureDate) AND e.ReasonForClosure IS NULL"


@rule(
    "8810",
    "error",
    "CINdetails",
    "ReasonForClosure CINclosureDate",
    "The episode has a reason for closure and no closure date.",
    fails="CINdetails: CINclosureDate ReasonForClosure\n! - RC1",
    passes="CINdetails: CINclosureDate ReasonForClosure\n  2025-06-01 RC1\n  - -\n  2025-06-01 -",
)
def rule_8810() -> str:
    """A closure date that was sent and is no date counts as sent."""
    return "SELECT e.row FROM CINdetails e WHERE ABSENT(e.CINclosureDate) AND e.ReasonForClosure IS NOT NULL"


@rule(
    "8815",
    "error",
    "CINdetails",
    "ReferralNFA CINclosureDate",
    "The child has more than one open episode with further action.",
    fails="CINdetails: LAchildID CINclosureDate ReferralNFA\n! A1 - 0\n  A1 2025-06-01 0\n  A1 - 1\n! A1 - false",
    passes="CINdetails: LAchildID CINclosureDate ReferralNFA\n  A1 - 0\n  A1 2025-06-01 0\n  A1 - 1\n  A2 - 0",
)
def rule_8815() -> str:
    """Names each of the open ones. Open: no closure date was sent, and the flag says false."""
    return """SELECT e.row FROM CINdetails e
        JOIN (SELECT o.child AS twice FROM CINdetails o WHERE ABSENT(o.CINclosureDate) AND o.ReferralNFA IS FALSE
            GROUP BY o.child HAVING count(*) > 1) ON twice = e.child
        WHERE ABSENT(e.CINclosureDate) AND e.ReferralNFA IS FALSE"""


@rule(
    "8816",
    "error",
    "CINdetails",
    "CINreferralDate ReferralNFA",
    "An open episode with further action is not the child's latest.",
    fails="CINdetails: LAchildID CINreferralDate CINclosureDate ReferralNFA\n! A1 2025-06-01 - 0\n"
    "  A1 2025-06-02 2025-07-01 0",
    passes="CINdetails: LAchildID CINreferralDate CINclosureDate ReferralNFA\n  A1 2025-06-02 - 0\n"
    "  A1 2025-06-02 2025-06-02 0\n  A1 2025-05-01 - 1\n  A1 - - 0",
)
def rule_8816() -> str:
    """A referral of the same day is as late. An episode without a referral date is neither later nor judged."""
    return """SELECT e.row FROM CINdetails e
        JOIN (SELECT o.child AS own, max(o.CINreferralDate) AS latest FROM CINdetails o GROUP BY o.child)
            ON own = e.child
        WHERE ABSENT(e.CINclosureDate) AND e.ReferralNFA IS FALSE AND e.CINreferralDate < latest"""


@rule(
    "8820",
    "error",
    "CINdetails",
    "CINreferralDate CINclosureDate",
    "The referral falls within another episode of the child.",
    fails="CINdetails: LAchildID CINreferralDate CINclosureDate ReferralNFA\n  A1 2025-05-01 2025-06-01 0\n"
    "! A1 2025-05-31 2025-07-01 0\n  A2 2025-05-01 - 0\n! A2 2025-05-02 2025-05-03 1",
    passes="CINdetails: LAchildID CINreferralDate CINclosureDate ReferralNFA\n  A1 2025-05-01 2025-06-01 0\n"
    "  A1 2025-06-01 2025-07-01 0\n  A2 2025-05-01 - 1\n  A2 2025-05-02 - 0\n  - 2025-05-02 - 0\n  - 2025-05-02 - 0",
)
def rule_8820() -> str:
    """Names the referral that falls within. A referral on the day that another episode closed does not, as the DfE's
    own note to the rule has it; two of one day fall within each other, unless closed that day. An open episode runs
    to the reference date, and only where it had further action. An empty value does not break this rule."""
    return """SELECT DISTINCT e.row FROM CINdetails e JOIN CINdetails o ON o.child = e.child AND o.row <> e.row
        WHERE e.CINreferralDate >= o.CINreferralDate AND (e.CINreferralDate < o.CINclosureDate
            OR (ABSENT(o.CINclosureDate) AND o.ReferralNFA IS FALSE AND e.CINreferralDate <= $reference))"""


@rule(
    "8825Q",
    "query",
    "CINdetails",
    "ReasonForClosure",
    "The episode was closed after assessment, and has no assessment.",
    fails="CINdetails: LAchildID CINdetailsID ReasonForClosure\n! A1 1 RC8\n! A1 2 RC9\n\n"
    "Assessments: LAchildID CINdetailsID\n  A1 3",
    passes="CINdetails: LAchildID CINdetailsID ReasonForClosure\n  A1 1 RC8\n  A1 2 RC1\n\n"
    "Assessments: LAchildID CINdetailsID\n  A1 1",
)
def rule_8825q() -> str:
    """Any assessment of the episode will do."""
    return """SELECT e.row FROM CINdetails e WHERE e.ReasonForClosure IN ('RC8', 'RC9') AND e.episode IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM Assessments a WHERE a.episode = e.episode)"""
