"""Rules about assessments and their factors, census of 2022/23.

Factors may come as a list in the row of their assessment, or as a row each; either way a rule names rows as given.
"""

from holdfast.analytics.validation.rule import rule

FACTORS = "(SELECT a.row, a.assessment, unnest(a.AssessmentFactors) AS factor FROM Assessments a)"


@rule(
    "1103",
    "error",
    "Assessments",
    "AssessmentActualStartDate CINreferralDate",
    "The assessment starts before the referral.",
    fails="CINdetails: LAchildID CINdetailsID CINreferralDate\n  A1 1 2025-06-02\n\n"
    "Assessments: LAchildID CINdetailsID AssessmentActualStartDate\n! A1 1 2025-06-01",
    passes="CINdetails: LAchildID CINdetailsID CINreferralDate\n  A1 1 2025-06-02\n  A1 2 -\n\n"
    "Assessments: LAchildID CINdetailsID AssessmentActualStartDate\n  A1 1 2025-06-02\n  A1 2 2025-06-01\n  A1 1 -",
)
def rule_1103() -> str:
    """The referral of its own episode. An empty value does not break this rule."""
    return """SELECT DISTINCT a.row FROM Assessments a JOIN CINdetails e ON e.episode = a.episode
        WHERE a.AssessmentActualStartDate < e.CINreferralDate"""


@rule(
    "8608",
    "error",
    "Assessments",
    "AssessmentActualStartDate AssessmentAuthorisationDate",
    "The assessment starts after it is completed.",
    fails="Assessments: AssessmentActualStartDate AssessmentAuthorisationDate\n! 2025-06-02 2025-06-01",
    passes="Assessments: AssessmentActualStartDate AssessmentAuthorisationDate\n  2025-06-01 2025-06-01\n"
    "  2025-06-02 -\n  - 2025-06-01",
)
def rule_8608() -> str:
    """An empty value does not break this rule."""
    return "SELECT a.row FROM Assessments a WHERE a.AssessmentAuthorisationDate < a.AssessmentActualStartDate"


@rule(
    "8614",
    "error",
    "Assessments",
    "AssessmentAuthorisationDate AssessmentFactors",
    "An assessment that is not completed has factors.",
    fails="Assessments: AssessmentAuthorisationDate AssessmentFactors\n! - 1A",
    passes="Assessments: AssessmentAuthorisationDate AssessmentFactors\n  2025-06-01 1A\n  - -",
)
def rule_8614() -> str:
    """A date that was sent and is no date is there."""
    return """SELECT a.row FROM Assessments a
        WHERE ABSENT(a.AssessmentAuthorisationDate) AND len(a.AssessmentFactors) > 0"""


@rule(
    "8670Q",
    "query",
    "Assessments",
    "AssessmentActualStartDate",
    "An assessment that is not completed started more than 45 working days before the reference date.",
    fails="Assessments: AssessmentActualStartDate AssessmentAuthorisationDate\n! 2026-01-26 -\n! 2026-01-25 -",
    passes="Assessments: AssessmentActualStartDate AssessmentAuthorisationDate\n  2026-01-27 -\n"
    "  2026-01-26 2026-03-31\n  - -",
)
def rule_8670q() -> str:
    """Working days in England, the day of the start being day 0: 45 before Tuesday 31 March 2026 is Tuesday 27 January.
    A completion that was sent and is no date is there. A start that is empty does not break this rule."""
    return """SELECT a.row FROM Assessments a WHERE ABSENT(a.AssessmentAuthorisationDate)
        AND a.AssessmentActualStartDate < $n_working_days_before_reference_45"""


@rule(
    "8696",
    "error",
    "Assessments",
    "AssessmentAuthorisationDate ReferenceDate",
    "The assessment was not completed in the census year.",
    fails="Assessments: AssessmentAuthorisationDate\n! 2025-03-31\n! 2026-04-01",
    passes="Assessments: AssessmentAuthorisationDate\n  2025-04-01\n  2026-03-31\n  -",
)
def rule_8696() -> str:
    """An empty value does not break this rule."""
    return "SELECT a.row FROM Assessments a WHERE a.AssessmentAuthorisationDate NOT BETWEEN $start AND $reference"


@rule(
    "8736",
    "error",
    "Assessments",
    "AssessmentAuthorisationDate AssessmentActualStartDate",
    "An assessment that is not completed did not start in the census year.",
    fails="Assessments: AssessmentActualStartDate AssessmentAuthorisationDate\n! 2025-03-31 -\n! 2026-04-01 -",
    passes="Assessments: AssessmentActualStartDate AssessmentAuthorisationDate\n  2025-04-01 -\n"
    "  2025-03-31 2025-04-01\n  - -",
)
def rule_8736() -> str:
    """A completion that was sent and is no date is there. A start that is missing does not break this rule."""
    return """SELECT a.row FROM Assessments a WHERE ABSENT(a.AssessmentAuthorisationDate)
        AND a.AssessmentActualStartDate NOT BETWEEN $start AND $reference"""


@rule(
    "8863Q",
    "query",
    "Assessments",
    "AssessmentActualStartDate AssessmentAuthorisationDate",
    "The assessment starts while another of the episode is under way.",
    fails="Assessments: LAchildID CINdetailsID AssessmentActualStartDate AssessmentAuthorisationDate\n"
    "  A1 1 2025-05-01 2025-06-01\n! A1 1 2025-06-01 2025-07-01\n  A1 2 2025-05-01 -\n! A1 2 2026-03-31 -",
    passes="Assessments: LAchildID CINdetailsID AssessmentActualStartDate AssessmentAuthorisationDate\n"
    "  A1 1 2025-05-01 2025-06-01\n  A1 1 2025-06-02 2025-07-01\n  A1 2 2025-05-01 -\n  A1 2 - -",
)
def rule_8863q() -> str:
    """Names the one that starts within. On the day of the other's start or completion counts as within; one that is not
    completed runs to the reference date; two of one day are within each other. An empty value does not break this
    rule."""
    return """SELECT DISTINCT a.row FROM Assessments a
        JOIN Assessments o ON o.episode = a.episode AND o.assessment <> a.assessment
        WHERE a.AssessmentActualStartDate >= o.AssessmentActualStartDate
        AND (a.AssessmentActualStartDate <= o.AssessmentAuthorisationDate
            OR (ABSENT(o.AssessmentAuthorisationDate) AND a.AssessmentActualStartDate <= $reference))"""


@rule(
    "8869",
    "error",
    "Assessments",
    "AssessmentFactors",
    "The assessment has the factor for none identified, and others.",
    fails="Assessments: LAchildID CINdetailsID AssessmentID AssessmentFactors\n"
    "! A1 1 1 21,1A\n! A1 1 2 21\n! A1 1 2 3B",
    passes="Assessments: LAchildID CINdetailsID AssessmentID AssessmentFactors\n  A1 1 1 21\n  A1 1 2 1A\n  A1 1 3 -",
)
def rule_8869() -> str:
    """Names every row of the assessment. The code twice is not alone either (rule 8898 names it too)."""
    return f"""SELECT a.row FROM Assessments a WHERE a.assessment IN (SELECT x.assessment FROM {FACTORS} x
        GROUP BY x.assessment HAVING bool_or(x.factor = '21') AND count(*) > 1)"""


@rule(
    "8873Q",
    "query",
    "Assessments",
    "ReasonForClosure AssessmentFactors",
    "The episode's only assessment identified no factors, and the reason for closure is another than after assessment.",
    fails="CINdetails: LAchildID CINdetailsID ReasonForClosure\n  A1 1 RC1\n  A1 2 -\n\n"
    "Assessments: LAchildID CINdetailsID AssessmentID AssessmentFactors\n! A1 1 1 21\n! A1 2 1 21",
    passes="CINdetails: LAchildID CINdetailsID ReasonForClosure\n  A1 1 RC8\n  A1 2 RC9\n  A1 3 RC1\n  A1 4 RC1\n\n"
    "Assessments: LAchildID CINdetailsID AssessmentID AssessmentFactors\n  A1 1 1 21\n  A1 2 1 21\n  A1 3 1 1A\n"
    "  A1 4 1 21\n  A1 4 2 21",
)
def rule_8873q() -> str:
    """As the text has it: an episode without a reason for closure, so one that is still open, is named too."""
    return """SELECT DISTINCT a.row FROM Assessments a JOIN CINdetails e ON e.episode = a.episode
        WHERE list_contains(a.AssessmentFactors, '21')
        AND (e.ReasonForClosure IS NULL OR e.ReasonForClosure NOT IN ('RC8', 'RC9'))
        AND a.episode IN (SELECT o.episode FROM Assessments o GROUP BY o.episode
            HAVING count(DISTINCT o.assessment) = 1)"""


@rule(
    "8896",
    "error",
    "Assessments",
    "AssessmentAuthorisationDate",
    "The episode has more than one assessment that is not completed.",
    fails="Assessments: LAchildID CINdetailsID AssessmentAuthorisationDate\n! A1 1 -\n  A1 1 2025-06-01\n! A1 1 -",
    passes="Assessments: LAchildID CINdetailsID AssessmentAuthorisationDate\n  A1 1 -\n  A1 1 2025-06-01\n  A1 2 -",
)
def rule_8896() -> str:
    """Names each of them. A completion that was sent and is no date is there."""
    return """SELECT a.row FROM Assessments a WHERE ABSENT(a.AssessmentAuthorisationDate) AND a.episode IN
        (SELECT o.episode FROM Assessments o WHERE ABSENT(o.AssessmentAuthorisationDate)
            GROUP BY o.episode HAVING count(DISTINCT o.assessment) > 1)"""


@rule(
    "8897Q",
    "query",
    "Assessments",
    "AssessmentAuthorisationDate AssessmentFactors",
    "A completed assessment has no factor, or one that is none of the list.",
    fails="Assessments: AssessmentAuthorisationDate AssessmentFactors\n! 2025-04-01 -\n! 2025-06-01 99Z\n"
    "! 2025-06-01 1A,99Z",
    passes="Assessments: AssessmentAuthorisationDate AssessmentFactors\n  2025-06-01 1a\n  2025-03-31 -\n  - -\n"
    "  2025-06-01 1B,24A",
)
def rule_8897q() -> str:
    """Asked of assessments completed from the first day of the year. Every factor must be of the year's list."""
    return """SELECT a.row FROM Assessments a WHERE a.AssessmentAuthorisationDate >= $start
        AND (coalesce(len(a.AssessmentFactors), 0) = 0 OR NOT list_has_all([$FACTORS], a.AssessmentFactors))"""


@rule(
    "8898",
    "error",
    "Assessments",
    "AssessmentFactors",
    "The assessment has the same factor twice.",
    fails="Assessments: LAchildID CINdetailsID AssessmentID AssessmentFactors\n! A1 1 1 1A,2B,1A\n! A1 1 2 1A\n"
    "  A1 1 2 2B\n! A1 1 2 1A",
    passes="Assessments: LAchildID CINdetailsID AssessmentID AssessmentFactors\n"
    "  A1 1 1 1A,2B\n  A1 1 2 1A\n  A1 2 1 1A",
)
def rule_8898() -> str:
    """Names the rows that hold the repeated factor."""
    return f"""SELECT DISTINCT x.row FROM {FACTORS} x JOIN (SELECT y.assessment AS own, y.factor AS twice
        FROM {FACTORS} y GROUP BY y.assessment, y.factor HAVING count(*) > 1)
            ON own = x.assessment AND twice = x.factor"""
