"""Registers this room's checks, what it gives to be measured, and the notice's days, which figures are judged by.

Rooms above register theirs the same way, and the plan its coverage.
"""

from django.apps import AppConfig


class NoticeConfig(AppConfig):
    name = "holdfast.notice"
    label = "notice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access.actions import register_actions
        from holdfast.agreements import selectors as agreements
        from holdfast.agreements.contents import register_content
        from holdfast.notice import agreement_checks, checks, extract, figures
        from holdfast.notice.evidencing import EvidenceSource, register_evidence
        from holdfast.notice.selectors import notices
        from holdfast.notice.trail import SENTENCES
        from holdfast.performance.judging import register_notice_days

        checks.register()
        agreement_checks.register()
        register_content("indicators", figures.words_of_the_indicators)
        extract.register()
        register_evidence(
            EvidenceSource("figure", "A released figure", figures.released_figures, figures.figure_address)
        )
        register_evidence(EvidenceSource("record", "An agreement", agreements.records, agreements.record_address))
        register_notice_days(notices.notice_days)
        register_actions(SENTENCES)
