"""I93 inadequate: of cases audited at random, those graded inadequate as a whole."""

from functools import partial

from holdfast.analytics.indicators.audit_cards import OWN_WORDS, card, of_random
from holdfast.analytics.indicators.audited import CASE_FILE, graded_rows
from holdfast.analytics.indicators.examples import Example

THE_LOWEST = Example(
    words="Handed in on 30 November 2013, inadequate is in and the grade above it is not. Every audit with the lowest "
    "grade is graded again, so one that waits for that is not known.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11",),
    tables={
        "audits": """
            audit_id | audit_kind      | audit_chosen | audit_handed_in_on | audit_open_from
            1        | case-file-audit | random       | 2013-11-30         | 2013-11-30
            2        | case-file-audit | random       | 2013-11-30         | 2013-11-30
            3        | case-file-audit | random       | 2013-11-30         |
            4        | case-file-audit | random       | 2013-12-01         | 2013-12-01
        """,
        "audit_grades": """
            grade_id | grade_audit_id | grade_judges | grade_scales      | grade_stands         | grade_whose
            1.w      | 1              | whole        | inspection-grades | inadequate           | final
            2.w      | 2              | whole        | inspection-grades | requires-improvement | auditor
            3.w      | 3              | whole        | inspection-grades |                      |
            4.w      | 4              | whole        | inspection-grades | inadequate           | final
        """,
    },
    rows="""
        unit_id | in_numerator | unknown_because | audit_grade_whose
        1       | yes          |                 | final
        2       | no           |                 | auditor
        3       |              | open            |
    """,
)

I93 = card(
    "I93",
    rows=partial(graded_rows, grades=("inadequate",)),
    examples=(THE_LOWEST,),
    tables=("audits", "audit_grades"),
    title="Practice inadequate, moderated or not",
    question="Of the cases audited at random, how many were graded inadequate as a whole?",
    numerator="Audits whose grade of the whole that stands is inadequate: the final grade where the case was graded "
    "again, the auditor's where it was not.",
    denominator="Case-file audits, chosen at random, with a grade on the scale of inspection.",
    left_out=f"Grades on another scale, which is never read together with this one. {of_random(CASE_FILE)}",
    in_head="Inadequate",
    base_head="Graded",
    polarity="lower",
    counted="cases graded",
    why="Behind each is a child who was left at risk, or without help that was plainly needed.",
    source="The grades of audits kept here. There is no national statistic to compare.",
    unverified=(OWN_WORDS,),
    gaming_risk="Grading one above the lowest, so that nobody reads the case again: the moderators' share drawn by "
    "chance finds it.",
    paired_with=("I92",),
    breakdowns=("audit_team", "audit_grade_whose"),
)
