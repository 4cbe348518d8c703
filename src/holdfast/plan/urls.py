"""The plan room's addresses, under /<programme>/."""

from django.urls import URLPattern, path

from holdfast.plan.views import changing, reading

urlpatterns: list[URLPattern] = [
    path("plan/", reading.plan, name="plan"),
    path("plan/objectives/add/", changing.add_objective, name="add_objective"),
    path("plan/actions/add/", changing.add_action, name="add_action"),
    path("plan/actions/<slug:ref>/", reading.plan_action, name="plan_action"),
    path("plan/actions/<slug:ref>/done/", changing.mark_done, name="mark_done"),
    path("plan/actions/<slug:ref>/late/", changing.explain_lateness, name="explain_lateness"),
    path("plan/objectives/<slug:ref>/withdraw/", changing.withdraw_objective, name="withdraw_objective"),
    path("plan/actions/<slug:ref>/withdraw/", changing.withdraw_action, name="withdraw_action"),
    path("plan/actions/<slug:ref>/not-done/", changing.take_back_done, name="take_back_done"),
    path("plan/milestones/<slug:ref>/withdraw/", changing.withdraw_milestone, name="withdraw_milestone"),
    path("plan/milestones/<slug:ref>/not-met/", changing.take_back_met, name="take_back_met"),
    path("plan/milestones/add/", changing.add_milestone, name="add_milestone"),
    path("plan/milestones/<slug:ref>/", reading.plan_milestone, name="plan_milestone"),
    path("plan/milestones/<slug:ref>/met/", changing.mark_met, name="mark_met"),
]
