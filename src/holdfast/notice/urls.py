"""The notice room's addresses, under /<programme>/."""

from django.urls import URLPattern, path

from holdfast.notice.views import reading, saying

urlpatterns: list[URLPattern] = [
    path("notice/", reading.notice, name="notice"),
    path("notice/positions/", reading.positions, name="positions"),
    path("notice/coverage/", reading.coverage, name="coverage"),
    path("notice/text/unclaimed/", reading.unclaimed_clauses, name="unclaimed_clauses"),
    path("notice/text/attach/", saying.attach_text, name="attach_text"),
    path("notice/requirements/<slug:ref>/", reading.requirement, name="requirement"),
    path("notice/requirements/<slug:ref>/judge/", saying.judge, name="judge"),
    path("notice/requirements/<slug:ref>/accept/", saying.accept, name="accept"),
    path("notice/requirements/<slug:ref>/evidence/", saying.link_evidence, name="link_evidence"),
    path("notice/requirements/<slug:ref>/evidence/<int:number>/", saying.open_evidence, name="open_evidence"),
    path(
        "notice/requirements/<slug:ref>/evidence/<int:number>/withdraw/",
        saying.withdraw_evidence,
        name="withdraw_evidence",
    ),
    path(
        "notice/requirements/<slug:ref>/judgements/<int:number>/withdraw/",
        saying.withdraw_judgement,
        name="withdraw_judgement",
    ),
    path("notice/requirements/<slug:ref>/condition/", saying.record_trigger, name="record_trigger"),
]
