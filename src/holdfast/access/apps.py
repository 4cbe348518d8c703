"""Sign-ins, failed sign-ins and sign-outs reach the trail from the moment the product starts."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "holdfast.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access import sign_in_trail  # noqa: F401  (importing it connects its receivers)
