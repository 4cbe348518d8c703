"""Every address. Pages about a programme live under its code; each room brings its own."""

from django.urls import include, path

from holdfast.web import views

urlpatterns = [
    path("", views.start, name="start"),
    path("health", views.health, name="health"),
    path("help", views.help_page, name="help_page"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
    path("security", views.security, name="security"),
    path("account/", include("holdfast.access.urls")),
    path("<slug:programme>/", views.home, name="home"),
    path("<slug:programme>/service/", views.service, name="service"),
    path("<slug:programme>/", include("holdfast.access.programme_urls")),
    path("<slug:programme>/", include("holdfast.organisation.urls")),
    path("<slug:programme>/", include("holdfast.agreements.urls")),
    path("<slug:programme>/", include("holdfast.performance.urls")),
    path("<slug:programme>/", include("holdfast.questions.urls")),
    path("<slug:programme>/", include("holdfast.notice.urls")),
    path("<slug:programme>/", include("holdfast.plan.urls")),
    path("<slug:programme>/", include("holdfast.audits.urls")),
    path("<slug:programme>/", include("holdfast.practice.urls")),
    path("<slug:programme>/", include("holdfast.governance.urls")),
    path("<slug:programme>/", include("holdfast.reports.urls")),
]
handler403 = "holdfast.access.views.not_allowed"
handler404 = "holdfast.web.views.not_found"
handler429 = "holdfast.access.views.too_many_requests"
handler500 = "holdfast.web.views.broken"
