"""I62 closed and at risk: of closures audited at random, those that left the child at risk."""

from holdfast.analytics.indicators.audit_cards import asked_of_audits
from holdfast.analytics.indicators.examples import Example

EITHER = Example(
    words="Handed in on 30 November 2013: closed too soon and left at risk is in, and so is a child who is not safe "
    "today, whatever is said of the closing. Safe, and closed rightly, is not. Safe, where nobody judged the closing, "
    "is not known. Handed in on 1 December, it counts in December.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11",),
    tables={
        "audits": """
            audit_id | audit_kind    | audit_chosen | audit_handed_in_on | audit_open_from
            1        | closure-audit | random       | 2013-11-30         | 2013-11-30
            2        | closure-audit | random       | 2013-11-30         | 2013-11-30
            3        | closure-audit | random       | 2013-11-30         | 2013-11-30
            4        | closure-audit | random       | 2013-11-30         | 2013-11-30
            5        | closure-audit | random       | 2013-12-01         | 2013-12-01
        """,
        "audit_answers": """
            answer_id | answer_audit_id | answer_question | answer_value | answer_met
            1.c       | 1               | closed-rightly  | left-at-risk | no
            1.s       | 1               | safe-today      | safe         | yes
            2.c       | 2               | closed-rightly  | right        | yes
            2.s       | 2               | safe-today      | at-risk      | no
            3.c       | 3               | closed-rightly  | too-soon     | no
            3.s       | 3               | safe-today      | not-sure     | no
            4.c       | 4               | closed-rightly  |              |
            4.s       | 4               | safe-today      | safe         | yes
            5.c       | 5               | closed-rightly  | left-at-risk | no
        """,
    },
    rows="""
        unit_id | in_numerator | unknown_because
        1       | yes          |
        2       | yes          |
        3       | no           |
        4       |              | not sent
    """,
)

I62 = asked_of_audits(
    "I62",
    kind="closure-audit",
    met={"closed-rightly": ("left-at-risk",), "safe-today": ("at-risk",)},
    any_of=True,
    example=EITHER,
    title="Closures that left a child at risk",
    question="Of the closures audited at random, how many left the child at risk?",
    numerator="Audits that judge the case closed too soon so that the child was left at risk, or find the child not "
    "safe today.",
    denominator="Closure audits chosen at random. The sector counts these without a base; a base is shown, because "
    "none in a sample of twelve is not none.",
    in_head="Left at risk",
    polarity="lower",
    counted="closures audited at random",
    why="The notice asks that no case is closed so that a child is left at risk. Each one of these is such a child.",
    gaming_risk="Auditing closures that nobody doubts. What was found in audits chosen because of a risk is no part of "
    "this share, and each is on the list of children who may not be safe.",
    paired_with=("I61", "I60-3"),
)
