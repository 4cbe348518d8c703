"""The plan room's addresses, under /<programme>/."""

from django.urls import URLPattern, path

from holdfast.plan.views import changing, completing, one_action, overview, reading, sheets

urlpatterns: list[URLPattern] = [
    path("plan/", reading.plan, name="plan"),
    path("plan/exceptions/", reading.plan_exceptions, name="plan_exceptions"),
    path("plan/exceptions.csv", reading.plan_exceptions_csv, name="plan_exceptions_csv"),
    path("plan/export/plan.<str:form>", sheets.export_plan, name="export_plan"),
    path("plan/import/", sheets.import_plan, name="import_plan"),
    path("plan/import/<slug:sheet>/", sheets.preview_import, name="preview_import"),
    path("plan/timeline/", overview.plan_timeline, name="plan_timeline"),
    path("plan/crosswalk/", overview.plan_crosswalk, name="plan_crosswalk"),
    path("plan/agreed/", overview.plan_agreed, name="plan_agreed"),
    path("plan/after/", overview.plan_sustainment, name="plan_sustainment"),
    path("plan/after/<slug:ref>/", overview.hand_over, name="hand_over"),
    path("plan/objectives/add/", changing.add_objective, name="add_objective"),
    path("plan/actions/add/", changing.add_action, name="add_action"),
    path("plan/actions/<slug:ref>/", one_action.plan_action, name="plan_action"),
    path("plan/actions/<slug:ref>/done/", changing.mark_done, name="mark_done"),
    path("plan/actions/<slug:ref>/change/", changing.change_action, name="change_action"),
    path("plan/actions/<slug:ref>/late/", completing.explain_lateness, name="explain_lateness"),
    path("plan/actions/<slug:ref>/update/", completing.update_progress, name="update_progress"),
    path("plan/actions/<slug:ref>/evidence/offer/", completing.offer_evidence, name="offer_evidence"),
    path(
        "plan/actions/<slug:ref>/evidence/<int:number>/", completing.open_action_evidence, name="open_action_evidence"
    ),
    path("plan/actions/<slug:ref>/evidence/<int:number>/answer/", completing.answer_evidence, name="answer_evidence"),
    path("plan/actions/<slug:ref>/impact/", completing.review_impact, name="review_impact"),
    path("plan/actions/<slug:ref>/close/", completing.close_action, name="close_action"),
    path("plan/actions/<slug:ref>/reopen/", completing.reopen_action, name="reopen_action"),
    path("plan/objectives/<slug:ref>/withdraw/", changing.withdraw_objective, name="withdraw_objective"),
    path("plan/actions/<slug:ref>/withdraw/", changing.withdraw_action, name="withdraw_action"),
    path("plan/actions/<slug:ref>/not-done/", changing.take_back_done, name="take_back_done"),
    path("plan/milestones/<slug:ref>/withdraw/", changing.withdraw_milestone, name="withdraw_milestone"),
    path("plan/milestones/<slug:ref>/not-met/", changing.take_back_met, name="take_back_met"),
    path("plan/milestones/add/", changing.add_milestone, name="add_milestone"),
    path("plan/milestones/<slug:ref>/", reading.plan_milestone, name="plan_milestone"),
    path("plan/milestones/<slug:ref>/met/", changing.mark_met, name="mark_met"),
]
