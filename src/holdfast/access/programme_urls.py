"""The access room's addresses under /<programme>/."""

from django.urls import path

from holdfast.access import views

urlpatterns = [path("trail/", views.trail, name="trail")]
