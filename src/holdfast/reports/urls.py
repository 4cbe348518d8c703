"""The reports room's addresses, under /<programme>/."""

from django.urls import URLPattern, path, register_converter

from holdfast.reports import audit_report_views as audits
from holdfast.reports import theme_views, views
from holdfast.reports.days import DayInAddress

register_converter(DayInAddress, "day")

urlpatterns: list[URLPattern] = [
    path("reports/", views.editions, name="editions"),
    path("reports/make/", views.make_edition, name="make_edition"),
    path("scrutiny/paper/", views.scrutiny_paper, name="scrutiny_paper"),
    path("reports/chair/", views.chair_reports, name="chair_reports"),
    path("reports/chair/<int:number>/", views.chair_report, name="chair_report"),
    path("reports/chair/<int:number>/report.<slug:form>", views.chair_report_file, name="chair_report_file"),
    path("reports/chair/<int:number>/correct/", views.correct_chair_report, name="correct_chair_report"),
    path("reports/chair/<day:due_on>/", views.chair_draft, name="chair_draft"),
    path("reports/chair/<day:due_on>/begin/", views.begin_chair_report, name="begin_chair_report"),
    path("reports/chair/<day:due_on>/write/<slug:section>/", views.write_section, name="write_section"),
    path("reports/chair/<day:due_on>/figures/", views.take_newer_figures, name="take_newer_figures"),
    path("reports/chair/<day:due_on>/share/", views.share_draft, name="share_draft"),
    path("reports/chair/<day:due_on>/send/", views.send_chair_report, name="send_chair_report"),
    path("reports/audits/", audits.audit_reports, name="audit_reports"),
    path("reports/audits/freeze/", audits.freeze_audit_report, name="freeze_audit_report"),
    path("reports/audits/<int:number>/", audits.audit_report, name="audit_report"),
    path("reports/audits/<int:number>/sent/", audits.send_audit_report, name="send_audit_report"),
    path("reports/audits/<int:number>/<slug:copy>/", audits.audit_report_copy, name="audit_report_copy"),
    path(
        "reports/audits/<int:number>/<slug:copy>/report.<slug:form>", audits.audit_report_file, name="audit_report_file"
    ),
    path("themes/", theme_views.themes, name="themes"),
    path("themes/<slug:code>/", theme_views.theme, name="theme"),
    path("reports/<slug:kind>/<day:on>/<int:number>/", views.edition, name="edition"),
    path("reports/<slug:kind>/<day:on>/<int:number>/report.<slug:form>", views.edition_file, name="edition_file"),
    path("meetings/<slug:body>/<int:number>/minutes.pdf", views.minutes_pdf, name="minutes_pdf"),
    path("meetings/<slug:body>/<int:number>/pack/", views.pack, name="pack"),
    path("meetings/<slug:body>/<int:number>/pack/make/", views.make_pack, name="make_pack"),
    path("meetings/<slug:body>/<int:number>/pack/<int:supplement>.pdf", views.pack_file, name="pack_file"),
    path(
        "meetings/<slug:body>/<int:number>/pack/<int:supplement>-restricted.pdf",
        views.restricted_pack_file,
        name="restricted_pack_file",
    ),
]
