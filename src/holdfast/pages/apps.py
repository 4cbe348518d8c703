"""The pages room as Django knows it: it has templates and no models."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "holdfast.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"
