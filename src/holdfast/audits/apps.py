"""What this room is called, what it writes to the trail, and what it registers with the rooms below."""

from django.apps import AppConfig


class AuditsConfig(AppConfig):
    name = "holdfast.audits"
    label = "audits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access.actions import register_actions
        from holdfast.agreements.contents import register_content
        from holdfast.audits import checks, extract, practice_checks
        from holdfast.audits.programming import KIND, words_today
        from holdfast.audits.raising import raise_critical_of
        from holdfast.audits.trail import SENTENCES
        from holdfast.questions.stops import register_stop

        checks.register()
        practice_checks.register()
        extract.register()
        register_content(KIND, words_today)
        register_stop(raise_critical_of)
        register_actions(SENTENCES)
