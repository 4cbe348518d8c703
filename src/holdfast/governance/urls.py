"""The governance room's addresses, under /<programme>/."""

from django.urls import URLPattern, path

from holdfast.governance.views import bodies, meetings

urlpatterns: list[URLPattern] = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<slug:body>/", bodies.body, name="body"),
    path("meetings/<slug:body>/set-out/", bodies.constitute, name="constitute"),
    path("meetings/<slug:body>/seats/fill/", bodies.fill_seat, name="fill_seat"),
    path("meetings/<slug:body>/seats/<int:seat>/end/", bodies.end_seat, name="end_seat"),
    path("meetings/<slug:body>/cycle/", meetings.make_cycle, name="make_cycle"),
    path("meetings/<slug:body>/plan/", meetings.plan_meeting, name="plan_meeting"),
    path("meetings/<slug:body>/<int:number>/", meetings.meeting, name="meeting"),
    path("meetings/<slug:body>/<int:number>/move/", meetings.move_meeting, name="move_meeting"),
    path("meetings/<slug:body>/<int:number>/call-off/", meetings.cancel_meeting, name="cancel_meeting"),
    path("meetings/<slug:body>/<int:number>/held/", meetings.hold_meeting, name="hold_meeting"),
    path(
        "meetings/<slug:body>/<int:number>/attendance/<int:seat>/",
        meetings.record_attendance,
        name="record_attendance",
    ),
]
