"""Rules about a child's identifiers, census of 2022/23. Not here: what later years changed."""

from holdfast.analytics.validation.rule import rule
from holdfast.analytics.validation.upns import bad_check_letter, unknown_authority


@rule(
    "8500",
    "error",
    "ChildIdentifiers",
    "LAchildID",
    "The child has no reference.",
    fails="ChildIdentifiers: LAchildID Sex\n! - F",
    passes="ChildIdentifiers: LAchildID Sex\n  A1 F",
)
def rule_8500() -> str:
    """A blank reference is none."""
    return "SELECT c.row FROM ChildIdentifiers c WHERE c.LAchildID IS NULL"


@rule(
    "8510",
    "error",
    "ChildIdentifiers",
    "LAchildID",
    "Several children have the same reference.",
    fails="ChildIdentifiers: LAchildID\n! A1\n  A2\n! A1",
    passes="ChildIdentifiers: LAchildID\n  A1\n  a1\n  -\n  -",
)
def rule_8510() -> str:
    """Names every child of the shared reference. Letters differ by case. Children without a reference share none."""
    return """SELECT c.row FROM ChildIdentifiers c
        JOIN (SELECT o.LAchildID AS twice FROM ChildIdentifiers o GROUP BY o.LAchildID HAVING count(*) > 1)
        ON twice = c.LAchildID"""


@rule(
    "1520",
    "error",
    "ChildIdentifiers",
    "UPN",
    "Several children have the same unique pupil number.",
    fails="ChildIdentifiers: UPN\n! A950000178301\n! a950000178301\n  -",
    passes="ChildIdentifiers: UPN\n  A950000178301\n  H243278544154\n  -\n  -",
)
def rule_1520() -> str:
    """Names every child of the shared number, in any capital letters. Children without a number share none."""
    return """SELECT c.row FROM ChildIdentifiers c
        JOIN (SELECT o.UPN AS twice FROM ChildIdentifiers o GROUP BY o.UPN HAVING count(*) > 1) ON twice = c.UPN"""


@rule(
    "1510",
    "error",
    "ChildIdentifiers",
    "UPN",
    "The first letter of the unique pupil number is not the check letter of its digits.",
    fails="ChildIdentifiers: UPN\n! R247962919251\n! X428558133462",
    passes="ChildIdentifiers: UPN\n  H243278544154\n  R34\n  A95000017830A\n  -",
)
def rule_1510() -> str:
    """Judged where characters 2 to 13 are digits, as they must be for a check letter to be worked out: each times its
    place, the sum's remainder by 23, as a letter. Rules 1540 and 1550 speak of the others. An empty value does not
    break this rule."""
    return f"SELECT c.row FROM ChildIdentifiers c WHERE {bad_check_letter('c.UPN')}"


@rule(
    "1530",
    "error",
    "ChildIdentifiers",
    "UPN",
    "Characters 2 to 4 of the unique pupil number are not the code of an authority.",
    fails="ChildIdentifiers: UPN\n! R421962919251\n! X817558133462\n! AB\n! A942000178301",
    passes="ChildIdentifiers: UPN\n  H003278544154\n  A941000178301\n  -",
)
def rule_1530() -> str:
    """A number too short to have characters 2 to 4 is named. An empty value does not break this rule."""
    return f"SELECT c.row FROM ChildIdentifiers c WHERE {unknown_authority('c.UPN')}"


@rule(
    "1540",
    "error",
    "ChildIdentifiers",
    "UPN",
    "Characters 5 to 12 of the unique pupil number are not all digits.",
    fails="ChildIdentifiers: UPN\n! A9500O0178301\n! R34",
    passes="ChildIdentifiers: UPN\n  A950000178301\n  AXXX00017830X\n  -",
)
def rule_1540() -> str:
    """Eight digits must be there, so a number that is too short is named. An empty value does not break this rule."""
    return "SELECT c.row FROM ChildIdentifiers c WHERE NOT regexp_full_match(substr(c.UPN, 5, 8), '[0-9]{8}')"


@rule(
    "1550",
    "error",
    "ChildIdentifiers",
    "UPN",
    "Character 13 of the unique pupil number is none that it may be.",
    fails="ChildIdentifiers: UPN\n! A95000017830I\n! A95000017830S\n! A95000017830",
    passes="ChildIdentifiers: UPN\n  A950000178301\n  A95000017830T\n  -",
)
def rule_1550() -> str:
    """A digit, or a letter but I, O and S. A number without a character 13 is named. An empty value does not break this
    rule."""
    return "SELECT c.row FROM ChildIdentifiers c WHERE NOT regexp_full_match(substr(c.UPN, 13, 1), '[0-9A-HJ-NP-RT-Z]')"


@rule(
    "1560Q",
    "query",
    "ChildIdentifiers",
    "FormerUPN",
    "The former unique pupil number is not of the form of one.",
    fails="ChildIdentifiers: FormerUPN\n! X0000y0000007\n! X98721238\n! 1987654321231",
    passes="ChildIdentifiers: FormerUPN\n  X987654321231\n  X98765432123B\n  -",
)
def rule_1560q() -> str:
    """The form is a letter, eleven digits, and a digit or (in a temporary number) a letter. An empty value does not
    break this rule."""
    return "SELECT c.row FROM ChildIdentifiers c WHERE NOT regexp_full_match(c.FormerUPN, '[A-Z][0-9]{11}[0-9A-Z]')"


@rule(
    "8520",
    "error",
    "ChildIdentifiers",
    "PersonBirthDate ReferenceDate",
    "The date of birth is after the reference date.",
    fails="ChildIdentifiers: PersonBirthDate\n! 2026-04-01",
    passes="ChildIdentifiers: PersonBirthDate\n  2026-03-31\n  -",
)
def rule_8520() -> str:
    """An empty value does not break this rule."""
    return "SELECT c.row FROM ChildIdentifiers c WHERE c.PersonBirthDate > $reference"


@rule(
    "8525Q",
    "query",
    "ChildIdentifiers",
    "PersonBirthDate ExpectedPersonBirthDate",
    "There should be a date of birth or an expected one, and not both.",
    fails="ChildIdentifiers: PersonBirthDate ExpectedPersonBirthDate\n! - -\n! 2026-02-01 2026-02-03",
    passes="ChildIdentifiers: PersonBirthDate ExpectedPersonBirthDate\n  2026-02-01 -\n  - 2026-05-03",
)
def rule_8525q() -> str:
    """Names a child with neither or with both. What was sent and is no date counts as sent."""
    return """SELECT c.row FROM ChildIdentifiers c
        WHERE ABSENT(c.PersonBirthDate) = ABSENT(c.ExpectedPersonBirthDate)"""


@rule(
    "8530Q",
    "query",
    "ChildIdentifiers",
    "ExpectedPersonBirthDate",
    "The expected date of birth is not between 30 days before and 9 months after the reference date.",
    fails="ChildIdentifiers: ExpectedPersonBirthDate\n! 2026-02-28\n! 2027-01-01",
    passes="ChildIdentifiers: ExpectedPersonBirthDate\n  2026-03-01\n  2026-12-31\n  -",
)
def rule_8530q() -> str:
    """Both ends are in. An empty value does not break this rule."""
    return """SELECT c.row FROM ChildIdentifiers c
        WHERE c.ExpectedPersonBirthDate < $reference - INTERVAL 30 DAY
        OR c.ExpectedPersonBirthDate > $reference + INTERVAL 9 MONTH"""


@rule(
    "8535Q",
    "query",
    "ChildIdentifiers",
    "PersonDeathDate PersonBirthDate",
    "The date of death is before the date of birth.",
    fails="ChildIdentifiers: PersonBirthDate PersonDeathDate\n! 2025-06-02 2025-06-01",
    passes="ChildIdentifiers: PersonBirthDate PersonDeathDate\n  2025-06-01 2025-06-01\n  - 2025-06-01\n  2025-06-01 -",
)
def rule_8535q() -> str:
    """A death on the day of birth passes. An empty value does not break this rule."""
    return "SELECT c.row FROM ChildIdentifiers c WHERE c.PersonDeathDate < c.PersonBirthDate"


@rule(
    "8545Q",
    "query",
    "ChildIdentifiers",
    "PersonDeathDate",
    "The date of death is not in the census year.",
    fails="ChildIdentifiers: PersonDeathDate\n! 2025-03-31\n! 2026-04-01",
    passes="ChildIdentifiers: PersonDeathDate\n  2025-04-01\n  2026-03-31\n  -",
)
def rule_8545q() -> str:
    """The first and the last day of the year are in it. An empty value does not break this rule."""
    return "SELECT c.row FROM ChildIdentifiers c WHERE c.PersonDeathDate NOT BETWEEN $start AND $reference"


@rule(
    "8590",
    "error",
    "ChildIdentifiers",
    "LAchildID",
    "The child has no episode (CINdetails).",
    fails="ChildIdentifiers: LAchildID\n! A1\n  A2\n\nCINdetails: LAchildID\n  A2",
    passes="ChildIdentifiers: LAchildID\n  A1\n  -\n\nCINdetails: LAchildID\n  A1",
)
def rule_8590() -> str:
    """A child without a reference cannot be looked for, and is not named: rule 8500 names it."""
    return """SELECT c.row FROM ChildIdentifiers c WHERE c.child IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM CINdetails e WHERE e.child = c.child)"""


@rule(
    "8750",
    "error",
    "ChildIdentifiers",
    "GenderCurrent PersonBirthDate ExpectedPersonBirthDate",
    "The gender of an unborn child should be 0.",
    fails="ChildIdentifiers: GenderCurrent PersonBirthDate ExpectedPersonBirthDate\n! 1 - 2026-05-01\n! - - 2026-05-01",
    passes="ChildIdentifiers: GenderCurrent PersonBirthDate ExpectedPersonBirthDate\n"
    "  0 - 2026-05-01\n  1 2025-05-01 -",
)
def rule_8750() -> str:
    """Unborn: an expected date of birth and no date of birth. A missing gender is not 0."""
    return """SELECT c.row FROM ChildIdentifiers c WHERE c.ExpectedPersonBirthDate IS NOT NULL
        AND ABSENT(c.PersonBirthDate) AND c.GenderCurrent IS DISTINCT FROM '0'"""


@rule(
    "8770Q",
    "query",
    "ChildIdentifiers",
    "UPN UPNunknown",
    "A child over 5 has neither a unique pupil number nor a reason for having none that fits.",
    fails="""ChildIdentifiers: LAchildID PersonBirthDate UPN UPNunknown
        ! A1 2020-03-30 - -
        ! A2 2018-01-01 - UN1

        CINdetails: LAchildID ReferralNFA
        A1 0
        A1 1
        A2 false""",
    passes="""ChildIdentifiers: LAchildID PersonBirthDate UPN UPNunknown
        A1 2020-03-31 - -
        A2 2018-01-01 - UN2
        A3 2018-01-01 A950000178301 -
        A4 2018-01-01 - -
        A5 - - -

        CINdetails: LAchildID ReferralNFA
        A1 0
        A2 0
        A3 0
        A4 1
        A5 0""",
)
def rule_8770q() -> str:
    """Born before the reference date less 6 years; one episode at least that went on to further action. UN1 (not of
    school age) does not fit such a child. Without a date of birth nothing is asked."""
    return """SELECT c.row FROM ChildIdentifiers c
        WHERE c.PersonBirthDate < $reference - INTERVAL 6 YEAR AND c.UPN IS NULL
        AND (c.UPNunknown IS NULL OR c.UPNunknown NOT IN $UPN_UNKNOWN OR c.UPNunknown = 'UN1')
        AND EXISTS (SELECT 1 FROM CINdetails e WHERE e.child = c.child AND e.ReferralNFA IS FALSE)"""


@rule(
    "8772",
    "error",
    "ChildIdentifiers",
    "UPNunknown ReferralNFA",
    "The reason for having no pupil number is a referral without further action, and an episode had further action.",
    fails="""ChildIdentifiers: LAchildID UPNunknown
        ! A1 UN7

        CINdetails: LAchildID ReferralNFA
        A1 true
        A1 false""",
    passes="""ChildIdentifiers: LAchildID UPNunknown
        A1 UN7
        A2 UN2

        CINdetails: LAchildID ReferralNFA
        A1 true
        A1 -
        A2 false""",
)
def rule_8772() -> str:
    """An episode that does not say whether there was further action does not break this rule: rule 8568 names it."""
    return """SELECT c.row FROM ChildIdentifiers c WHERE c.UPNunknown = 'UN7'
        AND EXISTS (SELECT 1 FROM CINdetails e WHERE e.child = c.child AND e.ReferralNFA IS FALSE)"""


@rule(
    "8775Q",
    "query",
    "ChildIdentifiers",
    "PersonBirthDate CINclosureDate",
    "The child is over 25 and has an episode that is open, or closed after the 25th birthday.",
    fails="""ChildIdentifiers: LAchildID PersonBirthDate
        ! A1 2001-03-30
        ! A2 2001-03-30

        CINdetails: LAchildID CINclosureDate
        A1 -
        A2 2026-03-31""",
    passes="""ChildIdentifiers: LAchildID PersonBirthDate
        A1 2001-03-31
        A2 2001-03-30

        CINdetails: LAchildID CINclosureDate
        A1 -
        A2 2026-03-30""",
)
def rule_8775q() -> str:
    """Born before the reference date less 25 years. One such episode is enough. Born on 29 February counts from the
    28th. A closure that was sent and is no date is not taken for an open episode."""
    return """SELECT c.row FROM ChildIdentifiers c WHERE c.PersonBirthDate < $reference - INTERVAL 25 YEAR
        AND EXISTS (SELECT 1 FROM CINdetails e WHERE e.child = c.child
            AND (ABSENT(e.CINclosureDate) OR e.CINclosureDate > c.PersonBirthDate + INTERVAL 25 YEAR))"""


@rule(
    "4008",
    "error",
    "ChildIdentifiers",
    "PersonDeathDate CINPlanStartDate",
    "A child in need plan starts after the child's death.",
    fails="""ChildIdentifiers: LAchildID PersonDeathDate
        ! A1 2025-06-01

        CINplanDates: LAchildID CINPlanStartDate
        A1 2025-06-02""",
    passes="""ChildIdentifiers: LAchildID PersonDeathDate
        A1 2025-06-01
        A2 -

        CINplanDates: LAchildID CINPlanStartDate
        A1 2025-06-01
        A2 2025-06-02
        A1 -""",
)
def rule_4008() -> str:
    """Any plan of the child. An empty value does not break this rule."""
    return """SELECT c.row FROM ChildIdentifiers c
        WHERE EXISTS (SELECT 1 FROM CINplanDates p WHERE p.child = c.child
            AND p.CINPlanStartDate > c.PersonDeathDate)"""


@rule(
    "4009Q",
    "query",
    "ChildIdentifiers",
    "PersonDeathDate CINPlanEndDate",
    "A child in need plan ends after the child's death.",
    fails="""ChildIdentifiers: LAchildID PersonDeathDate
        ! A1 2025-06-01

        CINplanDates: LAchildID CINPlanEndDate
        A1 2025-06-02""",
    passes="""ChildIdentifiers: LAchildID PersonDeathDate
        A1 2025-06-01

        CINplanDates: LAchildID CINPlanEndDate
        A1 2025-06-01
        A1 -""",
)
def rule_4009q() -> str:
    """Any plan of the child. A plan that has not ended does not break this rule."""
    return """SELECT c.row FROM ChildIdentifiers c
        WHERE EXISTS (SELECT 1 FROM CINplanDates p WHERE p.child = c.child AND p.CINPlanEndDate > c.PersonDeathDate)"""
