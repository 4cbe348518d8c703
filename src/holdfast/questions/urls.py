"""The questions room's addresses, under /<programme>/. Sheets are answered at the address of the room that asks."""

from django.urls import URLPattern, path

from holdfast.questions import views

urlpatterns: list[URLPattern] = [
    path("questions/", views.question_sets, name="question_sets"),
    path("questions/add/", views.add_question_set, name="add_question_set"),
    path("questions/<slug:question_set>/", views.question_set, name="question_set"),
    path("questions/<slug:question_set>/change/", views.change_question_set, name="change_question_set"),
    path("questions/<slug:question_set>/<int:number>/", views.set_version, name="set_version"),
    path("questions/<slug:question_set>/<int:number>/text/", views.set_version_text, name="set_version_text"),
]
