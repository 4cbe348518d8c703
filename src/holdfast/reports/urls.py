"""The reports room's addresses, under /<programme>/."""

from django.urls import URLPattern, path, register_converter

from holdfast.reports import views
from holdfast.reports.days import DayInAddress

register_converter(DayInAddress, "day")

urlpatterns: list[URLPattern] = [
    path("reports/", views.editions, name="editions"),
    path("reports/make/", views.make_edition, name="make_edition"),
    path("reports/<slug:kind>/<day:on>/<int:number>/", views.edition, name="edition"),
    path("reports/<slug:kind>/<day:on>/<int:number>/report.<slug:form>", views.edition_file, name="edition_file"),
    path("meetings/<slug:body>/<int:number>/pack/", views.pack, name="pack"),
    path("meetings/<slug:body>/<int:number>/pack/make/", views.make_pack, name="make_pack"),
    path("meetings/<slug:body>/<int:number>/pack/<int:supplement>.pdf", views.pack_file, name="pack_file"),
    path(
        "meetings/<slug:body>/<int:number>/pack/<int:supplement>-restricted.pdf",
        views.restricted_pack_file,
        name="restricted_pack_file",
    ),
]
