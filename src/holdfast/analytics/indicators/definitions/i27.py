"""I27 assessments in which the child was seen, of those concluded: by the mark that a return gives, and no audit.

A census has no such mark; Annex A and the SSD have, and fill it up in what the census answers for (decision 170).
"""

from datetime import date
from typing import Any

from holdfast.analytics.breakdowns import OF_ANY_RECORD
from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import questions
from holdfast.analytics.indicators.blocks import unread
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.indicators.records import assessments, described
from holdfast.analytics.unknowns import in_words


def rows(held: Held) -> Any:
    """One row per assessment and period in which it was concluded."""
    person = held["person"]
    birth = person.select(
        birth_of=person.pers_person_id,
        born=person.pers_dob,
        expected=person.pers_expected_dob,
        is_birth_unread=unread(person, "pers_dob", "pers_expected_dob"),
    )
    assessment = described(held, assessments(held))
    assessment = assessment.left_join(birth, assessment.child == birth.birth_of).drop("birth_of")
    is_unborn = (assessment.born.coalesce(assessment.expected) > assessment.concluded_on).coalesce(False)
    assessment = assessment.mutate(seen=ibis.cases((~is_unborn, assessment.child_seen), else_=ibis.null("boolean")))
    return questions.happened(
        held,
        assessment,
        on="concluded_on",
        is_in="seen",
        unsure=lambda a: a.is_seen_unread | a.is_birth_unread.coalesce(False),
    )


ON_THE_DAY = Example(
    words="Concluded on 30 November 2013 counts in November, on 1 December in December, and not concluded nowhere. "
    "Seen is what the return says: where it says nothing, or what it says was not understood, it is not known, and "
    "never no.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11",),
    tables={
        "cin_assessments": """
            cina_assessment_id | cina_person_id | cina_assessment_auth_date | cina_assessment_child_seen | unread
            A1 | C1 | 2013-11-30 | yes |
            A2 | C2 | 2013-11-01 | no |
            A3 | C3 | 2013-11-15 | |
            A4 | C4 | 2013-12-01 | yes |
            A5 | C5 | | yes |
            A6 | C6 | 2013-11-15 | | cina_assessment_child_seen
        """,
    },
    rows="""
        unit_id | in_numerator | unknown_because
        A1      | yes          |
        A2      | no           |
        A3      |              | not sent
        A6      |              | not understood
    """,
)

NOT_BORN = Example(
    words="A child not yet born when the assessment was concluded is left out of the share, whatever the mark says: "
    "born "
    "on the day it counts, born the day after it does not, nor expected then with no birth recorded. Expected earlier, "
    "or with nothing known of the birth, it counts.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11",),
    tables={
        "person": """
            pers_person_id | pers_dob   | pers_expected_dob
            C1             | 2013-11-15 |
            C2             | 2013-11-16 |
            C3             |            | 2013-11-16
            C4             |            | 2013-11-15
            C5             |            |
        """,
        "cin_assessments": """
            cina_assessment_id | cina_person_id | cina_assessment_auth_date | cina_assessment_child_seen
            A1                 | C1             | 2013-11-15                | no
            A2                 | C2             | 2013-11-15                | no
            A3                 | C3             | 2013-11-15                | yes
            A4                 | C4             | 2013-11-15                | no
            A5                 | C5             | 2013-11-15                | yes
        """,
    },
    rows="""
        unit_id | in_numerator | unknown_because
        A1      | no           |
        A2      |              | not sent
        A3      |              | not sent
        A4      | no           |
        A5      | yes          |
    """,
)

I27 = Definition(
    id="I27",
    version=1,
    title="Child seen in the assessment",
    question="Of the assessments concluded, in how many was the child seen?",
    numerator="Assessments that the return marks as having seen the child.",
    denominator="Assessments concluded in the period: every one, not only a referral's first.",
    left_out="Assessments still open. Left out of the share, and counted with what is not known so that nobody can "
    "work "
    "out how few they are: children not yet born when the assessment was concluded, where a return says so.",
    kind="flow",
    period_rule="Flow: the day the assessment was concluded is in the period.",
    in_head="Child seen",
    base_head="Concluded",
    counted="assessments concluded",
    why="An assessment that never saw the child says what adults said. Timeliness can rise while this falls.",
    unit="per cent",
    polarity="higher",
    clock="",
    source="Annex A list 4, Child Seen During Continuous Assessment; SSD cin_assessments CINA004A. The children in "
    "need "
    "census does not send it: where a list of Annex A says it of an assessment that the census answers for, it is "
    "taken "
    "from there, and only of the days that the lists give (decision 170).",
    unverified=("That the mark means seen by whoever assessed is practice and in no source seen: unverified.",),
    owner="Head of service, referral and assessment",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("cin_assessments", "cin_episodes", "person"),
    gaming_risk="Ticking the mark for a child seen at the door, or by somebody else: audits ask what was seen and "
    "heard.",
    paired_with=("I21", "I28"),
    chart="p",
    elapsed_unit="",
    limit_words="",
    rows=rows,
    examples=(ON_THE_DAY, NOT_BORN),
    breakdowns=(*OF_ANY_RECORD, "assessment_team"),
    unknown_words=in_words("lack the mark or are of unborn children"),
    filled_up=("cina_assessment_child_seen",),
    where_given=("pers_dob", "pers_expected_dob"),
)
