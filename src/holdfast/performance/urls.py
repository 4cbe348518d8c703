"""The performance room's addresses, under /<programme>/."""

from django.urls import URLPattern, path

from holdfast.performance import views
from holdfast.performance.views import published, worklists

urlpatterns: list[URLPattern] = [
    path("indicators/", views.scorecard, name="scorecard"),
    path("indicators/definitions/", views.definitions, name="definitions"),
    path("indicators/<str:indicator>/", views.indicator, name="indicator"),
    path("indicators/<str:indicator>/figures.csv", views.indicator_csv, name="indicator_csv"),
    path("indicators/<str:indicator>/cases/", views.cases, name="cases"),
    path("worklists/", worklists.worklists, name="worklists"),
    path("worklists/<str:clock>/", worklists.worklist, name="worklist"),
    path("worklists/<str:clock>/worklist.csv", worklists.worklist_csv, name="worklist_csv"),
    path("releases/", views.releases, name="releases"),
    path("releases/calculate/", views.calculate_release, name="calculate_release"),
    path("releases/<int:number>/", views.release_page, name="release_page"),
    path("releases/<int:number>/publish/", views.publish_release, name="publish_release"),
    path("published/", published.published, name="published"),
    path("published/submit/", published.submit_published, name="submit_published"),
    path("returns/", views.returns, name="returns"),
    path("returns/submit/", views.submit_return, name="submit_return"),
    path("returns/<int:number>/", views.return_page, name="return_page"),
    path("returns/<int:number>/confirm-authority/", views.confirm_authority, name="confirm_authority"),
    path("returns/<int:number>/accept-loss/", views.accept_loss, name="accept_loss"),
    path("returns/<int:number>/faults/", views.faults, name="faults"),
]
