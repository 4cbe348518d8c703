"""Rules about the header, a child's characteristics and disabilities, census of 2022/23."""

from holdfast.analytics.validation.rule import rule


@rule(
    "100",
    "error",
    "Header",
    "ReferenceDate",
    "The reference date is not 31 March at the end of the census year.",
    fails="Header: ReferenceDate\n! 2026-03-30\n\nHeader: ReferenceDate\n! -",
    passes="Header: ReferenceDate\n  2026-03-31",
)
def rule_100() -> str:
    """The rule's text names 31 March 2022, its own year's; each year's is the 31 March that ends it. An empty value
    breaks this rule."""
    return "SELECT h.row FROM Header h WHERE h.ReferenceDate IS DISTINCT FROM $year_end"


@rule(
    "4220",
    "error",
    "ChildCharacteristics",
    "Ethnicity",
    "The ethnicity is missing, or is none of the list.",
    fails="ChildCharacteristics: Ethnicity\n! -\n! WELS",
    passes="ChildCharacteristics: Ethnicity\n  WBRI\n  NOBT\n  refu",
)
def rule_4220() -> str:
    """The list's codes in any capital letters. An empty value breaks this rule."""
    return "SELECT c.row FROM ChildCharacteristics c WHERE c.Ethnicity IS NULL OR c.Ethnicity NOT IN $ETHNICITY"


@rule(
    "8540",
    "error",
    "ChildCharacteristics",
    "Disability PersonBirthDate ReferralNFA",
    "A child with further action has no disability recorded, or one that is none of the list.",
    fails="""ChildCharacteristics: LAchildID
        ! A1
        ! A2

        ChildIdentifiers: LAchildID PersonBirthDate
        A1 2015-01-01
        A2 2015-01-01

        CINdetails: LAchildID ReferralNFA
        A1 0
        A2 false

        Disabilities: LAchildID Disability
        A1 -
        A2 MOB
        A2 WALK""",
    passes="""ChildCharacteristics: LAchildID
        A1
        A2
        A3

        ChildIdentifiers: LAchildID PersonBirthDate
        A1 2015-01-01
        A2 -
        A3 2015-01-01

        CINdetails: LAchildID ReferralNFA
        A1 0
        A2 0
        A3 1

        Disabilities: LAchildID Disability
        A1 NONE""",
)
def rule_8540() -> str:
    """Asked of a child with a date of birth and an episode that went on to further action. The text asks that one be
    present and the message that it be valid: no code, or one outside the list, is named. "None" is a code."""
    return """SELECT k.row FROM ChildCharacteristics k
        WHERE EXISTS (SELECT 1 FROM ChildIdentifiers c WHERE c.child = k.child AND c.PersonBirthDate IS NOT NULL)
        AND EXISTS (SELECT 1 FROM CINdetails e WHERE e.child = k.child AND e.ReferralNFA IS FALSE)
        AND (NOT EXISTS (SELECT 1 FROM Disabilities d WHERE d.child = k.child AND d.Disability IS NOT NULL)
            OR EXISTS (SELECT 1 FROM Disabilities d WHERE d.child = k.child AND d.Disability NOT IN $DISABILITY))"""


@rule(
    "8790",
    "error",
    "Disabilities",
    "Disability",
    "The child's disabilities are both none and some.",
    fails="Disabilities: LAchildID Disability\n! A1 NONE\n! A1 MOB\n  A2 MOB",
    passes="Disabilities: LAchildID Disability\n  A1 NONE\n  A2 MOB\n  A3 NONE\n  A3 -",
)
def rule_8790() -> str:
    """Names every disability of the child. "None" twice is not both (rule 8794); an empty one is no other value."""
    return """SELECT d.row FROM Disabilities d
        JOIN (SELECT o.child AS mixed FROM Disabilities o GROUP BY o.child
            HAVING bool_or(o.Disability = 'NONE') AND bool_or(o.Disability <> 'NONE')) ON mixed = d.child
        WHERE d.Disability IS NOT NULL"""


@rule(
    "8794",
    "error",
    "Disabilities",
    "Disability",
    "The child has the same disability twice.",
    fails="Disabilities: LAchildID Disability\n! A1 MOB\n  A1 LD\n! A1 MOB",
    passes="Disabilities: LAchildID Disability\n  A1 MOB\n  A1 LD\n  A2 MOB\n  A3 -\n  A3 -",
)
def rule_8794() -> str:
    """Names every row of the repeated code. An empty value is no code."""
    return """SELECT d.row FROM Disabilities d
        JOIN (SELECT o.child AS child_twice, o.Disability AS twice FROM Disabilities o
            GROUP BY o.child, o.Disability HAVING count(*) > 1) ON child_twice = d.child AND twice = d.Disability"""


@rule(
    "2887Q",
    "query",
    "Disabilities",
    "Disability",
    "Fewer than 8 of the disability codes are used in the return.",
    fails="Disabilities: LAchildID Disability\n  A1 MOB\n  A1 LD\n  A2 NONE",
    passes="""Disabilities: LAchildID Disability
        A1 MOB
        A1 HAND
        A1 PC
        A1 INC
        A1 COMM
        A1 LD
        A1 HEAR
        A1 VIS""",
    is_of_return=True,
)
def rule_2887q() -> str:
    """Of the whole return: different codes but "none", in any capital letters. A return without disabilities has used
    none of them, and is named."""
    return "SELECT 1 FROM Disabilities d HAVING count(DISTINCT d.Disability) FILTER (d.Disability <> 'NONE') <= 7"


@rule(
    "2888Q",
    "query",
    "Disabilities",
    "Disability",
    "No child in the return has more than one disability recorded.",
    fails="Disabilities: LAchildID Disability\n  A1 MOB\n  A2 NONE\n  A2 LD",
    passes="Disabilities: LAchildID Disability\n  A1 MOB\n  A1 LD",
    is_of_return=True,
)
def rule_2888q() -> str:
    """Of the whole return: different codes of one child; a child with "none" is left out, whatever else it has. Where
    no child at all has a disability there is none that could have two, and nothing is said."""
    return """SELECT 1 FROM (SELECT count(DISTINCT d.Disability) AS n FROM Disabilities d
        GROUP BY d.child HAVING NOT bool_or(d.Disability = 'NONE')) HAVING max(n) = 1"""
