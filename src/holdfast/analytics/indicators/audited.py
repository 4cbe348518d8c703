"""The records that measures of audits ask about: audits chosen at random, their answers, their grades.

Only audits chosen at random speak for the cases that nobody read, so every share here is of those and never of them
with others. Rule: what waits to be graded again blind is not known, whatever the auditor wrote.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import blocks, questions, records
from holdfast.analytics.indicators.definition import WORKING_TOGETHER_2013
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.unknowns import NOT_UNDERSTOOD, OPEN

CASE_FILE: Final = "case-file-audit"
INSPECTION_GRADES: Final = "inspection-grades"
GOOD: Final = ("outstanding", "good")
NOT_APPLICABLE: Final = "not-applicable"
Met = Mapping[str, Sequence[str]]
"""Question to the values that count; none: whatever the question set says is looked for."""


def random_audits(held: Held, kind: str) -> Any:
    """One row per audit of a kind that was chosen at random and handed in: child, audit_team, handed_in_on, open_from.

    Left out: audits chosen because of a risk, for a theme or to audit again.
    """
    audit = held["audits"]
    own = audit.filter(
        (audit.audit_kind == kind) & (audit.audit_chosen == "random") & audit.audit_handed_in_on.notnull()
    )
    return own.select(
        "audit_team",
        unit_id=own.audit_id,
        child=own.audit_person_id,
        handed_in_on=own.audit_handed_in_on,
        open_from=own.audit_open_from,
        drawn_for=own.audit_drawn_for,
    )


def asked(held: Held, kind: str, met: Met, *, any_of: bool = False) -> Any:
    """The random audits that were asked any of these questions, and to which it applied, with `is_met`.

    All must be met, or with `any_of` one; NULL where an answer that it hangs on is not known.
    """
    answer = held["audit_answers"]
    applies = answer.answer_value.coalesce("") != NOT_APPLICABLE
    answer = answer.filter(answer.answer_question.isin(list(met)) & applies)
    so = (
        ibis.cases(
            *(
                (answer.answer_question == code, answer.answer_value.isin(list(values)))
                for code, values in met.items()
                if values
            ),
            else_=answer.answer_met,
        )
        if any(met.values())
        else answer.answer_met
    )
    answer = answer.select(of_audit=answer.answer_audit_id, so=so)
    counts = answer.group_by("of_audit").aggregate(
        n_met=ibis.ifelse(answer.so, 1, 0).sum(),
        n_not=ibis.ifelse(answer.so, 0, ibis.ifelse(answer.so.isnull(), 0, 1)).sum(),
        n_asked=answer.count(),
    )
    if any_of:
        is_met = ibis.cases(
            (counts.n_met > 0, True), (counts.n_not == counts.n_asked, False), else_=ibis.null("boolean")
        )
    else:
        is_met = ibis.cases(
            (counts.n_not > 0, False), (counts.n_met == counts.n_asked, True), else_=ibis.null("boolean")
        )
    counts = counts.select("of_audit", is_met=is_met)
    audit = random_audits(held, kind)
    return audit.inner_join(counts, audit.unit_id == counts.of_audit).drop("of_audit")


def met_rows(held: Held, *, kind: str, met: Met, any_of: bool = False) -> Any:
    """One row per audit that was asked and period in which it was handed in."""
    return _in_period(held, asked(held, kind, met, any_of=any_of), lambda a: a.is_met)


def graded(held: Held, *, judges: str = "whole", question: str = "") -> Any:
    """The random case-file audits with a grade on the scale of inspection: auditor, moderator, stands, and places."""
    grade = held["audit_grades"]
    wanted = (grade.grade_judges == judges) & (grade.grade_scales == INSPECTION_GRADES)
    grade = grade.filter(wanted & (grade.grade_question == question) if question else wanted)
    grade = grade.select(
        of_audit=grade.grade_audit_id,
        stands=grade.grade_stands,
        audit_grade_whose=grade.grade_whose,
        auditor_place=grade.grade_auditor_place,
        moderator_place=grade.grade_moderator_place,
    )
    audit = random_audits(held, CASE_FILE)
    return audit.inner_join(grade, audit.unit_id == grade.of_audit).drop("of_audit")


def graded_rows(held: Held, *, grades: Sequence[str]) -> Any:
    """One row per graded audit and period in which it was handed in: in, where what stands is one of the grades."""
    return _in_period(held, graded(held), lambda a: a.stands.isin(list(grades)))


def twice_graded_rows(held: Held, *, is_over: bool) -> Any:
    """One row per audit drawn by chance to be graded again: in, where both are alike; `is_over`: the first better."""
    audit = graded(held)
    drawn = audit.filter(audit.drawn_for == "share")
    if is_over:
        return _in_period(held, drawn, lambda a: a.auditor_place < a.moderator_place)
    return _in_period(held, drawn, lambda a: a.auditor_place == a.moderator_place)


def in_time_and_good_rows(held: Held) -> Any:
    """One row per random audit with a grade of the assessment: in, where it is good and the return says it was in time.

    The assessment is the child's last first assessment concluded in the twelve months to the day of handing in, of a
    referral since the 45 days are the law. A grade that is not good is not in, whatever is known of the time.
    """
    audit = graded(held, judges="section", question="grade-assessment")
    audit = blocks.look_up(held, audit, "handed_in_on", year_before="months_12_earlier")
    timed = audit.left_join(_timed(held, audit), "unit_id").drop("unit_id_right")
    return questions.happened(
        held,
        timed,
        on="handed_in_on",
        is_in=lambda a: a.stands.isin(list(GOOD)) & a.is_in_time,
        why={OPEN: lambda a: a.stands.isnull(), NOT_UNDERSTOOD: lambda a: (a.n_odd > 0).coalesce(False)},
    )


def _timed(held: Held, audit: Any) -> Any:
    """Audit to whether the assessment that it read was in time, by the return: NULL where the return cannot say."""
    done = records.first_assessments(held)
    done = done.filter(done.referred_on >= ibis.literal(WORKING_TOGETHER_2013.in_force_from))
    done = done.select(
        done_child=done.child,
        concluded_on=done.concluded_on,
        due_on=done.due_on,
        odd=ibis.ifelse(done.is_unsure | done.is_start_unread | done.may_have_another, 1, 0),
    )
    own = audit.select("unit_id", "child", "handed_in_on", "year_before").inner_join(
        done, audit.child == done.done_child
    )
    odd = own.group_by("unit_id").aggregate(n_odd=own.odd.sum())
    read = own.filter((own.concluded_on <= own.handed_in_on) & (own.concluded_on > own.year_before))
    last = read.group_by("unit_id").aggregate(last_on=read.concluded_on.max())
    read = read.inner_join(last, "unit_id").filter(lambda r: r.concluded_on == r.last_on)
    due = read.group_by("unit_id").aggregate(last_on=read.last_on.max(), due_on=read.due_on.min())
    both = odd.left_join(due, "unit_id").drop("unit_id_right")
    in_time = ibis.cases((both.n_odd > 0, ibis.null("boolean")), else_=both.last_on <= both.due_on)
    return both.select("unit_id", "n_odd", is_in_time=in_time)


def _in_period(held: Held, audit: Any, is_in: questions.Answer) -> Any:
    return questions.happened(held, audit, on="handed_in_on", is_in=is_in, why={OPEN: lambda a: a.open_from.isnull()})
