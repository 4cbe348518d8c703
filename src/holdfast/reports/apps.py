"""What this room is called. Its work begins in services.py."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "holdfast.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
