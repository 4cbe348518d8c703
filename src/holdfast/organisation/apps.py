"""Registers with access the function that says which roles an account holds over what."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "holdfast.organisation"
    label = "organisation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access.doors import register_grants
        from holdfast.organisation.selectors import grants_of

        register_grants(grants_of)
