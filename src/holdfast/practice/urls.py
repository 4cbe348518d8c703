"""The practice room's addresses, under /<programme>/."""

from django.urls import URLPattern, path

from holdfast.practice.views import closures, consistency, early_help, oversight, thresholds, waiting

EXERCISE = "practice/exercises/<int:number>/"
urlpatterns: list[URLPattern] = [
    path("practice/thresholds/", thresholds.thresholds, name="thresholds"),
    path("practice/thresholds/<int:key>/route/", thresholds.mark_route, name="mark_route"),
    path("practice/consistency/", consistency.consistency, name="consistency"),
    path("practice/thresholds/told/", thresholds.record_briefing, name="record_briefing"),
    path("practice/thresholds/told/<int:key>/withdraw/", thresholds.withdraw_briefing, name="withdraw_briefing"),
    path("practice/exercises/set/", thresholds.set_exercise, name="set_exercise"),
    path(EXERCISE, thresholds.exercise, name="exercise"),
    path(EXERCISE + "cases/add/", thresholds.add_vignette, name="add_vignette"),
    path(EXERCISE + "cases/<int:case>/decide/", thresholds.decide_vignette, name="decide_vignette"),
    path(EXERCISE + "close/", thresholds.close_exercise, name="close_exercise"),
    path("practice/early-help/", early_help.early_help, name="early_help"),
    path("practice/early-help/report/", early_help.report_early_help, name="report_early_help"),
    path("practice/closures/", closures.closures, name="closures"),
    path("practice/not-seen/", closures.not_seen, name="not_seen"),
    path("practice/supervision-overdue/", waiting.supervision_overdue, name="supervision_overdue"),
    path("practice/no-decision/", waiting.no_decision, name="no_decision"),
    path("practice/closures/list/", closures.closings, name="closings"),
    path("practice/oversight/", oversight.oversight, name="oversight"),
    path("practice/oversight/write/", oversight.write_standard, name="write_standard"),
    path("practice/oversight/<int:number>/", oversight.standard, name="standard"),
    path("practice/oversight/<int:number>/add/", oversight.add_clause, name="add_clause"),
    path("practice/oversight/<int:number>/put-forward/", oversight.put_standard_forward, name="put_standard_forward"),
    path("practice/late/", early_help.late_assessments, name="late_assessments"),
    path("practice/late/<slug:mark>/<slug:due>/", early_help.explain_late, name="explain_late"),
]
