"""I95 agreement, and I96 the first grade too high (i96.py): of cases drawn by chance to be graded again, blind."""

from functools import partial

from holdfast.analytics.indicators.audit_cards import WAITING, card
from holdfast.analytics.indicators.audited import twice_graded_rows
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.unknowns import in_words

AUDITS = """
    audit_id | audit_kind      | audit_chosen | audit_handed_in_on | audit_open_from | audit_drawn_for
    1        | case-file-audit | random       | 2013-11-30         | 2013-12-04      | share
    2        | case-file-audit | random       | 2013-11-30         | 2013-12-04      | share
    3        | case-file-audit | random       | 2013-11-30         | 2013-12-04      | share
    4        | case-file-audit | random       | 2013-11-30         |                 | share
    5        | case-file-audit | random       | 2013-11-30         | 2013-12-04      | lowest
    6        | case-file-audit | random       | 2013-11-30         | 2013-11-30      |
    7        | case-file-audit | random       | 2013-12-01         | 2013-12-04      | share
"""
GRADES = """
    grade_id | grade_audit_id | grade_judges | grade_scales      | grade_auditor_place | grade_moderator_place
    1.w      | 1              | whole        | inspection-grades | 2                   | 2
    2.w      | 2              | whole        | inspection-grades | 2                   | 3
    3.w      | 3              | whole        | inspection-grades | 3                   | 2
    4.w      | 4              | whole        | inspection-grades |                     |
    5.w      | 5              | whole        | inspection-grades | 4                   | 4
    6.w      | 6              | whole        | inspection-grades | 2                   |
    7.w      | 7              | whole        | inspection-grades | 2                   | 2
"""
LEFT_OUT = (
    "Cases graded again because the first grade was the lowest or the highest: they were not drawn by chance, and "
    "would make agreement look better or worse than it is. Not known: a case still to be graded again."
)

THE_SAME = Example(
    words="Drawn by chance and handed in on 30 November 2013: the same grade twice is in, any other is not, higher or "
    "lower. One still to be graded again is not known. A case graded again because it had the lowest grade, and one "
    "that was not drawn, count nowhere. Handed in on 1 December, it counts in December.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11",),
    tables={"audits": AUDITS, "audit_grades": GRADES},
    rows="""
        unit_id | in_numerator | unknown_because
        1       | yes          |
        2       | no           |
        3       | no           |
        4       |              | open
    """,
)

I95 = card(
    "I95",
    rows=partial(twice_graded_rows, is_over=False),
    examples=(THE_SAME,),
    tables=("audits", "audit_grades"),
    title="Auditor and moderator agree",
    question="Of the audited cases drawn by chance to be graded again, how many got the same grade twice?",
    numerator="Cases to which the moderator, who had not seen it, gave the auditor's grade of the whole.",
    denominator="Case-file audits, chosen at random, drawn by chance to be graded again.",
    left_out=LEFT_OUT,
    in_head="The same",
    base_head="Drawn again",
    counted="cases drawn to be graded again",
    why="A grade that another reader would not give says more of the auditor than of the child's help.",
    source="The grades of audits kept here. Weighted kappa and AC2, with intervals, are on the page of findings.",
    gaming_risk="Telling the moderator: here they cannot see the first grade. Where nearly every grade is the same, "
    "agreement is high by chance alone: read kappa beside it.",
    paired_with=("I96",),
    breakdowns=(),
    unknown_words=in_words("were not graded", is_open=WAITING),
)
