"""The tables that the audits room gives: audits, answers, grades, children not safe, what is asked for.

Rule: a case by the council's own reference, codes and days; never who audited or moderated, and never free text. What
a moderator has still to grade blind is left empty until they have.
"""

from holdfast.analytics.tables.shapes import (
    Column,
    Table,
    date_column,
    flag_column,
    key_column,
    text_column,
    whole_column,
)

TO_COME = "It is to be graded again and has not been; or nobody answered."
WHOSE = {"final": "Final grade, moderated", "auditor": "Auditor’s grade, not moderated"}
CHOSEN = {"random": "At random", "risk": "Because of a risk", "theme": "For a theme", "again": "To audit it again"}
DRAWN = {"share": "Drawn at random", "lowest": "Has the lowest grade", "highest": "Has the highest grade"}

AUDITS = Table(
    "audits",
    (
        key_column("audit_id", "The audit's number in the programme."),
        text_column(
            "audit_person_id", "The council's own reference of the case, as its returns write it.", "Never empty."
        ),
        text_column("audit_kind", "What kind of audit: case-file-audit, closure-audit and so on.", "Never empty."),
        text_column(
            "audit_questions", "<question set>/<version>, which says every word that was asked.", "Never empty."
        ),
        text_column("audit_chosen", "How the case came to be audited.", "Never empty.", codes=CHOSEN),
        text_column("audit_team", "The team that holds the case, by its name.", "Never empty."),
        date_column("audit_added_on", "The day it was added.", "Never empty."),
        date_column("audit_due_on", "The day it is due.", "Never empty."),
        date_column("audit_handed_in_on", "The day it was handed in.", "Not handed in by the as-at date."),
        text_column("audit_drawn_for", "Why it is graded again, blind.", "It is not graded again.", codes=DRAWN),
        date_column(
            "audit_open_from", "The day from which its answers may be read.", "It waits for a blind second grade."
        ),
        text_column("audit_again_of_id", "The audit of the same case that it follows up (audits).", "It is the first."),
    ),
    ("audit_id",),
    "One row per audit that was not withdrawn. Supplied by the audits room, whole, each time.",
    supplied_by=("audits",),
    dated="audit_added_on",
)

ANSWERS = Table(
    "audit_answers",
    (
        key_column("answer_id", "<audit>|<question>."),
        text_column("answer_audit_id", "The audit (audits).", "Never empty."),
        text_column("answer_question", "The question's code.", "Never empty."),
        text_column("answer_value", "The code of what was chosen, or not-applicable.", TO_COME),
        flag_column("answer_met", "It meets what is looked for.", f"It does not apply. {TO_COME}"),
        date_column("answer_given_on", "The day the audit was handed in.", "Never empty."),
    ),
    ("answer_id",),
    "One row per audit handed in and question with a choice that its answers asked. Supplied by the audits room, "
    "whole, each time.",
    supplied_by=("audits",),
    dated="answer_given_on",
)

GRADES = Table(
    "audit_grades",
    (
        key_column("grade_id", "<audit>|<question>."),
        text_column("grade_audit_id", "The audit (audits).", "Never empty."),
        text_column("grade_question", "The code of the question that is judged.", "Never empty."),
        text_column("grade_judges", "whole: the practice as a whole; section: one part of it.", "Never empty."),
        text_column(
            "grade_scales", "The family of scales it is on: two families are never read together.", "Never empty."
        ),
        text_column("grade_auditor", "The auditor's, as it is read today.", TO_COME),
        text_column("grade_moderator", "The moderator's, as it is read today.", "Nobody graded it again."),
        text_column("grade_final", "The final one, as it is read today.", "None was decided."),
        text_column("grade_stands", "The one that stands: final where there is one.", "It waits for the final one."),
        text_column("grade_whose", "Whose stands.", "It waits for the final one.", codes=WHOSE),
        whole_column("grade_auditor_place", "The auditor's place on the scale, 1 the best.", TO_COME),
        whole_column("grade_moderator_place", "The moderator's place on the scale.", "Nobody graded it again."),
        date_column("grade_given_on", "The day the audit was handed in.", "Never empty."),
    ),
    ("grade_id",),
    "One row per audit handed in and judged question. Supplied by the audits room, whole, each time.",
    supplied_by=("audits",),
    dated="grade_given_on",
)


def _of_a_case(prefix: str) -> tuple[Column, ...]:
    """Which audit, of which case, of which team."""
    return (
        text_column(f"{prefix}_audit_id", "The audit (audits).", "Never empty."),
        text_column(f"{prefix}_person_id", "The council's own reference of the case.", "Never empty."),
        text_column(f"{prefix}_team", "The team that holds the case, by its name.", "Never empty."),
    )


CRITICALS = Table(
    "audit_criticals",
    (
        key_column("critical_id", "<audit>|<question>."),
        *_of_a_case("critical"),
        date_column("critical_raised_on", "The day it was found.", "Never empty."),
        whole_column("critical_minutes", "Minutes until the director was told.", "Not told by the as-at date."),
        date_column("critical_closed_on", "The day it was closed.", "Not closed by the as-at date."),
    ),
    ("critical_id",),
    "One row per answer that said a child may not be safe. Supplied by the audits room, whole, each time.",
    supplied_by=("audits",),
    dated="critical_raised_on",
)

ASKED_FOR = Table(
    "audit_actions",
    (
        key_column("remedy_id", "<audit>|<place among what it asks for>."),
        *_of_a_case("remedy"),
        text_column("remedy_level", "For whom: child, worker, team or system.", "Never empty."),
        flag_column("remedy_in_plan", "It is an action of the plan, which says how it goes.", "Never empty."),
        date_column("remedy_due_on", "The day it is due.", "Never empty."),
        date_column("remedy_done_on", "The day it was done.", "Not done by the as-at date."),
        date_column("remedy_verified_on", "The day somebody else verified it.", "Not verified by the as-at date."),
    ),
    ("remedy_id",),
    "One row per thing that an audit asked for. Supplied by the audits room, whole, each time.",
    supplied_by=("audits",),
    dated="remedy_due_on",
)

PLANNED = Table(
    "audits_planned",
    (
        key_column("planned_id", "<version of the programme>|<kind>|<last day of the period>|<place>."),
        text_column("planned_kind", "What kind of audit.", "Never empty."),
        date_column("planned_due_on", "The last day of its period.", "Never empty."),
        date_column("planned_handed_in_on", "The day that as many had been handed in.", "Fewer were handed in."),
    ),
    ("planned_id",),
    "One row per audit that the agreed programme asks for, of periods that are over. No row is about a child. Supplied "
    "by the audits room, whole, each time.",
    supplied_by=("audits",),
    dated="planned_due_on",
    is_of_children=False,
)

AUDIT_TABLES = (AUDITS, ANSWERS, GRADES, CRITICALS, ASKED_FOR, PLANNED)
