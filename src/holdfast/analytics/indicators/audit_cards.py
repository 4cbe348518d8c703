"""What the cards of measures of audits share: who owns them, how a period is told, and the example worked by hand.

Not here: what each asks (definitions/) or the records (audited.py). Rule: a question to which one set has no answer is
in no measure of it: a set that does not ask it is left out, and the card says so.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final

from holdfast.analytics.indicators.audited import CASE_FILE, Met, met_rows, twice_graded_rows
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


def graded_twice(id: str, *, is_over: bool, words: str, comes_out: str, **said: Any) -> Definition:
    """A measure of the cases drawn by chance to be graded again: both grades alike or, `is_over`, the first better."""
    example = Example(
        words=words,
        shows=frozenset({"boundary", "missing"}),
        periods=("2013-11",),
        tables=GRADED_TWICE,
        rows=comes_out,
    )
    common = {
        "denominator": "Case-file audits, chosen at random, drawn by chance to be graded again.",
        "left_out": NOT_BY_CHANCE,
        "base_head": "Drawn again",
        "counted": "cases drawn to be graded again",
        "breakdowns": (),
        "unknown_words": in_words("were not graded", is_open=WAITING),
    }
    rows = partial(twice_graded_rows, is_over=is_over)
    return card(id, rows=rows, examples=(example,), tables=("audits", "audit_grades"), **{**common, **said})


GRADED_TWICE: Final = {
    "audits": """
    audit_id | audit_kind      | audit_chosen | audit_handed_in_on | audit_open_from | audit_drawn_for
    1        | case-file-audit | random       | 2013-11-30         | 2013-12-04      | share
    2        | case-file-audit | random       | 2013-11-30         | 2013-12-04      | share
    3        | case-file-audit | random       | 2013-11-30         | 2013-12-04      | share
    4        | case-file-audit | random       | 2013-11-30         |                 | share
    5        | case-file-audit | random       | 2013-11-30         | 2013-12-04      | lowest
    6        | case-file-audit | random       | 2013-11-30         | 2013-11-30      |
    7        | case-file-audit | random       | 2013-12-01         | 2013-12-04      | share
""",
    "audit_grades": """
    grade_id | grade_audit_id | grade_judges | grade_scales      | grade_auditor_place | grade_moderator_place
    1.w      | 1              | whole        | inspection-grades | 2                   | 2
    2.w      | 2              | whole        | inspection-grades | 2                   | 3
    3.w      | 3              | whole        | inspection-grades | 3                   | 2
    4.w      | 4              | whole        | inspection-grades |                     |
    5.w      | 5              | whole        | inspection-grades | 4                   | 4
    6.w      | 6              | whole        | inspection-grades | 2                   |
    7.w      | 7              | whole        | inspection-grades | 2                   | 2
""",
}
NOT_BY_CHANCE: Final = (
    "Cases graded again because the first grade was the lowest or the highest: they were not drawn by chance, and "
    "would make agreement look better or worse than it is. Not known: a case still to be graded again."
)

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


def several_questions(words: str, n: int, answers: str, comes_out: str) -> Example:
    """The example of a measure that asks several questions of n case-file audits, of which the last is of December."""
    days = ["2013-11-30"] * (n - 1) + ["2013-12-01"]
    lines = [f"{number} | {CASE_FILE} | random | {day} | {day}" for number, day in enumerate(days, start=1)]
    head = "audit_id | audit_kind | audit_chosen | audit_handed_in_on | audit_open_from"
    return Example(
        words=words,
        shows=frozenset({"boundary", "missing"}),
        periods=("2013-11",),
        tables={"audits": "\n".join([head, *lines]), "audit_answers": answers},
        rows=comes_out,
    )


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
