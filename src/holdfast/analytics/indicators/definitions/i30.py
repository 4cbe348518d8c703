"""I30 three domains: of audited assessments, those that cover child, parents and surroundings, all three."""

from holdfast.analytics.indicators.audit_cards import OWN_WORDS, SMALL_SAMPLES, asked_of_audits, several_questions

ALL_THREE = several_questions(
    "Handed in on 30 November 2013: all three covered is in, one of them only partly is not. One known not to be "
    "covered is enough to say so, though another was not answered; two covered and one not answered is not known. "
    "Handed in on 1 December, it counts in December.",
    5,
    """
            answer_id | answer_audit_id | answer_question | answer_value | answer_met
            1.c       | 1               | domain-child    | yes          | yes
            1.p       | 1               | domain-parents  | yes          | yes
            1.f       | 1               | domain-family   | yes          | yes
            2.c       | 2               | domain-child    | yes          | yes
            2.p       | 2               | domain-parents  | partly       | no
            2.f       | 2               | domain-family   | yes          | yes
            3.c       | 3               | domain-child    |              |
            3.p       | 3               | domain-parents  | no           | no
            3.f       | 3               | domain-family   | yes          | yes
            4.c       | 4               | domain-child    | yes          | yes
            4.p       | 4               | domain-parents  | yes          | yes
            4.f       | 4               | domain-family   |              |
            5.c       | 5               | domain-child    | yes          | yes
            5.p       | 5               | domain-parents  | yes          | yes
            5.f       | 5               | domain-family   | yes          | yes
        """,
    """
        unit_id | in_numerator | unknown_because
        1       | yes          |
        2       | no           |
        3       | no           |
        4       |              | not sent
    """,
)

I30 = asked_of_audits(
    "I30",
    met={"domain-child": (), "domain-parents": (), "domain-family": ()},
    example=ALL_THREE,
    title="Three domains covered",
    question="Of the assessments audited at random, how many cover the child's needs, the parents' care, and the wider "
    "family and surroundings?",
    numerator="Audits that answered yes to all three, each asked by itself.",
    denominator="Case-file audits, chosen at random, of a child who was assessed in the twelve months before.",
    left_out="Cases with no assessment in the twelve months, and audits with a question set that asks of all in one.",
    in_head="All three",
    counted="assessments audited at random",
    why="An assessment that leaves out the father, the grandparents or the street leaves out half of the child's life.",
    gaming_risk=f"A heading for each domain with nothing under it. {SMALL_SAMPLES}",
    paired_with=("I32",),
    unverified=(OWN_WORDS, "That they are the triangle of Working Together 2013, chapter 1, was not read: unverified."),
)
