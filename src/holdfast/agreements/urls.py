"""The agreements room's addresses, under /<programme>/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
