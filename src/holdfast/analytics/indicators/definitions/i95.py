"""I95 agreement, and I96 the first grade too high (i96.py): of cases drawn by chance to be graded again, blind."""

from holdfast.analytics.indicators.audit_cards import graded_twice

I95 = graded_twice(
    "I95",
    is_over=False,
    words="Drawn by chance and handed in on 30 November 2013: the same grade twice is in, any other is not, higher or "
    "lower. One still to be graded again is not known. A case graded again because it had the lowest grade, and one "
    "that was not drawn, count nowhere. Handed in on 1 December, it counts in December.",
    comes_out="""
        unit_id | in_numerator | unknown_because
        1       | yes          |
        2       | no           |
        3       | no           |
        4       |              | open
    """,
    title="Auditor and moderator agree",
    question="Of the audited cases drawn by chance to be graded again, how many got the same grade twice?",
    numerator="Cases to which the moderator, who had not seen it, gave the auditor's grade of the whole.",
    in_head="The same",
    why="A grade that another reader would not give says more of the auditor than of the child's help.",
    source="The grades of audits kept here. Weighted kappa and AC2, with intervals, are on the page of findings.",
    gaming_risk="Telling the moderator: here they cannot see the first grade. Where nearly every grade is the same, "
    "agreement is high by chance alone: read kappa beside it.",
    paired_with=("I96",),
)
