"""The governance room's addresses, under /<programme>/."""

from django.urls import URLPattern, path

from holdfast.governance.views import agendas, bodies, decisions, meetings, minutes

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
    path("meetings/<slug:body>/forward-plan/add/", agendas.plan_item, name="plan_item"),
    path("meetings/<slug:body>/<int:number>/agenda/make/", agendas.make_agenda, name="make_agenda"),
    path("meetings/<slug:body>/<int:number>/items/add/", agendas.add_item, name="add_item"),
    path("meetings/<slug:body>/<int:number>/items/<int:order>/", agendas.agenda_item, name="agenda_item"),
    path("meetings/<slug:body>/<int:number>/items/<int:order>/change/", agendas.edit_item, name="edit_item"),
    path("meetings/<slug:body>/<int:number>/items/<int:order>/reserve/", agendas.reserve_item, name="reserve_item"),
    path("meetings/<slug:body>/<int:number>/items/<int:order>/papers/add/", agendas.add_paper, name="add_paper"),
    path("meetings/<slug:body>/<int:number>/items/<int:order>/papers/<int:place>/", agendas.paper, name="paper"),
    path("meetings/<slug:body>/<int:number>/items/<int:order>/say/", minutes.add_entry, name="add_entry"),
    path(
        "meetings/<slug:body>/<int:number>/items/<int:order>/action/",
        minutes.add_action_entry,
        name="add_action_entry",
    ),
    path("meetings/<slug:body>/<int:number>/entries/<int:entry>/change/", minutes.edit_entry, name="edit_entry"),
    path("meetings/<slug:body>/<int:number>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<slug:body>/<int:number>/minutes.docx", minutes.minutes_document, name="minutes_document"),
    path("meetings/<slug:body>/<int:number>/minutes/approve/", minutes.approve_minutes, name="approve_minutes"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/record/", decisions.choose_body, name="choose_body"),
    path("decisions/record/<slug:body>/", decisions.choose_meeting, name="choose_meeting"),
    path("decisions/record/<slug:body>/<slug:meeting>/", decisions.record_decision, name="record_decision"),
    path("decisions/<slug:number>/", decisions.decision, name="decision"),
]
