"""What this room is called, what it writes to the trail, and what it registers with the rooms below."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "holdfast.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access.actions import register_actions
        from holdfast.practice import checks
        from holdfast.practice.trail import SENTENCES

        checks.register()
        register_actions(SENTENCES)
