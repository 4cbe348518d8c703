"""What this room is called, and the check it answers for the notice room below."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "holdfast.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.reports import checks

        checks.register()
