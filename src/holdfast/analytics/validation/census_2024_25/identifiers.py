"""What the census of 2024/25 brought and changed of the rules about identifiers."""

from holdfast.analytics.validation.rule import rule


@rule(
    "1570",
    "error",
    "ChildIdentifiers",
    "LAchildID",
    "The child's reference is longer than 20 characters.",
    fails="ChildIdentifiers: LAchildID\n! A12345678901234567890",
    passes="ChildIdentifiers: LAchildID\n  A1234567890123456789\n  -",
)
def rule_1570() -> str:
    """Blanks around it are not counted. An empty value does not break this rule."""
    return "SELECT c.row FROM ChildIdentifiers c WHERE length(c.LAchildID) > 20"


@rule(
    "1580",
    "error",
    "ChildIdentifiers",
    "LAchildID",
    "The child's reference has characters other than letters and digits.",
    fails="ChildIdentifiers: LAchildID\n! A-1\n! child_1",
    passes="ChildIdentifiers: LAchildID\n  A1\n  dfE2\n  -",
)
def rule_1580() -> str:
    """Letters A to Z in any capital letters, and digits. An empty value does not break this rule."""
    return "SELECT c.row FROM ChildIdentifiers c WHERE NOT regexp_full_match(c.LAchildID, '[A-Za-z0-9]+')"


@rule(
    "4180",
    "error",
    "ChildIdentifiers",
    "Sex",
    "The sex is missing, or is none of F, M and U.",
    fails="ChildIdentifiers: Sex\n! -\n! 1\n! I",
    passes="ChildIdentifiers: Sex\n  F\n  m\n  U",
)
def rule_4180() -> str:
    """In any capital letters. An empty value breaks this rule."""
    return "SELECT c.row FROM ChildIdentifiers c WHERE c.Sex IS NULL OR c.Sex NOT IN ('M', 'F', 'U')"


@rule(
    "8750",
    "error",
    "ChildIdentifiers",
    "Sex PersonBirthDate ExpectedPersonBirthDate",
    "The sex of an unborn child should be U.",
    fails="ChildIdentifiers: Sex PersonBirthDate ExpectedPersonBirthDate\n! F - 2026-05-01\n! - - 2026-05-01",
    passes="ChildIdentifiers: Sex PersonBirthDate ExpectedPersonBirthDate\n  U - 2026-05-01\n  F 2025-05-01 -",
)
def rule_8750() -> str:
    """The text still says "0", the older element's code; the message says U, which is Sex's, and is followed. Unborn:
    an expected date of birth and no date of birth. A missing sex is not U."""
    return """SELECT c.row FROM ChildIdentifiers c WHERE c.ExpectedPersonBirthDate IS NOT NULL
        AND ABSENT(c.PersonBirthDate) AND c.Sex IS DISTINCT FROM 'U'"""


@rule(
    "2886Q",
    "query",
    "ChildIdentifiers",
    "ExpectedPersonBirthDate",
    "More than 2% of the children, the unborn apart, have no sex recorded.",
    fails="ChildIdentifiers: Sex ExpectedPersonBirthDate\n  U -\n  F -\n  M -",
    passes="ChildIdentifiers: Sex ExpectedPersonBirthDate\n  F -\n  U 2026-05-01",
    is_of_return=True,
)
def rule_2886q() -> str:
    """Of the whole return: children with sex U (the text says zero, the older element's code) or none and no expected
    date of birth, of all children, the unborn too. Exactly 2% passes, and so does a return without children."""
    return """SELECT 1 FROM ChildIdentifiers c HAVING
        count(*) FILTER (coalesce(c.Sex, 'U') IN ('U', '0')
            AND ABSENT(c.ExpectedPersonBirthDate)) * 100 > 2 * count(*)"""


@rule(
    "8770Q",
    "query",
    "ChildIdentifiers",
    "UPNunknown",
    "A child of school age has neither a unique pupil number nor a reason for having none that fits.",
    fails="""ChildIdentifiers: LAchildID PersonBirthDate UPN UPNunknown
        ! A1 2022-03-31 - -
        ! A2 2015-01-01 - UN1
        ! A3 2015-01-01 - UN9

        CINdetails: LAchildID ReferralNFA
        A1 0
        A2 false
        A2 1
        A3 0""",
    passes="""ChildIdentifiers: LAchildID PersonBirthDate UPN UPNunknown
        A1 2022-04-01 - -
        A2 2015-01-01 - UN2
        A3 2015-01-01 A950000178301 -
        A4 2015-01-01 - -
        A5 - - -

        CINdetails: LAchildID ReferralNFA
        A1 0
        A2 0
        A3 0
        A4 1
        A5 0""",
)
def rule_8770q() -> str:
    """The text asks it of those born on or after the reference date less 4 years, who are under school age; the message
    says of school age, and is followed: 4 years old by the reference date. UN1 (not of school age) does not fit. One
    episode at least went on to further action. Without a date of birth nothing is asked."""
    return """SELECT c.row FROM ChildIdentifiers c
        WHERE c.PersonBirthDate <= $reference - INTERVAL 4 YEAR AND c.UPN IS NULL
        AND (c.UPNunknown IS NULL OR c.UPNunknown NOT IN $UPN_UNKNOWN OR c.UPNunknown = 'UN1')
        AND EXISTS (SELECT 1 FROM CINdetails e WHERE e.child = c.child AND e.ReferralNFA IS FALSE)"""
