"""What the census of 2023/24 changed of the rules about identifiers: two councils that began in April 2023."""

from holdfast.analytics.validation.rule import rule
from holdfast.analytics.validation.upns import unknown_authority


@rule(
    "1530",
    "error",
    "ChildIdentifiers",
    "UPN",
    "Characters 2 to 4 of the unique pupil number are not the code of an authority.",
    fails="ChildIdentifiers: UPN\n! R421962919251\n! X817558133462\n! AB",
    passes="ChildIdentifiers: UPN\n  H003278544154\n  A942000178301\n  A943000178301\n  -",
)
def rule_1530() -> str:
    """As in 2022/23, with 942 and 943. A number too short to have characters 2 to 4 is named. An empty value does not
    break this rule."""
    return f"SELECT c.row FROM ChildIdentifiers c WHERE {unknown_authority('c.UPN', since='942 943')}"
