"""What this room is called, and what it writes to the trail."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "holdfast.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access.actions import register_actions
        from holdfast.agreements.trail import SENTENCES

        register_actions(SENTENCES)
