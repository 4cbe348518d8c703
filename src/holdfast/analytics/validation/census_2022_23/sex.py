"""Rules about the sex of children, census of 2022/23: the element was GenderCurrent. Changed in 2024/25."""

from holdfast.analytics.validation.rule import rule


@rule(
    "4180",
    "error",
    "ChildIdentifiers",
    "GenderCurrent",
    "The gender is missing, or is none of the list.",
    fails="ChildIdentifiers: GenderCurrent\n! -\n! 7\n! Male",
    passes="ChildIdentifiers: GenderCurrent\n  0\n  1\n  2\n  9",
)
def rule_4180() -> str:
    """The list is 0, 1, 2 and 9. An empty value breaks this rule."""
    return """SELECT c.row FROM ChildIdentifiers c
        WHERE c.GenderCurrent IS NULL OR c.GenderCurrent NOT IN ('0', '1', '2', '9')"""


@rule(
    "2886Q",
    "query",
    "ChildIdentifiers",
    "ExpectedPersonBirthDate",
    "More than 2% of the children, the unborn apart, have no gender recorded.",
    fails="ChildIdentifiers: GenderCurrent ExpectedPersonBirthDate\n  0 -\n  1 -\n  - -",
    passes="ChildIdentifiers: GenderCurrent ExpectedPersonBirthDate\n  1 -\n  0 2026-05-01",
    is_of_return=True,
)
def rule_2886q() -> str:
    """Of the whole return: children with gender 0 or none and no expected date of birth, of all children, the unborn
    too, as the rule's text has it. Exactly 2% passes, and so does a return without children."""
    return """SELECT 1 FROM ChildIdentifiers c HAVING
        count(*) FILTER (coalesce(c.GenderCurrent, '0') = '0'
            AND ABSENT(c.ExpectedPersonBirthDate)) * 100 > 2 * count(*)"""
