"""The plan room's addresses, under /<programme>/."""

from django.urls import URLPattern, path

from holdfast.plan import views

urlpatterns: list[URLPattern] = [
    path("plan/", views.plan, name="plan"),
    path("plan/objectives/add/", views.add_objective, name="add_objective"),
    path("plan/actions/add/", views.add_action, name="add_action"),
    path("plan/actions/<slug:ref>/", views.plan_action, name="plan_action"),
    path("plan/actions/<slug:ref>/done/", views.mark_done, name="mark_done"),
    path("plan/actions/<slug:ref>/late/", views.explain_lateness, name="explain_lateness"),
    path("plan/objectives/<slug:ref>/withdraw/", views.withdraw_objective, name="withdraw_objective"),
    path("plan/actions/<slug:ref>/withdraw/", views.withdraw_action, name="withdraw_action"),
    path("plan/actions/<slug:ref>/not-done/", views.take_back_done, name="take_back_done"),
    path("plan/milestones/<slug:ref>/withdraw/", views.withdraw_milestone, name="withdraw_milestone"),
    path("plan/milestones/<slug:ref>/not-met/", views.take_back_met, name="take_back_met"),
    path("plan/milestones/add/", views.add_milestone, name="add_milestone"),
    path("plan/milestones/<slug:ref>/", views.plan_milestone, name="plan_milestone"),
    path("plan/milestones/<slug:ref>/met/", views.mark_met, name="mark_met"),
]
