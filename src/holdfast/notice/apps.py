"""Registers this room's checks, and what it gives to be measured.

Rooms above register theirs the same way, and the plan its coverage.
"""

from django.apps import AppConfig


class NoticeConfig(AppConfig):
    name = "holdfast.notice"
    label = "notice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.notice import checks, extract, figures
        from holdfast.notice.evidencing import EvidenceSource, register_evidence

        checks.register()
        extract.register()
        register_evidence(
            EvidenceSource("figure", "A released figure", figures.released_figures, figures.figure_address)
        )
