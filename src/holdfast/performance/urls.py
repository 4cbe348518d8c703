"""The performance room's addresses, under /<programme>/."""

from django.urls import URLPattern, path

from holdfast.performance.views import faults, indicators, published, releases, returns, revisions, uploads, worklists

urlpatterns: list[URLPattern] = [
    path("indicators/", indicators.scorecard, name="scorecard"),
    path("indicators/definitions/", indicators.definitions, name="definitions"),
    path("indicators/<str:indicator>/", indicators.indicator, name="indicator"),
    path("indicators/<str:indicator>/figures.csv", indicators.indicator_csv, name="indicator_csv"),
    path("indicators/<str:indicator>/cases/", indicators.cases, name="cases"),
    path("worklists/", worklists.worklists, name="worklists"),
    path("worklists/<str:clock>/", worklists.worklist, name="worklist"),
    path("worklists/<str:clock>/worklist.csv", worklists.worklist_csv, name="worklist_csv"),
    path("releases/", releases.releases, name="releases"),
    path("releases/calculate/", releases.calculate_release, name="calculate_release"),
    path("releases/compare/", revisions.compare_releases, name="compare_releases"),
    path("releases/<int:number>/", releases.release_page, name="release_page"),
    path("releases/<int:number>/publish/", releases.publish_release, name="publish_release"),
    path("published/", published.published, name="published"),
    path("published/submit/", published.submit_published, name="submit_published"),
    path("returns/", returns.returns, name="returns"),
    path("returns/submit/", uploads.submit_return, name="submit_return"),
    path("returns/submit/<str:token>/", uploads.upload, name="upload"),
    path("returns/submit/<str:token>/<int:number>/columns/", uploads.match_columns, name="match_columns"),
    path("returns/submit/<str:token>/cancel/", uploads.cancel_upload, name="cancel_upload"),
    path("returns/<int:number>/", returns.return_page, name="return_page"),
    path("returns/<int:number>/confirm-authority/", returns.confirm_authority, name="confirm_authority"),
    path("returns/<int:number>/accept-loss/", returns.accept_loss, name="accept_loss"),
    path("returns/<int:number>/faults/", returns.faults, name="faults"),
    path("faults/", faults.latest_faults, name="latest_faults"),
    path("returns/<int:number>/rules/", faults.fault_rules, name="fault_rules"),
    path("returns/<int:number>/rules/faults.csv", faults.fault_rules_csv, name="fault_rules_csv"),
    path("returns/<int:number>/rules/faults.xlsx", faults.fault_rules_xlsx, name="fault_rules_xlsx"),
    path("returns/<int:number>/rules/<str:rule>/", faults.rule_faults, name="rule_faults"),
    path("returns/<int:number>/rules/<str:rule>/<str:key>/", faults.one_fault, name="one_fault"),
    path("returns/<int:number>/rules/<str:rule>/<str:key>/assign/", faults.assign_fault, name="assign_fault"),
    path("returns/<int:number>/rules/<str:rule>/<str:key>/explain/", faults.explain_fault, name="explain_fault"),
    path("returns/<int:number>/rules/<str:rule>/<str:key>/fixed/", faults.mark_fault_fixed, name="mark_fault_fixed"),
]
