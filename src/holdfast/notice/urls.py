"""The notice room's addresses, under /<programme>/."""

from django.urls import URLPattern, path

from holdfast.notice import views

urlpatterns: list[URLPattern] = [
    path("notice/", views.notice, name="notice"),
    path("notice/positions/", views.positions, name="positions"),
    path("notice/coverage/", views.coverage, name="coverage"),
    path("notice/text/unclaimed/", views.unclaimed_clauses, name="unclaimed_clauses"),
    path("notice/text/attach/", views.attach_text, name="attach_text"),
    path("notice/requirements/<slug:ref>/", views.requirement, name="requirement"),
    path("notice/requirements/<slug:ref>/judge/", views.judge, name="judge"),
    path("notice/requirements/<slug:ref>/accept/", views.accept, name="accept"),
    path("notice/requirements/<slug:ref>/evidence/", views.link_evidence, name="link_evidence"),
    path("notice/requirements/<slug:ref>/evidence/<int:number>/", views.open_evidence, name="open_evidence"),
    path(
        "notice/requirements/<slug:ref>/evidence/<int:number>/withdraw/",
        views.withdraw_evidence,
        name="withdraw_evidence",
    ),
    path(
        "notice/requirements/<slug:ref>/judgements/<int:number>/withdraw/",
        views.withdraw_judgement,
        name="withdraw_judgement",
    ),
    path("notice/requirements/<slug:ref>/condition/", views.record_trigger, name="record_trigger"),
]
