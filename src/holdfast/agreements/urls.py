"""The agreements room's addresses, under /<programme>/."""

from django.urls import URLPattern, path

from holdfast.agreements import views

VERSION = "agreements/<slug:subject>/<int:number>/"
urlpatterns: list[URLPattern] = [
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/add/", views.add_agreement, name="add_agreement"),
    path("agreements/<slug:subject>/", views.agreement, name="agreement"),
    path("agreements/<slug:subject>/propose/", views.propose_version, name="propose_version"),
    path("agreements/<slug:subject>/review/", views.record_review, name="record_review"),
    path(VERSION, views.agreement_version, name="agreement_version"),
    path(VERSION + "document/", views.agreement_document, name="agreement_document"),
    path(VERSION + "withdraw/", views.withdraw_version, name="withdraw_version"),
    path(VERSION + "parties/<int:party>/answer/", views.answer_agreement, name="answer_agreement"),
    path(VERSION + "parties/<int:party>/minute/", views.record_minute, name="record_minute"),
]
