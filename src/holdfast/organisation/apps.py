"""Registers with access which roles an account holds over what, and which programmes there are."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "holdfast.organisation"
    label = "organisation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access.actions import register_actions
        from holdfast.access.doors import register_grants, register_programmes
        from holdfast.organisation.selectors import grants_of, has_programme
        from holdfast.organisation.trail import SENTENCES

        register_grants(grants_of)
        register_programmes(has_programme)
        register_actions(SENTENCES)
