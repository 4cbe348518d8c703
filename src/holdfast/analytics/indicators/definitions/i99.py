"""I99 better when audited again: of cases audited again, those whose practice is graded better than the first time."""

from typing import Any

from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import questions
from holdfast.analytics.indicators.audit_cards import OWN_WORDS, WAITING, card
from holdfast.analytics.indicators.audited import INSPECTION_GRADES
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import OPEN, in_words

PLACES = {"outstanding": 1, "good": 2, "requires-improvement": 3, "inadequate": 4}


def rows(held: Held) -> Any:
    """One row per audit that follows up another and period in which it was handed in."""
    audit, grade = held["audits"], held["audit_grades"]
    grade = grade.filter((grade.grade_judges == "whole") & (grade.grade_scales == INSPECTION_GRADES))
    place = ibis.cases(*((grade.grade_stands == name, n) for name, n in PLACES.items()), else_=ibis.null("int32"))
    again = audit.filter(audit.audit_again_of_id.notnull() & audit.audit_handed_in_on.notnull()).select(
        "audit_team",
        unit_id=audit.audit_id,
        child=audit.audit_person_id,
        first_id=audit.audit_again_of_id,
        handed_in_on=audit.audit_handed_in_on,
    )
    first = grade.select(first_audit=grade.grade_audit_id, first_place=place)
    second = grade.select(second_audit=grade.grade_audit_id, second_place=place)
    both = again.inner_join(first, again.first_id == first.first_audit)
    both = both.inner_join(second, both.unit_id == second.second_audit)
    return questions.happened(
        held,
        both,
        on="handed_in_on",
        is_in=lambda b: b.second_place < b.first_place,
        why={OPEN: lambda b: b.first_place.isnull() | b.second_place.isnull()},
    )


BETTER = Example(
    words="Audited again and handed in on 30 November 2013: graded one better than the first time is in, the same or "
    "worse is not. Where one of the two waits for a moderator it is not known. The first audits, and one that follows "
    "an audit graded on another scale, count nowhere. Handed in on 1 December, it counts in December.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11",),
    tables={
        "audits": """
            audit_id | audit_kind      | audit_handed_in_on | audit_again_of_id
            1        | case-file-audit | 2013-11-01         |
            2        | case-file-audit | 2013-11-01         |
            3        | case-file-audit | 2013-11-01         |
            11       | re-audit        | 2013-11-30         | 1
            12       | re-audit        | 2013-11-30         | 1
            13       | re-audit        | 2013-11-30         | 2
            14       | re-audit        | 2013-11-30         | 3
            15       | re-audit        | 2013-12-01         | 1
        """,
        "audit_grades": """
            grade_id | grade_audit_id | grade_judges | grade_scales      | grade_stands
            1.w      | 1              | whole        | inspection-grades | inadequate
            2.w      | 2              | whole        | inspection-grades |
            3.w      | 3              | whole        | nought-to-ten     | 4
            11.w     | 11             | whole        | inspection-grades | requires-improvement
            12.w     | 12             | whole        | inspection-grades | inadequate
            13.w     | 13             | whole        | inspection-grades | good
            14.w     | 14             | whole        | inspection-grades | good
            15.w     | 15             | whole        | inspection-grades | good
        """,
    },
    rows="""
        unit_id | in_numerator | unknown_because
        11      | yes          |
        12      | no           |
        13      |              | open
    """,
)

I99 = card(
    "I99",
    rows=rows,
    examples=(BETTER,),
    tables=("audits", "audit_grades"),
    title="Better when audited again, moderated or not",
    question="Of the cases audited again, in how many is practice graded better than the first time?",
    numerator="Audits that follow up an earlier one of the same case, whose grade of the whole that stands is better.",
    denominator="Audits that follow up an earlier one, both graded on the scale of inspection. The sector counts "
    "themes; this counts cases, because the same case can be compared with itself.",
    left_out="Follow-ups of an audit on another scale. Not known: one of the two grades waits for a moderator.",
    in_head="Better",
    base_head="Audited again",
    counted="cases audited again",
    why="An audit is worth what changed for the child whose case it read.",
    source="The grades of audits kept here. There is no national statistic to compare.",
    unverified=(OWN_WORDS,),
    gaming_risk="Cases are audited again because they were poor, and the poorest look better the second time by chance "
    "alone: this is no proof that audits change practice. A fresh random sample of the same question is.",
    paired_with=("I98", "I92"),
    unknown_words=in_words("were not graded", is_open=WAITING),
)
