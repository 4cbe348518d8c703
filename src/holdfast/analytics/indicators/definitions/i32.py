"""I32 in time and good: audited assessments that the return says were in time and the auditors say were good."""

from holdfast.analytics.indicators.audit_cards import WAITING, card
from holdfast.analytics.indicators.audited import in_time_and_good_rows
from holdfast.analytics.indicators.definition import WORKING_TOGETHER_2013
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.unknowns import in_words

BOTH = Example(
    words="Referred on 16 April 2013, day 45 is 20 June. Concluded that day and graded good is in; concluded the day "
    "after, or graded less than good, is not. A grade that is less than good is not in, though the return has nothing "
    "of the child; good, with nothing in the return, is not known, and so is one concluded over a year before the "
    "audit. One that waits for a blind second grade is not known, unless it was late.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11",),
    tables={
        "audits": """
            audit_id | audit_person_id | audit_kind      | audit_chosen | audit_handed_in_on | audit_open_from
            1        | C1              | case-file-audit | random       | 2013-11-30         | 2013-11-30
            2        | C2              | case-file-audit | random       | 2013-11-30         | 2013-11-30
            3        | C1              | case-file-audit | random       | 2013-11-30         | 2013-11-30
            4        | C9              | case-file-audit | random       | 2013-11-30         | 2013-11-30
            5        | C9              | case-file-audit | random       | 2013-11-30         | 2013-11-30
            6        | C1              | case-file-audit | random       | 2013-11-30         |
            7        | C2              | case-file-audit | random       | 2013-11-30         |
            8        | C1              | case-file-audit | random       | 2013-12-01         | 2013-12-01
            9        | C1              | case-file-audit | risk         | 2013-11-30         | 2013-11-30
        """,
        "audit_grades": """
            grade_id | grade_audit_id | grade_question   | grade_judges | grade_scales      | grade_stands
            1.a      | 1              | grade-assessment | section      | inspection-grades | good
            2.a      | 2              | grade-assessment | section      | inspection-grades | good
            3.a      | 3              | grade-assessment | section      | inspection-grades | requires-improvement
            4.a      | 4              | grade-assessment | section      | inspection-grades | inadequate
            5.a      | 5              | grade-assessment | section      | inspection-grades | outstanding
            6.a      | 6              | grade-assessment | section      | inspection-grades |
            7.a      | 7              | grade-assessment | section      | inspection-grades |
            8.a      | 8              | grade-assessment | section      | inspection-grades | good
            9.a      | 9              | grade-assessment | section      | inspection-grades | good
            1.r      | 1              | grade-risk       | section      | inspection-grades | inadequate
        """,
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date
            R1               | C1             | 2013-04-16
            R2               | C2             | 2013-04-16
        """,
        "cin_assessments": """
            cina_assessment_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date
            A1                 | R1               | 2013-04-17                 | 2013-06-20
            A2                 | R2               | 2013-04-17                 | 2013-06-21
        """,
    },
    rows="""
        unit_id | child | in_numerator | unknown_because
        1       | C1    | yes          |
        2       | C2    | no           |
        3       | C1    | no           |
        4       | C9    | no           |
        5       | C9    |              | not sent
        6       | C1    |              | open
        7       | C2    | no           |
    """,
)

THE_YEAR_AND_THE_LAST = Example(
    words="The assessment that was audited is the last one concluded in the twelve months to the audit: concluded on "
    "30 November 2013 it is in the year of an audit on 29 November 2014, and not of one the day after. Of two, the "
    "later counts. An assessment of a referral before 15 April 2013 is not judged by the 45 days.",
    shows=frozenset({"boundary"}),
    periods=("2014-11",),
    as_at=WORKING_TOGETHER_2013.in_force_from.replace(year=2015),
    tables={
        "audits": """
            audit_id | audit_person_id | audit_kind      | audit_chosen | audit_handed_in_on | audit_open_from
            1        | C1              | case-file-audit | random       | 2014-11-29         | 2014-11-29
            2        | C1              | case-file-audit | random       | 2014-11-30         | 2014-11-30
            3        | C2              | case-file-audit | random       | 2014-11-29         | 2014-11-29
            4        | C3              | case-file-audit | random       | 2014-11-29         | 2014-11-29
        """,
        "audit_grades": """
            grade_id | grade_audit_id | grade_question   | grade_judges | grade_scales      | grade_stands
            1.a      | 1              | grade-assessment | section      | inspection-grades | good
            2.a      | 2              | grade-assessment | section      | inspection-grades | good
            3.a      | 3              | grade-assessment | section      | inspection-grades | good
            4.a      | 4              | grade-assessment | section      | inspection-grades | good
        """,
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date
            R1               | C1             | 2013-11-01
            R2               | C2             | 2013-11-01
            R3               | C2             | 2014-04-01
            R4               | C3             | 2013-04-14
        """,
        "cin_assessments": """
            cina_assessment_id | cina_referral_id | cina_assessment_start_date | cina_assessment_auth_date
            A1                 | R1               | 2013-11-01                 | 2013-11-30
            A2                 | R2               | 2013-11-01                 | 2013-11-30
            A3                 | R3               | 2014-04-01                 | 2014-11-03
            A4                 | R4               | 2013-04-14                 | 2014-01-10
        """,
    },
    rows="""
        unit_id | in_numerator | unknown_because
        1       | yes          |
        2       |              | not sent
        3       | no           |
        4       |              | not sent
    """,
)

I32 = card(
    "I32",
    rows=in_time_and_good_rows,
    examples=(BOTH, THE_YEAR_AND_THE_LAST),
    tables=("audits", "audit_grades", "cin_episodes", "cin_assessments", "person"),
    title="Assessments in time and good, moderated or not",
    question="Of the assessments audited at random, how many were both concluded within 45 working days and good?",
    numerator="Audits whose grade of the assessment that stands is good or outstanding, of a child whose last first "
    "assessment in the twelve months before was concluded by the 45th working day after its referral.",
    denominator="Case-file audits, chosen at random, that grade the assessment on the scale of inspection.",
    left_out="Audits chosen because of a risk, for a theme or again. Not known: a good assessment of which the returns "
    "hold no conclusion in the year, or one whose referral was before the 45 days were the law; an audit that waits to "
    "be graded again, blind, unless the assessment was late.",
    in_head="In time and good",
    base_head="Audited",
    counted="assessments audited at random",
    why="Timeliness that is bought with thin assessments protects nobody. The two together cannot be bought so.",
    law=WORKING_TOGETHER_2013,
    source="The case-file audits kept here, joined to the children in need census (CINreferralDate N00100, "
    "AssessmentAuthorisationDate N00160) by the council's own reference of the child, which both must write alike.",
    gaming_risk="Auditing only what was in time. Only cases drawn at random count, and each share has its interval.",
    paired_with=("I20", "I92"),
    unknown_words=in_words("have no assessment in the returns that can be held against the limit", is_open=WAITING),
)
