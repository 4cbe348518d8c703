"""What this room is called, and what it writes to the trail."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "holdfast.questions"
    label = "questions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from holdfast.access.actions import register_actions
        from holdfast.questions.trail import SENTENCES

        register_actions(SENTENCES)
