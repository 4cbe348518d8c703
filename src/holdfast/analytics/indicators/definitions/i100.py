"""I100 voice in audits: of cases audited at random, those in which the auditor heard the child or a parent."""

from holdfast.analytics.indicators.audit_cards import asked_of_audits, several_questions

EITHER = several_questions(
    "Handed in on 30 November 2013: hearing the child or a parent is enough, whatever came of the other. Asked "
    "and declined is not heard. Not reached, with nothing said of the other, is not known. Handed in on 1 December, it "
    "counts in December.",
    4,
    """
            answer_id | answer_audit_id | answer_question | answer_value | answer_met
            1.c       | 1               | heard-child     |              |
            1.p       | 1               | heard-parent    | heard        | yes
            2.c       | 2               | heard-child     | declined     | no
            2.p       | 2               | heard-parent    | not-asked    | no
            3.c       | 3               | heard-child     | not-reached  | no
            3.p       | 3               | heard-parent    |              |
            4.c       | 4               | heard-child     | heard        | yes
        """,
    """
        unit_id | in_numerator | unknown_because
        1       | yes          |
        2       | no           |
        3       |              | not sent
    """,
)

I100 = asked_of_audits(
    "I100",
    met={"heard-child": ("heard",), "heard-parent": ("heard",)},
    any_of=True,
    example=EITHER,
    title="Child or family heard in audits",
    question="Of the cases audited at random, in how many did the auditor hear from the child, a parent or a carer?",
    numerator="Audits whose auditor heard from at least one of them. The worker is counted apart, in the findings.",
    denominator="Case-file audits chosen at random.",
    in_head="Heard",
    counted="cases audited at random",
    why="An audit that hears nobody judges paper.",
    gaming_risk="A telephone call to the parent who is easiest to reach counts as much as time with the child: read "
    "both apart in the findings.",
    paired_with=("I92",),
)
