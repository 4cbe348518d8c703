"""The audits room's addresses, under /<programme>/."""

from django.urls import URLPattern, path

from holdfast.audits.views import auditing, findings, moderating, programme, remedies, safety, samples

ONE, SAMPLE = "audits/<int:number>/", "audits/samples/<int:number>/"
urlpatterns: list[URLPattern] = [
    path("audits/", auditing.audits, name="audits"),
    path("audits/add/", auditing.add_audit, name="add_audit"),
    path("audits/conflict/", auditing.declare_conflict, name="declare_conflict"),
    path("audits/findings/", findings.audit_findings, name="audit_findings"),
    path("audits/programme/", programme.audit_programme, name="audit_programme"),
    path("audits/programme/write/", programme.write_programme, name="write_programme"),
    path("audits/safety/", safety.criticals, name="criticals"),
    path("audits/safety/out-of-hours/", safety.keep_out_of_hours, name="keep_out_of_hours"),
    path("audits/safety/<int:key>/", safety.critical, name="critical"),
    path("audits/safety/<int:key>/step/", safety.critical_step, name="critical_step"),
    path("audits/samples/", samples.audit_samples, name="audit_samples"),
    path("audits/samples/draw/", samples.draw_sample, name="draw_sample"),
    path(SAMPLE, samples.audit_sample, name="audit_sample"),
    path(SAMPLE + "audits/", samples.make_audits, name="make_audits"),
    path(SAMPLE + "cases/<int:key>/leave-out/", samples.leave_out, name="leave_out"),
    path(SAMPLE + "cases/<int:key>/team/", samples.say_team, name="say_team"),
    path(ONE, auditing.audit, name="audit"),
    path(ONE + "allocate/", auditing.allocate_audit, name="allocate_audit"),
    path(ONE + "withdraw/", auditing.withdraw_audit, name="withdraw_audit"),
    path(ONE + "answer/", auditing.audit_sheet, name="audit_sheet"),
    path(ONE + "answer/stopped/", auditing.audit_stopped, name="audit_stopped"),
    path(ONE + "answer/part/<slug:section>/", auditing.answer_audit, name="answer_audit"),
    path(ONE + "hand-in/", auditing.hand_in_audit, name="hand_in_audit"),
    path(ONE + "moderator/", moderating.allocate_moderation, name="allocate_moderation"),
    path(ONE + "moderate/", moderating.moderate_audit, name="moderate_audit"),
    path(ONE + "final/", moderating.decide_final_grade, name="decide_final_grade"),
    path(ONE + "asks/add/", remedies.add_remedy, name="add_remedy"),
    path(ONE + "asks/<int:key>/done/", remedies.remedy_done, name="remedy_done"),
    path(ONE + "asks/<int:key>/verify/", remedies.verify_remedy, name="verify_remedy"),
    path(ONE + "asks/<int:key>/plan/", remedies.put_remedy_in_plan, name="put_remedy_in_plan"),
]
