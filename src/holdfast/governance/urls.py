"""The governance room's addresses, under /<programme>/."""

from django.urls import URLPattern, path

from holdfast.governance import views

urlpatterns: list[URLPattern] = [
    path("meetings/", views.meetings, name="meetings"),
]
