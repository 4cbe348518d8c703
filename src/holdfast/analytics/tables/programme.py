"""The tables that rooms give of the programme's own work: actions, requirements, seats. No row is about a child.

Rule: dates and references, never a person's name or free text: a release is kept for ever.
"""

from holdfast.analytics.tables.shapes import Table, date_column, key_column, text_column

PLAN_ACTIONS = Table(
    "plan_actions",
    (
        key_column("plan_action_id", "The action's reference in the plan."),
        text_column("plan_action_agency", "The code of the agency whose action it is.", "Never empty."),
        date_column("plan_action_original_due_on", "The day it was first due, which never changes.", "Never empty."),
        date_column("plan_action_due_on", "The day it is due now.", "Never empty."),
        date_column("plan_action_done_on", "The day it was done.", "Not done by the as-at date."),
        date_column("plan_action_withdrawn_on", "The day it was withdrawn.", "Not withdrawn by the as-at date."),
    ),
    ("plan_action_id",),
    "One row per action of the plan. Supplied by the plan room, whole, each time.",
    supplied_by=("plan",),
    dated="plan_action_original_due_on",
    is_of_children=False,
)

REQUIREMENTS = Table(
    "requirements",
    (
        key_column("requ_requirement_id", "The requirement's reference in the notice."),
        text_column("requ_duty", "Its strength of duty: must, expect, should or consider.", "Never empty."),
        date_column("requ_from", "The day it began to apply: of the notice, or when its condition was met."),
    ),
    ("requ_requirement_id",),
    "One row per requirement that applies. Supplied by the notice room, whole, each time.",
    supplied_by=("notice",),
    dated="requ_from",
    is_of_children=False,
)

REQUIREMENTS_EVIDENCED = Table(
    "requirements_evidenced",
    (
        key_column("evid_table_id", "<requirement>|<place among the requirement's, from 1>."),
        text_column("evid_requirement_id", "The requirement (requirements).", "Never empty."),
        date_column("evid_from", "The first day on which it stood so.", "Never empty."),
        date_column("evid_until", "The day from which it did no more.", "It stands at the as-at date."),
    ),
    ("evid_table_id",),
    "One row per stretch of days on which a judgement of met, with evidence that counts, stood accepted by somebody "
    "else. Supplied by the notice room, whole, each time.",
    supplied_by=("notice",),
    dated="evid_from",
    is_of_children=False,
)

MEETING_SEATS = Table(
    "meeting_seats",
    (
        key_column("seat_attendance_id", "<body>|<meeting>|<place of the seat among the body's>."),
        text_column("seat_agency", "The code of the agency whose seat it is.", "Never empty."),
        date_column("seat_meeting_on", "The day of the meeting.", "Never empty."),
        text_column("seat_came", "attended, deputy or apologies.", "Nothing was heard."),
    ),
    ("seat_attendance_id",),
    "One row per seat with a vote and meeting held of the improvement board. Supplied by the governance room, whole, "
    "each time.",
    supplied_by=("governance",),
    dated="seat_meeting_on",
    is_of_children=False,
)
