"""What the council's case system says of its managers: supervision of a case, and decisions on it.

No statutory return holds either; the oversight extract is ours (docs/formats/oversight.md). Rule: that it happened, on
which day and what about, never what was said: what a supervision or a decision records stays in the case system.
"""

from holdfast.analytics.tables import codes_oversight as c
from holdfast.analytics.tables.shapes import NOT_KNOWN, Table
from holdfast.analytics.tables.shapes import child_column as _child
from holdfast.analytics.tables.shapes import date_column as _date
from holdfast.analytics.tables.shapes import flag_column as _flag
from holdfast.analytics.tables.shapes import key_column as _key
from holdfast.analytics.tables.shapes import referral_column as _referral
from holdfast.analytics.tables.shapes import text_column as _text
from holdfast.analytics.tables.shapes import worker_column as _worker

CASE_SUPERVISION = Table(
    "case_supervision",
    (
        _key("supv_supervision_id", "<child>|U|<day>|<kind>|<place among those of that day and kind, from 1>."),
        _child("supv_person_id"),
        _referral("supv_referral_id"),
        _date("supv_supervision_date", "The day on which the child's case was discussed."),
        _text("supv_supervision_kind", "How it was discussed.", NOT_KNOWN, None, c.SUPERVISION_KIND),
        _worker("supv_supervised_by_worker_id", "Who supervised."),
        _date(
            "supv_next_due_date", "The day by which the next was set.", "Not recorded: no day was set, or none sent."
        ),
    ),
    ("supv_supervision_id",),
    "One row per child and supervision in which the child's case was discussed. Supplied by the oversight extract; no "
    "census carries it.",
    supplied_by=("oversight",),
    dated="supv_supervision_date",
    moves_on=frozenset({"supv_next_due_date"}),
)

MANAGEMENT_DECISIONS = Table(
    "management_decisions",
    (
        _key("mdec_decision_id", "<child>|D|<day>|<about>|<place among those of that day and matter, from 1>."),
        _child("mdec_person_id"),
        _referral("mdec_referral_id"),
        _date("mdec_decision_date", "The day on which a manager decided."),
        _text("mdec_decision_about", "What the decision was about.", NOT_KNOWN, None, c.DECISION),
        _flag("mdec_reasons_recorded", "The reasons for it are recorded."),
        _text("mdec_decided_by_role", "The role of whoever decided.", NOT_KNOWN, None, c.DECIDED_BY),
    ),
    ("mdec_decision_id",),
    "One row per child and decision of a manager on the case. Supplied by the oversight extract; no census carries it.",
    supplied_by=("oversight",),
    dated="mdec_decision_date",
)
