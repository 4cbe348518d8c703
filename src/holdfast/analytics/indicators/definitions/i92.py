"""I92 good or better, and I93 inadequate (i93.py): the grade that stands, of cases audited at random."""

from functools import partial

from holdfast.analytics.indicators.audit_cards import OWN_WORDS, card, of_random
from holdfast.analytics.indicators.audited import CASE_FILE, GOOD, graded_rows
from holdfast.analytics.indicators.examples import Example

THE_GRADE_THAT_STANDS = Example(
    words="Handed in on 30 November 2013, good and outstanding are in, requires improvement is not: the final grade "
    "where there is one, the auditor's where nobody graded the case again, and each is told from the other. One that "
    "waits for a blind second grade, or for the final one, is not known. A grade on another scale, one of a part of "
    "the practice, and an audit chosen because of a risk count nowhere.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11",),
    tables={
        "audits": """
            audit_id | audit_kind      | audit_chosen | audit_handed_in_on | audit_open_from
            1        | case-file-audit | random       | 2013-11-30         | 2013-11-30
            2        | case-file-audit | random       | 2013-11-30         | 2013-11-30
            3        | case-file-audit | random       | 2013-11-30         | 2013-11-30
            4        | case-file-audit | random       | 2013-11-30         |
            5        | case-file-audit | random       | 2013-11-30         | 2013-11-30
            6        | case-file-audit | risk         | 2013-11-30         | 2013-11-30
            7        | case-file-audit | random       | 2013-12-01         | 2013-12-01
        """,
        "audit_grades": """
            grade_id | grade_audit_id | grade_judges | grade_scales      | grade_stands         | grade_whose
            1.w      | 1              | whole        | inspection-grades | good                 | auditor
            2.w      | 2              | whole        | inspection-grades | outstanding          | final
            3.w      | 3              | whole        | inspection-grades | requires-improvement | final
            4.w      | 4              | whole        | inspection-grades |                      |
            5.w      | 5              | whole        | nought-to-ten     | 8                    | auditor
            6.w      | 6              | whole        | inspection-grades | good                 | auditor
            7.w      | 7              | whole        | inspection-grades | good                 | auditor
            1.r      | 1              | section      | inspection-grades | inadequate           | auditor
        """,
    },
    rows="""
        unit_id | in_numerator | unknown_because | audit_grade_whose
        1       | yes          |                 | auditor
        2       | yes          |                 | final
        3       | no           |                 | final
        4       |              | open            |
    """,
)

I92 = card(
    "I92",
    rows=partial(graded_rows, grades=GOOD),
    examples=(THE_GRADE_THAT_STANDS,),
    tables=("audits", "audit_grades"),
    title="Practice good or better, moderated or not",
    question="Of the cases audited at random, how many were graded good or outstanding as a whole?",
    numerator="Audits whose grade of the whole that stands is good or outstanding: the final grade where the case was "
    "graded again, the auditor's where it was not. Broken down, each is said apart.",
    denominator="Case-file audits, chosen at random, with a grade on the scale of inspection. The older “adequate” is "
    "read as requires improvement; grades are counted and never averaged.",
    left_out=f"Grades on another scale, which is never read together with this one. {of_random(CASE_FILE)}",
    in_head="Good or better",
    base_head="Graded",
    counted="cases graded",
    why="It is the plainest thing that can be said of practice, and only as true as whoever graded: read it beside how "
    "far auditors and moderators agree.",
    source="The grades of audits kept here. “Good or better” are the two best grades of inspection [sector practice]; "
    "“adequate” was used until November 2013.",
    unverified=(
        OWN_WORDS,
        "That “adequate” was used until November 2013 is from practice, and was not read: unverified.",
    ),
    gaming_risk="Kind auditors: inspectors elsewhere found most audits of a council too kind. Read it beside grades "
    "that moderators lowered.",
    paired_with=("I96", "I93"),
    breakdowns=("audit_team", "audit_grade_whose"),
)
