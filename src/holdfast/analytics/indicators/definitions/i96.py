"""I96 first grade too high: of cases drawn by chance to be graded again, those the moderator graded lower."""

from holdfast.analytics.indicators.audit_cards import graded_twice

I96 = graded_twice(
    "I96",
    is_over=True,
    words="Drawn by chance and handed in on 30 November 2013: an auditor's good that the moderator grades one lower is "
    "in; the same grade, and a grade that the moderator raised, are not. One still to be graded again is not known.",
    comes_out="""
        unit_id | in_numerator | unknown_because
        1       | no           |
        2       | yes          |
        3       | no           |
        4       |              | open
    """,
    title="First grade too high",
    question="Of the audited cases drawn by chance to be graded again, how many had the auditor given a better grade "
    "than the moderator?",
    numerator="Cases whose moderator, who had not seen it, gave a lower grade of the whole than the auditor.",
    in_head="Too high",
    polarity="lower",
    why="A council that grades itself too kindly does not see which child is not helped.",
    source="The grades of audits kept here. Inspectors of Lincolnshire found 17 of 30 audits too kind in January 2015. "
    "Grades are ordered and never averaged: the sector's mean shift is on the page of findings, in places of it.",
    gaming_risk="Moderators who are as kind as auditors: both may be, and only somebody from outside sees it.",
    paired_with=("I95", "I92"),
)
