"""What the cards of measures of audits share: who owns them, how a period is told, and the example worked by hand.

Not here: what each asks (definitions/) or the records (audited.py). Rule: a question to which one set has no answer is
in no measure of it: a set that does not ask it is left out, and the card says so.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final

from holdfast.analytics.indicators.audited import CASE_FILE, Met, met_rows
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.unknowns import in_words

KINDS: Final = {CASE_FILE: "case-file", "closure-audit": "closure", "supervision-audit": "supervision"}
WAITING: Final = "wait to be graded again, blind"
PERIOD_RULE: Final = "Flow: the day on which the audit was handed in is in the period."
OWN_WORDS: Final = (
    "The question is in our own words, from sector practice: its wording has not been checked against a national "
    "source, because there is none: unverified."
)
SMALL_SAMPLES: Final = "Choosing easy cases: only cases drawn at random count, and each share has its interval."
Rows = Callable[..., Any]


def of_random(kind: str) -> str:
    """Who is left out of every measure of random audits, for its card."""
    return (
        "Audits chosen because of a risk, for a theme or to audit a case again, which speak for themselves; audits "
        f"other than {KINDS[kind]} audits; audits withdrawn. Not known: an audit that waits to be graded again, blind."
    )


def card(id: str, *, rows: Rows, examples: tuple[Example, ...], tables: tuple[str, ...], **said: Any) -> Definition:
    """A definition with what measures of audits have in common; `said` has the rest, and wins."""
    common = {
        "version": 1,
        "kind": "flow",
        "period_rule": PERIOD_RULE,
        "unit": "per cent",
        "polarity": "higher",
        "clock": "",
        "unverified": (OWN_WORDS,),
        "owner": "Principal social worker",
        "reviewed_on": date(2026, 11, 1),
        "review_by": date(2027, 11, 1),
        "chart": "p",
        "elapsed_unit": "",
        "limit_words": "",
        "breakdowns": ("audit_team",),
        "unknown_words": in_words("were not answered", is_open=WAITING),
    }
    return Definition(id=id, rows=rows, examples=examples, tables=tables, **{**common, **said})


def asked_of_audits(
    id: str, *, met: Met, kind: str = CASE_FILE, any_of: bool = False, example: Example, left_out: str = "", **said: Any
) -> Definition:
    """A measure of what audits answer to one question, or to several together (`met`, as audited.asked)."""
    rows = partial(met_rows, kind=kind, met=met, any_of=any_of)
    left_out = f"{left_out} {of_random(kind)}".strip()
    source = f"The {KINDS[kind]} audits kept here. There is no national statistic to compare."
    tables = ("audits", "audit_answers")
    own = {"left_out": left_out, "source": source, "base_head": "Audited", **said}
    return card(id, rows=rows, examples=(example,), tables=tables, **own)


ONE_QUESTION: Final = (
    "Handed in on 30 November 2013, an audit counts in November, and on 1 December in December. The answer "
    "that is looked for is in, any other is not. What does not apply to a case leaves it out, as does not having "
    "been asked. One that waits for a blind second grade is not known, and so is one that nobody answered. An "
    "audit chosen because of a risk, one of another kind and one not handed in count nowhere."
)


COMES_OUT: Final = """
    unit_id | child | in_numerator | unknown_because
    1       | C1    | yes          |
    3       | C3    | no           |
    5       | C5    |              | open
    10      | C10   |              | not sent
"""


def one_question(code: str, kind: str = CASE_FILE, *, met: str = "yes", partly: str = "partly") -> Example:
    """The example of a measure that asks one question, worked by hand; `met` and `partly` are values of its scale."""
    other = "closure-audit" if kind == CASE_FILE else CASE_FILE
    return Example(
        words=ONE_QUESTION,
        shows=frozenset({"boundary", "missing"}),
        periods=("2013-11",),
        tables={
            "audits": f"""
                audit_id | audit_person_id | audit_kind | audit_chosen | audit_handed_in_on | audit_open_from
                1        | C1              | {kind}     | random       | 2013-11-30         | 2013-11-30
                2        | C2              | {kind}     | random       | 2013-12-01         | 2013-12-01
                3        | C3              | {kind}     | random       | 2013-11-01         | 2013-11-01
                4        | C4              | {kind}     | random       | 2013-11-01         | 2013-11-01
                5        | C5              | {kind}     | random       | 2013-11-01         |
                6        | C6              | {kind}     | risk         | 2013-11-01         | 2013-11-01
                7        | C7              | {other}    | random       | 2013-11-01         | 2013-11-01
                8        | C8              | {kind}     | random       |                    |
                9        | C9              | {kind}     | random       | 2013-11-01         | 2013-11-01
                10       | C10             | {kind}     | random       | 2013-11-01         | 2013-11-01
            """,
            "audit_answers": f"""
                answer_id | answer_audit_id | answer_question | answer_value   | answer_met
                1.q       | 1               | {code}          | {met}          | yes
                2.q       | 2               | {code}          | {met}          | yes
                3.q       | 3               | {code}          | {partly}       | no
                4.q       | 4               | {code}          | not-applicable |
                5.q       | 5               | {code}          |                |
                6.q       | 6               | {code}          | {met}          | yes
                7.q       | 7               | {code}          | {met}          | yes
                9.q       | 9               | another         | {met}          | yes
                10.q      | 10              | {code}          |                |
            """,
        },
        rows=COMES_OUT,
    )
