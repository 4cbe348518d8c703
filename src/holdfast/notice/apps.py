"""Registers this room's checks. Rooms above register theirs the same way, and the plan its coverage."""

from django.apps import AppConfig


class NoticeConfig(AppConfig):
    name = "holdfast.notice"
    label = "notice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.notice import checks, figures
        from holdfast.notice.evidencing import EvidenceSource, register_evidence

        checks.register()
        register_evidence(
            EvidenceSource("figure", "A released figure", figures.released_figures, figures.figure_address)
        )
