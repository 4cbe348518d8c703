"""What the census of 2024/25 brought about the factors of assessments."""

from holdfast.analytics.validation.rule import rule


@rule(
    "8945Q",
    "query",
    "Assessments",
    "AssessmentFactors",
    "The factor 18A is out of use: 18B or 18C is used instead.",
    fails="Assessments: AssessmentFactors\n! 18A\n! 1A,18a",
    passes="Assessments: AssessmentFactors\n  18B\n  18C\n  -",
)
def rule_8945q() -> str:
    """In any capital letters. An empty value does not break this rule."""
    return "SELECT a.row FROM Assessments a WHERE list_contains(a.AssessmentFactors, '18A')"


@rule(
    "8950Q",
    "query",
    "Assessments",
    "AssessmentFactors",
    "The factor 19A is out of use: 19B or 19C is used instead.",
    fails="Assessments: AssessmentFactors\n! 19A\n! 1A,19a",
    passes="Assessments: AssessmentFactors\n  19B\n  19C\n  -",
)
def rule_8950q() -> str:
    """In any capital letters. An empty value does not break this rule."""
    return "SELECT a.row FROM Assessments a WHERE list_contains(a.AssessmentFactors, '19A')"
